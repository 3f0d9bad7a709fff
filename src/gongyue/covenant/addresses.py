"""Addresses of a text's parts: the key, what is printed for it, and where the numbering of articles does not go on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from gongyue.covenant.numerals import CHINESE, parse, to_chinese
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


def all_in_english(found: Sequence[str]) -> str:
    """Several in one phrase: 22, 23 → articles 22 and 23; where others than plain articles are among them, each by its own name."""
    if len(found) < 2 or not all(at.isdecimal() for at in found):
        return ", ".join(map(in_english, found))
    return f"articles {', '.join(found[:-1])} and {found[-1]}"


_OTHER_ENGLISH = (("part", "item"), ("section", "paragraph"), ("paragraph", ""))


def _anew(m: re.Match[str]) -> str:
    return f" ({m['again']})" if m["again"] else ""


def _again(m: re.Match[str]) -> str:
    return f"（重出{m['again']}）" if m["again"] else ""


def counted(parts: Sequence[Part]) -> tuple[str, str]:
    """How many articles 条 a text has, and how many paragraphs beside them (¶7); of a text without articles, how many parts."""
    articles = sum(_ARTICLE.fullmatch(part.at) is not None for part in parts)
    others = len(parts) - articles
    if not articles:
        return f"{others} 个部分", f"{others} part{'s' * (others != 1)}"
    zh, en = f"{articles} 条", f"{articles} article{'s' * (articles != 1)}"
    if not others:
        return zh, en
    return f"{zh}，条之外 {others} 段", f"{en}, {others} paragraph{'s' * (others != 1)} besides"


def leading(parts: Sequence[Part]) -> frozenset[str]:
    """The parts right above one of their own (二 above 二/1): what they lead up to is there."""
    return frozenset(above.at for above, below in pairwise(parts) if below.at.startswith(above.at + "/"))


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


def meant_by(typed: str, parts: Iterable[Part]) -> list[str]:
    """The addresses somebody may mean: 22, 第22条, 第二十二条, 二十二, article 22, art. 22, 3/2, 第三章第2条; empty where there is none.

    A bare number is an address if there is one, else every article so numbered: where each chapter begins anew, several.
    """
    said, known = _plain(typed), [part.at for part in parts]
    if said in known:
        return [said]
    named = [at for at in known if said in {_plain(label_of(at)), _plain(in_chinese(at)), _plain(in_english(at))}]
    if named or not said:
        return named
    number = parse(_bare(said))
    if number is None:
        return []
    own = str(number)
    return [own] if own in known else [at for at in known if _number_in(at) == own]


def _bare(said: str) -> str:
    found = _BARE.fullmatch(said)
    return found[1] if found else ""


_BARE = re.compile(r"(?:第|articles?|art\.?|§|¶|no\.?)?(.+?)[条條]?")


def _plain(text: str) -> str:
    """Without blanks, full-width forms and capitals; Chinese numerals after 第 and 之 in digits."""
    said = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold().replace("條", "条")
    return _COUNTED.sub(lambda m: str(parse(m[0]) or m[0]), said)


_COUNTED = re.compile(f"(?<=[第之])[{CHINESE}]+")


def _number_in(at: str) -> str:
    """The number that an article, item or paragraph itself has, without its chapter's."""
    if m := _ARTICLE.fullmatch(at):
        return "" if m["inserted"] or m["again"] else str(m["number"])
    found = next((m for pattern, _, _ in _OTHER if (m := pattern.fullmatch(at))), None)
    return "" if found is None or found["again"] else str(found["b"] or found["a"])
