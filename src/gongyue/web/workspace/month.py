"""The month in one page, for a member that has twenty minutes: what happened, what is due, what was done in its name."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse

from gongyue.covenant.periods import DAY, months_after, start_of
from gongyue.web import request_state
from gongyue.web.access import unit
from gongyue.web.notices.feed import of_unit
from gongyue.web.notices.notification import Notification
from gongyue.web.workspace.attention import items
from gongyue.web.workspace.layout import confidential, ours_of, render_unit_page, rows
from gongyue.web.workspace.own_unit import OwnUnit

AHEAD = 45
"""Days ahead whose deadlines the page of the present month shows."""


@unit()
def month(request: HttpRequest, unit: str, year: int = 0, number: int = 0) -> HttpResponse:
    """One month of Beijing days; the present one unless another is named."""
    ours = ours_of(request)
    begins, ends = _bounds(ours, year, number)
    present = begins <= ours.now.day < ends
    told = [one for one in of_unit(ours, request_state.seat(request)) if start_of(begins) <= one.time < start_of(ends)]
    told.sort(key=lambda one: (one.time, one.key))
    ahead = ours.now.time + AHEAD * DAY
    due = [i for i in items(ours, confidential(request)) if i.ends and i.ends <= ahead]
    before, after = months_after(begins, -1), ends
    return render_unit_page(
        request,
        "month",
        "unit_month",
        ours,
        begins=date.fromordinal(begins),
        last=ends - 1,
        first=begins,
        due=rows(ours, due) if present else [],
        happened=[one for one in told if not _own(one) and not _deadline(one)],
        own=[one for one in told if _own(one)],
        before=date.fromordinal(before) if start_of(before) >= _opening(ours) else None,
        after=date.fromordinal(after) if after <= ours.now.day else None,
        present=present,
        ahead=AHEAD,
    )


def _bounds(ours: OwnUnit, year: int, number: int) -> tuple[int, int]:
    """The first day of the month and of the next; Http404 for a month that is none, or has not begun."""
    today = date.fromordinal(ours.now.day)
    try:
        begins = date(year, number, 1) if year else today.replace(day=1)
    except ValueError:
        raise Http404(f"{year}-{number}") from None
    if begins > today or begins.year < 2000:
        raise Http404(f"{year}-{number}")
    return begins.toordinal(), months_after(begins.toordinal(), 1)


def _opening(ours: OwnUnit) -> int:
    """The start of the month in which the first officers took office: before it there is nothing to tell."""
    genesis = ours.inst.genesis
    assert genesis is not None
    return start_of(date.fromisoformat(min(o.begins for o in genesis.officers)).replace(day=1).toordinal())


def _own(one: Notification) -> bool:
    return one.route == "unit_act"


def _deadline(one: Notification) -> bool:
    return one.key.startswith(("due:", "late:"))
