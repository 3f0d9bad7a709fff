"""What is kept of the work on a text: a draft's file, and the text as it is read for binding."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Literal

import msgspec

from gongyue.covenant.binding import nearest_wording, outline_shown, suggestions, unseen_matters
from gongyue.covenant.binding.nearest_wording import Near
from gongyue.covenant.binding.outline_shown import ShownOutline
from gongyue.covenant.binding.passages import Passage, Reader, placed
from gongyue.covenant.binding.records import Absence, Binding, Decision, Fault
from gongyue.covenant.binding.said_lines import take
from gongyue.covenant.binding.sentences import Sentence
from gongyue.covenant.parser import heading_levels, laid_lines, line_words, lines_left_out
from gongyue.covenant.parser.mending import ROLES, LaidLine
from gongyue.covenant.parser.parting import PIECE
from gongyue.covenant.text import Doubt, Outline, Part

DRAFT_VERSION = "gongyue/binding-draft@1"
LARGEST = 8_000_000
"""Bytes of a draft's file."""
Key = tuple[str, str, int, str]
Verdict = Literal["", "bound", "other"]


AS_READ, NOT_SO = "=", "!"
"""What was assumed of a line's numbers is so, or is not: then none of them is bound. =2 and !2 say it of the line's second reading."""
SURE = re.compile(f"([{AS_READ}{NOT_SO}])([1-9][0-9]?)?")
LEFT = re.compile("-[1-9][0-9]{0,3}")
"""Which share of a line is not carried out: the first is -1."""
SAID = re.compile(f"@({'|'.join(ROLES)}|{PIECE.pattern})")
"""What a line is whose structure was read wrongly, or words within it are (@heading:第三章 会员)."""


def is_address(at: str) -> bool:
    """Whether an answer says what a line is, and not what is to be made of its numbers."""
    return not any(one.fullmatch(at) for one in (SURE, LEFT, SAID))


def replaces(at: str, before: str) -> bool:
    """Whether an answer takes the place of one before, of the same line: of the whole line's readings those of each."""
    if LEFT.fullmatch(before) or SAID.fullmatch(before) or bool(SURE.fullmatch(at)) != bool(SURE.fullmatch(before)):
        return False
    return is_address(at) or at[1:] in ("", before[1:])


def answer_to(doubt: Doubt, resolved: Iterable[Resolved]) -> str:
    """AS_READ or NOT_SO, as a person said of this reading, or else of its whole line; empty where nobody said."""
    said = {r.at[1:]: r.at[0] for r in resolved if r.line == doubt.line and SURE.fullmatch(r.at)}
    return said.get(str(doubt.nth), said.get("", ""))


class Resolved(msgspec.Struct, frozen=True):
    """What a person said of a line in doubt: its address, or "" where it is no heading; AS_READ or NOT_SO of what was assumed, with the reading's number
    where its line has several; `-1` of
    a share that is not carried out; `@heading` and the other roles of a line that was read wrongly, `@heading:第三章 会员` of words within it."""

    line: int
    at: str


class Records(msgspec.Struct, frozen=True):
    """Bindings, decisions on other matter, and absences."""

    bindings: tuple[Binding, ...] = ()
    decisions: tuple[Decision, ...] = ()
    absent: tuple[Absence, ...] = ()


class DraftStep(msgspec.Struct, frozen=True):
    """One answer: the records it put in place and those it took away, so that it can be taken back."""

    put: Records = Records()
    took: Records = Records()


class Draft(msgspec.Struct, frozen=True):
    """What is kept of the work on a text: `text` is the digest of its file, `name` the file's name.

    Decisions are those on other matter; a passage is bound where a binding of its capability meets it. `outline`: AS_READ or NOT_SO of
    the outline as a whole, then the digest of exactly what was shown of it.
    """

    text: str
    name: str
    resolved: tuple[Resolved, ...] = ()
    records: Records = Records()
    steps: tuple[DraftStep, ...] = ()
    outline: str = ""
    v: str = DRAFT_VERSION


