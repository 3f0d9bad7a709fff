"""Expressions of the catalogue, spelled out: words that stand in a sentence or its context, or are confusable with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

import msgspec

from gongyue.covenant.binding.catalogue import spelled_out
from gongyue.covenant.binding.folding import LABEL

GAP = "[^。；！？;!?\n]{0,12}?"
"""What "…" stands for."""
BLANK = "\0"


class Expression(msgspec.Struct, frozen=True):
    """An expression spelled out, `apart` at each "…"; `anywhere`: in the context as well; `first`: where the sentence begins."""

    literal: str
    apart: tuple[str, ...]
    anywhere: bool
    first: bool = False

    def stands(self, text: str) -> bool:
        """Whether it stands in folded words."""
        if self.first:
            label = LABEL.match(text)
            return text.startswith(self.literal, label.end() if label else 0)
        if len(self.apart) == 1:
            return self.apart[0] in text
        # Where one of its words is missing it does not stand: that is seen without a pattern, and most are never made.
        return all(words in text for words in self.apart) and bool(pattern(self.literal).search(text))

    def blanked(self, text: str, marks: bytearray, never: Iterable[Expression] = ()) -> None:
        """Mark where it stands; not where what "…" stands for has one of `never`: a mask hides no clause between its words."""
        for found in pattern(self.literal).finditer(text):
            if any(e.stands(gap) for gap in found.groups() for e in never):
                continue
            marks[found.start() : found.end()] = b"\1" * (found.end() - found.start())

    @property
    def opening(self) -> str:
        """The two characters it must begin with."""
        return self.apart[0][:2]


class Group:
    """Expressions of which one has to stand."""

    def __init__(self, among: Iterable[Expression]) -> None:
        self.among = tuple(among)
        self.opened: dict[str, list[Expression]] = {}
        for expression in self.among:
            self.opened.setdefault(expression.opening, []).append(expression)
        self._openings = frozenset(self.opened)

    def stands(self, text: str) -> bool:
        """Whether one stands in the text; only those are looked at whose first two characters do."""
        return any(e.stands(text) for opening in pieces(text) & self._openings for e in self.opened[opening])

    def stands_around(self, context: str) -> bool:
        """Whether one stands in the context that may stand there."""
        openings = pieces(context) & self._openings
        return any(e.anywhere and e.stands(context) for opening in openings for e in self.opened[opening])


@lru_cache(256)
def pieces(text: str) -> frozenset[str]:
    """The text's characters, and its pairs of neighbours."""
    return frozenset(text).union(map(str.__add__, text, text[1:]))


def all_stand(groups: Sequence[Group], plain: str, context: str, first_in: str | None = None) -> bool:
    """Whether of each group one stands: of the first in the sentence, or in `first_in`, of others in the context as well."""
    first, *others = groups
    if not first.stands(plain if first_in is None else first_in):
        return False
    return all(group.stands(plain) or group.stands_around(context) for group in others)


def expressions(written: str, words: dict[str, tuple[str, ...]]) -> list[Expression]:
    """An entry of the catalogue spelled out: `@` before it stands for the context as well, `^` for a sentence's beginning."""
    anywhere, first = written.startswith("@"), written.startswith("^")
    spelled = spelled_out(written.lstrip("@^"), words)
    return [Expression(e, tuple(e.split("…")), anywhere, first) for e in spelled]


@cache
def pattern(expression: str) -> re.Pattern[str]:
    """What matches an expression, with what "…" stands for as groups."""
    return re.compile(f"({GAP})".join(map(re.escape, expression.split("…"))))


def masked(text: str, mask: Iterable[Expression], never: Sequence[Expression] = ()) -> str:
    """The text with every confusable expression blanked; the masks do not see what others blank, and none swallows `never`."""
    marks = bytearray(len(text))
    for expression in mask:
        if expression.stands(text):
            expression.blanked(text, marks, never)
    return "".join(BLANK if mark else c for c, mark in zip(text, marks, strict=True)) if any(marks) else text
