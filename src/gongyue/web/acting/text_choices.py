"""What may be chosen of the text and of the package of readings: its articles, what can be set otherwise, to what; what the law can forbid."""

from __future__ import annotations

from collections.abc import Iterator

from gongyue.covenant.procedure import package
from gongyue.covenant.text import Part, heading_of
from gongyue.governance.articles import kinds
from gongyue.governance.institution import Institution
from gongyue.governance.law import ALWAYS_OPEN
from gongyue.governance.packages import not_adopted
from gongyue.governance.value_words import words_of_choice
from gongyue.web import names
from gongyue.web.templatetags.words import pick


def articles(inst: Institution) -> Iterator[tuple[str, str]]:
    """The articles of the present text, by their addresses."""
    if inst.meaning.edition is not None:
        yield from ((part.at, names.article_name(part.at)) for part in inst.meaning.edition.parts)


FIRST_WORDS = 20
"""Characters of an article by which it is told from its neighbours."""
FEW = 8
"""So many articles are listed without being folded by chapter."""
Group = tuple[str, tuple[tuple[str, str], ...]]
"""A chapter's title, and its articles with their first words."""


def articles_by_chapter(inst: Institution) -> Iterator[Group]:
    """The articles of the present text with their first words, under the chapters they stand in; few of them in one group."""
    text = inst.meaning.edition
    if text is None:
        return
    found: dict[str, list[tuple[str, str]]] = {}
    for part in text.parts:
        title = heading_of(part, text.chapters) if len(text.parts) > FEW else ""
        found.setdefault(title, []).append((part.at, f"{names.article_name(part.at)} {first_words(part)}"))
    yield from ((title, tuple(rows)) for title, rows in found.items())


def first_words(part: Part) -> str:
    """What an article begins with, cut off where it is long."""
    line = " ".join(part.text.split("\n", 1)[0].split())
    return line if len(line) <= FIRST_WORDS else f"{line[:FIRST_WORDS]}…"


def settable(inst: Institution) -> Iterator[tuple[str, str]]:
    """The procedure rules, and the readings that offer a choice; not those of a later package, which is adopted first."""
    offered, missing = package(), not_adopted(inst)
    for name, rule in offered.procedure.items():
        if name not in missing:
            yield name, f"{name} {pick(rule.zh, rule.en)}"
    for name, reading in offered.readings.items():
        if len(reading.choices) > 1 and name not in missing:
            yield name, pick(reading.zh, reading.en)


def forbidden() -> Iterator[tuple[str, str]]:
    """What an order of law can forbid: leaving stays open, and the book goes on (article 23)."""
    for kind in kinds():
        if kind.matter not in {"book", "law", "clock"} and kind.verb not in {"withdraw", *ALWAYS_OPEN}:
            yield kind.type, names.act_name(kind.type)


def choosable() -> Iterator[tuple[str, str]]:
    """The choices that readings offer."""
    for name, reading in package().readings.items():
        if len(reading.choices) > 1:
            yield from ((choice, reading_choice(name, choice)) for choice in reading.choices)


def reading_choice(reading: str, choice: str) -> str:
    """A choice that a reading offers, in words."""
    said = words_of_choice(reading, choice)
    return pick(*said) if said else choice
