"""The yearly figures of what is under seal: counted once the year is over and anchored, told from three on, recounted by the audit."""

from __future__ import annotations

from functools import cache

import pytest

from attacks.test_audit import code, content, openings
from gongyue.covenant.periods import from_iso
from gongyue.governance.yearly import counted
from gongyue.governance.yearly_figures import FIGURES, beyond, told
from gongyue.office.openings import opened
from gongyue.office.routine_acts import do, statement, system_act
from support.alliance import FIRST, Alliance, unit_id
from support.cases import ACCUSED, concluded, decided, handled, heard, offered, replied, reported, staffed
from support.dossiers import noted
from support.draws import all_drawn
from support.published import forced, published_by_force, run
from support.told import Told

REPORT = "oversight.report/1"
OTHERS = [FIRST, *(unit_id(n) for n in (3, 4, 5))]


def figures(world: Alliance, year: int = 2026) -> dict[str, int]:
    """What the office's acts under seal come to."""
    return counted(world.inst, (opened(one).opening for one in world.stage.office.store.sealed_entries()), year)


@cache
def _told() -> Told:
    """Four reports of one case: three answered in time, one never; concluded with the breach established."""
    world = staffed()
    for unit in OTHERS[:3]:
        replied(world, handled(world, unit), "opened")
    reported(world, OTHERS[3])
    case = heard(world)
    noted(world, case, ACCUSED, asks="recusal", whom="o:mo")
    noted(world, case, ACCUSED, complete=True)
    return Told.of(world.stage)


@pytest.fixture
def world() -> Alliance:
    return staffed().again(_told())


def over(world: Alliance, day: str = "2027-01-01") -> Alliance:
    """The year is over, and anchored."""
    world.on(day)
    world.anchor()
    return world


def test_what_the_year_came_to(world: Alliance) -> None:
    """Of a case deadlines count, and of a report; one report was never answered."""
    assert figures(over(world)) == dict.fromkeys(FIGURES, 0) | {
        "reports": 4, "answered": 3, "cases": 4, "recusals": 1, "due": 8, "overdue": 5,
    }  # fmt: skip


@pytest.mark.parametrize(("day", "late"), [("2026-06-16", 0), ("2026-06-17", 1)])
def test_the_last_day_is_in_time(day: str, late: int) -> None:
    """P1 ends on the fifteenth day."""
    world = staffed()
    dossier = handled(world)
    world.on(day)
    replied(world, dossier, "declined", "no_fact")
    found = figures(world)
    assert (found["due"], found["overdue"], found["answered"], found["declined"]) == (1, late, 1, 1)


def test_a_conclusion_counts_in_the_year_it_was_made(world: Alliance) -> None:
    """And its deadline in the year of its last day."""
    case = heard(world)
    noted(world, case, ACCUSED, complete=True)
    concluded(world, case)
    found = figures(world)
    assert (found["cases"], found["concluded"], found["established"]) == (5, 1, 1)
    assert figures(world, 2027) == dict.fromkeys(FIGURES, 0)


def test_a_sanction_counts_once_it_is_decided() -> None:
    """Proposed it does not; a decision that there be none does not either."""
    world = staffed()
    dossier = offered(world)
    assert figures(world)["sanctions"] == 0
    noted(world, dossier, ACCUSED, complete=True)
    decided(world, dossier)
    none = offered(world, None)
    decided(world, none, None)
    assert (figures(world)["sanctions"], figures(world)["reviews"]) == (1, 0)


def test_the_office_states_it_by_itself_once(world: Alliance) -> None:
    """At the first anchor of the next year; nothing below three is told."""
    world.on("2026-12-31").tick()
    assert not world.inst.yearly
    world.on("2027-01-01").tick()
    stated = world.inst.yearly[2026]
    assert stated.figures == dict.fromkeys(FIGURES) | {
        "reports": 4,
        "answered": 3,
        "cases": 4,
        "due": 8,
        "overdue": 5,
    }
    world.tick()
    assert list(world.inst.yearly) == [2026]
    with world.out_of_turn("already"):
        said = {"year": 2026, "figures": stated.figures}
        world.stage.office.handle(system_act(world.stage.office, REPORT, said))


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"overdue": 9}, "wrong-statement"), ({"declined": 4}, "wrong-statement"), ({"established": 3}, "wrong-statement"),
        ({"reports": 2}, "malformed"), ({"reported": 4}, "malformed"), ({"answered": 5, "declined": 3}, "wrong-statement"),
        ({"overdue": 6}, "wrong-statement"),
    ],
)  # fmt: skip
def test_figures_that_nobody_need_open_anything_to_refute(
    world: Alliance, change: dict[str, int], refused: str
) -> None:
    """A part above the whole, one that tells of fewer than three by its difference, one below three, one nobody knows."""
    body, _ = statement(over(world).stage.office, REPORT)
    forced(world, system_act(world.stage.office, REPORT, body | {"figures": body["figures"] | change}))
    report = run(published_by_force(world), world=world)[0]
    assert report.failure is not None and report.failure.code in (f"out-of-turn/{refused}", refused)


