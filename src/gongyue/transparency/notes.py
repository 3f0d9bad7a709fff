"""Signed notes (C2SP signed-note) and witness cosignatures (C2SP tlog-cosignature).

A note is a text followed by an empty line and signature lines. A key is named by a *vkey*, one line of text:
``name+hexid+base64(type || key)``. Two types are known: 0x01, a signature of the text; 0x04, a cosignature/v1, which
signs the text together with a time.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gongyue.transparency import ed25519

SIGNATURE: Final = 0x01
COSIGNATURE: Final = 0x04
MAX_NOTE_SIZE = 1_000_000
MAX_SIGNATURES = 100  # C2SP signed-note: a limit is advised, at least 16 must be accepted
MAX_TIMESTAMP = 2**63 - 1  # C2SP tlog-cosignature

_SIGNATURE_LINE = re.compile("\u2014 ([^ ]+) ([A-Za-z0-9+/=]+)")
_UNFIT = re.compile("[\x00-\x09\x0b-\x1f\ud800-\udfff]")  # control characters but newline; no valid UTF-8


class BadNote(ValueError):
    """The note is malformed, carries a wrong signature, or none by a known key; the message says which."""


class BadKey(ValueError):
    """A key name or vkey is malformed, of an unknown type, or weak."""


@dataclass(frozen=True, slots=True)
class Line:
    """One signature line: key name, key id (4 bytes) and the signature itself, not yet verified."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"\u2014 {self.name} {base64.b64encode(self.key_id + self.signature).decode()}\n"

    @property
    def timestamp(self) -> int:
        """The Unix seconds stated by a cosignature; meaningless for other signatures."""
        return int.from_bytes(self.signature[:8], "big")


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key under a name: 32-byte Ed25519 key, type 0x01 or 0x04. ``BadKey`` for a bad name, type or key."""

    name: str
    public: bytes
    kind: int = SIGNATURE

    def __post_init__(self) -> None:
        require_name(self.name)
        if self.kind not in (SIGNATURE, COSIGNATURE):
            raise BadKey(f"key of {self.name}: unknown type 0x{self.kind:02x}")
        if ed25519.weak(self.public):
            raise BadKey(f"key of {self.name}: not a sound Ed25519 key")

    @classmethod
    def from_vkey(cls, vkey: str) -> "Verifier":
        """Read ``name+hexid+base64``; ``BadKey`` if malformed or if the id does not belong to the key."""
        name, _, rest = vkey.partition("+")
        key_id, _, encoded = rest.partition("+")
        try:
            material = decode_base64(encoded)
        except ValueError:
            raise BadKey(f"vkey {vkey!r}: wrong base64") from None
        if not material:
            raise BadKey(f"vkey {vkey!r}: want name+id+key")
        verifier = cls(name, material[1:], material[0])
        if key_id != verifier.key_id.hex():
            raise BadKey(f"vkey {vkey!r}: the id does not belong to the key")
        return verifier

    @property
    def key_id(self) -> bytes:
        """SHA-256(name || newline || type || key)[:4]. C2SP signed-note."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key as one line of text."""
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(bytes([self.kind]) + self.public).decode()}"

    def made(self, line: Line) -> bool:
        """True if the line claims this key: name *and* id. C2SP signed-note."""
        return line.name == self.name and line.key_id == self.key_id

    def verify(self, text: str, signature: bytes) -> bool:
        """True if ``signature`` (without key id) is this key's over ``text``; never raises for wrong bytes."""
        if self.kind == SIGNATURE:
            return ed25519.verify(self.public, text.encode(), signature)
        timestamp = int.from_bytes(signature[:8], "big")
        if len(signature) != 8 + ed25519.SIGNATURE_SIZE or timestamp > MAX_TIMESTAMP:
            return False
        return ed25519.verify(self.public, _cosigned(text, timestamp), signature[8:])


class Signer:
    """A log's key: signs note texts with type 0x01."""

    def __init__(self, name: str, seed: bytes) -> None:
        """``seed`` is the 32-byte Ed25519 seed, which the caller draws and keeps."""
        self._seed = seed
        self.verifier = Verifier(name, ed25519.public(seed), SIGNATURE)

    def sign(self, text: str) -> Line:
        """The signature line for ``text``."""
        _require_text(text)
        return Line(self.verifier.name, self.verifier.key_id, ed25519.sign(self._seed, text.encode()))


class Cosigner:
    """A witness's key: cosigns checkpoint texts with type 0x04. C2SP tlog-cosignature."""

    def __init__(self, name: str, seed: bytes) -> None:
        """``seed`` is the 32-byte Ed25519 seed; a cosigner's key serves no other purpose."""
        self._seed = seed
        self.verifier = Verifier(name, ed25519.public(seed), COSIGNATURE)

    def cosign(self, text: str, timestamp: int) -> Line:
        """The line for the checkpoint ``text`` as of ``timestamp`` (Unix seconds, 0 to 2**63 - 1)."""
        _require_text(text)
        if not 0 <= timestamp <= MAX_TIMESTAMP:
            raise ValueError("timestamp out of range")
        signature = ed25519.sign(self._seed, _cosigned(text, timestamp))
        return Line(self.verifier.name, self.verifier.key_id, timestamp.to_bytes(8, "big") + signature)


