"""The catalogue of refusals: one code, its layer, its two texts (house §3)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from gongyue.covenant.citing import Figures, Finding
from gongyue.covenant.numerals import to_chinese

Catalogue = dict[str, dict[str, dict[str, str]]]


@cache
def catalogue() -> Catalogue:
    """`refusals` by code, `out_of_turn` by reason, and `findings` of the member's toolkit by code."""
    return tomllib.loads(files("gongyue.covenant").joinpath("refusals.toml").read_text("utf-8"))


def refusal(code: str, article: int, words: str, finding: Finding) -> dict[str, Any]:
    """The data of a refusal: {code, layer, article, words, figures, enough, zh, en}."""
    texts = catalogue()["refusals"][code]
    figures = dict(finding.figures)
    return {
        "code": code,
        "layer": texts["layer"],
        "article": article,
        "words": words,
        "figures": figures,
        "enough": finding.enough,
        "zh": _fill(texts["zh"], _in_chinese(figures)),
        "en": _fill(texts["en"], figures),
    }


def _in_chinese(figures: dict[str, int | str]) -> dict[str, int | str]:
    if "share" not in figures:
        return figures
    part, _, whole = str(figures["share"]).partition("/")
    return figures | {"share": f"{to_chinese(int(whole))}分之{to_chinese(int(part))}"}


def out_of_turn(reason: str, step: str, stands: str, can: str, figures: Figures) -> dict[str, Any]:
    """The data of a step that cannot be taken now: {code, step, stands, can, figures, zh, en}."""
    texts = catalogue()["out_of_turn"][reason]
    return {
        "code": f"out-of-turn/{reason}",
        "step": step,
        "stands": stands,
        "can": can,
        "figures": dict(figures),
        "zh": _fill(texts["zh"], figures),
        "en": _fill(texts["en"], figures),
    }


def _fill(text: str, figures: Figures) -> str:
    for name, value in figures.items():
        text = text.replace("{" + name + "}", str(value))
    return text
