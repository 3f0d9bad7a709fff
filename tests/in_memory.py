"""Where tests write: into memory where there is plenty of it. They kill processes, not the machine, and a disk is waited for in vain.

What failed leaves its folder, as it does on a disk; the next run takes it away.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

ROOM = 8 * 1024**3
"""Bytes that must be free in the memory's file system."""
MEMORY = 12 * 1024**3
"""Bytes of memory that must be available, so that what is written there is not taken from who computes."""
PREFIX = "gongyue-tests."
SHARED = Path("/dev/shm")
MEMINFO = Path("/proc/meminfo")

_held: list[int] = []
"""Open as long as the run lasts: by its lock others see that a folder is in use."""


def begin() -> Path | None:
    """Let all that follows, in workers and other processes too, write into memory; None where it is not to be."""
    if "TMPDIR" in os.environ or not _is_plenty():
        return None
    for left in SHARED.glob(f"{PREFIX}*"):
        _take_away(left)
    place = Path(tempfile.mkdtemp(prefix=PREFIX, dir=SHARED))
    _held.append(_locked(place))
    place.chmod(0o711)  # some tests act as an ordinary user, who looks into folders of its own
    os.environ["TMPDIR"], tempfile.tempdir = str(place), None
    return place


def end(place: Path, failed: bool) -> None:
    """Take it away, unless somebody wants to look into it."""
    os.environ.pop("TMPDIR", None)
    tempfile.tempdir = None
    os.close(_held.pop())
    if not failed:
        shutil.rmtree(place, ignore_errors=True)


def _is_plenty() -> bool:
    if not (os.access(SHARED, os.W_OK) and MEMINFO.is_file()):
        return False
    available = dict(line.split(":") for line in MEMINFO.read_text("ascii").splitlines()).get("MemAvailable", "0 kB")
    return shutil.disk_usage(SHARED).free > ROOM and int(available.split()[0]) * 1024 > MEMORY


def _locked(place: Path) -> int:
    import fcntl  # where there is such a file system, there is this

    handle = os.open(place, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle


def _take_away(left: Path) -> None:
    """The folder of a run that is over; of one that goes on, or of another user, nothing."""
    try:
        handle = _locked(left)
    except OSError:
        return
    shutil.rmtree(left, ignore_errors=True)
    os.close(handle)
