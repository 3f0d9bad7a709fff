"""Rolls of units from tables as associations keep them: CSV in any common encoding, or JSON; every bad row is told."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from gongyue.covenant.parties import is_credit_code
from gongyue.governance.institution import Institution
from gongyue.governance.membership import RollUnit
from gongyue.office.attachments import parse_json
from gongyue.office.invalid_input import InvalidInput
from gongyue.transparency import canonical

_COLUMNS = {
    "name": ("name", "名称", "单位名称", "企业名称", "会员名称", "单位", "会员单位"),
    "code": ("code", "统一社会信用代码", "社会信用代码", "信用代码", "代码"),
    "id": ("id", "编号", "单位编号"),
}
_ID = re.compile(r"u:[0-9a-z][0-9a-z-]{0,39}")


class _Problem(Exception):
    """Why a row cannot be used."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh, self.en = zh, en


def read_units(data: bytes, path: str, inst: Institution) -> list[RollUnit]:
    """The units of a roll; InvalidInput lists every bad row with its line, and nothing is used."""
    units: list[RollUnit] = []
    problems: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    for line, row in _rows(data, path):
        try:
            unit = _unit(row, inst)
            for key in (unit.code, unit.id):
                if key in seen:
                    raise _Problem(f"{key} 与第 {seen[key]} 行重复", f"{key} is on line {seen[key]} too")
                seen[key] = line
            units.append(unit)
        except _Problem as problem:
            problems.append({"line": line, "zh": problem.zh, "en": problem.en})
    if problems:
        raise InvalidInput(
            f"{path}：{len(problems)} 行有误，什么也没有记录；改正后再导入：",
            f"{path}: {len(problems)} bad rows; nothing was recorded. Mend them and import again:",
            tuple(problems),
        )
    if not units:
        raise InvalidInput(f"{path}：名册里没有单位。", f"{path}: there are no units on the roll.")
    return units


def _unit(row: Mapping[str, str], inst: Institution) -> RollUnit:
    name = " ".join(unicodedata.normalize("NFC", row.get("name", "")).split())
    code = _code(row.get("code", ""))
    if not name:
        raise _Problem("没有单位名称", "no name")
    if len(name) > 120:
        raise _Problem("名称超过 120 字", "the name is longer than 120 characters")
    try:
        canonical.encode(name)
    except canonical.NotCanonical as error:
        raise _Problem(
            f"名称里有不可见或控制字符（{error.why}）", f"the name has hidden characters ({error.why})"
        ) from None
    id = row.get("id", "").strip() or inst.by_code.get(code) or f"u:{code.lower()}"
    if not _ID.fullmatch(id):
        raise _Problem(f"编号“{id}”须如 u:0001（小写字母、数字、连字符）", f"the id “{id}” must look like u:0001")
    known = inst.units.get(id)
    if known is not None and known.code != code:
        raise _Problem(f"{id} 已是另一单位（{known.code}）", f"{id} is another unit already ({known.code})")
    if inst.by_code.get(code, id) != id:
        raise _Problem(f"{code} 已登记为 {inst.by_code[code]}", f"{code} is entered as {inst.by_code[code]}")
    return RollUnit(id, name, code)


def _code(text: str) -> str:
    code = "".join(unicodedata.normalize("NFKC", text).upper().split())
    if not code:
        raise _Problem("没有统一社会信用代码", "no unified social credit code")
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", code):
        raise _Problem(
            f"代码 {text} 已被表格软件改成数字；把该列设为文本再填",
            f"the code {text} was turned into a number by the spreadsheet: make the column text and enter it again",
        )
    if len(code) != 18:
        raise _Problem(
            f"代码 {code} 有 {len(code)} 位，应为 18 位", f"the code {code} has {len(code)} characters, not 18"
        )
    if not is_credit_code(code):
        raise _Problem(
            f"代码 {code} 校验不符（GY-23-07），多半是抄错一位",
            f"the code {code} fails its check (GY-23-07): a slip of one character?",
        )
    return code


def _rows(data: bytes, path: str) -> Iterator[tuple[int, dict[str, str]]]:
    if path.lower().endswith(".json"):
        return _json_rows(data, path)
    return _csv_rows(decode(data, path), path)


def _json_rows(data: bytes, path: str) -> Iterator[tuple[int, dict[str, str]]]:
    value = parse_json(data, path)
    rows = value.get("units", value.get("initiators")) if isinstance(value, dict) else value
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InvalidInput(
            f"{path}：须是单位的数组，每项有 name、code。", f"{path}: want an array of units, each with name and code."
        )
    for number, row in enumerate(rows, 1):
        named = {_column(str(key)): str(value) for key, value in row.items()}
        yield number, {k: v for k, v in named.items() if k}


def _csv_rows(text: str, path: str) -> Iterator[tuple[int, dict[str, str]]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max("\t;,", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    columns: list[str] = []
    for row in reader:
        if not any(cell.strip() for cell in row):
            continue
        if not columns:
            columns = [_column(cell) for cell in row]
            if not {"name", "code"} <= set(columns):
                raise InvalidInput(
                    f"{path} 第 {reader.line_num} 行：表头须有“名称”和“统一社会信用代码”两列，现为 {json.dumps(row, ensure_ascii=False)}。",
                    f"{path} line {reader.line_num}: the header needs the columns name and code; it is"
                    f" {json.dumps(row, ensure_ascii=False)}.",
                )
            continue
        yield reader.line_num, {c: cell for c, cell in zip(columns, row, strict=False) if c}


def _column(cell: str) -> str:
    plain = unicodedata.normalize("NFKC", cell).strip().lower()
    return next((column for column, spelled in _COLUMNS.items() if plain in spelled), "")


def decode(data: bytes, path: str) -> str:
    """A table's text: UTF-8 with or without mark, UTF-16 with mark, else GB 18030."""
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidInput(
        f"{path}：认不出编码；请另存为 UTF-8 的 CSV。", f"{path}: unknown encoding: save it as CSV in UTF-8."
    )
