"""Annexes: branch agreements under the covenant, by the members' consent (article 24)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from immutables import Map
from msgspec import Meta, Struct
from msgspec.structs import replace

from gongyue.covenant import guard
from gongyue.covenant.citing import OutOfTurn, Ruling
from gongyue.covenant.periods import Deadline, from_iso
from gongyue.governance.acts import UNIT, Body, Filing, act, office
from gongyue.governance.fields import Activities, Date, Digest, MatterId, Name, Published
from gongyue.governance.standing import VOTING, Duty, Pinned
from gongyue.rules import amendment as amendment_rules
from gongyue.rules import annex as rules
from gongyue.rules import founding as founding_rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

_DIGEST = "sha256:" + "00" * 32


class Left(Struct, frozen=True):
    """That a unit left an annex: by entry `index`, on `day`; and its signature until then, of a day, by entry `signed`."""

    index: int
    day: int
    signed_day: int
    signed: int


class Annex(Struct, frozen=True):
    """An annex: consultation → (vote) → published → replaced or repealed; or superseded; `stage_of` tells the whole course.

    `signers` maps units to the day they signed, `signed` to the entry by which they did; `left`, of those that left it
    since, to the entry by which they left and to what they had signed; `pinned`: what it goes by, as it stood when it was initiated.
    """

    id: str
    title: str
    text: str
    scope: tuple[str, ...]
    by: str
    open_by: Deadline
    pinned: Pinned
    kind: str = "new"
    target: str = ""
    stage: str = "consultation"
    number: int = 0
    published_day: int | None = None
    signers: Map[str, int] = Map()
    signed: Map[str, int] = Map()
    left: Map[str, Left] = Map()


class AnnexText(Struct, frozen=True, forbid_unknown_fields=True):
    """An annex's text, as an object."""

    title: Name
    text: Annotated[str, Meta(min_length=1, max_length=60_000)]
    v: Literal["gongyue/annex@1"] = "gongyue/annex@1"


def _text(data: Any) -> AnnexText:
    try:
        return msgspec.convert(data, AnnexText)
    except msgspec.ValidationError as error:
        raise OutOfTurn("bad-object", "annex", why=str(error)) from None


def _annex(inst: Institution, id: str) -> Annex:
    try:
        return inst.annexes[id]
    except KeyError:
        raise OutOfTurn("not-found", "annex", what=id) from None


@act(
    "annex.review/1",
    by=office("secretary", "clerk", two=True),
    article=7,
    clause="competition.fair",
    example={"text": _DIGEST, "opinion": _DIGEST},
)
class Review(Body, frozen=True):
    """Records a lawyer's review of a draft text; the opinion is a commitment."""

    text: Digest
    opinion: Digest

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        return replace(inst, reviewed=inst.reviewed.set(self.text, filing.index))


@act(
    "annex.initiate/1",
    by=UNIT,
    article=24,
    clause="annex.initiation",
    outsider=lambda actor: rules.is_initiated_by_a_member(actor, actor.startswith("u:")),
    objects=("text",),
    uses=(*VOTING, "annex.binds"),
    capability=True,
    example={"annex": "a:health", "text": _DIGEST, "scope": ["vertical"], "kind": "new", "target": None},
)
class Initiate(Body, frozen=True):
    """A member initiates an annex for a branch, or a change or repeal of one; consultation begins."""

    annex: MatterId
    text: Digest
    scope: Activities
    kind: Literal["new", "amend", "repeal"] = "new"
    target: MatterId | None = None

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        yield amendment_rules.covenant_is_effective(inst.effective)
        yield rules.is_initiated_by_a_member(filing.actor, filing.actor in inst.members)
        if self.annex in inst.annexes or not self.annex.startswith("a:"):
            raise OutOfTurn("exists", "annex.initiate/1", what=self.annex)
        if (self.kind == "new") != (self.target is None):
            raise OutOfTurn("malformed", "annex.initiate/1", why="target")
        if self.target is not None and _annex(inst, self.target).stage != "published":
            raise OutOfTurn("not-open", "annex.initiate/1", what=self.target)
        yield rules.branch_is_stated(self.scope)
        text = _text(filing.object(self.text)).text
        yield rules.stays_under_the_covenant(guard.added_sanctions(text))
        yield rules.is_free_of_cartel_terms(guard.cartel_terms(text), self.text in inst.reviewed)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        title = _text(filing.object(self.text)).title
        annex = Annex(
            self.annex,
            title,
            self.text,
            self.scope,
            filing.actor,
            inst.deadline("P7", filing.day),
            Pinned.of(inst.meaning),
            self.kind,
            self.target or "",
        )
        return replace(inst, annexes=inst.annexes.set(annex.id, annex))


