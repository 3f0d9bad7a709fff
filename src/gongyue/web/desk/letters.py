"""Letters at the desk: each as a PDF that leads back to its place in the book."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from gongyue.covenant.periods import iso
from gongyue.web import letter_response, request_state
from gongyue.web.access import office
from gongyue.web.desk.layout import DECIDES, my_offices, render_desk_page
from gongyue.web.desk.letter_catalogue import SORTS
from gongyue.web.templatetags.words import pick

MOST = 60
"""Letters of a sort shown at once; the newest."""


@office()
def letters(request: HttpRequest) -> HttpResponse:
    """Every letter there is to send."""
    now, decides = request_state.now(request), bool(my_offices(request) & set(DECIDES))
    return render_desk_page(
        request,
        "letters",
        "desk_letters",
        sorts=[
            (name, pick(sort.zh, sort.en), sorted(sort.letters(now), key=lambda s: -s.day)[:MOST])
            for name, sort in SORTS.items()
            if decides or not sort.sealed
        ],
    )


@office()
def letter_pdf(request: HttpRequest, sort: str, of: str) -> HttpResponse:
    """One letter as PDF."""
    now, known = request_state.now(request), SORTS.get(sort)
    if known is None or (known.sealed and not my_offices(request) & set(DECIDES)):
        raise Http404
    sheet = next((s for s in known.letters(now) if s.of == of), None)
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
