"""What a report waits for, what an answer may say of it and link to: each condition on dossiers made up."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any
from unittest import mock

import msgspec
import pytest

from gongyue.covenant.periods import from_iso
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance import report
from gongyue.governance.acts import act_type_of, decode_body
from gongyue.governance.course import Ask, Case
from gongyue.governance.dossier import Dossier
from gongyue.governance.report import Answer, File, Report, answer_by, followed_report
from support.made_entries import digest

DAY = 739_800
REPORT, CASE, OTHER = ("d:" + digit * 64 for digit in "123")


def filed(**other: Any) -> Report:
    """A report about the second member, filed on the day, on the ten days before it."""
    return Report(
        **({"kind": "report", "accused": "u:0002", "since": DAY, "begins": DAY - 10, "ends": DAY - 1} | other)
    )


def first_refusal(rulings: Iterable[Ruling]) -> str:
    """The code of the first ruling that does not hold, or of what cannot be done now; empty for nothing."""
    try:
        return next((ruling.rule.code for ruling in rulings if not ruling.holds), "")
    except OutOfTurn as error:
        return str(error.refusal["code"]).removeprefix("out-of-turn/")


# -- the report


def test_a_new_report_has_nothing_yet() -> None:
    """Neither answer nor request, nor days."""
    new = Report("report", "u:0002", DAY)
    assert (new.decided, new.asked, new.told, new.begins, new.ends) == (0, 0, 0, 0, 0)
    assert (new.doubted, new.answer, new.shown) == (False, "", ())


def test_it_bears_on_a_case_of_which_a_day_is_its_own() -> None:
    """From its first day to its last; not the day before, or the day after."""
    for begins, ends, bears in ((-20, -10, True), (-20, -11, False), (-1, 5, True), (0, 5, False), (-5, -4, True)):
        assert filed().bears_on(Case("u:0002", ("8",), DAY, begins=DAY + begins, ends=DAY + ends)) is bears


@pytest.mark.parametrize(("decided", "asked", "since"), [(0, 0, DAY), (0, 5, DAY), (1, 0, 0), (1, 5, 5), (2, 5, 0)])
def test_an_answer_is_owed_since_it_was_filed_or_is_to_be_reconsidered(decided: int, asked: int, since: int) -> None:
    """Once answered nothing, unless that is to be reconsidered; twice answered nothing at all."""
    assert filed(decided=decided, asked=asked).waits_since == since


@pytest.mark.parametrize(
    ("other", "answered"),
    [
        ({}, False),
        ({"told": DAY}, True),
        ({"decided": 2, "answer": "declined"}, True),
        ({"decided": 1, "answer": "declined"}, False),
        ({"decided": 2, "answer": "joined"}, False),
        ({"decided": 2, "answer": "declined", "doubted": True}, False),
    ],
)
def test_nothing_is_owed_any_more(other: dict[str, Any], answered: bool) -> None:
    """Its reporter was told the outcome, or it was declined twice, as it asked itself."""
    assert filed(**other).is_answered is answered


def test_what_is_to_be_reconsidered_was_decided_once() -> None:
    """What others had asked for before is not what was decided on."""
    for decided, left in ((1, 1), (2, 1), (0, 0)):
        again = filed(decided=decided).reconsidered(DAY + 9, True)
        assert (again.decided, again.asked, again.doubted) == (left, DAY + 9, True)


@pytest.mark.parametrize(
    ("answer", "asked", "doubted", "by_others", "code"),
    [
        ("declined", 0, False, False, ""),
        ("declined", 0, False, True, ""),
        ("joined", 0, False, False, "not-declined"),
        ("declined", 5, False, False, "already"),
        ("declined", 5, True, True, "already"),
        ("declined", 5, True, False, ""),
    ],
)
def test_a_decline_is_reconsidered_once_and_again_for_its_reporter_itself(
    answer: str, asked: int, doubted: bool, by_others: bool, code: str
) -> None:
    """Whatever others asked for in its name."""
    one = filed(answer=answer, asked=asked, doubted=doubted)
    if not code:
        one.require_declined_once("dossier.note/1", by_others)
        return
    with pytest.raises(OutOfTurn, match=code):
        one.require_declined_once("dossier.note/1", by_others)


# -- filing one

IN_FORCE = from_iso("2026-03-20")
"""The covenant is in force; the first member was one then, the second joined on 04-01, the first may be known by 02-01."""


def filing(**other: Any) -> Any:
    """A report of the first member on 2026-06-01, of which nothing else is asked."""
    fields = {"actor": "u:0001", "day": from_iso("2026-06-01"), "dated": from_iso("2026-06-01"), "by_others": False}
    return SimpleNamespace(act=SimpleNamespace(type="report.file/1"), require_after=mock.Mock(), **(fields | other))


def book(published: int | None = IN_FORCE) -> Any:
    """An institution of which nothing else is asked."""
    members = {"u:0001": IN_FORCE, "u:0002": from_iso("2026-04-01")}
    meaning = SimpleNamespace(edition=SimpleNamespace(position=lambda at: 0 if at == "99" else 1))
    return SimpleNamespace(
        founding=SimpleNamespace(published_day=published),
        members=members,
        units={"u:0001": SimpleNamespace(known_from=77)},
        meaning=meaning,
    )


def reporting(inst: Any = None, told: Any = None, **body: Any) -> str:
    """What refuses a report; empty for nothing."""
    said = {
        "kind": "report",
        "accused": "u:0002",
        "begins": "2026-05-01",
        "ends": "2026-05-20",
        "facts": digest("facts"),
    }
    one: Any = decode_body(act_type_of("report.file/1"), msgspec.json.encode(said | body))
    assert isinstance(one, File)
    return first_refusal(one.check(inst or book(), told or filing()))


def test_who_reports_whom() -> None:
    """A member another one; of its own breach, and of what it found elsewhere, it accuses nobody; before it is in force nobody does."""
    own: dict[str, Any] = {"kind": "own", "accused": None}
    assert reporting() == reporting(**own) == reporting(kind="elsewhere", accused=None) == ""
    assert reporting(book(None)) == "not-in-force"
    assert reporting(accused=None) == reporting(kind="own") == reporting(kind="elsewhere") == "malformed"
    assert reporting(told=filing(actor="u:0009")) != ""
    assert (
        reporting(accused="u:0001") != ""
        and reporting(accused="u:0009") != ""
        and reporting(accused="exec") == "GY-19-01"
    )
    assert reporting(shown=[digest("shown")]) == "" and reporting(**own, shown=[digest("shown")]) == "malformed"
    assert reporting(articles=["8"]) == "" and reporting(articles=["99"]) == "not-found"


def test_it_is_filed_after_what_its_reporter_was_known_by() -> None:
    """Since the entry before that by which it is known, and since it is a member."""
    told = filing()
    assert reporting(told=told) == ""
    told.require_after.assert_called_once_with(76, IN_FORCE)


def test_its_days_are_in_order_and_past() -> None:
    """One day alone, until today; not until tomorrow, nor the wrong way round."""
    assert reporting(begins="2026-06-01", ends="2026-06-01") == ""
    assert reporting(ends="2026-06-02") == reporting(begins="2026-05-21") == "malformed"


@pytest.mark.parametrize(
    ("body", "ends", "code"),
    [
        ({}, "2026-03-31", "GY-17-03"),
        ({}, "2026-04-01", ""),
        ({"kind": "own", "accused": None}, "2026-03-19", "GY-17-03"),
        ({"kind": "own", "accused": None}, "2026-03-20", ""),
        ({"kind": "elsewhere", "accused": None}, "2026-03-19", "GY-17-03"),
        ({"kind": "elsewhere", "accused": None}, "2026-03-20", ""),
    ],
)
def test_it_tells_of_what_the_covenant_was_in_force_for(body: dict[str, Any], ends: str, code: str) -> None:
    """For whom it accuses, since it joined; for itself; for whoever it is, since it is in force."""
    assert reporting(begins="2026-03-01", ends=ends, **body) == code
    late = book()
    late.members["u:0001"] = from_iso("2026-04-01")
    assert (reporting(late, begins="2026-03-01", ends="2026-03-31", kind="own", accused=None)) == "GY-17-03"
    assert (reporting(late, begins="2026-03-01", ends="2026-03-31", kind="elsewhere", accused=None)) == ""


def test_a_report_is_entered_with_what_it_says() -> None:
    """What others can have chosen in its name is not shown."""
    one = File("report", "2026-05-01", "2026-05-20", "f", "u:0002", (), ("e",), ("s",))
    for by_others, shown in ((False, ("s",)), (True, ())):
        told = one.enter(Dossier(), filing(by_others=by_others)).report
        assert told == Report("report", "u:0002", from_iso("2026-06-01"), begins=from_iso("2026-05-01"),
                              ends=from_iso("2026-05-20"), shown=shown)  # fmt: skip
    nobody = File("own", "2026-05-01", "2026-05-20", "f").enter(Dossier(), filing()).report
    assert nobody is not None and nobody.accused == ""


# -- an answer


def entry(type: str, t: int = 0, void: bool = False, name: str = "") -> Any:
    """An entry of a dossier, of which nothing else is asked."""
    return SimpleNamespace(type=type, t=t, void=void, digest=digest(name or type[:8]))


def answering(
    said: str = "declined", ground: str | None = "no_fact", to: str = "first", told: Report | None = None,
    inst: Any = None, signers: tuple[str, ...] = ("o:xu",), **other: Any,
) -> str:  # fmt: skip
    """What refuses an answer; empty for nothing. No ground is contradicted unless a test says so."""
    fields: dict[str, Any] = {"assigned": {"caseworker": ("o:xu",)}, "entries": (entry("report.file/1", name="first"),)}
    dossier = Dossier(**(fields | {"report": told or filed(), "parties": ("u:0001",), "id": REPORT} | other))
    act = SimpleNamespace(type="report.answer/1", to=digest(to))
    given: Any = SimpleNamespace(act=act, signers=signers, day=DAY + 5)
    body: Any = Answer
    return first_refusal(body(said, digest("reasons"), digest("link"), ground).check_in(inst or book(), dossier, given))


def test_a_report_is_answered_by_its_caseworker_while_it_waits() -> None:
    """By nobody who is challenged; not once it is over, nor once it was answered; a ground is of a decline, which has a listed one."""
    assert answering() == answering("joined", None) == answering("opened", None) == ""
    assert answering(signers=("o:yu",)) == "GY-05-15" and answering(challenged=frozenset({"o:xu"})) == "GY-05-14"
    assert answering(closed=True) == "dossier-closed"
    assert answering(told=filed(decided=1)) == answering("joined", None, told=filed(decided=1)) == "already"
    assert answering("joined", "no_fact") == "malformed"
    assert answering(ground=None) != "" and answering(ground="whim") != ""
    assert answering(inst=book(None)) == "not-in-force"


def test_an_outcome_is_told_once_of_what_was_taken_up() -> None:
    """After it was joined or a case was opened, as an answer to that; not before, after a decline, or again."""
    entries = (entry("report.file/1", name="first"), entry("report.answer/1", name="second"),
               entry("report.answer/1", name="void", void=True), entry("dossier.note/1", name="note"))  # fmt: skip
    for answer, code in (("joined", ""), ("opened", ""), ("declined", "not-open"), ("", "not-open")):
        told = filed(answer=answer, decided=1)
        assert answering("outcome", None, "second", told, entries=entries) == code
    told = filed(answer="joined", decided=1)
    for other in ("first", "void", "note"):
        assert answering("outcome", None, other, told, entries=entries) == "dossier-unanswered"
    assert (
        answering("outcome", None, "second", filed(answer="joined", decided=1, told=DAY), entries=entries) == "already"
    )
    more = (*entries, entry("report.answer/1", name="third"))
    assert answering("outcome", None, "third", told, entries=more) == ""


def test_an_answer_is_to_the_report_or_to_what_asked_for_a_reconsideration() -> None:
    """The latter only once it was answered; it was decided once, and then it is asked for."""
    entries = (entry("report.file/1", name="first"), entry("report.answer/1", name="second"))
    asks = (Ask("reconsideration", "u:0001", 3, digest("asked"), DAY + 3),)
    told = filed(answer="declined", decided=1, asked=DAY + 3)
    assert answering(to="asked", told=told, asks=asks, entries=entries) == ""
    assert answering(to="first", told=told, asks=asks, entries=entries) == "dossier-unanswered"
    assert answering(to="first", told=told, entries=entries) == ""
    assert (
        answering(to="first", asks=asks, entries=entries) == ""
        and answering(to="asked", asks=asks) == "dossier-unanswered"
    )


def test_a_ground_that_the_roll_contradicts_is_none() -> None:
    """Told to the rule: whose conduct it is, whether that is a member, on which last day, and since when it counts."""
    asked = mock.Mock(return_value=SimpleNamespace(holds=True))
    joined = from_iso("2026-04-01")
    with mock.patch.object(report.rules, "ground_is_borne_out", asked):
        for told, expected in (
            (filed(), (True, joined)),
            (filed(accused="u:0009"), (False, IN_FORCE)),
            (filed(kind="own", accused=""), (True, IN_FORCE)),
            (filed(kind="elsewhere", accused=""), (False, IN_FORCE)),
        ):
            assert answering(told=told) == ""
            assert asked.call_args.args == ("no_fact", expected[0], DAY - 1, expected[1])


@pytest.mark.parametrize(
    ("said", "ground", "types", "back", "thread"),
    [
        ("declined", "no_fact", ("report.file/1",), False, ""),
        ("declined", "decided", ("case.conclude/1",), False, ""),
        ("joined", None, ("case.open/1",), False, "begins"),
        ("opened", None, ("case.open/1",), True, "begins"),
        ("outcome", None, ("case.conclude/1", "dossier.order/1"), False, "goes on"),
    ],
)
def test_what_an_answer_links_to(
    said: Any, ground: str | None, types: tuple[str, ...], back: bool, thread: str
) -> None:
    """By what it says."""
    one = Answer(said, digest("reasons"), digest("link"), ground)
    assert (one.links_to(), one.links_back(), one.thread()) == (types, back, thread)


def linking(said: Any, *named: Any, ground: str | None = None, told: Report | None = None, at: int = 100) -> str:
    """What refuses what an answer to a report, filed at second 100, links to; empty for nothing."""
    own = SimpleNamespace(
        report=told or filed(), parties=("u:0001",), entries=(SimpleNamespace(t=at), SimpleNamespace(t=900))
    )
    act = SimpleNamespace(type="report.answer/1", on=SimpleNamespace(dossier=REPORT))
    given: Any = SimpleNamespace(act=act, signers=("o:xu",), day=DAY + 9, given=SimpleNamespace(own=own))
    with mock.patch.object(report, "settled_on", lambda inst, dossier: dossier.settled):
        return first_refusal(Answer(said, digest("reasons"), digest("link"), ground).check_linked(book(), named, given))


def named(
    type: str = "case.open/1",
    n: int = 1,
    stands: bool = True,
    entries: tuple[Any, ...] = (),
    concluded: int = 0,
    **other: Any,
) -> Any:
    """An entry of a case against the second member, on the days of the report, which nobody of the report judges."""
    case = Case("u:0002", ("8",), DAY, concluded, begins=DAY - 5, ends=DAY - 2)
    fields = {"id": CASE, "case": case, "closed": False, "entries": entries, "were": {}, "settled": DAY}
    return SimpleNamespace(type=type, n=n, stands=stands, dossier=SimpleNamespace(**(fields | other)))


def test_a_decline_names_the_very_report() -> None:
    """At its first place, in its own dossier."""
    own = {"id": REPORT, "case": None}
    assert linking("declined", named("report.file/1", **own), ground="no_fact") == ""
    assert linking("declined", named("report.file/1", 2, **own), ground="no_fact") == "bad-link"
    assert linking("declined", named("report.file/1", id=OTHER, case=None), ground="no_fact") == "bad-link"


def test_anything_else_names_a_case_against_whom_it_accuses_on_its_days() -> None:
    """Not a void entry, no case, one against another, one on other days; of an outcome its days are no matter."""
    for said in ("joined", "opened", "outcome"):
        assert linking(said, named()) == ""
        assert linking(said, named(stands=False)) == linking(said, named(case=None)) == "bad-link"
        assert linking(said, named(case=Case("u:0003", ("8",), DAY, begins=DAY - 5, ends=DAY - 2))) == "bad-link"
        assert linking(said, named(), named(stands=False)) == "bad-link"
        later = named(case=Case("u:0002", ("8",), DAY, begins=DAY, ends=DAY + 2))
        assert linking(said, later) == ("" if said == "outcome" else "bad-link")
    assert linking("declined", named("case.conclude/1"), ground="decided") == ""
    assert (
        linking("declined", named("report.file/1", id=REPORT), ground="decided") == ""
    )  # its type is no matter of this


@pytest.mark.parametrize(
    ("t", "void", "joined", "decided"),
    [
        (99, False, False, True),
        (100, False, True, True),
        (101, False, True, False),
        (101, True, False, True),
        (99, True, False, True),
    ],
)
def test_what_a_report_is_joined_to_goes_on_when_it_is_filed(t: int, void: bool, joined: bool, decided: bool) -> None:
    """It was filed at second 100. A case that was over then cannot take it up, and has decided it; in that second both may be."""
    for type, over in (("case.conclude/1", {"concluded": DAY}), ("dossier.order/1", {"closed": True})):
        entries = (entry("case.open/1", 500), entry(type, t, void))
        case: dict[str, Any] = {"entries": entries} | over
        assert linking("joined", named(**case)) == ("" if joined else "bad-link")
        assert linking("declined", named("case.conclude/1", **case), ground="decided") == (
            "" if decided else "bad-link"
        )
        assert linking("opened", named(**case)) == ""
        assert linking("joined", named(entries=entries)) == ""  # what goes on
        # an order that ended nothing does not make a conclusion any younger
        ordered = {"entries": (*entries, entry("dossier.order/1", 500)), "concluded": DAY}
        assert type != "case.conclude/1" or linking("joined", named(**ordered)) == ("" if joined else "bad-link")


def test_an_outcome_may_name_the_order_that_ended_a_case() -> None:
    """The last one there, of a case that is over."""
    entries = (
        entry("case.open/1"),
        entry("dossier.order/1"),
        entry("dossier.note/1"),
        entry("dossier.order/1"),
        entry("dossier.note/1"),
    )
    assert linking("outcome", named("dossier.order/1", 4, entries=entries, closed=True)) == ""
    assert linking("outcome", named("dossier.order/1", 2, entries=entries, closed=True)) == "bad-link"
    assert linking("outcome", named("dossier.order/1", 4, entries=entries)) == "bad-link"
    assert linking("outcome", named("dossier.order/1", 4, entries=entries, closed=True, stands=False)) == "bad-link"
    assert linking("outcome", named("case.conclude/1", 2, entries=entries)) == ""
    found = {"entries": entries, "closed": True, "concluded": DAY + 1}
    assert linking("outcome", named("dossier.order/1", 4, **found)) == "bad-link"
    assert linking("outcome", named("dossier.order/1", 4, entries=entries, closed=True, case=None)) == "bad-link"


def test_nobody_takes_up_what_it_judges() -> None:
    """Whoever was ever of a case's panel answers no report that it is linked to; its caseworker does."""
    assert linking("joined", named(were={"panel": frozenset({"o:xu"})})) != ""
    assert linking("joined", named(were={"panel": frozenset({"o:mo"}), "caseworker": frozenset({"o:xu"})})) == ""
    own = {"id": REPORT, "case": None, "were": {"panel": frozenset({"o:xu"})}}
    assert linking("declined", named("report.file/1", **own), ground="no_fact") == ""


