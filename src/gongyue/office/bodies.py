"""The bodies of acts, from what people hand in: the forms of their fields, defaults, files, commitments, openings.

The command line reads options, the pages read forms; what a field is, and what becomes of a file, is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

from msgspec import inspect as shape

from gongyue.covenant.parties import is_unit
from gongyue.governance.acts import ActType, Body, Entry
from gongyue.governance.fields import Link, Private, Root, SealedAct, Time
from gongyue.governance.institution import Institution
from gongyue.governance.sheet_words import Pick
from gongyue.office.applications import applications
from gongyue.office.attachments import Attachments, parse_json
from gongyue.office.defaults import default_of
from gongyue.office.invalid_input import InvalidInput
from gongyue.office.objects import MAKERS
from gongyue.office.openings import OpenedEntry, course, is_name, named
from gongyue.office.store import Reading

Sealed = tuple[int, bytes, Entry, bytes]
"""A sealed act that can be opened here: (index, salt, entry, bytes)."""


# -- what a field is


def fields(kind: ActType) -> tuple[shape.Field, ...]:
    """The fields of an act type's body."""
    return _fields(kind.body)


@cache
def _fields(body: type[Body]) -> tuple[shape.Field, ...]:
    info = shape.type_info(body)
    assert isinstance(info, shape.StructType)
    return info.fields


def bare(info: shape.Type) -> shape.Type:
    """The type without null."""
    if isinstance(info, shape.UnionType):
        rest = [t for t in info.types if not isinstance(t, shape.NoneType)]
        return rest[0] if len(rest) == 1 else info
    return info


def is_structs(info: shape.Type) -> bool:
    """Whether a field holds a list of structures."""
    return isinstance(info, shape.VarTupleType) and isinstance(info.item_type, shape.StructType)


def is_digest(info: shape.Type) -> bool:
    """Whether a field holds a digest."""
    return isinstance(info, shape.StrType) and "sha256:" in (info.pattern or "")


def is_key(info: shape.Type) -> bool:
    """Whether a field holds a key's name."""
    return isinstance(info, shape.StrType) and (info.pattern or "").startswith(r"\Ak:")


def is_date(info: shape.Type) -> bool:
    """Whether a field holds a date."""
    return isinstance(info, shape.StrType) and (info.pattern or "").startswith(r"\A[12]\d{3}-")


def is_time(info: shape.Type) -> bool:
    """Whether a field holds a point in time."""
    return info == _TIME


_TIME = shape.type_info(Time)


def is_commitment(kind: ActType, name: str) -> bool:
    """Whether the field commits to a content that stays private."""
    return kind.digest(name) is Private


# -- the body


def body(
    kind: ActType,
    given: Mapping[str, Any],
    inst: Institution,
    signer: str,
    read: Callable[[shape.Type, Any, str], Any],
) -> dict[str, Any]:
    """The body from what was given by field, each value read by `read(type, value, field)`.

    What was not given is its default, or empty: the form of the act then says what is missing. `signer`: the key that
    signs, which a unit not yet known brings along. InvalidInput where a default is wanted and there is none now.
    """
    made: dict[str, Any] = {}
    for field in fields(kind):
        value = given.get(field.name)
        inner = bare(field.type)
        listed = isinstance(inner, (shape.VarTupleType, shape.DictType))
        if value is None or (value == () and (not listed or field.name in kind.sheet.defaults)):
            value = _default(kind, field, inst, made)
        if value is None and field.name == "key" and kind.own_key:
            value = signer
        if value is None and may_leave_out(kind, field.name):
            value = ""
        if value is not None:
            made[field.name] = read(inner, value, field.name)
        elif isinstance(field.default, (str, bool, int)):
            made[field.name] = field.default
        elif field.required and isinstance(inner, shape.StrType):
            made[field.name] = ""
        elif not field.required:
            made[field.name] = [] if isinstance(inner, shape.VarTupleType) else None
    return made


