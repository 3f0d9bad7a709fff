"""From act to leaf and back: the bytes that are signed, hashed and kept (formats §3)."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import msgspec

from gongyue.governance.acts import ACT_VERSION, ENTRY_VERSION, Entry, On, Place, Received, Signature, View
from gongyue.transparency import canonical

MAX_LEAF = 65_535
MAX_OBJECT = 64 * 1024 * 1024
"""Bytes of an object that an act names."""
MAX_JSON_OBJECT = 4 * 1024 * 1024
"""Bytes of an object that a rule reads: an edition, a roll of 40,000 units."""
MAX_OPENINGS = 32 * 1024 * 1024
"""Bytes of an object of openings: 20,000 ballots."""
BODY_DEPTH = 2
"""Objects around a body: the leaf and the act."""
SIGNING_PREFIX = b"gongyue/act@2\n"


class Malformed(ValueError):
    """Bytes that are not a leaf: not canonical, too long, or not of the form."""


class Leaf(msgspec.Struct, frozen=True):
    """A decoded leaf: its bytes, the entry, and the act's own bytes, a slice of the leaf."""

    data: bytes
    entry: Entry
    act_bytes: bytes

    @property
    def signed(self) -> bytes:
        """What every signature of the act is over."""
        return SIGNING_PREFIX + self.act_bytes

    @property
    def digest(self) -> str:
        """The act's digest: acts are deduplicated by it, never by the leaf (ECDSA is malleable)."""
        return canonical.digest(self.act_bytes)


_entry = msgspec.json.Decoder(Entry)
_sorted = msgspec.json.Encoder(order="sorted")


def decode(data: bytes) -> Leaf:
    """A leaf from its bytes; Malformed unless canonical and of the form."""
    if len(data) > MAX_LEAF:
        raise Malformed(f"{len(data)} > {MAX_LEAF} bytes")
    try:
        entry = _entry.decode(data)
        if not _plainly_canonical(data, entry):
            canonical.require_canonical(data)
    except (ValueError, RecursionError, msgspec.DecodeError) as error:  # NotCanonical is a ValueError
        raise Malformed(str(error)) from None
    return _leaf(data, entry)


def kept_leaf(data: bytes) -> Leaf:
    """A leaf that was decoded before it was recorded, or before it is folded: not held against the canonical form once more."""
    try:
        return _leaf(data, _entry.decode(data))
    except (ValueError, msgspec.DecodeError) as error:
        raise Malformed(str(error)) from None


def _leaf(data: bytes, entry: Entry) -> Leaf:
    # Canonical: "act" comes first, and "rx" stands in nothing that comes after it.
    return Leaf(data, entry, data[len(b'{"act":') : data.rindex(b',"rx":{')])


def _plainly_canonical(data: bytes, entry: Entry) -> bool:
    """Whether the leaf is canonical at a glance: plain, and what it was decoded to is written just so; else look closely.

    The envelope's fields are known, so only the body, which stands in it as it was, is parsed once more.
    """
    if not canonical.is_plain(data) or _sorted.encode(entry) != data:
        return False
    body = bytes(entry.act.body)
    if body.count(b"{") + body.count(b"[") > canonical.MAX_DEPTH - BODY_DEPTH:
        return False
    try:
        canonical.require_canonical(body)
    except canonical.NotCanonical:
        return False
    return True


class SignedAct(msgspec.Struct, frozen=True, dict=True):
    """An act with its signatures, before the office received it; `objects` are the files it names, base64."""

    act: dict[str, Any]
    sigs: tuple[Signature, ...] = ()
    objects: dict[str, str] = {}
    v: str = "gongyue/signed@1"

    @cached_property
    def act_bytes(self) -> bytes:
        """The act's canonical bytes; Malformed outside the profile."""
        try:
            data = _sorted.encode(self.act)
            canonical.require_canonical(data)  # of the bytes, which is quicker than of the values
        except (TypeError, ValueError, RecursionError) as error:  # NotCanonical is one
            raise Malformed(str(error)) from None
        return data

    @cached_property
    def digest(self) -> str:
        """The act's digest."""
        return canonical.digest(self.act_bytes)

    def files(self) -> dict[str, bytes]:
        """The objects handed in, each checked against its digest; Malformed if one differs."""
        files = {}
        for digest, text in self.objects.items():
            try:
                data = base64.b64decode(text, validate=True)
            except ValueError:
                raise Malformed(f"{digest}: base64") from None
            if len(data) > MAX_OBJECT:
                raise Malformed(f"{digest}: {len(data)} > {MAX_OBJECT} bytes")
            if canonical.digest(data) != digest:
                raise Malformed(f"{digest} ≠ {canonical.digest(data)}")
            files[digest] = data
        return files

    def received(self, time: int, size: int | None = None, place: Place | None = None) -> bytes:
        """The leaf: the act as signed, with its time of arrival; of a sealed act, with the open book's size then, and its place."""
        rx = Received(time, size)
        return self.leaf(rx if place is None else Received(time, size, place.dossier, place.n, place.prev))

    def leaf(self, rx: Received) -> bytes:
        """The leaf: the act as signed, with what the office adds."""
        leaf = b'{"act":%s,"rx":%s,"sigs":%s,"v":"%s"}' % (
            self.act_bytes,
            _sorted.encode(rx),
            _sorted.encode(self.sigs),
            ENTRY_VERSION.encode(),
        )
        if len(leaf) > MAX_LEAF:
            raise Malformed(f"{len(leaf)} > {MAX_LEAF} bytes")
        return leaf


def signed_act(data: bytes) -> SignedAct:
    """A signed act from its file; Malformed if it is not one."""
    try:
        return msgspec.json.decode(data, type=SignedAct)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed(str(error)) from None


def with_objects(act: SignedAct, files: Mapping[str, bytes]) -> SignedAct:
    """The signed act with files attached."""
    added = {digest: base64.b64encode(data).decode("ascii") for digest, data in files.items()}
    return msgspec.structs.replace(act, objects=act.objects | added)


def draft(
    type: str,
    actor: str,
    body: Mapping[str, Any],
    *,
    cov: str,
    rev: str,
    basis: str,
    seq: int | None,
    at: int,
    nonce: bytes,
    view: View,
    paper: Mapping[str, str] | None = None,
    on: On | None = None,
    to: str | None = None,
) -> dict[str, Any]:
    """An act's fields, ready to be signed; `nonce` is 32 random bytes or a commitment."""
    fields: dict[str, Any] = {
        "actor": actor,
        "at": at,
        "basis": basis,
        "body": dict(body),
        "cov": cov,
        "nonce": base64.urlsafe_b64encode(nonce).rstrip(b"=").decode("ascii"),
        "rev": rev,
        "type": type,
        "v": ACT_VERSION,
        "view": {"root": view.root, "size": view.size},
    }
    fields |= {} if on is None else {"on": msgspec.to_builtins(on)}
    fields |= {} if to is None else {"to": to}
    return fields | ({"paper": dict(paper)} if paper else {}) | ({} if seq is None else {"seq": seq})
