"""`/api/register`, `/api/lists`: who is or was a member, and the periodic lists (articles 4, 23)."""

from __future__ import annotations

from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from gongyue.governance.fields import Activity
from gongyue.office.facts.register import (
    ListOut,
    Lists,
    Status,
    UnitCard,
    UnitOut,
    list_out,
    public_unit,
    roll_of,
    unit_card,
    unit_out,
)
from gongyue.office.facts.register import lists as all_lists
from gongyue.web.api.openapi import chinese_summary, public_read, response_schemas
from gongyue.web.api.schemas import LONGEST_PAGE, Next, found, json_response, next_page
from gongyue.web.request_state import now

router = Router(tags=["成员 / Members"])


class Register(msgspec.Struct, frozen=True):
    """A page of the register."""

    size: int
    total: int
    limit: int
    offset: int
    items: tuple[UnitOut, ...]
    next: Next


@router.get(
    "/register",
    summary="成员名录 / The register",
    openapi_extra=response_schemas(Register, 404, 422),
)
@chinese_summary("现在或曾经的成员单位，按编号排列；可检索、筛选、分页。")
@public_read
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
    units = roll_of(at).search(q, status or "", activity or "").units
    rows = tuple(map(unit_out, units[offset : offset + limit]))
    total = len(units)
    return json_response(Register(at.size, total, limit, offset, rows, next_page(request, limit, offset, total)))


@router.get(
    "/register/{unit}",
    summary="一个单位 / A unit",
    openapi_extra=response_schemas(UnitCard, 404, 422),
)
@chinese_summary("一个单位，按编号。")
@public_read
def unit(request: HttpRequest, unit: Annotated[str, Path(max_length=42)]) -> HttpResponse:
    """One unit, by its id."""
    at = now(request)
    return json_response(unit_card(at, found(public_unit(at, unit), "单位", "unit", unit)))


@router.get(
    "/lists",
    summary="名单 / Lists",
    openapi_extra=response_schemas(Lists, 404),
)
@chinese_summary("定期公布的加入及退出名单。")
@public_read
def lists(request: HttpRequest) -> HttpResponse:
    """The periodic lists of joins and leaves."""
    return json_response(Lists(all_lists(now(request))))


@router.get(
    "/lists/{int:number}",
    summary="一期名单 / A list",
    openapi_extra=response_schemas(ListOut, 404, 422),
)
@chinese_summary("一期名单的原文。")
@public_read
def roll_list(request: HttpRequest, number: Annotated[int, Path(ge=1, le=9_999)]) -> HttpResponse:
    """One list, as it was published."""
    return json_response(found(list_out(now(request), number), "名单", "list", number))
