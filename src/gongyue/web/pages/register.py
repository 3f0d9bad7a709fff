"""The register of members: facets, search by name or code, each unit's history and public acts, CSV and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import cache, lru_cache
from urllib.parse import urlencode

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from gongyue.covenant.periods import start_of
from gongyue.governance.papers import OnPaper, may_still_be_disavowed
from gongyue.governance.registry import Disavowal, Unit
from gongyue.office.facts.joining import activities_listed
from gongyue.office.facts.register import PUBLIC, KeyOut, UnitOut, public_unit, roll_of, unit_card, unit_out
from gongyue.office.facts.silences import of_lists
from gongyue.web import names
from gongyue.web.installation import Now
from gongyue.web.pages import vote_tally
from gongyue.web.pages.act_descriptions import tell_all
from gongyue.web.pages.decorators import number_in, page, page_of
from gongyue.web.pages.pagination import ResultPage, newest_first
from gongyue.web.pages.timeline import title_of
from gongyue.web.request_state import now
from gongyue.web.templatetags.words import chinese, day, pick, speaks_chinese

PER_PAGE = 25
ACTS = 30
"""Acts in a unit's name that its page lists; the explorer lists all."""
NONE = ' class="none"'


@page_of("q", "status", "sector", "page")
def register(request: HttpRequest, number: int = 0) -> HttpResponse:
    """The roll, searched and filtered; htmx takes the results out of the same page, so that one address is one answer."""
    at = now(request)
    words = request.GET.get("q", "").strip()[:60]
    status = _one_of(request.GET.get("status", ""), PUBLIC)
    sector = _one_of(request.GET.get("sector", ""), tuple(names.ACTIVITIES))
    found = roll_of(at).search(words, status, sector)
    shown = {*activities_listed(at.inst), *found.sectors, sector}
    pages = _page(len(found.units), number or number_in(request))
    chosen = {name: value for name, value in (("q", words), ("status", status), ("sector", sector)) if value}
    context = {
        "here": "register",
        "q": words,
        "status": status,
        "sector": sector,
        "rows": SafeString(
            "".join(row(u, speaks_chinese(), _uncertain(at, u)) for u in map(found.units.__getitem__, pages.items))
        ),
        "pages": pages,
        "link": f"{reverse('register')}?{urlencode(chosen)}&page=" if chosen else "",
        "statuses": [(s, names.localise(names.STATUSES, s), found.statuses.get(s, 0)) for s in PUBLIC],
        "sectors": [
            (s, names.localise(names.ACTIVITIES, s), found.sectors.get(s, 0)) for s in names.ACTIVITIES if s in shown
        ],
        "members": len(at.inst.on(at.day).members),
        "silence": of_lists(at.inst),
    }
    return render(request, "pages/register.html", context)


def _one_of(given: str, known: tuple[str, ...]) -> str:
    return given if given in known else ""


