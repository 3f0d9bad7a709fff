"""A unit loses its key with a case against it open: it is recovered on paper, and the unit goes on in its dossier (articles 5, 18)."""

from __future__ import annotations

from pathlib import Path

from gongyue.covenant.periods import DAY, moment
from gongyue.governance.reply import Reply
from gongyue.office.dossier_documents import open_document
from gongyue.office.facts.dossiers import of_unit
from gongyue.office.openings import of_party
from support.alliance import CASEWORKER, Alliance, paper, public_of
from support.cases import ACCUSED, opened_case, received, staffed
from support.documents import document, filed
from support.dossiers import done, folded, noted, petition
from support.published import published_by_force, run

WEEK = 7 * DAY
FRESH = "a key made after the loss"
NOTICE, EVIDENCE, ANSWER = document("告知书（演示）"), document("证据（演示）"), document("答复（演示）")


def recovered(world: Alliance) -> None:
    """The accused's key is recovered by its letter today, and it was told so."""
    today = world._today()
    world.tell(world.on_paper("key.recover/1", ACCUSED, {"key": public_of(FRESH), "alg": "ed25519"}, today, today))


def lost(folder: Path) -> tuple[Alliance, str, str]:
    """A case with a notice in the vault; the accused's key is recovered by its letter that day, and it was told so."""
    world = staffed()
    dossier = opened_case(world)
    body = {"what": "notice", "docs": [NOTICE.commitment]}
    filed(world, folder, "dossier.serve/1", dossier, body, [NOTICE], CASEWORKER)
    recovered(world)
    return world, dossier, folded(world, dossier).entries[-1].digest


def receives(world: Alliance, dossier: str, served: str, key: str) -> None:
    """The accused acknowledges what was served, signing with that key."""
    docs = list(folded(world, dossier).served[served])
    done(world, "dossier.receive/1", dossier, {"docs": docs}, key, actor=ACCUSED, to=served)


def test_who_lost_its_key_reads_its_case_and_goes_on_in_it_with_the_recovered_one(tmp_path: Path) -> None:
    """It reads at any time; the new key signs from the end of the delay on, to the second, and from then on the old one does not."""
    world, dossier, served = lost(tmp_path)
    start, office = world.stage.now, world.stage.office
    assert open_document(office, tmp_path, NOTICE.commitment, ACCUSED)[0].data == NOTICE.content
    world.stage.now = start + WEEK - 1
    with world.refused("GY-05-04", holder=ACCUSED, valid_from=moment(start + WEEK)):
        receives(world, dossier, served, FRESH)
    world.stage.now = start + WEEK
    with world.refused("GY-05-04", holder=ACCUSED, valid_to=moment(start + WEEK)):
        receives(world, dossier, served, ACCUSED)
    receives(world, dossier, served, FRESH)
    filed(
        world, tmp_path, "dossier.serve/1", dossier, {"what": "evidence", "docs": [EVIDENCE.commitment]}, [EVIDENCE], CASEWORKER,
    )  # fmt: skip
    receives(world, dossier, folded(world, dossier).entries[-1].digest, FRESH)
    body = {"docs": [ANSWER.commitment], "complete": True}
    with world.refused("GY-05-04", holder=ACCUSED):
        filed(world, tmp_path, "dossier.note/1", dossier, body, [ANSWER], ACCUSED, actor=ACCUSED)
    filed(world, tmp_path, "dossier.note/1", dossier, body, [ANSWER], FRESH, actor=ACCUSED)
    for one in (NOTICE, EVIDENCE, ANSWER):
        assert open_document(office, tmp_path, one.commitment, ACCUSED)[0].data == one.content
    case = folded(world, dossier)
    reply = Reply.to(world.inst, case, case.shown)
    assert reply.complete and not case.said  # its own words: there is nothing to tell it of
    (facts,) = [one for one in of_unit(world.inst, office.store, ACCUSED, world.inst.today) if one.id == dossier]
    assert [line.type for line in facts.entries if line.actor == ACCUSED] == ["dossier.receive/1"] * 2 + [
        "dossier.note/1"
    ]


def test_a_letter_from_the_time_without_a_key_counts_once_the_unit_was_told(tmp_path: Path) -> None:
    """A lost key pauses nothing and silences nobody: two officers record what its letters say, and tell it so."""
    world, dossier, served = lost(tmp_path)
    received(world, dossier, served, paper=paper("receipt", today := world._today(), today))
    (service,) = folded(world, dossier).services
    assert (service.got, service.paper, service.told) == (world.inst.today, True, 0)
    done(world, "dossier.serve/1", dossier, {"what": "recorded", "docs": [ANSWER.commitment]}, CASEWORKER)
    assert folded(world, dossier).services[0].told
    world.stage.now += WEEK
    done(world, "dossier.note/1", dossier, {"complete": True}, FRESH, actor=ACCUSED)


def test_whoever_has_the_old_key_takes_the_recovery_back_while_it_may(tmp_path: Path) -> None:
    """To the last second of the delay: then it stays the unit's key, in the dossier too, and the new one never is."""
    world, dossier, served = lost(tmp_path)
    world.stage.now += WEEK - 1
    (letter,) = [index for index, one in world.inst.papers.items() if one.type == "key.recover/1"]
    world.unit("key.disavow/1", ACCUSED, {"entry": letter})
    world.stage.now += WEEK
    with world.refused("GY-05-04", holder=ACCUSED):
        receives(world, dossier, served, FRESH)
    receives(world, dossier, served, ACCUSED)


def test_the_file_of_whoever_changed_its_key_verifies(tmp_path: Path) -> None:
    """Signed with the old key before, with the recovered one after: every entry is folded by the keys of its time, exit 0."""
    world = staffed()
    own = petition(world, ACCUSED)
    noted(world, own, ACCUSED, complete=True)
    recovered(world)
    world.stage.now += WEEK
    done(world, "dossier.note/1", own, {"withdrawn": True}, FRESH, actor=ACCUSED)
    with world.refused("GY-05-04", holder=ACCUSED):
        petition(world, ACCUSED)
    world.stage.now += DAY
    world.tick()
    kept = b"".join(one.line for one in of_party(world.stage.office.store, ACCUSED))
    report, _ = run(published_by_force(world), world=world, disclosures=(("kept", kept),))
    assert (report.code, report.failure, report.disclosed, report.disclosed_form_only) == (0, None, 3, 0)
