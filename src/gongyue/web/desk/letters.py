"""Letters at the desk: each as a PDF that leads back to its place in the book."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from gongyue.covenant.periods import iso
from gongyue.web import asking, printing
from gongyue.web.access import office
from gongyue.web.desk.sheets import SORTS
from gongyue.web.desk.showing import DECIDES, my_offices, show
from gongyue.web.templatetags.words import pick

MOST = 60
"""Letters of a sort shown at once; the newest."""


@office()
def letters(request: HttpRequest) -> HttpResponse:
    """Every letter there is to send."""
    now, decides = asking.now(request), bool(my_offices(request) & set(DECIDES))
    return show(
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
def one(request: HttpRequest, sort: str, of: str) -> HttpResponse:
    """One letter as PDF."""
    now, known = asking.now(request), SORTS.get(sort)
    if known is None or (known.sealed and not my_offices(request) & set(DECIDES)):
        raise Http404
    sheet = next((s for s in known.letters(now) if s.of == of), None)
    if sheet is None:
        raise Http404
    recorded = sheet.entry is not None
    head = printing.head(
        now,
        iso(sheet.day),
        f"公开簿第 {sheet.entry} 条" if recorded else f"{sort}/{of}",
        printing.address("entry", sheet.entry) if recorded else printing.address("home"),
        printing.BLANK if sort == "form" else "有效",
    )
    return printing.pdf(head, sheet.make(), f"{sort}-{of}".replace(":", "-").replace("/", "-"))
