"""Of whom the shares of a text are counted, as they are bound: the one place where a binding becomes a share of a vote.

第二十二条　……并经三分之二以上成员单位同意……: of the whole roll, as no word narrows it. 出席会议的三分之二以上 is of those present.
Whether it can be counted at all is for the edition to say (`binding.needing`): none that cannot is ever in force.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongyue.covenant.counting import Share, share_of, share_text

if TYPE_CHECKING:
    from gongyue.covenant.edition import Edition

PROPOSAL, ADOPTION, ANNEX, QUORUM = "amendment.proposal", "amendment.adoption", "annex.consent", "vote.quorum"

COUNTED = frozenset({PROPOSAL, ADOPTION, ANNEX, QUORUM})
"""The shares that proposals and votes go by."""


def share_in(edition: Edition, name: str) -> Share | None:
    """The share that a capability is bound to, None where it is bound to none."""
    bound = edition.binding(name)
    if bound is None or bound.kind != "share":
        return None
    return Share(share_text(share_of(str(bound.value), bound.inclusive)), bound.base)
