"""Sections 3 and 4.1: the envelope of an entry, and its signatures."""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.interop.canon import (
    DAY,
    DIGEST,
    DOSSIER,
    KEY,
    b64url,
    digest,
    is_count,
    is_form,
    is_time,
    read,
    sha,
    tampered,
    unlawful,
)

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ACT = {"v", "cov", "type", "actor", "body", "basis", "rev", "view", "at", "nonce"}
IN_DOSSIER = ("dossier", "n", "prev")


@dataclasses.dataclass(frozen=True)
class Entry:
    raw: bytes
    act: dict[str, Any]
    rx: dict[str, Any]
    sigs: list[dict[str, Any]]

    @property
    def act_bytes(self) -> bytes:
        return self.raw[len(b'{"act":') : self.raw.rindex(b',"rx":{')]

    @property
    def digest(self) -> str:
        return digest(self.raw)

    @property
    def act_digest(self) -> str:
        return digest(self.act_bytes)

    @property
    def type(self) -> str:
        return str(self.act["type"]).rpartition("/")[0]

    @property
    def body(self) -> dict[str, Any]:
        return self.act["body"]  # type: ignore[no-any-return]


def _day(x: Any) -> bool:
    try:
        return is_form(DAY, x) and bool(datetime.date.fromisoformat(x))
    except ValueError:
        return False


def _exactly(x: Any, **forms: Any) -> bool:
    return isinstance(x, dict) and set(x) == set(forms) and all(is_ok(x[name]) for name, is_ok in forms.items())


def _digest(x: Any) -> bool:
    return is_form(DIGEST, x)


def _string(x: Any) -> bool:
    return isinstance(x, str)


def _dossier(x: Any) -> bool:
    return is_form(DOSSIER, x)


def _signature(x: Any) -> bool:
    named = {k: v for k, v in x.items() if v is not None} if isinstance(x, dict) else {}
    return set(named) | {"ad", "cd"} == {"ad", "alg", "cd", "key", "sig"} and (
        named["alg"] in ("ed25519", "webauthn") and is_form(KEY, named["key"]) and all(map(_string, named.values()))
    )


def read_entry(raw: bytes) -> Entry:
    """Out of form: exit 2; a wrong `v`: exit 3."""
    try:
        whole = read(raw)
    except ValueError as error:
        tampered(f"form: {error}")
    if not isinstance(whole, dict) or set(whole) != {"act", "rx", "sigs", "v"} or len(raw) > 65535:
        tampered("form: no entry")
    act, rx, sigs = whole["act"], whole["rx"], whole["sigs"]
    if not isinstance(act, dict) or not ACT <= set(act) <= ACT | {"seq", "on", "to", "paper"}:
        tampered("form: the keys of act")
    act = {k: v for k, v in act.items() if v is not None}
    good = (
        all(_string(act.get(k)) for k in ("v", "cov", "type", "actor", "basis", "nonce"))
        and _digest(act.get("rev"))
        and is_time(act.get("at"))
        and re.fullmatch(r"[A-Za-z0-9_-]{43}", act["nonce"]) is not None
        and _exactly(act.get("view"), size=is_count, root=_digest)
        and ("seq" not in act or is_count(act["seq"]))
        and ("to" not in act or _digest(act["to"]))
        and ("on" not in act or _exactly(act["on"], digest=_digest, dossier=_dossier, n=is_count))
        and (
            "paper" not in act
            or _exactly(
                act["paper"], scan=_digest, number=lambda x: _string(x) and len(x) <= 60, dated=_day, arrived=_day
            )
        )
    )
    if not good:
        tampered("form: a field of act")
    if not isinstance(rx, dict) or not {"t"} <= set(rx) <= {"t", "open", *IN_DOSSIER}:
        tampered("form: rx")
    rx = {k: v for k, v in rx.items() if v is not None}
    if not (is_time(rx.get("t")) and is_count(rx.get("open", 0)) and is_count(rx.get("n", 0))):
        tampered("form: rx")
    if not ("dossier" not in rx or _dossier(rx["dossier"])) or not ("prev" not in rx or _digest(rx["prev"])):
        tampered("form: rx")
    if not isinstance(sigs, list) or not all(map(_signature, sigs)):
        tampered("form: sigs")
    if not sigs or len({s["key"] for s in sigs}) != len(sigs):
        unlawful("malformed: no signature, or one key twice")
    if not isinstance(act.get("body"), dict):
        unlawful("malformed: body")
    if whole["v"] != "gongyue/entry@2" or act["v"] != "gongyue/act@2":
        unlawful("malformed: v")
    return Entry(raw, act, rx, sigs)


def _strict_point(raw: bytes, *, of_order: bool) -> bool:
    """Canonical, on the curve, of no small order; of a key also in the prime-order group (RFC 8032 5.1.3)."""
    y, sign = int.from_bytes(raw, "little") & (2**255 - 1), raw[31] >> 7
    if y >= P:
        return False
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P == -u % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if v * x * x % P != u or (x == 0 and sign):
        return False
    point = (x if x & 1 == sign else P - x, y, 1, (x if x & 1 == sign else P - x) * y % P)
    if _is_neutral(_times(8, point)):
        return False
    return not of_order or _is_neutral(_times(ORDER, point))


Point = tuple[int, int, int, int]


def _is_neutral(p: Point) -> bool:
    return p[0] % P == 0 and (p[1] - p[2]) % P == 0


def _add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(n: int, p: Point) -> Point:
    out: Point = (0, 1, 1, 0)
    while n:
        if n & 1:
            out = _add(out, p)
        p, n = _add(p, p), n >> 1
    return out


STRICT: dict[bytes, bool] = {}


def _ed25519(key: bytes, message: bytes, signature: bytes) -> bool:
    if key not in STRICT:
        STRICT[key] = _strict_point(key, of_order=True)
    if len(signature) != 64 or not STRICT[key] or int.from_bytes(signature[32:], "little") >= ORDER:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return _strict_point(signature[:32], of_order=False)


def _webauthn(key: bytes, message: bytes, sig: bytes, ad: bytes, cd: bytes, origins: list[str]) -> bool:
    try:
        client = json.loads(cd)
        host = str(client["origin"]).split("//")[1].split(":")[0]
        parts = host.split(".")
        wanted = (
            client["type"] == "webauthn.get"
            and b64url(client["challenge"]) == sha(message)
            and client["origin"] in origins
        )
        hosts = {sha(".".join(parts[i:]).encode()) for i in range(len(parts))}
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key).verify(
            sig, ad + sha(cd), ec.ECDSA(hashes.SHA256())
        )
    except (InvalidSignature, ValueError, KeyError, IndexError, TypeError):
        return False
    return wanted and len(ad) >= 37 and ad[:32] in hosts and ad[32] & 5 == 5


def check_signatures(entry: Entry, origins: list[str]) -> None:
    """Every one holds, by the algorithm that it states (which the key's owner registered)."""
    message = b"gongyue/act@2\n" + entry.act_bytes
    for s in entry.sigs:
        key = bytes.fromhex(s["key"][2:])
        try:
            sig, ad, cd = (b64url(s.get(k) or "") for k in ("sig", "ad", "cd"))
        except ValueError:
            tampered("signature: not base64url")
        if s["alg"] == "ed25519":
            if s.get("ad") is not None or s.get("cd") is not None:
                unlawful("malformed: ad or cd beside Ed25519")
            if len(key) != 32 or not _ed25519(key, message, sig):
                tampered("signature")
        elif not _webauthn(key, message, sig, ad, cd, origins):
            tampered("signature")
