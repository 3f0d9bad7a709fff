"""What values are called where a field chooses them from a list: by the field, since what is written may look like one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongyue.covenant.procedure import package
from gongyue.governance.act_type import ActType
from gongyue.governance.sheet import VALUES, Words
from gongyue.governance.sheet_words import Pick


def words_of_value(kind: ActType, path: str, value: object, row: Mapping[str, Any]) -> Words | None:
    """The words of a value that the field at `path` chooses, `row` being what it stands in; None of anything written."""
    if not isinstance(value, str):
        return None
    if value in kind.chosen.get(path, ()):
        return VALUES[value]
    return words_of_choice(_reading(kind, path, row), value)


def words_of_choice(reading: str, choice: str) -> Words | None:
    """The words of a choice that a reading leaves open; its own, where the same value means something else in another matter."""
    offered = package().readings.get(reading)
    if offered is None or len(offered.choices) < 2 or choice not in offered.choices:
        return None
    return VALUES.get(f"{reading}.{choice}") or VALUES.get(choice)


_UNITS = {"day": ("日", "day"), "person": ("人", "person")}
"""What the numbers of procedure rules count."""


def words_of_setting(name: str, value: int | str) -> Words:
    """What an interpretation sets: a procedure rule with its number and unit, or what was chosen of a reading."""
    if rule := package().procedure.get(name):
        zh, en = _UNITS[rule.unit]
        return Words(
            f"程序规则 {name}（{rule.zh}）：{value} {zh}",
            f"procedure rule {name} ({rule.en}): {value} {en}{'' if value == 1 else 's'}",
        )
    reading, choice = package().readings.get(name), words_of_choice(name, str(value)) or Words(str(value), str(value))
    said = Words(reading.zh, reading.en) if reading else Words(name, name)
    return Words(f"{said.zh}：采“{choice.zh}”", f"{said.en}: {choice.en}")


def _reading(kind: ActType, path: str, row: Mapping[str, Any]) -> str:
    """Of which reading a field holds the choice: named beside it, or by which it stands in a map; empty of other fields."""
    for field, pick in kind.sheet.picks.items():
        if pick is Pick.CHOOSABLE and path == field:
            return str(row.get("name", ""))
        if pick is Pick.CHOOSABLE and path.startswith(f"{field}."):
            return path.removeprefix(f"{field}.")
    return ""
