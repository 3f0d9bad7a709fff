"""An edition of the covenant: its articles, and the clauses of it that people bound to what rules carry out.

A draft may leave something open; an edition that is frozen, amended or in force leaves nothing. How one is opened, and what is
looked at then, is in `edition_json`.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

import msgspec

from gongyue.covenant import addresses
from gongyue.covenant.addresses import Break
from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.passages import Reader, reader
from gongyue.covenant.binding.reader_name import ReaderName, catalogue_of
from gongyue.covenant.binding.records import Absence, Binding, Decision, Fault
from gongyue.covenant.binding.validation import faults
from gongyue.covenant.counting import share_of
from gongyue.covenant.parser import items
from gongyue.covenant.periods import Period
from gongyue.covenant.text import Chapter, Item, Part, Placed, Term
from gongyue.covenant.unsupported_clauses import beyond

OPEN = frozenset(
    {
        "undecided",
        "open",
        "guard",
        "refused",
        "no-share",
        "base",
        "presence",
        "disagree",
        "delay",
        "left-out",
        "borrowed",
        "misplaced",
        "ceiling",
        "against",
        "broken",
        "defined",
        "beyond",
        "not-asked",
    }
)
"""Faults that a draft may have: what is yet to be decided, or cannot be frozen as it is decided. Any other is a falsehood."""

NUMBERED = ("share", "period", "frequency")
"""Kinds of bindings that a rule may go by."""

EDITION_VERSION = "gongyue/edition@2"


class Clause(msgspec.Struct, frozen=True):
    """A clause 条款 that a capability is bound to: the capability, its article's position, its words."""

    name: str
    article: int
    words: str


class Note(msgspec.Struct, frozen=True):
    """An annotation 编者注 of our edition: how doubtful words are read; it decides nothing."""

    at: str
    words: str
    note: str


class BadEdition(ValueError):
    """An edition that does not hold together; `code` is GY-01-01 for a gap in the numbering, else empty."""

    def __init__(self, zh: str, en: str, code: str = "", **figures: int | str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh, self.en, self.code, self.figures = zh, en, code, figures


class Edition(msgspec.Struct, frozen=True, dict=True):
    """One edition, as agreed by the parties; opened by `edition_json`.

    `numbering`: the articles whose number does not go on from the one before, as the parties say it is meant.
    """

    title: str
    original: str
    chapters: tuple[Chapter, ...]
    parts: tuple[Part, ...] = msgspec.field(name="articles")
    bindings: tuple[Binding, ...]
    decisions: tuple[Decision, ...]
    absent: tuple[Absence, ...]
    reader: ReaderName
    numbering: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    v: str = EDITION_VERSION

    @cached_property
    def articles(self) -> tuple[Placed, ...]:
        """The articles with their positions, counted from 1: by these code and pages name them."""
        return tuple(Placed(n, p.chapter, p.text, p.items, at=p.at, label=p.label) for n, p in enumerate(self.parts, 1))

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {part.at: n for n, part in enumerate(self.parts, 1)}

    def position(self, at: str) -> int:
        """The position of the article at an address; 0 where there is none."""
        return self._positions.get(at, 0)

    def address(self, number: int) -> str:
        """The address of the article at a position, counted from 1; empty outside the text."""
        return self.parts[number - 1].at if 1 <= number <= len(self.parts) else ""

    def article(self, number: int) -> Placed:
        """The article at a position, counted from 1; IndexError outside the text."""
        if not 1 <= number <= len(self.articles):
            raise IndexError(number)
        return self.articles[number - 1]

    def says(self, words: str) -> bool:
        """Whether these very words stand in it."""
        return any(words in part.text for part in self.parts)

    @cached_property
    def _bound(self) -> dict[str, Binding]:
        """The first binding of each capability: of several the numbers agree."""
        return {b.capability: b for b in reversed(self.bindings)}

    def binding(self, name: str) -> Binding | None:
        """What a capability is bound to; None where this text has no such clause."""
        return self._bound.get(name)

    def bindings_of(self, name: str) -> tuple[Binding, ...]:
        """All that a capability is bound to, in order."""
        return tuple(b for b in self.bindings if b.capability == name)

    def stated(self, name: str) -> Binding | None:
        """The first binding of a capability that states a number; its first one where none does."""
        return next((b for b in self.bindings_of(name) if b.kind in NUMBERED), self.binding(name))

    def clause(self, name: str) -> Clause | None:
        """The clause a capability is bound to; None where this text has no such clause."""
        bound = self._bound.get(name)
        return Clause(name, self.position(bound.at), bound.words) if bound else None

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The numbers the bound clauses state."""
        return tuple(
            Term(b.capability, self.position(b.at), b.words, b.value, b.unit or b.kind, b.inclusive, b.base)
            for b in self.bindings
            if b.kind in ("share", "period") and not b.delay
        )

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The bound clauses that state no number."""
        return tuple(
            Clause(b.capability, self.position(b.at), b.words)
            for b in self.bindings
            if b.kind not in ("share", "period") or b.delay
        )

    @cached_property
    def values(self) -> dict[str, Fraction | Period]:
        """The numbers the text states, by capability."""
        return {t.name: term_value(t) for t in reversed(self.terms)}

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """Everything in its records that does not hold, or is not decided yet."""
        return tuple(faults(self.parts, self.bindings, self.decisions, self.absent, self.by))

    @cached_property
    def by(self) -> Reader:
        """The reader it was decided under, by which it is judged for ever."""
        read = catalogue_of(self.reader)
        assert read is not None, self.reader  # `draft` opens no other
        return reader(read)

    @property
    def unbound(self) -> tuple[str, ...]:
        """The capabilities of later catalogues than its own: nobody has said yet whether the text has them."""
        own = self.by.catalogue
        if own is catalogue():
            return ()
        return tuple(name for name in catalogue().capabilities if name not in own.capabilities)

    @cached_property
    def open(self) -> tuple[Fault, ...]:
        """What must still be decided or mended before the text can be frozen."""
        return (
            *(f for f in self.faults if f.why in OPEN),
            *beyond(self.bindings),
        )

    @cached_property
    def breaks(self) -> tuple[Break, ...]:
        """The articles whose number does not go on, and nobody has said that it is meant."""
        return tuple(b for b in addresses.breaks(self.parts) if b.at not in self.numbering)


def term_value(term: Term) -> Fraction | Period:
    """A share as a Fraction, anything else as a Period."""
    if term.unit == "share":
        return share_of(str(term.value), term.inclusive)
    return Period(int(term.value), term.unit)


def items_of(text: str) -> tuple[Item, ...]:
    """The items of an article's text."""
    return items.split([line for line in text.split("\n") if line])
