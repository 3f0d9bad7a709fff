"""What cannot be decided about the lines of a part: said with its place, for a person to look at."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from gongyue.covenant import addresses, numbers
from gongyue.covenant.binding import folding
from gongyue.covenant.numerals import CHINESE, parse
from gongyue.covenant.parser import bare_headings, headings, items
from gongyue.covenant.parser.oddities import LIST_WHY
from gongyue.covenant.text import Oddity, Part

_BRACKETED = re.compile("[（(][^（(）)]*(?:[（(][^（(）)]*[）)][^（(）)]*)*[）)][。.]?")
NOTE_WHY = "整段在括号里，可能是按语而不是条文：请核对 / a paragraph in brackets may be a note and no law: look at it"

JOINED_WHY = (
    "列举的上一行没有句末标点，与这一行连成一句来读：请核对其中的数 / the line of the list above has no stop "
    "and is read as one sentence with this one: look at its numbers"
)
BROKEN_WHY = (
    "冒号之下的各行读作各项，也可能是断成几行的一句：请核对 / lines below a colon are read as items; they may be one sentence broken "
    "into lines: look at them"
)
LAST_WHY = "一行之内的末项后面另有句子，可能属于本条：请核对 / sentences behind the last item within a line may be the article's own: look at them"
CHAPTER_WHY = (
    "行末另有章名，没有读作一章：请核对 / a chapter's name at the end of a line is not read as a chapter: look at it"
)
_CHAPTER = re.compile(f"[。；！？]\\s*第[{CHINESE}0-9]{{1,3}}[章编篇](?![、，的中第所规])[^，。；：]{{0,20}}$")
_NAME = re.compile("[。！？]\\s{0,4}([\u4e00-\u9fff]{2,8})$")
UNREAD_MARKS_WHY = (
    "各行开头依次的编号不是认得的项号，没有分作各项：请核对 / the numbers that begin these lines one after another are no marks known here, "
    "and the lines are not split into items: look at them"
)
_UNREAD_MARK = re.compile(rf"([0-9０-９{CHINESE}]{{1,2}})[，,:：)]|[（(<〈《]?([ivxIVX]{{1,4}}|[0-9]{{1,2}})[）)>〉》]")
_ROMAN = {"i": 1, "ii": 2, "iii": 3}
CUT_WHY = "末条没有句末标点，可能不全：请核对 / the last article has no stop at its end and may be cut off: look at it"
INLINE_WHY = "一行之内的“一、二、”“1. 2.”“a）b）”没有分作各项：请核对 / 一、二、 1. 2. or a) b) within one line are not split into items: look at it"
LEADS_WHY = (
    "以冒号收尾的一行之下另有列举，都读作同一列举的各项：请核对 / a line that ends with a colon leads up to a list of its own, and all of it is "
    "read as items of one list: look at it"
)
AGAIN_WHY = "一条之内的项号重新自一起，同一项号有两项：请核对 / the numbers of items begin at one again within one article, and two have the same: look at it"
UNDIVIDED = frozenset({BROKEN_WHY, INLINE_WHY, LAST_WHY, CHAPTER_WHY, LEADS_WHY, AGAIN_WHY})
"""Said of a line that may be several, or of several that may be one."""
_INLINE = re.compile(
    rf"(?<=[：:；;。，,])\s*([{CHINESE}]{{1,3}})[、．.](?!\s*[{CHINESE}]{{1,3}}[、．.])"
    r"|(?<=[：:；;。，,\s])(?:([0-9]{1,2})|([a-f]))(?:[、．.](?![0-9])|[）)])"
)
STOPS = "。；！？;!?”’」』）)…"


def _cut_off(parts: list[Part]) -> Iterator[Oddity]:
    """The last part, where it has no stop at its end and most of the others have one."""
    ends = [p.text.rstrip()[-1:] in STOPS for p in parts]
    if len(parts) > 2 and not ends[-1] and sum(ends) * 3 >= len(ends) * 2:
        yield of(parts[-1], parts[-1].text.split("\n")[-1], CUT_WHY)


def _inline(texts: list[str]) -> Iterator[str]:
    """Lines in which marks 一、二、 or 1. 2. that make no items count on from one behind a colon, a stop or a blank."""
    for text in texts:
        found = ["abcdef".index(m[3]) + 1 if m[3] else parse(m[1] or m[2]) for m in _INLINE.finditer(text)]
        if found[:2] == [1, 2] and len(items.pieces(text)) == 1:
            yield text


def _run_together(part: Part, named: Collection[str]) -> Iterator[str]:
    """Lines that state a share or a period and are read as one sentence with the line above or below, though neither is a broken one.

    None below a heading that states nothing, or a mark alone: neither ends in a stop, and no number is taken from it.
    """
    listed, end = {i.text for i in part.items if not i.label}, 0
    for above, line in pairwise(part.text.split("\n")):
        end += len(above) + (end > 0)
        broken = folding.only_wrapped(part.text, end) or folding.surely_on(above, line)
        if (broken and not (above in listed and line in listed)) or "\n" in folding.joined(f"{above}\n{line}")[0]:
            continue
        if (above in named and not _states(above)) or _only_mark(above):
            continue
        yield from [t for t in (line, above) if _states(t)][:1]


def _states(text: str) -> bool:
    return any(n.kind in ("share", "period") for n in numbers.read(text))


def _only_mark(text: str) -> bool:
    """Whether a line is a number and nothing more: （一）, 第三条."""
    mark, article = items.label(text), headings.article(text)
    return (mark is not None and not mark.rest) or (article is not None and not article.rest)


def _goes_on(pieces: list[str]) -> bool:
    """Whether the last item of a line has a sentence behind its own, and those before it have none."""
    *before, last = pieces
    return len(before) > 1 and "。" in last[:-1] and not any("。" in item[:-1] for item in before[1:])


def unread_marks(texts: Iterable[str]) -> Iterator[str]:
    """The first of lines that begin with 1，2， or (i) (ii) or <1> <2>: marks that make no items."""
    found = [(t, _ROMAN.get((m[1] or m[2]).lower()) or parse(m[1] or m[2])) for t in texts if (m := _unread_mark(t))]
    yield from (text for (text, one), (_, two) in pairwise(found) if (one, two) == (1, 2))


def _unread_mark(text: str) -> re.Match[str] | None:
    return None if items.label(text) else _UNREAD_MARK.match(text)


def _broken_items(part: Part) -> Iterator[str]:
    """Items without marks of which most end in a stop and some end in none: lines of one that somebody broke, with the line below each."""
    texts = [item.text for item in part.items if not item.label and "\n" not in item.text]
    open_ = [i for i, text in enumerate(texts[:-1]) if text[-1] not in STOPS + "，、：:,"]
    if open_ and sum(text[-1] in "；;。" for text in texts) >= max(2, len(open_)):
        yield "\n".join(t for i in open_ for t in texts[i : i + 2])


def _ends_in_a_name(text: str) -> bool:
    """Whether a line goes on behind its last sentence with a usual name of a chapter and nothing more: …退出。附则."""
    found = _NAME.search(text)
    return bool(found and headings.names_a_chapter(found[1]))


def _leads(part: Part) -> Iterator[str]:
    """Lines among items without marks that end with a colon, above another: 职责： below the names of 组成：."""
    leads = [item.text for item in part.items[:-1] if not item.label and item.text[-1:] in "：:"]
    if leads:
        yield "\n".join(leads)


def _again(texts: list[str]) -> Iterator[str]:
    """Where marks of the first one's kind begin anew: the line above, 职责：, or the item itself where another stands above it."""
    marks = [items.label(t) for t in texts]
    first = next((m.kind for m in marks if m and m.number), "")
    last = 0
    for (above, before), (text, mark) in pairwise(zip(texts, marks, strict=True)):
        if before and before.kind == first:
            last = before.number
        if mark and mark.kind == first and mark.number == 1 and last:
            yield text if before else above


