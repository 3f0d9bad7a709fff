"""What a person says of lines whose structure was read wrongly: the outline is built anew as they say, and nothing else of it changes.

Of any line: it is the title, a heading, begins a part of its own, goes on with the part above, is the rest of the line above, or is no text;
of words within a line see `parting`. A number alone on its line and the name beside it are one heading where both are said to be one. An
article that keeps its first line keeps its address; what is new is a paragraph. Paragraphs (¶n) count on, and so do sections that are
numbered by their order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from gongyue.covenant.addresses import label_of
from gongyue.covenant.parser import headings, items
from gongyue.covenant.parser.headings import Division
from gongyue.covenant.parser.line_places import close
from gongyue.covenant.parser.lines import Line
from gongyue.covenant.parser.outlined_lines import OutlinedLine, Role, labels, outlined_lines, words_of
from gongyue.covenant.parser.parting import ON, Key, parted
from gongyue.covenant.text import Chapter, Oddity, Outline, Part

ROLES: tuple[Role, ...] = ("title", "heading", "part", "above", "on", "out")
"""标题, 章节的标题, 另起一处, 接上一处, 与上一行连成一行, 不属于正文."""
OUT_WHY = "有人说明不属于正文 / somebody said that it is no text"


class LaidLine(msgspec.Struct, frozen=True):
    """A line of the file and what it is read as; `at` is the address of the part that it is in, empty where it is in none.

    `piece`: which piece of a line that a person parted, from 1. `said`: what a person said of it, empty where nobody did.
    """

    line: int
    words: str
    role: Role
    at: str = ""
    piece: int = 0
    said: str = ""


def laid(found: Outline, read: Sequence[Line], said: Mapping[int, str]) -> Iterator[LaidLine]:
    """Every line of the file that has words, as the outline has it that was mended by `said`."""
    own = words_of(read)
    rest = {n: words for (n, _), words in own.items() if said.get(n) == ON}
    read, roles = parted(read, said)
    names = [x for x in read if roles.get(x.key, "heading") == "heading"]
    lines = outlined_lines(found, read, names)
    first = {e.key: e for e in reversed(lines)}
    titles, numbers = _titles(found, read, roles), labels(found, read, lines)
    at, left, above = "", words_of(read) if said else own, ""
    for key, words in sorted([*(((n, 0), words) for n, words in rest.items() if (n, 0) not in left), *left.items()]):
        if key not in left:
            yield LaidLine(key[0], words, "out" if above == "out" else "on", at, said=ON)
            continue
        line = first.get(key, OutlinedLine(key, words))
        role: Role = "title" if key in titles else "heading" if key in numbers else line.role
        if role == "out" and roles.get(key) is None and _is_article_label(words):
            continue  # 第三条 on a line of its own: its words are on the next
        at, above = found.parts[line.part].at if line.part >= 0 and role != "title" else "", role
        yield LaidLine(key[0], own.get(key, words), role, at, key[1], roles.get(key, ""))


def mended(
    found: Outline, read: Sequence[Line], said: Mapping[Key, str], addresses: Mapping[int, str] | None = None
) -> Outline:
    """The outline in which every line of `said` (its key, its role) is what is said of it; any other is what it was. `read` is parted already.

    `addresses`: of lines that begin a part since somebody said so, at which address it is (14.1 of 第十四之一條); without one it is counted on.

    Items follow from a part's characters and cannot be said otherwise; a line that is not in the file changes nothing.
    """
    words = words_of(read) if said else {}
    said = {n: role for n, role in said.items() if n in words}
    if not said:
        return found
    lines = outlined_lines(found, read, read)
    numbers = labels(found, read, lines)
    said = {
        n: role for n, role in said.items() if n not in numbers or role != "heading"
    }  # 第三章 above 会员 is part of one
    bare = {chapter for key, chapter in numbers.items() if key in said}
    built = _Mended(_unnumbered(found, bare), words, said)
    for line, below in pairwise([*_with_lines(lines, words, said), OutlinedLine((0, 0), "")]):
        built.take(line, below)
    parts = _addressed(found, built, addresses or {})
    scheme = "sections" if found.scheme == "paragraphs" and built.chapters else found.scheme
    return msgspec.structs.replace(
        found, title=_title(found, read, said), scheme=scheme, chapters=tuple(built.chapters), parts=tuple(parts),
        doubts=tuple(d for d in found.doubts if said.get((d.line, 0), "part") == "part"),
    )  # fmt: skip


def _unnumbered(found: Outline, bare: Collection[int]) -> Outline:
    """The outline with chapters that have no number of their own, since the line with it is said to be something else."""
    chapters = tuple(Chapter(None, c.title) if n in bare else c for n, c in enumerate(found.chapters))
    return msgspec.structs.replace(found, chapters=chapters)


def settled(odd: Sequence[Oddity], read: Sequence[Line], said: Mapping[Key, str]) -> Iterator[Oddity]:
    """What is odd still where somebody has said what lines are; of several alike all must be said. Those that are no text are told with it."""
    words = words_of(read)
    there, told = Counter(words.values()), Counter(words[n] for n in said if n in words)
    known = {text for text, times in told.items() if times == there[text]}
    for one in odd:
        if left := [t for t in one.words.split("\n") if t not in known]:
            yield msgspec.structs.replace(one, words="\n".join(left))
    yield from (Oddity(None, words[n], OUT_WHY) for n, role in said.items() if role == "out" and n in words)


def _is_article_label(words: str) -> bool:
    heading = headings.article(words)
    return heading is not None and not heading.rest


def _with_lines(lines: list[OutlinedLine], words: Mapping[Key, str], said: Mapping[Key, str]) -> list[OutlinedLine]:
    """The lines, with those that were in no part and are said to be text in their places."""
    known = {e.key for e in lines}
    more = [OutlinedLine(n, words[n]) for n in sorted(said) if n not in known]
    out: list[OutlinedLine] = []
    for line in lines:
        while more and more[0].key < line.key:
            out.append(more.pop(0))
        out.append(line)
    return out + more


# -- as they are said to be


class _Made(msgspec.Struct):
    """A part as it is put together: which one it was (-1: a new one), its first line, its chapter, its lines."""

    part: int
    line: Key
    chapter: int | None
    texts: list[str]


class _Mended:
    """Takes the lines in their order."""

    def __init__(self, found: Outline, words: Mapping[Key, str], said: Mapping[Key, str]) -> None:
        self._found, self._words, self._said = found, words, said
        self.chapters: list[Chapter] = []
        self.parts: list[_Made] = []
        self._under: dict[int | None, int | None] = {None: None}
        """Of each chapter that was, under which heading its parts stand now."""
        self._now: int | None = None
        self._apart = True
        self._moved = self._kept = (0, 0)
        self._headed: bool | None = None
        """Whether somebody said of the line above that it is a heading; None where it is none."""
        self._beheaded = -2
        """The part whose first line is no text: what is left of it keeps its address."""

    def take(self, line: OutlinedLine, below: OutlinedLine) -> None:
        """Put a line where it belongs; `below` is the next. One that was read as several things is moved as one."""
        if line.chapter >= 0:
            self._now = line.chapter + 1
            self._under[self._now] = len(self.chapters) or None  # what is below a heading that is none
        elif line.part >= 0:
            self._now = self._found.parts[line.part].chapter
        if line.key == self._moved:
            return
        role = self._said.get(line.key, line.role) if line.key != self._kept else line.role
        moved = role != line.role
        self._moved, self._kept = (line.key, (0, 0)) if moved else ((0, 0), line.key)
        text = self._words[line.key] if moved else line.text
        headed, self._headed = self._headed, moved if role == "heading" else self._headed if role == "out" else None
        if role == "heading":
            self._head(line, text, below, moved, headed)
        elif role in ("out", "title"):
            self._apart |= line.first
            self._beheaded = line.part if line.first else self._beheaded
        elif role == "part" or self._apart:
            self._apart = False
            kept = line.part if (line.first or line.part == self._beheaded) and not moved else -1
            self._beheaded = -2
            self.parts.append(_Made(kept, line.key, self._under[self._now], [text]))
        else:
            self.parts[-1].texts.append(text)

    def _head(self, line: OutlinedLine, text: str, below: OutlinedLine, moved: bool, headed: bool | None) -> None:
        """A heading; `headed`: see `_headed`. One that is a number alone and the name beside it are one, where either was said."""
        division = headings.known_division(text) if moved else None
        made = Chapter(division.number or None, division.title) if division else Chapter(None, text)
        made = made if moved else self._found.chapters[line.chapter]
        if headed is not None and (moved or headed) and (whole := _one_heading(self.chapters[-1], made)):
            self.chapters[-1] = whole
        else:
            self.chapters.append(made)
        self._under[self._now] = len(self.chapters)
        if below.part >= 0:
            self._under[self._found.parts[below.part].chapter] = len(self.chapters)
        self._apart = True


def _one_heading(above: Chapter, below: Chapter) -> Chapter | None:
    """A chapter's number and its name, one above the other, as one; None where they are two headings."""
    for number, name in ((above, below), (below, above)):
        if number.number and not number.title and name.title and not name.number:
            return Chapter(number.number, name.title)
    return None


