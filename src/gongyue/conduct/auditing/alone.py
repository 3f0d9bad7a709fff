"""One at a time: what two runs at once would spoil is held by a lock file, which goes away with the run."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gongyue.conduct.findings import BadInput

SAME = ("同一核对正在进行：等它结束，或先停下它", "this very audit is running: wait for it to finish, or stop it first")


@contextmanager
def alone(place: Path, told: tuple[str, str] = SAME) -> Iterator[None]:
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
def writing(out: Path | None) -> Iterator[None]:
    """Write verdicts there alone, if they are to be written; BadInput where another audit writes the same file."""
    if out is None:
        yield
        return
    told = (
        f"另一次核对正在写 {out}：换一个文件名，或等它结束",
        f"another audit is writing {out}: choose another name, or wait for it to finish",
    )
    with alone(out.with_name(out.name + ".lock"), told):
        yield
