"""What may be said to all members, and to society, and how a correction is made.

第十三条　自觉接受社会各界对本行业的监督和批评。
第十四条　公约执行机构负责向公约成员单位传递大数据行业管理的法规、政策及行业自律信息。
"""

from __future__ import annotations

from collections.abc import Sequence

from gongyue.covenant.rulings import Finding, carries_out, either

Prominence = tuple[str, str, int]
"""Of a bulletin its kind, its audience, by how many officers it was signed."""


@carries_out("society.supervision", refusal="GY-13-01")
def accuses_nobody_unverified(named: Sequence[str], alleged: Sequence[str], reviewed: bool) -> Finding:
    """Nobody is accused by name but in the result of an investigation: what is not verified names nobody."""
    return either(reviewed or not (named and alleged), units=" ".join(named), found=" ".join(alleged))


@carries_out("sanction.list", refusal="GY-18-08")
def circular_stays_internal(kind: str, audience: str) -> Finding:
    """Results and circulars are for the members; what restores a reputation reaches whom they had reached."""
    return either(kind != "result" or audience == "internal", enough="internal", audience=audience)


@carries_out("bulletin.issue", refusal="GY-14-06")
def is_as_prominent(correction: Prominence, corrected: Prominence) -> Finding:
    """What takes a bulletin's place is of its kind, or restores a reputation, for the same audience, by as many officers."""
    (kind, audience, officers), (was, to, by) = correction, corrected
    same = audience == to and kind in (was, "rehabilitation") and officers >= by
    return either(same, enough=f"{was} · {to} · {by}", stated=f"{kind} · {audience} · {officers}")
