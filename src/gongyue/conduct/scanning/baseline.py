"""Known findings: a file of places and types, never of values; what is in it is no news."""

from __future__ import annotations

from pathlib import Path

import msgspec

from gongyue.conduct.findings import BadInput

SCHEMA = "gongyue/scan-baseline/1"
Place = tuple[str, str, str, str]
"""Path as it was given, table, column, type."""


class Known(msgspec.Struct, frozen=True):
    """One known finding."""

    path: str
    table: str
    column: str
    type: str


class Baseline(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file."""

    schema: str = SCHEMA
    findings: tuple[Known, ...] = ()


def read_baseline(path: str) -> frozenset[Place]:
    """The known places; BadInput for another kind of file, OSError where there is none."""
    try:
        held = msgspec.json.decode(Path(path).read_bytes(), type=Baseline)
    except msgspec.MsgspecError as error:
        raise BadInput(f"{path} 不是扫描基线（{error}）", f"{path} is no scan baseline ({error})") from None
    if held.schema != SCHEMA:
        raise BadInput(f"{path}：schema 应为 {SCHEMA}", f"{path}: schema must be {SCHEMA}")
    return frozenset((k.path, k.table, k.column, k.type) for k in held.findings)


def write_baseline(path: str, places: list[Place]) -> None:
    """Write the file, in order, so that it can be kept under version control."""
    held = Baseline(findings=tuple(Known(*place) for place in sorted(set(places))))
    Path(path).write_bytes(msgspec.json.format(msgspec.json.encode(held), indent=2) + b"\n")
