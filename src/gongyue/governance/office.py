"""Offices of the executive body: appointments with terms, and what the appointed staff could lawfully do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta
from msgspec.structs import replace

from gongyue.covenant.bound_persons import body_alone_proposes
from gongyue.covenant.periods import DAY, day_of, from_iso, iso
from gongyue.covenant.procedure import package
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import ACT_TYPES, Body, Filing, act, office
from gongyue.governance.fields import OFFICES, Commitment, Date, Office, OfficerId
from gongyue.governance.registry import Officer, Tenure
from gongyue.rules import office as rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution


@act(
    "office.appoint/1",
    by=office("secretary", "clerk", two=True),
    clause="office.executive",
    undo=True,
    example={
        "officer": "o:lu",
        "offices": ["publisher"],
        "begins": "2026-01-05",
        "ends": "2028-12-31",
        "interests": "sha256:" + "00" * 32,
    },
)
class Appoint(Body, frozen=True):
    """Appoints a person, known by an opaque id, to offices for a term; its declaration of interests is a commitment.

    It serves after the delay, seen by everybody: two officers cannot appoint a panel for today.
    """

    officer: OfficerId
    offices: tuple[Office, ...]
    begins: Date
    ends: Date
    interests: Commitment

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        begins, ends = from_iso(self.begins), from_iso(self.ends)
        if not self.offices or ends < begins:
            raise OutOfTurn("malformed", "office.appoint/1", why="offices, begins, ends")
        yield rules.serves_after_the_delay(self.officer, begins, earliest(inst, filing.time))
        known = inst.officers.get(self.officer)
        held = {t.office for t in known.tenures if t.begins <= ends and begins <= t.ends} if known else set()
        yield rules.offices_are_compatible(self.officer, held, set(self.offices))

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        known = inst.officers.get(self.officer) or Officer(self.officer)
        begins, ends = from_iso(self.begins), from_iso(self.ends)
        added = tuple(Tenure(f, begins, ends, filing.index) for f in self.offices)
        officer = replace(known, tenures=(*known.tenures, *added), interests=self.interests, declared=filing.day)
        return replace(inst, officers=inst.officers.set(self.officer, officer))

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        known, day = inst.officers[self.officer], inst.today
        others = (t for t in known.tenures if t.index != index)
        served = (replace(t, ends=min(t.ends, day)) for t in known.tenures if t.index == index and t.begins <= day)
        return replace(inst, officers=inst.officers.set(self.officer, replace(known, tenures=(*others, *served))))


@act(
    "office.declare/1",
    by=office(*OFFICES),
    clause="office.executive",
    example={"officer": "o:lu", "interests": "sha256:" + "00" * 32},
)
class Declare(Body, frozen=True):
    """An officer declares its interests anew, itself and for itself alone: every year, and whenever they change.

    The book holds the commitment; the office keeps the declaration, which is opened to the parties of a matter it bears on.
    """

    officer: OfficerId
    interests: Commitment

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        yield rules.declares_for_itself(self.officer, filing.signers)
        if inst.officers[self.officer].interests == self.interests:
            raise OutOfTurn("already", "office.declare/1")

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        officer = replace(inst.officers[self.officer], interests=self.interests, declared=filing.day)
        return replace(inst, officers=inst.officers.set(self.officer, officer))


def earliest(inst: Institution, time: int) -> int:
    """The first day on which whoever is appointed at `time` can serve: it begins once the whole delay has passed."""
    assert inst.genesis is not None
    return day_of(time + inst.genesis.recovery_days * DAY - 1) + 1


@act(
    "office.end/1",
    by=office("secretary", "clerk", two=True),
    clause="office.executive",
    example={"officer": "o:lu", "offices": ["publisher"], "ends": "2026-06-30"},
)
class End(Body, frozen=True):
    """Ends offices of a person on a day, not before the day it is recorded."""

    officer: OfficerId
    offices: Annotated[tuple[Office, ...], Meta(min_length=1)]
    ends: Date

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        known = inst.officers.get(self.officer)
        if known is None or not set(self.offices) <= known.held(filing.day):
            raise OutOfTurn("not-found", what=self.officer)
        if from_iso(self.ends) < filing.day:
            raise OutOfTurn("past-date", "office.end/1", at=self.ends, since=iso(filing.day))
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        return _ended(inst, self.officer, set(self.offices), from_iso(self.ends))


def _ended(inst: Institution, officer: str, offices: set[str], day: int) -> Institution:
    known = inst.officers[officer]
    tenures = tuple(
        replace(t, ends=min(t.ends, day)) if t.office in offices and t.begins <= day <= t.ends else t
        for t in known.tenures
    )
    return replace(inst, officers=inst.officers.set(officer, replace(known, tenures=tenures)))


class Shortage:
    """What the staff in office on a day could not lawfully do: the act or stage, the offices needed, who there is."""

    def __init__(self, what: str, needs: str, have: int, article: int) -> None:
        self.what, self.needs, self.have, self.article = what, needs, have, article

    @property
    def missing(self) -> int:
        """How many persons more it takes."""
        return int(self.needs.partition(" × ")[0]) - self.have

    @property
    def offices(self) -> tuple[str, ...]:
        """The offices of which each of them holds one."""
        return tuple(self.needs.partition(" × ")[2].partition(" (+")[0].split("|"))


def staffing(inst: Institution, day: int) -> list[Shortage]:
    """What the appointed staff could not lawfully perform on that day (domain: P14; a case needs seven persons).

    What members do and officers may is theirs alone where the text lets a body alone propose changes.
    """
    serving = {o.id: o.held(day) for o in inst.officers.values() if o.held(day)}
    counts = {name: sum(name in held for held in serving.values()) for name in OFFICES}
    short = []
    alone = body_alone_proposes(inst.meaning.edition)
    for kind in ACT_TYPES.values():
        proposes = alone and kind.matter == "amendment" and kind.by.who == "unit" and kind.by.offices
        if (kind.by.who != "office" and not proposes) or kind.matter == "book":  # the genesis is behind us
            continue
        wanted = kind.by.offices - kind.by.instead
        able = sum(bool(held & wanted) for held in serving.values())
        if able < 1 + kind.by.two:
            needs = f"{1 + kind.by.two} × {'|'.join(sorted(wanted))}"
            short.append(Shortage(kind.type, needs, able, inst.meaning.article(kind.clause)))
    panel = int((inst.meaning.procedure or {}).get("P14", package().procedure["P14"].value))
    sanctions = inst.meaning.article("sanction.list")
    if not counts["caseworker"]:
        short.append(Shortage("case", "1 × caseworker", 0, inst.meaning.article("report.file")))
    if counts["panellist"] < panel:
        short.append(Shortage("case.conclude", f"{panel} × panellist", counts["panellist"], sanctions))
    if counts["panellist"] < 2 * panel:
        others = max(0, counts["panellist"] - panel)
        short.append(Shortage("sanction.reconsider", f"{panel} × panellist (+{panel})", others, sanctions))
    if not counts["mediator"]:
        short.append(Shortage("dispute.mediate", "1 × mediator", 0, inst.meaning.article("dispute.mediation")))
    return short


class Wanted:
    """Whom to appoint before a first report arrives: so many persons more for an office.

    `have`: who serves in it or is appointed to it from a later day on.
    """

    def __init__(self, office: str, have: int, needed: int, work: tuple[str, ...]) -> None:
        self.office, self.have, self.needed, self.work = office, have, needed, work

    @property
    def missing(self) -> int:
        """How many persons more."""
        return max(0, self.needed - self.have)


def to_appoint(inst: Institution, day: int) -> list[Wanted]:
    """Whom it takes to handle, judge and review a case, to mediate and to publish, and who is neither there on that day nor coming.

    A case takes a caseworker, a panel (P14) and as many others for its review; nobody judges what it investigated, so
    that a secretary with one assistant cannot do it alone. Persons from outside may be appointed.
    """
    serving = [{t.office for t in o.tenures if day <= t.ends} for o in inst.officers.values()]
    panel = int((inst.meaning.procedure or {}).get("P14", package().procedure["P14"].value))
    wanted = (
        ("caseworker", 1, ("case",)),
        ("panellist", 2 * panel, ("case.conclude", "sanction.reconsider")),
        ("mediator", 1, ("dispute.mediate",)),
        ("publisher", 1, ("petition.publish/1",)),
    )
    found = [Wanted(name, sum(name in held for held in serving), needed, work) for name, needed, work in wanted]
    return [one for one in found if one.missing]
