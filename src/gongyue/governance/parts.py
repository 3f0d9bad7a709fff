"""What a body is made of, field by field, those within counted; and of each digest, what it is of: by its type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import NoneType
from typing import Annotated, Any, Literal, NewType, get_args, get_origin, get_type_hints

import msgspec

from gongyue.governance.fields import Date, Enclosed, Handed, Link, Private, Public, Root, SealedAct
from gongyue.governance.sheet import Hint

Sort = type[str]
"""What a digest is of, as a new type of text (`governance.fields`)."""

SORTS: tuple[Sort, ...] = (Public, Private, SealedAct, Enclosed, Handed, Link, Root)
"""What a digest may be of."""


def parts(
    body: type[msgspec.Struct], holds: Mapping[str, type[msgspec.Struct]], path: str = ""
) -> Iterator[tuple[str, Any]]:
    """Every field of a structure by its path (`places.url`) with its type; `holds`: of a mapping, what it may hold."""
    for name, hint in get_type_hints(body, include_extras=True).items():
        yield path + name, hint
        for inner in _structs(holds.get(path + name, hint)):
            yield from parts(inner, holds, f"{path}{name}.")


def atoms(hint: Any) -> Iterator[Any]:
    """What a type is made of without None and without lists: names of sorts, annotated types, structures."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        yield from atoms(args[0]) if isinstance(args[0], NewType) or get_origin(args[0]) else iter([hint])
    elif origin is None or origin is dict or not args:
        yield hint
    else:
        for arg in args:
            if arg not in (NoneType, Ellipsis):
                yield from atoms(arg)


def _structs(hint: Any) -> Iterator[type[msgspec.Struct]]:
    yield from (one for one in atoms(hint) if isinstance(one, type) and issubclass(one, msgspec.Struct))


def choices(body: type[msgspec.Struct], holds: Mapping[str, type[msgspec.Struct]]) -> dict[str, frozenset[str]]:
    """The texts that fields of a body choose from by their types, by path; fields that choose nothing are left out."""
    found = {path: frozenset(v for v in _literals(hint) if isinstance(v, str)) for path, hint in parts(body, holds)}
    return {path: values for path, values in found.items() if values}


def _literals(hint: Any) -> Iterator[Any]:
    if get_origin(hint) is Literal:
        yield from get_args(hint)
    else:
        for inner in get_args(hint):
            yield from _literals(inner)


def hint_of(hint: Any) -> Hint | None:
    """What helps to fill in a field of that type, whatever the field; None where its sheet must say it."""
    known = {Public: Hint.PUBLIC, Private: Hint.PRIVATE, Date: Hint.DAY}
    return next((known[one] for one in atoms(hint) if one in known), None)


def digests(body: type[msgspec.Struct], holds: Mapping[str, type[msgspec.Struct]]) -> dict[str, Sort]:
    """The fields that hold a digest, by path, each with what it is of. TypeError where a field does not say it.

    One name says one thing within a body: who reads a value by its field's name alone is not misled.
    """
    found: dict[str, Sort] = {}
    for path, hint in parts(body, holds):
        for one in atoms(hint):
            if one in SORTS:
                found[path] = one
            elif "sha256:" in _pattern(one):
                raise TypeError(f"{path}: a digest that does not say what it is of (governance/fields.py)")
    named = {path.rpartition(".")[2]: sort for path, sort in found.items()}
    if unlike := [path for path, sort in found.items() if named[path.rpartition(".")[2]] is not sort]:
        raise TypeError(f"{unlike[0]}: another field of that name holds a digest of something else")
    return found


def _pattern(hint: Any) -> str:
    return "".join(m.pattern or "" for m in get_args(hint)[1:] if isinstance(m, msgspec.Meta))


def at(value: Any, path: Iterable[str]) -> Iterator[str]:
    """The texts that stand at a path in a decoded body: in every row of a list; none where it is left out or empty."""
    if isinstance(value, list):
        for one in value:
            yield from at(one, path)
        return
    steps = tuple(path)
    if not steps:
        if isinstance(value, str) and value:
            yield value
    elif isinstance(value, dict):
        yield from at(value.get(steps[0]), steps[1:])
