"""Paper that came in: every act that a paper goes with, its number and dates, who recorded it and when."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from itertools import islice

import msgspec
from django.http import HttpRequest
from django.urls import reverse

from gongyue.book.entry import decode
from gongyue.covenant.periods import day_of, iso
from gongyue.governance.acts import Entry
from gongyue.office.acts_by_unit import Position
from gongyue.office.store import OPEN
from gongyue.web import installation, request_state
from gongyue.web.accounts.officers import joined
from gongyue.web.desk.officer import officer_of
from gongyue.web.desk.sealed_acts import is_told
from gongyue.web.names import act_name, party_name
from gongyue.web.templatetags.words import pick


class CameIn(msgspec.Struct, frozen=True):
    """A paper that came in, and the act recorded from it: `arrived`, `dated`, `recorded` are Beijing days."""

    arrived: str
    dated: str
    number: str
    what: str
    whose: str
    by: str
    recorded: str
    place: str
    url: str
    scan: str


def came_in(request: HttpRequest) -> list[Position]:
    """Where the acts stand of whose papers this officer is told, book by book in the order of arrival."""
    opened = installation.office()
    known = opened.acts_by_unit.catch_up(opened.store).on_paper()
    me = officer_of(request)
    return [place for place in known if is_told(me, place.book, place.place)]


def newest(places: list[Position], skip: int, most: int) -> list[Position]:
    """Some of these, the latest recorded first, whichever book they stand in; no more is read than it takes."""
    books = [[one for one in reversed(places) if one.book == book] for book in dict.fromkeys(p.book for p in places)]
    return list(islice(merge(*books, key=lambda place: -_entry(place).rx.t), skip, skip + most))


def rows(request: HttpRequest, places: list[Position]) -> Iterator[CameIn]:
    """These papers in words."""
    now = request_state.now(request)
    for place in places:
        entry = _entry(place)
        paper = entry.act.paper
        assert paper is not None
        opened = place.book == OPEN
        holders = [now.inst.keys[s.key].holder for s in entry.sigs if s.key in now.inst.keys]
        yield CameIn(
            paper.arrived,
            paper.dated,
            paper.number,
            act_name(entry.act.type),
            party_name(now.inst, entry.act.actor),
            joined(now.inst, holders),
            iso(day_of(entry.rx.t)),
            f"#{place.number}" if opened else pick("密封", "sealed"),
            reverse("entry", args=[place.number]) if opened else "",
            paper.scan,
        )


def _entry(place: Position) -> Entry:
    store = installation.office().store
    if place.book == OPEN:
        data = store.leaf(OPEN, place.number)
        assert data is not None
        return decode(data).entry
    kept = store.sealed_entry(place.number.to_bytes(8, "big"))
    assert kept is not None
    return decode(kept.entry).entry
