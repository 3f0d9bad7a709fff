"""A book's key is changed with overlap: while both sign, readers change over (docs/book-key.md)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.world import CLERK, SECRETARY, found, unit

from gongyue.book.signing import key_id
from gongyue.covenant.periods import DAY, iso
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.demo.simulated_office import SimulatedOffice, seed_of
from gongyue.governance.office import earliest
from gongyue.office.publishing import publish
from gongyue.office.routine_acts import tick
from gongyue.office.store import OPEN, open_store
from gongyue.transparency import ed25519
from gongyue.transparency.notes import Signer, verify_note
from gongyue.verifying.locations import open_place
from gongyue.verifying.verify import Request, verify

DECLARED = {"activities": ["analysis"], "other": ""}


@pytest.fixture
def stage() -> Iterator[SimulatedOffice]:
    """A covenant in force."""
    made = SimulatedOffice(open_store(":memory:", create=True))
    found(made, 6)
    yield made
    made.office.store.close()


def rotated(stage: SimulatedOffice, book: str) -> tuple[str, str]:
    """Name a next key for a book and let it sign beside the present one; returns both vkeys."""
    old = stage.office.keys.signers(book)[0]
    new = Signer(old.verifier.name, seed_of(f"{book} next"))
    stage.executive("office.appoint/1", _second_secretary(stage), [SECRETARY, CLERK])
    stage.now += 8 * 86_400
    stage.executive("book.rotate/1", {"book": book, "verifier": new.verifier.vkey}, [SECRETARY, CLERK])
    stage.office.keys = stage.office.keys._replace(**{f"next_{book}": new})
    stage.unit("membership.declare/1", unit(1), DECLARED)
    return old.verifier.vkey, new.verifier.vkey


def _second_secretary(stage: SimulatedOffice) -> dict[str, object]:
    return {
        "officer": CLERK,
        "offices": ["secretary"],
        "begins": iso(earliest(stage.inst, stage.now)),
        "ends": "2028-12-31",
        "interests": "sha256:" + "0" * 64,
    }


def code(folder: Path, vkey: str, **kept: tuple[tuple[str, bytes], ...]) -> int:
    """The exit code of verify."""
    return verify(open_place(str(folder)), Request(vkey, **kept))[0].code


def test_in_the_overlap_both_keys_sign_and_either_verifies(stage: SimulatedOffice, tmp_path: Path) -> None:
    """Two signature lines of one name; whoever knows only the old key, or only the new one, gets exit 0."""
    old, new = rotated(stage, "open")
    publish(stage.office, tmp_path)
    head = stage.office.store.head(OPEN)
    assert head is not None
    assert len(verify_note(head.note, [s.verifier for s in stage.office.keys.signers("open")]).signatures) == 2
    assert (code(tmp_path, old), code(tmp_path, new)) == (0, 0)


def test_after_the_overlap_the_old_checkpoints_still_count(stage: SimulatedOffice, tmp_path: Path) -> None:
    """Under the new key alone: a head that only the old key signed is one of this book's, and its history holds."""
    kept = stage.checkpoint()
    old, new = rotated(stage, "open")
    publish(stage.office, tmp_path)
    following = stage.office.keys.next_open
    assert following is not None
    stage.office.keys = stage.office.keys._replace(open=following, next_open=None)
    receipt = stage.unit("membership.declare/1", unit(2), DECLARED)
    publish(stage.office, tmp_path)
    assert code(tmp_path, old) == 2
    assert code(tmp_path, new, checkpoints=(("kept", kept),), receipts=(("r", receipt.proof),)) == 0


def test_the_sealed_book_changes_its_key_the_same_way(stage: SimulatedOffice, tmp_path: Path) -> None:
    """Heads and promises of the new sealed key are known from the open book."""
    old, _ = rotated(stage, "sealed")
    following = stage.office.keys.next_sealed
    assert following is not None and old != following.verifier.vkey
    stage.office.keys = stage.office.keys._replace(sealed=following, next_sealed=None)
    asked = stage.unit("interpretation.ask/1", unit(1), {"article": 8, "question": "sha256:" + "1" * 64})
    stage.at("2026-05-04 10:00")
    tick(stage.office)
    publish(stage.office, tmp_path)
    assert code(tmp_path, stage.office.keys.open.verifier.vkey, receipts=(("asked", asked.proof),)) == 0


def test_a_key_of_another_book_or_one_known_already_is_not_named(stage: SimulatedOffice) -> None:
    """A key's name is its book's origin."""
    stage.executive("office.appoint/1", _second_secretary(stage), [SECRETARY, CLERK])
    stage.now += 8 * 86_400
    keys = stage.office.keys
    with pytest.raises(OutOfTurn, match="key-registered"):
        body = {"book": "open", "verifier": keys.open.verifier.vkey}
        stage.executive("book.rotate/1", body, [SECRETARY, CLERK])
    with pytest.raises(OutOfTurn, match="wrong-book"):
        body = {"book": "open", "verifier": keys.sealed.verifier.vkey}
        stage.executive("book.rotate/1", body, [SECRETARY, CLERK])
    with pytest.raises(OutOfTurn, match="weak-key"):
        body = {"book": "open", "verifier": keys.open.verifier.name + "+00000000+AQ=="}
        stage.executive("book.rotate/1", body, [SECRETARY, CLERK])


def test_a_key_that_no_act_names_verifies_nothing(stage: SimulatedOffice, tmp_path: Path) -> None:
    """A book signed by a further key without its act: exit 2 under that key."""
    stranger = Signer(stage.office.keys.open.verifier.name, seed_of("stranger"))
    stage.office.keys = stage.office.keys._replace(next_open=stranger)
    stage.unit("membership.declare/1", unit(1), DECLARED)
    publish(stage.office, tmp_path)
    assert code(tmp_path, stranger.verifier.vkey) == 2


def test_the_office_key_changes_with_overlap_and_the_office_never_stops(stage: SimulatedOffice) -> None:
    """Registered, valid after 7 days, taken into use, the old one retired: anchors go on in every slot; not before."""
    old, new = stage.office.keys.system_id, seed_of("sys next")
    body = {"holder": "sys", "key": key_id(ed25519.public(new)), "alg": "ed25519"}
    stage.executive("key.register/1", body, [SECRETARY, CLERK])
    start = stage.now
    stage.now = start + 7 * DAY - 1  # the old one anchors meanwhile
    stage.office.keys = stage.office.keys._replace(system=new)
    with pytest.raises(Refused, match="GY-05-04"):
        tick(stage.office)
    stage.now = start + 7 * DAY
    tick(stage.office)
    anchors = len(stage.inst.anchors)
    stage.executive("key.retire/1", {"key": old}, [SECRETARY, CLERK])
    stage.now += DAY
    tick(stage.office)
    assert len(stage.inst.anchors) == anchors + 1
    with pytest.raises(Refused, match="GY-05-09"):
        stage.executive("key.retire/1", {"key": body["key"]}, [SECRETARY, CLERK])