def _page(total: int, number: int) -> ResultPage:
    """The roll is in the order of ids, so its pages go forward."""
    start = (number - 1) * PER_PAGE
    return ResultPage(number, max(1, -(-total // PER_PAGE)), total, tuple(range(start, min(start + PER_PAGE, total))))


@lru_cache(maxsize=65_536)
def row(unit: Unit, zh: bool, uncertain: bool = False) -> SafeString:
    """A unit's row; made once, as long as the unit stays as it is (`zh`: the language it was made in).

    `uncertain`: it stands so by paper that it can still disavow.
    """
    values = (
        format_html("<code>{}</code>", unit.code),
        names.activity_names(unit.activities) or chinese(unit.other),
        names.localise(names.STATUSES, unit.status)
        + (pick("（据纸面，仍可否认）", " (from paper, may be disavowed)") if uncertain else ""),
        day(unit.since),
        day(unit.until),
    )
    cells = "".join(map(_cell, _labels(zh), values))
    return SafeString(
        f'<tr><td><a href="{reverse("unit_page", args=[unit.id])}">{chinese(unit.name)}</a>{_formerly(unit)}</td>{cells}</tr>'
    )


def _formerly(unit: Unit) -> SafeString:
    """What it was called before; nothing where it always had its name."""
    if not unit.former:
        return SafeString()
    said = pick("原名", "formerly")
    return format_html(' <span class="soft sm">{} {}</span>', said, chinese(pick("、", ", ").join(unit.former)))


@cache
def _labels(zh: bool) -> tuple[str, ...]:
    """What the cells are called where a row is folded."""
    both = (
        ("信用代码", "Credit code"),
        ("业务", "Activities"),
        ("状态", "Status"),
        ("加入", "Joined"),
        ("终止", "Until"),
    )
    return tuple(pair[not zh] for pair in both)


def _cell(label: str, value: str) -> str:
    """One cell; one without a value is left out where a row is folded."""
    return f'<td data-label="{label}"{"" if value else NONE}>{conditional_escape(value) or "—"}</td>'


@page
def unit_page(request: HttpRequest, unit: str) -> HttpResponse:
    """One unit: status, history, what it did in public, how it voted where votes were opened."""
    at = now(request)
    shown = public_unit(at, unit)
    if shown is None:
        raise Http404(unit)
    card = unit_card(at, shown)
    context = {
        "here": "register",
        "card": card,
        "unit": card.unit,
        "status": names.localise(names.STATUSES, shown.status),
        "activities": names.activity_names(shown.activities),
        "history": [(e, names.localise(names.EVENTS, e.what)) for e in reversed(card.history)],
        "ended": any(e.what == "ended" for e in card.history),
        "sanctions": at.inst.meaning.article("sanction.list"),
        "from_paper": list(_from_paper(at, unit)),
        "uncertain": _uncertain(at, shown),
        "acts": tell_all(at, newest_first(at.index.of("actor", unit, at.size), 1, ACTS).items),
        "keys": [(key, _state(at, key)) for key in card.keys],
        "annexes": [at.inst.annexes[a] for a in card.annexes],
        "votes": list(_votes(at, unit)),
    }
    return render(request, "pages/unit.html", context)


def _state(at: Now, key: KeyOut) -> str:
    """Whether a key signs, or why not: it waits, or has ended."""
    if key.valid:
        left = at.inst.units[at.inst.keys[key.key].holder].status in ("left", "ended")
        return (
            pick("有效（单位已不是成员）", "valid (its unit is no member any more)") if left else pick("有效", "valid")
        )
    if key.key in at.inst.uncompared:
        return pick("待与盖章的申请表核对", "to be compared with the stamped form")
    return (
        pick("已停用", "ended")
        if at.inst.keys[key.key].ended(start_of(at.day + 1) - 1)
        else pick("待生效", "not yet valid")
    )


def _from_paper(at: Now, unit: str) -> Iterator[tuple[int, str, OnPaper, Disavowal]]:
    """(entry, act, paper, disavowal) of what others recorded from paper in the unit's name, and it can still disavow."""
    for index, paper in sorted(at.inst.papers.items()):
        if paper.holder == unit and (way := may_still_be_disavowed(at.inst, index, start_of(at.day))):
            yield index, names.act_name(paper.type), paper, way


def _uncertain(at: Now, unit: Unit) -> bool:
    """Whether where it stands follows from paper that it can still disavow: its withdrawal, or its joining."""
    return may_still_be_disavowed(at.inst, unit.stands_by, start_of(at.day)) is not None


def _votes(at: Now, unit: str) -> list[tuple[str, SafeString, str]]:
    """(vote, title, choice) of the closed votes on whose roll the unit was; no choice: it did not vote."""
    rows = []
    for vote in sorted(at.inst.votes.values(), key=lambda v: (v.opened, v.id)):
        if unit in vote.roll and vote.outcome:
            chosen = vote_tally.choice_of(at, vote, unit)
            rows.append((vote.id, title_of(at, vote.id), names.localise(names.CHOICES, chosen) if chosen else ""))
    return rows


def _records(at: Now) -> list[dict[str, str]]:
    rows = (msgspec.structs.asdict(unit_out(u)) for u in roll_of(at).units)
    return [
        row | {"left": row["left"] or "", "activities": " ".join(row["activities"]), "former": "、".join(row["former"])}
        for row in rows
    ]


@page
def register_csv(request: HttpRequest) -> HttpResponse:
    """The roll as CSV, in UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO()
    writer = csv.DictWriter(out, UnitOut.__struct_fields__, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({k: _harmless(v) for k, v in record.items()} for record in _records(now(request)))
    headers = {"Content-Disposition": 'attachment; filename="register.csv"'}
    return HttpResponse("\ufeff" + out.getvalue(), "text/csv; charset=utf-8", headers=headers)


def _harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


@page
def register_json(request: HttpRequest) -> JsonResponse:
    """The roll as JSON, with the size of the book it is taken from."""
    at = now(request)
    data = {"v": "gongyue/register@1", "covenant": at.inst.cov, "size": at.size, "units": _records(at)}
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})