class NoDefault(Exception):
    """A field was not given, and has no default now."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def _default(kind: ActType, field: shape.Field, inst: Institution, made: Mapping[str, Any]) -> Any:
    default = default_of(kind, field.name)
    if default is None:
        return None
    value = default[1](inst, made)
    if value == "":
        raise NoDefault(field.name)
    return value


# -- files, commitments, openings


def attached(kind: ActType, name: str, data: bytes, file: str, material: Attachments, inst: Institution) -> str:
    """The digest for a field that holds one, from a file's bytes: committed to, made into its object, or attached."""
    if made := kind.sheet.made.get(name):
        return MAKERS[made](data, file, material, inst)
    if is_commitment(kind, name):
        return material.commit(data, file, goes_along=name in kind.texts)
    if name in kind.objects:
        return material.attach_json(parse_json(data, file), file)
    return material.attach(data)


def names_sealed(kind: ActType, name: str) -> bool:
    """Whether the field names a sealed act: the object that opens it, or its commitment."""
    return name == kind.opening or kind.digest(name) is SealedAct


def is_link(kind: ActType, name: str) -> bool:
    """Whether the field links to acts under seal, told to nobody but whom it is about."""
    return kind.digest(name) is Link


def may_leave_out(kind: ActType, name: str) -> bool:
    """Whether a link may be left out: not where leaving it out would state that an entity has ended."""
    return kind.empty_link and is_link(kind, name) and kind.sheet.picks.get(name) != Pick.ENDING


def is_computed_digest(kind: ActType, name: str) -> bool:
    """Whether the field is the root of a tree, or a digest over leaves: of no file that anybody could hand in."""
    return kind.digest(name) is Root


def is_sealed_name(value: str) -> bool:
    """Whether a value names a sealed act: by its commitment, or by the unit that applied; or a whole dossier by its id."""
    return is_name(value) or is_unit(value) or is_dossier(value)


def is_dossier(value: str) -> bool:
    """Whether a value has the form of a dossier's id."""
    return _DOSSIER.fullmatch(value) is not None


_DOSSIER = re.compile(r"d:[0-9a-f]{64}")


def sealed_named(
    kind: ActType, name: str, value: str, inst: Institution, store: Reading | None, material: Attachments
) -> str:
    """The digest for a field that names a sealed act, by its commitment or by the unit whose application it is.

    Opened for the act type's opening, pointed to by its commitment otherwise. InvalidInput where it cannot be opened here,
    as where there is no `store`, and where several applications of the unit wait.
    """
    if kind.folds:
        lines = course(store, value) if store is not None else b""
        if not lines:
            raise InvalidInput(f"办公室没有可启封的卷 {value}。", f"The office cannot open the dossier {value}.")
        return material.attach(lines)
    found = None
    if store is not None:
        answers = kind.matter == "membership"  # to others nobody says whether a unit applied, or how often
        found = named(store, value) if is_name(value) else _application_of(inst, store, value) if answers else None
    if found is None:
        raise InvalidInput(
            f"办公室没有可启封的 {value}；可用 sealed: 加承诺值的前 16 位，或申请单位的 u:…。",
            f"The office cannot open {value}; name it sealed: and the first 16 digits of its commitment, or by the applicant u:….",
        )
    return found.commitment if kind.digest(name) is SealedAct else material.attach(found.line)


def _application_of(inst: Institution, store: Reading, unit: str) -> OpenedEntry | None:
    """The one application of the unit that waits; where none does, the latest, so that whoever cites it reads what became of it."""
    mine = list(applications(inst, store, unit))
    waiting = [one for one in mine if one.state == "waiting"]
    if len(waiting) > 1:
        names = " ".join(one.id for one in waiting)
        raise InvalidInput(
            f"{unit} 有 {len(waiting)} 件待决定的申请，请写明是哪一件：{names}。",
            f"{unit} has {len(waiting)} applications that wait; name one: {names}.",
        )
    return (waiting or mine)[-1].opened if mine else None


# -- plain values


def pair_value(text: str) -> Any:
    """The value of a NAME=VALUE: a number, JSON, or the text itself."""
    if text.isdigit():
        return int(text)
    return parse_json(text, "value") if text.startswith(("[", "{", '"')) else text


def exists(value: str) -> bool:
    """Whether a text is a date YYYY-MM-DD that exists."""
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
