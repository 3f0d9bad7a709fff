"""The text and what the alliance made of it: editions, articles with everything that hangs on them, interpretations."""

from __future__ import annotations

from bisect import bisect
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from gongyue.covenant.edition import Edition
from gongyue.covenant.edition_json import load
from gongyue.covenant.periods import from_iso, iso
from gongyue.covenant.text import Term
from gongyue.covenant.values import BASIS
from gongyue.governance.articles import Mark, RuleCard, ValueCard, article_card, chapter_title
from gongyue.governance.fields import Date, Digest
from gongyue.governance.interpretation import Interpretation
from gongyue.governance.sheet import Words
from gongyue.governance.value_words import words_of_setting
from gongyue.office.facts.shapes import AsOf, body_at, filled, path_of, text_of, valid_acts
from gongyue.transparency import canonical

SUPPLEMENT = "founding.supplement/1"


class EditionInfo(msgspec.Struct, frozen=True):
    """An edition as published: its object, since and until when it is in force, by which entry, by which proposal."""

    number: int
    digest: Digest
    in_force: Date
    until: Date | None
    index: int
    proposal: str

    @property
    def path(self) -> str:
        """Where its object stands among the book's files."""
        return path_of(self.digest)

    @property
    def before(self) -> int:
        """The number of the edition before."""
        return self.number - 1

    @property
    def next(self) -> int:
        """The number of the edition after."""
        return self.number + 1


class Editions(msgspec.Struct, frozen=True):
    """Every edition that was in force, the first one first."""

    items: tuple[EditionInfo, ...]


def editions(at: AsOf) -> tuple[EditionInfo, ...]:
    """Every edition that was or is in force, the first at founding, one more by each published amendment."""
    places, supplements = valid_acts(at, "founding.publish/1", "amendment.publish/1"), valid_acts(at, SUPPLEMENT)
    known = len(places), *places[-1:], *supplements
    return at.index.kept("editions", known, lambda: _editions(at, places, supplements))


def _editions(at: AsOf, places: tuple[int, ...], supplements: tuple[int, ...]) -> tuple[EditionInfo, ...]:
    """By what is bound in it now: a supplement binds more of the same text, and its edition takes that one's place."""
    bodies = [body_at(at, place) for place in places]
    ends = [*(iso(from_iso(body["in_force"]) - 1) for body in bodies[1:]), None]
    bound = [body["edition"] for body in bodies]
    for index in supplements:
        bound[bisect(places, index) - 1] = body_at(at, index)["edition"]
    return tuple(
        EditionInfo(n, digest, body["in_force"], end, place, body.get("proposal", ""))
        for n, (body, digest, end, place) in enumerate(zip(bodies, bound, ends, places, strict=True), 1)
    )


def later_edition(at: AsOf) -> EditionInfo | None:
    """The edition in force where an amendment has changed the text that was founded; None where that one still stands."""
    if not at.inst.in_force:
        return None
    known = editions(at)
    return known[-1] if len(known) > 1 else None


def edition_of(at: AsOf, digest: str) -> Edition:
    """The edition of that digest, which never changes and is read once."""
    return at.index.kept(f"edition {digest}", (), lambda: load(canonical.decode(at.object(digest) or b"")))


class ArticleText(msgspec.Struct, frozen=True):
    """An article as it stands: its position, its address (22, 2.1, 3/2) and what it is cited as."""

    number: Annotated[int, Meta(ge=1)]
    at: str
    label: str
    chapter: str
    text: str


class EditionText(msgspec.Struct, frozen=True):
    """An edition's whole text, and the numbers it states."""

    edition: EditionInfo
    title: str
    articles: tuple[ArticleText, ...]
    terms: tuple[Term, ...]


def edition_text(at: AsOf, info: EditionInfo) -> EditionText:
    """An edition in full."""
    text = edition_of(at, info.digest)
    articles = tuple(filled(ArticleText, a, chapter=chapter_title(text, a.chapter)) for a in text.articles)
    return EditionText(info, text.title, articles, text.terms)


class ArticleCard(msgspec.Struct, frozen=True):
    """One article with everything that hangs on it: words carried out, values, rules, act types, refusals, acts done."""

    number: Annotated[int, Meta(ge=1)]
    at: str
    label: str
    chapter: str
    text: str
    marks: tuple[Mark, ...]
    notes: tuple[str, ...]
    values: tuple[ValueCard, ...]
    rules: tuple[RuleCard, ...]
    acts: tuple[str, ...]
    refusals: tuple[str, ...]
    interpretations: tuple[int, ...]
    done: int


def article_out(at: AsOf, number: int) -> ArticleCard:
    """Everything about an article of the text in force; IndexError outside it."""
    meaning = at.inst.meaning
    card = article_card(meaning.edition, number, meaning.procedure)
    return filled(
        ArticleCard,
        card,
        acts=tuple(a.type for a in card.acts),
        refusals=tuple(r.code for r in card.refusals),
        interpretations=tuple(i.number for i in at.inst.interpretations if i.article == number and i.stage == "issued"),
        done=len(done_under(at, number)),
    )


def done_under(at: AsOf, number: int) -> list[int]:
    """The acts done under an article, by their entries."""
    return list(at.index.of("article", f"{BASIS}{at.inst.meaning.at(number)}", at.size))


class InterpretationOut(msgspec.Struct, frozen=True):
    """An interpretation: its number, article and text, and the value or choice it sets, if any.

    `kind`: value, or prose: explains words and changes no number, period or right.
    """

    number: int
    article: int
    at: str
    kind: Literal["value", "prose"]
    text: str
    sets: str
    value: int | str
    day: Date
    index: int
    stage: Literal["issued", "superseded", "withdrawn"]

    @property
    def setting(self) -> Words | None:
        """What it sets, with its unit; None where it explains words."""
        return None if self.kind == "prose" else words_of_setting(self.sets, self.value)


class Interpretations(msgspec.Struct, frozen=True):
    """The adopted procedure and readings by name, and every single interpretation."""

    adopted: dict[str, int | str]
    items: tuple[InterpretationOut, ...]


def interpretation_out(at: AsOf, i: Interpretation) -> InterpretationOut:
    """What is told of an interpretation."""
    kind, place = "prose" if i.prose else "value", at.inst.meaning.at(i.article)
    return filled(InterpretationOut, i, at=place, kind=kind, text=text_of(at, i.text), sets=i.name, day=iso(i.day))


def interpretations(at: AsOf, article: int = 0) -> tuple[InterpretationOut, ...]:
    """Every interpretation, or those of an article, the first one first."""
    return tuple(interpretation_out(at, i) for i in at.inst.interpretations if article in (0, i.article))


def adoption(at: AsOf, name: str = "") -> int | None:
    """The entry by which the package was adopted, or the later one that brought that rule or reading; None where none was."""
    places = valid_acts(at, "interpretation.adopt/1")
    later = [
        i for i in valid_acts(at, "interpretation.supplement/1") if name and name in at.inst.supplements.get(i, ())
    ]
    return next(iter(later or places), None) if name in (*at.inst.adopted, "") else None
