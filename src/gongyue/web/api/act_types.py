"""`/api/act-types`: what can be done, by whom, with the schema of each body."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from gongyue.governance import articles
from gongyue.governance.acts import ACT_TYPES
from gongyue.governance.acts import ActType as ActKind
from gongyue.governance.performers import who
from gongyue.office.facts.shapes import Said
from gongyue.web.api.openapi import body_schemas, chinese_summary, response_schemas, static_read
from gongyue.web.api.schemas import found, json_response
from gongyue.web.request_state import now

router = Router(tags=["行为类型 / Act types"])


class Kind(msgspec.Struct, frozen=True):
    """An act type: who does it, in which book, under which article. `two`: two officers sign; `paper`: may be on paper."""

    type: str
    name: Said
    who: Said
    book: Literal["open", "sealed"]
    basis: str
    paper: bool
    two: bool
    example: dict[str, Any]


class Kinds(msgspec.Struct, frozen=True):
    """Every act type."""

    items: tuple[Kind, ...]


class KindCard(msgspec.Struct, frozen=True):
    """An act type with the JSON schema (2020-12) of its body."""

    kind: Kind
    body: dict[str, Any]


@router.get(
    "/act-types",
    summary="行为类型 / Act types",
    openapi_extra=response_schemas(Kinds),
)
@chinese_summary("各类行为，按事项排列。")
@static_read
def act_types(request: HttpRequest) -> HttpResponse:
    """Every act type, matter by matter."""
    return json_response(Kinds(tuple(_kind(request, kind) for kind in articles.kinds())))


@router.get(
    "/act-types/{path:type}",
    summary="一类行为 / An act type",
    openapi_extra=response_schemas(KindCard, 404, 422),
)
@chinese_summary("一类行为，如 vote.ballot/1，及其内容的 JSON schema。")
@static_read
def act_type(request: HttpRequest, type: Annotated[str, Path(max_length=60)]) -> HttpResponse:
    """One act type, such as vote.ballot/1."""
    kind = found(ACT_TYPES.get(type), "行为类型", "act type", type)
    return json_response(KindCard(_kind(request, kind), schema_of(kind)))


def _kind(request: HttpRequest, kind: ActKind) -> Kind:
    zh, en = who(kind)
    name = Said(kind.sheet.zh, kind.sheet.done)
    basis = now(request).inst.basis_of(kind)
    return Kind(kind.type, name, Said(zh, en), kind.book.value, basis, kind.paper, kind.by.two, dict(kind.example))


def schema_of(kind: ActKind) -> dict[str, Any]:
    """The schema of a type's body, complete in itself."""
    found = body_schemas("body", kind.body)
    whole = found.pop("body")
    text = msgspec.json.encode(whole | ({"$defs": found} if found else {}))
    made: dict[str, Any] = msgspec.json.decode(text.replace(b"#/components/schemas/", b"#/$defs/"))
    return made
