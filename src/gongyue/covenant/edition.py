"""An edition of the covenant: its articles, and the clauses of it that people bound to what rules carry out.

An edition's truth is its confirmed canonical JSON; the original document is never parsed again. Whoever opens it recomputes
everything it says: addresses, quoted words, the numbers in them, the passages there are to decide on (docs/binding.md). A draft
may leave something open; an edition that is frozen, amended or in force leaves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

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
from gongyue.covenant.text import MOST_CHARACTERS, Chapter, Item, Part, Placed, Term
from gongyue.covenant.unsupported_clauses import beyond
from gongyue.covenant.visible_text import hidden_in

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
    }
)
"""Faults that a draft may have: what is yet to be decided, or cannot be frozen as it is decided. Any other is a falsehood."""

MOST_QUOTES, MOST_QUOTED = 20_000, 1_400_000
"""Bindings, decisions, absences and notes, and the characters they quote: each is looked up in its article."""

MOST_BINDINGS, MOST_OCCURRENCES = 1_000, 200
"""Bindings, and which occurrence of its words one may name: each is counted from the article's beginning."""

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
    """One edition, as agreed by the parties; open it with `load`, or a draft of one with `draft`.

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

    @cached_property
    def _bound(self) -> dict[str, Binding]:
        """The first binding of each capability: of several the numbers agree."""
        return {b.capability: b for b in reversed(self.bindings)}

    def binding(self, name: str) -> Binding | None:
        """What a capability is bound to; None where this text has no such clause."""
        return self._bound.get(name)

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


def load(data: Mapping[str, Any]) -> Edition:
    """An edition that leaves nothing open, from its decoded JSON; raises BadEdition."""
    edition = draft(data)
    for at, expected, found in edition.breaks:
        raise _gap(at, expected, found)
    for fault in edition.open:
        raise BadEdition(fault.zh, fault.en)
    return edition


def draft(data: Mapping[str, Any]) -> Edition:
    """An edition from its decoded JSON: what it says holds, but it may leave something `open`; raises BadEdition."""
    try:
        text = msgspec.json.encode(data)
    except (TypeError, ValueError, OverflowError) as error:  # nothing that was JSON
        raise BadEdition(f"文本格式不符：{error}", f"not an edition: {error}") from None
    return _draft(text)


@lru_cache(
    maxsize=8
)  # an act names the same text again and again: opening one takes 10 ms, one made to tire some seconds
def _draft(text: bytes) -> Edition:
    data = msgspec.json.decode(text)
    try:
        edition = msgspec.convert(data, Edition, strict=True)
    except msgspec.ValidationError as error:
        raise BadEdition(f"文本格式不符：{error}", f"not an edition: {error}") from None
    if edition.v != EDITION_VERSION:
        raise BadEdition(f"未知的文本版式 {edition.v}", f"unknown edition version {edition.v}")
    if catalogue_of(edition.reader) is None:
        name = f"{edition.reader.name} {edition.reader.digest}"
        raise BadEdition(f"未知的读法 {name}", f"unknown reader {name}")
    _require_bounded(edition)
    if data != listed(to_data(edition)):
        raise BadEdition("每项须恰好载明规定的各栏", "every record has exactly the fields that belong to it")
    _require_visible(edition)
    _require_addresses(edition)
    for note in edition.notes:
        if not note.words or note.words not in _text_at(edition, note.at):
            raise BadEdition(f"{note.at} 没有“{note.words}”", f"{note.at} does not contain “{note.words}”")
    if false := next((f for f in edition.faults if f.why not in OPEN), None):
        raise BadEdition(false.zh, false.en)
    return edition


def _text_at(edition: Edition, at: str) -> str:
    number = edition.position(at)
    return edition.parts[number - 1].text if number else ""


def _require_bounded(edition: Edition) -> None:
    """Whoever verifies a book loads every edition it names: one made to tire its reader is none."""
    quoted = [len(words) for words in _quoted(edition)]
    nth = max((b.nth for b in edition.bindings), default=1)
    for found, most, zh, en in (
        (len(edition.bindings), MOST_BINDINGS, "绑定的项数", "bindings"),
        (nth, MOST_OCCURRENCES, "字句的第几处", "occurrences of the words"),
        (sum(len(p.text) for p in edition.parts), MOST_CHARACTERS, "条文字数", "characters in its articles"),
        (len(quoted), MOST_QUOTES, "绑定、决定与注的项数", "bindings, decisions and notes"),
        (sum(quoted), MOST_QUOTED, "所引文字的字数", "characters quoted"),
    ):
        if found > most:
            raise BadEdition(f"{zh} {found:,}，至多 {most:,}", f"{found:,} {en}, at most {most:,}")


def _require_visible(edition: Edition) -> None:
    """A text is what it shows: what is read in it, quoted and signed has no character that hides or turns others."""
    folds = catalogue().fold[::2]
    said = [
        ("", edition.title),
        *(("", c.title) for c in edition.chapters),
        *((p.label, p.text) for p in edition.parts),
    ]
    said += [(d.at, d.reason) for d in edition.decisions] + [(n.at, n.note) for n in edition.notes]
    for where, text in said:
        if hidden := hidden_in(text, folds):
            zh, en = (
                f"{where or '标题'}有看不见或冒充的字符 {hidden}；请去掉或改成它看上去的字",
                f"{where or 'the title'} has {hidden}",
            )
            raise BadEdition(
                zh, f"{en}, which hides or only looks like a character: remove it, or write what it looks like"
            )


def _quoted(edition: Edition) -> Iterator[str]:
    yield from (b.words for b in edition.bindings)
    yield from (d.words for d in edition.decisions)
    yield from (a.then for a in edition.absent)
    yield from (n.words for n in edition.notes)


def _require_addresses(edition: Edition) -> None:
    """Every article at an address of its own, with its label, in a chapter there is, with its own items."""
    if not edition.parts:
        raise BadEdition("没有条文", "no articles")
    seen: set[str] = set()
    for part in edition.parts:
        if not part.label or part.label != addresses.label_of(part.at) or part.at in seen:
            raise BadEdition(f"条的地址不符：{part.at} {part.label}", f"wrong address: {part.at} {part.label}")
        if part.chapter is not None and not 1 <= part.chapter <= len(edition.chapters):
            raise BadEdition(f"{part.label}：没有第 {part.chapter} 章", f"{part.label}: no chapter {part.chapter}")
        if part.items != items_of(part.text):
            raise BadEdition(f"{part.label}：所列各项不是条文的各项", f"{part.label}: its items are not the text's")
        seen.add(part.at)
    broken = {b.at for b in addresses.breaks(edition.parts)}
    if unbroken := [at for at in edition.numbering if at not in broken]:
        raise BadEdition(f"条号并未中断：{unbroken[0]}", f"the numbering goes on there: {unbroken[0]}")


def items_of(text: str) -> tuple[Item, ...]:
    """The items of an article's text."""
    return items.split([line for line in text.split("\n") if line])


def _gap(at: str, expected: int, found: int) -> BadEdition:
    zh = f"应为第{expected}条，却是第{found}条（{at}）"
    return BadEdition(
        zh, f"article {expected} is expected, {found} is found ({at})", "GY-01-01", expected=expected, found=found
    )


def to_data(edition: Edition) -> dict[str, Any]:
    """The edition as JSON data; its canonical encoding is what its digest is taken of."""
    data: dict[str, Any] = msgspec.to_builtins(edition)
    return data


def listed(value: Any) -> Any:
    """The value as JSON has it: no tuples."""
    return msgspec.json.decode(msgspec.json.encode(value))


def unlike(data: Any, edition: Edition) -> str:
    """Where decoded JSON differs from the edition's own: an article, or the rest; empty where it does not."""
    expected = listed(to_data(edition))
    if data == expected:
        return ""
    found = data.get("articles") if isinstance(data, dict) else None
    pairs = zip(found, expected["articles"], strict=False) if isinstance(found, list) else ()
    different = [n for n, (left, right) in enumerate(pairs, 1) if left != right]
    return f"art.{different[0]}" if different else "edition"
