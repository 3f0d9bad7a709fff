"""Who performs acts of a type, in words; whose keys sign one."""

from __future__ import annotations

from gongyue.covenant.parties import AUTHORITY, EXECUTIVE, SYSTEM
from gongyue.governance.acts import ActType, PerformedBy
from gongyue.governance.institution import Institution
from gongyue.governance.office_names import OFFICES_ZH, RECORD_PAPER


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


def signs_itself(kind: ActType, actor: str) -> bool:
    """Whether an act of that type in that name is signed by whose name it is: a unit, the office key, the authority."""
    return actor in (SYSTEM, AUTHORITY) or (kind.by.who == "unit" and not (actor == EXECUTIVE and kind.by.offices))


def signers(inst: Institution, kind: ActType, actor: str, paper: bool, day: int) -> frozenset[str]:
    """Whose keys may sign it from that day on: the actor's own, or those of the officers who do it or record it from `paper`.

    An officer counts whose term is still to begin: what is signed today can be recorded then.
    """
    own = signs_itself(kind, actor)
    wanted = kind.by.offices if not own else RECORD_PAPER if paper and kind.paper else frozenset[str]()
    serving = {
        one.id for one in inst.officers.values() if any(t.office in wanted and t.ends >= day for t in one.tenures)
    }
    return frozenset(serving | ({actor} if own else set()))


def _officers(by: PerformedBy) -> tuple[str, str]:
    names = [name for name in OFFICES_ZH if name in by.offices - by.instead]
    zh, en = "或".join(OFFICES_ZH[n] for n in names), " or ".join(names)
    return (f"{zh}（两人）", f"two officers ({en})") if by.two else (zh, f"an officer ({en})")


RECORDERS = _officers(PerformedBy("office", RECORD_PAPER, two=True))
"""Who records from paper, in Chinese and English."""