def _undivided(part: Part, texts: list[str]) -> Iterator[tuple[str, str]]:
    """What the lines of a part may divide into and does not: broken lines, marks, chapters' names."""
    yield from ((BROKEN_WHY, text) for text in _broken(part))
    yield from ((LEADS_WHY, text) for text in _leads(part))
    yield from ((AGAIN_WHY, text) for text in _again(texts))
    yield from ((INLINE_WHY, text) for text in _inline(texts))
    yield from ((UNREAD_MARKS_WHY, text) for text in unread_marks(texts))
    yield from ((LAST_WHY, text) for text in texts if _goes_on(items.pieces(text)))
    yield from ((CHAPTER_WHY, text) for text in texts if _CHAPTER.search(text) or _ends_in_a_name(text))


def _broken(part: Part) -> Iterator[str]:
    """Lines without marks that are read as items, where one that has no stop may go on in the next."""
    for item, below in pairwise(part.items):
        ends = item.text[-1:] in STOPS or item.text[-1:] in "，,、：:"
        if (
            not (item.label or below.label or ends)
            and len(item.text) > bare_headings.LONGEST
            and below.text[-1:] in STOPS
        ):
            yield item.text


def _titles(parts: Sequence[Part]) -> list[str]:
    """The first lines of parts that have more, where each of them names what is below it: two at least, in a text of them alone."""
    heads = [texts[:2] for p in parts if len(texts := p.text.split("\n")) > 1]
    all_named = all(
        bare_headings.may_be(head) and below[-1:] in (*bare_headings.ENDED, "：", ":") for head, below in heads
    )
    return [head for head, _ in heads] if all_named and len(heads) > 1 else []


