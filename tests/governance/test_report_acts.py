"""Reports: filed by members, answered within P1 or late, declined on listed grounds, reconsidered once (article 17)."""

from __future__ import annotations

from typing import Any

import pytest

from gongyue.covenant.periods import from_iso, iso
from gongyue.governance.report import answer_by, sealed_duties
from gongyue.office.owed_acts import pending
from support.alliance import CASEWORKER, CLERK, FIRST, OUTSIDER, PANEL, SECRETARY, Alliance
from support.cases import (
    ACCUSED,
    LINK,
    REPORT,
    case_of,
    case_on,
    handled,
    linked,
    opened_case,
    opened_on,
    replied,
    reported,
    staffed,
)
from support.dossiers import assigned, commitments, done, folded, id_of, noted
from support.editions import TEXT, edition_of

THIRD = "u:0003"


def in_force() -> Alliance:
    """Five members, all since 2026-04-01 or before; on 2026-06-01."""
    return staffed()


def due(world: Alliance) -> list[tuple[str, str]]:
    """(dossier, last day) of the reports that wait."""
    return [(d.matter, iso(d.last)) for d in sealed_duties(world.inst, pending(world.stage.office.store))]


def test_a_member_reports_another_with_accused_and_facts_alone() -> None:
    """No article, no evidence: it is taken, opens a dossier of the reporter's, and P1 runs (17 E1: 06-01, due 06-16)."""
    world = in_force()
    dossier = reported(world, articles=[], evidence=[])
    found = folded(world, dossier)
    assert found.parties == (FIRST,) and found.report is not None
    assert (found.report.kind, found.report.accused, iso(found.report.since)) == ("report", ACCUSED, "2026-06-01")
    assert due(world) == [(dossier, "2026-06-16")]
    noted(world, dossier, docs=commitments("later evidence"))


def test_what_is_due_names_the_dossier_and_never_who_reported() -> None:
    """The duty's words hold neither the reporter nor the accused."""
    world = in_force()
    reported(world)
    (duty,) = sealed_duties(world.inst, pending(world.stage.office.store))
    assert not any(str(said).startswith("u:") for said in (duty.what, duty.matter, duty.whose, duty.basis, duty.act))


@pytest.mark.parametrize("kind", ["own", "elsewhere"])
def test_a_breach_of_ones_own_and_what_was_discovered_elsewhere_accuse_nobody(kind: str) -> None:
    """Both are kinds of their own, without an accused; with one, or a report without one, malformed."""
    world = in_force()
    assert folded(world, reported(world, kind=kind, accused=None)).report.accused == ""  # type: ignore[union-attr]
    for body in ({"kind": kind}, {"accused": None}):
        with world.out_of_turn("malformed", why="accused"):
            reported(world, **body)


def test_only_members_report() -> None:
    """GY-17-01 for an outsider with a key, a unit that left; the executive body cannot; on paper two officers record a member's."""
    world = in_force()
    for unit in (OUTSIDER, world.left):
        with world.refused("GY-17-01", enough="成员单位", article=17, unit=unit):
            reported(world, unit)
    with world.refused("GY-04-01"):
        world.executive("report.file/1", REPORT, (SECRETARY,))
    world.on_paper("report.file/1", FIRST, REPORT, "2026-06-01", "2026-06-01")
    before = Alliance(members=5, initiators=2).adopted()
    with before.out_of_turn("not-in-force"):
        reported(before)


def test_nobody_reports_itself() -> None:
    """GY-17-02, which says that it may tell of its own breach."""
    world = in_force()
    with world.refused("GY-17-02", enough="own", article=17, unit=FIRST, accused=FIRST):
        reported(world, accused=FIRST)


@pytest.mark.parametrize("accused", [OUTSIDER, "u:0006", "u:nobody"])
def test_whom_the_covenant_does_not_bind_is_not_reported(accused: str) -> None:
    """GY-17-08 for an outsider, a unit that left, one that nobody knows."""
    world = in_force()
    with world.refused("GY-17-08", enough="成员单位", article=17, accused=accused):
        reported(world, accused=accused)


