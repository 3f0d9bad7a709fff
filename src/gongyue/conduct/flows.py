"""Flows 出境流动: what left, when, whose, on which ground; read from TOML, JSON lines, CSV, Parquet or a table of a database."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from gongyue.conduct.facts import NO_CODE, StatedFacts, controller_of, in_reach
from gongyue.conduct.findings import BadInput
from gongyue.conduct.instants import BEIJING, SECOND, instant, written
from gongyue.conduct.placeholders import named_paper
from gongyue.conduct.promise_loader import toml_of
from gongyue.conduct.regions import REGIONS
from gongyue.conduct.row_files import COMMAS, JSON, rows_of
from gongyue.conduct.rows import Bad
from gongyue.conduct.tables import Table, redacted_url, table_of
from gongyue.conduct.uses import read_name
from gongyue.covenant.periods import day_of

_YES = {"true", "1", "yes", "是", "y"}
_NO = {"false", "0", "no", "否", "n"}
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
    labour_rules: str | None = None
    collective_contract: str | None = None
    zone: str | None = None
    negative_list: str | None = None
    negative_list_date: date | None = None


KINDS = frozenset({".toml", ".parquet", *JSON, *COMMAS})


def read_all(paths: Sequence[str]) -> tuple[list[tuple[str, StatedFacts]], Iterator[Flow | Bad]]:
    """What inputs of one controller, files or tables, state of it, and their flows; BadInput where one stands twice or holds none."""
    seen: dict[Path | Table, str] = {}
    for path in paths:
        place, name = _place(path), redacted_url(path)
        if place in seen:
            raise BadInput(
                f"{name} 就是 {seen[place]}，所述人数会重复相加；请只给一次",
                f"{name} is {seen[place]}: stated numbers would be added twice; give it once",
            )
        seen[place] = name
    read = [
        (name, *read_flows(path, name if len(paths) > 1 else ""))
        for path, name in zip(paths, seen.values(), strict=True)
    ]
    return [(name, stated or {}) for name, stated, _ in read], chain.from_iterable(_some(*one) for one in read)


def _place(path: str) -> Path | Table:
    """A file or table, however its path is written."""
    table = table_of(path)
    if table is None:
        return Path(path).resolve()
    return Table(table.name, table.url, table.file and table.file.resolve())


def _some(path: str, _: StatedFacts | None, rows: Iterator[Flow | Bad]) -> Iterator[Flow | Bad]:
    """The rows; BadInput where there is none."""
    row = None
    for row in rows:
        yield row
    if row is None:
        raise BadInput(
            f"{path} 里一笔流动也没有，未作任何判断；请核对文件，确无出境的不必查",
            f"{path} holds no flow: nothing was judged; look whether it is the right file, and leave it out if nothing left",
        )


def read_flows(path: str | Path, file: str = "") -> tuple[StatedFacts | None, Iterator[Flow | Bad]]:
    """(the [controller] table where the input is TOML and has one, the flows and a Bad for each row that is none).

    `file`: its name, where there are several, to tell a row without a name and a Bad from those of another.
    """
    if (table := table_of(str(path))) is not None:
        return None, _flows(table.rows(), file)
    kind = Path(path).suffix.lower()
    if kind not in KINDS:
        listed = " ".join(sorted(KINDS))
        raise BadInput(
            f"{path}：只读 {listed}；电子表格请另存为 CSV", f"{path}: only {listed} are read; save a spreadsheet as CSV"
        )
    if kind != ".toml":
        return None, _flows(rows_of(path), file)
    name = str(path)
    raw = toml_of(Path(path).read_bytes(), name)
    rows = raw.get("flow", [])
    if set(raw) - {"controller", "flow"} or not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
        raise BadInput(f"{name} 只应有 [controller] 与 [[flow]]", f"{name} should hold [controller] and [[flow]] only")
    return (controller_of({"controller": raw["controller"]}, name) if "controller" in raw else None), _flows(
        ((number, row) for number, row in enumerate(rows, 1)), file
    )


def _flows(rows: Iterator[tuple[int, dict[str, Any]] | Bad], file: str) -> Iterator[Flow | Bad]:
    for row in rows:
        if isinstance(row, Bad):
            yield msgspec.structs.replace(row, file=file)
            continue
        try:
            yield flow_of(row[1], row[0], file)
        except BadInput as bad:
            yield Bad(row[0], bad.zh, bad.en, file)


_COLUMNS = frozenset(Flow.__struct_fields__) - {"on"} | {"date"}


def flow_of(row: Mapping[str, Any], line: int, file: str = "") -> Flow:
    """One row as a flow; BadInput for a value that says nothing, a column that is not one of ours, a row at odds with itself."""
    if unknown := sorted(set(row) - _COLUMNS):
        listed = "、".join(map(str, unknown))
        raise BadInput(f"没有这些列：{listed}；请去掉或改名，可用的见 gongyue export-check --help",
                       f"no such columns: {listed}; remove or rename them, gongyue export-check --help lists those there are")  # fmt: skip
    person = _person(row.get("person"))
    count = _count(row.get("persons"))
    if person is not None and count is not None:
        raise BadInput("person 与 persons 不能同列", "person and persons exclude each other")
    personal, sensitive = _truth(row, "personal"), _truth(row, "sensitive")
    _agreeing(personal, sensitive, person, count)
    return Flow(
        read_name(row.get("flow"), "flow") or f"{file}#{line}",
        _day(row.get("date")),
        _region(row.get("region")),
        _truth(row, "important"),
        True if personal is None and (person is not None or count or sensitive) else personal,
        sensitive,
        person,
        count,
        read_name(row.get("ground"), "ground"),
        _truth(row, "necessary"),
        read_name(row.get("evidence"), "evidence"),
        _truth(row, "listed"),
        read_name(row.get("labour_rules"), "labour_rules"),
        read_name(row.get("collective_contract"), "collective_contract"),
        read_name(row.get("zone"), "zone"),
        read_name(row.get("negative_list"), "negative_list"),
        _list_day(row.get("negative_list_date")),
    )


def _person(value: Any) -> str | None:
    """A pseudonym; a word for none or not known names nobody, which is asked about. A number names somebody, but 0 does not."""
    said = read_name(value, "person")
    if said is not None and (said.strip("0\uff10") if said.isdecimal() else named_paper(said)):
        return said
    return None


def _region(value: Any) -> str | None:
    """A code of ISO 3166, spelt as in a promise file; a word for not known is none, which is asked about."""
    said = read_name(value, "region")
    if said is None or said in REGIONS:
        return said
    if named_paper(said):
        raise BadInput(f"region {NO_CODE[0]}", f"region {NO_CODE[1]}")
    return None


def _agreeing(personal: bool | None, sensitive: bool | None, person: str | None, count: int | None) -> None:
    """BadInput where no personal data is said to be of persons or sensitive, or personal data to be of nobody."""
    if personal is False:
        odds = ["sensitive=true"] if sensitive else []
        odds += ["person"] if person is not None else ["persons"] if count else []
        if odds:
            listed = "、".join(odds)
            raise BadInput(f"personal=false 与 {listed} 相矛盾：不含个人信息即没有人，也没有敏感信息；查明后改正其一",
                           f"personal=false contradicts {listed}: without personal data there is nobody and nothing sensitive; find"
                           " out which is wrong")  # fmt: skip
    elif count == 0 and (personal or sensitive):
        said = "personal=true" if personal else "sensitive=true"
        raise BadInput(f"{said} 与 persons=0 相矛盾：写明人数，确无个人信息的写 personal=false",
                       f"{said} contradicts persons=0: state how many persons, or personal=false where there are none")  # fmt: skip


def _list_day(value: Any) -> date | None:
    """A day; a word for none or not known is no day, which is asked about."""
    return None if isinstance(value, str) and not named_paper(value) else _day(value, "negative_list_date")


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
    said = f"{max(-1, min(value, MOST + 1))}" if isinstance(value, int) else written(value).strip().removesuffix(".0")
    if isinstance(value, bool) or not said.isdecimal():
        raise BadInput("persons 应为不小于 0 的整数", "persons should be an integer of at least 0")
    digits = said.lstrip("0") or "0"
    if len(digits) > len(str(MOST)) or int(digits) > MOST:
        raise BadInput(f"persons 不应大于 {MOST}", f"persons should be at most {MOST}")
    return int(digits)


def _day(value: Any, name: str = "date") -> date | None:
    """A day from 1990 to 2199; an instant is the Beijing day it falls on."""
    if value is None or value == "":
        return None
    try:
        day = value if isinstance(value, date) and not isinstance(value, datetime) else _beijing(value)
    except (BadInput, ValueError):
        raise BadInput(
            f"{name} 的时间无法辨认；写作 2026-03-01", f"{name}: the time is not understood; write 2026-03-01"
        ) from None
    return in_reach(day, name)


_PLAIN = re.compile(r"\s*(\d{4})[/.年-](\d{1,2})[/.月-](\d{1,2})日?\s*", re.ASCII)
"""A day as a spreadsheet writes it, the year first: 2026/3/1, 2026年3月1日."""


def _beijing(value: Any) -> date:
    if isinstance(value, str) and (plain := _PLAIN.fullmatch(value)):
        try:
            return date(int(plain[1]), int(plain[2]), int(plain[3]))
        except ValueError:
            raise BadInput("没有这一天", "there is no such day") from None
    return date.fromordinal(day_of(instant(value, "s", BEIJING) // SECOND))