def _addressed(found: Outline, built: _Mended, given: Mapping[int, str]) -> Iterator[Part]:
    """The parts at their addresses: those that were keep them, new ones are counted as paragraphs or in their sections."""
    counted = _by_order([p.chapter for p in found.parts], found.chapters)
    ordered = found.scheme in ("sections", "paragraphs") and counted == [p.at for p in found.parts]
    if ordered:
        addresses = _by_order([m.chapter for m in built.parts], built.chapters)
    else:
        addresses = [found.parts[m.part].at if m.part >= 0 else given.get(m.line[0]) or "¶" for m in built.parts]
    loose = 0
    for made, at in zip(built.parts, addresses, strict=True):
        loose += at[0] == "¶"
        at = f"¶{loose}" if at[0] == "¶" else at
        text = "\n".join(made.texts)
        if made.part < 0 and at[0] not in "¶§":
            text = _PRINTED.sub("", text)
        was = found.parts[made.part] if made.part >= 0 else None
        if was and was.text == text:
            label = was.label if was.at == at else label_of(at)
            yield msgspec.structs.replace(was, at=at, label=label, chapter=made.chapter)
        else:
            yield Part(at, label_of(at), made.chapter, text, items.split([t for t in text.split("\n") if t]))


_PRINTED = re.compile(r"^\s*第[^，。；、\s]{1,10}[条條](?:之[^，。；、\s]{1,3})?[\s：:、.]*")
"""The label of an article whose address somebody gave."""