@pytest.mark.parametrize("accused", ["exec", SECRETARY, CASEWORKER])
def test_the_executive_body_takes_no_report_on_itself_or_its_staff(accused: str) -> None:
    """GY-19-01, which says where to take it."""
    world = in_force()
    with world.refused("GY-19-01", enough="主管部门", article=19, accused=accused):
        reported(world, accused=accused)


@pytest.mark.parametrize(("ends", "lawful"), [("2026-03-31", False), ("2026-04-01", True), ("2026-05-02", True)])
def test_17_e3_conduct_counts_from_force_and_accession(ends: str, lawful: bool) -> None:
    """In force 03-20, the third member joined on 04-01: ended the day before GY-17-03, that day or later it is taken."""
    world = in_force()
    body = {"accused": THIRD, "begins": "2026-03-01", "ends": ends}
    if lawful:
        reported(world, **body)
        return
    figures = {"ends": ends, "in_force": "2026-03-20", "since": "2026-04-01"}
    with world.refused("GY-17-03", enough="2026-04-01", **figures):
        reported(world, **body)


def test_26_e2_conduct_before_force_is_reported_of_nobody() -> None:
    """Ended 03-19, in force 03-20: GY-17-03 of an initiator, and of what was discovered elsewhere."""
    world = in_force()
    for body in ({}, {"kind": "elsewhere", "accused": None}):
        with world.refused("GY-17-03", enough="2026-03-20"):
            reported(world, begins="2026-03-01", ends="2026-03-19", **body)


@pytest.mark.parametrize(
    "body",
    [
        {"begins": "2026-05-21"},
        {"ends": "2026-06-02"},
        {"articles": ["8", "8"]},
    ],
)
def test_its_days_follow_one_another_and_no_article_stands_twice(body: dict[str, Any]) -> None:
    """From after until, until after today, an article twice."""
    world = in_force()
    with world.out_of_turn("malformed"):
        reported(world, **body)


def test_an_article_there_is_not_is_named_by_nobody() -> None:
    """Article 27 of 26."""
    world = in_force()
    with world.out_of_turn("not-found", what="at:27"):
        reported(world, articles=["8", "27"])


def test_a_text_without_the_clause_has_no_reports() -> None:
    """Article 17 without 进行检举: the capability is off."""
    silent = edition_of(TEXT.replace("任何其他成员单位均有权及时向公约执行机构进行检举，", ""))
    world = Alliance(members=3, initiators=3, text=silent).in_force().on("2026-06-01")
    with world.out_of_turn("capability-off", name="report.file"):
        reported(world)


@pytest.mark.parametrize("answer", ["opened", "joined"])
def test_a_report_is_taken_up_and_its_reporter_told_the_outcome_once(answer: str) -> None:
    """An outcome first: not open; the answer a second time, the outcome a second time: already."""
    world = in_force()
    dossier = handled(world)
    case_of(world, "outcome")
    case_on(world, dossier)
    with world.out_of_turn("not-open"):
        replied(world, dossier, "outcome")
    replied(world, dossier, answer)
    assert due(world) == []
    for again in ("opened", "joined"):
        with world.out_of_turn("already"):
            replied(world, dossier, again)
    with world.out_of_turn("already"):
        replied(world, dossier, "declined", "no_fact")
    replied(world, dossier, "outcome")
    with world.out_of_turn("already"):
        replied(world, dossier, "outcome")


@pytest.mark.parametrize("ground", [None, "inconvenient", ""])
def test_a_decline_takes_one_of_the_listed_grounds(ground: str | None) -> None:
    """GY-17-07 without one and with an invented one; whoever takes it up names none."""
    world = in_force()
    dossier = handled(world)
    case_on(world, dossier)
    enough = "not_member | before | no_article | no_fact | decided"
    with world.refused("GY-17-07", enough=enough, article=17, ground=ground or ""):
        replied(world, dossier, "declined", ground)
    with world.out_of_turn("malformed", why="ground"):
        replied(world, dossier, "opened", "no_fact")
    replied(world, dossier, "declined", "no_fact")


