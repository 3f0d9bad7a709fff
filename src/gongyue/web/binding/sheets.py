"""The sheet before freezing as pages show it: on its own page, and above what the officers and the initiators sign."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.questions import questions
from gongyue.covenant.binding.records import Fault
from gongyue.covenant.binding.sheet import SECTIONS, BindingSheet, sheet_of
from gongyue.covenant.binding.sheet_absences import LACKING
from gongyue.covenant.binding.sheet_entry import Entry
from gongyue.covenant.draft_edition import faults_of
from gongyue.covenant.edition import Edition
from gongyue.web.binding.page_text import localise_fault
from gongyue.web.templatetags.words import pick

MOST_LINES = 300
"""Lines of one section that are shown."""


class Line(msgspec.Struct, frozen=True):
    """A line: what is said, where, the quoted words, and the question on which it can be changed."""

    said: str
    label: str
    words: str
    question: str


class Section(msgspec.Struct, frozen=True):
    """A section: its lines, and how many more there are."""

    name: str
    heading: str
    lines: tuple[Line, ...]
    more: int

    @property
    def count(self) -> int:
        """All of them."""
        return len(self.lines) + self.more


def sections_of_draft(d: Drafting) -> list[Section]:
    """The sheet of a draft that is worked on."""
    faults = faults_of(d)
    read = d.read.outline
    made = sheet_of(
        read.parts,
        d.records.bindings,
        d.decisions,
        d.records.absent,
        d.read.by,
        faults=faults,
        chapters=read.chapters,
        title=read.title,
    )
    return _sections(made, [question_of(d, f) for f in faults[:MOST_LINES]])


def sections_of_edition(edition: Edition) -> list[Section]:
    """The sheet of an edition, read again from its words."""
    return _sections(
        sheet_of(
            edition.parts,
            edition.bindings,
            edition.decisions,
            edition.absent,
            faults=edition.open,
            chapters=edition.chapters,
            title=edition.title,
        ),
        [],
    )


def question_of(d: Drafting, fault: Fault) -> str:
    """The question on which a fault can be mended."""
    if fault.why == "outline":
        return "outline"
    if fault.why == "doubt":
        kinds = ("doubt", "assumed", "structure", "unused", "outline")
        return next((q.id for q in questions(d) if q.kind in kinds and q.at == fault.at), "")
    return f"capability:{fault.capability}" if fault.capability else ""


def _sections(made: BindingSheet, mending: Sequence[str]) -> list[Section]:
    sections = []
    for name, titles in SECTIONS.items():
        entries: tuple[Entry, ...] = getattr(made, name)
        shown = entries[:MOST_LINES]
        asked = mending if name == "faults" else [f"capability:{e.capability}" if e.capability else "" for e in shown]
        asked = [*asked, *[""] * (len(shown) - len(asked))]
        lines = tuple(
            Line(localise_fault(e.zh, e.en.removeprefix(LACKING)), e.label, e.words, question)
            for e, question in zip(shown, asked, strict=False)
        )
        sections.append(Section(name, pick(*titles), lines, len(entries) - len(shown)))
    return sections
