"""What form a text is in whose name does not say so: standard input, a file without an ending."""

from __future__ import annotations

import csv
import io
import re
from itertools import islice
from typing import Literal

import orjson

from gongyue.conduct.scanning.delimited import delimiter
from gongyue.conduct.scanning.text_encodings import SAMPLE, encoding_of, text_of

ROWS = 20
"""Rows that are looked at."""
HEADING = 100
"""Signs that a cell of the first row of a table has at most: longer ones are prose."""
_DOCUMENT = re.compile(r"\s*(?:\[\s*[\[{\"]|\{\s*[\"}])")


def form_of(head: bytes) -> Literal["jsonl", "json", "csv", "txt"]:
    """The form of a text that begins so, named by the ending it would have: an object a line, one document, columns, lines."""
    text = text_of(head, encoding_of(head) or "utf-8").lstrip("\ufeff \t\r\n")
    if text.startswith("{") and _is_object(text.split("\n", 1)[0]):
        return "jsonl"
    if _DOCUMENT.match(text):
        return "json"
    return "csv" if _is_table(text, cut=len(head) >= SAMPLE) else "txt"


def _is_object(line: str) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


def _is_table(text: str, *, cut: bool) -> bool:
    """Whether nine of ten rows have as many cells as the first, at least two; the last is not counted where it is cut off."""
    lines = io.StringIO(text, newline="")
    try:
        rows = [row for row in islice(csv.reader(lines, delimiter=delimiter(text.split("\n", 1)[0])), ROWS + 1) if row]
    except csv.Error:
        return False
    rows = rows[: -1 if cut or len(rows) > ROWS else None]
    if len(rows) < 2 or len(rows[0]) < 2 or max(map(len, rows[0])) > HEADING:
        return False
    return sum(len(row) == len(rows[0]) for row in rows) >= 0.9 * len(rows)
