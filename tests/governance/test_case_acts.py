"""Cases: opened, served, replied to, concluded by a panel (articles 3, 7, 12, 17)."""

from __future__ import annotations

from typing import Any

import pytest

from gongyue.covenant.periods import from_iso, iso
from gongyue.governance.case_duties import sealed_duties
from gongyue.governance.reply import Reply, conclude_by, reply_by, result_by
from gongyue.office.facts.dossiers import of_unit
from gongyue.office.openings import of_party
from gongyue.office.owed_acts import pending
from support.alliance import (
    CASEWORKER,
    CLERK,
    FIRST,
    OUTSIDER,
    PANEL,
    SECRETARY,
    TWO,
    Alliance,
    commitment_to,
    json_object,
    paper,
)
from support.cases import (
    ACCUSED,
    EVIDENCE,
    HU,
    NOTICE,
    USERS,
    again,
    concluded,
    heard,
    opened_case,
    ordered,
    received,
    rows,
    served,
    staffed,
)
from support.dossiers import commitments, done, folded, noted
from support.editions import TEXT, edition_of

THIRD = "u:0003"
OTHER = commitment_to("another document")


def finding(**other: Any) -> dict[str, Any]:
    """The finding on article 8, otherwise."""
    return USERS | other


# -- opening


def test_a_case_is_opened_by_caseworker_and_secretary_against_a_member() -> None:
    """Its party is the accused; caseworker and panel are assigned by it."""
    world = staffed()
    found = folded(world, opened_case(world))
    assert found.kind == "case" and found.parties == (ACCUSED,) and found.case is not None
    assert dict(found.assigned) == {"caseworker": (CASEWORKER,), "panel": (*PANEL, HU)}
    assert iso(conclude_by(world.inst, found).last) == "2026-08-30"


def test_two_persons_open_it_and_each_office_is_there() -> None:
    """One alone GY-05-02; caseworker and clerk GY-05-01; a secretary without the caseworker named GY-05-15."""
    world = staffed()
    for alone in (CASEWORKER, SECRETARY):
        with world.refused("GY-05-02", enough=2):
            opened_case(world, (alone,))
    with world.refused("GY-05-01", officer=CLERK):
        opened_case(world, (CASEWORKER, CLERK))
    world.appoint("o:su", "caseworker").appoint("o:zhao", "secretary").on("2026-06-10")
    for two in ((CASEWORKER, "o:su"), (SECRETARY, "o:zhao")):
        with world.refused("GY-05-02", enough="caseworker + secretary"):
            opened_case(world, two)
    with world.refused("GY-05-15", officer=CASEWORKER):
        opened_case(world, ("o:su", SECRETARY))


@pytest.mark.parametrize("accused", [OUTSIDER, "u:0006", "u:nobody"])
def test_a_case_is_against_a_member(accused: str) -> None:
    """GY-17-08 for an outsider, one that left, one that nobody knows."""
    world = staffed()
    with world.refused("GY-17-08", enough="成员单位", article=17, accused=accused):
        opened_case(world, accused=accused)


@pytest.mark.parametrize("accused", ["exec", SECRETARY, PANEL[0]])
def test_the_executive_body_opens_no_case_against_itself_or_its_staff(accused: str) -> None:
    """GY-19-01, which says where that goes."""
    world = staffed()
    with world.refused("GY-19-01", enough="主管部门", article=19, accused=accused):
        opened_case(world, accused=accused)


@pytest.mark.parametrize(("begins", "lawful"), [("2026-03-31", False), ("2026-04-01", True)])
def test_17_e3_of_continuing_conduct_only_what_came_after_the_accession_counts(begins: str, lawful: bool) -> None:
    """The third member joined on 04-01: from 03-31 GY-17-03, and it says from when."""
    world = staffed()
    if lawful:
        opened_case(world, accused=THIRD, begins=begins)
        return
    with world.refused("GY-17-03", enough="2026-04-01", ends=begins, in_force="2026-03-20"):
        opened_case(world, accused=THIRD, begins=begins)


