"""What a paper or a person is called, as against a word that says there is none: 无, N/A, 待补, a dash."""

from __future__ import annotations

import unicodedata

_NO = frozenset({
    "无", "没有", "没", "否", "不", "不是", "不存在", "未", "未有", "无证据", "没有证据", "无材料", "未备案", "未评估", "未认证",
    "no", "none", "n", "f", "false", "nil", "0", "not", "noevidence", "notfiled", "doesnotexist", "nonexistent",
})  # fmt: skip
_UNKNOWN = frozenset({
    "null", "nan", "na", "notapplicable", "notavailable", "unknown", "tbd", "tba", "tbc", "todo", "pending", "missing",
    "notyet", "inprogress", "空", "略", "办理中", "申请中", "补充中", "准备中", "不适用", "不清楚", "不明", "不知道", "未定",
    "undefined", "unspecified", "notknown", "notprovided", "notstated", "anonymous", "空值", "缺失", "匿名",
    "yes", "y", "true", "t", "ok", "是", "有", "已有", "1",
})  # fmt: skip
"""They say that something is not known yet, or that there is something, but not what."""
_BEGINS_NO = ("暂无", "尚无", "尚未", "并无", "没有")
_BEGINS_UNKNOWN = ("待补", "待定", "待提供", "待确认", "待上传", "待办", "待查", "未知", "未提供", "未填", "未登记", "未记录", "未确定",
                   "不详")  # fmt: skip


def named_paper(text: str | None) -> bool | None:
    """True where a paper, a number or a name is stated; False where the text says there is none; None for neither.

    A mere yes names nothing either: which paper is asked for.
    """
    said = "".join(c for c in unicodedata.normalize("NFKC", text or "").casefold() if c.isalnum())
    if said in _NO or said.startswith(_BEGINS_NO):
        return False
    if not said or said in _UNKNOWN or said.startswith(_BEGINS_UNKNOWN):
        return None
    return True
