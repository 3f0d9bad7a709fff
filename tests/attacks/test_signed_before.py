"""Signing before there was anything to know, and what an amendment, a court or a reputation is worth, with all of the office's keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from attacks.bending import caught, found, order, refused_at_the_gate
from attacks.forcing import letter
from gongyue.book.entry import SignedAct
from gongyue.covenant.changes import TextEdit
from gongyue.covenant.periods import DAY, day_of, iso
from gongyue.demo.simulated_office import document_of
from gongyue.governance.dossier import MEMBERS
from support.alliance import CASEWORKER, FIRST, PANEL, SECRETARY, SYSOP, TWO, Alliance, commitment_to, paper
from support.bulletins import ANONYMOUS, closed_case, issue, result
from support.bulletins import conclusion as conclusion_of
from support.cases import (
    ACCUSED,
    CANCELLATION,
    CIRCULAR,
    EVIDENCE,
    FACTORS,
    FACTS,
    HU,
    LIGHTER,
    REPLY,
    REVIEWERS,
    USERS,
    cancelled,
    case_body,
    concluded,
    ended,
    handled,
    heard,
    linked,
    offered,
    opened_case,
    ordered,
    proposed,
    received,
    reported,
    rows,
    served,
    staffed,
    told,
    with_reviewers,
)
from support.cases import found as concluded_case
from support.dossiers import assigned, done, folded, forced_in, noted, signed
from support.editions import change_of


def conclusion(world: Alliance, dossier: str, *signers: str) -> SignedAct:
    """The panel's conclusion, not handed in."""
    body = {"findings": [USERS], "adverse": True, "reasons": commitment_to("结论的理由")}
    return signed(world, "case.conclude/1", dossier, body, *(signers or PANEL))


def decision(world: Alliance, dossier: str, *signers: str) -> SignedAct:
    """The panel's decision to cancel, not handed in."""
    body = {name: commitment_to(name) for name in FACTORS} | {"kind": CANCELLATION, "lighter": LIGHTER}
    return signed(world, "case.decide/1", dossier, body, *(signers or PANEL))


def proposal(world: Alliance, dossier: str, kind: str | None = CANCELLATION) -> SignedAct:
    """A proposal, not handed in."""
    body = {"kind": kind, "reasons": commitment_to("另一次拟处理的理由")}
    return signed(world, "case.propose/1", dossier, body, *PANEL)


# -- signed before the accused had spoken


def test_a_conclusion_signed_in_the_time_for_the_reply_is_not_recorded_after_it() -> None:
    """Signed on 06-11, recorded on 06-17: GY-17-04; signed on that day it is taken."""
    world = staffed()
    dossier = heard(world)
    act = conclusion(world.on("2026-06-11"), dossier)
    refused_at_the_gate(world.on("2026-06-17"), act, "GY-17-04")
    world.stage.office.handle(conclusion(world, dossier))
    assert found(world, dossier) == (0, "")


@pytest.mark.parametrize("complete", [False, True])
def test_a_conclusion_has_seen_the_reply(complete: bool) -> None:
    """The panel signs upon the evidence, the accused replies, the office records the conclusion behind it: GY-17-04."""
    world = staffed()
    dossier = heard(world)
    if not complete:
        world.on("2026-06-16")
    act = conclusion(world, dossier)
    world.stage.now += 60
    noted(world, dossier, ACCUSED, docs=[REPLY], complete=complete)
    world.stage.now += DAY if not complete else 60
    caught(world, act, "GY-17-04", dossier)


def test_what_came_after_its_time_makes_no_signature_stale() -> None:
    """A note of 06-17, the day after the last: a conclusion signed before it that day is taken."""
    world = staffed()
    dossier = heard(world)
    act = conclusion(world.on("2026-06-17"), dossier)
    noted(world, dossier, ACCUSED, docs=[REPLY])
    world.stage.office.handle(act)