def test_whoever_has_an_interest_in_the_accused_neither_handles_nor_decides() -> None:
    """GY-17-05 and GY-18-09; a panel of two GY-18-09; the caseworker among the panel GY-05-01; one without the office GY-05-01."""
    world = staffed()
    with world.refused("GY-17-05", officer=CASEWORKER, parties=ACCUSED):
        opened_case(world, caseworker=rows(CASEWORKER, interests=(THIRD, ACCUSED))[0])
    with world.refused("GY-18-09", officer=PANEL[0], parties=ACCUSED):
        opened_case(world, panel=rows(*PANEL, HU, interests=(ACCUSED,)))
    with world.refused("GY-18-09", enough=3, count=2):
        opened_case(world, panel=rows(*PANEL))
    with world.refused("GY-05-01", officer=CASEWORKER):
        opened_case(world, panel=rows(*PANEL, CASEWORKER))
    with world.out_of_turn("malformed", why="panel"):
        opened_case(world, panel=rows(*PANEL, PANEL[0]))


def test_its_articles_are_of_the_text_and_its_days_in_order() -> None:
    """Article 27 of 26, an article twice, until tomorrow; before publication there is none. Of today alone it may be."""
    world = staffed()
    with world.out_of_turn("not-found", what="at:27"):
        opened_case(world, articles=["27"])
    for body in ({"articles": ["8", "8"]}, {"ends": "2026-06-02"}, {"begins": "2026-05-21"}):
        with world.out_of_turn("malformed"):
            opened_case(world, **body)
    opened_case(world, begins="2026-06-01", ends="2026-06-01")
    before = Alliance(members=5, initiators=2).adopted()
    with before.out_of_turn("not-in-force"):
        opened_case(before)


def test_a_text_without_the_clause_has_no_cases() -> None:
    """Article 17 without a word on investigating: the capability is off."""
    words = ("，要求公约执行机构进行调查；公约执行机构也可以直接进行调查，并将调查结果向全体成员单位公布",)
    silent = edition_of(TEXT.replace(words[0], ""))
    world = Alliance(members=3, initiators=3, text=silent).in_force().on("2026-06-01")
    with world.out_of_turn("capability-off", name="investigation"):
        opened_case(world)


# -- service


def test_the_notice_comes_first_and_what_follows_a_conclusion_after_it() -> None:
    """Evidence before any notice; a proposal, a decision, a review before the conclusion; a notice after it."""
    world = staffed()
    dossier = opened_case(world)
    for what in ("evidence", "reply", "decision"):
        with world.out_of_turn("not-noticed", dossier=dossier):
            served(world, dossier, what)
    served(world, dossier)
    for what in ("proposal", "decision", "review"):
        with world.out_of_turn("not-open"):
            served(world, dossier, what)
    received(world, dossier)
    served(world, dossier, "evidence")
    received(world, dossier)
    noted(world, dossier, ACCUSED, complete=True)
    concluded(world, dossier)
    for what in ("notice", "evidence"):
        with world.out_of_turn("not-open"):
            served(world, dossier, what)
    with world.out_of_turn("not-open"):
        served(world, dossier, "decision", OTHER)


def test_nobody_but_the_accused_and_those_assigned_has_a_part_in_it() -> None:
    """Another member finds no such dossier; another officer GY-05-15 or GY-05-01."""
    world = staffed()
    dossier = heard(world)
    for unit in (FIRST, THIRD, OUTSIDER):
        with world.out_of_turn("not-found", what=dossier):
            noted(world, dossier, unit, docs=[OTHER])
    with world.refused("GY-05-15", officer=CLERK):
        served(world, dossier, "evidence", signer=CLERK)
    with world.out_of_turn("not-party"):
        noted(world, dossier, ACCUSED, withdrawn=True)


# -- the reply


