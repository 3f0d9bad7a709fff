"""The course of dossiers, bent by an office that holds all its keys: its own gate refuses it, and verify names it once it was forced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from attacks.bending import REASONS, caught, found, order
from attacks.forcing import letter, recovered, strayed
from gongyue.covenant.parties import fictional_code
from gongyue.covenant.periods import from_iso
from gongyue.governance.admission import own_id
from gongyue.governance.document_retention import kept
from gongyue.transparency import canonical
from support.alliance import (
    CASEWORKER,
    FIRST,
    NOBODY,
    PANEL,
    SECRETARY,
    SYSOP,
    TWO,
    Alliance,
    paper,
    text_object,
)
from support.cases import (
    ACCUSED,
    EVIDENCE,
    REPORT,
    USERS,
    concluded,
    handled,
    heard,
    opened_case,
    ordered,
    replied,
    reported,
    rows,
    staffed,
)
from support.dossiers import (
    PETITION,
    answered,
    assigned,
    consented,
    done,
    folded,
    id_of,
    noted,
    opened,
    petition,
    published,
    signed,
)
from support.published import forced, published_by_force, run
from support.sealed import now_reads

Scene = Callable[[Alliance], str]


def asked(world: Alliance) -> str:
    """A question of the first member."""
    return id_of(world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": NOBODY}))


def found_on(world: Alliance) -> str:
    """A case with its conclusion."""
    dossier = heard(world)
    noted(world, dossier, ACCUSED, complete=True)
    concluded(world, dossier)
    return dossier


ENDED: dict[str, tuple[Scene, str, str]] = {
    "a report nobody answered": (reported, "moot", "GY-17-07"),
    "a report that was settled behind its reporter": (handled, "settled", "GY-17-07"),
    "an application": (lambda world: id_of(world.apply(50)), "moot", "GY-23-03"),
    "an application of whoever is no member, who left": (
        lambda world: id_of(world.apply(50)), "party_left", "GY-23-03",
    ),
    "a petition nobody forwarded": (petition, "moot", "wrong-ground"),
    "a petition of a member that left, they say": (petition, "party_left", "wrong-ground"),
    "a question": (asked, "settled", "wrong-ground"),
    "what a panel found": (found_on, "moot", "wrong-ground"),
    "a case against a member that left, they say": (heard, "party_left", "wrong-ground"),
}  # fmt: skip


@pytest.mark.parametrize("what", ENDED)
def test_nothing_that_is_owed_an_answer_is_ended_by_an_order(what: str) -> None:
    """Two officers call it moot or settled, or say that its unit left: a report GY-17-07, an application GY-23-03, others wrong-ground."""
    scene, ground, code = ENDED[what]
    world = staffed()
    dossier = scene(world)
    caught(world, order(world, dossier, "terminate", ground), code, dossier)


def declined(world: Alliance) -> str:
    """A report that was declined, once."""
    dossier = handled(world)
    replied(world, dossier, "declined", "no_fact")
    return dossier


def test_a_report_is_ended_once_a_decline_was_reconsidered_and_no_earlier() -> None:
    """After the first decline its reporter may still ask for that: GY-17-07; after the second it is over."""
    world = staffed()
    dossier = declined(world)
    with world.refused("GY-17-07", ground="settled"):
        world.stage.office.handle(order(world, dossier, "terminate", "settled"))
    noted(world, dossier, asks="reconsideration")
    replied(world, dossier, "declined", "no_fact", to=folded(world, dossier).last.digest)
    done_order(world, dossier, "terminate", "settled")


def done_order(world: Alliance, dossier: str, what: str, ground: str) -> None:
    world.stage.office.handle(order(world, dossier, what, ground))


def test_what_was_answered_is_ended_and_what_its_unit_left_behind() -> None:
    """A petition forwarded, a question and a petition of a unit that has left, a case with findings that were dealt with."""
    world = staffed()
    forwarded, left, question, case = petition(world), petition(world, "u:0003"), asked(world), found_on(world)
    answered(world, forwarded)
    world.withdraw("u:0003")
    world.withdraw(FIRST)
    for dossier, ground in ((forwarded, "settled"), (left, "party_left"), (question, "party_left"), (case, "settled")):
        done_order(world, dossier, "terminate", ground)
    assert found(world, forwarded, left, question, case) == (0, "")


def resting(ground: str, challenged: bool) -> Scene:
    """A case that rests on that ground, a recusal being asked for."""

    def rests(world: Alliance) -> str:
        dossier = heard(world)
        if challenged:
            noted(world, dossier, ACCUSED, asks="recusal", whom=PANEL[1])
        ordered(world, dossier, "pause", ground)
        return dossier

    return rests


CONTRADICTED: dict[str, tuple[Scene, str, str]] = {
    "the accused asked for more time": (heard, "extend", "party_request"),
    "a recusal was decided": (resting("recusal_pending", True), "resume", "recusal_decided"),
    "the authority answered": (resting("recusal_pending", True), "resume", "authority_answered"),
    "a recusal was decided that nobody asked for": (resting("authority_request", False), "resume", "recusal_decided"),
}


@pytest.mark.parametrize("what", CONTRADICTED)
def test_no_ground_is_stated_that_the_dossier_contradicts(what: str) -> None:
    """It is on the file, and stands there for ever: wrong-ground."""
    scene, ordered_, ground = CONTRADICTED[what]
    world = staffed()
    dossier = scene(world)
    caught(world, order(world, dossier, ordered_, ground, CASEWORKER), "wrong-ground", dossier)


def test_a_ground_that_the_dossier_bears_out_is_lawful() -> None:
    """A rest ends by what it was for; more time was asked for."""
    world = staffed()
    dossier = heard(world)
    noted(world, dossier, ACCUSED, asks="extension")
    ordered(world, dossier, "extend", "party_request")
    noted(world, dossier, ACCUSED, asks="recusal", whom=PANEL[1])
    ordered(world, dossier, "pause", "recusal_pending")
    done(world, "dossier.assign/1", dossier, {"role": "panel", "officers": rows(*PANEL, "o:hu")}, SECRETARY)
    ordered(world, dossier, "resume", "recusal_decided")
    assert found(world, dossier) == (0, "")


def test_an_order_does_not_undo_the_day_on_which_a_dossier_ended() -> None:
    """A petition was explained: what is ordered in it later leaves that day alone, from which its documents are kept."""
    world = staffed()
    dossier = petition(world)
    assigned(world, dossier)
    answered(world, dossier, "explained")
    ended = folded(world, dossier).ended
    done_order(world, dossier, "heard", "not_asked")
    assert ended and folded(world, dossier).ended == ended


# -- who has a hand in it


def test_a_challenged_secretary_refuses_and_grants_no_application() -> None:
    """GY-05-14, at the office and for whoever applied, also where it is granted in the open book."""
    unit = own_id(fictional_code(50))
    for type in ("membership.refuse/1", "membership.grant/1"):
        world = staffed()
        receipt = world.apply(50)
        dossier = id_of(receipt)
        done(world, "dossier.note/1", dossier, {"asks": "recusal", "whom": SECRETARY}, unit, actor=unit)
        world.stage.now += 86_400
        world.tick()
        if type == "membership.refuse/1":
            reasons, data = text_object("理由")
            body = {"unit": unit, "of": receipt.commitment, "ground": "practitioner", "reasons": reasons}
            act = signed(world, type, dossier, body, SECRETARY, files=[data])
            caught(world, act, "GY-05-14", dossier)
            continue
        line = now_reads(world.stage.office, receipt)
        act = world.stage.signed(type, "exec", {"application": canonical.digest(line)}, [SECRETARY], [line])
        with world.refused("GY-05-14", officer=SECRETARY):
            world.stage.office.handle(act)
        index = forced(world, act)
        report = run(published_by_force(world), world=world, disclosures=(("mine", opened_all(world, dossier)),))[0]
        assert report.failure is not None
        assert (report.code, report.failure.code, report.failure.index) == (3, "GY-05-14", index)


def opened_all(world: Alliance, dossier: str) -> bytes:
    """The lines of a dossier."""
    return b"".join(opened(world, dossier))


def test_a_challenged_officer_preserves_and_neither_erases_nor_lets_go() -> None:
    """It may put a document under hold; to lift that, or to erase another, is GY-05-14."""
    world = staffed()
    dossier = heard(world)
    noted(world, dossier, ACCUSED, docs=[REASONS], asks="recusal", whom=SECRETARY)
    hold: dict[str, Any] = {"docs": [EVIDENCE], "ground": "court", "lifted": False}
    done(world, "dossier.hold/1", dossier, hold, *TWO)
    lifting = signed(world, "dossier.hold/1", dossier, hold | {"lifted": True}, *TWO)
    with world.refused("GY-05-14", officer=SECRETARY):
        world.stage.office.handle(lifting)
    erasing = signed(world, "dossier.erase/1", dossier, {"docs": [REASONS], "ground": "unlawful"}, SECRETARY, SYSOP)
    caught(world, erasing, "GY-05-14", dossier)


def test_a_panellist_of_another_case_does_not_decide_on_a_challenged_secretary() -> None:
    """Nor one of this one's alone: GY-05-15, GY-05-02; in a dossier without a panel two panellists do."""
    world = staffed()
    world.appoint("o:he", "panellist").on("2026-06-20")
    dossier = heard(world)
    noted(world, dossier, ACCUSED, asks="recusal", whom=SECRETARY)
    body = {"role": "caseworker", "officers": rows(CASEWORKER)}
    caught(world, signed(world, "dossier.assign/1", dossier, body, "o:he", PANEL[0]), "GY-05-15", dossier)


