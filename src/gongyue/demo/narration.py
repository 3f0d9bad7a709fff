"""How the story is told: one step, one line; Chinese first, refusals marked ✗ with their code and figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from gongyue.covenant.addresses import in_english, label_of

DONE, REFUSED, OFF = "✓", "✗", "○"


class StoryStep(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step of the story, as told: when (Beijing), who, what, under which article (its address `at`), with which figures.

    `mark` is ✓ for an act that was recorded, ✗ for one that was refused (with `refusal`), ○ for a remark.
    """

    number: int
    on: str
    mark: str
    who: str
    zh_name: str
    en_name: str
    zh: str
    en: str
    type: str = ""
    at: str = ""
    figures: str = ""
    book: str = ""
    index: int | None = None
    refusal: dict[str, Any] | None = None


class Chapter(msgspec.Struct, frozen=True):
    """A heading of the story."""

    zh: str
    en: str


def line(told: StoryStep | Chapter, lang: str = "") -> str:
    """The line for people; `lang` is zh, en, or empty for both, Chinese first."""
    if isinstance(told, Chapter):
        return {"zh": f"── {told.zh}", "en": f"── {told.en}"}.get(lang, f"── {told.zh} / {told.en}")
    if lang == "en":
        return f"{told.on} {told.mark} {_english(told)}{_figures(told, lang)}"
    chinese = f"{told.on} {told.mark} {_chinese(told)}"
    shown = _figures(told, lang)
    return chinese + shown if lang == "zh" else f"{chinese} / {_english(told)}{shown}"


def json_line(told: StoryStep | Chapter) -> str:
    """The step as one line of JSON; a heading as {"chapter": …}."""
    data: Any = {"chapter": msgspec.to_builtins(told)} if isinstance(told, Chapter) else told
    return msgspec.json.encode(data).decode()


def _chinese(told: StoryStep) -> str:
    article = f"（{label_of(told.at)}）" if told.at else ""
    refused = f"：{told.refusal['code']} {told.refusal['zh']}" if told.refusal else ""
    return f"{told.zh_name}{' ' if told.zh_name else ''}{told.zh}{article}{refused}"


def _english(told: StoryStep) -> str:
    article = f" ({in_english(told.at)})" if told.at else ""
    refused = f": {told.refusal['code']} {told.refusal['en']}" if told.refusal else ""
    return f"{told.en_name}{' ' if told.en_name else ''}{told.en}{article}{refused}"


def _figures(told: StoryStep, lang: str) -> str:
    """The figures; those written in both languages are cut at " / "."""
    shown = arithmetic(told.refusal) if told.refusal else told.figures
    zh, _, en = shown.partition(" / ")
    shown = {"zh": zh, "en": en or zh}.get(lang, shown)
    return f" · {shown}" if shown else ""


def arithmetic(refusal: Mapping[str, Any]) -> str:
    """The figures of a refusal: the arithmetic as it was done, else name by name; then what would be enough."""
    figures = {name: value for name, value in refusal["figures"].items() if value != ""}
    named = "，".join(f"{name} {value}" for name, value in figures.items())
    shown = str(figures.get("arithmetic", named))
    enough = refusal.get("enough")
    zh, en = (f"（须 {enough}）", f" ({enough} is enough)") if enough is not None else ("", "")
    return f"{shown}{zh} / {shown}{en}" if zh else shown
