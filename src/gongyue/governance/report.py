"""Reports: a member reports a breach and is answered, declined on a listed ground or with what came of it (article 17)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from gongyue.covenant.periods import Deadline, deadline, from_iso
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import ACT_TYPES, UNIT, Body, Filing, Opening, act, office
from gongyue.governance.course import ANOTHERS, Case, concerns, require_articles
from gongyue.governance.dossier_duties import followed
from gongyue.governance.fields import AccusedId, Address, Commitment, Date, LinkDigest
from gongyue.governance.hearing import settled_on
from gongyue.governance.registry import Duty
from gongyue.rules import bulletin as bulletin_rules
from gongyue.rules import dossier as dossier_rules
from gongyue.rules import report as rules

if TYPE_CHECKING:
    from gongyue.governance.dossier import Dossier, Linked
    from gongyue.governance.institution import Institution

ReportKind = Literal["report", "own", "elsewhere"]
"""检举、本单位的违约、在别处发现的: of another member; of oneself; of outsiders, who are accused of nothing here."""
ReportAnswer = Literal["declined", "joined", "opened", "outcome"]
_DIGEST = "sha256:" + "00" * 32


class Report(Struct, frozen=True):
    """A report in its dossier: of which kind, whom it accuses (empty: nobody), on which day it was filed.

    `answer`: the last answer but for the outcome, `decided`: how many such there were; `asked`: on which day a decline was asked
    to be reconsidered, `doubted`: others can have asked that; `told`: on which day its reporter was told the outcome. 0 for a day
    that has not come. `begins`, `ends`: the first and last day of what it tells of; `shown`: the version its reporter made itself, to
    be shown.
    """

    kind: str
    accused: str
    since: int
    answer: str = ""
    decided: int = 0
    asked: int = 0
    told: int = 0
    doubted: bool = False
    begins: int = 0
    ends: int = 0
    shown: tuple[str, ...] = ()

    def bears_on(self, case: Case) -> bool:
        """Whether it tells of days that the case is on."""
        return self.begins <= case.ends and case.begins <= self.ends

    @property
    def waits_since(self) -> int:
        """Since which day an answer is owed: since it was filed, or since a decline was to be reconsidered; 0 where none is."""
        if not self.decided:
            return self.since
        return self.asked if self.decided == 1 else 0

    @property
    def is_answered(self) -> bool:
        """Whether nothing is owed in it any more: its reporter was told the outcome, or a decline was reconsidered, as it asked itself."""
        return bool(self.told) or (self.decided > 1 and self.answer == "declined" and not self.doubted)

    def reconsidered(self, day: int, by_others: bool) -> Report:
        """The report once that is asked for, on that day: what others had asked for before is not what was decided on."""
        return replace(self, asked=day, decided=min(self.decided, 1), doubted=by_others)

    def require_declined_once(self, type: str, by_others: bool) -> None:
        """OutOfTurn unless it was declined, and nobody asked yet for that to be reconsidered; but its reporter itself, whatever others asked."""
        if self.asked and (by_others or not self.doubted):
            raise OutOfTurn("already", type)
        if self.answer != "declined":
            raise OutOfTurn("not-declined", type)


@act(
    "report.file/1",
    by=UNIT,
    clause="report.file",
    capability=True,
    opens="report",
    example={
        "kind": "report",
        "accused": "u:0002",
        "begins": "2026-05-01",
        "ends": "2026-05-20",
        "facts": _DIGEST,
        "articles": ["8"],
        "evidence": [],
        "shown": [],
    },
)
class File(Body, frozen=True):
    """A member reports a breach: whom it accuses, what was done and when; articles and evidence may follow, or be found by others.

    Of a breach of its own and of what was discovered elsewhere it tells likewise, and accuses nobody. `shown`: the very version
    that the accused may be shown, covered by its reporter beforehand: it saw that, and lets it pass by signing.
    """

    kind: ReportKind
    begins: Date
    ends: Date
    facts: Commitment
    accused: AccusedId | None = None
    articles: Annotated[tuple[Address, ...], Meta(max_length=20)] = ()
    evidence: Annotated[tuple[Commitment, ...], Meta(max_length=20)] = ()
    shown: Annotated[tuple[Commitment, ...], Meta(max_length=20)] = ()

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        type, actor = filing.act.type, filing.actor
        if (in_force := inst.founding.published_day) is None:
            raise OutOfTurn("not-in-force", type)
        yield rules.is_reported_by_a_member(actor, actor in inst.members)
        filing.require_after(inst.units[actor].known_from - 1, inst.members[actor])
        if (self.accused is not None) != (self.kind == "report"):
            raise OutOfTurn("malformed", type, why="accused")
        if self.shown and self.accused is None:
            raise OutOfTurn("malformed", type, why="shown")
        begins, ends = from_iso(self.begins), from_iso(self.ends)
        if not begins <= ends <= filing.dated:
            raise OutOfTurn("malformed", type, why="begins ≤ ends ≤ at")
        require_articles(inst, self.articles, type)
        if self.accused is not None:
            yield rules.is_not_about_the_executive_body(self.accused)
            yield rules.is_reported_by_another(actor, self.accused)
            yield rules.accused_is_a_member(self.accused, self.accused in inst.members)
        whose = self.accused or (actor if self.kind == "own" else "")
        yield rules.conduct_is_covered(ends, in_force, inst.members.get(whose, in_force))

    def enter(self, dossier: Dossier, filing: Filing) -> Dossier:
        shown = () if filing.by_others else self.shown  # what others can have chosen in its name it has not seen
        begins, ends = from_iso(self.begins), from_iso(self.ends)
        told = Report(self.kind, self.accused or "", filing.day, begins=begins, ends=ends, shown=shown)
        return replace(dossier, report=told)


@act(
    "report.answer/1",
    by=office("caseworker"),
    clause="report.file",
    capability=True,
    within=("report",),
    answers=("report.file/1", "report.answer/1", "dossier.note/1"),
    signed_as="caseworker",
    example={"answer": "declined", "ground": "no_fact", "reasons": _DIGEST, "link": _DIGEST},
)
class Answer(Body, frozen=True):
    """A report is declined on a listed ground, joined to a case or taken up as one, and later told what came of it; with reasons.

    Late is late, and recorded so: it is never refused for being late. `link`: to the case, or to what came of it; of a
    decline to the report itself, or to the case that was decided already.
    """

    answer: ReportAnswer
    reasons: Commitment
    link: LinkDigest
    ground: Annotated[str, Meta(max_length=40)] | None = None

    def check_in(self, inst: Institution, dossier: Dossier, filing: Filing) -> Iterator[Ruling]:
        report, type = dossier.report, filing.act.type
        assert report is not None
        assert filing.act.to is not None
        yield dossier_rules.is_assigned(filing.signers, set(dossier.assigned.get(ACT_TYPES[type].signed_as, ())))
        yield dossier_rules.challenged_leaves_it_alone(filing.signers, dossier.challenged)
        if dossier.closed:
            raise OutOfTurn("dossier-closed", type, dossier=dossier.id)
        if self.answer == "declined":
            yield rules.decline_has_a_ground(self.ground or "")
            yield from self._borne_out(inst, dossier, report)
        elif self.ground is not None:
            raise OutOfTurn("malformed", type, why="ground")
        if self.answer == "outcome":
            if report.answer not in ("joined", "opened"):
                raise OutOfTurn("not-open", type)
            if report.told:
                raise OutOfTurn("already", type)
        elif not report.waits_since:
            raise OutOfTurn("already", type)
        dossier.require_new(self.reasons, type)
        if filing.act.to != self._due(dossier, report):
            raise OutOfTurn("dossier-unanswered", type, dossier=dossier.id, to=filing.act.to)

    def _borne_out(self, inst: Institution, dossier: Dossier, report: Report) -> Iterator[Ruling]:
        """A ground that the report's own words and the roll contradict is none: whose conduct it is, and since when it counts."""
        if (in_force := inst.founding.published_day) is None:
            raise OutOfTurn("not-in-force", "report.answer/1")
        whose = next(iter(dossier.parties)) if report.kind == "own" else report.accused
        since = max(in_force, inst.members.get(whose, in_force))
        yield rules.ground_is_borne_out(self.ground or "", whose in inst.members, report.ends, since)

    def links_to(self) -> tuple[str, ...]:
        """The case that was opened; of an outcome, and of what was decided already, its conclusion; of another decline the report."""
        if self.answer == "declined":
            return ("case.conclude/1",) if self.ground == "decided" else ("report.file/1",)
        return ("case.conclude/1", "dossier.order/1") if self.answer == "outcome" else ("case.open/1",)

    def links_back(self) -> bool:
        """A case that was opened on the report names it among its origins; one that it was joined to need not."""
        return self.answer == "opened"

    def thread(self) -> Literal["", "begins", "goes on"]:
        """The outcome is of the case to which the report was joined, or on which one was opened."""
        return "" if self.answer == "declined" else "goes on" if self.answer == "outcome" else "begins"

    def check_linked(self, inst: Institution, linked: Sequence[Linked], filing: Filing) -> Iterator[Ruling]:
        """A decline names the very report; anything else a case against whom it accuses, its outcome a conclusion or the order that ended it."""
        own, told = filing.given.own, self.answer == "outcome"
        assert filing.act.on is not None
        for one in linked:
            case = one.dossier.case
            if self.answer == "declined" and self.ground != "decided":
                fits = (one.dossier.id, one.n) == (filing.act.on.dossier, 1)
            else:
                fits = one.stands and case is not None and concerns(own, case.accused)
                fits = fits and (told or self._on_the_same(own, one.dossier))
            if one.type == "dossier.order/1":  # of what was concluded the outcome is what was found, whatever closed it
                later = any(e.type == one.type for e in one.dossier.entries[one.n :])
                fits = fits and one.dossier.closed and not later and not (case and case.concluded)
            if not fits:
                raise OutOfTurn("bad-link", filing.act.type, why=ANOTHERS)
            for officer in filing.signers:  # nobody takes up what it judges
                roles = {"caseworker"} | {role for role, who in one.dossier.were.items() if case and officer in who}
                yield dossier_rules.roles_are_compatible(officer, roles)
            if told and one.type == "case.conclude/1":  # whoever reported learns it no sooner than all members
                yield bulletin_rules.review_is_over(settled_on(inst, one.dossier), filing.day)

    def _on_the_same(self, own: Dossier, dossier: Dossier) -> bool:
        """Whether a case is on days that the report tells of; what it is joined to went on when it was filed, what had decided it did not."""
        report, case, filed = own.report, dossier.case, own.entries[0].t
        assert report is not None
        assert case is not None
        ends = "case.conclude/1" if case.concluded else "dossier.order/1"
        over = [one.t for one in dossier.entries if one.type == ends and not one.void]
        ended = bool(case.concluded) or dossier.closed
        fits = {
            "joined": not ended or any(time >= filed for time in over),
            "declined": all(time <= filed for time in over),
        }
        return report.bears_on(case) and fits.get(self.answer, True)

    def _due(self, dossier: Dossier, report: Report) -> str:
        """The digest of the entry that it is to answer: the report, what asked for a reconsideration, or the last answer."""
        if self.answer == "outcome":
            return next(o.digest for o in reversed(dossier.entries) if o.type == "report.answer/1" and not o.void)
        asked = dossier.asked("reconsideration")
        return asked.digest if report.decided and asked else dossier.entries[0].digest

    def enter(self, dossier: Dossier, filing: Filing) -> Dossier:
        report = dossier.report
        assert report is not None
        if self.answer == "outcome":
            return replace(dossier, report=replace(report, told=filing.day))
        return replace(dossier, report=replace(report, answer=self.answer, decided=report.decided + 1))


