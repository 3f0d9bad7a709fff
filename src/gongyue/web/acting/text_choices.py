"""What may be chosen of the text and of the package of readings: its articles, what can be set otherwise, to what."""

from __future__ import annotations

from collections.abc import Iterator

from gongyue.covenant.procedure import package
from gongyue.governance.institution import Institution
from gongyue.governance.packages import not_adopted
from gongyue.governance.value_words import words_of_choice
from gongyue.web import names
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


def choosable() -> Iterator[tuple[str, str]]:
    """The choices that readings offer."""
    for name, reading in package().readings.items():
        if len(reading.choices) > 1:
            yield from ((choice, reading_choice(name, choice)) for choice in reading.choices)


def reading_choice(reading: str, choice: str) -> str:
    """A choice that a reading offers, in words."""
    said = words_of_choice(reading, choice)
    return pick(*said) if said else choice
