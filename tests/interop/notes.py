"""Section 2.1: verifier keys and signed notes; checkpoints, promises, heads are such notes."""

from __future__ import annotations

import dataclasses
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.interop.canon import DIGEST, DOSSIER, LATEST, ZERO, b64, sha


@dataclasses.dataclass(frozen=True)
class Vkey:
    name: str
    id: bytes
    kind: int
    raw: bytes

    def signed(self, text: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, text)
        except (InvalidSignature, ValueError):
            return False
        return True


def vkey(line: str) -> Vkey:
    """A ValueError where it is none."""
    name, number, rest = line.strip().split("+", 2)
    raw = b64(rest)
    if not re.fullmatch(r"[0-9a-f]{8}", number) or sha(name.encode(), b"\n", raw)[:4].hex() != number or len(raw) != 33:
        raise ValueError("no verifier key")
    if not name or any(c.isspace() for c in name):
        raise ValueError("no verifier key")
    return Vkey(name, bytes.fromhex(number), raw[0], raw[1:])


@dataclasses.dataclass(frozen=True)
class Note:
    text: str
    lines: tuple[tuple[str, bytes, bytes], ...]

    def good(self, keys: list[Vkey]) -> list[Vkey]:
        """The keys that signed it; a ValueError where one of them did so wrongly, or none."""
        found = []
        for name, number, signature in self.lines:
            for key in keys:
                if (key.name, key.id) == (name, number):
                    if key.kind != 1 or not key.signed(self.text.encode(), signature):
                        raise ValueError("a signature that does not hold")
                    found.append(key)
        if not found:
            raise ValueError("signed by no key that is known")
        return found


def note(data: bytes) -> Note:
    whole = data.decode()
    if any((ord(c) < 32 and c != "\n") or ord(c) == 127 for c in whole):
        raise ValueError("a control character")
    text, separator, tail = whole.rpartition("\n\n")
    rows = tail.split("\n")
    if not separator or not text or rows.pop() != "" or not 1 <= len(rows) <= 100:
        raise ValueError("no note")
    lines = []
    for row in rows:
        dash, name, blob = row.split(" ")
        raw = b64(blob)
        if dash != "\u2014" or not name or len(raw) < 5:
            raise ValueError("no signature line")
        lines.append((name, raw[:4], raw[4:]))
    return Note(text + "\n", tuple(lines))


def number(text: str, below: int = 2**53) -> int:
    if not re.fullmatch(r"0|[1-9][0-9]{0,15}", text) or int(text) >= below:
        raise ValueError("no number")
    return int(text)


def rows_of(data: bytes, keys: list[Vkey], count: int) -> list[str]:
    """The lines of a note's text, whose origin is the name of the key that signed it."""
    parsed = note(data)
    rows = parsed.text.split("\n")[:-1]
    signers = parsed.good(keys)
    origin = rows[0] if count == 3 else rows[1] if len(rows) > 1 else ""
    if len(rows) != count or origin not in {key.name for key in signers}:
        raise ValueError("other lines than such a note has")
    return rows


def checkpoint(data: bytes, keys: list[Vkey]) -> tuple[int, bytes]:
    _, size, root = rows_of(data, keys, 3)
    return number(size), b64(root)


@dataclasses.dataclass(frozen=True)
class Promise:
    c: str
    t: int


def promise(data: bytes, keys: list[Vkey]) -> Promise:
    kind, _, c, t, slot = rows_of(data, keys, 5)
    number(slot)
    if kind != "gongyue/promise@1" or not DIGEST.match(c):
        raise ValueError("no promise")
    return Promise(c, number(t, LATEST))


@dataclasses.dataclass(frozen=True)
class Head:
    dossier: str
    n: int
    digest: str
    t: int


def head(data: bytes, keys: list[Vkey]) -> Head:
    kind, _, dossier, n, last, t = rows_of(data, keys, 6)
    if kind != "gongyue/head@1" or not DOSSIER.match(dossier) or not DIGEST.match(last):
        raise ValueError("no head")
    found = Head(dossier, number(n), last, number(t, LATEST))
    if (found.n == 0) != (last == ZERO) or (found.n == 0 and dossier != "d:members"):
        raise ValueError("no head")
    return found