def test_17_e2_nothing_is_concluded_before_the_chance_to_reply() -> None:
    """Received 06-01: day 10 and day 15 GY-17-04, day 16 it may; a reply that is complete at once."""
    world = staffed()
    dossier = heard(world)
    world.on("2026-06-11")
    figures = {"received": "2026-06-01", "days": 10, "due": "2026-06-16"}
    with world.refused("GY-17-04", enough="2026-06-17", article=17, **figures):
        concluded(world, dossier)
    world.on("2026-06-16")
    with world.refused("GY-17-04", enough="2026-06-17", days=15):
        concluded(world, dossier)
    world.on("2026-06-17")
    concluded(world, dossier)
    case = folded(world, dossier)
    assert case.entries[-1].type == "case.conclude/1" and case.case is not None and case.case.concluded


def test_a_complete_reply_opens_the_way_at_once() -> None:
    """On day 10 a reply alone does not, saying that it is complete does."""
    world = staffed()
    dossier = heard(world)
    world.on("2026-06-11")
    noted(world, dossier, ACCUSED, docs=commitments("答复"))
    with world.refused("GY-17-04", days=10):
        concluded(world, dossier)
    noted(world, dossier, ACCUSED, complete=True)
    concluded(world, dossier)
    found = folded(world, dossier)
    assert found.case is not None and found.case.established == ("8",) and found.case.adverse
    assert iso(result_by(world.inst, found).last) == "2026-06-21"


def test_what_was_not_received_was_not_served() -> None:
    """No notice, an unread notice, evidence cited that was not read: GY-17-04; what is complete before the evidence came is not."""
    world = staffed()
    dossier = opened_case(world)
    with world.refused("GY-17-04", enough="签收", received="—"):
        concluded(world, dossier)
    served(world, dossier)
    world.on("2026-07-30")
    with world.refused("GY-17-04", enough="签收"):
        concluded(world, dossier)
    received(world, dossier)
    noted(world, dossier, ACCUSED, complete=True)
    served(world, dossier, "evidence")
    with world.refused("GY-17-04", enough="签收"):
        concluded(world, dossier)
    received(world, dossier)
    with world.refused("GY-17-04", enough="2026-08-15", days=0):
        concluded(world, dossier)
    concluded_without = finding(established=False, evidence=[])
    concluded(world, dossier, concluded_without, adverse=False)


def test_the_reply_is_extended_once_by_as_much_and_the_investigation_likewise() -> None:
    """Until 07-01 instead of 06-16; until 11-28 instead of 08-30; each a second time: already."""
    world = staffed()
    dossier = heard(world)
    noted(world, dossier, ACCUSED, asks="extension")
    for ground in ("party_request", "complexity"):
        ordered(world, dossier, "extend", ground)
        with world.out_of_turn("already"):
            ordered(world, dossier, "extend", ground)
    found = folded(world, dossier)
    assert iso(reply_by(world.inst, found, from_iso("2026-06-01")).last) == "2026-07-01"
    assert iso(conclude_by(world.inst, found).last) == "2026-11-28"
    world.on("2026-07-01")
    with world.refused("GY-17-04", enough="2026-07-02", days=30):
        concluded(world, dossier)
    world.on("2026-07-02")
    concluded(world, dossier)


def test_a_dossier_that_rests_is_not_concluded_and_the_days_of_its_rest_do_not_count() -> None:
    """From 06-05 to 06-12: seven days later, 06-23; meanwhile not at all."""
    world = staffed()
    dossier = heard(world)
    world.on("2026-06-05")
    ordered(world, dossier, "pause", "authority_request")
    world.on("2026-06-12")
    noted(world, dossier, ACCUSED, complete=True)
    with world.out_of_turn("dossier-rests", dossier=dossier):
        concluded(world, dossier)
    assert Reply.to(world.inst, folded(world, dossier), [EVIDENCE]).waits == "恢复"
    ordered(world, dossier, "resume", "authority_answered")
    found = folded(world, dossier)
    assert iso(reply_by(world.inst, found, from_iso("2026-06-01")).last) == "2026-06-23"
    assert iso(conclude_by(world.inst, found).last) == "2026-09-06"
    concluded(world, dossier)


