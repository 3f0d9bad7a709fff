"""What may be chosen of the text and of the package of readings: its articles, what can be set otherwise, to what; what the law can forbid."""

from __future__ import annotations

from collections.abc import Iterator

from gongyue.covenant.procedure import package
from gongyue.governance.articles import kinds
from gongyue.governance.institution import Institution
from gongyue.governance.law import ALWAYS_OPEN
from gongyue.governance.packages import not_adopted
from gongyue.web import names
from gongyue.web.acting.labels import VALUES
from gongyue.web.templatetags.words import pick


def articles(inst: Institution) -> Iterator[tuple[str, str]]:
    """The articles of the present text, by their addresses."""
    if inst.meaning.edition is not None:
        yield from ((part.at, names.article_name(part.at)) for part in inst.meaning.edition.parts)


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
            yield from ((choice, names.localise(VALUES, words_of(name, choice))) for choice in reading.choices)


def words_of(reading: str, choice: str) -> str:
    """By what a reading's choice has its words: its own, where the same value means something else in another matter."""
    own = f"{reading}.{choice}"
    return own if own in VALUES else choice
