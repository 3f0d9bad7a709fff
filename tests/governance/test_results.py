"""The result of a case: told to all members once, naming as the adopted reading says, linked to its conclusion (articles 17, 18)."""

from __future__ import annotations

from typing import Any

import pytest

from gongyue.covenant.periods import day_of, from_iso, iso
from gongyue.demo.simulated_office import document_of, json_object
from gongyue.governance.dossier import MEMBERS
from gongyue.office import due_list, links
from gongyue.office.openings import for_member
from gongyue.office.owed_acts import pending
from support.alliance import CASEWORKER, CLERK, FIRST, PANEL, SECRETARY, TWO, Alliance, commitment_to, paper
from support.bulletins import ANONYMOUS, closed_case, conclusion, issue, result
from support.cases import (
    ACCUSED,
    HU,
    USERS,
    cancelled,
    concluded,
    decided,
    heard,
    offered,
    opened_case,
    ordered,
    reviewed,
    reviewing,
    staffed,
    with_reviewers,
)
from support.dossiers import folded, noted
from support.later import FIRST_PACKAGE

NOT_ESTABLISHED = USERS | {"established": False, "evidence": []}


def reading(choice: str) -> Alliance:
    """In force under that choice of `result.naming`, with a full panel; 2026-06-01."""
    world = Alliance(members=5, initiators=2).in_force(result__naming=choice).on("2026-05-20").appoint(HU, "panellist")
    return world.on("2026-06-01")


def owed(world: Alliance, case: str) -> list[tuple[str, str, int]]:
    """The duties in a case today: their acts, last days, how many days late."""
    found = due_list.due(world.inst, pending(world.stage.office.store), day_of(world.stage.now))
    return [(d.act, d.last, d.late) for d in found if d.matter == case]


def test_a_result_reaches_all_members_once() -> None:
    """Its link is the office's to open, and decides the conclusion: a second one is refused, one that corrects it is taken."""
    world = staffed()
    case = closed_case(world)
    result(world, case)
    issued = folded(world, MEMBERS).issued[1]
    assert (issued.kind, issued.audience, issued.officers) == ("result", "internal", 2)
    with world.out_of_turn("bad-link"):
        result(world, case)
    result(world, case, replaces=1)
    with world.out_of_turn("already"):
        result(world, case, replaces=1)
    result(world, case, replaces=2)
    assert [one.replaces for _, one in sorted(folded(world, MEMBERS).issued.items())] == [0, 1, 2]


def test_a_result_takes_the_place_of_that_cases_result_alone() -> None:
    """Of a piece of news: GY-14-06; of another case's result: bad-link, by the office, which opens both."""
    world = staffed()
    issue(world, "动态", *TWO)
    one, other = closed_case(world), closed_case(world)
    with world.refused("GY-14-06"):
        result(world, one, replaces=1)
    result(world, one)
    with world.out_of_turn("bad-link"):
        result(world, other, replaces=2)
    result(world, other)


@pytest.mark.parametrize("signers", [(CLERK,), (SECRETARY, PANEL[0])])
def test_a_clerk_and_another_officer_sign_it(signers: tuple[str, ...]) -> None:
    """One alone: GY-05-02; no clerk among them: GY-05-01."""
    world = staffed()
    case = closed_case(world)
    with world.refused("GY-05-02" if len(signers) == 1 else "GY-05-01"):
        result(world, case, "", *signers)


def test_it_links_to_a_conclusion_and_nothing_else() -> None:
    """To the opening of the case: bad-link; to nothing: bad-link; with no line that opens it: missing-opening."""
    world = staffed()
    case = closed_case(world)
    with world.out_of_turn("bad-link"):
        result(world, case, at=1)
    link, line = links.made(bytes(32), ())
    with world.out_of_turn("bad-link"):
        _handed(world, link, line)
    with world.out_of_turn("missing-opening"):
        _handed(world, link)
    other = opened_case(world, accused=FIRST)
    with world.out_of_turn("bad-link"):
        result(world, other)