@pytest.mark.parametrize("ground", ["not_member", "before"])
def test_a_ground_is_one_that_the_report_and_the_roll_bear_out(ground: str) -> None:
    """GY-17-07 of a member's conduct since it joined; once it has left it is no member's any more."""
    world = in_force()
    dossier = handled(world)
    with world.refused("GY-17-07", ground=ground, ends="2026-05-20"):
        replied(world, dossier, "declined", ground)
    world.withdraw(ACCUSED)
    if ground == "not_member":
        replied(world, dossier, "declined", ground)


def test_a_decline_is_reconsidered_once_and_p1_runs_anew() -> None:
    """Not before it was declined, not of what was taken up; asked on 06-10, due 06-25; a second time: already."""
    world = in_force()
    dossier, other = handled(world), handled(world, THIRD)
    with world.out_of_turn("not-declined"):
        noted(world, dossier, asks="reconsideration")
    replied(world, other, "opened")
    with world.out_of_turn("not-declined"):
        noted(world, other, THIRD, asks="reconsideration")
    replied(world, dossier, "declined", "no_article")
    assert due(world) == []
    world.on("2026-06-10")
    noted(world, dossier, asks="reconsideration", docs=commitments("article 8"))
    with world.out_of_turn("already"):
        noted(world, dossier, asks="reconsideration")
    assert due(world) == [(dossier, "2026-06-25")]
    found = folded(world, dossier)
    case_on(world, dossier)
    with world.out_of_turn("dossier-unanswered"):
        replied(world, dossier, "opened", to=found.entries[0].digest)
    replied(world, dossier, "declined", "no_article")
    assert due(world) == []
    with world.out_of_turn("already"):
        replied(world, dossier, "opened")
    with world.out_of_turn("already"):
        noted(world, dossier, asks="reconsideration")


def test_what_was_declined_may_be_taken_up_after_all() -> None:
    """Declined, reconsidered, opened, the outcome told."""
    world = in_force()
    dossier = handled(world)
    replied(world, dossier, "declined", "no_fact")
    noted(world, dossier, asks="reconsideration")
    replied(world, dossier, "opened")
    replied(world, dossier, "outcome")
    report = folded(world, dossier).report
    assert report is not None and (report.answer, report.decided) == ("opened", 2) and report.told


def test_an_answer_is_never_refused_for_being_late() -> None:
    """On 06-20 four days late: on the due list until then, and taken."""
    world = in_force()
    dossier = handled(world)
    world.on("2026-06-20")
    assert due(world) == [(dossier, "2026-06-16")]
    replied(world, dossier, "declined", "no_fact")
    assert due(world) == []


def test_a_new_p1_reaches_later_reports_only() -> None:
    """P1 = 30 since 06-10: what was filed on 06-01 is due as it was."""
    world = in_force()
    reported(world)
    world.on("2026-06-10").issue("P1", 30)
    world.on("2026-06-12")
    assert iso(answer_by(world.inst, from_iso("2026-06-01")).last) == "2026-06-16"
    assert iso(answer_by(world.inst, from_iso("2026-06-12")).last) == "2026-07-12"


def test_a_report_withdrawn_is_owed_nothing_and_answered_no_more() -> None:
    """By its reporter alone; another member has no part in it."""
    world = in_force()
    dossier = handled(world)
    with world.out_of_turn("not-found", what=dossier):
        noted(world, dossier, ACCUSED, withdrawn=True)
    noted(world, dossier, withdrawn=True)
    assert due(world) == []
    case_on(world, dossier)
    with world.out_of_turn("dossier-closed"):
        replied(world, dossier, "opened")


