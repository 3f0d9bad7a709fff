"""The gazette: lists of joins and leaves, publications, and corrections as prominent as what they correct."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongyue.covenant.periods import from_iso
from gongyue.governance.publication import LISTED, RollList
from gongyue.governance.sheet import marked
from gongyue.governance.ways import Mark
from gongyue.web.asking import now
from gongyue.web.installation import Now
from gongyue.web.pages.describing import Told, tell
from gongyue.web.pages.heads import head_of
from gongyue.web.pages.indexing import index_of, newest_first
from gongyue.web.pages.objects import body_at, data_of, path_of, text_of
from gongyue.web.pages.showing import number_in, page, page_of
from gongyue.web.pages.standing import public_duties

ANNOUNCED = marked(Mark.ANNOUNCED)
"""The acts that are announced."""

PER_PAGE = 30


class Announced(msgspec.Struct, frozen=True):
    """An act announced; of a correction also the act it corrects and why."""

    told: Told
    corrects: Told | None = None
    reasons: str = ""


def announced(at: Now, index: int) -> Announced:
    """An announcement."""
    told = tell(at, index)
    if not told.type.startswith("correction."):
        return Announced(told)
    body = body_at(at, index)
    return Announced(told, tell(at, body["entry"]), text_of(body["reasons"]))


def corrections(at: Now) -> list[Announced]:
    """Every correction and voiding, the newest first."""
    places = index_of(at).of_types(["correction.correct/1", "correction.void/1"], at.size)
    return [announced(at, place) for place in reversed(places)]


@page_of("page")
def gazette(request: HttpRequest, number: int = 0) -> HttpResponse:
    """Lists, corrections, and what was announced, the newest first."""
    at = now(request)
    places = index_of(at).of_types(ANNOUNCED, at.size)
    pages = newest_first(places, number or number_in(request), PER_PAGE)
    context = {
        "here": "gazette",
        "lists": list(reversed(at.inst.lists)),
        "next": next((d for d in public_duties(at) if d.act == "publication.list/1"), None),
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
    if not 1 <= number <= len(at.inst.lists):
        raise Http404(number)
    shown: RollList = at.inst.lists[number - 1]
    content: dict[str, Any] = data_of(shown.object)
    groups = [(what, [_line(at, line) for line in content[what]]) for what in LISTED]
    context = {
        "here": "gazette",
        "list": shown,
        "groups": groups,
        "nothing": not any(lines for _, lines in groups),
        "head": head_of(at, shown.index),
        "told": tell(at, shown.index),
        "object": path_of(shown.object),
        "before": number - 1,
        "after": number + 1 if number < len(at.inst.lists) else 0,
    }
    return render(request, "pages/roll_list.html", context)


def _line(at: Now, line: dict[str, str]) -> dict[str, object]:
    return {**line, "on": from_iso(line["on"]), "known": bool(at.inst.units[line["unit"]].since)}
