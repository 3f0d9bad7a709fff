"""`/api/covenant`, editions, interpretations, refusals: the text, and what its rules refuse."""

from __future__ import annotations

from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from gongyue.covenant.refusals import catalogue
from gongyue.governance import articles
from gongyue.governance.articles import RefusalCard
from gongyue.office.facts.covenant import (
    ArticleCard,
    Editions,
    EditionText,
    Interpretations,
    article_out,
    edition_text,
)
from gongyue.office.facts.covenant import editions as all_editions
from gongyue.office.facts.covenant import interpretations as all_interpretations
from gongyue.web.api.said import answer, found, not_found
from gongyue.web.api.speaking import always, reads, says, told
from gongyue.web.asking import now

router = Router(tags=["公约 / The covenant"])
Number = Annotated[int, Path(ge=1, le=999)]


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
    return answer(edition_text(now(request), all_editions(now(request))[-1]))


@router.get(
    "/covenant/{int:number}",
    summary="一条公约 / An article",
    openapi_extra=told(ArticleCard, 404, 422),
)
@says("一条公约的一切：由规则执行的字句、数额、规则、解释、行为、不予办理的情形。")
@reads
def article(request: HttpRequest, number: Number) -> HttpResponse:
    """Everything about one article, the one key by which all is found."""
    try:
        return answer(article_out(now(request), number))
    except IndexError:
        raise not_found("条文", "article", number) from None


@router.get(
    "/editions",
    summary="各版本 / Editions",
    openapi_extra=told(Editions, 404),
)
@says("施行过的各版本。")
@reads
def editions(request: HttpRequest) -> HttpResponse:
    """Every edition that was in force."""
    return answer(Editions(all_editions(now(request))))


@router.get(
    "/editions/{int:number}",
    summary="一个版本 / An edition",
    openapi_extra=told(EditionText, 404, 422),
)
@says("一个版本的全文。")
@reads
def edition(request: HttpRequest, number: Number) -> HttpResponse:
    """One edition, in full."""
    at = now(request)
    known = next((one for one in all_editions(at) if one.number == number), None)
    return answer(edition_text(at, found(known, "版本", "edition", number)))


@router.get(
    "/interpretations",
    summary="解释 / Interpretations",
    openapi_extra=told(Interpretations, 404),
)
@says("联盟通过的程序规则、理解与各项解释。")
@reads
def interpretations(request: HttpRequest) -> HttpResponse:
    """What the alliance adopted and interpreted."""
    at = now(request)
    return answer(Interpretations(dict(at.inst.meaning.procedure or {}), all_interpretations(at)))


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
