"""`/api/register`, `/api/lists`: who is or was a member, and the periodic lists (articles 4, 23)."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from gongyue.covenant.periods import iso
from gongyue.governance.annex import binds
from gongyue.governance.fields import Activity, Date, Digest
from gongyue.governance.publication import LISTED, RollList
from gongyue.governance.standing import Unit
from gongyue.web.api.said import LONGEST_PAGE, Next, answer, day_or_none, next_page, not_found
from gongyue.web.api.speaking import reads, says, told
from gongyue.web.asking import now
from gongyue.web.pages.indexing import index_of
from gongyue.web.pages.objects import data_of
from gongyue.web.pages.roll import PUBLIC, roll_of

router = Router(tags=["成员 / Members"])
Status = Literal["member", "left", "ended"]


class UnitOut(msgspec.Struct, frozen=True):
    """A unit on the public roll; `joined` and `left` are of its present or last membership."""

    id: str
    name: str
    code: str
    status: Status
    joined: Date
    left: Date | None
    activities: tuple[str, ...]
    other: str


class Register(msgspec.Struct, frozen=True):
    """A page of the register."""

    size: int
    total: int
    limit: int
    offset: int
    items: tuple[UnitOut, ...]
    next: Next


class EventOut(msgspec.Struct, frozen=True):
    """A change of the roll, its day and its entry."""

    what: Literal["joined", "left", "ended", "undone"]
    day: Date
    index: int


class KeyOut(msgspec.Struct, frozen=True):
    """A registered key: its algorithm, whether it can sign now."""

    key: str
    alg: str
    valid: bool


class UnitCard(msgspec.Struct, frozen=True):
    """A unit with its history, its keys, the annexes that bind it, its announced departure, and how many acts it did."""

    unit: UnitOut
    history: tuple[EventOut, ...]
    keys: tuple[KeyOut, ...]
    annexes: tuple[str, ...]
    leaving: Date | None
    acts: int


class ListInfo(msgspec.Struct, frozen=True):
    """A periodic list as published."""

    number: int
    begins: Date
    ends: Date
    object: Digest
    index: int
    day: Date
    late_days: int


class Lists(msgspec.Struct, frozen=True):
    """Every periodic list, the first one first."""

    items: tuple[ListInfo, ...]


class Listed(msgspec.Struct, frozen=True):
    """A unit on a list, and since or until when; of a correction, `list`: which earlier list said that it had left then."""

    unit: str
    name: str
    code: str
    on: Date
    list: int | None = None


class ListOut(msgspec.Struct, frozen=True):
    """A list with its content."""

    info: ListInfo
    joined: tuple[Listed, ...]
    left: tuple[Listed, ...]
    ended: tuple[Listed, ...]
    corrected: tuple[Listed, ...]


@router.get(
    "/register",
    summary="成员名录 / The register",
    openapi_extra=told(Register, 404, 422),
)
@says("现在或曾经的成员单位，按编号排列；可检索、筛选、分页。")
@reads
def register(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=60, description="名称、代码或编号的一部分 / part of a name, code or id")] = "",
    status: Annotated[Status | None, Query()] = None,
    activity: Annotated[Activity | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> HttpResponse:
    """Who is or was a member, in the order of ids; searched, filtered, page by page."""
    at = now(request)
    found = roll_of(at).search(q, status or "", activity or "").units
    rows = tuple(map(_unit, found[offset : offset + limit]))
    total = len(found)
    return answer(Register(at.size, total, limit, offset, rows, next_page(request, limit, offset, total)))


@router.get(
    "/register/{unit}",
    summary="一个单位 / A unit",
    openapi_extra=told(UnitCard, 404, 422),
)
@says("一个单位，按编号。")
@reads
def unit(request: HttpRequest, unit: Annotated[str, Path(max_length=42)]) -> HttpResponse:
    """One unit, by its id."""
    at = now(request)
    inst, roll = at.inst.on(at.day), roll_of(at)
    known = inst.units.get(unit)
    if known is None or known.status not in PUBLIC or not known.since:
        raise not_found("单位", "unit", unit)
    card = UnitCard(
        _unit(known),
        tuple(EventOut(e.what, iso(e.day), e.index) for e in roll.history.get(unit, ())),  # type: ignore[arg-type]
        tuple(KeyOut(key, k.alg, k.valid_at(at.size, at.time)) for key, k in inst.keys_of(unit).items()),
        tuple(a.id for a in inst.annexes.values() if binds(inst, a, unit)),
        day_or_none(inst.leaving.get(unit)),
        len(index_of(at).of("actor", unit, at.size)),
    )
    return answer(card)


def _unit(u: Unit) -> UnitOut:
    left = day_or_none(u.until)
    return UnitOut(u.id, u.name, u.code, u.status, iso(u.since), left, u.activities, u.other)  # type: ignore[arg-type]


@router.get(
    "/lists",
    summary="名单 / Lists",
    openapi_extra=told(Lists, 404),
)
@says("定期公布的加入及退出名单。")
@reads
def lists(request: HttpRequest) -> HttpResponse:
    """The periodic lists of joins and leaves."""
    return answer(Lists(tuple(map(_info, now(request).inst.lists))))


@router.get(
    "/lists/{int:number}",
    summary="一期名单 / A list",
    openapi_extra=told(ListOut, 404, 422),
)
@says("一期名单的原文。")
@reads
def roll_list(request: HttpRequest, number: Annotated[int, Path(ge=1, le=9_999)]) -> HttpResponse:
    """One list, as it was published."""
    known = now(request).inst.lists
    if number > len(known):
        raise not_found("名单", "list", number)
    shown = known[number - 1]
    content = data_of(shown.object)
    parts = (tuple(msgspec.convert(content[part], list[Listed])) for part in LISTED)
    return answer(ListOut(_info(shown), *parts))


def _info(x: RollList) -> ListInfo:
    return ListInfo(x.number, iso(x.begins), iso(x.ends), x.object, x.index, iso(x.day), x.late_days)
