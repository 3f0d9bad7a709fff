"""A vault in an empty folder, with a clock and a randomness that tests know."""

from __future__ import annotations

import hashlib
from pathlib import Path

from gongyue.covenant.periods import from_iso, start_of
from gongyue.office.vault.readers import Standing
from gongyue.office.vault.register import Document
from gongyue.office.vault.vault import Vault

DOSSIER = "d:" + "5" * 64
OTHER = "d:" + "6" * 64
UNIT, RIVAL, CASEWORKER, AUDITOR = "u:0001", "u:0002", "o:lu", "o:auditor"
TODAY = "2026-03-02"
PDF = "%PDF-1.7 检举所附的证据（虚构）".encode()


class Clock:
    """The time, which stands until it is set."""

    def __init__(self, day: str = TODAY) -> None:
        self.time = start_of(from_iso(day)) + 36_000

    def __call__(self) -> int:
        return self.time

    def on(self, day: str) -> None:
        """Ten o'clock of that day."""
        self.time = start_of(from_iso(day)) + 36_000


class Known:
    """Bytes that are drawn as if at random, and remembered."""

    def __init__(self, seed: str = "") -> None:
        self.seed, self.drawn = seed, list[bytes]()

    def __call__(self, size: int) -> bytes:
        made = hashlib.shake_256(f"{self.seed} {len(self.drawn)}".encode()).digest(size)
        self.drawn.append(made)
        return made


def box(folder: Path, clock: Clock | None = None, entropy: Known | None = None) -> Vault:
    """A vault in that folder."""
    return Vault(folder, clock or Clock(), entropy or Known(str(folder)))


def readers(document: Document, who: str) -> Standing | None:
    """Whoever put it and whom it names are parties; the auditor is another."""
    if who in (document.by, *document.readers):
        return Standing.PARTY
    return Standing.OTHER if who == AUDITOR else None


def every_byte(*folders: Path) -> bytes:
    """All that lies in the folders' files, whatever they are called."""
    return b"\n".join(p.read_bytes() for folder in folders for p in sorted(folder.rglob("*")) if p.is_file())