@dataclass(frozen=True, slots=True)
class Verified:
    """A text and the signature lines of known keys over it, each with its key: all of them verified."""

    text: str
    signatures: tuple[tuple[Verifier, Line], ...]

    @property
    def names(self) -> list[str]:
        """The names of the keys that signed, each once, in the note's order."""
        return list(dict.fromkeys(key.name for key, _ in self.signatures))

    def timestamps(self) -> dict[str, int]:
        """Of each cosigner by name the latest time (Unix seconds) it states."""
        times: dict[str, int] = {}
        for key, line in self.signatures:
            if key.kind == COSIGNATURE:
                times[key.name] = max(line.timestamp, times.get(key.name, 0))
        return times


def sign_note(text: str, signers: Iterable[Signer]) -> bytes:
    """The note with one signature line by each signer; ``BadNote`` if the text cannot be a note's."""
    return write_note(text, [signer.sign(text) for signer in signers])


def write_note(text: str, lines: Iterable[Line]) -> bytes:
    """The note of ``text`` under given signature lines."""
    _require_text(text)
    return (text + "\n" + "".join(map(str, lines))).encode()


def add_lines(note: bytes, lines: Iterable[Line]) -> bytes:
    """The same note with further signature lines, such as cosignatures, at its end."""
    text, present = parse_note(note)
    return write_note(text, [*present, *lines])


def parse_note(data: bytes) -> tuple[str, list[Line]]:
    """Text and signature lines, nothing verified; ``BadNote`` if malformed."""
    if len(data) > MAX_NOTE_SIZE:
        raise BadNote("note too large")
    try:
        whole = data.decode()
    except UnicodeDecodeError:
        raise BadNote("not UTF-8") from None
    if _UNFIT.search(whole):
        raise BadNote("control character")
    end = whole.rfind("\n\n")  # C2SP signed-note: the last empty line separates
    if end < 0 or not whole.endswith("\n"):
        raise BadNote("no empty line before the signatures, or no newline at the end")
    rows = whole[end + 2 :].split("\n")[:-1]
    if not 0 < len(rows) <= MAX_SIGNATURES:
        raise BadNote(f"{len(rows)} signature lines")
    return whole[: end + 1], [parse_line(row) for row in rows]


def parse_line(row: str) -> Line:
    """One signature line, without its newline; ``BadNote`` if malformed."""
    match = _SIGNATURE_LINE.fullmatch(row)
    if not match or not _is_name(match[1]):
        raise BadNote(f"malformed signature line {row!r}")
    try:
        signature = decode_base64(match[2])
    except ValueError:
        raise BadNote(f"malformed base64 in signature line {row!r}") from None
    if len(signature) <= 4:
        raise BadNote(f"no signature in line {row!r}")
    return Line(match[1], signature[:4], signature[4:])


def verify_note(data: bytes, verifiers: Iterable[Verifier]) -> Verified:
    """The text with all signatures of known keys; lines of unknown keys are ignored.

    ``BadNote`` if the note is malformed, a known key's signature is wrong, or no known key signed.
    """
    text, lines = parse_note(data)
    keys = list(verifiers)
    known = [(key, line) for line in lines for key in keys if key.made(line)]
    for key, line in known:
        if not key.verify(text, line.signature):
            raise BadNote(f"wrong signature by {key.name}")
    if not known:
        raise BadNote("no signature by a known key")
    return Verified(text, tuple(known))


def open_note(data: bytes, verifiers: Iterable[Verifier]) -> tuple[str, list[str]]:
    """Text and names of the known keys that signed it; ``BadNote`` as in ``verify_note``."""
    verified = verify_note(data, verifiers)
    return verified.text, verified.names


def require_name(name: str) -> None:
    """``BadKey`` unless ``name`` can be a key's: not empty, no space, no plus, no control character."""
    if not _is_name(name):
        raise BadKey(f"not a key name: {name!r}")


def decode_base64(text: str) -> bytes:
    """Standard base64, padded (RFC 4648 4); ``ValueError`` for any other spelling of the same bytes."""
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from None
    if base64.b64encode(data).decode() != text:
        raise ValueError("not the canonical base64")  # RFC 4648 3.5: stray bits in the last character
    return data


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not _UNFIT.search(name) and not any(map(str.isspace, name))


def _require_text(text: str) -> None:
    if not text.endswith("\n") or _UNFIT.search(text):
        raise BadNote("a note's text ends in a newline, has no other control character and is valid Unicode")


def _cosigned(text: str, timestamp: int) -> bytes:
    """The bytes a cosignature signs. C2SP tlog-cosignature, Ed25519 signed message."""
    return f"cosignature/v1\ntime {timestamp}\n{text}".encode()
