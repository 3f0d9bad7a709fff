"""Adopting the package of interpretations: one question for every rule and reading that could be other than proposed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.http import QueryDict

from gongyue.covenant.procedure import package
from gongyue.governance.institution import Institution
from gongyue.governance.packages import not_adopted
from gongyue.governance.value_words import words_of_choice
from gongyue.web.acting.form_fields import FormField
from gongyue.web.acting.labels import Label, label
from gongyue.web.acting.text_choices import reading_choice
from gongyue.web.templatetags.words import pick

ADOPT, SUPPLEMENT = TYPES = "interpretation.adopt/1", "interpretation.supplement/1"
Errors = dict[str, tuple[str, str]]
_UNITS = {"day": ("日", "days"), "year": ("年", "years"), "person": ("人", "persons")}


def question(
    type: str, inst: Institution, answers: Mapping[str, Any], errors: Mapping[str, tuple[str, str]]
) -> FormField:
    """What is asked in place of the map of what differs."""
    parts = tuple(_parts(_open(type, inst), answers.get("other") or {}, errors))
    return FormField("other", "other", label(type, "other"), "parts", required=False, parts=parts)


def _open(type: str, inst: Institution) -> Collection[str]:
    """What an act of that type adopts: everything, or what later packages add."""
    return package().names if type == ADOPT else not_adopted(inst)


def _parts(
    open_: Collection[str], given: Mapping[str, Any], errors: Mapping[str, tuple[str, str]]
) -> Iterator[FormField]:
    offered = package()
    for name, rule in offered.procedure.items():
        if name not in open_:
            continue
        zh, en = _UNITS[rule.unit]
        called = Label(
            f"{name}　{rule.zh}（{zh}）",
            f"{name} {rule.en} ({en})",
            f"建议 {rule.value} {zh}，{rule.floor} 至 {rule.ceiling} {zh}。",
            f"Proposed: {rule.value} {en}, from {rule.floor} to {rule.ceiling}.",
        )
        yield _part(name, called, "number", given, errors)
    for name, reading in offered.readings.items():
        if len(reading.choices) > 1 and name in open_:
            first = words_of_choice(name, reading.choices[0])
            assert first is not None
            called = Label(reading.zh, reading.en, f"建议：{first.zh}。", f"Proposed: {first.en}.")
            choices = tuple((c, reading_choice(name, c)) for c in reading.choices)
            yield _part(name, called, "select", given, errors, choices)


def _part(
    name: str,
    label: Label,
    widget: str,
    given: Mapping[str, Any],
    errors: Mapping[str, tuple[str, str]],
    choices: tuple[tuple[str, str], ...] = (),
) -> FormField:
    path = f"other.{name}"
    wrong = pick(*errors.get(path, ("", "")))
    return FormField(path, path, label, widget, required=False, choices=choices, value=given.get(name, ""), error=wrong)


def differing(post: QueryDict, errors: Errors) -> dict[str, Any]:
    """What was chosen other than proposed; `errors` say what cannot be read."""
    found: dict[str, Any] = {}
    proposed = package().proposed
    for name, value in proposed.items():
        text = post.get(f"other.{name}", "").strip()
        if text and isinstance(value, int) and not text.isdigit():
            errors[f"other.{name}"] = ("请填数字", "Give a number")
        elif text:
            found[name] = int(text) if isinstance(value, int) else text
    return {name: value for name, value in found.items() if value != proposed[name]}
