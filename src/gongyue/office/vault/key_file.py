"""The keys and salts of documents, in a file of their own: fixed records, each overwritten in place when its document is erased.

A database would keep the old bytes in its journal or log for a while; here a key is in one place and then in none.
A record has 128 bytes, so that no sector of a disk (512) holds a part of one:

    8   b"gyvault1"
    32  the document's commitment
    32  its key
    32  its salt
    24  the first bytes of SHA-256 over the 104 before
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

MAGIC, RECORD, PARTS = b"gyvault1", 128, 32


class Secret(NamedTuple):
    """What opens a document: 32 bytes each."""

    key: bytes
    salt: bytes


class KeyFile:
    """Records by slot, 0 and up; one writer at a time. Nothing here decides what is written or when."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, slot: int, commitment: str, secret: Secret) -> None:
        """Write a record and force it to disk. OSError where it cannot be."""
        body = MAGIC + bytes.fromhex(commitment.removeprefix("sha256:")) + secret.key + secret.salt
        assert len(body) == 104
        self._put(slot, body + hashlib.sha256(body).digest()[:24])

    def read(self, slot: int, commitment: str) -> Secret | None:
        """What opens the document with that commitment; None where the record is not whole or another's."""
        with self._opened(os.O_RDONLY) as handle:
            record = os.pread(handle, RECORD, slot * RECORD)
        body, check = record[:104], record[104:]
        whole = len(record) == RECORD and body[:8] == MAGIC and hashlib.sha256(body).digest()[:24] == check
        if not whole or body[8:40].hex() != commitment.removeprefix("sha256:"):
            return None
        return Secret(body[40:72], body[72:104])

    def erase(self, slot: int) -> None:
        """Overwrite a record with zeros and force that to disk; the file never grows by it."""
        with self._opened(os.O_WRONLY) as handle:
            there = max(0, min(RECORD, os.fstat(handle).st_size - slot * RECORD))
            os.pwrite(handle, bytes(there), slot * RECORD)
            os.fsync(handle)

    def _put(self, slot: int, record: bytes) -> None:
        with self._opened(os.O_WRONLY) as handle:
            if (written := os.pwrite(handle, record, slot * RECORD)) != RECORD:  # a full disk takes a part
                os.pwrite(handle, record[written:], slot * RECORD + written)  # and says so now
            os.fsync(handle)

    @contextmanager
    def _opened(self, how: int) -> Iterator[int]:
        handle = os.open(self.path, how)
        try:
            yield handle
        finally:
            os.close(handle)