def test_not_before_all_of_it_is_anchored(world: Alliance) -> None:
    """What arrived in the year's last slot is placed first."""
    world.on("2027-01-01")
    with world.out_of_turn("not-yet"):
        do(world.stage.office, REPORT)


@pytest.mark.parametrize(("name", "stated"), [("reports", 3), ("reports", 5), ("overdue", None), ("cases", 5)])
def test_the_office_refuses_what_is_not_so(world: Alliance, name: str, stated: int | None) -> None:
    """More or less than it was."""
    body, _ = statement(over(world).stage.office, REPORT)
    with world.out_of_turn("wrong-statement"):
        world.stage.office.handle(
            system_act(world.stage.office, REPORT, body | {"figures": body["figures"] | {name: stated}})
        )


def test_what_stands_in_two_files_of_openings_was_opened_once(world: Alliance) -> None:
    """Files of openings may overlap: nothing is counted twice, and a true statement is not refuted by it."""
    body, _ = statement(over(world).stage.office, REPORT)
    forced(world, system_act(world.stage.office, REPORT, body))
    for _ in range(30):
        world.stage.now += 86_400
        world.anchor()
    report = content(world, openings(world, all_drawn(world)) * 2, files=published_by_force(world))
    assert report.code == 0 and report.audit is not None
    assert [y.opened["reports"] for y in report.audit.years] == [4]


@pytest.mark.parametrize(
    ("name", "stated", "found"), [("reports", None, 3), ("reports", 3, 3), ("cases", None, 3), ("reports", 4, 0)]
)
def test_whoever_opens_more_than_was_stated_has_found_it_out(
    world: Alliance, name: str, stated: int | None, found: int
) -> None:
    """Four reports were filed. By the public book alone it is a matter of form."""
    body, _ = statement(over(world).stage.office, REPORT)
    forced(world, system_act(world.stage.office, REPORT, body | {"figures": body["figures"] | {name: stated}}))
    for _ in range(30):  # as many slots as are drawn at least
        world.stage.now += 86_400
        world.anchor()
    rows = openings(world, all_drawn(world))
    files = published_by_force(world)
    assert run(files, world=world)[0].code == 0
    report = content(world, rows, files=files)
    if found:
        assert code(report) == (found, "oversight/figures") and report.failure is not None
        assert report.failure.figures["what"] == name
    else:
        assert report.code == 0 and report.audit is not None
        assert [(y.year, y.opened["reports"], y.stated["reports"]) for y in report.audit.years] == [(2026, 4, 4)]


@pytest.mark.parametrize(
    ("opened", "late", "hidden"),
    [(9, 6, True), (9, 7, False), (9, 3, True), (9, 2, False), (7, 4, True), (7, 5, False)],
)
def test_a_part_is_not_left_out_that_had_to_be_told(opened: int, late: int, hidden: bool) -> None:
    """Of nine due from three to six late ones are told; where two of the nine were not opened, from three to four."""
    counts = dict.fromkeys(FIGURES, 0) | {"due": 9}
    stated = told(counts) | {"overdue": None}
    assert beyond(stated, counts | {"due": opened, "overdue": late}) == ("overdue" if hidden else "")


def test_told_from_three_on() -> None:
    """Two are fewer than three."""
    counts = dict.fromkeys(FIGURES, 0) | {"reports": 2, "cases": 3}
    assert (told(counts)["reports"], told(counts)["cases"]) == (None, 3)
    assert beyond(told(counts), counts) == ""
    assert beyond(told(counts), counts | {"reports": 3}) == "reports"
    assert beyond(told(counts), counts | {"cases": 4}) == "cases"


@pytest.mark.parametrize("part", [5, 4, 3, 2])
def test_a_part_tells_nothing_of_fewer_than_three_others(part: int) -> None:
    """Of five concluded fewer than three would be told, or told by the difference; of six three are."""
    counts = dict.fromkeys(FIGURES, 0) | {"concluded": 5, "established": part}
    assert told(counts)["established"] is None
    assert beyond(told(counts), counts) == ""
    six = counts | {"concluded": 6, "established": 3}
    assert told(six)["established"] == 3
    assert beyond(told(six), six | {"established": 4}) == "established"


def test_days_of_the_year() -> None:
    """A day belongs to its calendar year."""
    from gongyue.governance.yearly_figures import year_of

    assert [year_of(from_iso(day)) for day in ("2026-12-31", "2027-01-01")] == [2026, 2027]
