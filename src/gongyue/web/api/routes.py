"""The whole API: its routes under /api/, its OpenAPI, what it answers when something is wrong."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import ValidationError

from gongyue.book.entry import Malformed
from gongyue.book.sources import Tampered
from gongyue.covenant.fault_words import fault_zh
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.office.office import BadSignature
from gongyue.office.vault.errors import BadDocument, Gone, NotEntitled, NotThere, VaultError, Withheld
from gongyue.transparency.canonical import NotCanonical
from gongyue.web.access import anybody, public
from gongyue.web.api import act_types, acts, book, covenant, dossiers, drafts, matters, party, register, status
from gongyue.web.api.openapi import GongyueAPI, make_api, plain
from gongyue.web.api.schemas import ApiError, Problem, json_response

DESCRIPTION = """公约的每一行为、每一读取。行为须签名：签名即是身份，接口密钥只打开本方可看的内容，从不签署。
日期是北京日期，时刻是 Unix 秒。列表以 limit、offset 分页，公开簿以 before 分页；next 是下一页的地址。
拒绝（409）写明条文、字句、数字与怎样才够；失败时什么也没有记录。

Every act and every read of the covenant. Acts are signed: the signature is the identity; an API key opens what its
party may see and never signs. Days are Beijing dates, moments Unix seconds. Lists go by limit and offset, the open book
by before; next is the address of the next page. A refusal (409) names the article, the words, the figures and what
would be enough; whatever fails leaves nothing recorded. The book's own files are at /book/ (C2SP tlog-tiles)."""

api: GongyueAPI = make_api(DESCRIPTION)
for part in (status, covenant, register, matters, book, act_types, party, dossiers, drafts, acts):
    api.add_router("", part.router)


_VAULT: dict[type[VaultError], tuple[int, str]] = {
    NotThere: (404, "not-found"),
    NotEntitled: (403, "not-entitled"),
    Gone: (410, "erased"),
    Withheld: (409, "withheld"),
    BadDocument: (422, "bad-document"),
    VaultError: (503, "vault"),
}
"""What the vault says, the narrower first: the status, and the code where the error has none of its own."""


@api.exception_handler(ApiError)
def _failed(request: HttpRequest, error: ApiError) -> HttpResponse:
    return json_response(error.problem, error.status, **error.headers)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return json_response(error.refusal, 409)


@api.exception_handler(OutOfTurn)
def _out_of_turn(request: HttpRequest, error: OutOfTurn) -> HttpResponse:
    malformed = error.refusal["code"] in {"out-of-turn/malformed", "out-of-turn/bad-object"}
    return json_response(error.refusal, 422 if malformed else 409)


@api.exception_handler(BadSignature)
def _bad_signature(request: HttpRequest, error: BadSignature) -> HttpResponse:
    zh, en = f"{error} 的签名不成立；请重新签署。", f"The signature of {error} does not hold: sign again."
    return json_response(Problem("bad-signature", zh, en), 403)


@api.exception_handler(Malformed)
@api.exception_handler(Tampered)
@api.exception_handler(NotCanonical)
def _malformed(request: HttpRequest, error: Exception) -> HttpResponse:
    return json_response(Problem("malformed", f"不合格式：{fault_zh(error)}", f"It is malformed: {error}"), 422)


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    said = "; ".join(f"{e['loc'][-1]}: {e['msg']}" for e in error.errors)
    return json_response(
        Problem("malformed", f"参数不合格式：{fault_zh(said)}", f"A parameter is malformed: {said}"), 422
    )


@api.exception_handler(VaultError)
def _not_kept(request: HttpRequest, error: VaultError) -> HttpResponse:
    status, code = next(said for kind, said in _VAULT.items() if isinstance(error, kind))
    return json_response(Problem(getattr(error, "code", "") or code, error.zh, error.en), status)


@api.exception_handler(Http404)
def _no_such_thing(request: HttpRequest, error: Http404) -> HttpResponse:
    return json_response(Problem("not-found", f"没有：{error}", f"There is no {error}"), 404)


@cache
def openapi_schema() -> dict[str, Any]:
    """OpenAPI 3.1 of the whole API, the bodies of all act types among its schemas."""
    schema: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="/api/"))
    for kind in drafts.DRAFTABLE:
        schema["components"]["schemas"] |= drafts.schema_of(kind)
    return plain(schema)


@public
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI as JSON."""
    return HttpResponse(msgspec.json.encode(openapi_schema()), "application/json")


@anybody
def nothing_here(request: HttpRequest, path: str = "") -> HttpResponse:
    """Any other address under /api/."""
    zh, en = f"没有 /api/{path}；见 /api/。", f"There is no /api/{path}: see /api/."
    return json_response(Problem("not-found", zh, en), 404)