def _handed(world: Alliance, link: str, *files: bytes) -> None:
    text, document = document_of(ANONYMOUS)
    body = {"text": text, "link": link, "names": None, "replaces": None, "review": None}
    world.stage.do("bulletin.result/1", "exec", body, TWO, [document, *files])


@pytest.mark.parametrize(
    ("choice", "findings", "adverse", "named"),
    [
        ("effect", (USERS,), True, True),
        ("effect", (USERS,), False, False),
        ("effect", (NOT_ESTABLISHED,), False, False),
        ("established", (USERS,), False, True),
        ("established", (NOT_ESTABLISHED,), False, False),
        ("consent", (USERS,), True, False),
    ],
)
@pytest.mark.parametrize("wishes", [False, True])
def test_the_accused_is_named_as_the_reading_says_or_as_it_wishes(
    choice: str, findings: tuple[dict[str, Any], ...], adverse: bool, named: bool, wishes: bool
) -> None:
    """Named where it is not to be, or left out where it is: GY-17-10; its wish to be named goes before every reading."""
    world = reading(choice)
    case = closed_case(world, *findings, adverse=adverse)
    if wishes:
        noted(world, case, ACCUSED, asks="naming")
    due = named or wishes
    with world.refused("GY-17-10", enough="某成员单位" if not due else ACCUSED):
        result(world, case, names=None if due else ACCUSED)
    result(world, case, names=ACCUSED if due else None)


def test_a_book_that_adopted_no_reading_names_nobody_who_does_not_wish_it() -> None:
    """Under the first package; and a case opened then goes by what was adopted since."""
    world = Alliance(members=5, initiators=2).in_force(package=FIRST_PACKAGE).on("2026-05-20").appoint(HU, "panellist")
    world.on("2026-06-01")
    one, other = closed_case(world), closed_case(world)
    with world.refused("GY-17-10", enough="某成员单位", named=ACCUSED):
        result(world, one)
    result(world, one, names=None)
    body = {"package": "gongyue/interpretations@2", "other": {}}
    world.executive("interpretation.supplement/1", body, (SECRETARY, PANEL[0]))
    result(world, other)


def test_a_later_interpretation_does_not_reach_a_case_that_is_open() -> None:
    """GY-25-02: opened under `effect`, read otherwise on the next day, it is named by `effect`."""
    world = staffed()
    case = heard(world)
    world.on("2026-06-02").issue("result.naming", "consent")
    noted(world, case, ACCUSED, complete=True)
    concluded(world, case)
    result(world, case)


@pytest.mark.parametrize("hidden", ["{name}", "{spaced}", "由 {name} 检举"])
def test_the_text_names_whom_the_act_names_and_nobody_else(hidden: str) -> None:
    """Another unit's name, drawn apart too, or as who reported: GY-17-10; the accused's own, said to be named and not: the same."""
    world = staffed()
    case = closed_case(world)
    first, accused = world.inst.units[FIRST].name, world.inst.units[ACCUSED].name
    said = hidden.format(name=first, spaced=" ".join(first))
    with world.refused("GY-17-10", enough=ACCUSED, units=f"{FIRST} {ACCUSED}"):
        result(world, case, f"调查结果\n{accused}违约。{said}")
    with world.refused("GY-17-10", enough=ACCUSED, units="—"):
        result(world, case, "调查结果\n某成员单位违约。")
    with world.refused("GY-17-10", enough="某成员单位", units=ACCUSED):
        result(world, case, f"调查结果\n{accused}违约。", names=None)
    with world.out_of_turn("not-found"):
        result(world, case, names="u:0077")


def test_18_10_no_result_before_a_review_is_over() -> None:
    """GY-18-10: while what was proposed is not decided; decided and served on 06-01, to the last day to ask, 06-16; the day after it is told."""
    world = with_reviewers()
    proposal = offered(world)
    with world.refused("GY-18-10", enough="复核已毕"):
        result(world, proposal)
    case = cancelled(world)
    for day in ("2026-06-01", "2026-06-16"):
        with world.on(day).refused("GY-18-10", enough="2026-06-17", today=day):
            result(world, case)
    assert owed(world.on("2026-06-17"), case) == [("bulletin.result/1", "2026-06-27", 0)]
    result(world, case)
    assert owed(world, case) == []


