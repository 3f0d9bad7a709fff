"""Section 1: canonical JSON, digests, base64, and the forms of fields."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import unicodedata
from collections.abc import Callable
from typing import Any, NoReturn

HIDDEN = re.compile(
    "[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
ZERO = "sha256:" + "0" * 64
DIGEST = re.compile(r"sha256:[0-9a-f]{64}\Z")
DOSSIER = re.compile(r"d:(?:[0-9a-f]{64}|members)\Z")
KEY = re.compile(r"k:[0-9a-f]{64}(?:[0-9a-f]{2})?\Z")
DAY = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}\Z")
LATEST = 32503651200


Fetch = Callable[[str], bytes]
"""A file of a book, or of a pack, by its path; a KeyError where there is none."""
FAMILY = {2: "tampered/", 3: "out-of-turn/", 4: "unreadable/"}


class Wrong(Exception):
    """What is wrong: exit 2 tampered or missing, 3 unlawful, 4 unreadable; by which code, and after a colon where."""

    def __init__(self, status: int, what: str) -> None:
        super().__init__(what)
        code = what.partition(":")[0]
        self.exit, self.what = status, what
        self.code = code if code.startswith(("GY-", "dossier/", "link/")) else FAMILY[status] + code


def tampered(what: str) -> NoReturn:
    raise Wrong(2, what)


def unlawful(what: str) -> NoReturn:
    raise Wrong(3, what)


def unreadable(what: str) -> NoReturn:
    raise Wrong(4, what)


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def digest(*parts: bytes) -> str:
    return "sha256:" + sha(*parts).hex()


def is_count(x: Any) -> bool:
    return type(x) is int and 0 <= x < 2**53


def is_time(x: Any) -> bool:
    return type(x) is int and 0 <= x < LATEST


def is_form(pattern: re.Pattern[str], x: Any) -> bool:
    return isinstance(x, str) and pattern.match(x) is not None


def _text(s: str) -> str:
    if HIDDEN.search(s) or not unicodedata.is_normalized("NFC", s):
        raise ValueError("a character that is refused, or not NFC")
    return '"' + s.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _write(x: Any, depth: int) -> str:
    if x is None or x is True or x is False:
        return {None: "null", True: "true", False: "false"}[x]
    if isinstance(x, str):
        return _text(x)
    if isinstance(x, int):
        if abs(x) >= 2**53:
            raise ValueError("an integer too large")
        return str(x)
    if depth > 16:
        raise ValueError("nested too deep")
    if isinstance(x, list):
        return "[" + ",".join(_write(y, depth + 1) for y in x) + "]"
    if not all(k.isascii() for k in x):
        raise ValueError("a key that is not ASCII")
    return "{" + ",".join(f"{_text(k)}:{_write(x[k], depth + 1)}" for k in sorted(x)) + "}"


def write(x: Any) -> bytes:
    return _write(x, 1).encode()


def _no(_: str) -> NoReturn:
    raise ValueError("a number that is no integer")


def read(data: bytes) -> Any:
    """The value of canonical bytes, or a ValueError."""
    try:
        value = json.loads(data.decode(), parse_float=_no, parse_constant=_no)
        again = write(value)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if again != data:
        raise ValueError("not canonical")
    return value


def b64(text: str) -> bytes:
    """Standard base64, padded, stray bits refused."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("not base64") from error
    if base64.b64encode(raw).decode() != text:
        raise ValueError("not base64")
    return raw


def b64url(text: str) -> bytes:
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)) if re.match(r"[A-Za-z0-9_-]*\Z", text) else b""
    if base64.urlsafe_b64encode(raw).decode().rstrip("=") != text:
        raise ValueError("not base64url")
    return raw
