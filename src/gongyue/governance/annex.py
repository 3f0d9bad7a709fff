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
from gongyue.governance.standing import Duty
from gongyue.rules import amendment as amendment_rules
from gongyue.rules import annex as rules
from gongyue.rules import founding as founding_rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

_DIGEST = "sha256:" + "00" * 32


class Annex(Struct, frozen=True):
    """An annex: consultation → (vote) → published → replaced or repealed. `signers` maps units to the day they signed."""

    id: str
    title: str
    text: str
    scope: tuple[str, ...]
    by: str
    open_by: Deadline
    kind: str = "new"
    target: str = ""
    stage: str = "consultation"
    number: int = 0
    published_day: int | None = None
    signers: Map[str, int] = Map()


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
        vote = inst.votes.get(self.annex)
        yield rules.vote_is_over(vote is not None and bool(vote.outcome))
        assert vote is not None
        yield rules.members_consent(vote.share, vote.consents, len(vote.roll), vote.consents_left, vote.roll_left)
        if annex.stage != "consultation":
            raise OutOfTurn("already", "annex.publish/1", annex.stage)
        if annex.kind != "new" and inst.annexes[annex.target].stage != "published":
            raise OutOfTurn("not-open", "annex.publish/1", what=annex.target)
        yield rules.text_is_the_one_consented_to(self.text, annex.text)
        yield founding_rules.in_force_on_publication(from_iso(self.in_force), filing.day)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        annex = inst.annexes[self.annex]
        annexes = inst.annexes
        stage, number = "published", 1 + sum(a.kind == "new" and a.number > 0 for a in annexes.values())
        signers: Map[str, int] = Map()
        if annex.kind != "new":
            target = annexes[annex.target]
            number, signers = target.number, target.signers
            stage = "published" if annex.kind == "amend" else "repealing"
            annexes = annexes.set(target.id, replace(target, stage="replaced" if annex.kind == "amend" else "repealed"))
        done = replace(annex, stage=stage, number=number, published_day=filing.day, signers=signers)
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
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        annex = inst.annexes[self.annex]
        signed = replace(annex, signers=annex.signers.set(filing.actor, filing.governing_day))
        return replace(inst, annexes=inst.annexes.set(annex.id, signed))

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        return _without_signer(inst, self.annex, actor)


@act(
    "annex.leave/1",
    by=UNIT,
    article=24,
    clause="annex.publication",
    paper=True,
    example={"annex": "a:health"},
)
class Leave(Body, frozen=True):
    """A member leaves an annex it signed."""

    annex: MatterId

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if filing.actor not in _annex(inst, self.annex).signers:
            raise OutOfTurn("not-signer", "annex.leave/1", unit=filing.actor, annex=self.annex)
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        return _without_signer(inst, self.annex, filing.actor)


def _without_signer(inst: Institution, id: str, unit: str) -> Institution:
    annex = inst.annexes[id]
    if unit not in annex.signers:
        return inst
    return replace(inst, annexes=inst.annexes.set(id, replace(annex, signers=annex.signers.delete(unit))))


def binds(inst: Institution, annex: Annex, unit: str) -> bool:
    """Whether a published annex binds the member: as the adopted reading annex.binds says."""
    if annex.stage != "published" or unit not in inst.members:
        return False
    if inst.meaning.choice("annex.binds") == "scope":
        return bool(set(annex.scope) & set(inst.units[unit].activities))
    return unit in annex.signers


def duties(inst: Institution) -> Iterator[Duty]:
    """The vote on an annex opens within P7 of its initiation."""
    for annex in inst.annexes.values():
        if annex.stage == "consultation" and annex.id not in inst.votes:
            what = "开始附件表决 / open the vote on an annex"
            yield Duty.of(what, annex.id, "exec", 24, "P7", annex.open_by, "vote.open/1")
