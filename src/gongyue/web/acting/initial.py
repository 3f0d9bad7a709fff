"""What a form holds before anybody has written: what the link to it brings along, and what is known of the unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from msgspec import inspect as shape

from gongyue.covenant.periods import day_of, iso
from gongyue.governance.acts import ActType
from gongyue.governance.institution import Institution
from gongyue.governance.office import earliest
from gongyue.office import bodies, openings
from gongyue.office.attachments import WRITTEN
from gongyue.office.store import Reading
from gongyue.web.acting.models import DraftFile

LONGEST_WRITTEN = 60_000
"""Bytes of a text that a form shows again to be changed; a longer one is kept as it is, or replaced."""
SERVE_LATER = frozenset({"office.appoint/1", "oversight.register/1"})
"""What names somebody who serves once the visible delay has passed."""


def initial_values(kind: ActType, inst: Institution, actor: str, time: int, seat: str = "") -> dict[str, Any]:
    """What would only be repeated: of a unit its name, code, activities; today's date of what is published; the first day one can serve; oneself."""
    day = day_of(time)
    if kind.type in SERVE_LATER and inst.genesis is not None:
        return {"begins": iso(earliest(inst, time))}
    if kind.type == "office.declare/1":
        return {"officer": seat}
    if "in_force" in kind.body.__struct_fields__:
        return {"in_force": iso(day)}
    unit = inst.units.get(actor)
    if kind.type == "membership.declare/1" and unit is not None:  # what it declares takes the place of these
        return {"activities": list(unit.activities), "other": unit.other}
    if kind.type != "membership.apply/1":
        return {}
    if unit is not None:
        return {"name": unit.name, "code": unit.code, "activities": list(unit.activities), "other": unit.other}
    return {"code": actor.removeprefix("u:").upper()}


def initial_texts(kind: ActType, store: Reading, given: object) -> dict[str, str]:
    """What stands written in place of a file: of a petition that is published, the text its member consented to, to the letter."""
    if kind.type != "petition.publish/1" or not isinstance(given, Mapping) or given.get("text"):
        return {}
    course = given.get("course")
    said = [one for one in openings.of_types(store, "petition.consent/1") if one.entry.rx.dossier == course]
    text = store.object(said[-1].body["text"] or "") if said else None
    return {"text": text.decode("utf-8", "replace")} if text else {}


def texts_of(kind: ActType, store: Reading, given: Mapping[str, Any], files: Iterable[DraftFile]) -> dict[str, str]:
    """What stands written in place of files: as it is asked, or in a draft's `files` as it was written before."""
    return initial_texts(kind, store, given) | _written_before(kind, given, files)


def _written_before(kind: ActType, given: Mapping[str, Any], files: Iterable[DraftFile]) -> dict[str, str]:
    there = {one.digest: bytes(one.data) for one in files if one.name in ("", WRITTEN)}
    found = {}
    for field in bodies.fields(kind):
        value = given.get(field.name)
        data = (
            there.get(value) if isinstance(value, str) and field.name not in {*kind.sheet.made, *kind.objects} else None
        )
        if data is not None and len(data) <= LONGEST_WRITTEN and not bodies.names_sealed(kind, field.name):
            with suppress(UnicodeDecodeError):
                found[field.name] = data.decode("utf-8")
    return found


def initial_from_query(kind: ActType, query: Mapping[str, str]) -> dict[str, Any]:
    """The answers a link brings along; never a vote, which nobody chooses beforehand."""
    answers: dict[str, Any] = {}
    for field in bodies.fields(kind):
        value, inner = query.get(field.name, ""), bodies.bare(field.type)
        if not value or field.name == "choice":
            continue
        if isinstance(inner, shape.BoolType):
            answers[field.name] = value in {"yes", "true"}
        elif isinstance(inner, shape.VarTupleType):
            answers[field.name] = value.split(",")
        elif not isinstance(inner, (shape.StructType, shape.DictType)):
            answers[field.name] = value
    return answers
