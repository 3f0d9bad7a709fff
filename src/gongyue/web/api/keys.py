"""API keys in requests: `Authorization: Bearer gyk_…`. A key opens what its party may see; it never signs an act."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import msgspec
from django.http import HttpRequest
from ninja.security import HttpBearer

from gongyue.book.entry import decode
from gongyue.covenant.parties import is_unit
from gongyue.web import installation
from gongyue.web.access import is_confidential
from gongyue.web.accounts.models import Seat
from gongyue.web.accounts.seats import offices_of
from gongyue.web.api.models import READ, ApiKey
from gongyue.web.api.schemas import ApiError
from gongyue.web.request_state import now

SCOPE_WORDS = {"read": ("读取", "reading"), "draft": ("起草", "drafting"), "submit": ("递交", "handing in")}
"""What a key may be for, in both languages."""


def no_key() -> ApiError:
    """There is no key, or none that is valid today."""
    return ApiError(
        401,
        "no-key",
        "须用有效的接口密钥：Authorization: Bearer gyk_…；密钥由本单位签署人在工作台建立。",
        "A valid API key is needed: Authorization: Bearer gyk_…; the unit's signatory makes one in the workspace.",
        WWW_Authenticate="Bearer",
    )


class ApiKeyAuth(HttpBearer):
    """A key that is for `scope`; where `needed` is false, whoever has none may ask too."""

    def __init__(self, scope: str, needed: bool = True) -> None:
        super().__init__()
        self.scope, self.needed = scope, needed

    def __call__(self, request: HttpRequest) -> Any:
        """The key asked with. ApiError says what is wrong with it."""
        secret = request.headers.get("Authorization", "")
        if not secret:
            if self.needed:
                raise no_key()
            return "nobody"
        return self.authenticate(request, secret.removeprefix("Bearer ").strip())

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey:
        """The key of that secret."""
        key = ApiKey.objects.found(token, date.fromordinal(now(request).day))
        if key is None or not _still_serves(request, key):
            raise no_key()
        if not key.may(self.scope):
            zh, en = SCOPE_WORDS[self.scope]
            raise ApiError(403, "scope", f"此密钥不用于{zh}。", f"This key is not for {en}.")
        request.api_key = key  # type: ignore[attr-defined]
        return key


def _still_serves(request: HttpRequest, key: ApiKey) -> bool:
    """An officer's key serves as long as the officer holds an office; a unit's own affairs go on after it has left."""
    at = now(request)
    return is_unit(key.party) or bool(offices_of(at.inst, seat_of(key), at.day))


reading = ApiKeyAuth(READ)
optional = ApiKeyAuth(READ, needed=False)


def key_from_request(request: HttpRequest) -> ApiKey | None:
    """The key a request was made with; None where there is none."""
    return cast("ApiKey | None", getattr(request, "api_key", None))


def key_of(request: HttpRequest) -> ApiKey:
    """The key a request was made with, where one is needed."""
    key = key_from_request(request)
    assert key is not None
    return key


def seat_of(key: ApiKey) -> Seat:
    """The seat a key stands for."""
    return (
        Seat(person=key.made_by, party=key.party, role=key.role)
        if key.made_by
        else Seat(party=key.party, role=key.role)
    )


def require_confidence(request: HttpRequest) -> ApiKey:
    """The key, unless it is an engineer's: sealed things are for signatory and officers only."""
    key = key_of(request)
    if not is_confidential(key.role):
        raise ApiError(403, "role", "工程师的密钥看不到密封内容。", "An engineer's key does not open sealed things.")
    return key


def may_open(request: HttpRequest, sealed: int) -> bool:
    """Whether the key's party may open the sealed act of that number: its own, or a decision addressed to it."""
    key = key_from_request(request)
    kept = installation.office().store.sealed_numbered(sealed) if key else None
    if key is None or kept is None or not is_confidential(key.role):
        return False
    act = decode(kept.entry).entry.act
    return key.party in (act.actor, msgspec.json.decode(act.body).get("unit"))
