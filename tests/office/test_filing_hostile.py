"""Filing under bad conditions: a full disk, two at once, an older backup after an erasure, receipts that are compared."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import threading
from pathlib import Path

import pytest

from gongyue.book.entry import SignedAct
from gongyue.book.receipts import Receipt
from gongyue.office.attachments import PrivateContent
from gongyue.office.dossier_documents import documents_in, file, open_document, vault_of
from gongyue.office.retention_by_book import note_ended
from gongyue.office.store import SEALED, open_store
from gongyue.office.vault.backup import back_up
from gongyue.office.vault.errors import BadDocument, Gone, NotThere
from gongyue.office.vault.restore import restore
from gongyue.sealing.commitment import commit
from support.alliance import CASEWORKER, FIRST, SECRETARY, SYSOP, Alliance
from support.bad_documents import BAD
from support.documents import document, filed, opened_by, petition_act, petitioned
from support.dossiers import assigned, folded, signed
from tests.office.filing_crash import NEW, OLD, filing, opened, told
from tests.office.vault.box import every_byte

SECOND = "u:0002"
TEXT, LETTER, PAGE = document("请反映（演示）"), document("函（演示）", "函.txt"), document("附页（演示）")


def limited(folder: Path, act: SignedAct, limit: int) -> int:
    """A child files the act where no file grows beyond so many bytes; how it ended."""
    child = os.fork()
    if child == 0:
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            filing(folder, act)
        except Exception:  # noqa: BLE001 - whatever it is, the disk is full
            os._exit(3)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_full_disk_leaves_the_act_with_its_document_or_neither(tmp_path: Path) -> None:
    """At every size of the largest file from a few bytes to more than all of it: both, or neither; with room it is filed."""
    start = tmp_path / "start"
    act = told(start)
    most = max(path.stat().st_size for path in start.rglob("*") if path.is_file())
    seen = set[bool]()
    for number, limit in enumerate(
        [64, 1_000, 16_384, 65_536, most - 4_096, most, most + 2_048, most + 20_000, 8 << 20]
    ):
        here = tmp_path / str(number)
        shutil.copytree(start, here)
        limited(here, act, limit)
        stage = opened(here)
        stands = stage.office.store.find(SEALED, act.digest) is not None
        seen.add(stands)
        if stands:
            assert open_document(stage.office, here, NEW.commitment, SECOND)[0].data == NEW.content
        else:
            with pytest.raises(NotThere):
                open_document(stage.office, here, NEW.commitment, SECOND)
            assert NEW.salt not in every_byte(here)
        assert open_document(stage.office, here, OLD.commitment, FIRST)[0].data == OLD.content
        file(stage.office, here, act, [NEW])
        assert open_document(stage.office, here, NEW.commitment, SECOND)[0].data == NEW.content
        stage.office.store.close()
        stage.office.guard.close()
    assert seen == {False, True}


def test_a_party_and_an_officer_who_file_at_once_each_stand_with_their_document(tmp_path: Path) -> None:
    """Both drafted on the same last entry: neither makes the other stale, nor is a document lost."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-05-06")
    dossier = petitioned(world, tmp_path, TEXT)
    assigned(world, dossier)
    note = signed(world, "dossier.note/1", dossier, {"docs": [PAGE.commitment]}, FIRST, actor=FIRST)
    serve = signed(world, "dossier.serve/1", dossier, {"what": "reply", "docs": [LETTER.commitment]}, CASEWORKER)
    wrong, office = list[BaseException](), world.stage.office

    def files(act: SignedAct, one: object) -> None:
        try:
            file(office, tmp_path, act, [one])  # type: ignore[list-item]
        except BaseException as error:  # noqa: BLE001 - told below
            wrong.append(error)

    both = [threading.Thread(target=files, args=pair) for pair in ((note, PAGE), (serve, LETTER))]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert wrong == [] and folded(world, dossier).n == 4
    assert {one.c for one in documents_in(office, tmp_path, dossier)} == {d.commitment for d in (TEXT, PAGE, LETTER)}
    assert all(opened_by(world, tmp_path, d.commitment, FIRST) == d.content for d in (TEXT, PAGE, LETTER))


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_document_is_filed_with_no_act(what: str, tmp_path: Path) -> None:
    """Refused before anything is recorded, and nothing of it lies anywhere."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-05-06")
    name, data = BAD[what]
    bad, before = PrivateContent(commit(TEXT.salt, data), TEXT.salt, data, name), world.sizes()
    with pytest.raises(BadDocument):
        file(world.stage.office, tmp_path, petition_act(world, bad), [bad])
    assert world.sizes() == before
    vault = vault_of(world.stage.office, tmp_path)
    assert not vault.exists or vault.known() == []


def test_while_the_clock_is_set_back_nothing_is_filed_and_nothing_kept(tmp_path: Path) -> None:
    """Before the last open entry, or before the act was signed: refused, no document left behind; by the right clock it is filed."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-05-06")
    petitioned(world, tmp_path, TEXT)
    vault, right, last = vault_of(world.stage.office, tmp_path), world.stage.now, world.inst.now
    body, kept = {"kind": "demand", "text": PAGE.commitment}, vault.known()
    for code, at, time in (("clock-behind", last - 7_200, last - 7_200), ("from-the-future", right, right - 7_200)):
        act = world.stage.signed("petition.submit/1", SECOND, body, [SECOND], at=at)
        world.stage.leap(time)
        with world.out_of_turn(code):
            file(world.stage.office, tmp_path, act, [PAGE])
        assert vault.known() == kept and PAGE.salt not in every_byte(tmp_path)
        world.stage.leap(right)
    file(world.stage.office, tmp_path, act, [PAGE])
    assert opened_by(world, tmp_path, PAGE.commitment, SECOND) == PAGE.content