def answer_by(inst: Institution, since: int) -> Deadline:
    """By when a report is answered that waits since that day: P1 as it was in force when the day began."""
    meaning = inst.meaning_on(since - 1)
    return deadline(since, meaning.period("P1"), meaning.calendar_of(since))


REPORTS = ("report.file/1", "report.answer/1", "dossier.note/1")
"""From these is seen which reports wait for an answer."""


def sealed_duties(inst: Institution, sealed: Iterable[Opening]) -> Iterator[Duty]:
    """Reports that wait for an answer, by their dossiers, never by who reported: P1."""
    what, article = "答复检举 / answer a report", inst.meaning.article("report.file")
    for id, report in followed(inst, sealed, REPORTS, followed_report).items():
        if since := report.waits_since:
            yield Duty.of(what, id, "exec", article, "P1", answer_by(inst, since), "report.answer/1")


def followed_report(report: Report | None, body: Body, _: Opening, day: int) -> Report | None:
    """The report as far as what is owed in it shows, after an act in its dossier; None where that is no report's."""
    if isinstance(body, File):
        return Report(body.kind, body.accused or "", day)
    if report is None:
        return None
    if isinstance(body, Answer):
        return report if body.answer == "outcome" else replace(report, decided=report.decided + 1)
    if getattr(body, "withdrawn", False):
        return replace(report, since=0, asked=0)
    if getattr(body, "asks", None) != "reconsideration":
        return report
    return report.reconsidered(day, False)
