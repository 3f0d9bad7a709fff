"""What the toolkit finds, in words: the texts of findings and of verdicts, from `findings.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def texts() -> dict[str, dict[str, dict[str, str]]]:
    """`refusals` by code and `verdicts` by kind, each {layer | article, law, code, zh, en}."""
    return tomllib.loads(files("gongyue.conduct").joinpath("findings.toml").read_text("utf-8"))


def finding(code: str, article: str, figures: dict[str, int | str], enough: str | int | None = None) -> dict[str, Any]:
    """The data of a finding, in the shape of a refusal: {code, layer, article, words, figures, enough, zh, en}."""
    said = texts()["refusals"][code]
    shape = {"code": code, "layer": said["layer"], "article": article, "words": "", "figures": figures}
    return shape | {"enough": enough, "zh": said["zh"], "en": said["en"]}


class BadInput(Exception):
    """Something handed in cannot be read: what and why, in both languages; `rows` where there are many."""

    def __init__(self, zh: str, en: str, rows: tuple[dict[str, Any], ...] = ()) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh, self.en, self.rows = zh, en, rows
