"""What the reader alone decided of a text's structure: which of it a person must have seen before the text is frozen.

A stray blank or a page number is shown and needs no answer. A line that was taken for a heading, words that belong to no article, a
number that does not follow the one before: whoever freezes the text says of each that it is so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from gongyue.covenant.parser import (
    bare_headings,
    body,
    divisions,
    docx,
    headings,
    items,
    lines,
    lost_structure,
    numbered_headings,
    oddities,
    part_oddities,
)
from gongyue.covenant.parser.endings import SIGNED, closes, is_annex
from gongyue.covenant.parser.frame import PREAMBLE_WHY
from gongyue.covenant.parser.lines import Line
from gongyue.covenant.parser.structure import BETWEEN_WHY, TAIL_WHY
from gongyue.covenant.text import Oddity, Outline, Part

NO_TITLE_WHY = "文首没有标题，以文件名代之 / no title at the head of the text; the file's name is used"
RESTART_WHY = "条号在这一章重新自一起 / the articles are numbered from one again in this chapter"
UNNUMBERED_WHY = "这一章没有印章号，地址里的章号是按次序给的 / no number is printed for this chapter; the one in the address was given by order"
GAP_WHY = "编号与前一处不相连 / its number does not follow the one before"
PRINTED_WHY = (
    "行首所印的编号不是地址里的段号：请核对 / the numbers that these lines begin with are not those of the paragraphs in their addresses: "
    "look at them"
)
_EACH = part_oddities.UNDIVIDED | {
    bare_headings.WHY, bare_headings.UNSURE_WHY, bare_headings.BELOW_WHY, oddities.LIST_WHY, oddities.LABELS_WHY, oddities.CHAPTERS_WHY, body.NAME_WHY,
    part_oddities.NOTE_WHY, part_oddities.CUT_WHY, part_oddities.JOINED_WHY, BETWEEN_WHY, NO_TITLE_WHY, GAP_WHY,
}  # fmt: skip
"""Asked one by one."""
_TOGETHER = frozenset({
    RESTART_WHY, UNNUMBERED_WHY, PRINTED_WHY, part_oddities.UNREAD_MARKS_WHY, divisions.BARE_WHY, numbered_headings.WHY,
    bare_headings.PRINTED_WHY, bare_headings.WITHIN_WHY,
    lines.FOOTNOTE_WHY, lines.CODE_WHY, lines.FENCED_WHY, docx.HIDDEN_WHY, docx.BOX_WHY,
}) | lost_structure.ALL  # fmt: skip
"""What a text may have many of, alike: asked once, all of them quoted."""
MOST_EACH = 20
"""Places of one kind that are asked one by one; more of them are asked together."""
_SAYS = re.compile("[。；：！？;!?]|[应應须須]|不得")
_BINDS = re.compile("[应應须須]|不得|可以")
_DATED = re.compile(
    ".{0,60}(?:[0-9〇零一二三四五六七八九十]年.{0,80}|[0-9]{4}[-./][0-9]{1,2}.{0,40})(?:通过|通過|发布|發布|公布|施行|实施|修[订正改訂]|[制订訂]定?|核准|第.{1,6}号|日)?[）)]?"
)
"""When a text was adopted, amended or published, written below its title."""


def numbering(found: Outline) -> Iterator[Oddity]:
    """Articles numbered anew in a chapter, and numbers of chapters, parts and items that do not follow one another."""
    if found.scheme != "enumerated":  # there a chapter's number is in doubt itself
        yield from oddities.chapter_numbers(found.chapters)
    seen, before = set[str](), ("", 0)
    counted, above = set[int](), ""
    unnumbered, told = _unnumbered(found), set[str]()
    for part in found.parts:
        if part.chapter in unnumbered:
            unnumbered.remove(part.chapter)
            yield part_oddities.of(part, part.text.split("\n")[0][: headings.SHORT], UNNUMBERED_WHY)
        chapter, slash, own = part.at.rpartition("/")
        number = int(own) if slash and own.isdecimal() else 0
        if found.scheme == "articles":
            if slash and chapter not in seen and seen:
                yield part_oddities.of(part, part.text.split("\n")[0][: headings.SHORT], RESTART_WHY)
            seen |= {chapter} if slash else set()
        elif number and number != (before[1] + 1 if chapter == before[0] else 1):
            yield part_oddities.of(part, part.text.split("\n")[0][: headings.SHORT], GAP_WHY)
        before = (chapter, number) if number else ("", 0)
        chapter = chapter or part.at[0]  # ¶1, ¶2 count on as what is below one heading does
        loose = found.scheme in ("sections", "paragraphs") or chapter == "¶"
        counted = counted if loose and chapter == above else set()
        apart = list(oddities.labels_apart(part.items, _goes_on(part, counted)))
        for label in apart:
            yield part_oddities.of(part, label, oddities.LABELS_WHY)
        told |= {chapter} if apart else set()
        counted, above = _numbers_of(part) or counted, chapter
    yield from _printed(found.parts, told)


def _printed(parts: Sequence[Part], told: Collection[str]) -> Iterator[Oddity]:
    """Lists whose numbers are not those of their addresses, but in the sections of which the numbers are odd themselves."""
    for section, group in groupby(parts, key=lambda p: p.at.partition("/")[0]):
        marked = [(p, mark) for p in group if (mark := items.label(p.text))] if section[0] == "§" else []
        own = [p for p, _ in marked if _prints_another(p)]
        known = section in told and len({mark.kind for _, mark in marked}) == 1
        for part in own if len(own) > 1 and not known else ():  # one alone is no list
            yield part_oddities.of(part, part.text.split("\n")[0][: headings.SHORT], PRINTED_WHY)


def _prints_another(part: Part) -> bool:
    """Whether a paragraph of a section begins with a number of its own: 2） at §4/3, below a lead, or in a list within a list."""
    mark, own = items.label(part.text), part.at.partition("/")[2]
    return bool(mark and mark.number and own.isdecimal() and mark.number != int(own))


def _unnumbered(found: Outline) -> set[int | None]:
    """Chapters without a number of their own whose place among numbered ones stands in their addresses all the same."""
    if found.scheme != "articles" and not any(c.number for c in found.chapters):
        return set()  # sections that nobody numbers are at their order, and called so
    bare = {n for n, c in enumerate(found.chapters, 1) if c.number is None}
    return {p.chapter for p in found.parts if p.chapter in bare and _chapter_in(p.at) == str(p.chapter)}


def _chapter_in(at: str) -> str:
    """The chapter's number in an address: 3/2, §3, §3/1; empty where it has none."""
    chapter, slash, _ = at.partition("/")
    return chapter.strip("§") if slash or at.startswith("§") else ""


