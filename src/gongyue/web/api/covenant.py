"""`/api/covenant`, editions, interpretations, refusals: the text, and what its rules refuse."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from django.http import HttpRequest, HttpResponse
from msgspec import Meta
from ninja import Path, Router

from gongyue.covenant.edition import Edition
from gongyue.covenant.periods import iso
from gongyue.covenant.refusals import catalogue
from gongyue.covenant.text import Placed, Term
from gongyue.covenant.values import BASIS
from gongyue.governance import articles
from gongyue.governance.articles import Mark, RefusalCard, RuleCard, ValueCard
from gongyue.governance.fields import Date, Digest
from gongyue.web.api.said import answer, day_or_none, not_found
from gongyue.web.api.speaking import always, reads, says, told
from gongyue.web.asking import now
from gongyue.web.pages.editions import Issue, chapter_title, issues
from gongyue.web.pages.indexing import index_of
from gongyue.web.pages.objects import text_of

router = Router(tags=["公约 / The covenant"])
Number = Annotated[int, Path(ge=1, le=999)]


class ArticleText(msgspec.Struct, frozen=True):
    """An article as it stands: its position, its address (22, 2.1, 3/2) and what it is cited as."""

    number: Annotated[int, Meta(ge=1)]
    at: str
    label: str
    chapter: str
    text: str


class EditionInfo(msgspec.Struct, frozen=True):
    """An edition as published: its object, since and until when it is in force, by which entry, by which proposal."""

    number: int
    digest: Digest
    in_force: Date
    until: Date | None
    index: int
    proposal: str


class EditionText(msgspec.Struct, frozen=True):
    """An edition's whole text, and the numbers it states."""

    edition: EditionInfo
    title: str
    articles: tuple[ArticleText, ...]
    terms: tuple[Term, ...]


class Editions(msgspec.Struct, frozen=True):
    """Every edition that was in force, the first one first."""

    items: tuple[EditionInfo, ...]


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


class Interpretations(msgspec.Struct, frozen=True):
    """The adopted procedure and readings by name, and every single interpretation."""

    adopted: dict[str, int | str]
    items: tuple[InterpretationOut, ...]


class TurnEntry(msgspec.Struct, frozen=True):
    """A reason for which a step cannot be taken now."""

    code: str
    zh: str
    en: str


class Refusals(msgspec.Struct, frozen=True):
    """Every refusal and every out-of-turn reason there is."""

    refusals: tuple[RefusalCard, ...]
    out_of_turn: tuple[TurnEntry, ...]


@router.get(
    "/covenant",
    summary="现行公约 / The covenant in force",
    openapi_extra=told(EditionText, 404),
)
@says("现行文本全文。")
@reads
def covenant(request: HttpRequest) -> HttpResponse:
    """The edition in force, in full."""
    return answer(_text(issues(now(request))[-1]))


@router.get(
    "/covenant/{int:number}",
    summary="一条公约 / An article",
    openapi_extra=told(ArticleCard, 404, 422),
)
@says("一条公约的一切：由规则执行的字句、数额、规则、解释、行为、不予办理的情形。")
@reads
def article(request: HttpRequest, number: Number) -> HttpResponse:
    """Everything about one article, the one key by which all is found."""
    at = now(request)
    meaning = at.inst.meaning
    try:
        card = articles.article_card(meaning.edition, number, meaning.procedure)
    except IndexError:
        raise not_found("条文", "article", number) from None
    shown = ArticleCard(
        card.number,
        card.at,
        card.label,
        card.chapter,
        card.text,
        card.marks,
        card.notes,
        card.values,
        card.rules,
        tuple(a.type for a in card.acts),
        tuple(r.code for r in card.refusals),
        tuple(i.number for i in at.inst.interpretations if i.article == number and i.stage == "issued"),
        len(index_of(at).of("article", f"{BASIS}{card.at}", at.size)),
    )
    return answer(shown)


@router.get(
    "/editions",
    summary="各版本 / Editions",
    openapi_extra=told(Editions, 404),
)
@says("施行过的各版本。")
@reads
def editions(request: HttpRequest) -> HttpResponse:
    """Every edition that was in force."""
    return answer(Editions(tuple(map(_info, issues(now(request))))))


@router.get(
    "/editions/{int:number}",
    summary="一个版本 / An edition",
    openapi_extra=told(EditionText, 404, 422),
)
@says("一个版本的全文。")
@reads
def edition(request: HttpRequest, number: Number) -> HttpResponse:
    """One edition, in full."""
    known = issues(now(request))
    if number > len(known):
        raise not_found("版本", "edition", number)
    return answer(_text(known[number - 1]))


def _info(issue: Issue) -> EditionInfo:
    return EditionInfo(
        issue.number, issue.digest, iso(issue.begins), day_or_none(issue.until), issue.index, issue.proposal
    )


def _text(issue: Issue) -> EditionText:
    text = issue.edition
    return EditionText(_info(issue), text.title, tuple(_article(text, a) for a in text.articles), text.terms)


def _article(text: Edition, words: Placed) -> ArticleText:
    return ArticleText(words.number, words.at, words.label, chapter_title(text, words.chapter), words.text)


@router.get(
    "/interpretations",
    summary="解释 / Interpretations",
    openapi_extra=told(Interpretations, 404),
)
@says("联盟通过的程序规则、理解与各项解释。")
@reads
def interpretations(request: HttpRequest) -> HttpResponse:
    """What the alliance adopted and interpreted."""
    inst = now(request).inst
    rows = tuple(
        InterpretationOut(
            i.number,
            i.article,
            inst.meaning.at(i.article),
            "prose" if i.prose else "value",
            text_of(i.text),
            i.name,
            i.value,
            iso(i.day),
            i.index,
            i.stage,  # type: ignore[arg-type]
        )
        for i in inst.interpretations
    )
    return answer(Interpretations(dict(inst.meaning.procedure or {}), rows))


@router.get(
    "/refusals",
    summary="不予办理的情形 / Refusals",
    openapi_extra=told(Refusals),
)
@says("现行文本下不予办理的情形，以及“现在不是这一步”的缘由。")
@always
def refusals(request: HttpRequest) -> HttpResponse:
    """The catalogue of refusals under the present text, and the reasons for which a step is out of turn."""
    cards = tuple(articles.refusal_cards(now(request).inst.meaning.edition))
    turns = (TurnEntry(f"out-of-turn/{n}", e["zh"], e["en"]) for n, e in catalogue()["out_of_turn"].items())
    return answer(Refusals(cards, tuple(turns)))
