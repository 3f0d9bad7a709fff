"""Kill a process wherever filing an act with its documents would leave something else, and look at what it left."""

from __future__ import annotations

import shutil
import sys
from functools import partial
from pathlib import Path

from gongyue.book.entry import SignedAct
from gongyue.demo.simulated_office import SimulatedOffice
from gongyue.office import dossier_documents, office, store
from gongyue.office.dossier_documents import ERASE, documents_in, file, open_document
from gongyue.office.store import SEALED, open_store
from gongyue.office.vault.errors import Gone, NotThere
from support.alliance import FIRST, SECRETARY, SYSOP, Alliance
from support.documents import document, petition_act, petitioned
from support.dossiers import signed
from tests.office.vault.box import every_byte
from tests.office.vault.crashing import SOURCE, deaths, killed_at

OLD, NEW = document("那里已有的（演示）"), document("办到一半的（演示）")
HERE = (SOURCE, str(Path(dossier_documents.__file__)), str(Path(office.__file__)), str(Path(store.__file__).parent))
"""The vault, the filing, the office and its store: whatever is run between the first byte and the receipt."""


def opened(folder: Path) -> SimulatedOffice:
    """The office in that folder, as a process that has just started opens it."""
    stage = SimulatedOffice(open_store(f"sqlite:{folder / 'store.db'}"), folder / "guard.json")
    stage.now = stage.inst.now + 60
    return stage


def filing(folder: Path, act: SignedAct) -> None:
    """Open the office and file it."""
    stage = opened(folder)
    file(stage.office, folder, act, [NEW])


def told(start: Path) -> SignedAct:
    """A small alliance with one petition in that folder; a second petition, not handed in."""
    start.mkdir()
    store = open_store(f"sqlite:{start / 'store.db'}", create=True)
    world = Alliance(members=3, initiators=2, store=store).in_force()
    petitioned(world, start, OLD)
    act = petition_act(world, NEW, "u:0002")
    world.stage.office.save()
    store.close()
    return act


def killed_between(folder: Path) -> int:
    """All of the act and its document or nothing of either, wherever it was killed; then it is filed as if nothing had been.

    Returns how many statements there are.
    """
    start = folder / "start"
    act = told(start)
    files, seen = partial(filing, act=act), set[bool]()
    found = deaths(files, start, HERE)
    for statement in found.at:
        here = killed_at(statement, files, start, HERE)
        stage = opened(here)
        stands = stage.office.store.find(SEALED, act.digest) is not None
        dossier = f"d:{act.digest.removeprefix('sha256:')}"
        seen.add(stands)
        assert open_document(stage.office, here, OLD.commitment, FIRST)[0].data == OLD.content
        try:
            there = open_document(stage.office, here, NEW.commitment, "u:0002")[0].data == NEW.content
        except NotThere:
            there = False
        assert there == stands, f"statement {statement}: recorded {stands}, there {there}"
        assert len(documents_in(stage.office, here, dossier)) == stands
        if not stands:
            names = {path.name for path in (here / "vault" / "documents").iterdir()}
            assert names == {OLD.commitment.removeprefix("sha256:")}
            assert NEW.salt not in every_byte(here)
        file(stage.office, here, act, [NEW])
        assert open_document(stage.office, here, NEW.commitment, "u:0002")[0].data == NEW.content
        stage.office.store.close()
        stage.office.guard.close()
        shutil.rmtree(here)
    assert seen == {False, True}
    return found.statements


def erasing(folder: Path, act: SignedAct) -> None:
    """Open the office and hand in what erases."""
    file(opened(folder).office, folder, act)


def killed_erasing(folder: Path) -> int:
    """The book says that it is erased, and no byte of it is left, or neither, wherever it was killed; as `killed_between`."""
    start = folder / "start"
    start.mkdir()
    store = open_store(f"sqlite:{start / 'store.db'}", create=True)
    world = Alliance(members=3, initiators=2, store=store).in_force()
    dossier = petitioned(world, start, NEW)
    act = signed(world, ERASE, dossier, {"docs": [NEW.commitment], "ground": "unlawful"}, SECRETARY, SYSOP)
    world.stage.office.save()
    store.close()
    erases, seen = partial(erasing, act=act), set[bool]()
    found = deaths(erases, start, HERE)
    for statement in found.at:
        here = killed_at(statement, erases, start, HERE)
        stage = opened(here)
        stands = stage.office.store.find(SEALED, act.digest) is not None
        seen.add(stands)
        try:
            gone = open_document(stage.office, here, NEW.commitment, FIRST)[0].data != NEW.content
        except Gone:
            gone = True
        assert gone == stands, f"statement {statement}: recorded {stands}, gone {gone}"
        file(stage.office, here, act)
        assert documents_in(stage.office, here, dossier)[0].state == "erased"
        assert NEW.salt not in every_byte(here)
        stage.office.store.close()
        stage.office.guard.close()
        shutil.rmtree(here)
    assert seen == {False, True}
    return found.statements


if __name__ == "__main__":
    print({"file": killed_between, "erase": killed_erasing}[sys.argv[1]](Path(sys.argv[2])))
