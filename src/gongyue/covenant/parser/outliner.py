"""Any Chinese text as parts at stated addresses: articles however they are numbered here, the rest in `divisions`.

`reading.read` lists a text and refuses what is not continuous; this is what founding and binding read: a gap, a repeat or a
mistyped numeral is a doubt with its place, which a person resolves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

import msgspec

from gongyue.covenant.numerals import NUMERAL, parse, to_chinese
from gongyue.covenant.parser import (
    assumptions,
    bare_headings,
    bullets,
    closing,
    decimals,
    divisions,
    enumerated,
    headings,
    items,
    lines,
    lost_lines,
    lost_structure,
    mending,
    part_oddities,
    parting,
    structural,
    structure,
)
from gongyue.covenant.parser.body import is_published
from gongyue.covenant.parser.endings import closes, is_annex
from gongyue.covenant.parser.frame import PREAMBLE_WHY, Frame, frame
from gongyue.covenant.parser.headings import Heading
from gongyue.covenant.parser.language import require_chinese
from gongyue.covenant.parser.lines import Line
from gongyue.covenant.text import Chapter, Doubt, Oddity, Outline, Part

_COMMA = re.compile(rf"{lines.B}*第{lines.B}*({NUMERAL}){lines.B}*[条條]{lines.B}*[，,。]{lines.B}*(?=\S)")
_DASHED = re.compile(rf"{lines.B}*第{lines.B}*([0-9]{{1,4}})-([0-9]{{1,2}}){lines.B}*[条條](?!第|[、，的])")


def build(
    read: list[Line],
    unit: str,
    stem: str,
    digest: str,
    encoding: str,
    resolved: Mapping[int, str] | None = None,
    said: Mapping[int, str] | None = None,
) -> Outline:
    """The text's parts; `resolved` says of a line with a doubt what it is: an address, or "" for no heading. `said`: see `mending`.

    Raises `Unreadable` where the text is not Chinese or has no parts.
    """
    require_chinese("\n".join(line.text for line in read))
    read, roles = parting.parted(read, said or {})
    read = headings.without_bulleted_mentions(read)
    own = parting.without_names(read, roles)
    if any(headings.article(line.text) for line in structure.unfold(own)):
        found = _articles(own, unit, resolved or {})
    else:
        found = (
            enumerated.outline(own)
            or decimals.outline(own)
            or decimals.headed(own)
            or decimals.pairs(own)
            or divisions.sections(own)
            or divisions.paragraphs(own)
        )
        found = closing.set_apart(found, own)
        left = (Oddity(None, *note) for line in read for note in line.notes)
        found = msgspec.structs.replace(found, oddities=(*found.oddities, *left))
    found = mending.mended(found, read, roles, resolved)
    found = msgspec.structs.replace(found, parts=tuple(bullets.kept(found.parts, read)))
    named = bare_headings.marked(read) | {c.title for c in found.chapters}
    odd = (*found.oddities, *part_oddities.find(found.parts, named), *structural.numbering(found))
    odd += () if found.title else (Oddity(None, stem, structural.NO_TITLE_WHY),)
    told = {text for o in odd if structural.is_asked(o) for text in o.words.split("\n")}
    odd += tuple(lost_structure.find(found.parts, found.chapters, found.scheme, told))
    odd = tuple(bullets.without((*odd, *bullets.beyond(found.parts)), read))
    told |= {text for o in odd if structural.is_asked(o) for text in o.words.split("\n")}
    if found.scheme != "articles":
        odd += tuple(lost_lines.find(found, odd, read, told))
    odd += tuple(lost_lines.headings_unread(found, odd, read))
    odd = tuple(mending.settled(odd, read, roles)) if roles else odd
    assumed = tuple(assumptions.find(found, odd, read))
    return msgspec.structs.replace(
        found, title=found.title or stem, oddities=odd, assumed=assumed, shares=tuple(assumptions.shares(found, read)),
        digest=digest, encoding=encoding,
    )  # fmt: skip


# -- articles


class _Numbered(structure.Builder):
    """Takes articles as they are numbered and says where the numbering does not hold."""

    def __init__(self, framed: Frame, unit: str, resolved: Mapping[int, str]) -> None:
        super().__init__(framed, unit)
        self._resolved, self._doubts = resolved, list[Doubt]()
        self.addresses: list[str] = []
        self._counted = Counter[str]()
        self.restarts = False
        self._next = ""
        self._started_in = -1
        self._later = [h.number if (h := self._heading(line.text)) else 0 for line in self._lines]

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        return tuple(self._doubts)

    @property
    def _expected(self) -> int:
        """The next number, past those that stood before their turn (1, 3, 2, 4)."""
        number = super()._expected
        while not self.restarts and str(number) in self.addresses:
            number += 1
        return number

    def _heading(self, text: str) -> Heading | None:
        """As headings have it, and 第十六条，…, 第二条。… and 第 46-1 條 too."""
        if found := headings.article(text):
            return found
        if dashed := _DASHED.match(text):
            return Heading(int(dashed[1]), text[dashed.end() :].strip(), True, int(dashed[2]))
        if headings.mistyped(text):
            return Heading(0, text.partition("条" if "条" in text else "條")[2].strip(), True)
        comma = _COMMA.match(text)
        number = parse(comma[1]) if comma else None
        return Heading(number, text[comma.end() :].strip(), False) if comma and number else None

    def _is_heading(self, heading: Heading, index: int) -> bool:
        line = self._lines[index]
        if (said := self._resolved.get(line.number)) is not None:
            self._next = said
            return bool(said)
        if self._goes_on(heading, index):
            return False
        at, why = self._place(heading, index)
        if not why and not self.restarts and at in self.addresses and at != "1":
            why = f"第{at}条已有 / article {at} is there already"
        if why:
            self._doubts.append(Doubt(line.number, line.bare[:40], at, why))
        self._next = at
        return bool(at)

    def _goes_on(self, heading: Heading, index: int) -> bool:
        """Whether the label only goes on with the line before."""
        line = self._lines[index]
        if _COMMA.match(line.text):
            ended = not self._last or self._last[-1] not in "，,、：:" and not headings.RUNS_ON.search(self._last)
            return not (ended and heading.number == self._expected)
        if headings.RUNS_ON.search(self._last) and not heading.firm:
            return True
        may = headings.MAY_RUN_ON.search(self._last) and not heading.firm
        if heading.number == self._expected:
            return bool(may and self._expected in self._later[index + 1 :])
        return bool(may and len(self._last) >= structure.BROKEN) or bool(headings.RUNS_ON.search(self._last))

    def _place(self, heading: Heading, index: int) -> tuple[str, str]:
        """The article's address, and why it is in doubt."""
        number, expected = heading.number, self._expected
        below = next((n for n in self._later[index + 1 :] if n), 0)
        if not number:  # 第—条: whatever was meant, only the next article tells
            at = str(expected) if below == expected + 1 else ""
            read_as = f"读作第{at}条 / read as {at}" if at else "读作正文 / read as text"
            return at, f"第{headings.mistyped(self._lines[index].text)}条不是条号，{read_as}"
        if heading.inserted is not None:
            at = f"{number}.{heading.inserted}"
            return (at, "") if number == expected - 1 else (at, _why(expected, f"{number}之{heading.inserted}"))
        if number == expected:
            return str(number), ""
        if number == 1 and len(self._chapters) != self._started_in:
            self.restarts = True
            return "1", ""
        if below == expected + 1 and below != number + 1:
            return str(expected), _why(expected, str(number)) + f"，疑为误写，读作第{expected}条 / read as {expected}"
        if number > expected:
            return str(number), _why(expected, str(number))
        if not heading.firm:
            return "", _why(expected, str(number)) + "，读作提及 / read as a mention"
        times = self._times(number)
        return (f"{number}#{times + 1}" if times else str(number)), _why(expected, str(number))

    def _start_article(self, line: Line, heading: Heading, residue: list[str]) -> None:
        number = self._next.partition("#")[0].partition(".")[0]
        at = self._next
        if "/" not in at and (self.restarts or (self.addresses and at == "1" and "1" in self.addresses)):
            at = f"{self._chapter_number()}/{at}"
        self._started_in = len(self._chapters)
        self.addresses.append(at)
        self._counted[at.partition("#")[0]] += 1
        number = number.rpartition("/")[2]
        super()._start_article(
            line, Heading(int(number) if number.isdecimal() else heading.number, heading.rest, True), residue
        )

    def _times(self, number: int) -> int:
        """How often the number was there: in its chapter, where each begins anew."""
        own = f"{self._chapter_number()}/{number}" if self.restarts else str(number)
        return self._counted[own]

    def _chapter_number(self) -> int:
        chapter = self._chapters[-1] if self._chapters else None
        return (chapter.number or len(self._chapters)) if chapter else 1

    def _take(self, index: int) -> int:
        text = headings.without_residue(self._lines[index].text)[0]
        if (
            (_COMMA.match(text) or _DASHED.match(text) or headings.mistyped(text))
            and (heading := self._heading(text))
            and self._is_heading(heading, index)
        ):
            self._start_article(self._lines[index], heading, [])
            return 1
        return super()._take(index)


