"""Showing what others wrote: names of files, tables and columns, and values of logs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
LISTED = 20
"""Names that a sentence lists; a table may have thousands of columns."""


def printable(name: str) -> str:
    """A name as it may be shown: what steers a terminal or is no character is spelled out."""
    if name.isprintable():
        return name
    return "".join(f"\\u{ord(c):04x}" if unicodedata.category(c) in _HIDDEN else c for c in name)


def plain(text: str) -> str:
    """Text for a terminal, its lines and tabs kept: nothing that others wrote in it steers the terminal."""
    if text.isprintable():
        return text
    return "\n".join("\t".join(map(printable, line.split("\t"))) for line in text.split("\n"))


def short(name: str) -> str:
    """The beginning of a name, as it may be shown."""
    return printable(name[:40]) + ("…" if len(name) > 40 else "")


def listed(names: Iterable[str]) -> str:
    """Names in a row, the first twenty of them."""
    found = [short(name) for name in names]
    return "、".join(found[:LISTED]) + ("……" if len(found) > LISTED else "")