def find(parts: Iterable[Part], named: Collection[str] = ()) -> Iterator[Oddity]:
    """Paragraphs behind a list, and lines that may be headings; `named`: lines that are headings."""
    parts = list(parts)
    named = {*named, *_titles(parts)}
    for i, part in enumerate(parts, 1):
        texts = [t for t in part.text.split("\n") if t]
        behind = [] if _is_item(part, texts) else items.unsure(texts)
        for text in behind:
            yield of(part, text, LIST_WHY)
        for text in dict.fromkeys(_run_together(part, named)):
            yield of(part, text, JOINED_WHY)
        for text in texts[1:]:
            if _BRACKETED.fullmatch(text) and items.label(text) is None:
                yield of(part, text, NOTE_WHY)
        lettered = _lettered(texts)
        for text in bare_headings.doubtful(texts, i < len(parts), part.at[0] not in "¶§"):
            if text not in behind and not _listed(text, part) and text not in lettered:
                yield of(part, text, bare_headings.UNSURE_WHY)
        yield from (of(part, text, why) for why, text in _undivided(part, texts))
        yield from (of(part, text, BROKEN_WHY) for text in _broken_items(part))
    yield from _cut_off(parts)


def _is_item(part: Part, texts: Sequence[str]) -> bool:
    """Whether a part is one item of its section's list (1. 决策层) and the lines below it, and no list itself."""
    marks = [items.label(t) for t in texts]
    return part.at[0] in "¶§" and marks[0] is not None and not any(m and m.kind == marks[0].kind for m in marks[1:])


def _lettered(texts: list[str]) -> set[str]:
    """The lines of a list a. b. c.; one alone is none."""
    found = [t for t in texts if items.LETTER.match(t)]
    return set(found) if len(found) > 1 else set()


def told(oddities: Iterable[Oddity]) -> list[tuple[str, str, str]]:
    """Each with its place: the words, and what is said of them in Chinese and in English."""
    out = []
    for odd in oddities:
        chinese, _, english = odd.why.partition(" / ")
        at = str(odd.article or "")
        zh, en = (
            (f"{addresses.label_of(at)}：{chinese}", f"{addresses.in_english(at)}: {english}")
            if at
            else (chinese, english)
        )
        out.append((odd.words, zh, en))
    return out


def _listed(text: str, part: Part) -> bool:
    return any(text == line for item in part.items if not item.label for line in item.text.split("\n"))


def of(part: Part, words: str, why: str) -> Oddity:
    """An oddity of a part; where it has no article's number, its place is said in words."""
    if part.at.isdecimal():
        return Oddity(int(part.at), words, why)
    chinese, _, english = why.partition(" / ")
    return Oddity(None, words, f"{part.label}：{chinese} / {addresses.in_english(part.at)}: {english}")