class BadDraft(ValueError):
    """A draft's file that is none, and why, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh, self.en = zh, en


class Reading:
    """A text read for binding: its parts, its passages with their sentences, and what is proposed; read once for all answers."""

    def __init__(self, data: bytes, name: str, resolved: Iterable[Resolved], by: Reader) -> None:
        self.data, self.name, self.by = data, name, by
        self.resolved = tuple(resolved)
        given: dict[int, list[str]] = {}
        for r in self.resolved:
            if SAID.fullmatch(r.at):  # of words within one line several may be said
                given.setdefault(r.line, []).append(r.at[1:])
        addresses = {r.line: r.at for r in self.resolved if is_address(r.at)}
        taken = take(data, name, addresses, {n: "\n".join(own) for n, own in given.items()}, by)
        self.said: dict[int, str] = taken.said
        self.refused: dict[int, Fault] = taken.refused
        """What was said of lines and cannot be, by line: it does not act, and keeps the text from being frozen until it is taken back."""
        self.outline: Outline = taken.outline
        self.parts: dict[str, Part] = {p.at: p for p in self.outline.parts}
        self.seen: list[tuple[Passage, Sentence]] = list(placed(self.outline.parts, by))

    @cached_property
    def proposals(self) -> dict[str, Binding]:
        """A binding to propose for each capability that has a passage."""
        return suggestions.proposed(self.outline.parts, self.seen, self.by)

    @cached_property
    def shown(self) -> ShownOutline:
        """The outline as a person confirms it."""
        levels = heading_levels(self.data, self.name, self.outline, self.said)
        return outline_shown.shown(self.outline, lines_left_out(self.data, self.name, self.outline, self.said), levels)

    @cached_property
    def laid(self) -> tuple[LaidLine, ...]:
        """Every line of the file, and what it is read as."""
        return laid_lines(self.data, self.name, self.outline, self.said)

    @cached_property
    def line_words(self) -> dict[int, str]:
        """The words of every line as in the file, parted by nobody."""
        return line_words(self.data, self.name)

    @cached_property
    def shown_digest(self) -> str:
        """Of exactly that."""
        return self.shown.digest

    @cached_property
    def change(self) -> Sentence | None:
        """The sentence that speaks of changing the text where no passage says how a change is adopted."""
        seen = any(p.capability == unseen_matters.ADOPTION for p, _ in self.seen)
        return None if seen else unseen_matters.of_a_change(self.outline.parts)

    @cached_property
    def nearest(self) -> dict[str, Near]:
        """For each capability the sentence that comes nearest to it, where any word of its object stands."""
        return nearest_wording.nearest(self.outline.parts)

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each address in the text."""
        return {at: i for i, at in enumerate(self.parts)}


def key_of(record: Passage | Decision) -> Key:
    """What tells a passage from every other: its capability, address, occurrence and words."""
    return record.capability, record.at, record.nth, record.words


def minus(a: Records, b: Records) -> Records:
    """What of `a` is not in `b`."""
    return Records(
        tuple(x for x in a.bindings if x not in b.bindings),
        tuple(x for x in a.decisions if x not in b.decisions),
        tuple(x for x in a.absent if x not in b.absent),
    )


def joined(a: Records, b: Records) -> Records:
    """Both together."""
    return Records((*a.bindings, *b.bindings), (*a.decisions, *b.decisions), (*a.absent, *b.absent))


def dump(draft: Draft) -> bytes:
    """The draft as its file, indented."""
    return msgspec.json.format(msgspec.json.encode(draft), indent=1) + b"\n"


def load(data: bytes) -> Draft:
    """A draft from its file; BadDraft where it is none."""
    if len(data) > LARGEST:
        raise BadDraft(f"绑定草稿过大，超过 {LARGEST} 字节", f"the draft is larger than {LARGEST} bytes")
    try:
        draft = msgspec.json.decode(data, type=Draft)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadDraft(f"不是绑定草稿：{error}", f"not a binding draft: {error}") from None
    if draft.v != DRAFT_VERSION:
        raise BadDraft(f"未知的草稿版式 {draft.v[:80]}", f"unknown version of a draft: {draft.v[:80]}")
    return draft
