"""What may be said to all members, and to society, and how a correction is made.

第十三条　自觉接受社会各界对本行业的监督和批评。
第十四条　公约执行机构负责向公约成员单位传递大数据行业管理的法规、政策及行业自律信息。
第十七条　公约执行机构也可以直接进行调查，并将调查结果向全体成员单位公布。
"""

from __future__ import annotations

from collections.abc import Sequence

from gongyue.covenant.periods import iso
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


@carries_out("P5", refusal="GY-18-10")
def review_is_over(settled: int, today: int) -> Finding:
    """A result is told from its conclusion where nothing is proposed; else once nobody can, or could, decide otherwise any more.

    `settled`: the day from which that is so, 0 while it is not known.
    """
    return either(0 < settled <= today, enough=iso(settled) if settled else "复核已毕", today=iso(today))


@carries_out("result.publish", refusal="GY-17-10")
def result_names_as_read(named: str, accused: str, due: bool) -> Finding:
    """A result names the accused where the adopted reading says so, or where it wishes it; else nobody."""
    return either(named == (accused if due else ""), enough=accused if due else "某成员单位", named=named or "—")


@carries_out("result.publish", refusal="GY-17-10")
def result_names_nobody_else(named: str, found: Sequence[str]) -> Finding:
    """The text of a result has the name of the unit that it says it names, and of no other: not of whoever reported either."""
    return either(list(found) == [named] * bool(named), enough=named or "某成员单位", units=" ".join(found) or "—")


@carries_out("bulletin.issue", refusal="GY-14-06")
def is_as_prominent(correction: Prominence, corrected: Prominence) -> Finding:
    """What takes a bulletin's place is of its kind, or restores a reputation, for the same audience, by as many officers."""
    (kind, audience, officers), (was, to, by) = correction, corrected
    same = audience == to and kind in (was, "rehabilitation") and officers >= by
    return either(same, enough=f"{was} · {to} · {by}", stated=f"{kind} · {audience} · {officers}")


@carries_out("bulletin.issue", refusal="GY-14-06")
def restores_by_name(named: str, restored: str) -> Finding:
    """A unit that a result named is restored by name: whoever read the one knows from the other of whom it is."""
    return either(not named or named == restored, enough=named, named=restored or "—")
