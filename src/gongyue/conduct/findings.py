"""What the toolkit finds, in words: verdicts from `findings.toml`, findings from the covenant's catalogue of refusals."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from gongyue.covenant.refusals import catalogue


@cache
def texts() -> dict[str, dict[str, dict[str, str]]]:
    """`findings` by code and `verdicts` by kind, each {layer | article, law, code, zh, en}."""
    verdicts = tomllib.loads(files("gongyue.conduct").joinpath("findings.toml").read_text("utf-8"))
    return verdicts | {"findings": catalogue()["findings"]}


def finding(code: str, article: str, figures: dict[str, int | str], enough: str | int | None = None) -> dict[str, Any]:
    """The data of a finding, in the shape of a refusal: {code, layer, article, words, figures, enough, zh, en}."""
    said = texts()["findings"][code]
    shape = {"code": code, "layer": said["layer"], "article": article, "words": "", "figures": figures}
    return shape | {"enough": enough, "zh": said["zh"], "en": said["en"]}


class BadInput(Exception):
    """Something handed in cannot be read: what and why, in both languages; `rows` where there are many."""

    def __init__(self, zh: str, en: str, rows: tuple[dict[str, Any], ...] = ()) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh, self.en, self.rows = zh, en, rows
