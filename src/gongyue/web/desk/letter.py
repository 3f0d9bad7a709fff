"""A letter that can be sent, made only when it is asked for; the article it cites."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from gongyue.web.installation import Now
from gongyue.web.letter_response import words_of
from gongyue.web.letters.layout import Matter


class Letter(NamedTuple):
    """A letter that can be made: its address part, what it is about, the entry it rests on, the letter."""

    of: str
    about: str
    day: int
    entry: int | None
    make: Callable[[], Matter]


class LetterType(NamedTuple):
    """A sort of letter: its name, those there are, whether it is confidential."""

    zh: str
    en: str
    letters: Callable[[Now], Iterator[Letter]]
    sealed: bool = False


def later(matter: Callable[..., Matter], *values: object, **named: object) -> Callable[[], Matter]:
    """What makes a letter of these values, once it is asked for."""
    return lambda: matter(*values, **named)


def law_of(now: Now, clause: str) -> tuple[str, str]:
    """The address of the article in which the present text, or the draft, has that clause, and its words; empty for none."""
    edition = now.inst.meaning.edition or now.inst.founding.draft
    found = edition.clause(clause) if edition else None
    return (edition.address(found.article), words_of(now.inst, found.article)) if edition and found else ("", "")
