"""The words that say of whom a share is counted: the catalogue's, and further ones of the same sort."""

from __future__ import annotations

from functools import cache

from gongyue.covenant.binding.catalogue import catalogue

_FURTHER = {
    "voting": ("投票人员", "投票总数", "选票总数", "总票数"),
    "weight": ("股份", "份额", "全部区分所有", "区分所有权占", "区分所有权合计", "区分所有比例"),
    "branch": (
        "该分区",
        "本分区",
        "该选区",
        "本选区",
        "该片区",
        "该楼栋",
        "该单元",
        "该分会",
        "该支会",
        "支会会员",
        "该分部",
        "分部成员",
        "该小组",
        "该专委会",
    ),
    "body": ("董事", "议员", "执委", "常委", "干部", "幹部", "干事", "班代", "组成人员"),
}
"""Words of the same sort as the catalogue's [base], which is named by its digest and stays as it is."""


@cache
def words_of(name: str) -> tuple[str, ...]:
    """The words of a base by its name."""
    return catalogue().base[name] + _FURTHER.get(name, ())
