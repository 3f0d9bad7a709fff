"""`/api/log`, `/api/receipts`: the open book entry by entry, and the proofs. Its files are at /book/."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from gongyue.book import receipts
from gongyue.governance.fields import Digest
from gongyue.office.facts.log import EntryRow, chosen, entry_row
from gongyue.office.store import OPEN, SEALED
from gongyue.web import installation
from gongyue.web.api import keys
from gongyue.web.api.openapi import OPTIONAL_KEY, chinese_summary, public_read, response_schemas
from gongyue.web.api.schemas import LONGEST_PAGE, Next, json_response, not_found
from gongyue.web.pages import proofs
from gongyue.web.pages.objects import leaf_at
from gongyue.web.request_state import now

router = Router(tags=["公开簿 / The open book"])
DigestIn = Annotated[str, Path(pattern=r"^sha256:[0-9a-f]{64}$")]


class Log(msgspec.Struct, frozen=True):
    """A page of the open book, the newest first."""

    size: int
    items: tuple[EntryRow, ...]
    next: Next


class EntryOut(msgspec.Struct, frozen=True):
    """An entry: the leaf as it stands, the digest of its act, its receipt (a C2SP .tlog-proof)."""

    index: int
    act: Digest
    entry: dict[str, Any]
    receipt: str


class Receipt(msgspec.Struct, frozen=True):
    """Where an act stands, with the proof to keep: a .tlog-proof; of a sealed act, which has no place before its anchor, the promise and what opens it.

    `head`: of an act in a dossier the signed note that it was where that ended, when it arrived.
    """

    book: Literal["open", "sealed"]
    index: int | None
    commitment: Digest | None
    act: Digest
    time: int
    proof: str
    opening: str | None
    head: str | None


@router.get(
    "/log",
    summary="公开簿 / The open book",
    openapi_extra=response_schemas(Log, 404, 422),
)
@chinese_summary("公开簿的条目，新的在前。next 从最后一条之前继续，读过的页不再变化。")
@public_read
def log(
    request: HttpRequest,
    type: Annotated[str, Query(max_length=60, description="行为类型或事项 / an act type or a matter")] = "",
    actor: Annotated[str, Query(max_length=44)] = "",
    article: Annotated[str, Query(max_length=24, description="条的地址 / an article's address: 22, 2.1, 3/2")] = "",
    before: Annotated[int | None, Query(ge=0, le=2**53, description="此序号之前 / before this index")] = None,
    limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = 50,
) -> HttpResponse:
    """The entries, the newest first. `next` goes on before the last one shown: a page once read never changes."""
    at = now(request)
    places = chosen(at, type, actor, article)
    found = [p for p in places if before is None or p < before]
    shown = found[-limit:][::-1]
    rows = tuple(entry_row(at, index) for index in shown)
    going_on = None
    if len(found) > limit:
        asked = request.GET.copy()
        asked["before"] = str(shown[-1])
        going_on = f"{request.path}?{asked.urlencode()}"
    return json_response(Log(at.size, rows, going_on))


@router.get(
    "/log/{int:index}",
    summary="一条 / An entry",
    openapi_extra=response_schemas(EntryOut, 404, 422),
)
@chinese_summary("一条及其回执。")
@public_read
def entry(request: HttpRequest, index: Annotated[int, Path(ge=0, le=2**53)]) -> HttpResponse:
    """One entry with its receipt."""
    at = now(request)
    if index >= at.size:
        raise not_found("条目", "entry", f"#{index}")
    leaf = leaf_at(at, index)
    proof = proofs.receipt(at, index).decode()
    return json_response(EntryOut(index, leaf.digest, msgspec.json.decode(leaf.data), proof))


@router.get(
    "/receipts/{act}",
    summary="回执 / A receipt",
    openapi_extra=response_schemas(Receipt, 401, 403, 404, 422) | OPTIONAL_KEY,
    auth=keys.optional,
)
@chinese_summary("按行为摘要取回执；密封行为的回执只凭本方密钥给本方。")
def receipt(request: HttpRequest, act: DigestIn) -> HttpResponse:
    """The receipt of an act by its digest. A sealed act's is given to its own party only, by its key."""
    office, at = installation.office(), now(request)
    found = office.receipt(OPEN, act) if at.inst.in_force or keys.key_from_request(request) else None
    if found is None:
        sealed = office.store.find(SEALED, act)
        if sealed is not None and keys.may_open(request, sealed):
            found = office.receipt(SEALED, act)
    if found is None:
        raise not_found("行为", "act", act)
    return json_response(receipt_data(found))


def receipt_data(found: receipts.Receipt) -> Receipt:
    """A receipt as the API gives it."""
    opening = found.opening.decode() or None
    where = found.book, found.index, found.commitment or None, found.act, found.time
    return Receipt(*where, found.proof.decode(), opening, found.head.decode() or None)  # type: ignore[arg-type]
