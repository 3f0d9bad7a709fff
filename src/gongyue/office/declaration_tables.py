"""Declarations of interests read from what people hand in: a table, or JSON; a signed paper is kept as it is."""

from __future__ import annotations

import csv
import io

import msgspec

from gongyue.governance.interests import BadDeclaration, Declaration, InterestKind, read
from gongyue.governance.sheet import VALUES
from gongyue.office.invalid_input import InvalidInput
from gongyue.transparency import canonical

COLUMNS = {"类别": "kind", "单位": "unit", "自": "since", "至": "until", "卷": "dossier"}
KINDS: tuple[str, ...] = InterestKind.__args__  # type: ignore[attr-defined]
"""The kinds of interests, by the words a form offers."""
_UNSIGNED = "o:x"
"""Whose a declaration is says the act that commits to it, and a table does not."""


def declared_in(data: bytes, name: str) -> bytes:
    """A declaration's bytes: from JSON, or a table with the columns kind, unit, since, until, dossier; InvalidInput.

    Anything else, such as the scan of a signed paper, is kept as it is: people read it, and nothing is computed from it.
    """
    try:
        text = data.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        return data
    if text.startswith("{"):
        found = _checked(text.encode(), name)
    elif name.lower().endswith(".csv") or _is_table(text):
        rows = [_row(row, name) for row in csv.DictReader(io.StringIO(text))]
        found = _checked(msgspec.json.encode({"officer": _UNSIGNED, "made": "2000-01-01", "interests": rows}), name)
    else:
        return data
    return canonical.encode(msgspec.to_builtins(found))


def _is_table(text: str) -> bool:
    """Whether its first line names the columns."""
    head = {one.strip() for one in text.partition("\n")[0].replace("，", ",").split(",")}
    return {"kind", "unit", "since"} <= {COLUMNS.get(one, one) for one in head}


def _row(row: dict[str, str], name: str) -> dict[str, str | None]:
    said = {COLUMNS.get((key or "").strip(), (key or "").strip()): (value or "").strip() for key, value in row.items()}
    words = {VALUES[kind].zh: kind for kind in KINDS}
    kind = words.get(said.get("kind", ""), said.get("kind", ""))
    if unknown := set(said) - set(COLUMNS.values()):
        raise InvalidInput(f"{name}：没有这一列：{'、'.join(unknown)}", f"{name}: no such column: {', '.join(unknown)}")
    made: dict[str, str | None] = {"kind": kind, "unit": said.get("unit", ""), "since": said.get("since", "")}
    return made | {"until": said.get("until") or None, "dossier": said.get("dossier", "")}


def _checked(data: bytes, name: str) -> Declaration:
    try:
        return read(data)
    except BadDeclaration as error:
        raise InvalidInput(f"{name} 不是利益申报：{error}", f"{name} is no declaration of interests: {error}") from None
