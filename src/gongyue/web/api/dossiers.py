"""`/api/dossiers`, `/api/docket`: the dossiers of the key's party; what an officer is told of those it may open, and of others."""

from __future__ import annotations

from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from gongyue.book.dossier_names import named
from gongyue.book.heads import DossierHead, parse_head
from gongyue.covenant.parties import is_unit
from gongyue.office.facts.docket import DocketLine
from gongyue.office.facts.dossiers import DossierFacts, of_unit
from gongyue.office.store import SEALED
from gongyue.web import installation
from gongyue.web.api import keys
from gongyue.web.api.limits import limited
from gongyue.web.api.openapi import chinese_summary, response_schemas
from gongyue.web.api.schemas import LONGEST_PAGE, Next, json_response, next_page, not_found
from gongyue.web.request_state import now

router = Router(tags=["卷宗 / Dossiers"], auth=keys.reading)
Limit = Annotated[int, Query(ge=1, le=LONGEST_PAGE)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]
Name = Annotated[str, Path(max_length=120, description="卷名，或编号 / Its name, or its id")]


class Dossiers(msgspec.Struct, frozen=True):
    """The dossiers a party opens, in the order in which they were opened; an officer's by deadline are in the docket."""

    total: int
    limit: int
    offset: int
    items: tuple[DossierFacts, ...]
    next: Next


class Docket(msgspec.Struct, frozen=True):
    """The dossiers of which an officer is told: overdue first; what it may not open without parties, title and next steps."""

    total: int
    limit: int
    offset: int
    items: tuple[DocketLine, ...]
    next: Next


class DossierOut(msgspec.Struct, frozen=True):
    """A dossier with the office's signed word for where it ends: keep `head`, and `gongyue verify --head` finds what is removed later."""

    dossier: DossierFacts
    ends: DossierHead
    head: str


@router.get("/dossiers", summary="本方的卷宗 / Dossiers", openapi_extra=response_schemas(Dossiers, 401, 403, 422, 429))
@chinese_summary("本单位为当事方的各卷，依开卷的先后；职员的卷见 /api/docket。")
def dossiers(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """Every dossier that the key's unit is party to; none for an officer's key, whose dossiers are in the docket."""
    known = keys.require_confidence(request)
    limited(request)
    at, store = now(request), installation.office().store
    found = of_unit(at.inst, store, known.party, at.day) if is_unit(known.party) else []
    items, total = tuple(found[offset : offset + limit]), len(found)
    return json_response(Dossiers(total, limit, offset, items, next_page(request, limit, offset, total)))


@router.get(
    "/dossiers/{name}", summary="一卷 / A dossier", openapi_extra=response_schemas(DossierOut, 401, 403, 404, 422, 429)
)
@chinese_summary("一卷：各条、下一步、存卷凭证；只给当事方与承办的职员。")
def dossier(request: HttpRequest, name: Name) -> HttpResponse:
    """One dossier by its name or id, for its parties and the officers assigned to it; 404 for anybody else."""
    known = keys.require_confidence(request)
    limited(request)
    at, office = now(request), installation.office()
    if is_unit(known.party):
        mine = {one.id: one for one in of_unit(at.inst, office.store, known.party, at.day)}
        ids = named(name, mine)
        facts = mine[ids[0]] if len(ids) == 1 else None
    else:
        found = at.docket_of(known.party).find(office.store, name)
        facts = found[1] if found is not None else None
    if facts is None:
        raise not_found("卷", "dossier", name)
    note = office.head(facts.id)
    ends = parse_head(note, *(signer.verifier for signer in office.keys.signers(SEALED)))
    return json_response(DossierOut(facts, ends, note.decode()))


@router.get("/docket", summary="案头 / Docket", openapi_extra=response_schemas(Docket, 401, 403, 422, 429))
@chinese_summary("职员的各卷，逾期在前；不能打开的只有种类、指派与期限。")
def docket(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """What the key's officer is told of the dossiers, overdue first; nothing for a unit's key."""
    known = keys.require_confidence(request)
    limited(request)
    found = now(request).docket_of(known.party)  # a unit holds no office, and sees nothing there
    items, total = tuple(found.lines(found.ids[offset : offset + limit])), len(found.ids)
    return json_response(Docket(total, limit, offset, items, next_page(request, limit, offset, total)))
