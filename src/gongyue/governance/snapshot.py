"""Keeping an institution between runs: MessagePack with our own types only; a snapshot is a cache, never a record."""

from __future__ import annotations

from typing import Any, get_args, get_origin

import msgspec
from immutables import Map

from gongyue.governance.institution import Institution


def _plain(value: Any) -> Any:
    if isinstance(value, Map):
        return dict(value)
    raise NotImplementedError(type(value))


def _typed(type_: Any, value: Any) -> Any:
    if get_origin(type_) is Map:
        plain: Any = dict.__class_getitem__(get_args(type_))
        return Map(msgspec.convert(value, plain, dec_hook=_typed))
    raise NotImplementedError(type_)


def dump(inst: Institution) -> bytes:
    """The institution as bytes."""
    return msgspec.msgpack.encode(inst, enc_hook=_plain)


def load(data: bytes) -> Institution:
    """The institution from bytes; msgspec.DecodeError if they are not of this version."""
    return msgspec.msgpack.decode(data, type=Institution, dec_hook=_typed)
