"""What was assumed of the numbers that an edition binds: asked of whoever amends it, or imports it as it is.

Of what is bound to nothing, nothing is carried out, whichever way it is meant: that is not asked. Answers stand in no edition and in
no act, and `verify` reads the words as before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import msgspec

from gongyue.covenant import addresses, assumed
from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.records import Binding, place_of
from gongyue.covenant.edition import Edition
from gongyue.covenant.numbers import Number
from gongyue.covenant.parser.assumptions import sentence_of
from gongyue.covenant.text import Part, heading_of


class Unsaid(msgspec.Struct, frozen=True):
    """A bound number of which the words do not say all that was read: the article, its sentence, and what was assumed."""

    at: str
    words: str
    zh: str
    en: str


def of_edition(edition: Edition) -> tuple[Unsaid, ...]:
    """All of an edition, in the order of its text."""
    whole = "\n".join(p.text for p in edition.parts)
    by_part: dict[str, list[Binding]] = {}
    for b in edition.bindings:
        by_part.setdefault(b.at, []).append(b)
    bound = (p for p in edition.parts if p.at in by_part)
    return tuple(dict.fromkeys(u for p in bound for u in _of_part(edition, p, by_part[p.at], whole)))


def of_change(before: Edition, after: Edition) -> tuple[Unsaid, ...]:
    """What the edition after a change leaves unsaid and the one before did not: that was answered when it was made."""
    known = set(of_edition(before))
    return tuple(u for u in of_edition(after) if u not in known)


def left(unsaid: Sequence[Unsaid], said: Collection[str]) -> tuple[Unsaid, ...]:
    """Those in articles of which nobody said that they are meant so."""
    return tuple(u for u in unsaid if u.at not in said)


def told(unsaid: Sequence[Unsaid]) -> tuple[str, str]:
    """What is unsaid as one text, in Chinese and in English."""
    zh = "；".join(f"{addresses.label_of(u.at)}“{u.words}”存疑：{u.zh}" for u in unsaid)
    en = "; ".join(f"{addresses.in_english(u.at)} “{u.words}” is in doubt: {u.en}" for u in unsaid)
    return zh, en


def _of_part(edition: Edition, part: Part, bindings: Sequence[Binding], whole: str) -> Iterator[Unsaid]:
    spans = [(place_of(part, b.words, b.nth), b) for b in bindings]
    for n, zh, en in assumed.doubts(part.text, heading_of(part, edition.chapters), whole):
        if any(begin < n.end and n.begin < begin + len(b.words) and _goes_by(b, n) for begin, b in spans):
            written = part.text[n.begin : n.end]
            yield Unsaid(part.at, sentence_of(part.text, n.begin), f"“{written}”{zh}", f"“{written}” {en}")


def _goes_by(b: Binding, n: Number) -> bool:
    """Whether a binding is carried out by the number, or would be if it were one."""
    return b.kind == n.kind or (n.value == "" and "period" in catalogue().capabilities[b.capability].needs)
