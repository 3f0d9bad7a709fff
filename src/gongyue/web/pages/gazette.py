"""The gazette: lists of joins and leaves, publications, and corrections as prominent as what they correct."""

from __future__ import annotations

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongyue.governance.publication import LISTED
from gongyue.governance.sheet import marked
from gongyue.governance.sheet_words import Mark
from gongyue.office.facts import silences
from gongyue.office.facts.duties import public_duties
from gongyue.office.facts.register import list_out, lists
from gongyue.office.facts.shapes import body_at, path_of, text_of
from gongyue.web.installation import Now
from gongyue.web.pages.act_descriptions import ActDescription, describe
from gongyue.web.pages.decorators import number_in, page, page_of
from gongyue.web.pages.document_heads import head_of
from gongyue.web.pages.pagination import newest_first
from gongyue.web.request_state import now

PER_PAGE = 30


class Announced(msgspec.Struct, frozen=True):
    """An act announced; of a correction also the act it corrects and why."""

    told: ActDescription
    corrects: ActDescription | None = None
    reasons: str = ""


def announced(at: Now, index: int) -> Announced:
    """An announcement."""
    told, body = describe(at, index), body_at(at, index)
    if not told.type.startswith("correction."):
        replaced = body.get("replaces") if told.type == "bulletin.publish/1" else None
        return Announced(told, None if replaced is None else describe(at, replaced))
    return Announced(told, describe(at, body["entry"]), text_of(at, body["reasons"]))


def corrections(at: Now) -> list[Announced]:
    """Every correction and voiding, and every bulletin in another's place, the newest first."""
    places = at.index.of_types(["correction.correct/1", "correction.void/1", "bulletin.publish/1"], at.size)
    return [one for one in (announced(at, place) for place in reversed(places)) if one.corrects]


def announced_types() -> list[str]:
    """The act types that are announced."""
    return marked(Mark.ANNOUNCED)


@page_of("page")
def gazette(request: HttpRequest, number: int = 0) -> HttpResponse:
    """Lists, corrections, and what was announced, the newest first."""
    at = now(request)
    places = at.index.of_types(announced_types(), at.size)
    pages = newest_first(places, number or number_in(request), PER_PAGE)
    context = {
        "here": "gazette",
        "lists": lists(at)[::-1],
        "next": next((d for d in public_duties(at) if d.act == "publication.list/1"), None),
        "silence": silences.of_lists(at.inst),
        "corrections": corrections(at)[:10],
        "announced": [announced(at, place) for place in pages.items],
        "pages": pages,
        "first": pages.number == 1,
    }
    return render(request, "pages/gazette.html", context)


@page
def roll_list(request: HttpRequest, number: int) -> HttpResponse:
    """One list with its document head and its proofs, also when nothing changed."""
    at = now(request)
    found = list_out(at, number)
    if found is None:
        raise Http404(number)
    shown = found.info
    groups = [(what, [(x, bool(at.inst.units[x.unit].since)) for x in getattr(found, what)]) for what in LISTED]
    context = {
        "here": "gazette",
        "list": shown,
        "groups": groups,
        "nothing": not any(lines for _, lines in groups),
        "head": head_of(at, shown.index),
        "told": describe(at, shown.index),
        "object": path_of(shown.object),
        "before": number - 1,
        "after": number + 1 if number < len(at.inst.lists) else 0,
    }
    return render(request, "pages/roll_list.html", context)
