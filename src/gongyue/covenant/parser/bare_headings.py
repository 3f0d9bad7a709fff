"""Headings that nothing marks: short lines without punctuation of their own, among sentences that have it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gongyue.covenant.parser import headings, items
from gongyue.covenant.parser.lines import BLANKS, Line
from gongyue.covenant.text import Oddity

WHY = "标题，不属于任何一条 / a heading, not part of any article"
WITHIN_WHY = (
    "标题，不属于任何一条；没有章号，其下各条仍在上一章：请核对 / a heading, not part of any article and without a number: the articles below it stay in "
    "the chapter above, look at it"
)
UNSURE_WHY = (
    "可能是标题，读作正文的一行：请核对 / this line may be a heading and is read as a line of the text: look at it"
)
BELOW_WHY = (
    "上面是文件自己的标题，这一行却读作标题之前那一项的一部分：请核对 / a heading of the file's own stands above this line, which is read as "
    "part of the item before the heading: look at it"
)
PRINTED_WHY = (
    "标题所印的 1.、1.1 一类编号没有用作地址，各级标题读作同级的各节：请核对 / headings print numbers like 1. or 1.1 that make no "
    "addresses, and those of every level are read as sections side by side: look at them"
)
PRINTED = re.compile(r"[1-9][0-9]?(?:[.．][1-9][0-9]?){1,3}(?![0-9%])")
DEEP = re.compile(r"[1-9][0-9]?(?:[.．][1-9][0-9]?){2}(?![0-9%])")
"""1.1.1, below 一、 where 1.1 makes an address."""
ENDED = "。！？；”）)!?;"
_SAYS = re.compile(
    "[，。；：！？…,;:!?]|[应應须須]|不得|可以|自愿|自願|必[须須]|禁止|[负負][责責]|有效|[为為][准準]|生效|施行|[解][释釋]$"
)
_COUNTS = re.compile(
    "[分半][之数數]|[過过]半|[0-9０-９%％]|者$|(?<!目)的$|[一二三四五六七八九十]+(?:年|月|日|天|名|人|次|票)"
)
_CLAUSE = re.compile("[：:，,]")
LONGEST = 24
MOST_TOGETHER = 3
"""Headings one below the other: part, chapter, section."""


def highest(read: Sequence[Line], bare: Sequence[int], chosen: int) -> int:
    """The first line with words, where it is the only heading of the file's highest level and the chosen one is deeper; else -1."""
    first, *others = bare
    level, own = read[first].level, read[chosen].level
    alone = all(read[i].level > level for i in others if read[i].level)
    return first if 0 < level < own and alone and not headings.division(read[first].text) else -1


def may_be(text: str) -> bool:
    """Whether a line could name what stands below it: short, no sentence, no item, no number, nobody bound by it."""
    if not 1 < len(text) <= LONGEST or _SAYS.search(text) or _COUNTS.search(text):
        return False
    return items.label(text) is None and not text.startswith("第") and "\t" not in text


def marked(read: Iterable[Line]) -> frozenset[str]:
    """The file's own headings, with and without the marks that they print (1.1 修改)."""
    heads = [line.bare for line in read if line.heading]
    named = (text[m.end() :].lstrip(BLANKS) for text in heads if (m := PRINTED.match(text)))
    return frozenset([*heads, *named, *(mark.rest for text in heads if (mark := items.label(text)))])


def printed(texts: Iterable[str]) -> list[Oddity]:
    """Headings that print a number like 1.1, where it makes no address."""
    return [Oddity(None, t, PRINTED_WHY) for t in texts if PRINTED.match(t)]


def above(text: str, below: str) -> bool:
    """Whether a line names what stands below it, in a part of the text that has no articles: a sentence, or its lead."""
    return may_be(text) and (below[-1:] in (*ENDED, "：", ":") or bool(_CLAUSE.search(below)) or may_be(below))


def at_the_end(texts: Sequence[str]) -> int:
    """How many of the last lines are headings of what follows: they stand below a sentence that has ended."""
    for count in range(MOST_TOGETHER, 0, -1):
        if len(texts) > count and all(map(may_be, texts[-count:])) and texts[-count - 1][-1:] in ENDED:
            return count
    return 0


_STATES = re.compile("[分半][之数數]|[過过]半|[0-9０-９%％]|[者的][。；]?$")
"""What no heading says: a number, or who is meant (逾任期二分之一者)."""
_SENTENCE = re.compile("[。，；：！？,;:]|[应應须須得]|可以|自愿|自願")


def without(texts: list[str], marked: set[str], more: bool) -> tuple[list[str], list[str]]:
    """An article's lines without headings: those markup says are, and a bare one at its end before the next article."""
    taken = [t for t in texts[1:] if t in marked]
    kept = texts[:1] + [t for t in texts[1:] if t not in marked]
    if not more:
        return kept, taken
    ended = len(kept) > 1 and kept[-2][-1:] in ("。", "！", "？")
    count = at_the_end(kept) or int(ended and (headings.may_name_a_chapter(kept[-1]) or _numbers_a_chapter(kept)))
    return kept[: len(kept) - count], taken + kept[len(kept) - count :]


def _numbers_a_chapter(texts: list[str]) -> bool:
    """Whether an article's last line is a numbered heading (3. 附则): no item of the article leads up to its number."""
    last = items.label(texts[-1])
    if last is None or last.number < 2 or len(last.rest) > headings.SHORT or _SENTENCE.search(last.rest.rstrip("。")):
        return False
    if _STATES.search(last.rest):
        return False  # an item whose predecessors are missing is still law
    return not any(m and m.kind == last.kind and m.number == last.number - 1 for m in map(items.label, texts[:-1]))


def doubtful(texts: Sequence[str], more: bool, article: bool = False) -> list[str]:
    """Lines that may be headings and were left in the text: inside it, below a sentence and above one.

    Also one at the end, before what follows, below an item that has no end, or below any such line of an article that is longer.
    """
    inside = [
        text
        for above, text, below in zip(texts, texts[1:], texts[2:], strict=False)
        if may_be(text) and above[-1:] in ENDED and (below[-1:] in (*ENDED, "：", ":") or items.label(below))
    ]
    open_end = (
        more
        and len(texts) > 1
        and headings.may_name_a_chapter(texts[-1])
        and may_be(texts[-1])
        and (items.label(texts[-2]) is not None or (article and len(texts[-1]) < len(texts[-2])))
        and texts[-2][-1:] not in (*ENDED, "：", ":", "，", "、")
    )
    return [*inside, texts[-1]] if open_end else inside


def goes_on(lines: Sequence[Line], at: int) -> bool:
    """Whether 2. 会员 above an article is the next item of the one before: its 1. stands there."""
    own = items.label(lines[at].bare)
    for line in reversed(lines[:at] if own and own.kind == "dotarabic" else []):
        mark = items.label(line.bare)
        if own and mark and mark.kind == own.kind and mark.number == own.number - 1:
            return True
        if headings.article(line.text):
            return False
    return False