def _why(expected: int, found: str) -> str:
    return f"应为第{expected}条，却是第{found}条 / article {expected} is expected, {found} is found"


def _articles(read: list[Line], unit: str, resolved: Mapping[int, str]) -> Outline:
    unfolded = structure.unfold(read)
    builder = _Numbered(frame(unfolded), unit, resolved)
    built = builder.build()
    oddities = list(built.oddities)
    parts: list[Part] = []
    for oddity in built.oddities:
        if oddity.why == PREAMBLE_WHY:
            texts = [t for t in oddity.words.split("\n") if t != built.title and not is_published(t)]
            parts += _paragraphs(texts, 1)
    chapters = built.chapters
    first = [_chapter_key(chapters, a.chapter) for a in built.articles]
    marked = {line.bare for line in unfolded if line.heading}
    unmarked = [c.title for c in chapters if c.number is None and c.title not in marked]
    unsure = _below_open_lines(unfolded, {*unmarked[1:]})
    oddities += [
        Oddity(None, t, divisions.BARE_WHY) for t in unmarked if t in unsure or not headings.names_a_chapter(t)
    ]
    between = list(built.between)
    for i, (article, at) in enumerate(zip(built.articles, builder.addresses, strict=True)):
        parts += _loose(between, i, parts)
        if builder.restarts and "/" not in at:
            at = f"{first[i] or 1}/{at}"
        parts.append(Part(at, _label(at), article.chapter, article.text, article.items))
    parts += _loose(between, len(built.articles), parts)
    parts += _below(built.oddities, marked, sum(p.at.startswith("¶") for p in parts))
    parts = divisions.unique_addresses(parts)
    return Outline(built.title, "articles", chapters, tuple(parts), tuple(oddities), builder.doubts)


