"""What an accused will be shown of a report, made by its reporter before it files: passages covered, attachments held back.

A text is shown with what was covered taken out of its bytes; an attachment is shown whole or not at all, under a name that says
nothing. What was covered or held back still goes to the caseworker and the panel.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import PurePath

import msgspec

from gongyue.covenant.periods import iso
from gongyue.governance.bulletin import closed_up
from gongyue.governance.institution import Institution
from gongyue.governance.unit_names import named_in

MARK = "〔已遮盖〕"
"""Stands where something was covered."""
_CLAUSE = re.compile(r"[^，、；。！？：,;!?\n]*[，、；。！？：,;!?\n]*")
_RISKY = re.compile(
    r"《[^》\n]{1,60}》|(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}-\d{2}-\d{2}|\d{2,}(?:\.\d+)?\s?(?:人|家|条|次|笔|万元|元|%)?|[A-Za-z]{2,}[-_]?\d{3,}"
)
"""Titles, days, numbers: by what somebody can be told apart. Which facts nobody else knows, only the reporter can tell."""
LONGEST = 40_000
"""Characters of a text whose passages are offered one by one; a longer one is shown whole or not at all."""


class Reporter(msgspec.Struct, frozen=True):
    """Who makes the version, and on which day: by its name, its keys and that day it can be told."""

    inst: Institution
    unit: str
    today: int

    def is_named_in(self, text: str) -> bool:
        """Whether a text names it: by its name, a former one, its code or id."""
        return any(one.id == self.unit for one in named_in(self.inst, closed_up(text)))

    def is_told_by(self, text: str) -> bool:
        """Whether a text tells who it is for certain: it names the unit, or one of its keys."""
        return self.is_named_in(text) or any(key in text for key in self.inst.keys_of(self.unit))


class Passage(msgspec.Struct, frozen=True):
    """A piece of a text that can be covered. `risky`: the reporter is named in it, or a day, number or title stands in it."""

    name: str
    text: str
    risky: bool
    named: bool
    covered: bool

    @property
    def shown(self) -> str:
        """As it is shown; the punctuation after what is covered stays."""
        if not self.covered:
            return self.text
        return MARK + self.text[len(self.text.rstrip("，、；。！？：,;!?\n")) :]


class Enclosure(msgspec.Struct, frozen=True):
    """What a report brings: `passages` of a text, none of any other file; `held`: it is not shown at all."""

    key: str
    file: str
    data: bytes
    passages: tuple[Passage, ...]
    held: bool
    facts: bool = False

    @property
    def is_text(self) -> bool:
        """Whether it is shown word for word."""
        return bool(self.passages)

    @property
    def shown(self) -> str:
        """The text that is shown; empty of what is held back, or is no text."""
        return "" if self.held else "".join(one.shown for one in self.passages)

    @property
    def document(self) -> bytes:
        """What the accused gets of it."""
        return self.shown.encode() if self.is_text else self.data

    @property
    def neutral_name(self) -> str:
        """A name that says nothing of whoever chose the file's own."""
        return neutral_name(int(self.key[1:]), self.file)


def enclosure(
    number: int,
    file: str,
    data: bytes,
    reporter: Reporter,
    covered: Collection[str] | None = None,
    held: bool | None = None,
) -> Enclosure:
    """What a report brings, the facts as number 0; `covered`, `held`: as is proposed where nothing was chosen."""
    found = tuple(pieces(data))
    named = [reporter.is_named_in(piece) for piece in found]
    if covered is None:
        covered = {str(n) for n, is_named in enumerate(named) if is_named}
    if held is None:
        held = not found  # nobody but its reporter can look into it
    passages = tuple(
        Passage(str(n), piece, _is_risky(piece, reporter.today), named[n], str(n) in covered)
        for n, piece in enumerate(found)
    )
    return Enclosure(f"d{number}", file, data, passages, held, number == 0)


def pieces(data: bytes) -> Iterator[str]:
    """Clauses of a text, and within them what may tell who wrote it, each by itself: together they are the text again.

    None of what is no text, or too long to be read piece by piece.
    """
    text = _text(data)
    if text is None or len(text) > LONGEST:
        return
    for clause in _CLAUSE.findall(text):
        at = 0
        for risky in _RISKY.finditer(clause):
            yield from (part for part in (clause[at : risky.start()], risky[0]) if part)
            at = risky.end()
        if at < len(clause):
            yield clause[at:]


def _text(data: bytes) -> str | None:
    if data.startswith((b"%PDF", b"PK\x03\x04", b"\x89PNG")) or b"\0" in data:
        return None
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None


def _is_risky(piece: str, today: int) -> bool:
    return _RISKY.search(piece) is not None or iso(today) in piece or "我" in piece


def covered_in(data: bytes, shown: str) -> set[str]:
    """Which passages of a text are covered in the version that was kept of it."""
    found, at = set(), 0
    for n, piece in enumerate(pieces(data)):
        mark = Passage("", piece, False, False, True).shown
        if shown.startswith(mark, at):
            found.add(str(n))
            at += len(mark)
        else:
            at += len(piece)
    return found


def tells_who(reporter: Reporter, found: Collection[Enclosure]) -> list[tuple[str, str]]:
    """What of the version to be shown tells who filed it, in both languages: then it is not kept."""
    return [
        (
            f"“{one.file}”里还有贵单位的名称、代码或密钥：遮盖它，或者不给对方看",
            f"“{one.file}” still names your unit, its code or a key: cover that, or hold it back",
        )
        for one in found
        if one.shown and reporter.is_told_by(one.shown)
    ]


def neutral_name(number: int, file: str) -> str:
    """A name that says nothing of whoever chose the file's own."""
    ending = PurePath(file).suffix.lower()
    ending = ending if re.fullmatch(r"\.[a-z0-9]{1,5}", ending) else ".txt"
    return f"{'事实' if number == 0 else f'材料 {number}'}{ending}"