@pytest.mark.parametrize("how", ["hearing", "time", "receipt"])
def test_a_decision_is_not_signed_before_the_hearing(how: str) -> None:
    """Before the record of the hearing, before P3 is over, before the proposal was received: GY-18-06."""
    world = staffed()
    dossier = concluded_case(world)
    proposed(world, dossier)
    if how != "receipt":
        told(world, dossier)
    if how == "hearing":
        noted(world, dossier, ACCUSED, asks="hearing")
    act = decision(world, dossier)
    world.stage.now += 60
    if how == "hearing":
        ordered(world, dossier, "heard", "held")
    elif how == "time":
        world.on("2026-06-12")
    else:
        told(world, dossier)
        noted(world, dossier, ACCUSED, complete=True)
    world.stage.now += 60
    caught(world, act, "GY-18-06", dossier)


def test_a_panel_goes_on_from_what_it_has_seen() -> None:
    """Two who came since the conclusion propose a sanction on a file in which nothing was concluded yet: dossier-unseen."""
    world = with_reviewers()
    dossier = heard(world)
    noted(world, dossier, ACCUSED, complete=True)
    body = {"kind": CANCELLATION, "reasons": commitment_to("拟处理的理由")}
    later = world.stage.now + 5 * DAY
    act = signed(world, "case.propose/1", dossier, body, *REVIEWERS[:2], at=later)
    concluded(world, dossier)
    assigned(world, dossier, "panel", (HU, *REVIEWERS[:2]))
    world.stage.now = later
    caught(world, act, "dossier-unseen", dossier)


def test_a_hearing_is_not_held_before_it_was_asked_for() -> None:
    """The caseworker signs that the accused was heard, then it asks to be: dossier-unseen."""
    world = staffed()
    dossier = offered(world)
    act = order(world, dossier, "heard", "held", CASEWORKER)
    world.stage.now += 60
    noted(world, dossier, ACCUSED, asks="hearing")
    world.stage.now += 60
    caught(world, act, "dossier-unseen", dossier)


def test_a_challenge_is_not_decided_before_it_was_made() -> None:
    """The secretary signs the same panel once more, then one of it is challenged: recorded behind that, dossier-unseen."""
    world = staffed()
    dossier = heard(world)
    body = {"role": "panel", "officers": rows(*PANEL, HU)}
    act, other = (
        signed(world, "dossier.assign/1", dossier, one, SECRETARY)
        for one in (body, body | {"role": "caseworker", "officers": rows(CASEWORKER)})
    )
    world.stage.now += 60
    noted(world, dossier, ACCUSED, asks="recusal", whom=PANEL[0])
    world.stage.now += 60
    world.stage.office.handle(other)  # of another role: it decides nothing
    assert folded(world, dossier).challenged == {PANEL[0]}
    caught(world, act, "dossier-unseen", dossier)


@pytest.mark.parametrize("way", ["paper", "renewed"])
def test_that_a_file_is_complete_says_nothing_of_what_came_after_it(way: str) -> None:
    """Signed upon the notice alone, kept back, and recorded once the evidence was received as paper says: no reply to it, GY-17-04."""
    world = staffed()
    dossier = opened_case(world)
    served(world, dossier)
    received(world, dossier)
    act = signed(world, "dossier.note/1", dossier, {"complete": True}, ACCUSED, actor=ACCUSED)
    world.stage.now += 60
    served(world, dossier, "evidence")
    received(world, dossier, paper=letter(world))
    served(world, dossier, "recorded", commitment_to("告知"))
    world.stage.now += 60
    world.stage.office.handle(act)
    if way == "paper":
        caught(world, conclusion(world, dossier), "GY-17-04", dossier)
    else:
        noted(world, dossier, ACCUSED, complete=True)
        world.stage.office.handle(conclusion(world, dossier))


# -- said in its name


