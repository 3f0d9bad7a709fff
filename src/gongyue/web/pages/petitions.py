"""Petitions whose member consented to their publication, with what became of them (article 14)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongyue.governance.acts import act_type_of
from gongyue.governance.sheet import VALUES
from gongyue.office.facts import petitions as facts
from gongyue.web import names
from gongyue.web.pages.decorators import number_in, page_of
from gongyue.web.pages.pagination import newest_first
from gongyue.web.request_state import now

PER_PAGE = 20


@page_of("page")
def petitions(request: HttpRequest, number: int = 0) -> HttpResponse:
    """Every petition published, the newest first."""
    at = now(request)
    found = facts.petitions(at)[::-1]
    pages = newest_first(range(len(found)), number or number_in(request), PER_PAGE)
    context = {
        "here": "gazette",
        "petitions": [(one, names.localise(VALUES, one.kind)) for one in map(found.__getitem__, pages.items)],
        "pages": pages,
        "article": at.inst.meaning.article(act_type_of("petition.publish/1").clause),
    }
    return render(request, "pages/petitions.html", context)
