"""The text as the page shows it: a portion of its parts, with what is bound and what is undecided marked by line style and number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

import msgspec

from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.records import place_of
from gongyue.covenant.text import Part
from gongyue.web.binding.page_text import name_of
from gongyue.web.templatetags.words import pick

PORTION = 9_000
"""Characters shown at once: three times an industry's convention."""
STATES = {"bound": ("已绑定", "bound"), "open": ("未决定", "undecided"), "other": ("另一事项", "other matter")}
_RANK = {"bound": 0, "open": 1, "other": 2}


class Reference(msgspec.Struct, frozen=True):
    """A number at the end of marked words: the capability it leads to, and how it stands."""

    number: int
    capability: str
    label: str


class Piece(msgspec.Struct, frozen=True):
    """Words that are marked alike: `state` is bound, open, other or empty; `here`: the question is about them."""

    words: str
    state: str
    here: bool
    references: tuple[Reference, ...]


class ShownPart(msgspec.Struct, frozen=True):
    """A part with its pieces; `heading`: the chapter's, where the part is the chapter's first."""

    at: str
    label: str
    heading: str
    pieces: tuple[Piece, ...]


class Portion(msgspec.Struct, frozen=True):
    """The parts that are shown, the addresses that lead to what stands before and after, and of how many parts."""

    parts: tuple[ShownPart, ...]
    before: str
    after: str
    count: int

    @property
    def whole(self) -> bool:
        """Whether the whole text is shown."""
        return not self.before and not self.after


def portion(d: Drafting, at: str, here: Collection[tuple[str, int, int]]) -> Portion:
    """The portion of the text around an address; `here`: places the question is about (address, begin, end)."""
    parts = list(d.read.outline.parts)
    pages = _pages(parts)
    place = next((n for n, page in enumerate(pages) if any(parts[i].at == at for i in page)), 0)
    marks = _marks(d, {parts[i].at for i in pages[place]})
    chapters = d.read.outline.chapters
    shown = []
    for i in pages[place]:
        part, opens = parts[i], i == 0 or parts[i - 1].chapter != parts[i].chapter
        heading = chapters[part.chapter - 1].title if opens and part.chapter else ""
        inside = [(b, e) for a, b, e in here if a == part.at]
        shown.append(ShownPart(part.at, part.label, heading, tuple(_pieces(part, marks[part.at], inside))))
    return Portion(
        tuple(shown),
        parts[pages[place - 1][0]].at if place else "",
        parts[pages[place + 1][0]].at if place + 1 < len(pages) else "",
        len(parts),
    )


def _pages(parts: list[Part]) -> list[list[int]]:
    pages: list[list[int]] = [[]]
    size = 0
    for i, part in enumerate(parts):
        if pages[-1] and size + len(part.text) > PORTION:
            pages.append([])
            size = 0
        pages[-1].append(i)
        size += len(part.text)
    return pages


Mark = tuple[int, int, str, str]
"""Begin, end, state, capability."""


def _marks(d: Drafting, within: Collection[str]) -> Mapping[str, list[Mark]]:
    marks: dict[str, list[Mark]] = defaultdict(list)
    for b in d.records.bindings:
        if b.at in within:
            begin = place_of(d.read.parts[b.at], b.words, b.nth)
            marks[b.at].append((begin, begin + len(b.words), "bound", b.capability))
    for p, s in d.read.seen:
        if p.at in within and (verdict := d.verdict(p, s)) != "bound":
            marks[p.at].append((s.begin, s.begin + len(s.words), verdict or "open", p.capability))
    return marks


def _pieces(part: Part, marks: list[Mark], here: list[tuple[int, int]]) -> Iterator[Piece]:
    numbers = {name: n for n, name in enumerate(catalogue().capabilities, 1)}
    cuts = sorted(
        {0, len(part.text), *(x for b, e, _, _ in marks for x in (b, e)), *(x for b, e in here for x in (b, e))}
    )
    for begin, end in pairwise(cuts):
        covering = [state for b, e, state, _ in marks if b <= begin and end <= e]
        state = min(covering, key=_RANK.__getitem__, default="")
        ending = sorted(
            {(numbers[name], name, s) for _, e, s, name in marks if e == end}, key=lambda x: (_RANK[x[2]], x[0])
        )
        references = tuple(
            Reference(n, name, f"{name_of(name)}{pick('，', ', ')}{pick(*STATES[s])}") for n, name, s in ending
        )
        yield Piece(part.text[begin:end], state, any(b <= begin and end <= e for b, e in here), references)
