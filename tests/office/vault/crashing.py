"""Kill a process at every statement of the vault, one after the other, and look at what it left."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from gongyue.office import vault as package
from gongyue.office.vault import custody
from gongyue.office.vault.backup import back_up
from gongyue.office.vault.errors import BadVault, Gone
from gongyue.office.vault.restore import restore
from gongyue.office.vault.vault import Vault
from tests.office.vault.box import DOSSIER, PDF, UNIT, Known, box, every_byte, readers

SOURCE = str(Path(package.__file__).parent)
OLD, NEW = PDF + b" that was there", PDF + b" of one that is killed"


def killed_at(statement: int, work: Callable[[], object], where: Sequence[str] = (SOURCE,)) -> bool:
    """Whether a child that does this work was killed before that many statements of these files were run; the vault's by default."""
    child = os.fork()
    if child == 0:
        left = statement

        def trace(frame: FrameType, event: str, _: Any) -> Any:
            nonlocal left
            if not frame.f_code.co_filename.startswith(tuple(where)):
                return None
            if event == "line":
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            return trace

        sys.settrace(trace)
        try:
            work()
        finally:
            sys.settrace(None)
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _readable(vault: Vault, c: str) -> bytes:
    return vault.read(c, UNIT, readers)[0].data


def _put_new(folder: Path) -> object:
    return box(folder, entropy=Known("killed")).put(NEW, "new.pdf", dossier=DOSSIER, by=UNIT)


def putting(folder: Path) -> int:
    """Of the new document all is there or nothing; the old one is there in any case. How many statements died."""
    start = folder / "start"
    start.mkdir()
    old = box(start).put(OLD, "old.pdf", dossier=DOSSIER, by=UNIT).commitment
    for statement in range(100_000):
        here = folder / str(statement)
        shutil.copytree(start, here)
        if not killed_at(statement, partial(_put_new, here)):
            return statement
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
    raise AssertionError("it never ends")


def founding(folder: Path) -> int:
    """The first document of all, which makes the vault: afterwards the same can be put."""
    for statement in range(100_000):
        here = folder / str(statement)
        here.mkdir()
        if not killed_at(statement, partial(_put_new, here)):
            return statement
        after = box(here, entropy=Known("after"))
        assert _readable(after, after.put(NEW, "new.pdf", dossier=DOSSIER, by=UNIT).commitment) == NEW
        assert len(after.known()) == 1
        shutil.rmtree(here)
    raise AssertionError("it never ends")


def erasing(folder: Path) -> int:
    """It is wholly there and not on the list, or on the list and after the next look wholly gone."""
    start, entropy = folder / "start", Known("erased")
    start.mkdir()
    vault = box(start, entropy=entropy)
    c = vault.put(NEW, "new.pdf", dossier=DOSSIER, by=UNIT).commitment
    secrets = [*entropy.drawn, vault.path_of(c).read_bytes()[12:60]]
    old = vault.put(OLD, "old.pdf", dossier=DOSSIER, by=UNIT).commitment
    for statement in range(100_000):
        here = folder / str(statement)
        shutil.copytree(start, here)
        if not killed_at(statement, partial(custody.erase, box(here), [c], "request", "o:qin")):
            return statement
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
    raise AssertionError("it never ends")


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
    for statement in range(100_000):
        here = folder / str(statement)
        shutil.copytree(start, here)
        again = partial(restore, here, made.documents, made.keys, newest, set(), vault.now(), "o:qin")
        if not killed_at(statement, again):
            return statement
        if not (here / "vault").exists():
            again()
        after = box(here)
        assert _readable(after, old) == OLD
        assert [one.state for one in after.known()] == ["erased", "here"]
        lying = every_byte(here)
        assert not any(secret in lying for secret in secrets)
        assert sorted(p.name for p in here.iterdir()) == [".vault.lock", "vault", "vault-erased.json", "vault-keys"]
        shutil.rmtree(here)
    raise AssertionError("it never ends")


if __name__ == "__main__":
    print({"put": putting, "found": founding, "erase": erasing, "restore": restoring}[sys.argv[1]](Path(sys.argv[2])))