def test_it_rests_for_an_authority_or_a_pending_recusal_alone() -> None:
    """Because it is complex, or a party asks: wrong-ground; a recusal that nobody asked for: wrong-ground."""
    world = staffed()
    dossier = heard(world)
    for ground in ("complexity", "party_request", "recusal_pending"):
        with world.out_of_turn("wrong-ground", what="pause", ground=ground):
            ordered(world, dossier, "pause", ground)
    noted(world, dossier, ACCUSED, asks="recusal", whom=PANEL[0])
    ordered(world, dossier, "pause", "recusal_pending")


def test_a_holiday_on_the_last_day_moves_it_and_both_boundaries_hold() -> None:
    """06-17 is a day off by a calendar recorded before: the last day is 06-18, on 06-19 it may be concluded."""
    world = staffed()
    digest, data = json_object(
        {"v": "gongyue/calendar@1", "years": {"2026": {"holidays": ["2026-06-17"], "workdays": []}}}
    )
    world.executive("law.calendar/1", {"calendar": digest}, TWO, data, paper=paper("n", "2025-11-04", "2025-11-05"))
    world.on("2026-06-02")
    dossier = heard(world)
    found = folded(world, dossier)
    assert iso(reply_by(world.inst, found, from_iso("2026-06-02")).last) == "2026-06-18"
    world.on("2026-06-18")
    with world.refused("GY-17-04", enough="2026-06-19", days=16):
        concluded(world, dossier)
    world.on("2026-06-19")
    concluded(world, dossier)


def test_a_new_p2_reaches_later_cases_only() -> None:
    """25 E2: P2 = 20 since 06-02: the case of 06-01 keeps 15, the next has 20."""
    world = staffed()
    first = heard(world)
    world.on("2026-06-02").issue("P2", 20)
    world.on("2026-06-03")
    second = heard(world, accused=THIRD)
    for dossier, day, last in ((first, "2026-06-01", "2026-06-16"), (second, "2026-06-03", "2026-06-23")):
        assert iso(reply_by(world.inst, folded(world, dossier), from_iso(day)).last) == last


# -- on paper


def test_paper_starts_the_time_for_a_reply_and_nothing_lapses_before_p18_after_the_unit_was_told() -> None:
    """Delivered 06-03, recorded 06-10 by two; untold GY-17-04 for ever; told on 07-01, not before 07-05."""
    world = staffed()
    dossier = opened_case(world)
    served(world, dossier)
    world.on("2026-06-10")
    letter = paper("EMS 1234", "2026-06-03", "2026-06-05")
    with world.refused("GY-05-02", enough=2):
        body = {"docs": [NOTICE]}
        done(world, "dossier.receive/1", dossier, body, CLERK, actor=ACCUSED, paper=letter)
    received(world, dossier, paper=letter)
    quiet = finding(established=False, evidence=[])
    world.on("2026-07-01")
    with world.refused("GY-17-04", enough="告知记录", received="2026-06-03"):
        concluded(world, dossier, quiet, adverse=False)
    served(world, dossier, "recorded", commitment_to("告知信"))
    world.on("2026-07-04")
    with world.refused("GY-17-04", enough="2026-07-05", due="2026-07-04"):
        concluded(world, dossier, quiet, adverse=False)
    world.on("2026-07-05")
    concluded(world, dossier, quiet, adverse=False)


def test_no_paper_says_that_something_was_received_before_it_was_served() -> None:
    """Dated the day before the service: past-date; of that day it is taken. It is the party's own reply on paper, too."""
    world = staffed()
    world.on("2026-06-05")
    dossier = opened_case(world)
    served(world, dossier)
    with world.out_of_turn("past-date"):
        received(world, dossier, paper=paper("EMS 1", "2026-06-04", "2026-06-05"))
    received(world, dossier, paper=paper("EMS 2", "2026-06-05", "2026-06-05"))
    letter = paper("答复", "2026-06-05", "2026-06-05")
    done(world, "dossier.note/1", dossier, {"complete": True, "docs": [OTHER]}, *TWO, actor=ACCUSED, paper=letter)
    mine = finding(established=False, evidence=[OTHER])
    with world.refused("GY-17-04", enough="告知记录"):
        concluded(world, dossier, mine, adverse=False)
    served(world, dossier, "recorded", commitment_to("告知信"))
    world.on("2026-06-08")
    with world.refused("GY-17-04", enough="2026-06-09", due="2026-06-08"):
        concluded(world, dossier, mine, adverse=False)
    world.on("2026-06-09")
    concluded(world, dossier, mine, adverse=False)


