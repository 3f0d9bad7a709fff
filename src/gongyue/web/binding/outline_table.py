"""The outline as a whole as the page shows it: a table below each heading; of a very long text only what is worth a second look."""

from __future__ import annotations

import msgspec

from gongyue.covenant.binding.outline_shown import OutlineChapter, OutlineRow, ShownOutline
from gongyue.covenant.text import LeftOut

UNFOLDED = 60
"""Parts up to which every heading is open."""
MOST = 400
"""Parts up to which all are listed, and lines left out that are."""


class TableChapter(msgspec.Struct, frozen=True):
    """A heading, those of its parts that are listed, and how many more are not."""

    chapter: OutlineChapter
    rows: tuple[OutlineRow, ...]
    more: int


class OutlineTable(msgspec.Struct, frozen=True):
    """All of it; `said` is AS_READ, NOT_SO or empty."""

    said: str
    chapters: tuple[TableChapter, ...]
    open: bool
    left: tuple[LeftOut, ...]
    more: int


def table_of(shown: ShownOutline, said: str) -> OutlineTable:
    """What is shown of an outline."""
    parts = sum(len(c.rows) for c in shown.chapters)
    chapters, room = [], MOST
    for chapter in shown.chapters:
        rows = tuple(row for row in chapter.rows if row.looks or parts <= MOST)[:room]
        room -= len(rows)
        chapters.append(TableChapter(chapter, rows, len(chapter.rows) - len(rows)))
    left = shown.left_out[:MOST]
    return OutlineTable(said, tuple(chapters), parts <= UNFOLDED, left, len(shown.left_out) - len(left))
