"""Bytes by docs/formats.md sections 1 to 4: canonical JSON, notes, tiles, trees, signatures. Nothing of the product is imported.

The standard library, and one signature library. What this does not do: the law of the open book (sections 5 to 9), and
the small-order points that 4.1 refuses beside what the library refuses.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256

Fetch = Callable[[str], bytes]
EMPTY = hashlib.sha256(b"").digest()
REFUSED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


class Found(Exception):
    """What is wrong: the exit code, and the code that section 14 has for it."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.exit, self.code = status, code


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def digest(data: bytes) -> str:
    return "sha256:" + sha(data).hex()


# -- 1.1


def _spelled(value: Any, depth: int = 0) -> str:
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, int) and abs(value) <= 2**53 - 1:
        return str(value)
    if isinstance(value, str) and not REFUSED.search(value) and unicodedata.normalize("NFC", value) == value:
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if depth < 16 and isinstance(value, list):
        return "[" + ",".join(_spelled(one, depth + 1) for one in value) + "]"
    if depth < 16 and isinstance(value, dict) and all(key.isascii() for key in value):
        rows = (f"{_spelled(key)}:{_spelled(value[key], depth + 1)}" for key in sorted(value))
        return "{" + ",".join(rows) + "}"
    raise ValueError("not canonical")


def canonical(data: bytes) -> Any:
    """The value of canonical JSON; ValueError for any other bytes."""
    value = json.loads(data.decode("utf-8"))
    if _spelled(value).encode("utf-8") != data:
        raise ValueError("not canonical")
    return value


def spelled(value: Any) -> bytes:
    """A value's canonical bytes."""
    return _spelled(value).encode("utf-8")


# -- 2.1


class Key(NamedTuple):
    """A verifier key."""

    name: str
    id: bytes
    key: bytes


def vkey(text: str) -> Key:
    """A verifier key of type 1 from its line."""
    name, id, rest = text.split("+", 2)
    raw = base64.b64decode(rest, validate=True)
    if raw[:1] != b"\x01" or len(raw) != 33 or sha(name.encode() + b"\n" + raw)[:4].hex() != id:
        raise ValueError("verifier key")
    return Key(name, bytes.fromhex(id), raw[1:])


def note(data: bytes, keys: list[Key]) -> tuple[str, list[str]]:
    """A note's text and the names of the keys that signed it; ValueError where none did, or one is wrong."""
    text, signed, rows = data.decode("utf-8").rpartition("\n\n")
    if not signed or not rows.endswith("\n"):
        raise ValueError("note")
    text, names = text + "\n", []
    for row in rows[:-1].split("\n"):
        dash, name, sig = row.split(" ")
        raw = base64.b64decode(sig, validate=True)
        for key in keys:
            if dash == "—" and (key.name, key.id) == (name, raw[:4]):
                if not ed25519(key.key, raw[4:], text.encode()):
                    raise ValueError("signature")
                names.append(name)
    if not names:
        raise ValueError("no known key")
    return text, names


def checkpoint(data: bytes, keys: list[Key]) -> tuple[int, bytes]:
    """Size and root of a checkpoint."""
    text, names = note(data, keys)
    origin, size, root, end = text.split("\n")
    if end or origin not in names or str(int(size)) != size:
        raise ValueError("checkpoint")
    return int(size), base64.b64decode(root, validate=True)


# -- 2