def test_who_investigated_does_not_judge_once_another_has_the_file() -> None:
    """The caseworker is replaced, becomes a panellist and is put on the panel of its own investigation: GY-05-03."""
    world = staffed()
    world.appoint("o:nu", "caseworker").on("2026-06-12")
    dossier = heard(world)
    done(world, "dossier.assign/1", dossier, {"role": "caseworker", "officers": rows("o:nu")}, SECRETARY)
    world.executive("office.end/1", {"officer": CASEWORKER, "offices": ["caseworker"], "ends": "2026-06-12"}, TWO)
    world.on("2026-06-13").appoint(CASEWORKER, "panellist").on("2026-06-24")
    body = {"role": "panel", "officers": rows(CASEWORKER, *PANEL)}
    caught(world, signed(world, "dossier.assign/1", dossier, body, SECRETARY), "GY-05-03", dossier)


# -- what is kept, and what is cited


@pytest.mark.parametrize("ground", ["request", "retention"])
@pytest.mark.parametrize("doc", ["served", "given"])
def test_what_a_case_rests_on_is_not_erased_before_p17(doc: str, ground: str) -> None:
    """Evidence served, and what clears the accused: GY-20-02 while the case goes on."""
    world = staffed()
    dossier = heard(world)
    noted(world, dossier, ACCUSED, docs=[REASONS], complete=True)
    body = {"docs": [EVIDENCE if doc == "served" else REASONS], "ground": ground}
    caught(world, signed(world, "dossier.erase/1", dossier, body, SECRETARY, SYSOP), "GY-20-02", dossier)