def on_paper(world: Alliance, dossier: str, **body: Any) -> None:
    """Two officers record a letter of the accused, invented perhaps, and tell it so at once."""
    done(world, "dossier.note/1", dossier, body, *TWO, actor=ACCUSED, paper=letter(world))
    served(world, dossier, "recorded", commitment_to("告知"))


def test_a_letter_that_its_unit_denies_ends_no_reply() -> None:
    """All is said, says a letter of 06-01; told, its unit writes on 06-02 that it is none of its own: on 06-06 GY-17-04; undenied it counts."""
    world = staffed()
    dossier, other = heard(world), heard(world)
    on_paper(world, dossier, complete=True)
    on_paper(world, other, complete=True)
    noted(world.on("2026-06-02"), dossier, ACCUSED, docs=[REPLY])
    world.on("2026-06-06")
    world.stage.office.handle(conclusion(world, other))
    caught(world, conclusion(world, dossier), "GY-17-04", dossier, other)


def test_a_review_that_others_asked_for_takes_no_day_from_its_unit() -> None:
    """A review is asked for by a letter of 06-01, told: upheld on 06-05 it would have cost the unit its own. Not before 06-17; its own comes first."""
    world = with_reviewers()
    dossier, other = cancelled(world), cancelled(world)
    asked = []
    for one in (dossier, other):
        on_paper(world, one, asks="review")
        asked.append(folded(world, one).entries[-2].digest)
        assigned(world, one, "reviewers", REVIEWERS)
    body = {"outcome": "upheld", "kind": None, "reasons": commitment_to("复核的理由")}
    world.on("2026-06-16")
    act = signed(world, "case.review/1", dossier, body, *REVIEWERS[:2], to=asked[0])
    refused_at_the_gate(world, act, "not-open")
    noted(world, other, ACCUSED, asks="review")
    world.on("2026-06-17")
    world.stage.office.handle(signed(world, "case.review/1", dossier, body, *REVIEWERS[:2], to=asked[0]))
    caught(
        world,
        signed(world, "case.review/1", other, body, *REVIEWERS[:2], to=asked[1]),
        "dossier-unanswered",
        dossier,
        other,
    )


# -- proposed, declined, erased


@pytest.mark.parametrize("kind", [None, CIRCULAR])
def test_no_graver_sanction_is_held_open_by_a_lesser_proposal(kind: str | None) -> None:
    """Nothing, or a circular, is proposed in time and never served; weeks later a cancellation: GY-18-14. No heavier than in time it may be."""
    world = staffed()
    dossier, other = concluded_case(world), concluded_case(world)
    proposed(world, dossier, kind)
    proposed(world, other)
    world.on("2026-06-11")
    act = proposal(world, other)
    world.stage.office.handle(act)
    world.on("2026-06-29")
    proposed(world, other)
    caught(world, proposal(world, dossier), "GY-18-14", dossier, other)


def test_conduct_that_went_on_is_not_declined_as_from_before() -> None:
    """From 03-01 to 05-20, in force since 03-20: the part since counts, GY-17-07."""
    world = staffed()
    report = handled(world, begins="2026-03-01")
    link, line = linked(world, (report, 1))
    body = {"answer": "declined", "ground": "before", "reasons": commitment_to("理由"), "link": link}
    act = signed(world, "report.answer/1", report, body, CASEWORKER, files=[line])
    caught(world, act, "GY-17-07", report)


def test_nobody_is_sanctioned_on_a_finding_whose_evidence_was_erased() -> None:
    """Found, its evidence erased as unlawful: GY-18-01; that nothing follows may be proposed."""
    world = staffed()
    dossier = concluded_case(world)
    done(world, "dossier.erase/1", dossier, {"docs": [EVIDENCE], "ground": "unlawful"}, SECRETARY, SYSOP)
    refused_at_the_gate(world, proposal(world, dossier), "GY-18-01")
    proposed(world, dossier, None)
    other = offered(world)
    noted(world, other, ACCUSED, complete=True)
    done(world, "dossier.erase/1", other, {"docs": [EVIDENCE], "ground": "unlawful"}, SECRETARY, SYSOP)
    caught(world, decision(world, other), "GY-18-01", dossier, other)


