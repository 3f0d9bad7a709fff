"""Consent records as a file tells them, one more than once where a platform writes it anew at each change.

A withdrawal that only a later telling has ends what an earlier one gave.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import orjson

from gongyue.conduct.findings import BadInput
from gongyue.conduct.rows import no_json


class Contradicted(msgspec.Struct, frozen=True):
    """Stands for the records of an id that say different things but for their events: nobody knows which holds."""

    id: str


def records_in(data: bytes, name: str) -> list[Any]:
    """The records of a JSON object, a JSON array or JSON lines, as they stand; BadInput names the line that is not JSON."""
    try:
        whole = orjson.loads(data)
        return whole if isinstance(whole, list) else [whole]
    except orjson.JSONDecodeError as error:
        if b"\n" not in data.strip():
            zh, en = no_json(data, error)
            raise BadInput(f"{name}：{zh}", f"{name}: {en}") from None
    found = []
    for number, line in enumerate(data.splitlines(), 1):
        try:
            found += [orjson.loads(line)] if line.strip() else []
        except orjson.JSONDecodeError as error:
            zh, en = no_json(line, error)
            raise BadInput(f"{name} 第 {number} 行{zh}", f"{name} line {number}: {en}") from None
    return found


def united(records: list[Any], id_of: Callable[[dict[str, Any]], str]) -> list[Any]:
    """The records, each id once, where it first stands: those alike but for their events as one with all of them."""
    found: dict[str | int, Any] = {}
    for place, record in enumerate(records):
        id = id_of(record) if isinstance(record, dict) else ""
        key = id or place
        found[key] = _both(found[key], record, id) if key in found else record
    return list(found.values())


def _both(one: Any, other: Any, id: str) -> Any:
    if isinstance(one, Contradicted) or one == other:
        return one
    (rest, events), (others, further) = _parted(one), _parted(other)
    if rest != others:
        return Contradicted(id)
    return rest | {"events": [*events, *(event for event in further if event not in events)]}


def _parted(record: dict[str, Any]) -> tuple[dict[str, Any], list[Any]]:
    """(the record without its events, these)."""
    events = record.get("events", record.get("event", []))
    rest = {name: value for name, value in record.items() if name not in {"events", "event"}}
    return rest, events if isinstance(events, list) else [events]
