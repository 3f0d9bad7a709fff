"""What an act says, field by field, in words a person reads."""

from __future__ import annotations

from typing import Any

import msgspec

from gongyue.governance.acts import act_type_of
from gongyue.governance.institution import Institution
from gongyue.office.notices import Notice
from gongyue.web.acting.labels import VALUES, label
from gongyue.web.names import article_name, localise, party_name
from gongyue.web.templatetags.words import pick
from gongyue.web.workspace.titles import matter_title

CHOSEN = frozenset({"choice", "activities", "capacity"})
"""Fields whose values are chosen from a list."""


class FieldText(msgspec.Struct, frozen=True):
    """A field of an act: its name, its value in words; `code` where the value is a digest or a key."""

    name: str
    value: str
    code: bool = False
    private: bool = False


def said_by(inst: Institution, notice: Notice) -> list[FieldText]:
    """Everything the act says."""
    return [
        _field_text(inst, notice.type, name, value)
        for name, value in notice.fields.items()
        if value not in (None, "", [], {})
    ]


def _field_text(inst: Institution, type: str, name: str, value: Any) -> FieldText:
    text = _text(inst, name, value)
    code = isinstance(value, str) and value.startswith(("sha256:", "k:"))
    return FieldText(label(type, name).text, text, code, act_type_of(type).is_private(name))


def _text(inst: Institution, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return pick("是", "yes") if value else pick("否", "no")
    if isinstance(value, list):
        return pick("、", ", ").join(_text(inst, name, one) for one in value)
    if isinstance(value, dict):
        return pick("；", "; ").join(f"{key}={_text(inst, key, one)}" for key, one in value.items())
    if name in CHOSEN:
        return localise(VALUES, str(value))
    if name == "article":
        return article_name(inst.meaning.at(int(value)))
    if isinstance(value, str) and (value in inst.proposals or value in inst.annexes):
        return pick(*matter_title(inst, value))
    return party_name(inst, value) if isinstance(value, str) and value in inst.units else str(value)
