"""What every fact is made from and of: the institution as of one size and day, texts in both languages, days."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar

import msgspec

from gongyue.book.entry import Leaf, decode
from gongyue.covenant.periods import iso
from gongyue.governance.fields import Date
from gongyue.governance.institution import Institution
from gongyue.governance.recovery import never_was
from gongyue.office.index import Index


class AsOf(Protocol):
    """The institution as of one size of the open book and one day, with the book behind it."""

    @property
    def inst(self) -> Institution:
        """The institution, as the last act left it."""

    @property
    def size(self) -> int:
        """How many entries it is made of."""

    @property
    def day(self) -> int:
        """The Beijing day, an ordinal."""

    @property
    def index(self) -> Index:
        """Where the acts stand, up to that size at least."""

    def leaf(self, index: int) -> bytes | None:
        """A leaf of the open book; None beyond its size."""

    def object(self, digest: str) -> bytes | None:
        """An object that acts name; None where it is not at hand."""


class Said(msgspec.Struct, frozen=True):
    """A text in both languages."""

    zh: str
    en: str


Shape = TypeVar("Shape")


def filled(shape: type[Shape], source: object, **told: object) -> Shape:
    """What is told of something: its own fields of the same names, and what is `told` otherwise."""
    same = {name: getattr(source, name) for name in shape.__struct_fields__ if name not in told}  # type: ignore[attr-defined]
    return shape(**same, **told)


def day_or_none(day: int | None) -> Date | None:
    """A day as a date; none for 0."""
    return iso(day) if day else None


def leaf_at(at: AsOf, index: int) -> Leaf:
    """The leaf at an index; IndexError beyond the size."""
    data = at.leaf(index)
    if data is None:
        raise IndexError(index)
    return decode(data)


def body_at(at: AsOf, index: int) -> dict[str, Any]:
    """The body of the act at an index, as it was signed."""
    body: dict[str, Any] = msgspec.json.decode(leaf_at(at, index).entry.act.body)
    return body


def path_of(digest: str) -> str:
    """Where an object stands among the book's files."""
    return f"objects/sha256/{digest.removeprefix('sha256:')}"


def text_of(at: AsOf, digest: str) -> str:
    """An object's text; empty where it is none, or is not there."""
    try:
        return (at.object(digest) or b"").decode("utf-8").strip()
    except UnicodeDecodeError:
        return ""


def valid_acts(at: AsOf, *types: str) -> tuple[int, ...]:
    """The acts of these types in the book's order, without those that are void because their time was false."""
    return tuple(place for place in at.index.of_types(list(types), at.size) if not never_was(at.inst, place))
