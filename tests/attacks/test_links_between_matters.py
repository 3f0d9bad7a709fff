"""Links between reports and cases of different matters: the office's own gate refuses them, and whoever opens both finds them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongyue.book.entry import SignedAct
from gongyue.covenant.rulings import OutOfTurn
from support.alliance import CASEWORKER, PANEL, SECRETARY, TWO, Alliance, commitment_to
from support.cases import (
    ACCUSED,
    EVIDENCE,
    case_body,
    concluded,
    handled,
    heard,
    linked,
    opened_case,
    ordered,
    received,
    replied,
    reported,
    served,
    staffed,
)
from support.dossiers import done, folded, forced_in, noted, opened, signed
from support.published import published_by_force, run

ANOTHER = "u:0003"
Made = tuple[SignedAct, bytes, tuple[str, ...]]


def verified(world: Alliance, line: bytes, *dossiers: str) -> tuple[int, str]:
    """What whoever opens these dossiers and the link finds."""
    world.stage.now += 86_400
    world.tick()
    mine = b"".join(row for one in dossiers for row in opened(world, one)) + line + b"\n"
    # Nobody is accused by a file that may have been cut off: all these dossiers go on until after the act, or are whole.
    report = run(published_by_force(world), world=world, disclosures=(("mine", mine),))[0]
    return report.code, report.failure.code.removeprefix("out-of-turn/") if report.failure else ""


def answer(world: Alliance, dossier: str, to: tuple[str, int], said: str, ground: str | None = None) -> Made:
    """An answer to a report that links there, not handed in."""
    link, line = linked(world, to)
    body = {"answer": said, "ground": ground, "reasons": commitment_to(said), "link": link}
    act = signed(world, "report.answer/1", dossier, body, CASEWORKER, files=[line])
    return act, line, (dossier, to[0])


def found_on(world: Alliance, accused: str) -> tuple[str, int]:
    """The conclusion of a case against a member."""
    case = heard(world, accused=accused)
    noted(world, case, accused, complete=True)
    concluded(world, case)
    return case, folded(world, case).n


def taken_up(world: Alliance) -> tuple[str, str]:
    """A report, taken up in a case against whom it accuses."""
    report, case = handled(world), opened_case(world)
    replied(world, report, "joined", of=(case, 1))
    return report, case


def joined_elsewhere(world: Alliance) -> Made:
    report = handled(world)
    return answer(world, report, (opened_case(world, accused=ANOTHER), 1), "joined")


def decided_elsewhere(world: Alliance) -> Made:
    report = handled(world)
    return answer(world, report, found_on(world, ANOTHER), "declined", "decided")


def declined_for_another(world: Alliance) -> Made:
    report = handled(world)
    return answer(world, report, (reported(world, ANOTHER), 1), "declined", "no_fact")


def outcome_elsewhere(world: Alliance) -> Made:
    report, _ = taken_up(world)
    return answer(world, report, found_on(world, ANOTHER), "outcome")


def joined_to_what_is_over(world: Alliance) -> Made:
    """A report is filed, and buried in a case that was concluded before, though it is of the same days."""
    case, _ = found_on(world, ACCUSED)
    world.stage.now += 60
    return answer(world, handled(world), (case, 1), "joined")


def joined_once_something_was_ordered_since(world: Alliance) -> Made:
    """An order that came after the report does not make the conclusion any younger."""
    case, _ = found_on(world, ACCUSED)
    world.stage.now += 60
    report = handled(world)
    world.stage.now += 60
    ordered(world, case, "extend", "complexity")
    return answer(world, report, (case, 1), "joined")


def decided_only_after_it_was_filed(world: Alliance) -> Made:
    """It was filed while the case went on: it is joined, and its reporter told the outcome."""
    report = handled(world)
    world.stage.now += 60
    return answer(world, report, found_on(world, ACCUSED), "declined", "decided")


def of_later_days(world: Alliance) -> str:
    """A report on June, of a caseworker."""
    world.on("2026-07-01")
    return handled(world, begins="2026-06-01", ends="2026-06-20")


def decided_before_it_was_done(world: Alliance) -> Made:
    """What was done in June was decided, they say, in a case on May."""
    to = found_on(world, ACCUSED)
    return answer(world, of_later_days(world), to, "declined", "decided")


def joined_to_a_case_on_other_days(world: Alliance) -> Made:
    case = opened_case(world)
    return answer(world, of_later_days(world), (case, 1), "joined")


def a_case_on_other_days(world: Alliance) -> Made:
    report = of_later_days(world)
    link, line = linked(world, (report, 1))
    act = world.stage.signed("case.open/1", "exec", case_body(link=link), [CASEWORKER, SECRETARY], [line])
    return act, line, (report, f"d:{act.digest.removeprefix('sha256:')}")


def outcome_of_an_extension(world: Alliance) -> Made:
    report, case = taken_up(world)
    ordered(world, case, "extend", "complexity")
    return answer(world, report, (case, 2), "outcome")


def outcome_that_leaves_out_what_was_found(world: Alliance) -> Made:
    """The breach was established, the case is settled since: they say that it was ended, and name the order."""
    report, case = taken_up(world)
    for what in ("notice", "evidence"):
        served(world, case, what)
        received(world, case)
    noted(world, case, ACCUSED, complete=True)
    concluded(world, case)
    ordered(world, case, "terminate", "settled", SECRETARY, PANEL[0])
    return answer(world, report, (case, folded(world, case).n), "outcome")


def a_case_out_of_anothers_report(world: Alliance) -> Made:
    report = handled(world)
    link, line = linked(world, (report, 1))
    body = case_body(accused=ANOTHER, link=link)
    act = world.stage.signed("case.open/1", "exec", body, [CASEWORKER, SECRETARY], [line])
    return act, line, (report, f"d:{act.digest.removeprefix('sha256:')}")


LIES: tuple[Callable[[Alliance], Made], ...] = (
    joined_elsewhere,
    decided_elsewhere,
    declined_for_another,
    outcome_elsewhere,
    joined_to_what_is_over,
    joined_once_something_was_ordered_since,
    decided_only_after_it_was_filed,
    decided_before_it_was_done,
    joined_to_a_case_on_other_days,
    a_case_on_other_days,
    outcome_of_an_extension,
    outcome_that_leaves_out_what_was_found,
    a_case_out_of_anothers_report,
)


@pytest.mark.parametrize("lie", LIES)
def test_a_report_and_a_case_that_are_linked_are_of_one_matter(lie: Callable[[Alliance], Made]) -> None:
    """bad-link at the office; in a dossier that went on since, so that it is known to be whole, exit 3 by verify too."""
    world = staffed()
    act, line, dossiers = lie(world)
    with pytest.raises(OutOfTurn) as error:
        world.stage.office.handle(act)
    assert error.value.refusal["code"] == "out-of-turn/bad-link"
    forced_in(world, act)
    world.stage.now += 60
    go_on(world, *dossiers)
    assert verified(world, line, *dossiers) == (3, "bad-link")


def test_the_outcome_is_of_the_case_that_the_report_was_taken_up_in() -> None:
    """bad-link at the office; exit 3 for the reporter's auditor, who opens both answers' links; with one of them in form only."""
    world = staffed()
    report, case = handled(world), opened_case(world)
    joined, first, _ = answer(world, report, (case, 1), "joined")
    world.stage.office.handle(joined)
    other, n = found_on(world, ACCUSED)
    act, second, _ = answer(world, report, (other, n), "outcome")
    with world.out_of_turn("bad-link"):
        world.stage.office.handle(act)
    forced_in(world, act)
    world.stage.now += 60
    go_on(world, report, case, other)
    assert verified(world, first + b"\n" + second, report, case, other) == (3, "bad-link")


def go_on(world: Alliance, *dossiers: str) -> None:
    """Something more comes into what is linked to."""
    for one in dossiers:
        kind, found = folded(world, one).kind, folded(world, one)
        if kind == "report" or not found.closed:
            noted(world, one, found.parties[0], complete=True)
        else:
            done(world, "dossier.hold/1", one, {"docs": [EVIDENCE], "ground": "court"}, *TWO)


def test_what_is_of_one_matter_is_lawful_in_every_way() -> None:
    """Joined, and the outcome its conclusion; joined, and the outcome the order that ended it; declined as decided, and as nothing."""
    world = staffed()
    first, case, done_case = handled(world), opened_case(world), heard(world)
    replied(world, first, "joined", of=(done_case, 1))
    noted(world, case, ACCUSED, complete=True)
    others = [handled(world) for _ in range(3)]
    lines: list[bytes] = []

    def say(made: Made) -> None:
        world.stage.office.handle(made[0])
        lines.append(made[1])

    noted(world, done_case, ACCUSED, complete=True)
    concluded(world, done_case)
    n = folded(world, done_case).n
    say(answer(world, first, (done_case, n), "outcome"))
    say(answer(world, others[0], (done_case, n), "declined", "decided"))
    say(answer(world, others[1], (others[1], 1), "declined", "no_fact"))
    say(answer(world, others[2], (case, 1), "joined"))
    ordered(world, case, "terminate", "moot", CASEWORKER, SECRETARY)
    replied(world, others[2], "outcome", of=(case, folded(world, case).n), to=folded(world, others[2]).last.digest)
    assert verified(world, b"\n".join(lines), first, case, done_case, *others) == (0, "")
