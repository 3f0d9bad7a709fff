"""One at a time, and what the disk says in words."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pysqlite3 import dbapi2

from gongyue.office.vault.disk import destroy
from gongyue.office.vault.errors import BadVault

LOCK, RESTORING = ".vault.lock", ".vault-restoring-"
"""In an office's folder: the lock, and what the passing folder of a restore begins with."""
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def locked(office: Path) -> Iterator[None]:
    """One at a time: whatever process or thread it is, and also where it is killed."""
    with os.fdopen(os.open(office / LOCK, os.O_RDWR | os.O_CREAT, 0o600), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def sweep(office: Path) -> None:
    """Destroy what a restore that was killed, or that failed, left; under the lock."""
    for folder in office.glob(f"{RESTORING}*"):
        for path in sorted(folder.rglob("*"), reverse=True):  # what a folder holds comes before it
            path.rmdir() if path.is_dir() else destroy(path)
        folder.rmdir()


@contextmanager
def told() -> Iterator[None]:
    """A full disk and a damaged register, in words."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise _full() from error
        raise
    except dbapi2.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (dbapi2.SQLITE_FULL, dbapi2.SQLITE_IOERR):
            raise _full() from error
        if code in (dbapi2.SQLITE_CORRUPT, dbapi2.SQLITE_NOTADB):
            raise BadVault(
                "保管库的登记簿已损坏；请从备份恢复（gongyue vault restore）。",
                "The vault's register is damaged: restore from a backup (gongyue vault restore).",
            ) from error
        raise


def _full() -> BadVault:
    return BadVault(
        "磁盘已满或写不进：没有做完，留存的都在；已写入删除清单的，下次接着删。请腾出空间再试。",
        "The disk is full or takes no more: it was not finished, and what is kept is there; what is on the list of erasures is"
        " erased next time. Make room and try again.",
    )


def each(commitments: Iterable[str]) -> list[str]:
    """Commitments, each once, in their order."""
    return list(dict.fromkeys(commitments))
