"""What a text says of a vote, as it is bound: of whom its shares are counted, and whether a change needs approval afterwards.

第二十二条　……并经三分之二以上成员单位同意……: of the whole roll, as no word narrows it. 出席会议的三分之二以上 is of those present.
Whether it can be counted at all is for the edition to say (`binding.requirements`): none that cannot is ever in force.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.folding import fold
from gongyue.covenant.counting import Share, share_of, share_text

if TYPE_CHECKING:
    from gongyue.covenant.edition import Edition

PROPOSAL, ADOPTION, ANNEX, QUORUM = "amendment.proposal", "amendment.adoption", "annex.consent", "vote.quorum"

APPROVAL = "amendment.approval"
_APPROVED, _FILED = "approve", "file"

COUNTED = frozenset({PROPOSAL, ADOPTION, ANNEX, QUORUM})
"""The shares that proposals and votes go by."""


def share_in(edition: Edition, name: str) -> Share | None:
    """The share that a capability is bound to, None where it is bound to none."""
    bound = edition.stated(name)
    if bound is None or bound.kind != "share":
        return None
    return Share(share_text(share_of(str(bound.value), bound.inclusive)), bound.base)


def authority_in(edition: Edition) -> str:
    """What the text asks of an adopted change, as the reading amendment.authority names it; empty where it does not say.

    须报主管部门核准 asks for approval, …备案 for filing alone; 变更时亦同 for what the text asks of the founding.
    """
    words = "".join(b.words for b in edition.bindings if b.capability == APPROVAL)
    asked = asked_by(words)
    return _APPROVED if asked != _APPROVED and "亦同" in fold(words) and edition.binding("founding.approval") else asked


def asked_by(words: str) -> str:
    """What the words on approving a change ask for: `approve`, `file`, or nothing that they say."""
    plain, said = fold(words), catalogue().words
    if any(w in plain for w in (*said["approve"], "同意", "审查", "审核", "登记")):
        return _APPROVED
    return _FILED if any(w in plain for w in said["file"]) else ""
