"""Lists whose items are told apart by nothing but the bullets of the file: below no colon, or one within the other.

The items of a part follow from its characters (`items`), and the bullets of Markdown are no characters of it. Where the items cannot be
told without them, the lines keep their bullets: • before an item, ◦ before what stands below one, which no list begins with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from gongyue.covenant.parser import items, oddities
from gongyue.covenant.parser.line_places import LinePlaces, close
from gongyue.covenant.parser.lines import BLANKS, Line
from gongyue.covenant.text import Item, Oddity, Part

_ITEM, _BELOW = "• ", "◦ "
_DASH = re.compile(r"[-*+–—]\s+(?=\S)")
"""A bullet of a file that is no Markdown: a character of the text, which • takes the place of where it makes an item."""


def kept(parts: Iterable[Part], read: Sequence[Line]) -> Iterator[Part]:
    """The parts, those with bullets where their items cannot be told without; `read`: the lines of the file, with or without markup."""
    if not any(line.bullet or _DASH.match(line.bare) for line in read):
        yield from parts
        return
    places, by_key = LinePlaces(read), {line.key: line for line in read}
    for part in parts:
        places.reach(part)
        own = [(by_key[places.key_of(begin)], text) for text, begin in places.each()]
        depths = [_depth(line, text) for line, text in own]
        if not any(depth is not None for depth in depths[1:]):
            yield part
            continue
        texts = [text for _, text in own]
        yield part if _told(texts, depths, part.items) else _with_bullets(part, own, depths)


def beyond(parts: Iterable[Part]) -> Iterator[Oddity]:
    """Lines below an item whose characters no longer say so: behind a stop nothing tells them from a paragraph of the article."""
    for part in parts:
        listed = {t for item in part.items for t in item.text.split("\n")}
        lines = (t for t in part.text.split("\n") if t.startswith(_BELOW) and t not in listed)
        yield from (Oddity(None, text, oddities.LIST_WHY) for text in lines)


def without(odd: Iterable[Oddity], read: Sequence[Line]) -> Iterator[Oddity]:
    """What is odd, in the words of the file's lines, which have no such bullets."""
    if not any(line.bullet or _DASH.match(line.bare) for line in read):
        yield from odd
        return
    there = {line.bare for line in read}
    for one in odd:
        lines = [t if t in there else t.removeprefix(_ITEM).removeprefix(_BELOW) for t in one.words.split("\n")]
        yield replace(one, words="\n".join(lines))


def _depth(line: Line, text: str) -> int | None:
    """How far the bullet of a line is set in; None where it has none, or where the line is not these words alone."""
    if line.bullet and close(line.text) == close(text):
        return line.indent
    return len(line.text) - len(line.text.lstrip()) if _DASH.match(text) and line.bare == text else None


def _told(texts: list[str], depths: list[int | None], found: Sequence[Item]) -> bool:
    """Whether each bullet of the outer list begins an item, and none has a list below it."""
    begun = {item.text.split("\n")[0] for item in found} | {f"{i.label}{i.text}".split("\n")[0] for i in found}
    own = {depth for depth in depths[1:] if depth is not None}
    bulleted = (text for text, depth in zip(texts[1:], depths[1:], strict=True) if depth is not None)
    return len(own) == 1 and all(text in begun for text in bulleted)


def _with_bullets(part: Part, own: list[tuple[Line, str]], depths: list[int | None]) -> Part:
    """With bullets; below an item with a number of its own they are its own items. Two lists are one by their characters: they are left."""
    texts = [text for _, text in own]
    outer = min(depth for depth in depths[1:] if depth is not None)
    first = depths[0]
    if first is not None and first == outer:
        return part  # two bullets that somebody said to be of one part
    if _two_lists(own, depths, outer):
        return part
    marks = ["" if d is None or n == 0 else _ITEM if d == outer else _BELOW for n, d in enumerate(depths)]
    numbered = any(items.label(text) for text, depth in zip(texts, depths, strict=True) if depth is None)
    if numbered and any(items.label(t) for t, d in zip(texts, depths, strict=True) if d is not None):
        return part
    made = [mark + (_DASH.sub("", text) if mark else text) for mark, text in zip(marks, texts, strict=True)]
    text = "\n".join(made)
    return replace(part, text=text, items=items.split([t for t in made if t]))


def _two_lists(own: list[tuple[Line, str]], depths: list[int | None], outer: int) -> bool:
    """Whether a line that is as far out as the bullets, without a bullet or a number, stands between two of them."""
    places = [n for n, depth in enumerate(depths) if n and depth == outer]
    between = (n for n in range(places[0], places[-1]) if depths[n] is None)
    return any(own[n][0].text[:1] not in BLANKS and items.label(own[n][1]) is None for n in between)
