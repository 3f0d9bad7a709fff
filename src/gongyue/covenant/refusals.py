"""The catalogue of refusals: one code, its layer, its two texts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from gongyue.covenant.binding.catalogue import en_of, zh_of
from gongyue.covenant.counting import MoreThan, share_of
from gongyue.covenant.numerals import to_chinese
from gongyue.covenant.rulings import Figures, Finding

Catalogue = dict[str, dict[str, dict[str, str]]]


@cache
def catalogue() -> Catalogue:
    """`refusals` by code, `out_of_turn` by reason, `findings` of the member's toolkit by code; `figures` and what is `enough` by name."""
    return tomllib.loads(files("gongyue.covenant").joinpath("refusals.toml").read_text("utf-8"))


def figure_name(name: str) -> tuple[str, str]:
    """What a figure of a refusal or a ruling is called, in Chinese and in English; one that has no name is shown as it is."""
    said = catalogue()["figures"].get(name)
    return (said["zh"], said["en"]) if said else (name, name)


def enough_said(words: str) -> str | None:
    """The English of what would be enough, where a rule says it in Chinese; None for anything else."""
    said = catalogue()["enough"].get(words)
    return said["en"] if said else None


IN_GENERAL = {
    "name": ("文书", "The document"),
    "identities": ("若干", "some"),
    "contacts": ("若干", "some"),
    "body": ("所写的机构", "the body it names"),
}
"""What a refusal's text says in place of a figure that is known only once an act is refused, in Chinese and in English."""


def in_general(zh: str, en: str) -> tuple[str, str]:
    """Both texts of a refusal as they are told when nothing was refused."""
    for name, said in IN_GENERAL.items():
        zh, en = zh.replace(f"{{{name}}}", said[0]), en.replace(f"{{{name}}}", said[1])
    return _GAP.sub("", zh), en


def refusal(code: str, article: int, at: str, words: str, finding: Finding, provision: str = "") -> dict[str, Any]:
    """The data of a refusal: {code, layer, provision, article, at, words, figures, enough, zh, en}.

    `article`, `at`: position and address of the article it cites; 0 and empty where the text has none for it.
    `provision`: what it carries out; of a procedure rule or reading `words` are its own, and not the article's.
    """
    texts = catalogue()["refusals"][code]
    figures = dict(finding.figures)
    return {
        "code": code,
        "layer": texts["layer"],
        "provision": provision,
        "article": article,
        "at": at,
        "words": words,
        "figures": figures,
        "enough": finding.enough,
        "zh": _fill(texts["zh"], _in_chinese(figures)),
        "en": _fill(texts["en"], _in_english(figures)),
    }


def half(value: int | str, language: str) -> int | str:
    """The half of "中文 / English" in that language; any other value as it is."""
    zh, slash, en = str(value).partition(" / ")
    if not slash or _CHINESE.search(en) or not _CHINESE.search(zh):
        return value
    return zh if language == "zh" else en


_CHINESE = re.compile("[\u4e00-\u9fff]")
_GAP = re.compile("(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_BOOKS = {"open": "公开簿", "sealed": "密封簿"}


WHOM = {
    "roll": ("全体成员单位", "all member units"),
    "branch": ("该分支成员单位", "the member units of the branch"),
    "voting": ("参加表决的成员单位", "the member units voting"),
    "present": ("出席的成员单位", "the member units present"),
}
"""Of whom a share is, in words."""


def share_words(share: str, base: str, language: str) -> dict[str, str]:
    """How a refusal says that a share was missed: `short` of it, the `share` itself, of `whom`."""
    size, place = share_of(share), 0 if language == "zh" else 1
    short = ("未超过", "No more than") if isinstance(size, MoreThan) else ("不足", "Fewer than")
    said = f"{to_chinese(size.denominator)}分之{to_chinese(size.numerator)}"
    written = said if language == "zh" else f"{size.numerator}/{size.denominator}"
    return {"short": short[place], "share": written, "whom": WHOM[base][place]}


def _in_english(figures: Figures) -> Figures:
    return {name: half(value, "en") for name, value in figures.items()} | _of_share(figures, "en")


def _of_share(figures: Figures, language: str) -> dict[str, str]:
    """In words, where a share was compared."""
    return share_words(str(figures["share"]), str(figures.get("base", "roll")), language) if "share" in figures else {}


def _in_chinese(figures: Figures) -> Figures:
    said = {name: half(value, "zh") for name, value in figures.items()}
    if "book" in said:
        said["book"] = _BOOKS.get(str(said["book"]), said["book"])
    return said | _of_share(figures, "zh")


_CAN = {"not-in-force": "founding.publish/1", "not-effective": "founding.submit/1 | founding.approval/1"}
"""What can be done first, where the act itself names nothing."""


def out_of_turn(
    reason: str, step: str, stands: str, can: str, figures: Figures, said: Mapping[str, tuple[str, str]] | None = None
) -> dict[str, Any]:
    """The data of a step that cannot be taken now: {code, step, stands, can, figures, zh, en}.

    `said`: what figures are called in its sentence, in Chinese and in English, where that is not what they are.
    """
    texts, words = catalogue()["out_of_turn"][reason], dict(said or {})
    if reason == "capability-off":
        words.setdefault("name", (zh_of(str(figures["name"])), en_of(str(figures["name"]))))
    return {
        "code": f"out-of-turn/{reason}",
        "step": step,
        "stands": stands,
        "can": can or _CAN.get(reason, ""),
        "figures": dict(figures),
        "zh": _fill(texts["zh"], {**_in_chinese(figures), **{name: zh for name, (zh, _) in words.items()}}),
        "en": _fill(texts["en"], {**_in_english(figures), **{name: en for name, (_, en) in words.items()}}),
    }


def _fill(text: str, figures: Figures) -> str:
    for name, value in figures.items():
        text = text.replace("{" + name + "}", str(value))
    return text
