"""The fork guard: what was shown to anyone is written down durably beside the store.

It is written after the commit and before the receipt leaves the office, so a crash in between never blocks a
start, while a restored backup or a second copy of the office cannot show a second history. The store's commit is
what is durable at once; this file follows it, forced to disk by `sync` (each tick, each publication): after a power
cut it may name an older head, which is still one that was shown.

What was promised for acts under seal stands in files beside it, one for each slot: a commitment a line, written after the
commit and before the promise leaves. Once a slot is anchored the head says it all, and its file goes.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from gongyue.office.store import Head, Reading
from gongyue.transparency import merkle

SECTOR = 512
PROMISED = re.compile(r"promised-(\d{1,12})\.txt")
"""The name of a file of promised commitments, with their slot."""
_LINE = re.compile(rb"sha256:[0-9a-f]{64}(?=\r?\n|\Z)")


class Forked(Exception):
    """The store and what was shown before disagree: starting would show a second history."""


class ForkGuard:
    """(size, root) per book, last shown; `path` None keeps it in memory only (tests, dry runs)."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.shown: dict[str, tuple[int, bytes]] = {}
        if path is not None and path.exists() and (text := path.read_text("utf-8")):  # empty: nothing was shown yet
            stored = json.loads(text)
            self.shown = {book: (size, bytes.fromhex(root)) for book, (size, root) in stored.items()}
        self._file = None if path is None else os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)

    def note(self, book: str, head: Head) -> None:
        """Write down a head that is about to be shown. A smaller or different head is never shown."""
        size, root = self.shown.get(book, (0, b""))
        if head.size < size or (head.size == size and head.root != root and size):
            raise Forked(f"{book}: {head.size} < {size}")
        self.shown[book] = (head.size, head.root)
        if self._file is not None:
            # One sector rewritten in place: disks write it whole or not at all.
            text = json.dumps({b: [s, r.hex()] for b, (s, r) in self.shown.items()})
            os.pwrite(self._file, text.encode("ascii").ljust(SECTOR - 1) + b"\n", 0)

    def promise(self, slot: int, commitments: Iterable[str]) -> None:
        """Write down what is about to be promised by that slot."""
        if self.path is not None:
            lines = "".join(f"{one}\n" for one in commitments).encode("ascii")
            file = os.open(self.path.parent / f"promised-{slot}.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(file, lines)
            finally:
                os.close(file)

    def anchored(self, slot: int) -> None:
        """What was promised by an anchored slot is in the head by now."""
        for promised, path in self._promised():
            if promised <= slot:
                path.unlink(missing_ok=True)

    def _promised(self) -> Iterator[tuple[int, Path]]:
        for path in self.path.parent.glob("promised-*.txt") if self.path is not None else ():
            if (name := PROMISED.fullmatch(path.name)) is not None:
                yield int(name[1]), path

    def sync(self) -> None:
        """Force the file to disk."""
        if self._file is not None:
            os.fdatasync(self._file)

    def check(self, store: Reading, source: str = "guard") -> None:
        """Compare the store with what was shown; Forked says which differs."""
        for book, (size, root) in self.shown.items():
            require_prefix(store, book, size, root, source)
        for _, path in self._promised():
            # One may be cut short, by a power cut, and others follow it on its line: the promise of that one never left.
            for line in map(bytes.decode, _LINE.findall(path.read_bytes())):
                if store.sealed_entry(bytes.fromhex(line[7:])) is None:
                    raise Forked(
                        f"{path.name}：已承诺载入的 {line} 不在库中（备份较旧？）"
                        f" / {path.name}: {line} was promised, and the store has not got it (an old backup?)"
                    )

    def close(self) -> None:
        """Release the file."""
        if self._file is not None:
            self.sync()
            os.close(self._file)
            self._file = None


def require_prefix(store: Reading, book: str, size: int, root: bytes, source: str) -> None:
    """The store's book must have that root at that size; Forked otherwise."""
    head = store.head(book)
    have = head.size if head else 0
    if have < size:
        raise Forked(
            f"{source}：{book} 曾公开 {size} 条，库中只有 {have} 条（备份较旧？）"
            f" / {source} shows {size} entries of {book}, the store has {have} (an old backup?)"
        )
    if size and merkle.root(lambda level, index: store.node(book, level, index), size) != root:
        raise Forked(f"{source}：{book} 第 {size} 条处根不同 / the root of {book} at {size} differs from {source}")
