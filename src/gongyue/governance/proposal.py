"""A proposed amendment and where it stands, and its re-basing when another one has changed the text (article 22)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from immutables import Map
from msgspec import Struct
from msgspec.structs import replace

from gongyue.covenant.changes import Change, NotApplicable, dropped, rebase
from gongyue.covenant.edition import Clause, Edition
from gongyue.covenant.periods import DAY, Deadline
from gongyue.covenant.rulings import RULES, OutOfTurn
from gongyue.governance import entry_order
from gongyue.governance.registry import Pinned

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

ALIVE = frozenset({"collecting", "proposed", "open", "adopted"})
"""Where a proposal may still become law."""


class Proposal(Struct, frozen=True):
    """A proposed amendment: collecting → proposed → published, or superseded; `stage_of` tells the whole course.

    `lapses` and `open_by` are fixed when their period begins (P15, P7), `pinned` when it was initiated. `base`, `edition`:
    the text in force and what `diff` makes of it, as of its last re-basing; `edition_digest`: as an act has stated it, empty
    where none has since. `superseded_by`: the one that changed the same words, `conflict`: what no longer stands.
    `renews`, `renewed`: the superseded proposal it puts to the vote again, the one that does so with it.
    """

    id: str
    by: str
    change: str
    base: str
    diff: Change
    edition: Edition
    edition_digest: str
    lapses: Deadline
    supporters: Map[str, int]
    pinned: Pinned
    index: int
    day: int
    stage: str = "collecting"
    open_by: Deadline | None = None
    counted: str = ""
    notified_day: int | None = None
    notified_index: int | None = None
    published_day: int | None = None
    published_index: int | None = None
    superseded_by: str = ""
    conflict: str = ""
    renews: str = ""
    renewed: str = ""

    @property
    def notified(self) -> bool:
        """Whether what is asked of the authority is done: it is filed, or approved, or the text knows of no authority."""
        return self.notified_day is not None or self.pinned.authority == "none"


def proposal_of(inst: Institution, id: str) -> Proposal:
    """The proposal of that id; OutOfTurn if there is none."""
    try:
        return inst.proposals[id]
    except KeyError:
        raise OutOfTurn("not-found", "amendment", what=id) from None


def with_proposal(inst: Institution, proposal: Proposal) -> Institution:
    """The institution with a proposal begun or changed."""
    return replace(inst, proposals=inst.proposals.set(proposal.id, proposal))


def refuse_superseded(proposal: Proposal) -> None:
    """OutOfTurn where another amendment, adopted before it, has changed the same words or number."""
    if proposal.stage == "superseded":
        can, by = "amendment.initiate/1 (renews)", proposal.superseded_by
        why = proposal.conflict
        raise OutOfTurn("superseded", "amendment", proposal.stage, can, matter=proposal.id, by=by, why=why)


def stage_of(inst: Institution, proposal: Proposal, day: int) -> str:
    """Where it stands on a day: collecting, proposed, open, adopted, published; or lapsed, rejected, no_quorum, superseded."""
    vote = inst.votes.get(proposal.id)
    outcome = vote.outcome if vote is not None else ""
    if outcome not in ("", "adopted"):
        return outcome
    if proposal.stage in ("published", "superseded"):
        return proposal.stage
    if vote is not None:
        return outcome or "open"
    if proposal.stage == "collecting" and proposal.lapses.overdue(day):
        return "lapsed"
    return proposal.stage


def both_texts(inst: Institution, proposal: Proposal) -> list[tuple[int, str, str]]:
    """Of a superseded proposal: each article it changes, as it would have read, and as the one it yields to has it."""
    stands = inst.proposals[proposal.superseded_by].edition
    numbers = sorted({proposal.edition.position(edit.at) for edit in proposal.diff.text})
    return [(n, proposal.edition.article(n).text, stands.article(n).text) for n in numbers]


def supporters_now(inst: Institution, proposal: Proposal, time: int = 0) -> int:
    """Supporters that are members still: an unfiled proposal loses a supporter that leaves.

    A support on paper counts once P18 has passed since its unit was told of it, so that it can disavow it before; at
    `time`, by default that of the last act.
    """
    due = (time or inst.now) - proposal.pinned.paper.n * DAY
    papers = (inst.papers.get(index) for index in supporting(inst, proposal).values())
    return sum(paper is None or (paper.told > 0 and paper.told <= due) for paper in papers)


def supports(inst: Institution, proposal: Proposal, uid: str) -> bool:
    """Whether the unit supports it: it has been a member ever since it gave its name; whoever comes back may give it anew.

    Of one that was filed, whether it did so then.
    """
    since = proposal.supporters.get(uid)
    if since is None or proposal.counted:
        return since is not None
    return uid in inst.members and inst.units[uid].changed <= since


def supporting(inst: Institution, proposal: Proposal) -> Map[str, int]:
    """Those that support it, each with the entry by which it gave its name."""
    return Map({uid: index for uid, index in proposal.supporters.items() if supports(inst, proposal, uid)})


def suspended_rules(inst: Institution, after: Edition) -> list[tuple[Clause, list[str]]]:
    """The clauses of the text in force that another has no more, each with the rules (module:function) that suspends."""
    assert inst.meaning.edition is not None
    then = replace(inst.meaning, edition=after)
    return [
        (c, sorted(r.name for r in RULES.values() if r.provision == c.name and then.suspended(c.name)))
        for c in dropped(inst.meaning.edition, after)
    ]


def first_before(inst: Institution, proposal: Proposal, day: int) -> Proposal | None:
    """The first that must be published before an adopted one, or be rejected: its vote ended earlier."""
    others = inst.proposals.values()
    first = entry_order.first_before(inst, proposal.id, (p.id for p in others if _keeps_its_place(inst, p, day)))
    return inst.proposals[first] if first else None


def _keeps_its_place(inst: Institution, proposal: Proposal, day: int) -> bool:
    """Whether others wait for it; not for the authority's approval, which nobody here can give."""
    if proposal.stage != "proposed" or not entry_order.keeps_its_place(inst, proposal.id, day):
        return False
    return not inst.votes[proposal.id].outcome or proposal.notified or proposal.pinned.authority != "approve"


def rebased(inst: Institution, published: Proposal, before: Edition, day: int) -> Map[str, Proposal]:
    """The proposals once one is published: every other that is alive stands on its text, or is superseded by it."""
    proposals = inst.proposals.set(published.id, published)
    for other in _alive(inst, day):
        if other.id != published.id:
            now = _on(published.edition, published.edition_digest, before, other)
            proposals = proposals.set(
                other.id, replace(now, superseded_by=published.id) if now.stage == "superseded" else now
            )
    return proposals


def upheld(inst: Institution, before: Edition, now: Edition, digest: str, day: int) -> Iterator[Proposal]:
    """The proposals that are alive, each on the same text as it is bound now; superseded where that cannot be."""
    return (_on(now, digest, before, one) for one in _alive(inst, day))


def _alive(inst: Institution, day: int) -> Iterator[Proposal]:
    return (one for one in inst.proposals.values() if stage_of(inst, one, day) in ALIVE)


def _on(now: Edition, digest: str, before: Edition, other: Proposal) -> Proposal:
    try:
        edition = rebase(other.diff, before, now)
    except NotApplicable as error:
        return replace(other, stage="superseded", conflict=str(error))
    return replace(other, base=digest, edition=edition, edition_digest="")