def _below_open_lines(read: list[Line], titles: set[str]) -> set[str]:
    """Those of the headings right above which a line without an end stands: it may go on in them."""
    near = ((above, line) for above, line in pairwise(read) if line.bare in titles and above.bare)
    return {line.bare for above, line in near if above.bare[-1] not in bare_headings.ENDED}


def _loose(between: list[structure.Between], before: int, parts: list[Part]) -> list[Part]:
    """What stands below a chapter's name and above its article: paragraphs of the chapter, counted on."""
    own = [b for b in between if b.before == before]
    first = sum(p.at.startswith("¶") for p in parts) + 1 if own else 1
    return [Part(f"¶{n}", f"第{n}段", b.chapter, b.text, items.split([b.text])) for n, b in enumerate(own, first)]


def _below(oddities: tuple[Oddity, ...], marked: set[str], before: int) -> list[Part]:
    """Sentences below the last article and outside annexes: they may say how the text is changed, and can be bound."""
    tail = next((o.words.split("\n") for o in oddities if o.why == structure.TAIL_WHY), [])
    annex = next((i for i, t in enumerate(tail) if is_annex(t)), len(tail))
    kept = [t for t in tail[:annex] if t not in marked and not closes(t)]
    if not any(t[-1] in "。；！？" for t in kept):
        return []
    kept = [t for i, t in enumerate(kept) if i + 1 == len(kept) or not bare_headings.above(t, kept[i + 1])]
    return _paragraphs(kept, before + 1)


def _paragraphs(texts: list[str], first: int) -> list[Part]:
    return [Part(f"¶{i}", f"第{i}段", None, t, items.split([t])) for i, t in enumerate(texts, first)]


def _chapter_key(chapters: tuple[Chapter, ...], position: int | None) -> int:
    return 0 if position is None else chapters[position - 1].number or position


def _label(at: str) -> str:
    chapter, _, own = at.rpartition("/")
    number, _, again = own.partition("#")
    main, _, inserted = number.partition(".")
    words = f"第{main}条" + (f"之{inserted}" if inserted else "") + (f"（重出{again}）" if again else "")
    return f"第{to_chinese(int(chapter))}章{words}" if chapter else words
