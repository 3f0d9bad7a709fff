"""Publishing an annex: which the members consented to, in the order in which the votes ended (article 24)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from immutables import Map
from msgspec import Meta
from msgspec.structs import replace

from gongyue.covenant.periods import from_iso
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance import entry_order
from gongyue.governance.acts import Body, Filing, act, office
from gongyue.governance.annex import Annex, annex_of
from gongyue.governance.fields import Date, MatterId, PublicDigest, Published
from gongyue.rules import annex as rules
from gongyue.rules import founding as founding_rules
from gongyue.rules import vote as vote_rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

_DIGEST = "sha256:" + "00" * 32


@act(
    "annex.publish/1",
    by=office("publisher", "secretary", two=True),
    clause="annex.publication",
    outsider=founding_rules.only_the_alliance_publishes,
    clerical=("places",),
    example={
        "annex": "a:health",
        "text": _DIGEST,
        "in_force": "2026-12-31",
        "places": [{"url": "https://alliance.example/annex-1", "evidence": _DIGEST}],
    },
)
class Publish(Body, frozen=True):
    """Publishes an annex the members consented to; it is in force from that day for those it binds.

    In the order in which the votes ended; what was made for the annex that it changes or repeals is then superseded.
    """

    annex: MatterId
    text: PublicDigest
    in_force: Date
    places: Annotated[tuple[Published, ...], Meta(min_length=1)]

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        annex = annex_of(inst, self.annex)
        if not inst.in_force:  # nothing is in force before the covenant is
            raise OutOfTurn("not-in-force", "annex.publish/1")
        vote = inst.votes.get(self.annex)
        yield rules.vote_is_over(vote is not None and bool(vote.outcome))
        assert vote is not None
        yield vote_rules.is_quorate(vote.quorum, vote.whole, vote.left)
        yield rules.members_consent(vote.share, vote.whole, vote.left)
        if annex.stage == "superseded":
            can, by, why = "annex.initiate/1", annex.superseded_by, annex.conflict
            raise OutOfTurn("superseded", "annex.publish/1", annex.stage, can, matter=annex.id, by=by, why=why)
        if annex.stage != "consultation":
            raise OutOfTurn("already", "annex.publish/1", annex.stage)
        if first := _first_before(inst, annex, filing.day):
            can = "annex.publish/1" if inst.votes[first].outcome else "vote.close/1"
            raise OutOfTurn("earlier-first", "annex.publish/1", can=can, matter=annex.id, first=first)
        yield rules.text_is_the_one_consented_to(self.text, annex.text)
        yield founding_rules.in_force_on_publication(from_iso(self.in_force), filing.day, 0)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        annex = inst.annexes[self.annex]
        annexes = inst.annexes
        stage, number = "published", 1 + sum(a.kind == "new" and a.number > 0 for a in annexes.values())
        signers: Map[str, int] = Map()
        signed, left = annex.signed, annex.left
        if annex.kind != "new":
            target = annexes[annex.target]
            number, signers, signed, left = target.number, target.signers, target.signed, target.left
            stage = "published" if annex.kind == "amend" else "repealing"
            annexes = annexes.set(target.id, replace(target, stage="replaced" if annex.kind == "amend" else "repealed"))
            annexes = annexes.update(_superseded(inst, annex, target))
        done = replace(annex, stage=stage, number=number, published_day=filing.day, published_index=filing.index)
        done = replace(done, signers=signers, signed=signed, left=left)
        return replace(inst, annexes=annexes.set(annex.id, done))


def _superseded(inst: Institution, published: Annex, target: Annex) -> dict[str, Annex]:
    """What was made for the annex that is changed or repealed, and no longer has what its members would consent to.

    A change states the whole text and a repeal ends the whole text, so that any two of one annex meet in the same words.
    """
    zh, en = ("修订", "changed") if published.kind == "amend" else ("废止", "repealed")
    why = f"附件 {target.id} 已{zh} / {target.id} was {en}"
    gone = [a for a in inst.annexes.values() if a.target == target.id and a.stage == "consultation"]
    return {
        a.id: replace(a, stage="superseded", superseded_by=published.id, conflict=why)
        for a in gone
        if a.id != published.id
    }


def _first_before(inst: Institution, annex: Annex, day: int) -> str:
    """The first that must be published before an adopted one, or be rejected: its vote ended earlier; empty for none."""
    waiting = [a.id for a in inst.annexes.values() if a.stage == "consultation"]
    return entry_order.first_before(
        inst, annex.id, [id for id in waiting if entry_order.keeps_its_place(inst, id, day)]
    )