@pytest.mark.parametrize("ground", ["request", "retention"])
def test_what_a_report_rests_on_is_not_erased_while_it_waits(ground: str) -> None:
    """Its facts, and what its reporter added: GY-20-02; withdrawn it may be."""
    world = staffed()
    report = handled(world)
    noted(world, report, docs=[REPLY])
    for doc in (FACTS, REPLY):
        body = {"docs": [doc], "ground": ground}
        refused_at_the_gate(world, signed(world, "dossier.erase/1", report, body, SECRETARY, SYSOP), "GY-20-02")
    other = handled(world)
    noted(world, other, withdrawn=True)
    done(world, "dossier.erase/1", other, {"docs": [FACTS], "ground": ground}, SECRETARY, SYSOP)
    body = {"docs": [FACTS], "ground": ground}
    caught(world, signed(world, "dossier.erase/1", report, body, SECRETARY, SYSOP), "GY-20-02", report, other)


def test_what_restores_a_reputation_stays_as_long_as_what_it_made_good() -> None:
    """The accusation stays and its undoing goes: GY-20-02; first the one, then the other."""
    world = staffed()
    result(world, closed_case(world))
    issue(world, f"恢复名誉\n{world.inst.units[ACCUSED].name}没有其事。", *TWO, kind="rehabilitation", replaces=1)
    accusing, restored = (folded(world, MEMBERS).issued[n].text for n in (1, 2))
    with world.refused("GY-20-02"):
        done(world, "dossier.erase/1", MEMBERS, {"docs": [restored], "ground": "retention"}, SECRETARY, SYSOP)
    for doc in (accusing, restored):
        done(world, "dossier.erase/1", MEMBERS, {"docs": [doc], "ground": "retention"}, SECRETARY, SYSOP)


# -- from one dossier into another


def test_what_the_accused_handed_in_is_not_served_on_the_reporter() -> None:
    """Under its commitment: dossier/same-document for whoever opens both; with a fresh salt nobody can tell."""
    world = staffed()
    report, dossier = handled(world), opened_case(world)
    served(world, dossier)
    noted(world, dossier, ACCUSED, docs=[REPLY])
    for doc, outcome in ((commitment_to("另取盐的答复"), (0, "")), (REPLY, (3, "dossier/same-document"))):
        done(world, "dossier.serve/1", report, {"what": "reply", "docs": [doc]}, CASEWORKER)
        assert found(world, report, dossier) == outcome
    assert found(world, dossier) == (0, "")


def test_who_took_up_a_report_does_not_judge_what_came_of_it() -> None:
    """A caseworker had the report, is a panellist now, and is put on the panel: GY-05-03, for whoever opens both."""
    world = staffed()
    world.appoint("o:nu", "caseworker").on("2026-06-12")
    report = reported(world)
    assigned(world, report, "caseworker", ("o:nu",))
    world.executive("office.end/1", {"officer": "o:nu", "offices": ["caseworker"], "ends": "2026-06-12"}, TWO)
    world.on("2026-06-13").appoint("o:nu", "panellist").on("2026-06-24")
    link, line = linked(world, (report, 1))
    body = case_body(link=link, panel=rows("o:nu", *PANEL))
    act = world.stage.signed("case.open/1", "exec", body, (CASEWORKER, SECRETARY), [line])
    refused_at_the_gate(world, act, "GY-05-03")
    forced_in(world, act)
    world.stage.now += 60
    noted(world, report, docs=[REPLY])  # so that its dossier is known to be whole
    case = f"d:{act.digest.removeprefix('sha256:')}"
    assert found(world, case) == (0, "")
    assert found(world, report, case, lines=line) == (3, "GY-05-03")