def test_whoever_reported_learns_the_outcome_no_sooner_than_all_members() -> None:
    """On the ninth day: of a conclusion that is settled on that day, or before; not later, not yet. A joining is no outcome."""
    for settled, code in ((DAY + 9, ""), (DAY + 10, "GY-18-10"), (0, "GY-18-10")):
        assert linking("outcome", named("case.conclude/1", settled=settled)) == code
        assert linking("declined", named("case.conclude/1", settled=settled), ground="decided") == ""


def test_an_answer_is_entered() -> None:
    """Counted, unless it is the outcome, of which the day is kept."""
    dossier = Dossier(report=filed(decided=1, answer="declined"))
    given: Any = SimpleNamespace(day=DAY + 9)
    assert Answer("joined", "r", "l").enter(dossier, given).report == filed(decided=2, answer="joined")
    assert Answer("outcome", "r", "l").enter(dossier, given).report == filed(decided=1, answer="declined", told=DAY + 9)


# -- what is owed


def test_the_time_for_an_answer_is_that_of_when_it_began() -> None:
    """P1 as it was in force when the day began."""
    asked = list[int]()

    def meaning_on(day: int) -> Any:
        asked.append(day)
        return SimpleNamespace(period=lambda name: name, calendar_of=lambda since: ("calendar", since))

    with mock.patch.object(report, "deadline", lambda *args: args):
        assert answer_by(SimpleNamespace(meaning_on=meaning_on), DAY) == (DAY, "P1", ("calendar", DAY))  # type: ignore[arg-type, comparison-overlap]
    assert asked == [DAY - 1]