def test_a_document_that_does_not_open_is_served_again_and_the_time_runs_anew() -> None:
    """Said on day 3, GY-17-04 until another is received; on day 4 it is too late to say; of nothing it is never said."""
    world = staffed()
    dossier = opened_case(world)
    with world.out_of_turn("not-received", dossier=dossier):
        noted(world, dossier, ACCUSED, asks="unopened")
    served(world, dossier)
    received(world, dossier)
    served(world, dossier, "evidence")
    received(world, dossier)
    world.on("2026-06-04")
    noted(world, dossier, ACCUSED, asks="unopened")
    world.on("2026-07-01")
    with world.refused("GY-17-04", enough="签收"):
        concluded(world, dossier)
    served(world, dossier, "evidence")
    received(world, dossier)
    world.on("2026-07-05")
    with world.out_of_turn("not-received", dossier=dossier):
        noted(world, dossier, ACCUSED, asks="unopened")
    world.on("2026-07-16")
    with world.refused("GY-17-04", enough="2026-07-17", received="2026-07-01"):
        concluded(world, dossier)
    world.on("2026-07-17")
    concluded(world, dossier)


# -- the conclusion


def replied(world: Alliance, *articles: str) -> str:
    """A case on these articles whose accused has replied in full."""
    dossier = heard(world, articles=list(articles or ("8",)))
    noted(world, dossier, ACCUSED, complete=True, docs=[OTHER])
    return dossier


def test_each_article_is_found_on_once_and_cites_evidence_that_was_served() -> None:
    """GY-17-06: an article too few, too many, twice; no evidence; some that was never served, that only the notice had."""
    world = staffed()
    dossier = replied(world, "8", "7")
    fair = finding(article="7", clause="competition.fair")
    for found in ([finding()], [finding(), fair, finding()], [finding(), finding()]):
        with world.refused("GY-17-06", enough="7 8", article=17):
            concluded(world, dossier, *found)
    with world.refused("GY-17-06", enough="7 8", finding="13"):
        concluded(world, dossier, finding(), fair, finding(article="13", clause="society.supervision"))
    for evidence, unshown in (([], 0), ([commitment_to("never served")], 1), ([NOTICE], 1), ([EVIDENCE, NOTICE], 1)):
        with world.refused("GY-17-06", enough=1, finding="8", evidence=len(evidence), unshown=unshown):
            concluded(world, dossier, finding(evidence=evidence), fair)
    concluded(world, dossier, finding(), finding(article="7", clause="competition.fair", evidence=[OTHER]))


def test_a_finding_names_a_duty_that_its_article_has() -> None:
    """Article 7 has no users' rights, and nothing has a capability that binds members to nothing."""
    world = staffed()
    dossier = replied(world, "7")
    for clause in ("users.rights", "report.file", "nonsense"):
        with world.out_of_turn("not-found", what=f"at:7 {clause}"):
            concluded(world, dossier, finding(article="7", clause=clause))


@pytest.mark.parametrize("article", ["3", "15"])
def test_03_e1_a_principle_alone_grounds_no_finding(article: str) -> None:
    """GY-03-01 alone, and beside a duty that is not established; weighed with one that is, or not established itself, it may."""
    world = staffed()
    dossier = replied(world, "8", article)
    principle = finding(article=article, clause=None)
    with world.refused("GY-03-01", enough=1, finding=article, duties=0):
        concluded(world, dossier, finding(established=False), principle)
    concluded(again(world), dossier, finding(), principle)
    concluded(world, dossier, finding(established=False), principle | {"established": False}, adverse=False)


