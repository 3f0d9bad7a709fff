"""Letters at the desk: each as a PDF that leads back to its place in the book."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from gongyue.covenant.periods import iso
from gongyue.governance.acts import ACT_TYPES
from gongyue.web import letter_response
from gongyue.web.access import office
from gongyue.web.desk.layout import render_desk_page
from gongyue.web.desk.letter import Letter
from gongyue.web.desk.letter_catalogue import FORM, RECORDED, SORTS
from gongyue.web.desk.officer import Officer, officer_of
from gongyue.web.desk.sealed_acts import may_tell
from gongyue.web.installation import Now
from gongyue.web.letter_response import files, form_index
from gongyue.web.letters.typesetting import Sheet
from gongyue.web.templatetags.words import pick

MOST = 60
"""Letters of a sort shown at once; the newest."""


@office()
def letters(request: HttpRequest) -> HttpResponse:
    """Every letter there is to send."""
    me = officer_of(request)
    found = [(name, sort, told(me, name)) for name, sort in SORTS.items() if me.decides or not sort.sealed]
    listed = {name: all_ if name == FORM else all_[:MOST] for name, _, all_ in found}  # of forms none is the newest
    return render_desk_page(
        request,
        "letters",
        "desk_letters",
        sorts=[
            (name, pick(sort.zh, sort.en), listed[name], files(reverse("desk_letters_sort", args=[name]), len(all_)))
            for name, sort, all_ in found
        ],
    )


def told(me: Officer, sort: str) -> list[Letter]:
    """The letters of a sort that an officer is told of, the newest first: of acts under seal in a dossier only whoever opens that."""
    if SORTS[sort].sealed and not me.decides:
        return []
    found = SORTS[sort].letters(me.now)
    return sorted((one for one in found if sort != RECORDED or may_tell(me, *one.of.split(":", 1))), key=_newest)


def _newest(one: Letter) -> int:
    return -one.day


def sheet(now: Now, sort: str, one: Letter) -> Sheet:
    """One letter of a sort as it is set."""
    recorded = one.entry is not None
    head = letter_response.head(
        now,
        iso(one.day),
        f"公开簿第 {one.entry} 条" if recorded else index_of(sort, one.of),
        letter_response.address("entry", one.entry) if recorded else letter_response.address("home"),
        letter_response.BLANK if sort == FORM else "有效",
    )
    return Sheet(head, one.make())


def index_of(sort: str, of: str) -> str:
    """The 索引号 of a letter that rests on no entry of the open book: its sort, and the numbers of what it is about."""
    name = SORTS[sort].zh
    if sort == FORM:
        return form_index(ACT_TYPES[of])
    numbers = [part for part in of.split(":") if any(map(str.isdigit, part))]
    return f"{name} {'-'.join(numbers)}".rstrip()


@office()
def letter_pdf(request: HttpRequest, sort: str, of: str) -> HttpResponse:
    """One letter as PDF."""
    me = officer_of(request)
    found = next((s for s in told(me, sort) if s.of == of), None) if sort in SORTS else None
    if found is None:
        raise Http404
    return letter_response.pdf(*sheet(me.now, sort, found), f"{sort}-{of}".replace(":", "-").replace("/", "-"))
