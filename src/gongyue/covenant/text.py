"""A covenant as it was read: chapters, articles, items, the terms it states and the oddities found in it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

MOST_CHARACTERS = 690_000
"""Of a text, and of all articles of an edition together: two megabytes of Chinese in UTF-8."""


class Chapter(msgspec.Struct, frozen=True):
    """A chapter 章; `number` is None where the text gives it none."""

    number: int | None
    title: str


class Item(msgspec.Struct, frozen=True):
    """An item 项 of an article; `label` is as printed (（一）, 1.) and empty where the items are bare."""

    label: str
    text: str


class Article(msgspec.Struct, frozen=True):
    """An article 条. `text` is the whole body without 第N条, items included, one paragraph a line.

    `chapter` is the 1-based position among the document's chapters, None where it stands in none.
    """

    number: int
    chapter: int | None
    text: str
    items: tuple[Item, ...] = ()


class Placed(Article, frozen=True, kw_only=True):
    """An article, or what stands for one, of an edition: `number` is its position from 1, `at` and `label` as in `Part`."""

    at: str
    label: str


class Part(msgspec.Struct, frozen=True):
    """A part of a text at its address: an article, or what stands for one where a text has none.

    `at` is the key (22, 2.1, 3/2, 二/1, §4/2, ¶7), `label` what is printed and cited (第22条, 第2条之一, 第三章第2条).
    """

    at: str
    label: str
    chapter: int | None
    text: str
    items: tuple[Item, ...] = ()


def heading_of(part: Part, chapters: Sequence[Chapter]) -> str:
    """The title of the chapter or heading that a part stands under; empty where it stands under none."""
    return chapters[part.chapter - 1].title if part.chapter and part.chapter <= len(chapters) else ""


class Term(msgspec.Struct, frozen=True):
    """A number the text states, with the words it comes from; `value` is p/q for a share, a count for a period.

    `inclusive` says whether the number itself counts: 以上、以内 do, 过半数、超过、不满 do not (Civil Code 1259); `base` of whom a share
    is counted, as binding reads it (roll, present, voting, branch, body, weight).
    """

    name: str
    article: int
    words: str
    value: str | int
    unit: str
    inclusive: bool
    base: str = ""

    @property
    def confirmed_by_wording(self) -> bool:
        """Whether the clause itself says what the number is for; otherwise somebody must confirm it."""
        return not self.name.startswith("art")


class Oddity(msgspec.Struct, frozen=True):
    """A mechanical peculiarity of the file, reported and never altered; `why` is Chinese, then " / " English."""

    article: int | None
    words: str
    why: str


class Doubt(msgspec.Struct, frozen=True):
    """A place 存疑 that does not say all that was read of it: a person says what is meant, the reader only how it read it.

    `line` counts lines or paragraphs; `at` is the address it was given, empty where it was read as no heading. `structural`: it is
    of the text's structure alone, and of no share or period. `nth`: which of several readings of its line, each answered on its own;
    0 where it is the only one. `begin` and `end`: where in its part the number in doubt stands; both 0 where it is of the line.
    """

    line: int
    words: str
    at: str
    why: str
    structural: bool = False
    nth: int = 0
    begin: int = 0
    end: int = 0


class StatedShare(msgspec.Struct, frozen=True):
    """A share that a part states: its place there, the line of the file, which share of that line it is, and its sentence."""

    line: int
    nth: int
    at: str
    begin: int
    end: int
    words: str


class Outline(msgspec.Struct, frozen=True):
    """What a text is made of, whatever its form: parts at stated addresses. `scheme`: articles, enumerated, sections, paragraphs.

    Nothing is to be built on it while there are doubts of its numbering: each is resolved by a person (`reading.outline(…,
    resolved=…)`). What was `assumed` of shares, periods and lines has to be confirmed by a person before the text is frozen;
    so has every one of its `shares` that nothing is bound to.
    """

    title: str
    scheme: str
    chapters: tuple[Chapter, ...]
    parts: tuple[Part, ...]
    oddities: tuple[Oddity, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    assumed: tuple[Doubt, ...] = ()
    shares: tuple[StatedShare, ...] = ()
    digest: str = ""
    encoding: str = ""


class LeftOut(msgspec.Struct, frozen=True):
    """A line of the file that belongs to no part of its text, and why: Chinese, then " / " English; empty where nothing says why."""

    line: int
    words: str
    why: str = ""

    @property
    def told(self) -> tuple[str, str]:
        """Why, or that nothing says it, in Chinese and English."""
        zh, _, en = self.why.partition(" / ")
        return zh or "没有说明缘由", en or "nothing says why"


class Document(msgspec.Struct, frozen=True):
    """What a reader found in a file; `digest` is of the file's own bytes, `encoding` says how they were decoded."""

    title: str
    digest: str
    chapters: tuple[Chapter, ...]
    articles: tuple[Article, ...]
    terms: tuple[Term, ...]
    oddities: tuple[Oddity, ...]
    encoding: str = "utf-8"
