"""`/api/status`, `/api/checkpoint`, `/api/due`: where the institution stands today."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from gongyue.governance.fields import Digest
from gongyue.office.facts.duties import DueList, due_list
from gongyue.office.facts.status import Status
from gongyue.office.facts.status import status as status_of
from gongyue.office.facts.years import Years, years
from gongyue.web import installation
from gongyue.web.api.openapi import chinese_summary, public_read, response_schemas
from gongyue.web.api.schemas import json_response
from gongyue.web.pages import proofs
from gongyue.web.request_state import now

router = Router(tags=["现状 / Where it stands"])


class Checkpoint(msgspec.Struct, frozen=True):
    """The open book's signed checkpoint (C2SP tlog-checkpoint), its root, and the keys that sign it."""

    size: int
    root: Digest
    note: str
    vkeys: tuple[str, ...]


@router.get(
    "/status",
    summary="现状 / Status",
    openapi_extra=response_schemas(Status, 404),
)
@chinese_summary("制度现在的状况。")
@public_read
def status(request: HttpRequest) -> HttpResponse:
    """Where the institution stands."""
    at = now(request)
    root = "sha256:" + proofs.checkpoint(at)[0].hex()
    return json_response(status_of(at, root, installation.office().rev, at.clock))


@router.get(
    "/checkpoint",
    summary="检查点 / Checkpoint",
    openapi_extra=response_schemas(Checkpoint, 404),
)
@chinese_summary("公开簿最新的检查点；其下的文件在 /book/。")
@public_read
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The open book's latest checkpoint. The tiles under it are at /book/."""
    at = now(request)
    root, note = proofs.checkpoint(at)
    return json_response(Checkpoint(at.size, "sha256:" + root.hex(), note.decode(), tuple(proofs.vkeys(at))))


@router.get(
    "/due",
    summary="到期与逾期 / Due and overdue",
    openapi_extra=response_schemas(DueList, 404),
)
@chinese_summary("执行机构应办的事项，逾期在前；依据密封行为的只告知当事方，见 /api/feed。")
@public_read
def due(request: HttpRequest) -> HttpResponse:
    """What the executive body must do. What rests on sealed acts is told to the parties only: see /api/feed."""
    return json_response(due_list(now(request)))


@router.get(
    "/years",
    summary="年度数字 / Yearly figures",
    openapi_extra=response_schemas(Years, 404),
)
@chinese_summary("执行机构的年度数字：公开簿的逐件算出，密封行为的依 oversight.report 所载，少于三件的不列数字。")
@public_read
def years_of_the_book(request: HttpRequest) -> HttpResponse:
    """The executive body's yearly figures: counted in the open book; of what is under seal as oversight.report states them."""
    at = now(request)
    return json_response(Years(at.size, "sha256:" + proofs.checkpoint(at)[0].hex(), years(at)))
