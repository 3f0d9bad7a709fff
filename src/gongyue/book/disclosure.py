"""Disclosure lines: {book, index, salt, entry}, one a line; whoever is entitled opens and checks (formats §2)."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator

import msgspec

from gongyue.book.entry import Leaf, Malformed, decode
from gongyue.governance.acts import Opening
from gongyue.sealing.commitment import commit, sealed_leaf
from gongyue.transparency import canonical


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    book: str
    entry: msgspec.Raw
    index: int
    salt: str


_line = msgspec.json.Decoder(_Line)


class Opened(msgspec.Struct, frozen=True):
    """A disclosure line decoded: the opening, and its entry's leaf with the signatures to check."""

    opening: Opening
    leaf: Leaf


def line(index: int, salt: bytes, entry: bytes) -> bytes:
    """One disclosure line, canonical, with its newline."""
    text = base64.b64encode(salt)
    return b'{"book":"sealed","entry":%s,"index":%d,"salt":"%s"}\n' % (entry, index, text)


def padding(random: bytes) -> bytes:
    """A dummy leaf of the sealed book: a commitment to nothing, from 32 random bytes."""
    return sealed_leaf("sha256:" + random.hex())


def read(data: bytes, sealed: Callable[[int], bytes | None]) -> Iterator[Opened]:
    """The openings of a disclosure, each checked against the sealed book's leaf at its index.

    `sealed(index)` gives that leaf, None where there is none. Malformed names the line that does not open.
    """
    for number, row in enumerate(data.splitlines(), 1):
        try:
            canonical.require_canonical(row)
            parsed = _line.decode(row)
            salt = base64.b64decode(parsed.salt, validate=True)
            leaf = decode(bytes(parsed.entry))
            commitment = commit(salt, leaf.data)
        except (ValueError, msgspec.DecodeError) as error:
            raise Malformed(f"line {number}: {error}") from None
        if parsed.book != "sealed" or sealed(parsed.index) != sealed_leaf(commitment):
            raise Malformed(f"line {number}: sealed #{parsed.index} does not open to this entry")
        yield Opened(Opening(parsed.index, commitment, leaf.entry), leaf)
