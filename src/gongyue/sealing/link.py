"""Blinded links: what an act is about elsewhere, told only to whoever may open it (formats §10.7).

`link = SHA-256("gongyue/link@1\\n" ‖ salt ‖ target)`: a salt of 32 random bytes, and the canonical JSON of the target, a list of
`{"c","dossier","n"}` ascending by c. Every act that can carry a link carries exactly one, so that neither number nor absence shows.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Container, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec

from gongyue.sealing.commitment import SALT_BYTES

PREFIX = b"gongyue/link@1\n"
_COMMITMENT = re.compile(r"sha256:[0-9a-f]{64}")
_DOSSIER = re.compile(r"d:(?:[0-9a-f]{64}|members)")
_MAX_NUMBER = 2**53 - 1  # I-JSON


class BadLink(ValueError):
    """A target, or a line that opens a link, that is not of the form."""


class Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry that a link names: its commitment, its dossier and its place there."""

    c: str
    dossier: str
    n: int

    @property
    def place(self) -> tuple[str, int]:
        """What a target is counted by: dossier and n, never c."""
        return self.dossier, self.n


class Place(NamedTuple):
    """Where an entry stands: its dossier and n, and the size of the open book when it arrived.

    Of an act of the open book that carries a link, `open` is its index and the dossier is empty.
    """

    open: int
    dossier: str = ""
    n: int = 0


class OpenedLink(NamedTuple):
    """A link with what opens it."""

    link: str
    salt: bytes
    target: tuple[Target, ...]


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    link: str
    salt: str
    target: tuple[Target, ...]


_lines = msgspec.json.Decoder(_Line)


def encode_target(target: Sequence[Target]) -> bytes:
    """The canonical bytes of a target; BadLink unless every entry is of the form and they ascend by c, none twice."""
    for one in target:
        if not (_COMMITMENT.fullmatch(one.c) and _DOSSIER.fullmatch(one.dossier) and 1 <= one.n <= _MAX_NUMBER):
            raise BadLink(f"not a target: {one.c} {one.dossier} {one.n}")
    if any(a.c >= b.c for a, b in pairwise(target)):
        raise BadLink("the target does not ascend by c")
    if len({one.place for one in target}) != len(target):  # one target is counted by dossier and n, never by c
        raise BadLink("the target names one place twice")
    rows = (b'{"c":"%s","dossier":"%s","n":%d}' % (t.c.encode(), t.dossier.encode(), t.n) for t in target)
    return b"[" + b",".join(rows) + b"]"


def link_value(salt: bytes, target: Sequence[Target]) -> str:
    """The value of a link, `sha256:<hex>`; ValueError unless the salt has 32 bytes, BadLink as `encode_target`."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return "sha256:" + hashlib.sha256(PREFIX + salt + encode_target(target)).hexdigest()


def link_line(salt: bytes, target: Sequence[Target]) -> bytes:
    """The disclosure line that opens a link, canonical, with its newline."""
    link, text = link_value(salt, target).encode(), base64.b64encode(salt)
    return b'{"link":"%s","salt":"%s","target":%s}\n' % (link, text, encode_target(target))


def parse_link_line(row: bytes) -> OpenedLink:
    """A line that opens a link, without its newline; BadLink unless it is canonical and opens the link it states."""
    try:
        line = _lines.decode(row)
        salt = base64.b64decode(line.salt, validate=True)
        same = link_line(salt, line.target) == row + b"\n"  # to the byte: form, order and value at once
    except (ValueError, RecursionError, msgspec.DecodeError) as error:  # BadLink and binascii.Error are ValueErrors
        raise BadLink(str(error)) from None
    if not same:
        raise BadLink("the line does not open the link it states, or is not canonical")
    return OpenedLink(line.link, salt, line.target)


def check_link(
    opened: OpenedLink,
    carrier: Place,
    place_of: Callable[[str], Place | None],
    *,
    may_be_empty: bool,
    earlier: Container[str] = frozenset(),
    at: Callable[[tuple[str, int]], str | None] = lambda place: None,
) -> str:
    """What is wrong with a link that was opened, "" for nothing (formats §10.7).

    `carrier`: where the act that carries it stands. `place_of`: where the entry with a commitment stands, None where it is not
    disclosed. `may_be_empty`: of an act ex officio, and at the end of an entity. `earlier`: the links that came before it.
    `at`: the commitment of the entry at a place (dossier, n), None where that is not disclosed.
    """
    if opened.link in earlier:
        return "twice"
    if not opened.target and not may_be_empty:
        return "empty"
    wrong = ""
    for one in opened.target:
        found = place_of(one.c)
        if (found is not None and (found.dossier, found.n) != one.place) or (at(one.place) or one.c) != one.c:
            return "elsewhere"
        if one.dossier == carrier.dossier and one.n >= carrier.n:  # seen without opening what it names
            return "later"
        if found is None:
            wrong = "undisclosed"
        elif found.open > carrier.open:
            return "later"
    return wrong
