"""How much of the API one asker may have: so many requests a minute for each key, and for each address without one."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest

from gongyue.web.api import keys
from gongyue.web.api.schemas import ApiError
from gongyue.web.django_settings import WEB
from gongyue.web.rate_limit import Limit, address_of, wait_for

A_MINUTE = Limit("api", WEB.written.api_per_minute, 60)
LARGEST = 2 * 1024 * 1024
"""Bytes of the largest body."""


def asker(request: HttpRequest) -> str:
    """Whose allowance a request is counted against."""
    key = keys.key_from_request(request)
    return f"key {key.pk}" if key else f"address {address_of(request)}"


def limited(request: HttpRequest) -> None:
    """Count one more; ApiError (429) says how long to wait."""
    wait = wait_for(A_MINUTE, asker(request))
    if wait:
        raise ApiError(
            429,
            "too-many",
            f"每分钟至多 {A_MINUTE.most} 次；请在 {wait} 秒后再试。",
            f"At most {A_MINUTE.most} a minute: try again in {wait} seconds.",
            Retry_After=str(wait),
        )


def body_of(request: HttpRequest) -> bytes:
    """The body of a request; ApiError (413) where it is larger than is taken."""
    declared = request.headers.get("Content-Length", "0")
    data = request.read(LARGEST + 1) if not declared.isdigit() or int(declared) <= LARGEST else b""
    if not data and declared not in {"", "0"} or len(data) > LARGEST:
        raise ApiError(
            413,
            "too-large",
            f"一次至多 {LARGEST} 字节；更大的附件请用网页或命令行办理。",
            f"At most {LARGEST} bytes at once: hand in larger files on the pages or by the command line.",
        )
    return bytes(data)


def idempotency_key(request: HttpRequest) -> str:
    """What is kept of an Idempotency-Key: its digest, apart for every asker; empty where there is none."""
    given = request.headers.get("Idempotency-Key", "")
    if len(given) > 255:
        raise ApiError(
            422, "idempotency-key", "Idempotency-Key 至多 255 字。", "An Idempotency-Key has 255 characters."
        )
    return hashlib.sha256(f"{asker(request)}\n{given}".encode()).hexdigest() if given else ""
