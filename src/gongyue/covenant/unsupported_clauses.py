"""What a bound clause says that the rules cannot carry out: it is not frozen as if they could."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongyue.covenant import shares
from gongyue.covenant.binding.catalogue import en_of, zh_of
from gongyue.covenant.binding.records import Binding, Fault
from gongyue.covenant.periods import Period
from gongyue.covenant.proposers import PROPOSAL, body_that_proposes

SHARES = ("amendment.proposal", "amendment.adoption")
"""Capabilities whose share is counted; of whom it can be, `binding.requirements` says."""
PERIOD = "publication.within"
STARTS = ("effect", "approval")
"""From when the period for publishing can run: an approved text takes effect with its approval."""
DECISION, NOTICE, LISTS = "membership.decision", "membership.withdrawal_condition", "publication.list_period"
"""How long the decision on an application may take, how long a member that leaves still is one, how often the list is published."""
_NO_SHARE = "须载有份额，如“……分之……以上”", "must state a share, such as ……分之……以上"
_NO_BODY = (
    "须载有份额，如“十分之一以上……提议”，或写明只由哪一机构提出，如“由理事会提出”",
    "must state a share, such as 十分之一以上……提议, or the body that alone proposes, such as 由理事会提出",
)
ASKED = ("", "receipt", "proposal")
"""From when the first two run: from what the unit handed in."""


def carried_out(b: Binding) -> bool:
    """Whether the number a binding states is what the rules go by; else it is on record and other rules hold in its place."""
    if b.kind == "share":
        return b.capability in shares.COUNTED
    if b.kind == "period":
        within = b.capability == PERIOD or (b.capability == DECISION and not b.delay)
        return (within or b.capability == NOTICE) and b.start in (STARTS if b.capability == PERIOD else ASKED)
    return b.kind == "frequency" and b.capability == LISTS and months_of(b) > 0


def period_of(b: Binding | None) -> Period | None:
    """The period that the rules go by, None where the binding states none that they do."""
    return Period(int(b.value), b.unit) if b and b.kind == "period" and carried_out(b) else None


def months_of(b: Binding | None) -> int:
    """How many months a list covers, 0 where that is not stated, or is no whole part of a year."""
    if b is None or b.kind != "frequency" or b.unit != "month":
        return 0
    return int(b.value) if 12 % int(b.value) == 0 else 0


def beyond(bindings: Iterable[Binding]) -> Iterator[Fault]:
    """Every binding that states what cannot be counted, or names a share or period and states none."""
    for b in bindings:
        if b.capability == PROPOSAL and b.kind == "words" and body_that_proposes(b.words):
            continue
        if b.capability in SHARES and b.kind != "share":
            yield _fault(b, *_NO_BODY if b.capability == PROPOSAL else _NO_SHARE)
        elif b.capability == PERIOD:
            if b.kind != "period" or b.delay or b.unit not in ("day", "workday", "month"):
                yield _fault(b, "须载有期限，如“……日内”", "must state a period, such as ……日内")
            elif b.start not in STARTS:
                said = b.start_words or "—"
                yield _fault(b, f"只能自生效起算，不能自“{said}”", f"it runs from effect, not from “{said}”")


def _fault(b: Binding, zh: str, en: str) -> Fault:
    return Fault(
        "beyond",
        b.capability,
        b.at,
        f"{zh_of(b.capability)}“{b.words}”：{zh}",
        f"{en_of(b.capability)} “{b.words}”: {en}",
    )
