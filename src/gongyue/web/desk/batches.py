"""All letters of a batch in one file, in the order of the list that the batch is printed from, each as it is alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongyue.office.dossier_access import READING
from gongyue.web import letter_response
from gongyue.web.access import office
from gongyue.web.desk import bulletins, letters, paper_out, telling
from gongyue.web.desk.docket import whole_sheet
from gongyue.web.desk.layout import DECIDES
from gongyue.web.desk.letter_catalogue import OVER, RECORDED, SORTS
from gongyue.web.desk.officer import Officer, officer_of
from gongyue.web.letter_response import IN_A_FILE
from gongyue.web.letters.typesetting import Sheet
from gongyue.web.pages.decorators import number_in
from gongyue.web.templatetags.words import pick
from gongyue.web.workspace.bulletins import read


class Wanted(NamedTuple):
    """A letter of a batch: to whom or about what, and what makes it; Http404 where it cannot be made any more."""

    about: str
    make: Callable[[], Sheet]


class Batch(NamedTuple):
    """A batch: what its file is called, its letters in their order."""

    title: str
    letters: list[Wanted]


def of_sort(me: Officer, sort: str) -> Batch:
    """All letters of a sort that the officer is told of, as their list has them."""
    found = [Wanted(one.about, partial(letters.sheet, me.now, sort, one)) for one in letters.told(me, sort)]
    return Batch(SORTS[sort].zh, found)


def of_bulletin(me: Officer, n: int) -> Batch:
    """A bulletin to every unit that a letter has to reach; that the officer read its text is logged once."""
    shown, units = read(me.party, n), me.now.inst.units
    found = [
        Wanted(units[unit].name, partial(bulletins.sheet, me.now, shown, unit))
        for unit in bulletins.by_letter(me.now, n)
    ]
    return Batch(f"致全体成员第 {n} 件：{shown.bulletin.zh}", found)


def of_untold(me: Officer) -> Batch:
    """The notices of what has to be told, as their list has them."""
    known = {one.of: one for one in letters.told(me, RECORDED)}
    found = [known[id] for id in telling.printed(me) if id in known]
    return Batch(
        SORTS[RECORDED].zh, [Wanted(one.about, partial(letters.sheet, me.now, RECORDED, one)) for one in found]
    )


def to_send(me: Officer) -> Batch:
    """All that the officer has to send and has not, envelope by envelope."""
    waiting = paper_out.to_send(me)
    known = {sort: {one.of: one for one in letters.told(me, sort)} for sort in (RECORDED, OVER)}
    texts: dict[int, Callable[[str], Sheet]] = {}

    def made(one: paper_out.ToSend) -> Sheet:
        kind, _, rest = one.key.partition(":")
        if kind in known:
            return letters.sheet(me.now, kind, known[kind][rest])
        if kind != "bulletin":
            return whole_sheet(me, one.dossier, int(rest.rpartition(":")[2]))
        if (n := int(rest)) not in texts:  # its reading is logged once, to however many it goes
            texts[n] = partial(bulletins.sheet, me.now, read(me.party, n))
        return texts[n](one.to)

    found = [
        Wanted(f"{envelope.name}：{one.what}", partial(made, one)) for envelope in waiting for one in envelope.letters
    ]
    return Batch("待寄信函", found)


def sheets(wanted: list[Wanted], lost: list[str]) -> Iterator[Sheet]:
    """The letters made, one after the other; what cannot be made is added to `lost`."""
    for one in wanted:
        try:
            yield one.make()
        except Http404:
            lost.append(one.about)


def _answer(request: HttpRequest, batch: Batch, name: str) -> HttpResponse:
    part = number_in(request, "part") or 1
    lost: list[str] = []
    made = list(sheets(batch.letters[(part - 1) * IN_A_FILE : part * IN_A_FILE], lost))
    for about in lost:
        messages.warning(
            request, pick(f"没有排入：{about}（内容已删除或读不出）", f"Not among them, erased or unreadable: {about}")
        )
    if not made:
        raise Http404
    return letter_response.batch(made, batch.title, name, request.GET.get("sides") == "2")


@office()
@require_GET
def sort_letters(request: HttpRequest, sort: str) -> HttpResponse:
    """Those of a sort."""
    if sort not in SORTS:
        raise Http404
    return _answer(request, of_sort(officer_of(request), sort), f"letters-{sort}")


@office(*DECIDES)
@require_GET
def bulletin_letters(request: HttpRequest, n: int) -> HttpResponse:
    """Those of a bulletin."""
    return _answer(request, of_bulletin(officer_of(request), n), f"bulletin-{n}")


@office(*DECIDES)
@require_GET
def letters_of_telling(request: HttpRequest) -> HttpResponse:
    """The notices of what has to be told and nobody has said yet that it was."""
    return _answer(request, of_untold(officer_of(request)), "notices")


@office(*READING)
@require_GET
def letters_to_send(request: HttpRequest) -> HttpResponse:
    """Those that are to be sent, for the carrier's next batch."""
    return _answer(request, to_send(officer_of(request)), "to-send")
