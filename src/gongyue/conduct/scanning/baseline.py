"""Known findings: a file of places, types and tiers, never of values; what is in it is no news unless its tier is stronger now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, cast

import msgspec

from gongyue.conduct.findings import BadInput
from gongyue.conduct.outputs import begins
from gongyue.conduct.scanning.kinds import STRENGTH

SCHEMA = "gongyue/scan-baseline/1"
is_baseline = begins(rb'\s*\{\s*"schema"\s*:\s*"' + SCHEMA.encode())
"""Whether a file is a baseline."""
Tier = Literal["masked", "plausible", "valid"]
Place = tuple[str, str, str, str]
"""Path as it was given, table, column, type."""


class Known(msgspec.Struct, frozen=True):
    """One known finding; where an older file gives no tier, the strongest."""

    path: str
    table: str
    column: str
    type: str
    tier: Tier = "valid"


class Baseline(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file."""

    schema: str = SCHEMA
    findings: tuple[Known, ...] = ()


def read_baseline(path: str) -> dict[Place, str]:
    """Tier by known place; BadInput for another kind of file, OSError where there is none."""
    try:
        held = msgspec.json.decode(Path(path).read_bytes(), type=Baseline)
    except msgspec.MsgspecError as error:
        raise BadInput(f"{path} 不是扫描基线（{error}）", f"{path} is no scan baseline ({error})") from None
    if held.schema != SCHEMA:
        raise BadInput(f"{path}：schema 应为 {SCHEMA}", f"{path}: schema must be {SCHEMA}")
    return strongest(((k.path, k.table, k.column, k.type), k.tier) for k in held.findings)


def strongest(found: Iterable[tuple[Place, str]]) -> dict[Place, str]:
    """Places with the strongest tier given for each."""
    known: dict[Place, str] = {}
    for place, tier in found:
        known[place] = max(tier, known.get(place, STRENGTH[0]), key=STRENGTH.index)
    return known


def is_known(known: Mapping[Place, str], place: Place, tier: str) -> bool:
    """Whether a finding is in the baseline with a tier no weaker than it has now."""
    return place in known and STRENGTH.index(tier) <= STRENGTH.index(known[place])


def write_baseline(path: str, found: Mapping[Place, str]) -> None:
    """Write the file, in order, so that it can be kept under version control."""
    held = Baseline(findings=tuple(Known(*place, cast(Tier, tier)) for place, tier in sorted(found.items())))
    Path(path).write_bytes(msgspec.json.format(msgspec.json.encode(held), indent=2) + b"\n")