@act(
    "annex.publish/1",
    by=office("publisher", "secretary", two=True),
    article=24,
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
    """Publishes an annex the members consented to; it is in force from that day for those it binds."""

    annex: MatterId
    text: Digest
    in_force: Date
    places: Annotated[tuple[Published, ...], Meta(min_length=1)]

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        annex = _annex(inst, self.annex)
        if not inst.in_force:  # nothing is in force before the covenant is
            raise OutOfTurn("not-in-force", "annex.publish/1")
        vote = inst.votes.get(self.annex)
        yield rules.vote_is_over(vote is not None and bool(vote.outcome))
        assert vote is not None
        yield rules.members_consent(vote.share, vote.consents, len(vote.roll), vote.consents_left, vote.roll_left)
        if annex.stage == "superseded":
            raise OutOfTurn("not-open", "annex.publish/1", annex.stage, what=annex.target)
        if annex.stage != "consultation":
            raise OutOfTurn("already", "annex.publish/1", annex.stage)
        yield rules.text_is_the_one_consented_to(self.text, annex.text)
        yield founding_rules.in_force_on_publication(from_iso(self.in_force), filing.day)

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
            for other in inst.annexes.values():  # made for an annex that is no more
                if other.target == target.id and other.stage == "consultation":
                    annexes = annexes.set(other.id, replace(other, stage="superseded"))
        done = replace(annex, stage=stage, number=number, published_day=filing.day)
        done = replace(done, signers=signers, signed=signed, left=left)
        return replace(inst, annexes=annexes.set(annex.id, done))


@act(
    "annex.sign/1",
    by=UNIT,
    article=24,
    clause="annex.publication",
    paper=True,
    undo=True,
    example={"annex": "a:health"},
)
class Sign(Body, frozen=True):
    """A member signs a published annex and is bound by it."""

    annex: MatterId

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        annex = _annex(inst, self.annex)
        if filing.actor not in inst.members:
            raise OutOfTurn("not-member", "annex.sign/1")
        if annex.stage != "published":
            raise OutOfTurn("not-open", "annex.sign/1", annex.stage)
        if filing.actor in annex.signers:
            raise OutOfTurn("already", "annex.sign/1")
        filing.require_not_before(annex.published_day or 0, filing.governing_day)
        if (left := annex.left.get(filing.actor)) is not None:  # else one kept back would bind it anew
            filing.require_after(left.index, left.day)
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        annex = inst.annexes[self.annex]
        return _with_signer(inst, annex, filing.actor, filing.governing_day, filing.index)

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        for annex in inst.annexes.values():  # in what replaced it too; not where it left and signed again since
            if annex.signed.get(actor) == index:
                inst = _without_signer(inst, annex.id, actor)
        return inst


@act(
    "annex.leave/1",
    by=UNIT,
    article=24,
    clause="annex.publication",
    paper=True,
    undo=True,
    example={"annex": "a:health"},
)
class Leave(Body, frozen=True):
    """A member leaves an annex it signed."""

    annex: MatterId

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        annex = _annex(inst, self.annex)
        if filing.actor not in annex.signers:
            raise OutOfTurn("not-signer", "annex.leave/1", unit=filing.actor, annex=self.annex)
        filing.require_after(annex.signed[filing.actor], annex.signers[filing.actor])
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        annex, unit = inst.annexes[self.annex], filing.actor
        left = Left(filing.index, filing.governing_day, annex.signers[unit], annex.signed.get(unit, -1))
        known = replace(inst, annexes=inst.annexes.set(annex.id, replace(annex, left=annex.left.set(unit, left))))
        return _without_signer(known, self.annex, unit)

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        for annex in inst.annexes.values():
            left = annex.left.get(actor)
            if left is not None and left.index == index and actor not in annex.signers:
                inst = _with_signer(inst, annex, actor, left.signed_day, left.signed)
        return inst


def _with_signer(inst: Institution, annex: Annex, unit: str, day: int, index: int) -> Institution:
    signed = replace(annex, signers=annex.signers.set(unit, day), signed=annex.signed.set(unit, index))
    return replace(inst, annexes=inst.annexes.set(annex.id, signed))


def _without_signer(inst: Institution, id: str, unit: str) -> Institution:
    annex = inst.annexes[id]
    if unit not in annex.signers:
        return inst
    return replace(inst, annexes=inst.annexes.set(id, replace(annex, signers=annex.signers.delete(unit))))


def stage_of(inst: Institution, annex: Annex) -> str:
    """Where it stands: consultation, open, adopted, published, replaced, repealing, repealed; or rejected, superseded."""
    vote = inst.votes.get(annex.id)
    if vote is None or annex.stage not in ("consultation", "superseded"):
        return annex.stage
    if annex.stage == "superseded" and vote.outcome != "rejected":
        return annex.stage
    return vote.outcome or "open"


def binds(inst: Institution, annex: Annex, unit: str) -> bool:
    """Whether a published annex binds the member: as the reading annex.binds said when it was initiated."""
    if annex.stage != "published" or unit not in inst.members:
        return False
    if annex.pinned.binds == "scope":
        return bool(set(annex.scope) & set(inst.units[unit].activities))
    return unit in annex.signers


def duties(inst: Institution) -> Iterator[Duty]:
    """The vote on an annex opens within P7 of its initiation."""
    for annex in inst.annexes.values():
        if annex.stage == "consultation" and annex.id not in inst.votes:
            what = "开始附件表决 / open the vote on an annex"
            yield Duty.of(
                what, annex.id, "exec", inst.meaning.article("annex.consent", 24), "P7", annex.open_by, "vote.open/1"
            )