def by_an_interest(role: str) -> Callable[[Alliance, str], dict[str, Any]]:
    """Who has that role declares an interest in the reporter."""

    def body(world: Alliance, report: str) -> dict[str, Any]:
        biased = rows(*((CASEWORKER,) if role == "caseworker" else (*PANEL, HU)), interests=(FIRST,))
        return case_body(**{role: biased[0] if role == "caseworker" else biased})

    return body


def by_challenged(whom: str) -> Callable[[Alliance, str], dict[str, Any]]:
    """The reporter asked for the recusal of one who opens or judges, and nobody decided that."""

    def body(world: Alliance, report: str) -> dict[str, Any]:
        noted(world, report, asks="recusal", whom=whom)
        return case_body()

    return body


BIASED: dict[str, tuple[Callable[[Alliance, str], dict[str, Any]], str]] = {
    "its caseworker": (by_an_interest("caseworker"), "GY-17-05"),
    "its judges": (by_an_interest("panel"), "GY-18-09"),
    "a challenged caseworker": (by_challenged(CASEWORKER), "GY-05-14"),
    "a challenged secretary": (by_challenged(SECRETARY), "GY-05-14"),
    "a challenged judge": (by_challenged(PANEL[1]), "GY-05-14"),
}


@pytest.mark.parametrize("whose", BIASED)
def test_no_case_is_opened_on_a_report_by_whom_its_reporter_need_not_trust(whose: str) -> None:
    """At the office, and for whoever opens both dossiers; the accused, which opens its own, finds nothing, and learns of no reporter."""
    make, code = BIASED[whose]
    world = staffed()
    report = handled(world)
    made = make(world, report)
    link, line = linked(world, (report, 1))
    act = world.stage.signed("case.open/1", "exec", made | {"link": link}, (CASEWORKER, SECRETARY), [line])
    refused_at_the_gate(world, act, code)
    forced_in(world, act)
    world.stage.now += 60
    noted(world, report, docs=[REPLY])
    case = f"d:{act.digest.removeprefix('sha256:')}"
    assert found(world, case) == (0, "")
    assert found(world, report, case, lines=line) == (3, code)


# -- what a court ordered


def forbid(world: Alliance, type: str, party: str) -> None:
    """A court forbids that to, or about, that party, from today on."""
    day = iso(day_of(world.stage.now))
    body = {"order": "l:1", "source": "法院", "forbids": [type], "party": party, "begins": day, "ends": None}
    world.executive("law.order/1", body, TWO, paper=paper("裁定", day, day))


def test_an_order_that_protects_a_unit_stops_what_is_done_to_it() -> None:
    """The court names the unit, as courts do: its membership does not end, GY-20-01; another's does."""
    world = with_reviewers()
    dossier, other = cancelled(world), cancelled(world, accused="u:0003")
    world.on("2026-06-17").tick()
    forbid(world, "membership.end/1", ACCUSED)
    with world.refused("GY-20-01", order="l:1"):
        ended(world, dossier)
    ended(world, other, "u:0003")


def test_an_order_that_protects_a_unit_stops_the_decision_in_its_case() -> None:
    """In its dossier GY-20-01, for the unit itself too; in another's it is decided."""
    world = staffed()
    dossier, other = offered(world), offered(world, accused="u:0003")
    noted(world, dossier, ACCUSED, complete=True)
    noted(world, other, "u:0003", complete=True)
    forbid(world, "case.decide/1", ACCUSED)
    world.stage.office.handle(decision(world, other))
    caught(world, decision(world, dossier), "GY-20-01", dossier, other)


