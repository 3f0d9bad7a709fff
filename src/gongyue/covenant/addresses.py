"""Addresses of a text's parts: the key, what is printed for it, and where the numbering of articles does not go on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from gongyue.covenant.numerals import to_chinese
from gongyue.covenant.text import Part

_N = "[1-9][0-9]{0,3}"
_HAN = "[〇零一二三四五六七八九十百千]{1,7}"
_ARTICLE = re.compile(rf"(?:(?P<chapter>{_N})/)?(?P<number>{_N})(?:\.(?P<inserted>{_N}))?(?:#(?P<again>{_N}))?")
_OTHER = (
    (re.compile(rf"(?P<a>{_HAN})(?:/(?P<b>{_N}))?(?:#(?P<again>{_N}))?"), "第{a}部分", "第{b}项"),
    (re.compile(rf"§(?P<a>{_N})(?:/(?P<b>{_N}))?(?:#(?P<again>{_N}))?"), "第{a}节", "第{b}段"),
    (re.compile(rf"¶(?P<a>{_N})(?P<b>(?!))?(?:#(?P<again>{_N}))?"), "第{a}段", ""),
)


class Break(NamedTuple):
    """An article whose number does not go on from the one before."""

    at: str
    expected: int
    found: int


def label_of(at: str) -> str:
    """What is printed and cited for an address (22 → 第22条, 3/2 → 第三章第2条, ¶7 → 第7段); empty where it is none."""
    if m := _ARTICLE.fullmatch(at):
        words = f"第{m['number']}条" + (f"之{m['inserted']}" if m["inserted"] else "")
        return (f"第{to_chinese(int(m['chapter']))}章" if m["chapter"] else "") + words + _again(m)
    for pattern, whole, part in _OTHER:
        if m := pattern.fullmatch(at):
            return whole.format(a=m["a"]) + (part.format(b=m["b"]) if m["b"] else "") + _again(m)
    return ""


def in_chinese(at: str) -> str:
    """As texts print it: 22 → 第二十二条; any other address as its label; empty where it is none."""
    return f"第{to_chinese(int(at))}条" if at.isdecimal() and _ARTICLE.fullmatch(at) else label_of(at)


def in_english(at: str) -> str:
    """The same in English: 22 → article 22, 2.1 → article 2-1, 3/2 → chapter 3, article 2, ¶7 → paragraph 7."""
    if m := _ARTICLE.fullmatch(at):
        words = f"article {m['number']}" + (f"-{m['inserted']}" if m["inserted"] else "")
        return (f"chapter {m['chapter']}, " if m["chapter"] else "") + words + _anew(m)
    for (pattern, _, _), (whole, part) in zip(_OTHER, _OTHER_ENGLISH, strict=True):
        if m := pattern.fullmatch(at):
            return f"{whole} {m['a']}" + (f", {part} {m['b']}" if m["b"] else "") + _anew(m)
    return ""


_OTHER_ENGLISH = (("part", "item"), ("section", "paragraph"), ("paragraph", ""))


def _anew(m: re.Match[str]) -> str:
    return f" ({m['again']})" if m["again"] else ""


def _again(m: re.Match[str]) -> str:
    return f"（重出{m['again']}）" if m["again"] else ""


def breaks(parts: Iterable[Part]) -> list[Break]:
    """The articles that do not follow the one before: 1, 2, 2.1, 3 …, anew in each chapter where chapters are named."""
    found: list[Break] = []
    chapter, number, inserted = "", 0, 0
    for part in parts:
        m = _ARTICLE.fullmatch(part.at)
        if m is None:
            continue
        if (m["chapter"] or "") != chapter:
            chapter, number, inserted = m["chapter"] or "", 0, 0
        this, below = int(m["number"]), int(m["inserted"] or 0)
        follows = (this, below) in ((number + 1, 0), (number, inserted + 1)) and not m["again"]
        if not follows:
            found.append(Break(part.at, number + 1, this))
        number, inserted = this, below
    return found
