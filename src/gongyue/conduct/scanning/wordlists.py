"""The word lists as they are kept: cues, names of columns, rules of keys, surnames, places, words with what they cost.

Where the lists come from and under which licence: docs/conduct/scan.md.
"""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from gongyue.conduct.scanning import entity_types


def read_list(name: str) -> bytes:
    """A file of `data`, unpacked."""
    data = files("gongyue.conduct.scanning").joinpath("data", name).read_bytes()
    return gzip.decompress(data) if name.endswith(".gz") else data


def list_lines(name: str) -> Iterator[str]:
    """Its lines that are no comment."""
    return (line for line in read_list(name).decode().splitlines() if line and not line.startswith("#"))


@cache
def cue_words() -> dict[str, list[str]]:
    """Kind of cue → its words, as `cues.toml` has them."""
    text = files("gongyue.conduct.scanning").joinpath("cues.toml").read_text("utf-8")
    return {name: list(words) for name, words in tomllib.loads(text).items() if isinstance(words, list)}


class ColumnWords(NamedTuple):
    """What names of columns say beyond cues."""

    whole: dict[str, int]  # whole names, and last words of longer ones → the bits of their kinds
    alone: dict[str, int]  # the same of whole names only
    things: tuple[str, ...]  # words of names of things
    endings: dict[str, int]  # what names end in → the bits


@cache
def column_words() -> ColumnWords:
    """The sections of `cues.toml` that are for columns only."""
    text = files("gongyue.conduct.scanning").joinpath("cues.toml").read_text("utf-8")
    raw = tomllib.loads(text)
    return ColumnWords(
        _bits_of(raw["column"]), _bits_of(raw["alone"]), tuple(raw["thing"]["words"]), _bits_of(raw["ending"])
    )


def _bits_of(lists: dict[str, list[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, words in lists.items():
        for word in words:
            found[word] = found.get(word, 0) | 1 << kind_of(name)
    return found


def kind_of(name: str) -> int:
    """The number of a type or of a cue that names none."""
    return entity_types.numbers().get(name) or int(getattr(entity_types, name))


@cache
def key_rules() -> list[dict[str, object]]:
    """Prefixes of keys and their patterns, as `secrets.toml` has them."""
    text = files("gongyue.conduct.scanning").joinpath("secrets.toml").read_text("utf-8")
    return list(tomllib.loads(text)["key"])


def printed(word: str, kind: int) -> Iterator[str]:
    """A label, and as forms print it: 姓　名; as names of fields have it: social_insurance, SocialInsurance."""
    yield word
    if len(word) == 2 and word[0] >= "一" and (kind < entity_types.COUNT or kind == entity_types.ROLE):
        yield from (" ".join(word), "  ".join(word))
    if word.isascii() and kind < entity_types.COUNT and (" " in word or "_" in word):
        parts = word.replace("_", " ").split()
        yield from ("_".join(parts), "".join(parts))


_GENERIC = {
    "市辖区",
    "郊区",
    "城区",
    "矿区",
    "市区",
    "省直辖",
    "新区",
    "开发区",
    "省直辖县级行政区划",
    "自治区直辖县级行政区划",
}
_ENDS = ("特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "自治州", "地区", "省", "市", "盟")


def places(code: str, names: list[str]) -> Iterator[tuple[str, int]]:
    """The names a code stood for and their short forms, each with its kind of cue."""
    for name in names:
        if len(name) < 2 or name in _GENERIC or "直辖" in name:
            continue
        yield name, entity_types.REGION
        end = next((e for e in _ENDS if name.endswith(e)), "")
        if code.endswith("00") and end and len(name) - len(end) in (2, 3):
            yield name.removesuffix(end), entity_types.PLACE
        elif len(name) == 4 and name[-1] in "区县市旗":  # 石景山, 张家港; two signs are too often a word
            yield name[:-1], entity_types.PLACE


@cache
def surnames() -> dict[str, int]:
    """Surname → of 10,000 people."""
    found: dict[str, int] = {}
    for line in list_lines("surnames.txt"):
        share, *names = line.split()
        for name in names:
            found.setdefault(name, int(share))
    return found


def towns() -> set[str]:
    """Short names of counties and districts: too often a word to be a cue, but a word that is no person's name."""
    names = (name for line in list_lines("regions.txt") for name in line.split()[1:])
    return {name[:-1] for name in names if len(name) == 3 and name[-1] in "区县市旗" and name not in _GENERIC}


def priced(name: str) -> Iterator[str]:
    """Lines of "word cost" from lines of "cost word word …"."""
    for line in list_lines(name):
        cost, *words = line.split()
        yield from (f"{word} {cost}\n" for word in words)
