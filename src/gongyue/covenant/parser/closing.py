"""A paragraph that blank lines set off from the list above it is the text's own, and not its last item's."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

import msgspec

from gongyue.covenant.parser import bare_headings, items, part_oddities
from gongyue.covenant.parser.body import SAID
from gongyue.covenant.parser.line_places import LinePlaces
from gongyue.covenant.parser.lines import Line
from gongyue.covenant.parser.oddities import LIST_WHY
from gongyue.covenant.parser.paragraphs import part_of
from gongyue.covenant.text import Oddity, Outline, Part

_NAME = re.compile(f"[^，。；：！？,;:!?]{{1,{bare_headings.LONGEST}}}")


def set_apart(found: Outline, read: Sequence[Line]) -> Outline:
    """The outline with such paragraphs as parts of their own (`¶n`), and with those asked about that blank lines cannot tell.

    Of texts without 条 alone, where each item of a list is a part.
    """
    if found.scheme == "articles" or not any("\n" in p.text for p in found.parts):
        return found
    parts: list[Part] = []
    odd: list[Oddity] = []
    named = bare_headings.marked(read)
    listed = [p.text.split("\n") for p in found.parts if "/" in p.at]
    titled = sum(_is_titled(texts) for texts in listed)
    for part, own_lines in _with_lines(found.parts, read):
        texts = part.text.split("\n")
        below_list = _lists(part, own_lines) or (part is found.parts[-1] and _states(part, texts, own_lines))
        if not (
            below_list
            and len(texts) > 1
            and _gap(*own_lines[-2:])
            and _closes(texts, named)
            and not own_lines[-1].bullet
        ):
            parts.append(part)
            continue
        own = _is_titled(texts)
        if own and titled > 1:  # 1. 施行 stands above its text, as other items do
            parts.append(part)
        elif _spaced(own_lines[int("/" not in part.at) : -1]) or (own and len(listed) == 1):
            parts.append(part)
            odd.append(part_oddities.of(part, texts[-1], LIST_WHY))
        else:
            parts += [
                part_of(part.at, part.label, part.chapter, "\n".join(texts[:-1])),
                part_of("¶", "", part.chapter, texts[-1]),
            ]
    return msgspec.structs.replace(found, parts=tuple(_counted(parts)), oddities=(*found.oddities, *odd))


def _with_lines(parts: Sequence[Part], read: Sequence[Line]) -> Iterator[tuple[Part, list[Line]]]:
    """Each part with the file's lines that it is made of, and before them the line above."""
    lines, filled = LinePlaces(read), [line for line in read if line.bare]
    place_of = {line.number: i for i, line in enumerate(filled)}
    top = Line(0, "")
    for part in parts:
        lines.reach(part)
        places = [place_of.get(lines.of(begin), 0) for _, begin in lines.each()]
        yield part, [filled[places[0] - 1] if places[0] else top, *(filled[i] for i in places)]


def _lists(part: Part, own: Sequence[Line]) -> bool:
    """Whether a part is an item, or a division with a list of bullets, and something stands below its last one."""
    if "/" in part.at:
        return len(own) > 2 and not own[1].heading
    return len(own) > 2 and part.at[0] not in "¶§" and own[-2].bullet


def _states(part: Part, texts: Sequence[str], own: Sequence[Line]) -> bool:
    """Whether a last division is a sentence (四、爱护公物。), no name, and blank lines stand nowhere between it and the one above."""
    return part.at[0] not in "¶§" and "/" not in part.at and bool(SAID.search(texts[0])) and not _spaced(own[:-1])


def _gap(above: Line, below: Line) -> bool:
    return below.number > above.number + 1


def _spaced(own: Sequence[Line]) -> bool:
    """Whether blank lines stand between the lines of the list too, so that one more says nothing."""
    alike = [line for line in own if line.bullet == own[-1].bullet]
    return any(_gap(a, b) for a, b in pairwise(alike))


def _closes(texts: Sequence[str], named: Collection[str]) -> bool:
    """Whether a part's last line is a sentence without a mark, and the line above it neither leads up to it nor is a heading."""
    above, last = texts[-2:]
    return last[-1:] in "。！？" and not items.label(last) and above[-1:] not in "：:，,、" and above not in named


def _is_titled(texts: Sequence[str]) -> bool:
    """Whether an item could be a name and the text below it: 1. 施行."""
    return len(texts) > 1 and bool(_NAME.fullmatch(texts[0])) and texts[1][-1:] in "。；！？：:"


def _counted(parts: Sequence[Part]) -> Iterator[Part]:
    """Paragraphs outside of any division counted on through the text."""
    n = 0
    for part in parts:
        n += part.at[0] == "¶"
        yield msgspec.structs.replace(part, at=f"¶{n}", label=f"第{n}段") if part.at[0] == "¶" else part