def test_an_order_that_protects_a_unit_stops_its_result_though_it_names_nobody() -> None:
    """GY-20-01 at the gate, and for the accused, which opens the link; another member sees nothing wrong."""
    world = staffed()
    case = closed_case(world, USERS | {"established": False, "evidence": []}, adverse=False)
    forbid(world, "bulletin.result/1", ACCUSED)
    world.stage.now += 60
    text, words = document_of(ANONYMOUS)
    link, line = linked(world, (case, conclusion_of(world, case)))
    body = {"text": text, "names": None, "replaces": None, "review": None, "link": link}
    act = world.stage.signed("bulletin.result/1", "exec", body, TWO, [words, line])
    refused_at_the_gate(world, act, "GY-20-01")
    forced_in(world, act)
    world.stage.now += 60
    noted(world, case, ACCUSED, docs=[REPLY])  # so that its dossier is known to be whole
    assert found(world, MEMBERS) == (0, "")
    assert found(world, MEMBERS, case, lines=line) == (3, "GY-20-01")


# -- what the text said then


LISTED = "给予在公约成员单位内部通报、罚款或取消公约成员资格的处理"


def amended() -> Alliance:
    """Since 07-03 the text lists a fine, between the other two."""
    world = staffed()
    edit = TextEdit("18", "内部通报或取消公约成员资格", "内部通报、罚款或取消公约成员资格")
    world.amended(change_of(world.inst.meaning.edition_digest, edit, bound={"sanction.list": ("18", LISTED)}))
    return world.on(iso(day_of(world.stage.now) + 2))


@pytest.mark.slow(3)
def test_a_sanction_added_since_the_conduct_is_not_imposed() -> None:
    """Conduct of May, a case after the amendment: no fine, GY-18-03, but what the text named then; of conduct since, a fine."""
    world = amended()
    day = iso(day_of(world.stage.now))
    before, since = concluded_case(world), concluded_case(world, begins=day, ends=day)
    proposed(world, since, "罚款")
    world.stage.office.handle(proposal(world, concluded_case(world)))
    caught(world, proposal(world, before, "罚款"), "GY-18-03", before, since)


ADDED = "自觉接受同业评议"
DUTY: dict[str, Any] = USERS | {"article": "11", "clause": "conduct.duties"}


def with_a_new_duty(world: Alliance) -> Alliance:
    """An amendment that puts a duty into article 11, which had none, in force for two days."""
    edit = TextEdit("11", "共同创造良好的行业发展环境。", f"共同创造良好的行业发展环境，{ADDED}。")
    bound, others = {"conduct.duties": ("11", ADDED)}, {("conduct.duties", "9"): "倡议，不是义务"}
    world.amended(change_of(world.inst.meaning.edition_digest, edit, bound=bound, others=others))
    return world.on(iso(day_of(world.stage.now) + 2))


def on_article_11(world: Alliance, dossier: str) -> SignedAct:
    """The panel finds the duty of article 11 breached; not handed in."""
    body = {"findings": [DUTY], "adverse": True, "reasons": commitment_to("结论的理由")}
    return signed(world, "case.conclude/1", dossier, body, *PANEL)


def ready(world: Alliance, **other: Any) -> str:
    """A case on article 11 whose accused has said all."""
    dossier = heard(world, articles=["11"], **other)
    noted(world, dossier, ACCUSED, complete=True)
    return dossier


@pytest.mark.slow(3)
def test_no_breach_is_found_of_a_duty_added_since_the_conduct_or_since_the_opening() -> None:
    """Conduct of May, opened after the amendment, or before it and concluded after: no such clause; of conduct since, it is one."""
    world = staffed()
    opened_before = ready(world)
    with_a_new_duty(world)
    day = iso(day_of(world.stage.now))
    before, since = ready(world), ready(world, begins=day, ends=day)
    refused_at_the_gate(world, on_article_11(world, before), "not-found")
    world.stage.office.handle(on_article_11(world, since))
    caught(world, on_article_11(world, opened_before), "not-found", opened_before, since)


