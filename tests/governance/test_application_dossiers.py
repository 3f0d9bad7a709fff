"""The dossier of an application: who applies notes and withdraws in it with the key it brings; refusal and grant end it (article 23)."""

from __future__ import annotations

import pytest

from gongyue.book.receipts import Receipt
from gongyue.covenant.parties import fictional_code
from gongyue.office.applications import applications
from gongyue.office.due_list import due
from gongyue.office.owed_acts import pending
from gongyue.verifying.verify import Request, verify
from support.alliance import CASEWORKER, FIRST, SECRETARY, TWO, Alliance, paper
from support.dossiers import assigned, commitments, done, folded, id_of, noted, opened
from support.published import files_of, forced, vkey

APPLICANT, OTHER = (f"u:{fictional_code(n).lower()}" for n in (50, 51))


@pytest.fixture
def world() -> Alliance:
    """Five members, on 2026-05-06."""
    return Alliance(members=5, initiators=2).in_force().on("2026-05-06")


def state(world: Alliance, unit: str = APPLICANT) -> str:
    """Where the unit's last application stands."""
    return list(applications(world.inst, world.stage.office.store, unit))[-1].state


def owed(world: Alliance) -> list[str]:
    """Whose applications wait to be decided."""
    found = due(world.inst, pending(world.stage.office.store), world.stage.now // 86_400 + 719_163)
    return [one.matter for one in found if one.act == "membership.grant/1"]


def withdrawn(world: Alliance, receipt: Receipt, unit: str = APPLICANT) -> Receipt:
    """Who applied takes it back."""
    return noted(world, id_of(receipt), unit, withdrawn=True)


def test_who_applies_notes_in_its_own_dossier_with_the_key_it_brings(world: Alliance) -> None:
    """It is in no roll and its key in no book; nobody else's key does, nor does its own in another's dossier."""
    dossier, theirs = id_of(world.apply(50)), id_of(world.apply(51))
    assert APPLICANT not in world.inst.units
    noted(world, dossier, APPLICANT, docs=commitments("营业执照"))
    noted(world, dossier, APPLICANT, complete=True)
    assert [one.type for one in folded(world, dossier).entries] == ["membership.apply/1", *["dossier.note/1"] * 2]
    body = {"complete": True}
    for signer, place, actor in ((OTHER, dossier, APPLICANT), (OTHER, dossier, OTHER), (APPLICANT, theirs, OTHER)):
        with world.out_of_turn("unknown-key" if actor == APPLICANT or signer != actor else "not-found"):
            done(world, "dossier.note/1", place, body, signer, actor=actor)
    with world.refused("GY-04-01"):
        done(world, "dossier.note/1", dossier, body, FIRST, actor=APPLICANT)


def test_the_key_of_an_application_signs_nothing_else(world: Alliance) -> None:
    """Neither in the open book, nor a petition: there it is unknown."""
    world.apply(50)
    for type, body in (
        ("membership.declare/1", {"activities": ["analysis"], "other": ""}),
        ("petition.submit/1", {"kind": "wish", "text": commitments("意愿")[0]}),
    ):
        with world.out_of_turn("unknown-key"):
            world.unit(type, APPLICANT, body)


def test_a_withdrawn_application_is_over_and_can_be_made_again(world: Alliance) -> None:
    """Nothing is owed, no note follows, it is neither refused nor granted; a new one is decided like any other."""
    first = world.apply(50)
    assert (state(world), owed(world)) == ("waiting", [APPLICANT])
    withdrawn(world, first)
    assert (state(world), owed(world), folded(world, id_of(first)).closed) == ("withdrawn", [], True)
    with world.out_of_turn("dossier-closed"):
        noted(world, id_of(first), APPLICANT, complete=True)
    with world.out_of_turn("already"):
        world.refusal(APPLICANT, first.commitment)
    world.stage.now += 86_400
    world.tick()
    with world.out_of_turn("dossier-closed", dossier=id_of(first)):
        world.open_application(first)
    world.grant(world.apply(50))
    assert state(world) == "granted" and APPLICANT in world.inst.members


def test_a_refused_application_is_over_and_is_not_granted_after_all(world: Alliance) -> None:
    """The refusal closes its dossier; receiving what is served there is still possible."""
    first = world.apply(50)
    dossier = id_of(first)
    assigned(world, dossier)
    done(world, "dossier.serve/1", dossier, {"what": "notice", "docs": commitments("通知")}, CASEWORKER)
    world.refusal(APPLICANT, first.commitment)
    assert (state(world), owed(world)) == ("refused", [])
    for body in ({"complete": True}, {"withdrawn": True}):
        with world.out_of_turn("dossier-closed"):
            noted(world, dossier, APPLICANT, **body)
    done(world, "dossier.receive/1", dossier, {"docs": commitments("通知")}, APPLICANT, actor=APPLICANT)
    world.stage.now += 86_400
    world.tick()
    with world.out_of_turn("dossier-closed"):
        world.open_application(first)


def test_a_granted_application_is_over(world: Alliance) -> None:
    """Neither withdrawn nor refused any more, nor noted in; documents are still held."""
    first = world.apply(50)
    noted(world, id_of(first), APPLICANT, docs=commitments("营业执照"))
    world.grant(first)
    world.compare(APPLICANT)
    for body in ({"withdrawn": True}, {"complete": True}):
        with world.out_of_turn("dossier-closed"):
            noted(world, id_of(first), APPLICANT, **body)
    with world.out_of_turn("already"):
        world.refusal(APPLICANT, first.commitment)
    held = {"docs": commitments("营业执照"), "ground": "court", "lifted": False}
    done(world, "dossier.hold/1", id_of(first), held, *TWO)


def test_a_former_member_s_new_application_is_open(world: Alliance) -> None:
    """What it once was closes nothing that it asks for now."""
    world.end("u:0004")
    again = world.stage.do("membership.apply/1", "u:0004", _as_before(world), ["u:0004"])
    noted(world, id_of(again), "u:0004", complete=True)
    assert state(world, "u:0004") == "waiting"


def _as_before(world: Alliance) -> dict[str, object]:
    """The application of a unit that has left, with the key it has."""
    unit = world.inst.units["u:0004"]
    (key,) = (kid for kid in world.inst.keys_of("u:0004"))
    return {
        "name": f"{unit.name}公司", "code": unit.code, "domestic": True, "accepts": True, "activities": ["vertical"], "other": "",
        "key": key, "alg": "ed25519",
    }  # fmt: skip


@pytest.mark.parametrize("how", ["withdrawn", "refused"])
def test_verify_finds_a_grant_of_what_was_over(how: str, world: Alliance) -> None:
    """By an office that asks no law: nobody sees it from the open book; with the dossier disclosed it is exit 3, at the grant."""
    from gongyue.transparency import canonical
    from support.sealed import now_reads

    first = world.apply(50)
    if how == "withdrawn":
        withdrawn(world, first)
    else:
        world.refusal(APPLICANT, first.commitment)
    world.stage.now += 86_400
    world.tick()
    line = now_reads(world.stage.office, first)
    grant = world.stage.signed(
        "membership.grant/1", "exec", {"application": canonical.digest(line)}, [SECRETARY], [line]
    )
    index = forced(world, grant)
    files, mine = files_of(world), b"".join(opened(world, id_of(first)))
    assert verify(files.__getitem__, Request(vkey(world)))[0].code == 0
    report = verify(files.__getitem__, Request(vkey(world), disclosures=(("mine.jsonl", mine),)))[0]
    assert report.failure is not None
    assert (report.code, report.failure.index, report.failure.code) == (3, index, "out-of-turn/dossier-closed")


def test_verify_accepts_an_application_that_was_granted_and_one_that_was_withdrawn(world: Alliance) -> None:
    """With all of both dossiers disclosed."""
    first, second = world.apply(50), world.apply(51)
    noted(world, id_of(first), APPLICANT, complete=True)
    withdrawn(world, second, OTHER)
    world.grant(first)
    mine = b"".join(opened(world, id_of(first)) + opened(world, id_of(second)))
    report = verify(files_of(world).__getitem__, Request(vkey(world), disclosures=(("all.jsonl", mine),)))[0]
    assert (report.code, report.failure) == (0, None)


def test_a_petition_that_was_terminated_is_owed_nothing(world: Alliance) -> None:
    """Its member left, and it is ended: it is on no due list any more, nor called late."""
    dossier = id_of(world.unit("petition.submit/1", FIRST, {"kind": "wish", "text": commitments("意愿")[0]}))
    found = due(world.inst, pending(world.stage.office.store), 739_800)
    assert [one.act for one in found if one.matter == FIRST] == ["petition.answer/1"]
    order = {"what": "terminate", "ground": "party_left", "reasons": commitments("理由")[0]}
    assigned(world, dossier)
    world.withdraw(FIRST)
    done(world, "dossier.order/1", dossier, order, CASEWORKER)
    assert folded(world, dossier).ended
    found = due(world.inst, pending(world.stage.office.store), 739_800)
    assert not [one for one in found if one.matter == FIRST]


def test_who_lost_its_key_withdraws_by_letter(world: Alliance) -> None:
    """Two officers record it from the stamped letter, although the book does not know the applicant."""
    first = world.apply(50)
    letter = paper("函 撤回", "2026-05-06", "2026-05-06")
    done(world, "dossier.note/1", id_of(first), {"withdrawn": True}, *TWO, actor=APPLICANT, paper=letter)
    assert (state(world), owed(world)) == ("withdrawn", [])
