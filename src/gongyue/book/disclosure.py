"""Disclosure lines: {book, entry, index, salt}, one a line; whoever is entitled opens and checks (formats §10.4)."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from gongyue.book.entry import Leaf, Malformed, decode
from gongyue.book.receipts import short
from gongyue.governance.acts import UNPLACED, Opening
from gongyue.sealing.commitment import SALT_BYTES, commit, sealed_leaf
from gongyue.sealing.link import OpenedLink, parse_link_line
from gongyue.transparency import canonical


class WrongOpening(Malformed):
    """A line of the right form that the sealed book contradicts: it holds something else there, or no act."""


class NotPublished(WrongOpening):
    """A line of an entry, arrived then, that the sealed book as it was published does not reach; with its promise, if it has one."""

    def __init__(self, number: int, index: int | None, commitment: str, arrived: int, promise: bytes = b"") -> None:
        self.what = short(commitment) if index is None else f"#{index}"
        super().__init__(f"line {number}: sealed {self.what} is not in the published book")
        self.index, self.commitment, self.arrived, self.promise = index, commitment, arrived, promise


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    book: str
    entry: msgspec.Raw
    salt: str
    index: Annotated[int, Meta(ge=0)] | None = None
    promise: str | None = None


class _Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    head: str


_line, _kept = msgspec.json.Decoder(_Line), msgspec.json.Decoder(_Kept)
_HEAD, _LINK = b'{"head":', b'{"link":'


class DisclosedEntry(msgspec.Struct, frozen=True):
    """A disclosure line decoded: the opening, its entry's leaf with the signatures to check, the promise if it has one."""

    opening: Opening
    leaf: Leaf
    promise: bytes = b""


def line(index: int | None, salt: bytes, entry: bytes, promise: bytes = b"") -> bytes:
    """One disclosure line, canonical, with its newline; before the anchor with the promise in place of the index."""
    text = base64.b64encode(salt)
    if index is None:
        return b'{"book":"sealed","entry":%s,"promise":%s,"salt":"%s"}\n' % (
            entry,
            msgspec.json.encode(promise.decode()),
            text,
        )
    return b'{"book":"sealed","entry":%s,"index":%d,"salt":"%s"}\n' % (entry, index, text)


def head_line(note: bytes) -> bytes:
    """The line of a head of a dossier that a party keeps, canonical, with its newline."""
    return b'{"head":%s}\n' % msgspec.json.encode(note.decode())


Find = Callable[[str], int | None]
"""Where the sealed book holds a commitment."""


def read(
    data: bytes, sealed: Callable[[int], bytes | None], find: Find | None = None, promised: bool = False
) -> Iterator[DisclosedEntry]:
    """The openings of a disclosure, each checked against the sealed book's leaf at its index.

    A party's own file may also have lines of heads, `{"head":note}` (see `heads`), and of links (see `links`). `sealed(index)`
    gives that leaf, None where there is none yet: NotPublished, after all other lines, of the one that arrived first.
    `promised`: an entry that has a promise, and no place yet, is given as one UNPLACED: whoever asks checks the promise.
    `find` says where a commitment stands whose line has the promise instead; whoever acts on what is opened has none: that
    must be anchored, no head stands there, and its lines are to the byte as `line` writes them, where a party's editor may
    end its own otherwise. WrongOpening names the line that does not open, Malformed the one that is none.
    """
    beyond: NotPublished | None = None
    for number, line in enumerate(io.BytesIO(data), 1):  # one at a time: a file of line ends alone has millions
        row = line.rstrip(b"\r\n")
        try:
            if find is None and line != row + b"\n":
                raise ValueError("a line ends in one newline, the last one too")
            parsed = _parsed(row, find is not None)
        except (ValueError, msgspec.DecodeError) as error:
            raise Malformed(f"line {number}: {error}") from None
        if parsed is None:
            continue
        commitment = commit(base64.b64decode(parsed.salt), bytes(parsed.entry))
        index, there = _looked_up(parsed, commitment, sealed, find, promised)
        if there is None:
            promise = (parsed.promise or "").encode()
            late = NotPublished(number, index, commitment, _arrived(bytes(parsed.entry)), promise)
            beyond = late if beyond is None or late.arrived < beyond.arrived else beyond
            continue
        if there != sealed_leaf(commitment):
            raise WrongOpening(f"line {number}: sealed #{index} does not open to this entry")
        try:
            leaf = decode(bytes(parsed.entry))
        except Malformed as error:  # whoever sealed it is to blame, not who opens it
            raise WrongOpening(f"line {number}: {error}") from None
        assert index is not None
        yield DisclosedEntry(Opening(index, commitment, leaf.entry), leaf, (parsed.promise or "").encode())
    if beyond is not None:
        raise beyond


def _looked_up(
    parsed: _Line, commitment: str, sealed: Callable[[int], bytes | None], find: Find | None, promised: bool
) -> tuple[int | None, bytes | None]:
    """Where a line's entry stands, and the leaf there; UNPLACED with its own leaf where a promise is enough."""
    index = parsed.index
    if index is None and find is not None:
        index = find(commitment)
    there = None if index is None else sealed(index)
    if there is None and promised and parsed.promise:
        return UNPLACED, sealed_leaf(commitment)
    return index, there


def _parsed(row: bytes, own: bool) -> _Line | None:
    """The opening of a line; None where a party's own file holds a head or a link there. ValueError where it is none."""
    canonical.require_canonical(row)
    if own and row.startswith((_HEAD, _LINK)):
        _kept.decode(row) if row.startswith(_HEAD) else parse_link_line(row)
        return None
    parsed = _line.decode(row)
    if len(base64.b64decode(parsed.salt, validate=True)) != SALT_BYTES:
        raise ValueError("salt")
    if parsed.book != "sealed":  # anybody can write such a line: it says nothing of the office
        raise ValueError("book")
    if (parsed.index is None) == (parsed.promise is None):
        raise ValueError("index, promise")
    return parsed


def heads(data: bytes) -> Iterator[bytes]:
    """The notes of the lines of heads in a party's own file, once it was read."""
    return (_kept.decode(row).head.encode() for row in data.splitlines() if row.startswith(_HEAD))


def links(data: bytes) -> Iterator[OpenedLink]:
    """The links that a party's own file opens, once it was read."""
    return (parse_link_line(row) for row in data.splitlines() if row.startswith(_LINK))


def recorded(data: bytes) -> Iterator[Opening]:
    """The openings of a disclosure that an act in the book names: it was held against the sealed book when it was recorded."""
    for row in data.splitlines():
        parsed = _line.decode(row)
        assert parsed.index is not None
        commitment = commit(base64.b64decode(parsed.salt), bytes(parsed.entry))
        yield Opening(parsed.index, commitment, decode(bytes(parsed.entry)).entry)


def _arrived(entry: bytes) -> int:
    """When an entry says that it arrived, 0 where it is none."""
    try:
        return decode(entry).entry.rx.t
    except Malformed:
        return 0
