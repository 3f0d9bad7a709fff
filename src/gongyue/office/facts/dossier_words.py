"""What an entry of a dossier says, in words: its choices, never what stands in a document or who is meant by it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from gongyue.covenant.addresses import in_chinese, in_english
from gongyue.governance.acts import ActType, Entry, act_type_of
from gongyue.governance.institution import Institution
from gongyue.governance.note_names import said_by_name
from gongyue.governance.value_words import words_of_value
from gongyue.office.facts.shapes import Said

CONSENT = "petition.consent/1"
"""Without a text it takes back what was consented to before."""
SANCTIONS = ("case.propose/1", "case.decide/1")
"""Acts that say which kind of sanction, in the text's words, or that there be none."""


def said_in(inst: Institution, entry: Entry) -> Said:
    """The values that an act chose and what it states is so: 告知书; 撤回."""
    return said_of(inst, act_type_of(entry.act.type), msgspec.json.decode(entry.act.body))


def said_of(inst: Institution, kind: ActType, body: dict[str, Any]) -> Said:
    """The same of an act that is not recorded yet."""
    found = list(_said(inst, kind, body))
    return Said("，".join(zh for zh, _ in found), ", ".join(en for _, en in found))


def _said(inst: Institution, kind: ActType, body: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in body.items():
        if said_by_name(kind.type, name, body):
            continue
        if value is True:
            label = kind.label(name)
            yield label[0], label[1]
        elif name == "kind" and kind.type in SANCTIONS:
            yield (value, value) if value else ("不作处理", "no sanction")
        elif name == "findings":
            yield (
                ("查证属实", "established")
                if any(one["established"] for one in value)
                else ("不成立", "not established")
            )
        elif kind.type == CONSENT and name == "text" and not value:
            yield "收回先前的同意", "takes the earlier consent back"
        elif name == "article":
            at = inst.meaning.at(value) or str(value)
            yield in_chinese(at), in_english(at)
        elif chosen := words_of_value(kind, name, value, body):
            yield chosen


def officers_of(body: dict[str, Any]) -> tuple[str, ...]:
    """The officers that an act names, by its body."""
    listed = body.get("officers") or ()
    named = [one["officer"] for one in listed] if isinstance(listed, list) else []
    return (*named, *([body["whom"]] if body.get("whom") else []))
