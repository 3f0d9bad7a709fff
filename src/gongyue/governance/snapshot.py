"""Keeping an institution, or a long dossier, between runs: MessagePack with our own types only; a cache, never a record."""

from __future__ import annotations

import re
import sys
from typing import Any, TypeVar, get_args, get_origin

import msgspec
from immutables import Map

from gongyue.governance.institution import Institution

T = TypeVar("T", bound=msgspec.Struct)


def _plain(value: Any) -> Any:
    if isinstance(value, Map):
        return dict(value)
    raise NotImplementedError(type(value))


def _typed(type_: Any, value: Any) -> Any:
    if get_origin(type_) is Map:
        plain: Any = dict.__class_getitem__(get_args(type_))
        return Map(msgspec.convert(value, plain, dec_hook=_typed))
    raise NotImplementedError(type_)


def form(of: type[msgspec.Struct] = Institution) -> bytes:
    """What all that an institution, or another struct, is made of looks like: of another form a snapshot is of no use."""
    forms: dict[str, list[tuple[str, str]]] = {}
    waiting: list[type] = [of]
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


def dump(kept: msgspec.Struct) -> bytes:
    """The institution, or whatever is kept, as bytes."""
    return msgspec.msgpack.encode(kept, enc_hook=_plain)


def load(data: bytes) -> Institution:
    """The institution from bytes; msgspec.DecodeError if they are not of this version."""
    return load_as(data, Institution)


def load_as(data: bytes, of: type[T]) -> T:
    """Whatever was kept."""
    return msgspec.msgpack.decode(data, type=of, dec_hook=_typed)