def test_the_last_day_of_p17_still_keeps_it_and_the_next_does_not() -> None:
    """Moot on 06-01 of 2026: kept on 06-01 of 2029, erased on the day after; what nobody served at any time."""
    world = staffed()
    dossier = heard(world)
    erase = {"docs": [EVIDENCE], "ground": "retention"}
    done(world, "dossier.note/1", dossier, {"docs": [NOBODY]}, CASEWORKER)
    ordered(world, dossier, "terminate", "moot", CASEWORKER, SECRETARY)
    inst, folded_ = world.inst, folded(world, dossier)
    for day, held in (("2029-06-01", True), ("2029-06-02", False)):
        assert (EVIDENCE in kept(inst, folded_, "retention", from_iso(day))) == held
    with world.refused("GY-20-02"):
        done(world, "dossier.erase/1", dossier, erase, SECRETARY, SYSOP)
    done(world, "dossier.erase/1", dossier, erase | {"docs": [NOBODY]}, SECRETARY, SYSOP)


def test_no_finding_rests_on_what_was_erased() -> None:
    """Unlawful content goes at once, and nobody is found against on it: GY-17-06."""
    world = staffed()
    dossier = heard(world)
    noted(world, dossier, ACCUSED, complete=True)
    done(world, "dossier.erase/1", dossier, {"docs": [EVIDENCE], "ground": "unlawful"}, SECRETARY, SYSOP)
    body = {"findings": [USERS], "adverse": True, "reasons": REASONS}
    caught(world, signed(world, "case.conclude/1", dossier, body, *PANEL), "GY-17-06", dossier)


