"""What is scanned: tables and texts, one after another, out of files, folders, archives and databases.

A source gives its cells in batches, so that memory stays bounded; what cannot be read is written down in `Unread` with its
place and reason, never passed over in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import msgspec

from gongyue.conduct.findings import BadInput
from gongyue.conduct.safe_text import printable
from gongyue.conduct.scanning.formats import UNKNOWN

ROWS = 20_000
"""Rows of a batch where a reader makes its own."""
TEXT = "text"
"""The column of a text."""
UNPARSED = "(unparsed)"
"""The column of lines that are no row of their table: scanned as text all the same."""
NAMES = "(names)"
"""The column of names that are or hold values themselves: of the file, the sheet or table, of columns, of keys."""
WIDE = 5000
"""Columns of a table; one with more is scanned as text, so that its names do not fill the memory."""


class Unread(msgspec.Struct):
    """What could not be read as it should: a file, or rows of a table and how many; `lines` are the first ones."""

    where: str
    zh: str
    en: str
    rows: int = 0
    lines: list[int] = []
    lost: bool = True
    """False where the rows were scanned as text instead, and where a file in a folder or an archive is of a format that no scan reads."""
    format: str = ""
    """The name of that format, "?" for one that nobody knows."""


class Log:
    """What was unread and what was left aside, gathered by all readers of a run; `excluded` counts files that were to be left out.

    `own` are files of the command itself, `left_out` folders that nobody means.
    """

    def __init__(self) -> None:
        self.unread: list[Unread] = []
        self.skipped: list[str] = []
        self.empty: list[str] = []
        self.excluded = 0
        self.own: list[str] = []
        self.left_out: list[str] = []

    def row(self, where: str, line: int, zh: str, en: str, rows: int = 1) -> None:
        """One more row that is none, or so many."""
        for known in reversed(self.unread[-8:]):
            if known.where == printable(where) and known.zh == zh:
                known.rows += rows
                if len(known.lines) < 5 and line > 0:
                    known.lines.append(line)
                return
        self.unread.append(Unread(printable(where), zh, en, rows, [line] if line > 0 else [], lost=False))

    def told(self, where: str, zh: str, en: str) -> None:
        """Something to know of a place where nothing was lost."""
        self.unread.append(Unread(printable(where), printable(zh), printable(en), lost=False))

    def unknown(self, where: str, called: str, *, lost: bool = False) -> None:
        """A file of a format that no scan reads; it is lost where it was asked for by its name."""
        zh, en = f"{called}：扫描不读这种格式", f"{called}: no scan reads this format"
        if called == UNKNOWN:
            zh, en = "不是文字，也认不出是什么格式", "no text, and of a format that nobody here knows"
        self.unread.append(Unread(printable(where), zh, en, lost=lost, format=called))

    def lost(self, where: str, zh: str, en: str) -> None:
        """A file, or the rest of one, that cannot be read; what is said of it need not name it once more."""
        zh, en = zh.removeprefix(f"{where}：").strip(), en.removeprefix(f"{where}: ").strip()
        told = Unread(printable(where), printable(zh), printable(en))
        if told not in self.unread[-8:]:  # a file is opened more than once
            self.unread.append(told)


class Source(msgspec.Struct):
    """One table or text: its name, the file it is in, its batches: column → Arrow array of its next cells."""

    name: str
    path: str
    batches: Callable[[], Iterator[dict[str, Any]]]
    text: bool = False
    lines: bool = False
    """Whether a row is a line of the file (row 0 is line 1)."""
    of: Callable[[], int | None] = lambda: None
    """How many rows there are in all, where that can be asked; it is asked once the batches are through."""
    names: tuple[str, ...] = ()
    """Names that may hold values, beside those of columns: of the file, of the sheet or table."""
    shown: str = ""
    """The name as it may be shown, where its reader knows that; else the scan finds it."""
    place: str = ""
    """Where it is, below the root of the scan: as a baseline has it."""
    columns: tuple[str, ...] | None = ()
    """Of batches that hold a column each: which ones there are, None where nobody knows; a sample has to see them all."""


class InputFile(msgspec.Struct, frozen=True):
    """A file to open: where it is, as it may be shown; its name; and how to open it (again)."""

    path: str
    name: str
    open: Callable[[], BinaryIO]
    size: int = 0


def unreadable(path: str, zh: str, en: str) -> BadInput:
    """The error for a file that cannot be read."""
    return BadInput(f"{path}：{zh}", f"{path}: {en}")
