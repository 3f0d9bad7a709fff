"""A text that names a day of force before it was published: the book says so wherever it is read, and goes by the publication."""

from __future__ import annotations

from .desk import Desk
from .own_text import brought_into_force

TEXT = """云溪协会章程
第一条 秘书处为本会的执行机构。
第二条 会员应当公平竞争。
第三条 修改本章程须经全体会员三分之二以上同意。
第四条 本章程自发起会员全体签字之日起生效。
第五条 本章程自{}施行。
"""


def _told(desk: Desk, since: str, lang: str = "zh") -> str:
    brought_into_force(desk, TEXT.format(since), ("mo.key", "lu.key"))
    desk.run("export", "public")
    return desk.run("verify", "public", "--vkey", "office/log.vkey", "--lang", lang)


def test_a_month_gone_by_is_told(founded: Desk) -> None:
    """自2009年2月起施行: lawful, in force from the publication, and said with the month's first day."""
    told = _told(founded, "2009年2月起")
    assert "条文所写的施行日期（最早 2009-02-01）早于公布：簿册以公布之日" in told and "真实且合规" in told


def test_of_publication_itself_nothing_is_told(founded: Desk) -> None:
    """自公布之日起施行 names no day."""
    assert "早于公布" not in _told(founded, "公布之日起")
