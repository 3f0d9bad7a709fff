"""The passages 所见条文 of a text: every sentence that must be decided on, for every capability.

Pure, and the same for import, page, command line and `verify`: parts in order, sentences in order, capabilities in the
catalogue's order.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

import msgspec

from gongyue.covenant import numbers
from gongyue.covenant.binding import nets, references
from gongyue.covenant.binding.catalogue import Capability, Catalogue, catalogue, spelled_out
from gongyue.covenant.binding.expressions import (
    BLANK,
    Expression,
    Group,
    all_stand,
    expressions,
    masked,
    pattern,
    pieces,
)
from gongyue.covenant.binding.self_names import written_over
from gongyue.covenant.binding.sentences import Sentence, readings, split
from gongyue.covenant.text import Part

MOST_NUMBERS = 2_000
"""Numbers of one sentence that are looked at; one with more was made to tire its reader, and is a passage."""


class Passage(msgspec.Struct, frozen=True):
    """A sentence that must be decided on for a capability; `nth` is its occurrence among equal sentences of the part."""

    capability: str
    at: str
    nth: int
    words: str


class Proposal(msgspec.Struct, frozen=True):
    """What the reader proposes to bind: a clause of a passage; `nth` is the occurrence of these words in the part."""

    capability: str
    at: str
    nth: int
    words: str


SHORT = 400
"""Characters of a text whose masked form is kept."""


class _Compiled(msgspec.Struct, frozen=True):
    find: tuple[tuple[Group, ...], ...]
    mask: tuple[Expression, ...]
    number: str
    guard: bool

    def masked(self, text: str) -> str:
        """The text without what is confusable; of a guard no mask reaches over what makes a passage of it."""
        return masked(text, self.mask, [e for groups in self.find for e in groups[0].among] if self.guard else ())


class Reader:
    """A checking reader: a catalogue made ready to find passages."""

    def __init__(self, read: Catalogue) -> None:
        self.catalogue = read
        self._compiled = {name: _compile(c, read.words) for name, c in read.capabilities.items()}
        self._of_short = lru_cache(4096)(lambda name, text: self._compiled[name].masked(text))
        self._nets = nets.nets(read)
        self._openings: dict[str, list[tuple[str, Expression]]] = {}
        for name, compiled in self._compiled.items():
            for groups in compiled.find:
                for opening, opened in groups[0].opened.items():
                    self._openings.setdefault(opening, []).extend((name, e) for e in opened)

    @cached_property
    def preferred(self) -> dict[str, list[tuple[int, re.Pattern[str]]]]:
        """The preferred expressions of each capability; whoever only checks what was bound has no use for them."""
        return {name: _preferred(c, self.catalogue.words) for name, c in self.catalogue.capabilities.items()}

    def capabilities_of(self, sentence: Sentence) -> list[str]:
        """The capabilities a sentence is a passage of, in the catalogue's order: as it stands, or a name in it written over."""
        found: set[str] = set()
        for read in readings(sentence):
            opened = self._opened(read.plain)
            found |= {
                name
                for name in self._compiled
                if (name in opened and self._holds(name, read)) or self._caught(name, read)
            }
        return [name for name in self._compiled if name in found]

    def _caught(self, name: str, s: Sentence, left: str = "") -> bool:
        """Whether a net of the capability holds; `left`: what is left of the sentence, unless that is all of it."""
        caught = [net for net in self._nets.get(name, ()) if net.holds(left or s.plain, s.context)]
        return bool(caught) and any(net.holds(left or self._masked(name, s.plain), s.context) for net in caught)

    def _opened(self, plain: str) -> set[str]:
        """Capabilities of which a first expression stands in the sentence: the others need no look."""
        found: set[str] = set()
        for opening in pieces(plain) & self._openings.keys():
            found.update(name for name, e in self._openings[opening] if name not in found and e.stands(plain))
        return found

    def _masked(self, name: str, text: str) -> str:
        """The text without what is confusable; a short one is looked at once: an article's sentences have one context."""
        return self._of_short(name, text) if len(text) <= SHORT else self._compiled[name].masked(text)

    def _holds(self, name: str, sentence: Sentence) -> bool:
        compiled = self._compiled[name]
        plain, context = self._masked(name, sentence.plain), self._masked(name, sentence.context)
        if not any(all_stand(groups, plain, context) for groups in compiled.find):
            return False
        return not compiled.number or any(
            n.kind == compiled.number and not n.delay for n in numbers.read_joined(sentence.close, MOST_NUMBERS)
        )

    def opens(self, name: str, plain: str) -> bool:
        """Whether an expression of the capability's first groups stands in some folded words."""
        compiled = self._compiled[name]
        for read in (plain, written_over(plain)):
            left = self._masked(name, read)
            if any(groups[0].stands(left) for groups in compiled.find):
                return True
            if any(net.says.search(left) for net in self._nets.get(name, ())):
                return True
        return False

    def is_left(self, name: str, sentence: Sentence, covered: Collection[int]) -> bool:
        """Whether an expression of the capability's first group is left where the covered places of `plain` are not looked at."""
        return any(self._is_left(name, read, covered) for read in readings(sentence))

    def _is_left(self, name: str, sentence: Sentence, covered: Collection[int]) -> bool:
        compiled = self._compiled[name]
        plain, context = self._masked(name, sentence.plain), self._masked(name, sentence.context)
        left = "".join(BLANK if i in covered else c for i, c in enumerate(plain))
        found = any(all_stand(groups, plain, context, left) for groups in compiled.find)
        return found or self._caught(name, sentence, left)