def test_18_10_no_result_while_a_review_is_not_decided() -> None:
    """Asked for on the last day; long after that: GY-18-10; told on the day of the review, whatever it decides."""
    world = with_reviewers()
    case = cancelled(world)
    asked = reviewing(world.on("2026-06-16"), case)
    with world.on("2026-07-20").refused("GY-18-10", enough="复核已毕"):
        result(world, case)
    reviewed(world, case, asked, "revoked")
    result(world, case)


def test_a_result_is_told_where_it_was_decided_to_do_nothing() -> None:
    """Nobody asks for a review of that."""
    world = staffed()
    case = offered(world)
    noted(world, case, ACCUSED, complete=True)
    decided(world, case, None)
    result(world, case)


@pytest.mark.parametrize(("holidays", "last"), [([], "2026-06-11"), (["2026-06-11", "2026-06-12"], "2026-06-15")])
def test_p13_from_the_conclusion_and_late_is_late(holidays: list[str], last: str) -> None:
    """The tenth day, or the first working day after two days off and a weekend; on the next it is late, told all the same, owed no more."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-05-20").appoint(HU, "panellist").on("2026-05-31")
    digest, data = json_object({"v": "gongyue/calendar@1", "years": {"2026": {"holidays": holidays, "workdays": []}}})
    world.executive("law.calendar/1", {"calendar": digest}, TWO, data, paper=paper("n", "2025-11-04", "2025-11-05"))
    world.on("2026-06-01")
    case = closed_case(world)
    assert owed(world, case) == [("bulletin.result/1", last, 0)]
    world.on(last)
    assert owed(world, case) == [("bulletin.result/1", last, 0)]
    world.on(iso(from_iso(last) + 1))
    assert owed(world, case) == [("bulletin.result/1", last, 1)]
    result(world, case)
    assert owed(world, case) == []


def test_nothing_is_owed_of_a_case_that_was_ended() -> None:
    """Terminated, it has no conclusion to tell."""
    world = staffed()
    case = opened_case(world)
    ordered(world, case, "terminate", "moot", CASEWORKER, SECRETARY)
    assert owed(world, case) == []


COURT = "l:court-2026-1"


def forbid(world: Alliance, begins: str, ends: str | None = None, name: str = COURT, **other: Any) -> None:
    """A court forbids to tell the result about the accused, from a day on, unless said otherwise."""
    body = {"order": name, "source": "示范人民法院", "forbids": ["bulletin.result/1"], "party": ACCUSED}
    letter = paper(f"裁定 {name}", "2026-06-01", "2026-06-01")
    world.executive("law.order/1", body | {"begins": begins, "ends": ends} | other, TWO, paper=letter)


def lift(world: Alliance, name: str = COURT) -> None:
    """It lifts its order today."""
    today = iso(day_of(world.stage.now))
    world.executive("law.lift/1", {"order": name}, TWO, paper=paper(f"解除 {name}", today, today))


@pytest.mark.parametrize("names", [ACCUSED, None])
def test_an_order_about_the_accused_suspends_its_result_named_or_not(names: str | None) -> None:
    """GY-20-01, and nothing is due meanwhile; once lifted it is told, and owed by as many days later as it was suspended, to the day."""
    world = staffed()
    case = closed_case(world)
    forbid(world, "2026-06-03")
    assert owed(world, case) == [("bulletin.result/1", "2026-06-11", 0)]
    for day in ("2026-06-03", "2026-06-30"):
        world.on(day)
        assert owed(world, case) == []
        with world.refused("GY-20-01"):
            result(world, case, ANONYMOUS if names is None else "", names=names)
    world.on("2026-07-01")
    lift(world)
    assert owed(world, case) == [("bulletin.result/1", "2026-07-09", 0)]  # eight days after the lifting: two had run
    world.on("2026-07-10")
    assert owed(world, case) == [("bulletin.result/1", "2026-07-09", 1)]


@pytest.mark.parametrize(
    ("orders", "last"),
    [
        ([("2026-06-03", "2026-06-03")], "2026-06-12"),
        ([("2026-06-01", "2026-06-04")], "2026-06-14"),  # the day of the conclusion counts in any case
        ([("2026-06-11", "2026-06-11")], "2026-06-12"),
        ([("2026-06-12", "2026-06-13")], "2026-06-11"),  # it was late before
        ([("2026-06-03", "2026-06-05"), ("2026-06-04", "2026-06-07")], "2026-06-16"),
        ([("2026-06-03", "2026-06-05"), ("2026-06-04", "2026-06-04")], "2026-06-14"),
        ([("2026-06-03", "2026-06-05"), ("2026-06-06", "2026-06-07")], "2026-06-16"),
    ],
)
def test_no_day_on_which_an_order_forbade_the_result_counts_nor_any_twice(
    orders: list[tuple[str, str]], last: str
) -> None:
    """P13 has ten days: by so many its last day moves as it was forbidden on, of those after the conclusion and up to that day."""
    world = staffed()
    case = closed_case(world)
    for n, (begins, ends) in enumerate(orders):
        forbid(world, begins, ends, f"l:court-2026-{n}")
    world.on("2026-06-20")
    assert owed(world, case) == [("bulletin.result/1", last, day_of(world.stage.now) - from_iso(last))]


@pytest.mark.parametrize("other", [{"party": FIRST}, {"forbids": ["membership.end/1"]}])
def test_an_order_about_somebody_or_something_else_suspends_no_result(other: dict[str, Any]) -> None:
    """Another unit's, or another act's."""
    world = staffed()
    case = closed_case(world)
    forbid(world, "2026-06-01", **other)
    assert owed(world, case) == [("bulletin.result/1", "2026-06-11", 0)]
    result(world, case)


def test_an_order_lifted_before_it_began_or_on_that_day_moves_nothing() -> None:
    """It forbade on no day."""
    world = staffed()
    case = closed_case(world)
    forbid(world, "2026-06-03")
    world.on("2026-06-03")
    lift(world)
    assert owed(world, case) == [("bulletin.result/1", "2026-06-11", 0)]


def test_the_accused_opens_its_results_link_and_nobody_else() -> None:
    """By it the accused knows that the result is of its case; another member opens the result and not whose conclusion it is of."""
    world = staffed()
    case = closed_case(world)
    result(world, case)
    store = world.stage.office.store
    (line,) = links.of_party(world.inst, store, ACCUSED)
    assert case.encode() in line and f'"n":{conclusion(world, case)}'.encode() in line
    assert [list(links.of_party(world.inst, store, one)) for one in (FIRST, "exec", "o:xu")] == [[], [], []]


def test_a_leaver_is_shown_what_restores_it() -> None:
    """It could open the result; it opens what takes its place, and nothing else that came after it left."""
    world = staffed()
    case = closed_case(world)
    result(world, case)
    world.withdraw(ACCUSED)
    world.on("2026-06-02")
    issue(world, "动态", CLERK)
    issue(world, "恢复名誉\n前一公告所载单位2一事不实。", *TWO, kind="rehabilitation", replaces=1)
    places = [one.entry.rx.n for one in for_member(world.inst, world.stage.office.store, ACCUSED)]
    assert places == [1, 3]


def test_a_lawyers_review_is_asked_of_a_result_too() -> None:
    """GY-07-01 on a call to stop trading; with the opinion it is taken."""
    world = staffed()
    case = closed_case(world)
    text = f"调查结果\n{world.inst.units[ACCUSED].name}违约，请各成员停止与其合作。"
    with world.refused("GY-07-01", found="停止与其合作"):
        result(world, case, text)
    result(world, case, text, review=commitment_to("法律意见"))
