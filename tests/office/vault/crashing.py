"""Kill a process at every statement of the vault that leaves something else, one after the other, and look at what it left."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from gongyue.office import vault as package
from gongyue.office.vault import custody
from gongyue.office.vault.backup import back_up
from gongyue.office.vault.errors import BadVault, Gone
from gongyue.office.vault.restore import restore
from gongyue.office.vault.vault import Vault
from tests.office.vault.box import DOSSIER, PDF, UNIT, Known, box, every_byte, readers

SOURCE = str(Path(package.__file__).parent)
OLD, NEW = PDF + b" that was there", PDF + b" of one that is killed"


class Deaths(NamedTuple):
    """At which statements a child is killed, and how many there are."""

    at: list[int]
    statements: int


Work = Callable[[Path], object]
"""What is done in a folder."""


def deaths(work: Work, start: Path, where: Sequence[str] = (SOURCE,)) -> Deaths:
    """Where a child that does this work has to be killed, so that whatever a death at any statement of these files leaves is left.

    It halts at each statement, and the folder is read. Left out is where it is, byte for byte, as at the statement before and
    the one after. A process of its own reads it: who opens and closes a database's file gives up its own locks on it.
    """
    here = start.with_name("watched")
    shutil.copytree(start, here)
    (heard, halts), (goes, on) = os.pipe(), os.pipe()

    def halt() -> None:
        os.write(halts, b".")
        os.read(goes, 1)

    child = _child(partial(work, here), where, halt)
    os.close(halts)  # the child's end is the last one: once it has ended, nothing more is heard
    at, statement, before = {0}, 0, _lying(here)
    while os.read(heard, 1):
        if (lying := _lying(here)) != before:
            at |= {statement - 1, statement}
        before, statement = lying, statement + 1
        os.write(on, b".")
    assert os.waitpid(child, 0)[1] == 0
    for end in (heard, goes, on):
        os.close(end)
    shutil.rmtree(here)
    return Deaths(sorted(at | {statement - 1}), statement)


def _lying(folder: Path) -> dict[Path, tuple[int, bytes]]:
    """Every folder and file, its mode and its bytes."""
    return {path: (path.stat().st_mode, path.read_bytes() if path.is_file() else b"") for path in folder.rglob("*")}


def killed_at(statement: int, work: Work, start: Path, where: Sequence[str] = (SOURCE,)) -> Path:
    """A folder like that one, in which a child that did this work was killed before that many statements of these files were run."""
    left, here = statement, start.with_name(str(statement))
    shutil.copytree(start, here)

    def count() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    _, status = os.waitpid(_child(partial(work, here), where, count), 0)
    assert os.WIFSIGNALED(status)
    return here


def _child(work: Callable[[], object], where: Sequence[str], at_each: Callable[[], None]) -> int:
    """A child that does this work and something more before each statement of these files."""
    child = os.fork()
    if child:
        return child

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        if not frame.f_code.co_filename.startswith(tuple(where)):
            return None
        if event == "line":
            at_each()
        return trace

    ended = 1
    sys.settrace(trace)
    try:
        work()
        ended = 0
    finally:
        sys.settrace(None)
        os._exit(ended)


def _readable(vault: Vault, c: str) -> bytes:
    return vault.read(c, UNIT, readers)[0].data


def _put_new(folder: Path) -> object:
    return box(folder, entropy=Known("killed")).put(NEW, "new.pdf", dossier=DOSSIER, by=UNIT)


def putting(folder: Path) -> int:
    """Of the new document all is there or nothing; the old one is there in any case. How many statements died."""
    start = folder / "start"
    start.mkdir()
    old = box(start).put(OLD, "old.pdf", dossier=DOSSIER, by=UNIT).commitment
    found = deaths(_put_new, start)
    for statement in found.at:
        here = killed_at(statement, _put_new, start)
        drawn = Known("killed")
        key, salt = drawn(32), drawn(32)
        after = box(here, entropy=Known("after"))
        known = after.known()
        assert _readable(after, old) == OLD
        if len(known) == 1:
            assert [p.name for p in after.documents.iterdir()] == [old.removeprefix("sha256:")]
            lying = every_byte(here)
            assert key not in lying and salt not in lying
        else:
            assert _readable(after, known[1].c) == NEW
        again = after.put(NEW, "new.pdf", dossier=DOSSIER, by=UNIT)
        assert again.new == (len(known) == 1) and _readable(after, again.commitment) == NEW
        shutil.rmtree(here)
    return found.statements


def founding(folder: Path) -> int:
    """The first document of all, which makes the vault: afterwards the same can be put."""
    start = folder / "start"
    start.mkdir()
    found = deaths(_put_new, start)
    for statement in found.at:
        here = killed_at(statement, _put_new, start)
        after = box(here, entropy=Known("after"))
        assert _readable(after, after.put(NEW, "new.pdf", dossier=DOSSIER, by=UNIT).commitment) == NEW
        assert len(after.known()) == 1
        shutil.rmtree(here)
    return found.statements


def erasing(folder: Path) -> int:
    """It is wholly there and not on the list, or on the list and after the next look wholly gone."""
    start, entropy = folder / "start", Known("erased")
    start.mkdir()
    vault = box(start, entropy=entropy)
    c = vault.put(NEW, "new.pdf", dossier=DOSSIER, by=UNIT).commitment
    secrets = [*entropy.drawn, vault.path_of(c).read_bytes()[12:60]]
    old = vault.put(OLD, "old.pdf", dossier=DOSSIER, by=UNIT).commitment

    def erases(here: Path) -> object:
        return custody.erase(box(here), [c], "request", "o:qin")

    found = deaths(erases, start)
    for statement in found.at:
        here = killed_at(statement, erases, start)
        after = box(here, entropy=Known("after"))
        begun = b"\n" in after.erased.path.read_bytes()
        assert _readable(after, old) == OLD
        try:
            assert _readable(after, c) == NEW and not begun
        except Gone:
            lying = every_byte(here)
            assert begun and not any(secret in lying for secret in secrets)
            assert len(list(after.documents.iterdir())) == 1
            assert [line.what for line in after.log(c)].count("erase") == 1
        except BadVault as error:
            raise AssertionError(f"statement {statement}: {error}") from None
        shutil.rmtree(here)
    return found.statements


def restoring(folder: Path) -> int:
    """An older backup with the newest list: run again it is done, and nothing of what was erased is left, wherever it was killed."""
    start, entropy = folder / "start", Known("erased")
    start.mkdir()
    vault = box(start, entropy=entropy)
    c = vault.put(NEW, "new.pdf", dossier=DOSSIER, by=UNIT).commitment
    secrets = [*entropy.drawn, vault.path_of(c).read_bytes()[12:60]]
    old = vault.put(OLD, "old.pdf", dossier=DOSSIER, by=UNIT).commitment
    made = back_up(vault, folder / "out", folder / "keys-out", "o:qin")
    custody.erase(vault, [c], "request", "o:qin")
    newest = folder / "newest"
    shutil.copy(vault.erased.path, newest)
    for path in (vault.folder, vault.keys_folder):
        shutil.rmtree(path)

    def restores(here: Path) -> object:
        return restore(here, made.documents, made.keys, newest, set(), vault.now(), "o:qin")

    found = deaths(restores, start)
    for statement in found.at:
        here = killed_at(statement, restores, start)
        if not (here / "vault").exists():
            restores(here)
        after = box(here)
        assert _readable(after, old) == OLD
        assert [one.state for one in after.known()] == ["erased", "here"]
        lying = every_byte(here)
        assert not any(secret in lying for secret in secrets)
        assert sorted(p.name for p in here.iterdir()) == [".vault.lock", "vault", "vault-erased.json", "vault-keys"]
        shutil.rmtree(here)
    return found.statements


if __name__ == "__main__":
    print({"put": putting, "found": founding, "erase": erasing, "restore": restoring}[sys.argv[1]](Path(sys.argv[2])))
