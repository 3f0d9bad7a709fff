"""The outline as a whole as the page shows it: a table below each heading; of a very long text only what is worth a second look."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gongyue.covenant.binding.outline_shown import OutlineChapter, OutlineRow, ShownOutline
from gongyue.covenant.parser.mending import LaidLine
from gongyue.covenant.text import LeftOut

UNFOLDED = 60
"""Parts up to which every heading is open."""
MOST = 400
"""Parts up to which all are listed, and lines left out that are."""


class TableChapter(msgspec.Struct, frozen=True):
    """A heading, those of its parts that are listed, each with the line of the file on which it begins, and how many more are not."""

    chapter: OutlineChapter
    rows: tuple[tuple[OutlineRow, int], ...]
    more: int


class OutlineTable(msgspec.Struct, frozen=True):
    """All of it; `said` is AS_READ, NOT_SO or empty."""

    said: str
    chapters: tuple[TableChapter, ...]
    open: bool
    left: tuple[LeftOut, ...]
    more: int


def table_of(shown: ShownOutline, said: str, laid: Sequence[LaidLine]) -> OutlineTable:
    """What is shown of an outline, and of its lines."""
    parts = sum(len(c.rows) for c in shown.chapters)
    chapters, room = [], MOST
    begins = {one.at: one.line for one in reversed(laid) if one.at}
    for chapter in shown.chapters:
        rows = tuple(row for row in chapter.rows if row.looks or parts <= MOST)[:room]
        room -= len(rows)
        placed = tuple((row, begins.get(row.at, 1)) for row in rows)
        chapters.append(TableChapter(chapter, placed, len(chapter.rows) - len(rows)))
    left = shown.left_out[:MOST]
    return OutlineTable(said, tuple(chapters), parts <= UNFOLDED, left, len(shown.left_out) - len(left))