@pytest.mark.slow(3)
def test_a_sanction_added_since_the_conclusion_is_not_imposed() -> None:
    """Concluded and proposed before the amendment, decided after it: of what the text listed when the case was opened."""
    world = staffed()
    dossier = offered(world)
    noted(world, dossier, ACCUSED, complete=True)
    edit = TextEdit("18", "内部通报或取消公约成员资格", "内部通报、罚款或取消公约成员资格")
    world.amended(change_of(world.inst.meaning.edition_digest, edit, bound={"sanction.list": ("18", LISTED)}))
    world.on(iso(day_of(world.stage.now) + 2))
    body = {name: commitment_to(name) for name in FACTORS} | {"lighter": LIGHTER}
    fine = signed(world, "case.decide/1", dossier, body | {"kind": "罚款"}, *PANEL)
    caught(world, fine, "GY-18-03", dossier)


def test_nobody_joins_a_report_to_a_case_that_it_judges() -> None:
    """A panellist that is the caseworker of another report: GY-05-03, for whoever opens both; another caseworker joins it."""
    world = staffed()
    world.appoint("o:nu", "panellist").on("2026-06-12")
    report, case = reported(world), opened_case(world, panel=rows("o:nu", *PANEL))
    world.executive("office.end/1", {"officer": "o:nu", "offices": ["panellist"], "ends": "2026-06-12"}, TWO)
    world.on("2026-06-13").appoint("o:nu", "caseworker").on("2026-06-24")
    assigned(world, report, "caseworker", ("o:nu",))
    link, line = linked(world, (case, 1))
    body = {"answer": "joined", "ground": None, "reasons": commitment_to("并案"), "link": link}
    act = signed(world, "report.answer/1", report, body, "o:nu", files=[line])
    refused_at_the_gate(world, act, "GY-05-03")
    forced_in(world, act)
    world.stage.now += 60
    noted(world, report, docs=[REPLY])  # so that both dossiers are known to be whole
    served(world, case)
    assert found(world, report) == (0, "")
    assert found(world, report, case, lines=line) == (3, "GY-05-03")


def test_a_caseworker_that_judges_nothing_joins_it() -> None:
    """The same report, the same case, its caseworker of no panel."""
    world = staffed()
    report, case = reported(world), opened_case(world)
    assigned(world, report)
    link, line = linked(world, (case, 1))
    body = {"answer": "joined", "ground": None, "reasons": commitment_to("并案"), "link": link}
    done(world, "report.answer/1", report, body, CASEWORKER, files=[line])


# -- told to all members


NAMELESS: dict[str, Callable[[Alliance], str]] = {
    "nobody": lambda world: "恢复名誉\n前一公告所载不实。",
    "another": lambda world: f"恢复名誉\n{world.inst.units['u:0003'].name}没有其事。",
}


@pytest.mark.parametrize("whom", NAMELESS)
def test_a_reputation_is_restored_by_name(whom: str) -> None:
    """A result named it; what takes its place names it too: GY-14-06."""
    world = staffed()
    result(world, closed_case(world))
    text = NAMELESS[whom](world)
    with world.refused("GY-14-06", enough=world.inst.units[ACCUSED].name):
        issue(world, text, *TWO, kind="rehabilitation", replaces=1)
    issue(world, f"恢复名誉\n{world.inst.units[ACCUSED].name}没有其事。", *TWO, kind="rehabilitation", replaces=1)


@pytest.mark.parametrize("said", ["予以内部通报", "取消公约成员资格", "給予處分", "已被除名"])
def test_a_sanction_is_told_of_nobody_by_a_piece_of_news(said: str) -> None:
    """A single clerk says that a unit was sanctioned, in no case: GY-13-01; of nobody in particular it may be told."""
    world = staffed()
    with world.refused("GY-13-01"):
        issue(world, f"自律信息\n{world.inst.units[ACCUSED].name}{said}。")
    issue(world, f"自律信息\n第十八条：{said}。")
