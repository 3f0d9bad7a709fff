"""Sanctions: of a kind the text lists, on a verified breach with its effect, after a hearing, once, and not heavier for it.

第三条　大数据行业自律的基本原则是爱国、守法、公平、诚信。
第十八条　公约成员单位违反本公约，造成不良影响，经查证属实的，由公约执行机构视不同情况给予在公约成员单位内部通报
或取消公约成员资格的处理。
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from gongyue.covenant.periods import iso
from gongyue.covenant.rulings import Finding, carries_out, either, fails, holds


@carries_out("sanction.conditions", refusal="GY-18-01", always=True)
def breach_was_verified(established: int) -> Finding:
    """Nobody is sanctioned but for a breach that an investigation established."""
    return either(established > 0, enough=1, established=established)


@carries_out("sanction.conditions", refusal="GY-18-02")
def adverse_effect_was_found(asked: bool, adverse: bool) -> Finding:
    """Where the text asks for an adverse effect, a breach without one has a result and no sanction."""
    return either(adverse or not asked, enough="造成不良影响")


@carries_out("sanction.list", refusal="GY-18-03")
def is_of_a_listed_kind(kind: str, listed: Sequence[str]) -> Finding:
    """The list is closed: what the text does not name is not imposed."""
    return either(kind in listed, enough=" | ".join(listed), kind=kind)


@carries_out("sanction.list", refusal="GY-18-04")
def is_the_only_one(decided: int) -> Finding:
    """A case has one decision: what was decided is reviewed, never decided again."""
    return either(not decided, decided=iso(decided) if decided else "—")


@carries_out("sanction.list", refusal="GY-18-05")
def accused_is_still_a_member(accused: str, member: bool) -> Finding:
    """Whoever has left is no longer sanctioned; what was found is told to the members all the same."""
    return either(member, enough="成员单位", accused=accused)


@carries_out("P13", refusal="GY-18-14")
def is_proposed_in_time(last: int, today: int) -> Finding:
    """What a panel does not propose within the time for the result is proposed no more: the result alone is due."""
    return either(today <= last, enough=iso(last), due=iso(last), today=iso(today))


@carries_out("P13", refusal="GY-18-14")
def is_proposed_before_the_result(told: bool) -> Finding:
    """Once all members were told the result of a case, nothing comes after it."""
    return either(not told, enough="公布结果之前")


@carries_out("P3", refusal="GY-18-06")
def was_heard_on_the_proposal(waits: str, received: int, last: int, today: int, done: bool) -> Finding:
    """Nothing is decided before the accused was served what is proposed, and was heard or let the time for it pass.

    `waits`: what has to happen first, empty for nothing; `last`: the last day to ask for a hearing; `done`: it was heard, or
    said that it has said all.
    """
    if not received:
        return fails(enough=waits or "签收", received="—")
    if waits:
        return fails(enough=waits, received=iso(received), days=today - received)
    if done:
        return holds()
    return either(
        today > last,
        enough=iso(last + 1),
        received=iso(received),
        days=today - received,
        due=iso(last),
        today=iso(today),
    )


@carries_out("P3", refusal="GY-18-06")
def hearing_was_seen(place: int, seen: int) -> Finding:
    """Whoever decides has before it the record of the hearing, and all that the accused wrote in its time."""
    return either(seen >= place, enough=place, seen=seen)


@carries_out("sanction.list", refusal="GY-18-07")
def lighter_ones_do_not_suffice(weight: int, reasons: bool) -> Finding:
    """Whatever is heavier than the lightest says why the lighter does not suffice (视不同情况)."""
    return either(weight <= 1 or reasons, enough=1, weight=weight)


@carries_out("sanction.list", refusal="GY-18-11")
def is_not_heavier_than_proposed(weight: int, lightest: int) -> Finding:
    """Nobody is worse off for having spoken: a decision, or another proposal, is no heavier than the lightest one served."""
    return either(weight <= lightest, enough=lightest, weight=weight)


@carries_out("P5", refusal="GY-18-12")
def review_is_not_heavier(weight: int, decided: int) -> Finding:
    """A review makes nothing worse: what it puts in a decision's place is lighter."""
    return either(weight < decided, enough=decided - 1, weight=weight)


@carries_out("P5", refusal="GY-18-12")
def is_reviewed_by_others(reviewers: Iterable[str], decided_before: Set[str]) -> Finding:
    """Nobody reviews what it concluded or decided itself."""
    both = sorted(set(reviewers) & decided_before)
    return either(not both, officer=" ".join(both))


@carries_out("sanction.list", refusal="GY-18-13")
def cancellation_is_in_effect(stands: str, takes_effect: int, today: int) -> Finding:
    """A membership ends by a decision against that very unit, by which one ends, from the day on which it takes effect.

    `stands`: what is wrong with resting on that decision, empty for nothing; `takes_effect`: 0 while no day is known.
    """
    if stands:
        return fails(enough=stands)
    if not takes_effect:
        return fails(enough="复核期满", today=iso(today))
    return either(today >= takes_effect, enough=iso(takes_effect), today=iso(today))
