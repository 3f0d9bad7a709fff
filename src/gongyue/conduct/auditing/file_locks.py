"""File locks against concurrent runs, released on exit.

What a killed run leaves nobody holds: so it is known. What several runs use at once each of them holds, and who would
remove it sees that.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from gongyue.conduct.findings import BadInput

SAME = ("同一核对正在进行：等它结束，或先停下它", "this very audit is running: wait for it to finish, or stop it first")

WEEK, MONTH = 7 * 86_400, 30 * 86_400
DIGITS = 24
"""Hexadecimal digits in the name of whatever is made in a work folder: nobody else has folders called so."""


def lock_of(place: Path) -> Path:
    """The lock file of a file or folder, beside it."""
    return place.with_name(place.name + ".lock")


@contextmanager
def exclusive_lock(place: Path, told: tuple[str, str] = SAME) -> Iterator[None]:
    """Hold a lock file; BadInput, in these words, where another run holds it."""
    while True:
        with place.open("wb") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BadInput(*told) from None
            if place.exists() and os.path.samestat(os.fstat(lock.fileno()), place.stat()):
                try:
                    yield
                finally:
                    place.unlink()
                return


@contextmanager
def exclusive_output(out: Path | None) -> Iterator[None]:
    """Write verdicts there alone, if they are to be written; BadInput where another audit writes the same file."""
    if out is None:
        yield
        return
    told = (
        f"另一次核对正在写 {out}：换一个文件名，或等它结束",
        f"another audit is writing {out}: choose another name, or wait for it to finish",
    )
    with exclusive_lock(lock_of(out), told):
        yield


@contextmanager
def temporary_folder(root: Path, kind: str) -> Iterator[Path]:
    """A new folder, called KIND-…, for as long as it is of use: whatever is in it then is gone afterwards."""
    folder = root / f"{kind}-{secrets.token_hex(DIGITS // 2)}"
    with exclusive_lock(lock_of(folder)):
        folder.mkdir(0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def sweep(work: Path, kind: str, idle: float = 0) -> None:
    """Remove the folders KIND-… of killed runs: nobody holds their locks, and nothing was put into them for `idle` seconds.

    Only who holds its lock makes such a folder. What cannot be removed stays.
    """
    for folder in _idle(work, kind, idle):
        with suppress(BadInput, OSError), exclusive_lock(lock_of(folder)):
            shutil.rmtree(folder)


def _idle(work: Path, kind: str, seconds: float) -> Iterator[Path]:
    """The folders KIND-… of a work folder into which nothing was put for so long."""
    for folder in work.glob(f"{kind}-{'[0-9a-f]' * DIGITS}*"):
        with suppress(OSError):
            if folder.is_dir() and time.time() - folder.stat().st_mtime >= seconds:
                yield folder


@contextmanager
def is_kept(folder: Path) -> Iterator[bool]:
    """Whether a folder is there; if so, it counts as used now, and nobody takes it away meanwhile."""
    try:
        there = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        yield False
        return
    try:
        fcntl.flock(there, fcntl.LOCK_SH)
        same = folder.exists() and os.path.samestat(os.fstat(there), folder.stat())
        if same:
            os.utime(folder)
        yield same
    finally:
        os.close(there)


def sweep_unused(work: Path, kind: str, idle: float) -> None:
    """Remove the folders KIND-… that nobody holds, nor has for `idle` seconds. What cannot be removed stays."""
    for folder in _idle(work, kind, idle):
        with suppress(OSError):
            there = os.open(folder, os.O_RDONLY)
            try:
                fcntl.flock(there, fcntl.LOCK_EX | fcntl.LOCK_NB)
                gone = folder.with_name(
                    f"half-{secrets.token_hex(DIGITS // 2)}"
                )  # whole or not there, also if killed here
                shutil.rmtree(folder.rename(gone))
            finally:
                os.close(there)