def test_what_is_owed_follows_a_report_by_its_dossier() -> None:
    """Filed, answered, to be reconsidered, withdrawn: what its acts show alone; another dossier's acts are none of it."""
    opening: Any = None
    new = followed_report(None, File("report", "2026-05-01", "2026-05-20", "f", "u:0002"), opening, DAY)
    assert new == Report("report", "u:0002", DAY)
    nobody = followed_report(None, File("own", "2026-05-01", "2026-05-20", "f"), opening, DAY)
    assert nobody == Report("own", "", DAY)
    note: Any = SimpleNamespace(withdrawn=False, asks="reconsideration")
    assert followed_report(None, note, opening, DAY) is None
    answered = followed_report(new, Answer("declined", "r", "l"), opening, DAY + 1)
    assert answered == Report("report", "u:0002", DAY, decided=1)
    assert followed_report(answered, Answer("outcome", "r", "l"), opening, DAY + 2) == answered
    again = followed_report(answered, note, opening, DAY + 2)
    assert again == Report("report", "u:0002", DAY, decided=1, asked=DAY + 2)
    other: Any = SimpleNamespace(asks="hearing")
    assert (
        followed_report(answered, other, opening, DAY + 2)
        == followed_report(answered, SimpleNamespace(), opening, DAY)
        == answered
    )  # type: ignore[arg-type]
    gone: Any = SimpleNamespace(withdrawn=True)
    assert followed_report(again, gone, opening, DAY + 3) == Report("report", "u:0002", 0, decided=1)
