"""Names of columns: each once, and what to call those that have none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def once(names: Iterable[str]) -> list[str]:
    """Each name once: one that was there before gets its place behind it."""
    found: dict[str, None] = {}
    for i, name in enumerate(names, 1):
        while name in found:
            name = f"{name}#{i}"
        found[name] = None
    return list(found)


def field_names(schema: Any) -> list[str]:
    """The names in an Arrow schema, each once; one that is no text is called by its place."""
    return once(_field_name(schema, i) for i in range(len(schema)))


def _field_name(schema: Any, place: int) -> str:
    try:
        return str(schema.field(place).name)
    except UnicodeDecodeError:
        return f"c{place + 1}"