@pytest.mark.parametrize("article", ["7", "10", "11"])
def test_07_e3_what_is_only_encouraged_grounds_no_finding(article: str) -> None:
    """GY-07-02: it did not support fair competition (7), cooperation (10, 11)."""
    world = staffed()
    dossier = replied(world, article)
    with world.refused("GY-07-02", enough=1, finding=article, duties=0):
        concluded(world, dossier, finding(article=article, clause=None))


def test_12_e1_a_rule_that_china_has_not_signed_is_no_duty() -> None:
    """GY-12-01, also beside a duty; with a document of its signature that was served it may, with another GY-17-06."""
    world = staffed()
    dossier = replied(world, "12", "8")
    foreign = finding(article="12", clause=None)
    with world.refused("GY-12-01", enough=1, finding="12"):
        concluded(world, dossier, foreign, finding())
    with world.refused("GY-17-06", unshown=1):
        concluded(world, dossier, foreign | {"signed": commitment_to("unserved")}, finding())
    concluded(world, dossier, foreign | {"signed": OTHER}, finding())


def test_the_panel_concludes_by_a_majority_of_those_who_may() -> None:
    """One of three GY-05-02; a stranger GY-05-15; a caseworker GY-05-01; one challenged GY-05-14, and then the panel is short: GY-18-09."""
    world = staffed()
    world.appoint("o:liu", "panellist").on("2026-06-10")
    dossier = replied(world)
    with world.refused("GY-05-02", enough=2):
        concluded(world, dossier, signers=PANEL[:1])
    with world.refused("GY-05-15", officer="o:liu"):
        concluded(world, dossier, signers=(PANEL[0], "o:liu"))
    with world.refused("GY-05-01", officer=CASEWORKER):
        concluded(world, dossier, signers=(PANEL[0], CASEWORKER))
    noted(world, dossier, ACCUSED, asks="recusal", whom=PANEL[0])
    with world.refused("GY-05-14", officer=PANEL[0]):
        concluded(world, dossier)
    with world.refused("GY-18-09", enough=3, count=2):
        concluded(world, dossier, signers=(PANEL[1], HU))
    body = {"role": "panel", "officers": rows(PANEL[1], HU, "o:liu")}
    done(world, "dossier.assign/1", dossier, body, SECRETARY)
    with world.refused("GY-05-15", officer=PANEL[0]):
        concluded(world, dossier)
    for day in ("2026-06-10", "2026-06-13"):  # P18, in which the accused may challenge whoever came new
        with world.on(day).refused("GY-18-15", enough="2026-06-14", officer="o:liu"):
            concluded(world, dossier, signers=(PANEL[1], "o:liu"))
    world.on("2026-06-14")
    concluded(world, dossier, signers=(PANEL[1], "o:liu"))


def test_a_recusal_of_the_caseworker_is_decided_first() -> None:
    """GY-05-17 of a conclusion, and of an order that ends the case; once the secretary decided, whichever way, it goes on."""
    world = staffed()
    dossier = replied(world)
    noted(world, dossier, ACCUSED, asks="recusal", whom=CASEWORKER)
    with world.refused("GY-05-17", officer=CASEWORKER):
        concluded(world, dossier)
    with world.refused("GY-05-17", officer=CASEWORKER):
        ordered(world, dossier, "terminate", "moot", SECRETARY, PANEL[0])
    done(world, "dossier.assign/1", dossier, {"role": "caseworker", "officers": rows(CASEWORKER)}, SECRETARY)
    concluded(world, dossier)


def test_of_a_panel_of_five_three_sign() -> None:
    """Two of five GY-18-09, three may."""
    world = staffed()
    more = ("o:liu", "o:he")
    for officer in more:
        world.appoint(officer, "panellist")
    world.on("2026-06-10")
    dossier = replied(world)
    body = {"role": "panel", "officers": rows(*PANEL, HU, *more)}
    done(world, "dossier.assign/1", dossier, body, SECRETARY)
    with world.refused("GY-18-09", enough=3, count=2, panel=5):
        concluded(world, dossier)
    concluded(world, dossier, signers=(*PANEL, HU))


