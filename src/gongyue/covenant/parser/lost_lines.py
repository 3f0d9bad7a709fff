"""What of the structure may be lost that only the lines of the file tell: blank lines around a short one, bullets below a sentence.

Nothing is read otherwise here: it is asked about, in texts without 条, with what else may be lost of the same kind; and in any text the
headings that its own markup has and that name nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from gongyue.covenant.numerals import CHINESE
from gongyue.covenant.parser import bare_headings, divisions, headings, items, lost_structure, part_oddities
from gongyue.covenant.parser.endings import closes, is_annex
from gongyue.covenant.parser.frame import PREAMBLE_WHY, names_a_kind
from gongyue.covenant.parser.lines import BLANKS, Line
from gongyue.covenant.parser.structure import TAIL_WHY
from gongyue.covenant.text import Oddity, Outline

_OF_HEADINGS = tuple(
    why.partition(" / ")[0]
    for why in (divisions.BARE_WHY, bare_headings.UNSURE_WHY, bare_headings.WHY, lost_structure.SHORT_WHY)
)
"""What is said of a line that is read as a heading, or may be one, though nothing marks it."""
_STOP = re.compile("[。；：！？…，,;:!?、\t]")
_LEADS = re.compile(
    "[下左右]列|[如][下左]"
    f"|(?<![0-9０-９{CHINESE}%％人名岁歲天日月年元票次级級个個分半数數])以下(?!的?(?:[简簡]?[称稱]|人|者))"
)
"""以下 that points at what is below; 三人以下 and 以下简称 do not."""
_WHOLE = frozenset({PREAMBLE_WHY, TAIL_WHY})
"""What stands above or below all articles is told as a whole, whatever its lines are."""
_COUNTED = re.compile(rf"[1-9][0-9]?[{BLANKS}]+([^0-9].*)")
"""2 角色, a heading that prints its number without a stop."""
LEAST_LED = 2
"""Short lines that begin with signs from which a text is taken to mark its headings so."""


def find(found: Outline, odd: Collection[Oddity], read: Sequence[Line], told: Collection[str]) -> Iterator[Oddity]:
    """What to look at in a text without 条; `told`: lines that are asked about already."""
    body = [line for line in read if line.bare]
    firsts = {p.text.split("\n")[0] for p in found.parts if p.at[0] in "¶§"}
    for above, line in pairwise(body):
        listed = line.bullet or ((mark := items.label(line.bare)) is not None and mark.number < 2)
        if listed and line.bare in firsts and _leads(above.bare) and above.bare not in told:
            yield Oddity(None, above.bare, lost_structure.STOPPED_WHY)
    bare = {item.text for p in found.parts for item in p.items if not item.label}
    for above, line in pairwise(body):
        broken = above.bullet and not line.bullet and line.text[:1] in BLANKS and line.number == above.number + 1
        deeper = above.bullet and line.bullet and line.indent > above.indent and {above.bare, line.bare} <= bare
        if deeper and above.bare not in told and above.bare[-1] not in "：:":  # that is another doubt
            yield Oddity(None, f"{above.bare}\n{line.bare}", lost_structure.NESTED_WHY)
        if broken and line.bare in bare and above.bare not in told:
            yield Oddity(None, f"{above.bare}\n{line.bare}", part_oddities.BROKEN_WHY)
    heads = {o.words for o in odd if any(why in o.why for why in _OF_HEADINGS)}
    if found.title and not names_a_kind(found.title) and _heads_too(body, found.title, heads):
        yield Oddity(None, found.title, lost_structure.TITLED_WHY)
    text = {t for p in found.parts for t in p.text.split("\n")}
    text -= {t for p in found.parts for item in p.items for t in item.text.split("\n")}
    alike = [t for t in _alike(body, heads) if t in text and t not in told]
    yield from (Oddity(None, words, lost_structure.SHORT_WHY) for words in dict.fromkeys(alike))


def _heads_too(body: Sequence[Line], title: str, heads: Collection[str]) -> bool:
    """Whether the title stands as headings below do: as high as one of the file's own, or right above a sentence as those that nothing marks."""
    i = next((i for i, line in enumerate(body[:-1]) if line.bare == title), None)
    if i is None:
        return False
    if body[i].level:
        return any(0 < line.level <= body[i].level for line in body[i + 1 :])
    above_words = (
        body[i + 1].bare not in heads and not body[i + 1].heading and body[i + 1].bare[-1] in bare_headings.ENDED
    )
    return above_words and any(
        _look(body, j) == _look(body, i) for j, line in enumerate(body) if j > i and line.bare in heads
    )


def _leads(text: str) -> bool:
    """Whether the last sentence of a line speaks of what is below and yet ends in a full stop."""
    return text[-1] == "。" and bool(_LEADS.search(text[:-1].rpartition("。")[2]))


def _alike(body: Sequence[Line], heads: Collection[str]) -> Iterator[str]:
    """Short lines that stand as those do which are headings or may be: between blank lines, below a sentence, behind a sign."""
    short = [i for i, line in enumerate(body) if _is_short(line)]
    looks = {_look(body, i) for i in short if body[i].bare in heads} - {None}
    led = {i for i in short if _sign(body[i].bare) and _apart(body, i)}
    for i in short:
        signed = i in led and len(led) >= LEAST_LED
        if i + 1 < len(body) and (signed or (looks and (_look(body, i) in looks or _look(body, i) == (True, True)))):
            yield body[i].bare


def _is_short(line: Line) -> bool:
    """Whether a line has no stop and no mark, and is not longer than a heading."""
    if line.heading or line.bullet or not 1 < len(line.bare) <= bare_headings.LONGEST or _STOP.search(line.bare):
        return False
    return items.label(line.bare) is None and headings.division(line.bare) is None


def _look(body: Sequence[Line], i: int) -> tuple[bool, bool] | None:
    """Whether blank lines stand above it and below; None where it only goes on with the line above."""
    below = i + 1 < len(body) and body[i + 1].number > body[i].number + 1
    ended = not i or body[i - 1].bare[-1] in bare_headings.ENDED
    return (_apart(body, i), below) if _apart(body, i) or ended else None


def _apart(body: Sequence[Line], i: int) -> bool:
    return not i or body[i].number > body[i - 1].number + 1


def _sign(text: str) -> bool:
    return unicodedata.category(text[0]) in ("So", "Sm", "Sk")


def headings_unread(found: Outline, odd: Collection[Oddity], read: Sequence[Line]) -> Iterator[Oddity]:
    """The file's own headings that name no chapter, open no article and no numbered part, and are told of nowhere by themselves."""
    named = {c.title for c in found.chapters} | {
        t for p in found.parts if p.at[0] != "¶" for t in p.text.split("\n")[:1]
    }
    told = {t for o in odd if o.why not in _WHOLE for t in o.words.split("\n")}
    for line in read:
        text = line.bare
        if not line.heading or not text or text in told or text in found.title:
            continue
        if headings.article(text) or headings.division(text) or closes(text) or is_annex(text):
            continue
        printed, mark = bare_headings.PRINTED.match(text), items.label(text)
        forms = {text, text[printed.end() :].lstrip(BLANKS) if printed else text, mark.rest if mark else text}
        forms |= {counted[1]} if (counted := _COUNTED.fullmatch(text)) else set()
        if not forms & named:
            yield Oddity(None, text, lost_structure.UNREAD_WHY)
