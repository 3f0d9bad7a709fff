"""Declarations of interests read from what people hand in or write: a table, lines, the word 无, or JSON; a signed paper is kept as it is."""

from __future__ import annotations

import csv
import io
import re

import msgspec

from gongyue.covenant.parties import is_unit
from gongyue.governance.institution import Institution
from gongyue.governance.interests import BadDeclaration, Declaration, InterestKind, read
from gongyue.governance.sheet import VALUES
from gongyue.office.invalid_input import InvalidInput
from gongyue.transparency import canonical

COLUMNS = {"类别": "kind", "单位": "unit", "自": "since", "至": "until", "卷": "dossier"}
KINDS: tuple[str, ...] = InterestKind.__args__  # type: ignore[attr-defined]
"""The kinds of interests, by the words a form offers."""
NONE = re.compile(
    r"(无|没有|無)(任何|上述)?(利害关系|利益|利益关系)?(可申报|需申报)?[。.]?|none|nothing|no interests?[.]?",
    re.IGNORECASE,
)
"""What people write who have nothing to declare."""
_DATE = re.compile(r"[12]\d{3}-\d\d-\d\d")
_UNSIGNED = "o:x"
"""Whose a declaration is says the act that commits to it, and a table does not."""


def declared_in(data: bytes, name: str, inst: Institution) -> bytes:
    """A declaration's bytes: from JSON, or a table with the columns kind, unit, since, until, dossier; InvalidInput.

    Written without a head a line is one interest, its cells in that order; a unit goes by its id, code or name. Anything
    else, such as the scan of a signed paper, is kept as it is: people read it, and nothing is computed from it.
    """
    try:
        text = data.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        return data
    if text.startswith("{"):
        return canonical.encode(msgspec.to_builtins(_checked(text.encode(), name)))
    if NONE.fullmatch(text):
        return _declaration([], name)
    table = text.replace("，", ",")
    if not (name.lower().endswith(".csv") or _is_table(table)):
        if not _is_headless(table):
            return data
        table = ",".join(COLUMNS) + "\n" + table
    return _declaration([_row(row, name, inst) for row in csv.DictReader(io.StringIO(table))], name)


def _declaration(rows: list[dict[str, str | None]], name: str) -> bytes:
    said = msgspec.json.encode({"officer": _UNSIGNED, "made": "2000-01-01", "interests": rows})
    return canonical.encode(msgspec.to_builtins(_checked(said, name)))


def _is_table(text: str) -> bool:
    """Whether its first line names the columns."""
    head = {one.strip() for one in text.partition("\n")[0].split(",")}
    return {"kind", "unit", "since"} <= {COLUMNS.get(one, one) for one in head}


def _is_headless(text: str) -> bool:
    """Whether every line begins with a kind of interest and goes on with more."""
    lines = [line.split(",") for line in text.splitlines() if line.strip()]
    return bool(lines) and all(len(cells) > 1 and cells[0].strip() in _kinds() for cells in lines)


def _kinds() -> dict[str, str]:
    """The kinds of interests by what they are called and by their names."""
    return {VALUES[kind].zh: kind for kind in KINDS} | {kind: kind for kind in KINDS}


def _row(row: dict[str | None, str], name: str, inst: Institution) -> dict[str, str | None]:
    said = {
        COLUMNS.get((key or "").strip(), (key or "").strip()): (value or "").strip()
        for key, value in row.items()
        if key
    }
    if None in row or (unknown := set(said) - set(COLUMNS.values())):
        extra = "、".join(sorted(unknown)) if None not in row else "、".join(row[None])
        raise InvalidInput(f"{name}：没有这一列：{extra}", f"{name}: no such column: {extra}")
    called = said.get("kind", "")
    if called not in _kinds():
        known = "、".join(VALUES[kind].zh for kind in KINDS)
        raise InvalidInput(
            f"{name}：“{called}”不是利害关系的类别，应为：{known}",
            f"{name}: “{called}” is no kind of interest; there are: {', '.join(KINDS)}",
        )
    made: dict[str, str | None] = {"kind": _kinds()[called], "unit": _unit(said.get("unit", ""), name, inst)}
    if not _DATE.fullmatch(said.get("since", "")):
        raise InvalidInput(
            f"{name}：起始日写作 2026-01-31：{said.get('since') or '没有写'}",
            f"{name}: its first day is written 2026-01-31: {said.get('since') or 'none is'}",
        )
    return made | {"since": said["since"], "until": said.get("until") or None, "dossier": said.get("dossier", "")}


def _unit(words: str, name: str, inst: Institution) -> str:
    """The id of a unit named by its id, its code or its name."""
    if is_unit(words):
        return words
    found = inst.by_code.get(words.upper()) or [u.id for u in inst.units.values() if words in (u.name, *u.former)]
    if isinstance(found, str):
        return found
    if len(found) != 1:
        raise InvalidInput(
            f"{name}：簿册里没有名为“{words}”的单位；写其编号，或 u: 加小写的统一社会信用代码",
            f"{name}: the book knows no unit called “{words}”: write its id, or u: and its credit code in small letters",
        )
    return found[0]


def _checked(data: bytes, name: str) -> Declaration:
    try:
        return read(data)
    except BadDeclaration as error:
        raise InvalidInput(f"{name} 不是利益申报：{error}", f"{name} is no declaration of interests: {error}") from None