# -- petitions


def test_the_authority_has_not_answered_before_it_was_asked() -> None:
    """Its letter is dated the day before the petition was forwarded: past-date; of that day it is taken."""
    world = staffed()
    dossier = petition(world)
    answered(world, dossier)
    body = {"answer": "replied", "docs": [REASONS]}
    for day in ("2026-05-31", "2026-06-01"):
        act = signed(world, "petition.answer/1", dossier, body, *TWO, paper=paper("函", day, "2026-06-01"))
        if day == "2026-06-01":
            world.stage.office.handle(act)
        else:
            with world.out_of_turn("past-date", at=day, since="2026-06-01"):
                world.stage.office.handle(act)
    assert found(world, dossier) == (0, "")


def test_a_petition_taken_back_is_not_published_on_an_earlier_consent() -> None:
    """GY-14-05, with all of its dossier; with less of it, its member finds not-whole."""
    world = staffed()
    dossier = petition(world)
    answered(world, dossier)
    text = consented(world, dossier)
    noted(world, dossier, withdrawn=True)
    world.stage.now += 86_400
    world.tick()
    with world.refused("GY-14-05", text=text):
        published(world, dossier, text)


# -- a dossier whose opening is void


@pytest.mark.parametrize("type", ["case.open/1", "report.file/1", "petition.submit/1"])
def test_in_a_dossier_that_a_false_time_opened_nothing_is_done(type: str) -> None:
    """Officers opened it in a false time, so it is void: whatever is done in it afterwards is refused as in a closed one, and never breaks down."""
    world = staffed()
    world.stage.now += 60
    world.unit("membership.declare/1", FIRST, {"activities": ["analysis"], "other": ""})
    back = world.inst.now
    strayed(world)
    openers: dict[str, Callable[[], str]] = {
        "case.open/1": lambda: opened_case(world),
        "report.file/1": lambda: id_of(world.stage.do(type, FIRST, REPORT, TWO, paper=letter(world))),
        "petition.submit/1": lambda: id_of(world.stage.do(type, FIRST, PETITION, TWO, paper=letter(world))),
    }
    dossier = openers[type]()
    world.stage.now += 60
    recovered(world, back + 60)
    world.stage.now += 60
    body: dict[str, Any] = {"findings": [USERS], "adverse": True, "reasons": REASONS}
    act = signed(world, "case.conclude/1", dossier, body, *PANEL)
    if type != "case.open/1":
        act = signed(
            world, "dossier.assign/1", dossier, {"role": "caseworker", "officers": rows(CASEWORKER)}, SECRETARY
        )
    caught(world, act, "dossier-closed", dossier)
