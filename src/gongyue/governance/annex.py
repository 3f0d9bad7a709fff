"""Annexes: branch agreements under the covenant, by the members' consent, and where each stands (article 24)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from immutables import Map
from msgspec import Meta, Struct
from msgspec.structs import replace

from gongyue.covenant import antitrust
from gongyue.covenant.periods import Deadline
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import UNIT, Body, Filing, act, office
from gongyue.governance.fields import Activities, Commitment, MatterId, Name, PublicDigest
from gongyue.governance.registry import VOTING, Duty, Pinned
from gongyue.rules import amendment as amendment_rules
from gongyue.rules import annex as rules

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

    `signers` maps units to the day they signed (also before they left the covenant: see `signs`), `signed` to the entry by
    which they did; `left`, of those that left it since, to the entry by which they left and to what they had signed;
    `pinned`: what it goes by, as it stood when it was initiated.
    `superseded_by`: what has changed or repealed the annex it was made for, `conflict`: what no longer stands.
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
    published_index: int | None = None
    superseded_by: str = ""
    conflict: str = ""
    signers: Map[str, int] = Map()
    signed: Map[str, int] = Map()
    left: Map[str, Left] = Map()


class AnnexText(Struct, frozen=True, forbid_unknown_fields=True):
    """An annex's text, as an object."""

    title: Name
    text: Annotated[str, Meta(min_length=1, max_length=60_000)]
    v: Literal["gongyue/annex@1"]


def _text(data: Any) -> AnnexText:
    try:
        return msgspec.convert(data, AnnexText)
    except msgspec.ValidationError as error:
        raise OutOfTurn("bad-object", "annex", why=str(error)) from None


def annex_of(inst: Institution, id: str) -> Annex:
    """The annex of that id; OutOfTurn if there is none."""
    try:
        return inst.annexes[id]
    except KeyError:
        raise OutOfTurn("not-found", "annex", what=id) from None


@act(
    "annex.review/1",
    by=office("secretary", "clerk", two=True),
    clause="competition.fair",
    example={"text": _DIGEST, "opinion": _DIGEST},
)
class Review(Body, frozen=True):
    """Records a lawyer's review of a draft text; the opinion is a commitment."""

    text: PublicDigest
    opinion: Commitment

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        return replace(inst, reviewed=inst.reviewed.set(self.text, filing.index))


@act(
    "annex.initiate/1",
    by=UNIT,
    clause="annex.initiation",
    outsider=lambda actor: rules.is_initiated_by_a_member(actor, actor.startswith("u:")),
    objects=("text",),
    uses=(*VOTING, "P19", "annex.binds"),
    capability=True,
    example={"annex": "a:health", "text": _DIGEST, "scope": ["vertical"], "kind": "new", "target": None},
)
class Initiate(Body, frozen=True):
    """A member initiates an annex for a branch, or a change or repeal of one; consultation begins."""

    annex: MatterId
    text: PublicDigest
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
        if self.target is not None and annex_of(inst, self.target).stage != "published":
            raise OutOfTurn("not-open", "annex.initiate/1", what=self.target)
        yield rules.branch_is_stated(self.scope)
        words = _text(filing.object(self.text))
        whole = f"{words.title}\n{words.text}"  # whoever reads an annex reads its title first
        yield rules.stays_under_the_covenant(antitrust.added_sanctions(whole))
        yield rules.is_free_of_cartel_terms(antitrust.cartel_terms(whole), self.text in inst.reviewed)

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


def both_texts(inst: Institution, annex: Annex) -> tuple[str, str]:
    """Of a superseded one: the object of its own text, and that of the one it yields to."""
    return annex.text, inst.annexes[annex.superseded_by].text


def present(inst: Institution, annex: Annex) -> Annex | None:
    """The annex in force under the number of the one that it was to change or repeal; None where there is none."""
    number = inst.annexes[annex.target].number if annex.target else 0
    return next((a for a in inst.annexes.values() if a.stage == "published" and a.number == number), None)


def publish_by(inst: Institution, annex: Annex) -> Deadline:
    """The last day to publish an adopted one: P19 from its adoption; article 24 asks for no filing and no approval."""
    return inst.deadline(annex.pinned.filing, inst.votes[annex.id].closed_day)


def stage_of(inst: Institution, annex: Annex) -> str:
    """Where it stands: consultation, open, adopted, published, replaced, repealing, repealed; or rejected, no_quorum, superseded."""
    vote = inst.votes.get(annex.id)
    if vote is None or annex.stage not in ("consultation", "superseded"):
        return annex.stage
    if annex.stage == "superseded" and vote.outcome in ("", "adopted"):
        return annex.stage
    return vote.outcome or "open"


def binds(inst: Institution, annex: Annex, unit: str) -> bool:
    """Whether a published annex binds the member: as the reading annex.binds said when it was initiated."""
    if annex.stage != "published" or unit not in inst.members:
        return False
    if annex.pinned.binds == "scope":
        return bool(set(annex.scope) & set(inst.units[unit].activities))
    return signs(inst, annex, unit)


def signs(inst: Institution, annex: Annex, unit: str) -> bool:
    """Whether a member stands by the annex with its signature: one given in the membership that it has now."""
    return unit in inst.members and unit in annex.signers and inst.units[unit].changed < annex.signed[unit]


def as_it_stands(inst: Institution, annex: Annex) -> Annex:
    """The annex with only the signers that stand by it now, as it is shown."""
    return replace(annex, signers=Map({unit: day for unit, day in annex.signers.items() if signs(inst, annex, unit)}))


def duties(inst: Institution) -> Iterator[Duty]:
    """The vote on an annex opens within P7 of its initiation; adopted, it is published within P19."""
    for annex in inst.annexes.values():
        if annex.stage != "consultation":
            continue
        vote = inst.votes.get(annex.id)
        if vote is None:
            what = "开始附件表决 / open the vote on an annex"
            article = inst.meaning.article("annex.consent")
            yield Duty.of(what, annex.id, "exec", article, "P7", annex.open_by, "vote.open/1")
        elif vote.outcome == "adopted":
            what, end = _TO_PUBLISH[annex.kind], publish_by(inst, annex)
            article = inst.meaning.article("annex.publication")
            yield Duty.of(what, annex.id, "exec", article, "P19", end, "annex.publish/1")


_TO_PUBLISH = {
    "new": "公布通过的附件 / publish the adopted annex",
    "amend": "公布通过的附件修订 / publish the adopted change of an annex",
    "repeal": "公布通过的附件废止 / publish the adopted repeal of an annex",
}
