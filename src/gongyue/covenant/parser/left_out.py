"""The lines of a file that belong to no part of its text, each with why where the reader says so: nothing that was left out is unseen.

The parts' own words are laid beside the file's lines once more (`mending.laid`). So a line that was lost is found whatever lost it,
also where no rule knows about it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from gongyue.covenant.parser.lines import Line
from gongyue.covenant.parser.mending import OUT_WHY, laid
from gongyue.covenant.parser.parting import parted
from gongyue.covenant.text import LeftOut, Outline

_SIGNS = re.compile(r"[\W_]+")
_TAGS = re.compile(r"<[a-z]{1,10}\b[^<>]{0,200}>", re.IGNORECASE)
"""<br> alone on a line says nothing; <p 须经批准> does."""
_TOLD_ELSEWHERE = re.compile(r"\s{0,3}(?:```|~~~|\[\^)")
"""The fence of a block of code, and a footnote, which is told where its sign stands."""


def find(
    found: Outline, read: Sequence[Line], raw: Sequence[str] = (), said: Mapping[int, str] | None = None
) -> Iterator[LeftOut]:
    """The lines left out, in their order; `raw`: the lines of a Markdown file, of which markup leaves nothing at all now and then.

    `said`: what somebody said of lines, by which the outline was mended.
    """
    told = defaultdict[str, list[str]](list)
    for oddity in found.oddities:
        for words in oddity.words.split("\n"):
            told[_plain(words)].append(oddity.why)
    emptied, roles = _emptied(read, raw), said or {}
    out = {(x.line, x.piece): x.words for x in laid(found, read, roles) if x.role == "out"}
    pieces = parted(read, roles)[0]
    there = {line.number for line in pieces}
    rest = [  # below a line that is no text, and read with it: its notes are that line's
        replace(line, notes=()) for line in read if line.number not in there and line.key in out
    ]
    for line in sorted([*pieces, *rest], key=lambda x: x.number):
        yield from _noted(line, told)
        if line.number in emptied:
            yield LeftOut(line.number, emptied.pop(line.number))
        if words := out.pop(line.key, "") if line.bare else "":
            whys = told[_plain(words)]
            yield LeftOut(
                line.number, words, OUT_WHY if roles.get(line.number) == "out" else whys.pop(0) if whys else ""
            )


def _noted(line: Line, told: dict[str, list[str]]) -> Iterator[LeftOut]:
    """What was noted of a line and is none of its words: a line with these words is none of it."""
    for said, why in line.notes:
        if _plain(said) not in _plain(line.text):
            yield LeftOut(line.number, said, why)
            told[_plain(said)] = [w for w in told[_plain(said)] if w != why]


def _plain(text: str) -> str:
    return _SIGNS.sub("", text)


def _emptied(read: Sequence[Line], raw: Sequence[str]) -> dict[int, str]:
    """Lines of Markdown with words, of which its markup left none, and of which nothing is noted: front matter, comments; none of other files."""
    some = {line.number for line in read if line.notes or line.text}
    said = ((n, t) for n, t in enumerate(raw, 1) if n not in some and not _TOLD_ELSEWHERE.match(t))
    return {n: t.strip() for n, t in said if _plain(_TAGS.sub(_words_in, t))}


def _words_in(tag: re.Match[str]) -> str:
    return "" if tag[0].isascii() else tag[0]
