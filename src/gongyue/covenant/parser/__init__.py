"""Reading a covenant or charter from a .txt, .md or .docx file: bytes in, `Document` out, or a clear refusal.

An edition is made of what was read: whoever judges acts by it, as every command and `verify` do, reads no file. So the
readers, which compile hundreds of patterns as they are imported, are imported by the first file that is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gongyue.covenant.parser.errors import Gap, Unreadable
from gongyue.covenant.text import Document, LeftOut, Outline

if TYPE_CHECKING:
    from gongyue.covenant.parser.mending import LaidLine

__all__ = [
    "LARGEST",
    "Gap",
    "Unreadable",
    "heading_levels",
    "laid_lines",
    "line_words",
    "lines_left_out",
    "outline",
    "read",
]

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is looked at."""


def read(data: bytes, filename: str) -> Document:
    """Read a covenant; the name only tells the format and stands in for a missing title.

    Raises `Unreadable` for what is no covenant and `Gap` (GY-01-01) where article numbers are not continuous.
    """
    from gongyue.covenant.parser import reading

    return reading.read(data, filename)


def outline(
    data: bytes, filename: str, resolved: Mapping[int, str] | None = None, said: Mapping[int, str] | None = None
) -> Outline:
    """Any Chinese text as parts at stated addresses, for binding; gaps and mistyped numerals are doubts, not refusals.

    `resolved` says of a line with a doubt what it is: an address, or "" for no heading; `said` of any line its role (`mending.ROLES`), where
    it was read wrongly. Raises `Unreadable`.
    """
    from gongyue.covenant.parser import reading

    return reading.outline(data, filename, resolved, said)


def laid_lines(data: bytes, filename: str, found: Outline, said: Mapping[int, str]) -> tuple[LaidLine, ...]:
    """Every line of the file that has words, and what it is read as in the outline that was read of it with `said`."""
    from gongyue.covenant.parser import reading

    return reading.laid_lines(data, filename, found, said)


def line_words(data: bytes, filename: str) -> dict[int, str]:
    """The words of every line of the file that has any, whatever is said of it."""
    from gongyue.covenant.parser import reading

    return reading.line_words(data, filename)


def heading_levels(data: bytes, filename: str, found: Outline, said: Mapping[int, str]) -> tuple[int, ...]:
    """How deep the heading of each chapter is, from 1; 0 where the file does not say it, and nothing where they are alike."""
    from gongyue.covenant.parser import reading

    return reading.heading_levels(data, filename, found, said)


def lines_left_out(
    data: bytes, filename: str, found: Outline, said: Mapping[int, str] | None = None
) -> tuple[LeftOut, ...]:
    """The lines of a file that belong to no part of the outline that was read of it with `said`: signatures, contents, whatever was lost."""
    from gongyue.covenant.parser import reading

    return reading.lines_left_out(data, filename, found, said)