def test_a_challenged_secretary_does_not_decide_its_own_recusal() -> None:
    """GY-05-14; its panel assigns in its place: two of them, and no panellist of another case."""
    world = staffed()
    dossier = replied(world)
    noted(world, dossier, ACCUSED, asks="recusal", whom=SECRETARY)
    body = {"role": "caseworker", "officers": rows(CASEWORKER)}
    with world.refused("GY-05-14", officer=SECRETARY):
        done(world, "dossier.assign/1", dossier, body, SECRETARY)
    with world.refused("GY-05-02", enough=2):
        done(world, "dossier.assign/1", dossier, body, PANEL[0])
    world.appoint("o:he", "panellist").on("2026-06-20")
    with world.refused("GY-05-15", officer="o:he"):
        done(world, "dossier.assign/1", dossier, body, PANEL[0], "o:he")
    done(world, "dossier.assign/1", dossier, body, *PANEL)


def test_it_is_concluded_once_and_a_case_that_was_ended_not_at_all() -> None:
    """A second conclusion: already; an end takes two persons (GY-05-02), after which it is closed; an effect of nothing: malformed."""
    world = staffed()
    dossier, other = replied(world), replied(world)
    with world.out_of_turn("malformed", why="adverse"):
        concluded(world, dossier, finding(established=False))
    concluded(world, dossier)
    with world.out_of_turn("already"):
        concluded(world, dossier)
    with world.refused("GY-05-02", enough=2):
        ordered(world, other, "terminate", "moot")
    ordered(world, other, "terminate", "moot", CASEWORKER, SECRETARY)
    with world.out_of_turn("dossier-closed", dossier=other):
        concluded(world, other)


def test_an_accused_that_leaves_stays_a_party_with_its_key() -> None:
    """It replies after it has left, and the facts are concluded on; a new case against it GY-17-08."""
    world = staffed()
    dossier = heard(world)
    world.withdraw(ACCUSED)
    noted(world, dossier, ACCUSED, complete=True)
    concluded(world, dossier)
    with world.refused("GY-17-08", accused=ACCUSED):
        opened_case(world)


def test_a_case_is_due_within_p4_by_its_dossier_alone() -> None:
    """Until 08-30 by the dossier's id; extended and rested later; neither while it rests, nor once concluded, nor ended."""
    world = staffed()

    def due() -> list[tuple[str, str]]:
        return [(d.matter, iso(d.last)) for d in sealed_duties(world.inst, pending(world.stage.office.store))]

    dossier, other = replied(world), replied(world)
    assert sorted(due()) == sorted([(dossier, "2026-08-30"), (other, "2026-08-30")])
    ordered(world, other, "terminate", "moot", CASEWORKER, SECRETARY)
    ordered(world, dossier, "extend", "complexity")
    assert due() == [(dossier, "2026-11-28")]
    ordered(world, dossier, "pause", "authority_request")
    assert due() == []
    world.on("2026-06-05")
    ordered(world, dossier, "resume", "authority_answered")
    assert due() == [(dossier, "2026-12-02")]
    concluded(world, dossier)
    assert due() == [(dossier, "2026-06-15")]  # its result


def test_the_accused_sees_nothing_before_the_first_thing_served_and_then_all() -> None:
    """Opened: nothing, not even that there is a case; served: from entry 1; another member never."""
    world = staffed()
    dossier = opened_case(world)
    store = world.stage.office.store

    def seen(unit: str) -> list[int | None]:
        return [one.entry.rx.n for one in of_party(store, unit) if one.entry.rx.dossier == dossier]

    assert seen(ACCUSED) == [] and not of_unit(world.inst, store, ACCUSED, 0)
    served(world, dossier)
    assert seen(ACCUSED) == [1, 2]
    assert [one.id for one in of_unit(world.inst, store, ACCUSED, 0)] == [dossier]
    for unit in (FIRST, THIRD, OUTSIDER):
        assert seen(unit) == []
