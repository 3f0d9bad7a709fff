"""The outline as a whole as the page shows it: a table below each heading; of a very long text only what is worth a second look."""

from __future__ import annotations

import msgspec

from gongyue.covenant.binding.outline_shown import OutlineChapter, OutlineRow, ShownOutline
from gongyue.covenant.text import LeftOut
from gongyue.web.templatetags.words import pick

UNFOLDED = 60
"""Parts up to which every heading is open."""
MOST = 400
"""Parts up to which all are listed, and lines left out that are."""


class TableRow(msgspec.Struct, frozen=True):
    """A part: its address and label, how it begins and ends, its figures, why it is worth a second look."""

    at: str
    label: str
    begins: str
    ends: str
    figures: str
    looks: tuple[str, ...]


class TableChapter(msgspec.Struct, frozen=True):
    """A heading with its figures and its table; `more`: parts that are not listed."""

    heading: str
    figures: str
    looks: tuple[str, ...]
    rows: tuple[TableRow, ...]
    more: int


class LeftLine(msgspec.Struct, frozen=True):
    """A line of the file that is in no part, and why."""

    line: int
    words: str
    why: str


class OutlineTable(msgspec.Struct, frozen=True):
    """All of it; `said` is AS_READ, NOT_SO or empty."""

    said: str
    chapters: tuple[TableChapter, ...]
    open: bool
    left: tuple[LeftLine, ...]
    more: int


def table_of(shown: ShownOutline, said: str) -> OutlineTable:
    """What is shown of an outline, in the language of this answer."""
    parts = sum(len(c.rows) for c in shown.chapters)
    chapters, room = [], MOST
    for chapter in shown.chapters:
        rows = [row for row in chapter.rows if row.looks or parts <= MOST][:room]
        room -= len(rows)
        chapters.append(_chapter(chapter, rows))
    left = tuple(_left(one) for one in shown.left_out[:MOST])
    return OutlineTable(said, tuple(chapters), parts <= UNFOLDED, left, len(shown.left_out) - len(left))


def _chapter(chapter: OutlineChapter, rows: list[OutlineRow]) -> TableChapter:
    looks = tuple(pick(*words) for words in chapter.looks)
    more = len(chapter.rows) - len(rows)
    return TableChapter(chapter.heading, pick(*chapter.figures), looks, tuple(_row(row) for row in rows), more)


def _row(row: OutlineRow) -> TableRow:
    looks = tuple(pick(*words) for words in row.looks)
    return TableRow(row.at, row.label, row.begins, row.ends, pick(*row.figures), looks)


def _left(one: LeftOut) -> LeftLine:
    zh, _, en = one.why.partition(" / ")
    return LeftLine(one.line, one.words, pick(zh or "没有说明缘由", en or "nothing says why"))
