"""What a binding says of its words: the number in them, of whom, itself included or not, from when, and its items.

Nothing is taken from whoever binds: it is read from the part around the words by the one reader, for the page that asks and for
`verify` that checks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, cast

import msgspec

from gongyue.covenant import numbers, qualifiers
from gongyue.covenant.binding.catalogue import Capability, catalogue
from gongyue.covenant.binding.folding import fold, joined
from gongyue.covenant.numbers import Number
from gongyue.covenant.text import Part

Kind = Literal["words", "share", "period", "date", "frequency", "body", "list", "headcount"]


class Binding(msgspec.Struct, frozen=True):
    """A capability bound to words at their `nth` occurrence in a part; what does not apply is empty.

    `value` is "2/3" for a share, a day for a date, else a count of `unit`.
    """

    capability: str
    at: str
    nth: int
    words: str
    kind: Kind = "words"
    value: str | int = ""
    unit: str = ""
    inclusive: bool = True
    delay: bool = False
    base: str = ""
    base_words: str = ""
    start: str = ""
    start_words: str = ""
    items: tuple[str, ...] = ()


class Decision(msgspec.Struct, frozen=True):
    """What was decided on a passage 所见条文: `bound` to its capability, or `other` matter with a reason; `nth` of equal sentences."""

    capability: str
    at: str
    nth: int
    words: str
    verdict: Literal["bound", "other"]
    reason: str = ""


class Absence(msgspec.Struct, frozen=True):
    """A capability 事项 declared absent from the text, and what holds instead; empty where nothing does."""

    capability: str
    then: str = ""


class Fault(msgspec.Struct, frozen=True):
    """What does not hold in what was bound and decided: `why` in a word, of what capability, where, and what would mend it."""

    why: str
    capability: str
    at: str
    zh: str
    en: str


class BadBinding(ValueError):
    """Words that cannot be bound, and why, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh, self.en = zh, en


def place_of(part: Part, words: str, nth: int) -> int:
    """Where the `nth` occurrence of the words begins in the part; BadBinding where there is none."""
    place = _place(part.text, words, nth)
    if place < 0:
        raise BadBinding(f"{part.label}没有第 {nth} 处“{words}”", f"{part.label} has no occurrence {nth} of “{words}”")
    return place


@lru_cache(maxsize=4096)  # every check asks where the same words stand, of an article as long as somebody made it
def _place(text: str, words: str, nth: int) -> int:
    place = -1
    for _ in range(nth):
        place = text.find(words, place + 1)
        if place < 0 or not words:
            return -1
    return place


MOST_NUMBERS = 8_000
"""Numbers of one article; one with more states none: it was made to tire whoever opens the edition."""


def stated_in(part: Part) -> tuple[Number, ...]:
    """The numbers a part states."""
    return numbers.read(part.text, MOST_NUMBERS)


def within(stated: Sequence[Number], begin: int, end: int) -> list[Number]:
    """The numbers that stand between two places; `stated` is in order."""
    first = bisect_left(stated, begin, key=lambda n: n.begin)
    last = bisect_left(stated, end, key=lambda n: n.begin)
    return [n for n in stated[first:last] if n.end <= end]


def bind(capability: str, part: Part, words: str, nth: int = 1, *, stated: tuple[Number, ...] | None = None) -> Binding:
    """The binding of a capability to words: everything else is read from the part, or given as `stated` where it was read already.

    Raises BadBinding where the words do not stand there, or state two different numbers of the kind that is needed.
    """
    entry = catalogue().capabilities[capability]
    begin = place_of(part, words, nth)
    bound = Binding(capability, part.at, nth, words)
    inside = within(stated_in(part) if stated is None else stated, begin, begin + len(words))
    number = _number(entry, part, words, inside, begin)
    if number is not None:
        included = number.inclusive
        if number.kind == "share":
            before = fold(joined(part.text[max(0, number.begin - 24) : number.begin])[0])
            included = qualifiers.suffices(before, fold(part.text[number.begin : number.end]), included)
        return msgspec.structs.replace(
            bound, kind=cast(Kind, number.kind), value=number.value, unit=number.unit, inclusive=included, delay=number.delay,
            base=number.base, base_words=number.base_words, start=number.start, start_words=number.start_words,
        )  # fmt: skip
    if "list" in entry.needs and part.items and begin <= part.text.find(part.items[0].text):
        return msgspec.structs.replace(bound, kind="list", items=tuple(i.text for i in part.items))
    return bound


def _number(entry: Capability, part: Part, words: str, inside: list[Number], begin: int) -> Number | None:
    """The number of the words that the capability is about: a share where it needs one, else a period, else how often."""
    kinds: list[str] = [k for k in ("share", "period") if k in entry.needs]
    if "period" in kinds:
        kinds += ["frequency", "date"]
    if "share" in kinds:
        kinds.append("headcount")
    for kind in kinds:
        found = [n for n in inside if n.kind == kind]
        if len(found) == 2 and numbers.is_range(part.text, *found):
            return found[1]  # the later end, which `assumed` puts in doubt
        if len({(n.value, n.unit, n.inclusive, n.base) for n in found}) > 1:
            said = "、".join(str(n.value) for n in found)
            if len({(n.value, n.unit) for n in found}) == 1:
                said = "、".join(_clause_of(words, n.begin - begin) for n in found)
                raise BadBinding(
                    f"{part.label}“{words}”载有的数相同，以谁计、是否含本数则不同：{said}；请只选其中一处",
                    f"{part.label}: “{words}” states equal numbers that differ in of whom they are, or in including the number itself:"
                    f" {said}; select one of them",
                )
            raise BadBinding(
                f"{part.label}“{words}”载有不同的数：{said}；请只选其中一处",
                f"{part.label}: “{words}” states different numbers: {said}; select one of them",
            )
        if found:
            return found[0]
    return None


def _clause_of(words: str, place: int) -> str:
    """The clause of the words in which that place stands: with it stands of whom the number is."""
    stops = [-1, *(i for i, c in enumerate(words) if c in "，,。；;：、"), len(words)]
    after = next(i for i, stop in enumerate(stops) if stop >= place)
    return words[stops[after - 1] + 1 : stops[after]]


def with_items(binding: Binding, items: tuple[str, ...]) -> Binding:
    """The binding with items a person picked: parts of its words in their order. BadBinding where one does not stand there so."""
    place = 0
    for item in items:
        found = binding.words.find(item, place)
        if found < 0 or not item:
            raise BadBinding(
                f"“{binding.words}”里没有“{item}”，或不在这个次序；各项须是所引字句的一部分",
                f"“{binding.words}” has no “{item}” in that order; items are parts of the quoted words",
            )
        place = found + len(item)
    return msgspec.structs.replace(binding, kind="list", items=items) if items else binding
