"""Reading a covenant or charter from a .txt, .md or .docx file: bytes in, `Document` out, or a clear refusal.

An edition is made of what was read: whoever judges acts by it, as every command and `verify` do, reads no file. So the
readers, which compile hundreds of patterns as they are imported, are imported by the first file that is read.
"""

from __future__ import annotations

from collections.abc import Mapping

from gongyue.covenant.parser.errors import Gap, Unreadable
from gongyue.covenant.text import Document, LeftOut, Outline

__all__ = ["LARGEST", "Gap", "Unreadable", "lines_left_out", "outline", "read"]

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is looked at."""


def read(data: bytes, filename: str) -> Document:
    """Read a covenant; the name only tells the format and stands in for a missing title.

    Raises `Unreadable` for what is no covenant and `Gap` (GY-01-01) where article numbers are not continuous.
    """
    from gongyue.covenant.parser import reading

    return reading.read(data, filename)


def outline(data: bytes, filename: str, resolved: Mapping[int, str] | None = None) -> Outline:
    """Any Chinese text as parts at stated addresses, for binding; gaps and mistyped numerals are doubts, not refusals.

    `resolved` says of a line with a doubt what it is: an address, or "" for no heading. Raises `Unreadable`.
    """
    from gongyue.covenant.parser import reading

    return reading.outline(data, filename, resolved)


def lines_left_out(data: bytes, filename: str, found: Outline) -> tuple[LeftOut, ...]:
    """The lines of a file that belong to no part of the outline that was read of it: signatures, contents, and whatever was lost."""
    from gongyue.covenant.parser import reading

    return reading.lines_left_out(data, filename, found)