def _compile(capability: Capability, words: dict[str, tuple[str, ...]]) -> _Compiled:
    find = tuple(
        tuple(Group(e for x in group for e in expressions(x, words)) for group in alternative)
        for alternative in capability.find
    )
    return _Compiled(
        find, tuple(e for x in capability.mask for e in expressions(x, words)), capability.number, capability.guard
    )


def _preferred(capability: Capability, words: dict[str, tuple[str, ...]]) -> list[tuple[int, re.Pattern[str]]]:
    """The preferred expressions with their rank; those of one entry rank alike."""
    return [(i, pattern(e)) for i, x in enumerate(capability.prefer) for e in spelled_out(x, words)]


def reader(read: Catalogue | None = None) -> Reader:
    """The reader of a catalogue, the latest unless one is named."""
    read = read or catalogue()
    if read.canonical not in _readers:
        _readers[read.canonical] = Reader(read)
    return _readers[read.canonical]


_readers: dict[bytes, Reader] = {}


def passages(parts: Iterable[Part], by: Reader) -> tuple[Passage, ...]:
    """Every passage of the text that `by` finds."""
    return tuple(passage for passage, _ in placed(parts, by))


def placed(
    parts: Iterable[Part], by: Reader, among: Mapping[str, Part] | None = None
) -> Iterator[tuple[Passage, Sentence]]:
    """Every passage with its sentence; `among` are the parts that a sentence may name, those themselves unless given."""
    parts = list(parts)
    named = {p.at: p for p in parts} if among is None else among
    for part in parts:
        if references.may_refer(part.text):
            yield from _naming(part, by, named)
            continue
        yield from _kept(part.at, part.text, by) if len(part.text) <= LONGEST_KEPT else _of(part.at, part.text, by)


LONGEST_KEPT = 5_000
"""Characters of an article whose passages are kept: of the same text, the same is asked again and again."""


def _of(at: str, text: str, by: Reader) -> tuple[tuple[Passage, Sentence], ...]:
    return tuple((Passage(name, s.at, s.nth, s.words), s) for s in split(at, text) for name in by.capabilities_of(s))


def _naming(part: Part, by: Reader, parts: Mapping[str, Part]) -> Iterator[tuple[Passage, Sentence]]:
    """The passages of a part that may name other articles: for capabilities with a share, what is named is context."""
    for s in split(part.at, part.text):
        found = set(by.capabilities_of(s))
        if words := references.words_named(s, parts):
            s = msgspec.structs.replace(s, context=f"{s.context}\n{words}")
            known = by.catalogue.capabilities
            found |= {name for name in by.capabilities_of(s) if "share" in known[name].needs}
        yield from ((Passage(name, s.at, s.nth, s.words), s) for name in by.catalogue.capabilities if name in found)


_kept = lru_cache(maxsize=512)(_of)


_WORST = 1_000
_STOPS = "，；。：！？,;:!?\n"


def proposals(parts: Iterable[Part], by: Reader) -> dict[str, Proposal]:
    """For each capability the clause to propose: the first with a preferred expression, in the order of preference."""
    best: dict[str, tuple[int, Proposal]] = {}
    for part in parts:
        for sentence in split(part.at, part.text):
            for name in by.capabilities_of(sentence):
                for rank, preferred in by.preferred[name]:
                    found = preferred.search(sentence.plain)
                    if found and rank < best.get(name, (_WORST, None))[0]:
                        best[name] = rank, _clause(name, part, sentence, found.start(), found.end())
    return {name: best[name][1] for name in by.catalogue.capabilities if name in best}


def _clause(name: str, part: Part, sentence: Sentence, begin: int, end: int) -> Proposal:
    """The clause of the sentence around what was found, as it stands in the part."""
    places = places_of(sentence)
    start = max(sentence.plain.rfind(c, 0, begin) + 1 for c in _STOPS)
    stop = min((p for c in _STOPS if (p := sentence.plain.find(c, end)) >= 0), default=len(sentence.plain))
    words = sentence.words[places[start] : places[stop - 1] + 1]
    offset = sentence.begin + places[start]
    return Proposal(name, part.at, part.text.count(words, 0, offset) + 1, words)


def places_of(sentence: Sentence) -> list[int]:
    """Where each character of the joined sentence stands in its words."""
    places, at = [], 0
    for c in sentence.close:
        at = sentence.words.index(c, at)
        places.append(at)
        at += 1
    return places
