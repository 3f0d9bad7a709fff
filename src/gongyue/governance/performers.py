"""Who performs acts of a type, in words."""

from __future__ import annotations

from gongyue.governance.acts import ActType, PerformedBy
from gongyue.governance.office_names import OFFICES_ZH


def who(kind: ActType) -> tuple[str, str]:
    """Who does acts of this type, in Chinese and English."""
    by = kind.by
    zh, en = _officers(by)
    if by.who == "system":
        return f"系统（无裁量），或执行机构的{zh}", f"the office key, without discretion, or {en}"
    if by.who == "authority":
        return f"主管部门，或由{zh}据纸面记录", f"the authority, or {en} recording its paper"
    if by.holders:
        return "密钥持有人（单位、职员、主管部门）", "whoever signs with the key: a unit, an officer, the authority"
    if by.who == "unit":
        return (f"成员单位，或执行机构的{zh}", f"a member unit, or {en}") if by.offices else ("单位", "a unit")
    return f"执行机构的{zh}", en


def _officers(by: PerformedBy) -> tuple[str, str]:
    names = [name for name in OFFICES_ZH if name in by.offices - by.instead]
    zh, en = "或".join(OFFICES_ZH[n] for n in names), " or ".join(names)
    return (f"{zh}（两人）", f"two officers ({en})") if by.two else (zh, f"an officer ({en})")
