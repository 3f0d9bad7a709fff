"""By whose answer an edition came into force: the authority that approved it, or that it was filed with (articles 21, 22)."""

from __future__ import annotations

import msgspec

from gongyue.covenant.periods import day_of, iso
from gongyue.governance.fields import Date
from gongyue.office.facts.covenant import EditionInfo
from gongyue.office.facts.shapes import body_at, leaf_at, valid_acts
from gongyue.web.installation import Now

FILED = "amendment.notify/1"


class ApprovalFacts(msgspec.Struct, frozen=True):
    """An edition approved by the authority, or filed with it: whose name, the document's number and day, the entry that records it."""

    filed: bool
    body: str
    number: str
    made: Date
    index: int


def approval_of(at: Now, issue: EditionInfo) -> ApprovalFacts | None:
    """How the authority came to that edition; None where the text in force then asked it for nothing."""
    index = _index(at, issue)
    if index is None:
        return None
    act, authority = leaf_at(at, index).entry.act, at.inst.founding.authority("approver", at.index.day(index))
    made = act.paper.dated if act.paper else iso(day_of(act.at))
    number, body = act.paper.number if act.paper else "", authority.name if authority else ""
    return ApprovalFacts(act.type == FILED, body, number, made, index)


def _index(at: Now, issue: EditionInfo) -> int | None:
    if issue.proposal:
        return at.inst.proposals[issue.proposal].notified_index
    granted = [n for n in valid_acts(at, "founding.approval/1") if body_at(at, n)["outcome"] == "granted"]
    return granted[-1] if granted else None