def _numbers_of(part: Part) -> set[int]:
    """The numbers of a part's first and last items: the next of either may be a part of its own."""
    ends = (items.label(part.items[i].label) for i in (0, -1)) if part.items else ()
    return {mark.number for mark in ends if mark and mark.number}


def _goes_on(part: Part, counted: set[int]) -> int:
    """The number before the part's first label where the parts above, of the same section, have it; else 0."""
    first = items.label(part.items[0].label) if part.items and part.items[0].label else None
    return first.number - 1 if first and first.number - 1 in counted else 0


def asked(odd: Sequence[Oddity], found: Outline) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """The oddities that need an answer: the words of each, or of all that are alike, why, and the part that the first is of, if any is."""
    together: dict[str, list[tuple[str, str]]] = {}
    labels = {p.label: p.at for p in found.parts}
    alike = Counter(plain(o.why) for o in odd)
    marked = {c.title for c in found.chapters}
    for o in odd:
        why, at = plain(o.why), str(o.article or labels.get(o.why.partition("：")[0], ""))
        if why in _TOGETHER or (why in _EACH and alike[why] > MOST_EACH):
            together.setdefault(why, []).append((o.words, at))
        elif why in _EACH:
            if not (why in (bare_headings.WHY, body.NAME_WHY) and o.words in marked):
                yield (o.words,), o.why, at
        elif _says_more(o):
            yield (o.words,), o.why, at
    for why, own in together.items():
        yield tuple(words for words, _ in own), why, own[0][1]


