"""The sentences of a prose, ready to be read: odd characters made plain, English numbers written as the reader reads them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from gongyue.covenant.binding.folding import fold, joined
from gongyue.covenant.numerals import CHINESE

_FORMAL_THREE = re.compile("参(?=分之|[拾佰仟])|(?<=分之)参")
_BROKEN_ENGLISH = re.compile(r"(?<=[A-Za-z,-])[ \t]*\n[ \t]*(?=[A-Za-z0-9])")
_ENDS = re.compile(r"(?<=[。；！？;!?\n])|(?<=[a-z)]\.)(?=\s)")
_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_PARTS = ("half", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_WORD = {w: i for i, w in enumerate(_UNITS)} | {w: 10 * i for i, w in enumerate(_TENS, 2)}
_IN_WORDS = "|".join(
    (rf"(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_UNITS[1:10])}))?", *sorted(_UNITS, key=len, reverse=True))
)
_LETTER = re.compile("[a-z]", re.IGNORECASE)
_NUMBER = rf"(?:{_IN_WORDS}|[0-9]{{1,4}})(?![a-z])(?:\s*\([0-9]{{1,4}}\))?"


MOST_SENTENCE = 1_000
"""Characters of a sentence without its blanks; a longer one is not read but refused."""


class Sentence(msgspec.Struct, frozen=True):
    """A sentence: as it is quoted, without blanks, and folded besides (the two are of one length)."""

    words: str
    close: str
    plain: str


@cache
def patterns() -> dict[str, Any]:
    """The patterns of `patterns.toml`."""
    text = files("gongyue.covenant.prose").joinpath("patterns.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def compiled(name: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of that name, each with {n} a numeral."""
    raw = patterns()[name]
    numeral = f"[0-9{CHINESE}万]{{1,9}}"
    return tuple(re.compile(p.replace("{n}", numeral)) for p in ([raw] if isinstance(raw, str) else raw))


def matches(name: str, text: str) -> re.Match[str] | None:
    """The first of the patterns of that name that stands in the text, and where."""
    return next((m for p in compiled(name) if (m := p.search(text))), None)


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a prose; a line end that only breaks one does not end it."""
    plain, places = _as_usual(text)
    plain = _BROKEN_ENGLISH.sub(lambda m: " " * len(m[0]), plain)
    english = translated(plain) != plain
    if not english:
        plain, kept = joined(plain)
        places = [places[i] for i in kept]
    begin = 0
    for piece in _ENDS.split(plain):
        if piece.strip():
            close = joined(translated(piece))[0].replace("\n", "") if english else piece.strip("\n")
            words = text[places[begin] : places[begin + len(piece.rstrip()) - 1] + 1]
            yield Sentence(" ".join(words.split()), close, fold(close))
        begin += len(piece)


def _as_usual(text: str) -> tuple[str, list[int]]:
    """Compatibility characters in their usual form (⼆, ②, ½), but for punctuation; marks and look-alikes away.

    And where in the text each character stood.
    """
    marks, alike = re.compile(f"[{patterns()['marks']}]"), str.maketrans(*patterns()["alike"])
    usual: list[str] = []
    places: list[int] = []
    for place, c in enumerate(text):
        if not marks.match(c):
            for one in c if unicodedata.category(c)[0] == "P" else unicodedata.normalize("NFKC", c):
                usual.append("\n" if one == "\r" else one)
                places.append(place)
    return _FORMAL_THREE.sub("三", "".join(usual).translate(alike)), places


@cache
def _english() -> list[tuple[re.Pattern[str], str]]:
    made = []
    for entry in patterns()["english"]:
        source = entry["from"]
        for group in "ab":
            source = source.replace("N", f"(?P<{group}>{_NUMBER})", 1)
        made.append((re.compile(source.replace(" ?", r"\s*").replace(" ", r"\s+"), re.IGNORECASE), entry["to"]))
    return made


def translated(text: str) -> str:
    """The text with English numbers, units and bases written in Chinese."""
    if not _LETTER.search(text):  # most texts; none of the patterns stands in one
        return text
    for pattern, to in _english():
        text = pattern.sub(lambda m, to=to: to.format_map(_group_values(m)), text)  # type: ignore[misc]
    return text


def _group_values(m: re.Match[str]) -> dict[str, str]:
    said = {name: str(_count(value)) for name, value in m.groupdict().items() if value and name in "ab"}
    if part := (m.groupdict().get("d") or "").lower().rstrip("s"):
        named = {"fourth": 4, "twentieth": 20, "hundredth": 100}
        said["d"] = str(named.get(part) or _PARTS.index(part) + 2)
    return {"a": "1"} | said


def _count(words: str) -> int:
    """Of a number in words, digits, or both (thirty (30))."""
    first = re.split(r"\s*\(", words.lower())[0]
    return int(first) if first.isdecimal() else sum(_WORD[w] for w in re.split(r"[\s-]+", first) if w)