def test_the_caseworker_assigned_answers_and_nobody_else() -> None:
    """Unassigned GY-05-15, another officer GY-05-01, challenged GY-05-14, with an interest in the accused GY-17-05."""
    world = in_force()
    dossier = reported(world)
    case_on(world, dossier)
    with world.refused("GY-05-15", officer=CASEWORKER):
        replied(world, dossier, "opened")
    for interests in ((FIRST,), (ACCUSED,)):
        rows = [{"officer": CASEWORKER, "interests": list(interests)}]
        with world.refused("GY-17-05", officer=CASEWORKER, parties=interests[0]):
            done(world, "dossier.assign/1", dossier, {"role": "caseworker", "officers": rows}, SECRETARY)
    assigned(world, dossier)
    body = {"answer": "opened", "ground": None, "reasons": LINK, "link": LINK}
    for signer in (CLERK, SECRETARY, PANEL[0]):
        with world.refused("GY-05-01", officer=signer):
            done(world, "report.answer/1", dossier, body, signer)
    noted(world, dossier, asks="recusal", whom=CASEWORKER)
    with world.refused("GY-05-14", officer=CASEWORKER):
        replied(world, dossier, "opened")


def test_a_reporter_that_leaves_is_answered_all_the_same() -> None:
    """Its report goes on; its key serves there: it asks for a reconsideration."""
    world = in_force()
    dossier = handled(world, THIRD)
    world.withdraw(THIRD)
    replied(world, dossier, "declined", "no_fact")
    noted(world, dossier, THIRD, asks="reconsideration")
    replied(world, dossier, "opened")
    with world.refused("GY-17-01", unit=THIRD):
        reported(world, THIRD)


def test_a_member_that_joined_after_its_letter_is_dated_did_not_report() -> None:
    """A letter of the day before it joined is no member's."""
    world = in_force()
    with world.out_of_turn("past-date"):
        world.on_paper(
            "report.file/1", THIRD, REPORT | {"begins": "2026-03-25", "ends": "2026-03-25"}, "2026-03-30", "2026-06-01"
        )
    assert id_of(world.unit("report.file/1", THIRD, REPORT)).startswith("d:")


def test_a_link_names_what_such_an_answer_rests_on() -> None:
    """Opened: the report itself, another's report, a conclusion; a decline: a case; decided already: no conclusion: bad-link."""
    world = in_force()
    dossier, other = handled(world), handled(world, THIRD)
    conclusion = case_of(world, "outcome")
    case = conclusion[0], 1
    for answer, ground, of in (
        ("opened", None, (dossier, 1)),
        ("joined", None, (other, 1)),
        ("opened", None, conclusion),
        ("declined", "no_fact", case),
        ("declined", "decided", case),
        ("declined", "decided", (dossier, 1)),
    ):
        with world.out_of_turn("bad-link"):
            replied(world, dossier, answer, ground, of)
    replied(world, dossier, "declined", "decided", conclusion)
    replied(world, other, "joined", None, case)
    with world.out_of_turn("bad-link"):
        replied(world, other, "outcome", None, case)
    replied(world, other, "outcome", None, conclusion)


def test_a_case_opened_on_a_report_names_it_and_one_case_comes_of_it() -> None:
    """Opened, of a case on another report, and of one ex officio: bad-link; a second case on the same report, too. Joined, it need not."""
    world = in_force()
    dossier, other = handled(world), handled(world, THIRD)
    elsewhere, unasked = case_on(world, other), opened_case(world)
    for case in (elsewhere, unasked):
        with world.out_of_turn("bad-link") as told:
            replied(world, dossier, "opened", None, (case, 1))
        assert "does not come from the dossier" in told["en"]
    replied(world, dossier, "joined", None, (elsewhere, 1))
    for reports in ([other], [dossier, other]):
        with world.out_of_turn("bad-link") as told:
            opened_on(world, *reports)
        assert "rests already" in told["en"] and "已有同类行为" in told["zh"]
    both = opened_on(world, dossier)
    assert folded(world, both).case is not None
    replied(world, other, "opened")


def test_what_opens_a_link_comes_with_it_and_names_something() -> None:
    """Without its line missing-opening; to nothing bad-link."""
    world = in_force()
    dossier = handled(world)
    body = {"answer": "declined", "ground": "no_fact", "reasons": LINK, "link": LINK}
    with world.out_of_turn("missing-opening"):
        done(world, "report.answer/1", dossier, body, CASEWORKER)
    link, line = linked(world)
    with world.out_of_turn("bad-link"):
        done(world, "report.answer/1", dossier, body | {"link": link}, CASEWORKER, files=[line])
