"""Cases: the accused is heard, a panel concludes, each finding on a duty of the text and on evidence that was served.

第三条　大数据行业自律的基本原则是爱国、守法、公平、诚信。
第七条　鼓励、支持开展合法、公平、有序的行业竞争，反对采用不正当手段进行行业内竞争。
第十二条　积极参与国际合作和交流，参与同行业国际规则的制定，自觉遵守我国签署的国际规则。
第十七条　公约执行机构也可以直接进行调查，并将调查结果向全体成员单位公布。
"""

from __future__ import annotations

from collections.abc import Iterable, Set

from gongyue.covenant.periods import iso
from gongyue.covenant.rulings import Finding, carries_out, either, fails, holds

INTERNATIONAL, PRINCIPLE = "国际", "原则"
"""Words by which an article is told that no duty is bound to: one on international rules, one on principles; any other encourages."""


def nature_of(words: str) -> str:
    """What an article is by its words where no duty is bound to it: international, principle or encouragement."""
    if INTERNATIONAL in words:
        return "international"
    return "principle" if PRINCIPLE in words else "encouragement"


@carries_out("investigation", refusal="GY-17-08")
def accused_is_a_member(accused: str, member: bool) -> Finding:
    """Whom the covenant binds is investigated under it, and nobody else."""
    return either(member, enough="成员单位", accused=accused)


@carries_out("investigation", refusal="GY-17-04")
def had_the_chance_to_reply(waits: str, received: int, last: int, today: int, complete: bool) -> Finding:
    """Nothing is concluded before the accused was served, and replied in full or let the time for it pass.

    `waits`: what has to happen before that time can pass at all, empty for nothing; `last`: the last day of it.
    """
    if not received:
        return fails(enough=waits or "签收", received="—")
    if complete:
        return holds()
    if waits:
        return fails(enough=waits, received=iso(received), days=today - received)
    return either(
        today > last,
        enough=iso(last + 1),
        received=iso(received),
        days=today - received,
        due=iso(last),
        today=iso(today),
    )


@carries_out("investigation", refusal="GY-17-04")
def reply_was_seen(place: int, seen: int) -> Finding:
    """Whoever concludes has before it all that the accused said in its time: a reply that nobody read was no chance to reply."""
    return either(seen >= place, enough=place, seen=seen)


@carries_out("investigation", refusal="GY-17-06")
def finding_cites_what_was_served(
    at: str, charged: Set[str], established: bool, cited: Iterable[str], shown: Set[str]
) -> Finding:
    """A finding is on an article that the case was opened on, and cites evidence that the accused was served, or gave itself."""
    evidence = list(cited)
    unshown = [one for one in evidence if one not in shown]
    return either(
        at in charged and not unshown and bool(evidence or not established),
        enough=" ".join(sorted(charged)) if at not in charged else 1,
        finding=at,
        evidence=len(evidence),
        unshown=len(unshown),
    )


@carries_out("investigation", refusal="GY-17-06")
def every_article_is_found_on(charged: Set[str], found: Iterable[str]) -> Finding:
    """What the case was opened on is decided, each article once: nothing of it is left hanging over the accused."""
    named = list(found)
    missing = sorted(charged - set(named))
    once = len(set(named)) == len(named)
    return either(
        not missing and once, enough=" ".join(sorted(charged)), missing=" ".join(missing), findings=len(named)
    )


@carries_out("investigation", refusal="GY-03-01")
def principle_stands_with_a_duty(at: str, nature: str, duties: int) -> Finding:
    """A principle alone grounds no finding: it weighs with a duty whose breach is established."""
    return either(nature != "principle" or duties > 0, enough=1, finding=at, duties=duties)


@carries_out("investigation", refusal="GY-07-02")
def encouragement_stands_with_a_duty(at: str, nature: str, duties: int) -> Finding:
    """Not to have done what a text encourages is no breach by itself."""
    return either(nature != "encouragement" or duties > 0, enough=1, finding=at, duties=duties)


@carries_out("investigation", refusal="GY-12-01")
def international_rule_was_signed(at: str, nature: str, shown: bool) -> Finding:
    """A rule that China has not signed binds no member: that it did is shown by a document that was served."""
    return either(nature != "international" or shown, enough=1, finding=at)


@carries_out("P14", refusal="GY-18-09")
def panel_decides_by_majority(signed: int, panel: int) -> Finding:
    """More than half of the panel sign what it decides."""
    enough = panel // 2 + 1
    return either(signed >= enough, enough=enough, count=signed, panel=panel)
