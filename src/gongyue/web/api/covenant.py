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
from gongyue.office.facts.petitions import Petitions
from gongyue.office.facts.petitions import petitions as all_petitions
from gongyue.web.api.openapi import chinese_summary, public_read, response_schemas, static_read
from gongyue.web.api.schemas import found, json_response, not_found
from gongyue.web.request_state import now

router = Router(tags=["公约 / The covenant"])
Number = Annotated[int, Path(ge=1, le=999)]


@router.get(
    "/petitions",
    summary="已公开的诉求 / Petitions made public",
    openapi_extra=response_schemas(Petitions, 404),
)
@chinese_summary("成员单位签名同意公开的诉求，及其办理情况。")
@public_read
def petitions(request: HttpRequest) -> HttpResponse:
    """The petitions whose members consented to their publication, and what became of them."""
    return json_response(Petitions(all_petitions(now(request))))


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
    openapi_extra=response_schemas(EditionText, 404),
)
@chinese_summary("现行文本全文。")
@public_read
def covenant(request: HttpRequest) -> HttpResponse:
    """The edition in force, in full."""
    return json_response(edition_text(now(request), all_editions(now(request))[-1]))


@router.get(
    "/covenant/{int:number}",
    summary="一条公约 / An article",
    openapi_extra=response_schemas(ArticleCard, 404, 422),
)
@chinese_summary("一条公约的一切：由规则执行的字句、数额、规则、解释、行为、不予办理的情形。")
@public_read
def article(request: HttpRequest, number: Number) -> HttpResponse:
    """Everything about one article, the one key by which all is found."""
    try:
        return json_response(article_out(now(request), number))
    except IndexError:
        raise not_found("条文", "article", number) from None


@router.get(
    "/editions",
    summary="各版本 / Editions",
    openapi_extra=response_schemas(Editions, 404),
)
@chinese_summary("施行过的各版本。")
@public_read
def editions(request: HttpRequest) -> HttpResponse:
    """Every edition that was in force."""
    return json_response(Editions(all_editions(now(request))))


@router.get(
    "/editions/{int:number}",
    summary="一个版本 / An edition",
    openapi_extra=response_schemas(EditionText, 404, 422),
)
@chinese_summary("一个版本的全文。")
@public_read
def edition(request: HttpRequest, number: Number) -> HttpResponse:
    """One edition, in full."""
    at = now(request)
    known = next((one for one in all_editions(at) if one.number == number), None)
    return json_response(edition_text(at, found(known, "版本", "edition", number)))


@router.get(
    "/interpretations",
    summary="解释 / Interpretations",
    openapi_extra=response_schemas(Interpretations, 404),
)
@chinese_summary("联盟通过的程序规则、理解与各项解释。")
@public_read
def interpretations(request: HttpRequest) -> HttpResponse:
    """What the alliance adopted and interpreted."""
    at = now(request)
    return json_response(Interpretations(dict(at.inst.meaning.procedure or {}), all_interpretations(at)))


@router.get(
    "/refusals",
    summary="不予办理的情形 / Refusals",
    openapi_extra=response_schemas(Refusals),
)
@chinese_summary("现行文本下不予办理的情形，以及“现在不是这一步”的缘由。")
@static_read
def refusals(request: HttpRequest) -> HttpResponse:
    """The catalogue of refusals under the present text, and the reasons for which a step is out of turn."""
    cards = tuple(articles.refusal_cards(now(request).inst.meaning.edition))
    turns = (TurnEntry(f"out-of-turn/{n}", e["zh"], e["en"]) for n, e in catalogue()["out_of_turn"].items())
    return json_response(Refusals(cards, tuple(turns)))
