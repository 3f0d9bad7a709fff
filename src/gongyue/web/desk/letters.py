"""Letters at the desk: each as a PDF that leads back to its place in the book."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse

from gongyue.covenant.periods import iso
from gongyue.web import letter_response, request_state
from gongyue.web.access import office
from gongyue.web.desk.layout import DECIDES, my_offices, render_desk_page
from gongyue.web.desk.letter import Letter
from gongyue.web.desk.letter_catalogue import RECORDED, SORTS
from gongyue.web.desk.sealed_acts import is_told
from gongyue.web.templatetags.words import pick

MOST = 60
"""Letters of a sort shown at once; the newest."""


@office()
def letters(request: HttpRequest) -> HttpResponse:
    """Every letter there is to send."""
    decides = bool(my_offices(request) & set(DECIDES))
    return render_desk_page(
        request,
        "letters",
        "desk_letters",
        sorts=[
            (name, pick(sort.zh, sort.en), sorted(_told(request, name), key=lambda s: -s.day)[:MOST])
            for name, sort in SORTS.items()
            if decides or not sort.sealed
        ],
    )


def _told(request: HttpRequest, sort: str) -> Iterator[Letter]:
    """The letters of a sort that this officer is told of: of acts under seal in a dossier only whoever opens that."""
    for one in SORTS[sort].letters(request_state.now(request)):
        book, _, place = one.of.partition(":")
        if sort != RECORDED or is_told(request, book, place):
            yield one


@office()
def letter_pdf(request: HttpRequest, sort: str, of: str) -> HttpResponse:
    """One letter as PDF."""
    now, known = request_state.now(request), SORTS.get(sort)
    if known is None or (known.sealed and not my_offices(request) & set(DECIDES)):
        raise Http404
    sheet = next((s for s in _told(request, sort) if s.of == of), None)
    if sheet is None:
        raise Http404
    recorded = sheet.entry is not None
    head = letter_response.head(
        now,
        iso(sheet.day),
        f"公开簿第 {sheet.entry} 条" if recorded else f"{sort}/{of}",
        letter_response.address("entry", sheet.entry) if recorded else letter_response.address("home"),
        letter_response.BLANK if sort == "form" else "有效",
    )
    return letter_response.pdf(head, sheet.make(), f"{sort}-{of}".replace(":", "-").replace("/", "-"))
