"""Known findings: a file of places, types and tiers, never of values; what is in it is no news unless its tier is stronger now."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, cast

import msgspec

from gongyue.conduct.findings import BadInput
from gongyue.conduct.outputs import begins
from gongyue.conduct.scanning.entity_types import STRENGTH

SCHEMA = "gongyue/scan-baseline/2"
BEFORE = "gongyue/scan-baseline/1"
"""Had paths as they were given, so that nobody can tell what they mean below a root."""
is_baseline = begins(rb'\s*\{\s*"schema"\s*:\s*"gongyue/scan-baseline/[12]"')
"""Whether a file is a baseline, also one of before, which may be written anew."""
Tier = Literal["masked", "plausible", "valid"]
FindingLocation = tuple[str, str, str, str]
"""Path below the root of the scan, table, column, type."""


class Known(msgspec.Struct, frozen=True):
    """One known finding."""

    path: str
    table: str
    column: str
    type: str
    tier: Tier


class _Kind(msgspec.Struct, frozen=True):
    """What a file says it is."""

    schema: str


class Baseline(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file."""

    schema: str = SCHEMA
    findings: tuple[Known, ...] = ()


def read_baseline(path: str) -> dict[FindingLocation, str]:
    """Tier by known place; BadInput for another kind of file or a baseline of before, OSError where there is none."""
    data = Path(path).read_bytes()
    try:
        if msgspec.json.decode(data, type=_Kind).schema == BEFORE:
            raise BadInput(
                f"{path} 是旧版基线（{BEFORE}）：其中的路径是当时所给的写法，不是相对于扫描的根；请不带 --baseline，用 --write-baseline 重写",
                f"{path} is a baseline of before ({BEFORE}): its paths are as they were given, not relative to the root of the scan;"
                " write it anew with --write-baseline, without --baseline",
            )
        held = msgspec.json.decode(data, type=Baseline)
    except msgspec.MsgspecError as error:
        raise BadInput(f"{path} 不是扫描基线（{error}）", f"{path} is no scan baseline ({error})") from None
    if held.schema != SCHEMA:
        raise BadInput(f"{path}：schema 应为 {SCHEMA}", f"{path}: schema must be {SCHEMA}")
    return strongest(((k.path, k.table, k.column, k.type), k.tier) for k in held.findings)


def keyed(place: str, table: str, column: str, kind: str) -> FindingLocation:
    """A finding as a baseline has it. The folders of its file stand in the name of the table too, but only of those below what was
    given: they are left out, so that a file is the same in its folder and by itself."""
    folders = place.split("!", 1)[0].split("/")[:-1]
    for at in range(len(folders)):
        tail = "/".join(folders[at:]) + "/"
        if table.startswith(tail):
            return place, table.removeprefix(tail), column, kind
    return place, table, column, kind


def strongest(found: Iterable[tuple[FindingLocation, str]]) -> dict[FindingLocation, str]:
    """Places with the strongest tier given for each."""
    known: dict[FindingLocation, str] = {}
    for place, tier in found:
        known[place] = max(tier, known.get(place, STRENGTH[0]), key=STRENGTH.index)
    return known


def is_known(known: Mapping[FindingLocation, str], place: FindingLocation, tier: str) -> bool:
    """Whether a finding is in the baseline with a tier no weaker than it has now."""
    return place in known and STRENGTH.index(tier) <= STRENGTH.index(known[place])


def gone(known: Iterable[FindingLocation], found: Iterable[FindingLocation], root: Path) -> int:
    """How many known places no finding is in, of a file that is not there below the root: nobody can tell what they stand for.

    What was found in a database or piped in has no file."""
    missing = set(known) - set(found)
    return sum(not _is_there(root, place[0]) for place in missing)


def _is_there(root: Path, path: str) -> bool:
    """Whether the file is there that a path is of, or in: an archive may be called anything."""
    parts = path.split("!")
    outer = ("!".join(parts[:at]) for at in range(len(parts), 0, -1))
    return (
        path == "-"
        or "://" in path
        or any(
            os.path.exists(root / file)  # noqa: PTH110 (a name that is too long for a file is no error)
            for file in outer
        )
    )


def write_baseline(path: str, found: Mapping[FindingLocation, str]) -> None:
    """Write the file, in order, so that it can be kept under version control."""
    held = Baseline(findings=tuple(Known(*place, cast(Tier, tier)) for place, tier in sorted(found.items())))
    Path(path).write_bytes(msgspec.json.format(msgspec.json.encode(held), indent=2) + b"\n")
