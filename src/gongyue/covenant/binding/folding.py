"""Folding: traditional and variant characters become one, blanks and broken lines close up, and every place still holds."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.numerals import BLANKS, CHINESE

_WIDE = {ord(c): chr(ord(c) - 0xFEE0) for c in "０１２３４５６７８９％／．"}
_NUMERAL = f"[0-9０-９{CHINESE}]"
LABEL = re.compile(
    f"[（(〔﹙]?{_NUMERAL}{{1,5}}[）)〕﹚、.．]|[①-⒛㈠-㊉●○•·◆◇■□▪※★►➢√—–-]|[【*#]*第.{{1,8}}?[条條章节節编編款]"
)
_ENDED = "。；：！？;:!?"
_SPLIT_NUMERAL = re.compile(f"{_NUMERAL}$")
_OF_ITSELF = re.compile(
    "本(?:公[约約]|章程|[规規][约約]|守[则則]|[准準][则則]|倡[议議]|[办辦]法|[协協][议議])(?:自|由|[经經]|未)"
)
"""A line that begins so opens a sentence of its own, whatever the line above it lacks at its end."""
SHORTEST_BROKEN = 12
"""A line with fewer characters is not broken: it is a heading or an item, unless it ends in a comma."""


@cache
def _folds() -> dict[int, str]:
    pairs = catalogue().fold
    return dict(zip(map(ord, pairs[::2]), pairs[1::2], strict=True)) | _WIDE


def fold(text: str) -> str:
    """The text with every character folded; as long as it was."""
    return text.translate(_folds())


CLOSED = "\u2009"
"""The blank that stands where a line end was closed up."""


def closed_up(text: str) -> str:
    """The text with a blank for each line end that nothing stands before or after that would end a sentence or begin an item."""
    lines = text.split("\n")
    return lines[0] + "".join(
        (CLOSED if _may_run_on(above.strip(BLANKS), below.strip(BLANKS)) else "\n") + below
        for above, below in pairwise(lines)
    )


def _may_run_on(line: str, below: str) -> bool:
    return bool(line and below) and line[-1] not in _ENDED and not LABEL.match(below)


def only_wrapped(text: str, end: int) -> bool:
    """Whether the line that ends there is as long as the text's longest: broken by whoever set the text, no line apart."""
    return end - text.rfind("\n", 0, end) > _longest_line(text) * 0.8


@lru_cache(maxsize=16)
def _longest_line(text: str) -> int:
    return max(map(len, text.split("\n")))


def joined(text: str) -> tuple[str, list[int]]:
    """The text without blanks and without the line ends that only break a sentence, and where each character stood.

    A line is broken where it ends in a comma, or has twelve characters and no ending, and where a numeral goes on below (三分之
    \\n二); never where the next line begins with a label or says of the text itself since when, by whom (本公约自…).
    """
    kept: list[str] = []
    places: list[int] = []
    lines = text.split("\n")
    position = 0
    for i, line in enumerate(lines):
        for place, c in enumerate(line, position):
            if c not in BLANKS:
                kept.append(c)
                places.append(place)
        position += len(line)
        if i + 1 < len(lines) and not _runs_on(line.strip(BLANKS), lines[i + 1].strip(BLANKS)):
            kept.append("\n")
            places.append(position)
        position += 1
    return "".join(kept), places


def _runs_on(line: str, below: str) -> bool:
    if not line or not below:
        return False
    if surely_on(line, below):
        return True
    if LABEL.match(below) or _OF_ITSELF.match(below):
        return False
    return len(line) >= SHORTEST_BROKEN and line[-1] not in _ENDED


def surely_on(line: str, below: str) -> bool:
    """Whether a line goes on below whatever its length: it breaks off in a numeral, or ends in a comma and no item begins below."""
    if line.endswith("分之") or (
        _SPLIT_NUMERAL.search(line[-1:]) and re.match(f"{_NUMERAL}{{0,3}}分之|[个個日天]", below)
    ):
        return True
    return line[-1:] in ("，", ",", "、") and not (LABEL.match(below) or _OF_ITSELF.match(below))
