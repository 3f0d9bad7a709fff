"""A covenant as it was read: chapters, articles, items, the terms it states and the oddities found in it."""

from __future__ import annotations

import msgspec


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


class Term(msgspec.Struct, frozen=True):
    """A number the text states, with the words it comes from; `value` is "2/3" for a share, a count for a period.

    `inclusive` says whether the number itself counts: 以上、以内 do, 过半数、超过、不满 do not (Civil Code 1259).
    """

    name: str
    article: int
    words: str
    value: str | int
    unit: str
    inclusive: bool

    @property
    def confirmed_by_wording(self) -> bool:
        """Whether the clause itself says what the number is for; otherwise somebody must confirm it."""
        return not self.name.startswith("art")


class Oddity(msgspec.Struct, frozen=True):
    """A mechanical peculiarity of the file, reported and never altered; `why` is Chinese, then " / " English."""

    article: int | None
    words: str
    why: str


class Document(msgspec.Struct, frozen=True):
    """What a reader found in a file; `digest` is of the file's own bytes, `encoding` says how they were decoded."""

    title: str
    digest: str
    chapters: tuple[Chapter, ...]
    articles: tuple[Article, ...]
    terms: tuple[Term, ...]
    oddities: tuple[Oddity, ...]
    encoding: str = "utf-8"
