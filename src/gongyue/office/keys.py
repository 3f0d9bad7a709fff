"""The books' own keys, the office key and the keys of padding: 32 bytes each in files that only the office may read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from gongyue.book.signing import key_id
from gongyue.covenant.periods import day_of, iso
from gongyue.sealing import padding
from gongyue.transparency import checkpoint, ed25519
from gongyue.transparency.checkpoint import Checkpoint
from gongyue.transparency.notes import Signer, sign_note

SEED, SLOT_KEY = "gongyue-ed25519-seed", "gongyue-slot-key"
"""What a key file begins with."""
DEMO_SEED = b"gongyue demo: these keys are public"
"""Every demonstration key is derived from this: whoever reads it holds them, so `init` refuses them."""


def demo_seed(holder: str) -> bytes:
    """A demonstration key's seed: public, derived from its holder's name."""
    return hashlib.sha256(DEMO_SEED + b"\n" + holder.encode()).digest()


def demo_keys(origin: str, seed: Callable[[str], bytes] = demo_seed) -> BookKeys:
    """The keys of a demonstration's books."""
    return book_keys(origin, seed("book"), seed("sealed"), seed("sys"), lambda year: seed(f"slots {year}"))


class BookKeys(NamedTuple):
    """The open book's signer, the sealed book's, the seed of the office key for acts without discretion, the keys of padding.

    `year_key`: 32 random bytes for a Beijing year, made at their first use. `next_open` and `next_sealed` sign beside the
    present keys while a book's key is being changed (docs/book-key.md).
    """

    open: Signer
    sealed: Signer
    system: bytes
    year_key: Callable[[int], bytes]
    next_open: Signer | None = None
    next_sealed: Signer | None = None

    def signers(self, book: str) -> list[Signer]:
        """Whoever signs that book's heads now."""
        pair = (self.open, self.next_open) if book == "open" else (self.sealed, self.next_sealed)
        return [signer for signer in pair if signer is not None]

    def head_note(self, book: str, size: int, root: bytes) -> bytes:
        """The signed head of a book."""
        signers = self.signers(book)
        return sign_note(Checkpoint(signers[0].verifier.name, size, root).text(), signers)

    def shown_head(self, book: str, note: bytes) -> Checkpoint:
        """The head that a note of ours shows; BadNote if none of these keys signed it."""
        return checkpoint.open(note, *(signer.verifier for signer in self.signers(book)))

    def slot_key(self, slot: int, slot_seconds: int) -> bytes:
        """The key of a slot's padding (formats §10.1)."""
        return padding.slot_key(self.year_key(year_of(slot, slot_seconds)), slot)

    @property
    def system_id(self) -> str:
        """The office key's name."""
        return key_id(ed25519.public(self.system))


def book_keys(
    origin: str, open_seed: bytes, sealed_seed: bytes, system_seed: bytes, year_key: Callable[[int], bytes]
) -> BookKeys:
    """The keys of the two books of one covenant; the sealed book's origin is the open one's with /sealed."""
    return BookKeys(Signer(origin, open_seed), Signer(f"{origin}/sealed", sealed_seed), system_seed, year_key)


def year_of(slot: int, slot_seconds: int) -> int:
    """The Beijing year in which a slot begins."""
    return int(iso(day_of(slot * slot_seconds))[:4])


def write_seed(path: Path, seed: bytes, label: str = SEED) -> None:
    """Write a key file readable by its owner alone; FileExistsError rather than overwriting."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{label} {seed.hex()}\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError:  # a full disk: half a key is none, and would stand in the way of the next
        path.unlink()
        raise


def read_seed(path: Path, label: str = SEED) -> bytes:
    """The seed in a key file; ValueError if it is not one."""
    words = path.read_text("ascii").split()
    if len(words) != 2 or words[0] != label or len(words[1]) != 64:
        raise ValueError(f"{path}: 不是密钥文件 / not a key file")
    return bytes.fromhex(words[1])


class YearKeys:
    """The keys of padding in an office's `keys` folder, `slots-2026.key`; each is made when its year is first asked for.

    Whoever has one knows how many acts of that year were real; without it nobody can ever tell: it is backed up apart.
    """

    def __init__(self, directory: Path, entropy: Callable[[int], bytes]) -> None:
        self._directory, self._entropy = directory, entropy

    def __call__(self, year: int) -> bytes:
        path = self._directory / f"slots-{year}.key"
        if not path.exists():
            made = path.with_name(f".{path.name}.{os.getpid()}.{self._entropy(4).hex()}")
            write_seed(made, self._entropy(32), SLOT_KEY)
            try:
                os.link(made, path)  # whole or not at all, and of two processes the first
            except FileExistsError:
                pass
            finally:
                made.unlink()
        return read_seed(path, SLOT_KEY)


def load_book_keys(directory: Path, origin: str, entropy: Callable[[int], bytes] = os.urandom) -> BookKeys:
    """The keys in an office's `keys` folder; `open-next.key` and `sealed-next.key` while a key is being changed."""
    first, sealed, system = (read_seed(directory / f"{name}.key") for name in ("open", "sealed", "system"))
    keys = book_keys(origin, first, sealed, system, YearKeys(directory, entropy))
    next_open = _following(directory / "open-next.key", keys.open)
    return keys._replace(next_open=next_open, next_sealed=_following(directory / "sealed-next.key", keys.sealed))


def _following(path: Path, present: Signer) -> Signer | None:
    return Signer(present.verifier.name, read_seed(path)) if path.exists() else None
