"""The store: two append-only books, objects, openings, checkpoints; SQLite by default, PostgreSQL by one setting.

One contract, one SQL schema, plain DB-API. A store keeps bytes and knows no law.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

import msgspec

OPEN, SEALED = "open", "sealed"


class BadStore(Exception):
    """What was opened is no store of this version, or is damaged: ``zh`` and ``en`` say what."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(f"{zh} {en}")


class NoStore(BadStore):
    """There is no store at that place, and none may be created without ``create=True``."""


class Head(NamedTuple):
    """A book's latest signed state: size, root (32 bytes), compact range (`merkle.Frontier.to_bytes`), checkpoint."""

    size: int
    root: bytes
    frontier: bytes
    note: bytes


class NewLeaf(NamedTuple):
    """A leaf to append, its RFC 6962 leaf hash, and the digest of its act (None: the sealed book's leaves say nothing)."""

    leaf: bytes
    hash: bytes
    act: str | None


class SealedEntry(msgspec.Struct, frozen=True):
    """An act under seal: what opens it, what was promised for it, and its leaf once an anchor has placed it.

    `number`: from 1 in the order of arrival, which nobody outside the office is told; `index`: None until it is placed.
    """

    number: int
    index: int | None
    commitment: str
    salt: bytes
    entry: bytes
    promise: bytes


class NewSealed(NamedTuple):
    """An act under seal that arrives: the digest of its act, its commitment, what opens it, the promise given for it."""

    act: str
    commitment: str
    salt: bytes
    entry: bytes
    promise: bytes


class Reading(Protocol):
    """What any process may read at any time; each call sees committed data only."""

    def head(self, book: str) -> Head | None:
        """The book's head; None before its first commit."""

    def leaf(self, book: str, index: int) -> bytes | None:
        """One leaf."""

    def leaves(self, book: str, start: int, stop: int) -> Iterator[bytes]:
        """Leaves start … stop-1 in order, streamed in bounded memory; ends early where the book ends.

        BadStore if the book has a gap.
        """

    def node(self, book: str, level: int, index: int) -> bytes:
        """The hash of the complete subtree at (level, index), 32 bytes; LookupError if not complete."""

    def note(self, book: str, size: int) -> tuple[bytes, bytes] | None:
        """(root, note) of the checkpoint signed at that size; None if none was."""

    def find(self, book: str, act: str) -> int | None:
        """The index of the open act of that digest, the number of the sealed one."""

    def find_sealed(self, leaf_hash: bytes) -> int | None:
        """The index of the first sealed leaf with that RFC 6962 leaf hash."""

    def object(self, digest: str) -> bytes | None:
        """The bytes of an object."""

    def public_objects(self) -> Iterator[str]:
        """Digests of the public objects."""

    def sealed_entry(self, commitment: bytes) -> SealedEntry | None:
        """The act under seal whose commitment is, or begins with, these bytes; None for padding."""

    def sealed_numbered(self, number: int) -> SealedEntry | None:
        """The act under seal that arrived under that number."""

    def sealed_numbers(self, numbers: Collection[int]) -> Iterator[SealedEntry]:
        """The acts under seal that arrived under these numbers, in their order."""

    def arrivals(self) -> int:
        """How many acts have arrived under seal: the number of the last."""

    def sealed_entries(self, after: int = 0) -> Iterator[SealedEntry]:
        """The acts under seal that arrived after that number, in the order of arrival."""

    def placed(self, start: int, stop: int) -> Iterator[SealedEntry]:
        """The acts under sealed leaves start … stop-1, in that order; padding left out."""

    def pending(self) -> list[SealedEntry]:
        """The acts under seal that wait for the next anchor to place them, in the order of arrival."""

    def sealed_with(self, words: Collection[str], after: int = 0) -> Iterator[SealedEntry]:
        """The acts under seal with one of these words (`store.words`), arrived after that number, in the order of arrival.

        Looked up, never sought: it costs what is found, whatever else the book holds.
        """

    def numbers_with(self, words: Collection[str], after: int = 0) -> list[int]:
        """The numbers of what `sealed_with` finds, without reading any of it."""

    def setting(self, name: str) -> bytes | None:
        """A stored setting."""

    def settings_there(self, names: Collection[str]) -> set[str]:
        """Which of these settings are stored."""

    def snapshot(self) -> tuple[int, bytes] | None:
        """(size, state) of the latest snapshot."""


class Writing(Reading, Protocol):
    """A write transaction that holds the append lock: all or nothing, durable when it ends."""

    def append(self, book: str, leaves: list[NewLeaf]) -> int:
        """Append leaves under consecutive indices from the book's size on; returns the first index.

        Raises ValueError, having stored nothing, if an act digest is in the book already or twice in the list, or a
        hash is not 32 bytes; BadStore if the stored head is ahead of the leaves.
        """

    def set_head(self, book: str, head: Head) -> None:
        """Store the head and keep its checkpoint; ValueError if the size is not the number of leaves.

        A head of the same size and root replaces the note (more signatures); another root at a size once signed is a
        ValueError.
        """

    def put_object(self, digest: str, data: bytes, public: bool) -> None:
        """Store an object; the same again is no error; a private one may become public, never the other way.

        ValueError if there are other bytes under that digest.
        """

    def receive(self, entries: Sequence[NewSealed]) -> int:
        """Keep acts that arrive under seal, in this order; returns the number of the first.

        ValueError, having stored nothing, if an act or commitment is there already or twice, or it is no entry.
        """

    def place(self, places: Sequence[tuple[int, int]]) -> None:
        """Say under which leaf acts stand: (number, index); ValueError where there is no such act or leaf, or it is placed."""

    def put_setting(self, name: str, value: bytes) -> None:
        """Store or replace a setting; ValueError for names beginning with ``store.``, which are the store's own."""

    def put_snapshot(self, size: int, state: bytes) -> None:
        """Replace the snapshot."""


class Store(Reading, Protocol):
    """A store."""

    def writing(self) -> AbstractContextManager[Writing]:
        """A write transaction under the append lock; leaving it by an exception undoes everything.

        The store's own reading methods keep to committed data meanwhile, in every thread. RuntimeError if the thread
        is writing already.
        """

    def close(self) -> None:
        """Release connections."""


def open_store(url: str, create: bool = False, older: bool = False) -> Store:
    """Open ``sqlite:PATH``, a plain path, ``:memory:`` (gone when closed) or ``postgresql://…``.

    With ``create``, makes a store if there is nothing yet. NoStore if there is none, BadStore if it is something else
    or of another schema version, ValueError for another kind of URL. With ``older``, a store of an earlier version is
    opened too: for whoever migrates it or backs it up.
    """
    # Imported here: who uses one database needs no driver of the other.
    if url.startswith(("postgresql://", "postgres://")):
        from gongyue.office.store.postgres import open_postgres

        return open_postgres(url, create, older=older)
    if "://" in url:
        raise ValueError("a store is sqlite:PATH, a path, or postgresql://…")  # the URL may hold a password
    from gongyue.office.store.sqlite import open_sqlite

    return open_sqlite(url.removeprefix("sqlite:"), create, older)
