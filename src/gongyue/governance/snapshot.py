"""Keeping an institution between runs: MessagePack with our own types only; a snapshot is a cache, never a record."""

from __future__ import annotations

import re
import sys
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


def form() -> bytes:
    """What all that an institution is made of looks like: of another form a snapshot is of no use."""
    forms: dict[str, list[tuple[str, str]]] = {}
    waiting: list[type] = [Institution]
    while waiting:
        struct = waiting.pop()
        name = f"{struct.__module__}.{struct.__qualname__}"
        if name in forms:
            continue
        forms[name] = [item for base in struct.__mro__ for item in vars(base).get("__annotations__", {}).items()]
        there = vars(sys.modules[struct.__module__])
        named = (there.get(word) for _, type_ in forms[name] for word in re.findall(r"\w+", str(type_)))
        waiting += [found for found in named if isinstance(found, type) and issubclass(found, msgspec.Struct)]
    return repr(sorted(forms.items())).encode()


def dump(inst: Institution) -> bytes:
    """The institution as bytes."""
    return msgspec.msgpack.encode(inst, enc_hook=_plain)


def load(data: bytes) -> Institution:
    """The institution from bytes; msgspec.DecodeError if they are not of this version."""
    return msgspec.msgpack.decode(data, type=Institution, dec_hook=_typed)
