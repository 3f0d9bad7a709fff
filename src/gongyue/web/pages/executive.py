"""The executive body (articles 5, 14, 19): its offices, what is due and overdue, what was late, yearly figures."""

from __future__ import annotations

import csv
import io

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongyue.governance.office import staffing
from gongyue.governance.office_names import OFFICES_ZH
from gongyue.governance.yearly_figures import FIGURES
from gongyue.office.facts.duties import DoneLate, done_late, public_duties
from gongyue.office.facts.years import Year, years
from gongyue.web import names
from gongyue.web.installation import Now
from gongyue.web.pages import proofs
from gongyue.web.pages.act_descriptions import matter
from gongyue.web.pages.decorators import page
from gongyue.web.pages.figures import told_figures
from gongyue.web.request_state import now
from gongyue.web.templatetags.words import pick


class Holder(msgspec.Struct, frozen=True):
    """An officer, known by an opaque id and so called, in one office for a term; `now`: it is today's."""

    office: str
    officer: str
    called: str
    begins: int
    ends: int
    now: bool

    @property
    def name(self) -> str:
        """What the office is called."""
        return names.office_name(self.office)


def holders(at: Now) -> list[Holder]:
    """Every office that is or was held, those held today first."""
    rows = [
        Holder(t.office, o.id, names.party_name(at.inst, o.id), t.begins, t.ends, t.begins <= at.day <= t.ends)
        for o in at.inst.officers.values()
        for t in o.tenures
    ]
    order = list(OFFICES_ZH)
    return sorted(rows, key=lambda h: (not h.now, order.index(h.office), h.officer, h.begins))


def late(at: Now) -> list[DoneLate]:
    """What was done late, by article, for ever shown."""
    return sorted(done_late(at), key=lambda x: (x.article, x.index))


class YearRows(msgspec.Struct, frozen=True):
    """A year as a page tells it: what is counted, by name, the open book's and what is under seal; acts by type; what cites it.

    Of what the open book counts also the act type whose entries list it, where one does.
    """

    of: Year
    counted: tuple[tuple[str, str, str], ...]
    sealed: tuple[tuple[str, str], ...]
    types: tuple[tuple[str, int], ...]


def _rows(year: Year) -> YearRows:
    return YearRows(
        year,
        tuple((pick(*said), str(getattr(year, field)), LISTED.get(field, "")) for field, said in COUNTED.items()),
        tuple(told_figures({one.name: one.count for one in year.sealed})),
        tuple((names.act_name(name), n) for name, n in year.types),
    )


COUNTED = {
    "acts": ("公开行为", "Public acts"),
    "joined": ("加入", "Joined"),
    "left": ("退出", "Left"),
    "ended": ("资格终止", "Ended"),
    "timed": ("有期限的", "With a deadline"),
    "on_time": ("其中按期", "Of those on time"),
    "late": ("其中逾期", "Of those late"),
    "corrected": ("更正", "Corrected"),
    "voided": ("撤销", "Voided"),
}
"""What is counted in the open book, each with what it is called."""
LISTED = {"ended": "membership.end", "corrected": "correction.correct", "voided": "correction.void"}
"""The acts that the explorer lists where one wants to see what was counted."""


@page
def executive_year(request: HttpRequest, year: int) -> HttpResponse:
    """A year's figures, with the checkpoint that they were counted at, to be cited."""
    at = now(request)
    return _year_page(request, at, year, None)


@page
def executive_year_as_cited(request: HttpRequest, year: str, size: str, root: str) -> HttpResponse:
    """A year's figures as somebody cites them: with a checkpoint, which is this book's or is not; 404 of what can be none."""
    at, entries = now(request), int(size)
    return _year_page(request, at, int(year), entries <= at.size and root == proofs.root(at, entries).hex())


def _year_page(request: HttpRequest, at: Now, year: int, cited: bool | None) -> HttpResponse:
    found = next((one for one in years(at) if one.year == year), None)
    if found is None:
        raise Http404
    root = proofs.checkpoint(at)[0].hex()
    context = {
        "here": "executive",
        "year": _rows(found),
        "cited": cited,
        "size": at.size,
        "root": root,
        "sanctions": at.inst.meaning.article("sanction.list"),
    }
    return render(request, "pages/executive_year.html", context)


@page
def years_csv(request: HttpRequest) -> HttpResponse:
    """The yearly figures as CSV; the checkpoint they were counted at stands in every line."""
    at = now(request)
    out, root = io.StringIO(), proofs.checkpoint(at)[0].hex()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["year", *COUNTED, "report", *FIGURES, "size", "root"])
    for one in years(at):
        sealed = {figure.name: "not told" if figure.count is None else figure.count for figure in one.sealed}
        told = [getattr(one, name) for name in COUNTED]
        report = "" if one.report is None else one.report
        writer.writerow([one.year, *told, report, *(sealed.get(n, "") for n in FIGURES), at.size, f"sha256:{root}"])
    headers = {"Content-Disposition": 'attachment; filename="years.csv"'}
    return HttpResponse("\ufeff" + out.getvalue(), "text/csv; charset=utf-8", headers=headers)


@page
def executive(request: HttpRequest) -> HttpResponse:
    """Who acts for the executive body, and whether it acts in time."""
    at = now(request)
    duties, founding = public_duties(at), at.inst.founding
    context = {
        "here": "executive",
        "founding": founding,
        "approved_by": founding.authority("approver", founding.effective_day) if founding.effective_day else None,
        "holders": holders(at),
        "overdue": [d for d in duties if d.late],
        "due": [d for d in duties if not d.late],
        "late": [(x, at.index.day(x.index), names.act_name(x.act), matter(at, x.matter)) for x in late(at)],
        "years": [_rows(year) for year in years(at)],
        "sanctions": at.inst.meaning.article("sanction.list"),
        "short": [
            (names.work_name(s.what), names.staff_needed(s.needs), max(0, s.have), s.article)
            for s in staffing(at.inst, at.day)
        ],
        "orders": sorted((o for o in at.inst.orders.values() if o.types), key=lambda o: -o.begins),
    }
    return render(request, "pages/executive.html", context)
