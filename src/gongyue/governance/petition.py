"""Petitions: a member's wish or demand, forwarded to the authority, explained, its answer recorded (article 14).

And before the public where its member consents: what is published then is in `petition_publication`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from gongyue.covenant.periods import Deadline, day_of, deadline
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import UNIT, Body, Entry, Filing, Opening, act, office
from gongyue.governance.dossier_close import CLOSING, closes
from gongyue.governance.fields import Commitment, EnclosedDigest
from gongyue.governance.recovery import arrival, is_void
from gongyue.governance.registry import Duty
from gongyue.rules import dossier as rules
from gongyue.rules import office as office_rules

if TYPE_CHECKING:
    from gongyue.governance.dossier import Dossier
    from gongyue.governance.institution import Institution

PetitionKind = Literal["wish", "demand", "interest"]
"""意愿、要求、维护正当利益: what article 14 has the executive body speak up for."""
PetitionAnswer = Literal["forwarded", "explained", "replied"]
_DIGEST = "sha256:" + "00" * 32


class Petition(Struct, frozen=True):
    """A petition in its dossier: its kind; on which day it came, was first answered, was forwarded, had the authority's answer.

    0 for a day that has not come. `consented`: the digest of the text that its member last consented to publish, empty for none.
    """

    kind: str
    since: int
    answered: int = 0
    forwarded: int = 0
    replied: int = 0
    consented: str = ""


@act(
    "petition.submit/1",
    by=UNIT,
    clause="petition.forward",
    capability=True,
    opens="petition",
    example={"kind": "demand", "text": _DIGEST},
)
class Submit(Body, frozen=True):
    """A member asks that a wish or a demand of its reach the authority, or that a legitimate interest of its be upheld."""

    kind: PetitionKind
    text: Commitment

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if not inst.in_force:
            raise OutOfTurn("not-in-force", "petition.submit/1")
        if filing.actor not in inst.members:
            raise OutOfTurn("not-member", "petition.submit/1")
        filing.require_after(inst.units[filing.actor].known_from - 1, inst.members[filing.actor])
        yield from ()

    def enter(self, dossier: Dossier, filing: Filing) -> Dossier:
        return replace(dossier, petition=Petition(self.kind, filing.day), given=frozenset({self.text}))


@act(
    "petition.answer/1",
    by=office("secretary", "clerk"),
    clause="petition.forward",
    capability=True,
    within=("petition",),
    answers=("petition.submit/1", "petition.answer/1"),
    example={"answer": "forwarded", "docs": [_DIGEST]},
)
class Answer(Body, frozen=True):
    """A petition is forwarded to the authority, it is explained why not, or the authority's answer is recorded.

    The secretary forwards or explains; two officers record the authority's answer from its paper, which says when it answered.
    Late is late, and recorded so: it is never refused for being late.
    """

    answer: PetitionAnswer
    docs: Annotated[tuple[Commitment, ...], Meta(min_length=1, max_length=20)]

    def check_in(self, inst: Institution, dossier: Dossier, filing: Filing) -> Iterator[Ruling]:
        petition = dossier.petition
        assert petition is not None and filing.act.to is not None
        yield rules.challenged_leaves_it_alone(filing.signers, dossier.challenged)
        if self.answer != "replied":
            for one in filing.signers:
                known = inst.officers.get(one)
                held = known.held(filing.day) if known else set()
                yield office_rules.holds_the_office(one, held, {"secretary"}, filing.day)
        if dossier.closed:
            raise OutOfTurn("dossier-closed", "petition.answer/1", dossier=dossier.id)
        self._require_its_turn(dossier, petition, filing.act.to)
        if self.answer != "forwarded" and dossier.docs.issuperset(self.docs):  # nothing is explained by what was asked
            raise OutOfTurn("malformed", "petition.answer/1", why="docs")
        if self.answer == "replied":
            yield office_rules.two_officers_confirm(set(filing.signers))
            if filing.act.paper is None:
                raise OutOfTurn("needs-paper", "petition.answer/1")
            filing.require_not_before(petition.forwarded)

    def _require_its_turn(self, dossier: Dossier, petition: Petition, to: str) -> None:
        """OutOfTurn where it answers what it is no answer to, or was given before."""
        if self.answer == "replied":
            if dossier.number(to) == 1 or not petition.forwarded:
                raise OutOfTurn("not-forwarded", "petition.answer/1", dossier=dossier.id)
        elif dossier.number(to) != 1:
            raise OutOfTurn("dossier-unanswered", "petition.answer/1", dossier=dossier.id, to=to)
        if getattr(petition, {"explained": "answered"}.get(self.answer, self.answer)):
            raise OutOfTurn("already", "petition.answer/1")

    def enter(self, dossier: Dossier, filing: Filing) -> Dossier:
        petition = dossier.petition
        assert petition is not None
        petition = replace(petition, answered=petition.answered or filing.day)
        if self.answer != "explained":
            petition = replace(petition, **{self.answer: filing.day})
        over = self.answer == "replied" or (self.answer == "explained" and not petition.forwarded)
        return replace(dossier, petition=petition, ended=filing.day if over else 0)


@act(
    "petition.consent/1",
    by=UNIT,
    clause="petition.forward",
    within=("petition",),
    answers=("petition.submit/1", "petition.answer/1"),
    example={"text": _DIGEST},
)
class Consent(Body, frozen=True):
    """The member consents that this text on its petition is published, with its name and the course of the dossier; or no longer.

    Not from paper: nobody consents for it. Once published its words stay in others' copies of the book, whatever it says later.
    """

    text: EnclosedDigest | None = None

    def check_in(self, inst: Institution, dossier: Dossier, filing: Filing) -> Iterator[Ruling]:
        assert dossier.petition is not None
        if filing.actor not in dossier.parties:
            raise OutOfTurn("not-party", "petition.consent/1", unit=filing.actor, dossier=dossier.id)
        if (self.text or "") == dossier.petition.consented:
            raise OutOfTurn("already", "petition.consent/1")
        yield from ()

    def enter(self, dossier: Dossier, filing: Filing) -> Dossier:
        assert dossier.petition is not None
        return replace(dossier, petition=replace(dossier.petition, consented=self.text or ""))


def answer_by(inst: Institution, since: int) -> Deadline:
    """By when a petition that came on that day is forwarded or explained: P10 as it was in force when the day began."""
    meaning = inst.meaning_on(since - 1)
    return deadline(since, meaning.period("P10"), meaning.calendar_of(since))


def late_days(inst: Institution, petition: Petition, day: int) -> int:
    """How many days late it was answered, or is by that day; 0 in time."""
    last = answer_by(inst, petition.since).last
    return max(0, (petition.answered or day) - last)


PETITIONS = ("petition.submit/1", "petition.answer/1", *CLOSING)
"""From these is seen which petitions wait to be forwarded or explained."""


def sealed_duties(inst: Institution, sealed: Iterable[Opening]) -> Iterator[Duty]:
    """Petitions not yet forwarded or explained, nor withdrawn: P10."""
    standing = [o for o in sealed if o.entry.rx.dossier and not is_void(inst, o.index, o.entry)]
    over = {o.entry.rx.dossier for o in standing if ends_waiting(o.entry)}
    for one in standing:
        if one.entry.act.type == "petition.submit/1" and one.entry.rx.dossier not in over:
            what, article = "反映诉求或作说明 / forward or explain a petition", inst.meaning.article("petition.forward")
            end = answer_by(inst, day_of(arrival(inst, one.index, one.entry)))
            yield Duty.of(what, one.entry.act.actor, "exec", article, "P10", end, "petition.answer/1")


def ends_waiting(entry: Entry) -> bool:
    """Whether after that entry of its dossier nothing is owed under P10 any more: it was answered, withdrawn, or ended by an order."""
    return entry.act.type == "petition.answer/1" or closes(entry)
