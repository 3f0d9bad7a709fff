"""The acts common to all dossiers that move them on: noting, assigning, ordering (articles 5, 20).

They are structured and say nothing in words: documents stand in them as salted commitments, grounds come from closed lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import Body, Filing, PerformedBy, act, office
from gongyue.governance.case_requests import require_may_ask, require_may_order
from gongyue.governance.course import Ask, Heard, Rest, Said, Seat, last_opened, with_service
from gongyue.governance.dossier_roles import ANY_ROLE, offices_for
from gongyue.governance.fields import Commitment, OfficerId, UnitId
from gongyue.governance.order_grounds import nothing_is_owed, require_borne_out, require_fitting
from gongyue.governance.preview import require_previewed
from gongyue.rules import dossier as rules
from gongyue.rules import office as office_rules
from gongyue.rules import sanction as sanction_rules

if TYPE_CHECKING:
    from gongyue.governance.dossier import Dossier
    from gongyue.governance.institution import Institution

KINDS = ("application", "petition", "question", "report", "case")
Documents = Annotated[tuple[Commitment, ...], Meta(max_length=20)]
SomeDocuments = Annotated[tuple[Commitment, ...], Meta(min_length=1, max_length=20)]
Asked = Literal[
    "recusal", "hearing", "review", "reconsideration", "extension", "unopened", "naming", "showing", "redaction"
]
Role = Literal["caseworker", "panel", "reviewers", "mediator"]
Ordered = Literal["extend", "pause", "resume", "heard", "terminate", "admit"]
_DIGEST = "sha256:" + "00" * 32
_EITHER = PerformedBy("unit", frozenset({"secretary", "clerk", "caseworker", "panellist", "mediator"}))

RECUSES = {
    "caseworker": rules.caseworker_recuses,
    "panel": rules.panel_recuses,
    "reviewers": rules.panel_recuses,
    "mediator": rules.mediator_recuses,
}
Ground = Literal[
    "complexity", "party_request", "authority_request", "recusal_pending", "authority_answered", "recusal_decided",
    "held", "not_asked", "settled", "moot", "party_left", "necessary",
]  # fmt: skip


def may_write(inst: Institution, dossier: Dossier, filing: Filing, even_closed: bool = False) -> Iterator[Ruling]:
    """A party of the dossier, or officers assigned to it of whom none is challenged; while it is open."""
    if filing.actor == EXECUTIVE:
        yield rules.is_assigned(filing.signers, dossier.officers)
        yield rules.challenged_leaves_it_alone(filing.signers, dossier.challenged)
    elif filing.actor not in dossier.parties:
        raise OutOfTurn("not-party", filing.act.type, unit=filing.actor, dossier=dossier.id)
    if dossier.is_over(inst) and not even_closed:
        raise OutOfTurn("dossier-closed", filing.act.type, dossier=dossier.id)


@act(
    "dossier.note/1",
    by=_EITHER,
    clause="office.executive",
    within=KINDS,
    signed_as=ANY_ROLE,
    example={"docs": [_DIGEST], "complete": True, "withdrawn": False, "asks": None, "whom": None},
)
class Note(Body, frozen=True):
    """A party, or an officer assigned, adds documents, says that its file is complete, withdraws, or asks for something."""

    docs: Documents = ()
    complete: bool = False
    withdrawn: bool = False
    asks: Asked | None = None
    whom: OfficerId | None = None

    def check_in(self, inst: Institution, dossier: Dossier, filing: Filing) -> Iterator[Ruling]:
        yield from may_write(inst, dossier, filing)
        if not (self.docs or self.complete or self.withdrawn or self.asks):
            raise OutOfTurn("malformed", "dossier.note/1", why="docs | complete | withdrawn | asks").saying(
                why=(
                    "须有文书、材料已齐、撤回或申请之一",
                    "documents, that the file is complete, a withdrawal or a request",
                )
            )
        if (self.whom is not None) != (self.asks == "recusal"):
            raise OutOfTurn("malformed", "dossier.note/1", why="whom")
        if (self.withdrawn or self.asks) and filing.actor == EXECUTIVE:
            raise OutOfTurn("not-party", "dossier.note/1", unit=filing.actor, dossier=dossier.id)
        if self.withdrawn and filing.actor != dossier.entries[0].actor:
            raise OutOfTurn("not-party", "dossier.note/1", unit=filing.actor, dossier=dossier.id)
        if self.whom is not None and self.whom not in inst.officers:
            raise OutOfTurn("not-found", what=self.whom)
        if self.asks == "reconsideration" and dossier.report is not None:
            dossier.report.require_declined_once("dossier.note/1", filing.by_others)
        if self.asks:
            require_may_ask(inst, dossier, self.asks, filing.day, filing.by_others)
            require_previewed(dossier, self.asks)
        if self.asks == "unopened" and last_opened(dossier, filing.day) is None:
            raise OutOfTurn("not-received", "dossier.note/1", dossier=dossier.id)

    def enter(self, dossier: Dossier, filing: Filing) -> Dossier:
        again = self.whom is not None and dossier.was_challenged(
            self.whom, filing.by_others
        )  # nothing stops for it twice
        challenged = dossier.challenged | ({self.whom} if self.whom and not again else set())
        ended = filing.day if self.withdrawn else dossier.ended
        if self.withdrawn and dossier.petition is not None:  # with it what it consented to publish
            dossier = replace(dossier, petition=replace(dossier.petition, consented=""))
        dossier = replace(dossier, closed=dossier.closed or self.withdrawn, ended=ended, challenged=challenged)
        if filing.by_others:
            dossier = replace(dossier, said=(*dossier.said, Said(dossier.n, self.docs, self.complete)))
        elif filing.actor != EXECUTIVE:
            completed = filing.seen if self.complete else dossier.completed  # what it had not seen it did not mean
            dossier = replace(dossier, given=dossier.given | set(self.docs), completed=completed)
        if self.asks is None or again:
            return dossier
        ask = Ask(self.asks, filing.actor, dossier.n, filing.given.recorded, filing.day, self.whom or "")
        report = dossier.report
        if report is not None and self.asks == "reconsideration":
            report = report.reconsidered(filing.day, filing.by_others)
        found = last_opened(dossier, filing.day) if self.asks == "unopened" else None
        if found is not None:  # what did not open was not received: it is served again
            dossier = with_service(dossier, replace(found, got=0, place=0))
        return replace(dossier, asks=(*dossier.asks, ask), report=report)


class Assigned(Struct, frozen=True, forbid_unknown_fields=True):
    """An officer assigned, with the units in which it declares an interest: employed, paid or owning within two years."""

    officer: OfficerId
    interests: Annotated[tuple[UnitId, ...], Meta(max_length=20)] = ()


@act(
    "dossier.assign/1",
    by=office("secretary", "panellist"),
    clause="office.executive",
    within=KINDS,
    example={"role": "caseworker", "officers": [{"officer": "o:xu", "interests": []}]},
)
class Assign(Body, frozen=True):
    """The secretary assigns officers to a role; the panel where the secretary is challenged. It decides what recusals were asked for."""

    role: Role
    officers: Annotated[tuple[Assigned, ...], Meta(min_length=1, max_length=7)]

    def check_in(self, inst: Institution, dossier: Dossier, filing: Filing) -> Iterator[Ruling]:
        if dossier.is_over(inst):
            raise OutOfTurn("dossier-closed", "dossier.assign/1", dossier=dossier.id)
        yield from self._by_whoever_decides(inst, dossier, filing)
        named = [one.officer for one in self.officers]
        if len(set(named)) != len(named):
            raise OutOfTurn("malformed", "dossier.assign/1", why="officers")
        self._require_read(dossier, filing)
        if self.role in (
            "panel",
            "reviewers",
        ):  # who leaves it makes room for another: it is not cut down to those who agree
            least = max(int(str(inst.meaning.value("P14"))), len(dossier.assigned.get(self.role, ())))
            yield rules.panel_is_complete(len(named), least)
        if self.role == "reviewers" and dossier.case is not None:
            yield sanction_rules.is_reviewed_by_others(named, dossier.case.judged_by)
        for assigned in self.officers:
            who, held = assigned.officer, _held(inst, assigned.officer, filing)
            yield office_rules.holds_the_office(who, held, offices_for(self.role, dossier.kind), filing.day)
            had = {role for role, officers in dossier.were.items() if who in officers}
            yield rules.roles_are_compatible(who, had | {self.role})
            yield RECUSES[self.role](who, assigned.interests, dossier.concerned)

    def _by_whoever_decides(self, inst: Institution, dossier: Dossier, filing: Filing) -> Iterator[Ruling]:
        """A secretary, or two of the panel where every one is challenged; after all a secretary, but on itself, where nobody else is left."""
        panel = dossier.assigned.get("panel", ())
        free = [one for one in inst.officers if one not in dossier.challenged]
        judges = [one for one in panel or free if one in free and "panellist" in _held(inst, one, filing)]
        able = _holding(inst, free, "secretary", filing)
        nobody = not able and len(judges) < 2
        yield rules.challenged_leaves_it_alone(filing.signers, self._decided(dossier) if nobody else dossier.challenged)
        if able or nobody or not _holding(inst, dossier.challenged, "secretary", filing):
            for one in filing.signers:
                yield office_rules.holds_the_office(one, _held(inst, one, filing), {"secretary"}, filing.day)
        else:
            if panel:
                yield rules.is_assigned(filing.signers, set(panel))
            yield office_rules.two_officers_confirm(set(filing.signers))

    def enter(self, dossier: Dossier, filing: Filing) -> Dossier:
        named = tuple(one.officer for one in self.officers)
        before = dossier.assigned.get(self.role, ())
        newly = [one for one in named if before and one not in before]
        seated = dossier.seated.update({(self.role, one): Seat(dossier.n, filing.day) for one in newly})
        left = dossier.challenged - self._decided(dossier)
        return with_roles(replace(dossier, challenged=left, seated=seated), {self.role: named})

    def _require_read(self, dossier: Dossier, filing: Filing) -> None:
        """OutOfTurn where it decides a challenge that those who sign never read."""
        decided = self._decided(dossier)
        dossier.require_seen(filing, max((one.n for one in dossier.asks if one.whom in decided), default=0))

    def _decided(self, dossier: Dossier) -> frozenset[str]:
        """Whose recusal is decided by it: who had the role, and who has it from now on."""
        return dossier.challenged & {*(one.officer for one in self.officers), *dossier.assigned.get(self.role, ())}


def with_roles(dossier: Dossier, roles: Mapping[str, tuple[str, ...]]) -> Dossier:
    """The dossier with officers in roles; whoever has had one keeps it in mind: who investigated does not judge later."""
    were = {role: dossier.were.get(role, frozenset()) | set(officers) for role, officers in roles.items()}
    return replace(dossier, assigned=dossier.assigned.update(roles), were=dossier.were.update(were))


def _held(inst: Institution, officer: str, filing: Filing) -> set[str]:
    return offices_of(inst, officer, filing.day)


def offices_of(inst: Institution, officer: str, day: int) -> set[str]:
    """The offices that an officer holds on the day."""
    known = inst.officers.get(officer)
    return known.held(day) if known else set()


def _holding(inst: Institution, officers: Iterable[str], wanted: str, filing: Filing) -> bool:
    """Whether one of these officers holds that office."""
    return any(wanted in _held(inst, officer, filing) for officer in officers)


@act(
    "dossier.order/1",
    by=office("secretary", "caseworker", "panellist"),
    clause="office.executive",
    within=KINDS,
    example={"what": "extend", "ground": "complexity", "reasons": _DIGEST},
)
class Order(Body, frozen=True):
    """The course of a dossier is ordered, on a ground from a closed list, with reasons: extended once, paused, resumed, heard, ended.

    `admit`: evidence that shows personal data uncovered is taken from now on, and the reasons say why that is necessary.
    By the caseworker assigned; by others two.
    """

    what: Ordered
    ground: Ground
    reasons: Commitment

    def check_in(self, inst: Institution, dossier: Dossier, filing: Filing) -> Iterator[Ruling]:
        if dossier.is_over(inst):
            raise OutOfTurn("dossier-closed", "dossier.order/1", dossier=dossier.id)
        yield rules.challenged_leaves_it_alone(filing.signers, dossier.challenged)
        if not set(filing.signers) & set(dossier.assigned.get("caseworker", ())):
            yield office_rules.two_officers_confirm(set(filing.signers))
        require_fitting(dossier, self.what, self.ground)
        if dossier.case is not None and self.what == "terminate":
            yield office_rules.two_officers_confirm(set(filing.signers))
        require_may_order(inst, dossier, self.what, self.ground)
        if self.ground == "held" and (asked := dossier.asked("hearing")):
            dossier.require_seen(filing, asked.n)
        extended = self.ground in dossier.extensions if dossier.case is not None else dossier.extended
        done = {
            "extend": extended,
            "pause": dossier.paused,
            "resume": not dossier.paused,
            "heard": dossier.case is None and dossier.heard is not None,
            "admit": dossier.admits,
        }
        if done.get(self.what):
            raise OutOfTurn("already", "dossier.order/1")
        require_borne_out(inst, dossier, self.what, self.ground)
        if self.ground == "held":  # its reasons are the record of it
            dossier.require_new(self.reasons, "dossier.order/1")
        if self.what == "terminate":
            yield rules.recusals_are_decided(dossier.challenged & dossier.officers)
            yield from nothing_is_owed(inst, dossier, self.ground)

    def enter(self, dossier: Dossier, filing: Filing) -> Dossier:
        return self.ordered(dossier, filing.day)

    def ordered(self, dossier: Dossier, day: int) -> Dossier:
        """The dossier as it goes on after this was ordered on that day."""
        rests = dossier.rests
        if self.what == "pause":
            rests = (*rests, Rest(day, ground=self.ground))
        elif self.what == "resume" and rests:
            rests = (*rests[:-1], replace(rests[-1], ends=day))
        return replace(
            dossier,
            rests=rests,
            extensions=dossier.extensions | ({self.ground} if self.what == "extend" else set()),
            extended=dossier.extended or self.what == "extend",
            paused=self.what == "pause" or (dossier.paused and self.what != "resume"),
            heard=Heard(self.ground, dossier.n, day, self.reasons) if self.what == "heard" else dossier.heard,
            admits=dossier.admits or self.what == "admit",
            closed=self.what == "terminate",
            ended=day if self.what == "terminate" else dossier.ended,
        )
