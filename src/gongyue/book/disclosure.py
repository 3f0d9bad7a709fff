"""Disclosure lines: {book, index, salt, entry}, one a line; whoever is entitled opens and checks (formats §10.4)."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterator

import msgspec

from gongyue.book.entry import Leaf, Malformed, decode
from gongyue.governance.acts import Opening
from gongyue.sealing.commitment import commit, sealed_leaf
from gongyue.transparency import canonical


class WrongOpening(Malformed):
    """A line of the right form that the sealed book contradicts: it holds something else there, or no act."""


class NotPublished(WrongOpening):
    """A line of an entry, arrived then, that the sealed book as it was published does not reach."""

    def __init__(self, number: int, index: int, arrived: int) -> None:
        super().__init__(f"line {number}: sealed #{index} is not in the published book")
        self.index, self.arrived = index, arrived


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    book: str
    entry: msgspec.Raw
    index: int
    salt: str


_line = msgspec.json.Decoder(_Line)


class DisclosedEntry(msgspec.Struct, frozen=True):
    """A disclosure line decoded: the opening, and its entry's leaf with the signatures to check."""

    opening: Opening
    leaf: Leaf


def line(index: int, salt: bytes, entry: bytes) -> bytes:
    """One disclosure line, canonical, with its newline."""
    text = base64.b64encode(salt)
    return b'{"book":"sealed","entry":%s,"index":%d,"salt":"%s"}\n' % (entry, index, text)


def read(data: bytes, sealed: Callable[[int], bytes | None]) -> Iterator[DisclosedEntry]:
    """The openings of a disclosure, each checked against the sealed book's leaf at its index.

    `sealed(index)` gives that leaf, None where there is none yet: NotPublished. WrongOpening names the line that does not open, Malformed the one that is none.
    """
    for number, line in enumerate(io.BytesIO(data), 1):  # one at a time: a file of line ends alone has millions
        row = line.rstrip(b"\r\n")
        try:
            canonical.require_canonical(row)
            parsed = _line.decode(row)
            salt = base64.b64decode(parsed.salt, validate=True)
            commitment = commit(salt, bytes(parsed.entry))
        except (ValueError, msgspec.DecodeError) as error:
            raise Malformed(f"line {number}: {error}") from None
        there = sealed(parsed.index) if parsed.book == "sealed" else b""
        if there is None:
            raise NotPublished(number, parsed.index, _arrived(bytes(parsed.entry)))
        if there != sealed_leaf(commitment):
            raise WrongOpening(f"line {number}: sealed #{parsed.index} does not open to this entry")
        try:
            leaf = decode(bytes(parsed.entry))
        except Malformed as error:  # whoever sealed it is to blame, not who opens it
            raise WrongOpening(f"line {number}: {error}") from None
        yield DisclosedEntry(Opening(parsed.index, commitment, leaf.entry), leaf)


def recorded(data: bytes) -> Iterator[Opening]:
    """The openings of a disclosure that an act in the book names: it was held against the sealed book when it was recorded."""
    for row in data.splitlines():
        parsed = _line.decode(row)
        commitment = commit(base64.b64decode(parsed.salt), bytes(parsed.entry))
        yield Opening(parsed.index, commitment, decode(bytes(parsed.entry)).entry)


def _arrived(entry: bytes) -> int:
    """When an entry says that it arrived, 0 where it is none."""
    try:
        return decode(entry).entry.rx.t
    except Malformed:
        return 0