def root(hashes: list[bytes]) -> bytes:
    """The root of leaves by their hashes: split at the largest power of two below n."""
    if not hashes:
        return EMPTY
    level = hashes
    while len(level) > 1:  # the same tree: an odd one at the right goes up as it is
        joined = [sha(b"\x01" + level[i] + level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = joined + ([level[-1]] if len(level) % 2 else [])
    return level[0]


def _place(index: int, width: int) -> str:
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03}")
    return "/".join(groups) + (f".p/{width}" if width < 256 else "")


def _widths(count: int) -> Iterator[tuple[int, int]]:
    for index in range(-(-count // 256)):
        yield index, min(256, count - 256 * index)


class Book(NamedTuple):
    """A book whose bytes are right: its leaves and their hashes."""

    leaves: list[bytes]
    hashes: list[bytes]

    def root(self, size: int) -> str:
        """Its root at an earlier size, as acts state it."""
        return "sha256:" + root(self.hashes[:size]).hex()


def book(fetch: Fetch, prefix: str, keys: list[Key]) -> Book:
    """Read a book: every leaf against its tile, every tile against the tree, the root against the checkpoint."""
    size, signed = checkpoint(fetch(prefix + "checkpoint"), keys)
    leaves: list[bytes] = []
    try:
        for index, width in _widths(size):
            leaves += _bundle(fetch(f"{prefix}tile/entries/{_place(index, width)}"), width)
        hashes = [sha(b"\x00" + leaf) for leaf in leaves]
        level, nodes = 0, hashes
        while nodes:
            for index, width in _widths(len(nodes)):
                here = nodes[256 * index : 256 * index + width]
                if fetch(f"{prefix}tile/{level}/{_place(index, width)}") != b"".join(here):
                    raise Found(2, "tampered/hash" if level == 0 else "tampered/tile")
            nodes = [root(nodes[i : i + 256]) for i in range(0, len(nodes) - 255, 256)]
            level += 1
    except KeyError:
        raise Found(2, "tampered/missing") from None
    if root(hashes) != signed:
        raise Found(2, "tampered/root")
    return Book(leaves, hashes)


def _bundle(data: bytes, width: int) -> list[bytes]:
    found, at = [], 0
    for _ in range(width):
        length = int.from_bytes(data[at : at + 2], "big")
        found.append(data[at + 2 : at + 2 + length])
        at += 2 + length
    if at != len(data):
        raise Found(2, "tampered/tile")
    return found


# -- 3, 4.1


class Entry(NamedTuple):
    """A leaf of the open book, or what a sealed one opens to: its bytes, its act's bytes, both decoded."""

    data: bytes
    act_bytes: bytes
    act: dict[str, Any]
    rx: dict[str, Any]
    sigs: list[dict[str, Any]]

    @property
    def digest(self) -> str:
        """Of its bytes."""
        return digest(self.data)


_ACT = {"actor", "at", "basis", "body", "cov", "nonce", "rev", "type", "v", "view", "seq", "on", "to", "paper"}


def entry(data: bytes) -> Entry:
    """An entry; ValueError where the envelope is not of the form."""
    value = canonical(data)
    if set(value) != {"act", "rx", "sigs", "v"} or set(value["act"]) - _ACT or not value["sigs"]:
        raise ValueError("entry")
    act_bytes = data[len(b'{"act":') : data.rindex(b',"rx":{')]
    if canonical(act_bytes) != value["act"] or len({one["key"] for one in value["sigs"]}) != len(value["sigs"]):
        raise ValueError("entry")
    return Entry(data, act_bytes, value["act"], value["rx"], value["sigs"])


def signatures_hold(one: Entry, origins: list[str]) -> bool:
    """Whether every signature is by the key that it names."""
    signed = b"gongyue/act@2\n" + one.act_bytes
    return all(_holds(sig, signed, origins) for sig in one.sigs)


def _holds(sig: dict[str, Any], signed: bytes, origins: list[str]) -> bool:
    key, raw = bytes.fromhex(sig["key"][2:]), _url(sig["sig"])
    if sig["alg"] == "ed25519":
        return "ad" not in sig and "cd" not in sig and ed25519(key, raw, signed)
    ad, cd = _url(sig["ad"]), _url(sig["cd"])
    client = json.loads(cd)
    host = re.sub(r"^https?://|[:/].*$", "", client["origin"])
    hosts = [host[m.end() :] for m in re.finditer(r"^|\.", host)]
    right = (
        client["type"] == "webauthn.get"
        and _url(client["challenge"]) == sha(signed)
        and client["origin"] in origins
        and ad[:32] in [sha(name.encode()) for name in hosts]
        and ad[32] & 5 == 5
    )
    try:
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
        point.verify(raw, ad + sha(cd), ec.ECDSA(SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return right


def _url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def ed25519(key: bytes, sig: bytes, data: bytes) -> bool:
    """Whether an Ed25519 signature holds."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(sig, data)
    except (InvalidSignature, ValueError):
        return False
    return True