def _by_order(placed: Sequence[int | None], chapters: Sequence[Chapter]) -> list[str]:
    """Addresses by order: of each chapter's parts (§2/1, or §2 of the only one), and of what stands under none (¶1)."""
    named = [Division(c.number, "章", c.title) if c.number else None for c in chapters]
    own = headings.own_numbers(named) if named else []
    times, told = Counter(placed), Counter[int | None]()
    out = []
    for chapter in placed:
        told[chapter] += 1
        section = f"§{own[chapter - 1] if own else chapter}" if chapter else f"¶{told[chapter]}"
        out.append(f"{section}/{told[chapter]}" if chapter and times[chapter] > 1 else section)
    return out


# -- the title


def _titles(found: Outline, read: Sequence[Line], said: Mapping[Key, str]) -> set[Key]:
    """The lines that the title is of: those that are said to be, else the first whose words it is made of."""
    if chosen := {n for n, role in said.items() if role == "title"}:
        return chosen
    title, lines = close(found.title), set[Key]()
    for line in (x for x in read if x.bare and x.key not in said):
        words = close(line.text)
        if words and title.startswith(words):
            title = title[len(words) :]
            lines.add(line.key)
        if not title:
            return lines
    return set()


def _title(found: Outline, read: Sequence[Line], said: Mapping[Key, str]) -> str:
    """The title, as it is said; empty where the line that it was taken from is said to be something else."""
    words = words_of(read)
    chosen = [words[n] for n in sorted(said) if said[n] == "title"]
    if chosen:
        return "".join(chosen)
    return "" if _titles(found, read, {}) & said.keys() else found.title