def test_after_an_erasure_no_older_backup_brings_it_back_and_no_file_shows_it(tmp_path: Path) -> None:
    """Store, journal, free pages, register, keys, list: neither content nor salt nor key nor ciphertext; the book's entry verifies on."""
    office_dir = tmp_path / "office"
    office_dir.mkdir()
    store = open_store(f"sqlite:{office_dir / 'store.db'}", create=True)
    world = Alliance(members=3, initiators=2, store=store).in_force()
    dossier = petitioned(world, office_dir, TEXT)
    petitioned(world, office_dir, PAGE, SECOND)
    office, vault = world.stage.office, vault_of(world.stage.office, office_dir)
    key, ciphertext = vault.keys.read(0, TEXT.commitment), vault.path_of(TEXT.commitment).read_bytes()
    assert key is not None
    parts = (TEXT.content, TEXT.salt, TEXT.salt.hex().encode(), key.key, key.key.hex().encode(), ciphertext[12:44])
    made = back_up(vault, tmp_path / "one", tmp_path / "other", SECRETARY)
    assert not any(part in made.documents.read_bytes() for part in parts[:5])
    filed(
        world,
        office_dir,
        "dossier.erase/1",
        dossier,
        {"docs": [TEXT.commitment], "ground": "unlawful"},
        [],
        SECRETARY,
        SYSOP,
    )
    office.save()
    assert not [part for part in parts if part in every_byte(office_dir)]
    newest = tmp_path / "newest.jsonl"
    shutil.copy(vault.erased.path, newest)
    for folder in (vault.folder, vault.keys_folder):
        shutil.rmtree(folder)
    restore(office_dir, made.documents, made.keys, newest, {TEXT.commitment}, vault.now(), SECRETARY)
    with pytest.raises(Gone):
        open_document(office, office_dir, TEXT.commitment, FIRST)
    assert opened_by(world, office_dir, PAGE.commitment, SECOND) == PAGE.content
    assert not [part for part in parts if part in every_byte(office_dir)]
    note_ended(office, office_dir)
    assert TEXT.commitment in folded(world, dossier).erased


def told_by(receipt: Receipt, *own: str) -> str:
    """A receipt without what is random in it, and what its own unit said."""
    said = b"\n".join((receipt.proof, receipt.opening, receipt.head)).decode()
    for one in own:
        said = said.replace(one, "…")
    said = re.sub(r"\\n— [^\\]+ [A-Za-z0-9+/=]+", "…", said)
    return re.sub(r"— \S+ \S+|[0-9a-f]{16,}|[A-Za-z0-9+/_-]{40,}={0,2}", "…", said)


def test_two_receipts_of_one_slot_have_nothing_that_orders_them(tmp_path: Path) -> None:
    """Two petitions of the same second, and a third: but for digests, salts and signatures their receipts are the same, letter by letter."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-05-06")
    receipts = []
    for number, unit in enumerate((FIRST, SECOND, "u:0003")):
        one = document(f"请反映（演示 {number}）")
        receipts.append(told_by(file(world.stage.office, tmp_path, petition_act(world, one, unit), [one]), unit))
    assert receipts[0] == receipts[1] == receipts[2]
    assert '"index"' not in receipts[0] and "slot" not in receipts[0]
