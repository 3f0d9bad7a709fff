"""Flows 出境流动: what left, when, whose, on which ground; read from TOML, JSON lines or CSV."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from gongyue.conduct.findings import BadInput
from gongyue.conduct.instants import instant, written, zone_of
from gongyue.conduct.opening import text_of
from gongyue.conduct.rows import Bad, rows_of
from gongyue.conduct.uses import named

_YES = {"true", "1", "yes", "是", "y"}
_NO = {"false", "0", "no", "否", "n"}
_EPOCH = date(1970, 1, 1)
MOST = 10**12
"""Persons that one row may state: more than have ever lived."""


class Flow(msgspec.Struct, frozen=True):
    """One flow, or one person in one flow. None: not known, which is asked about and never passes.

    `person`: a pseudonym, counted exactly; `persons`: a count stated without them, which nobody can verify.
    """

    flow: str
    on: date | None
    region: str | None
    important: bool | None
    personal: bool | None
    sensitive: bool | None
    person: str | None = None
    persons: int | None = None
    ground: str | None = None
    necessary: bool | None = None
    evidence: str | None = None
    listed: bool | None = None


class Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is known about the controller; None where it is not. Numbers are those the authority gave."""

    id: str = ""
    home: str = "CN"
    ciio: bool | None = None
    important: bool | None = None
    important_notified: date | None = None
    assessment: str = ""
    assessment_issued: date | None = None
    contract_effective: date | None = None
    contract_filing: str = ""
    certificate: str = ""
    certificate_issued: date | None = None


def facts_of(raw: object, name: str) -> Facts:
    """The [controller] table; BadInput says which key is wrong."""
    try:
        return msgspec.convert(raw, Facts)
    except msgspec.ValidationError as error:
        raise BadInput(
            f"{name} 的 [controller] 不合格式：{error}", f"[controller] of {name} is malformed: {error}"
        ) from None


def read_flows(path: str | Path) -> tuple[Facts | None, Iterator[Flow | Bad]]:
    """(the controller's facts where the file is TOML, the flows and a Bad for each row that is none)."""
    if Path(path).suffix.lower() != ".toml":
        return None, _flows(rows_of(path))
    name = str(path)
    try:
        raw = tomllib.loads(text_of(Path(path).read_bytes(), name))
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{name} 不是合格的 TOML：{error}", f"{name} is not good TOML: {error}") from None
    rows = raw.get("flow", [])
    if set(raw) - {"controller", "flow"} or not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
        raise BadInput(f"{name} 只应有 [controller] 与 [[flow]]", f"{name} should hold [controller] and [[flow]] only")
    facts = facts_of(raw["controller"], name) if "controller" in raw else None
    return facts, _flows((number, row) for number, row in enumerate(rows, 1))


def _flows(rows: Iterator[tuple[int, dict[str, Any]] | Bad]) -> Iterator[Flow | Bad]:
    for row in rows:
        if isinstance(row, Bad):
            yield row
            continue
        try:
            yield flow_of(row[1], row[0])
        except BadInput as bad:
            yield Bad(row[0], bad.zh, bad.en)


_COLUMNS = frozenset({
    "flow", "date", "region", "important", "personal", "sensitive", "person", "persons", "ground", "necessary",
    "evidence", "listed",
})  # fmt: skip


def flow_of(row: Mapping[str, Any], line: int) -> Flow:
    """One row as a flow; BadInput for a value that says nothing, or a column that is not one of ours."""
    if unknown := sorted(set(row) - _COLUMNS):
        listed = "、".join(map(str, unknown))
        raise BadInput(f"没有这些列：{listed}", f"no such columns: {listed}")
    person = named(row.get("person"), "person")
    count = _count(row.get("persons"))
    if person is not None and count is not None:
        raise BadInput("person 与 persons 不能同列", "person and persons exclude each other")
    personal = _truth(row, "personal")
    return Flow(
        named(row.get("flow"), "flow") or f"#{line}",
        _day(row.get("date")),
        named(row.get("region"), "region"),
        _truth(row, "important"),
        True if personal is None and (person is not None or count) else personal,
        _truth(row, "sensitive"),
        person,
        count,
        named(row.get("ground"), "ground"),
        _truth(row, "necessary"),
        named(row.get("evidence"), "evidence"),
        _truth(row, "listed"),
    )


def _truth(row: Mapping[str, Any], name: str) -> bool | None:
    value = row.get(name)
    if value is None or value == "":
        return None
    said = written(value).strip().lower()
    if said in _YES | _NO:
        return said in _YES
    raise BadInput(
        f"{name} 应为 是/否（true/false），实为“{said[:20]}”", f'{name} should be true or false, is "{said[:20]}"'
    )


def _count(value: Any) -> int | None:
    if value is None or value == "":
        return None
    said = f"{max(-1, min(value, MOST + 1))}" if isinstance(value, int) else written(value).strip()
    if isinstance(value, bool) or not said.isdecimal():
        raise BadInput("persons 应为不小于 0 的整数", "persons should be an integer of at least 0")
    digits = said.lstrip("0") or "0"
    if len(digits) > len(str(MOST)) or int(digits) > MOST:
        raise BadInput(f"persons 不应大于 {MOST}", f"persons should be at most {MOST}")
    return int(digits)


def _day(value: Any) -> date | None:
    """A day; an instant is the Beijing day it falls on."""
    if value is None or value == "":
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    seconds = instant(value, "s", zone_of("+08:00")) // 1_000_000 + 8 * 3600
    try:
        return _EPOCH + timedelta(days=seconds // 86_400)
    except OverflowError:
        raise BadInput("日期超出范围", "the date is out of range") from None