def is_asked(o: Oddity) -> bool:
    """Whether an oddity, by what it is, needs an answer."""
    why = plain(o.why)
    return why in _TOGETHER or why in _EACH or _says_more(o)


def plain(why: str) -> str:
    """What is said without the place before it."""
    return next((one for one in (*_EACH, *_TOGETHER) if why == one or _placed(why, one)), why)


def _placed(why: str, one: str) -> bool:
    chinese, _, english = one.partition(" / ")
    said, _, in_english = why.partition(" / ")
    return said.endswith("：" + chinese) and in_english.endswith(": " + english)


def _says_more(o: Oddity) -> bool:
    """Whether words outside the articles are more than a title, a date or a signature."""
    return (o.why == PREAMBLE_WHY and _more_than_a_title(o.words)) or (
        o.why == TAIL_WHY and _more_than_signatures(o.words)
    )


def _only_dates(line: str) -> bool:
    """Whether a line above the articles says when the text was adopted or amended, and nothing that anybody must do."""
    return bool(_DATED.fullmatch(line)) and not _BINDS.search(line)


def _more_than_a_title(words: str) -> bool:
    """Whether lines above the articles say something, or are more than one that neither dates nor signs the text."""
    left = [line for line in words.split("\n") if not (_only_dates(line) or closes(line) or body.is_published(line))]
    return len(left) > 1 or any(_SAYS.search(line) or len(line) > headings.SHORT for line in left)


def _more_than_signatures(words: str) -> bool:
    """Whether what stands below the last article is an annex, or says something."""
    return any(
        is_annex(line)
        or (not closes(line) and bool(_SAYS.search(line)) and not (SIGNED.match(line) and line[-1] not in "。；"))
        for line in words.split("\n")
    )


def line_of(read: Sequence[Line], words: str, why: str, nth: int = 0, begin: int = 0) -> int:
    """The number of the line that the words stand in: that which was noted, else the same line, else one that has them.

    Of several such lines the `nth`, from 0, so far as there are as many; of those from the line numbered `begin` on, if any is.
    """
    if why == oddities.CHAPTERS_WHY:
        named = [(x.number, d) for x in read if (d := headings.division(x.text) or headings.known_division(x.text))]
        exact = [n for n, d in named if f"第{d.number}章 {d.title}".strip() == words]
        return next(iter(exact or [n for n, d in named if words.startswith(f"第{d.number}章")]), 1)
    if noted := [line.number for line in read if any(w == words and y == why for w, y in line.notes)]:
        return noted[min(nth, len(noted) - 1)]
    first = next((w for w in words.split("\n") if w.strip()), "").strip()
    below = [line for line in read if line.number >= begin]
    having = _having(below, first) or _having(read, first)
    having = having or [line.number for line in read if line.bare]
    return having[-1 if why == TAIL_WHY else min(nth, len(having) - 1)] if having else 1


def _having(read: Sequence[Line], first: str) -> list[int]:
    """The lines that are these words, else begin with them, else have them."""
    if same := [line.number for line in read if line.bare == first]:
        return same
    begun = [line.number for line in read if line.bare.startswith(first[:_ODD])] if first else []
    return begun or [line.number for line in read if first[:_ODD] in line.bare]


_ODD = 12
"""Characters by which a line is found."""


def part_of(found: Outline, words: str, why: str, nth: int = 0) -> str:
    """The address of the part that has the words, of several the `nth`; empty where none has, as of what was left out."""
    first = words.split("\n", maxsplit=1)[0]
    having = [p.at for p in found.parts if first and first in p.text] if why != lines.CODE_WHY else []
    return having[min(nth, len(having) - 1)] if having else ""
