"""One question as data: what is asked, the passages it shows, what is proposed and the answers there are."""

from __future__ import annotations

from typing import Literal

import msgspec

from gongyue.covenant.binding.draft_file import Verdict
from gongyue.covenant.binding.records import Binding

QuestionKind = Literal["doubt", "assumed", "structure", "capability", "sentence", "unused", "absence", "outline"]
Choice = Literal[
    "accept", "bind", "other", "absent", "presence", "as-read", "address", "no-heading", "not-so", "leave", "mend"
]


class ShownPassage(msgspec.Struct, frozen=True):
    """A passage as it is shown: its sentence's place in the part's text (`begin` to `end`), and how it was decided on."""

    capability: str
    at: str
    label: str
    nth: int
    words: str
    begin: int
    end: int
    verdict: Verdict = ""
    reason: str = ""


class Proposed(msgspec.Struct, frozen=True):
    """A binding that is proposed: where it stands in the part, and what it would say."""

    binding: Binding
    label: str
    begin: int
    end: int
    zh: str
    en: str


class Question(msgspec.Struct, frozen=True):
    """One question: `id` names it, `choices` are the answers there are; what does not apply is empty.

    doubt: `line`, `at` and `words` of the numbering; assumed: of numbers whose words do not say all that was read; structure: of
    lines that the reader alone took for what they are; outline: of all of it (`Reading.shown`). capability: the capability with its
    passages, proposal, and why an absence or the proposal would be refused.
    unused: `shares` of a sentence, line and number of each, bound to nothing; `line` and `nth` are the first. sentence: the
    capabilities that its words may be about, undecided; `guard` where one of them is a guard, `alone` where no other sentence may be
    answered with it. absence: what holds instead.
    """

    id: str
    kind: QuestionKind
    stage: str
    zh: str
    en: str
    choices: tuple[Choice, ...]
    capability: str = ""
    name_zh: str = ""
    name_en: str = ""
    needs: tuple[str, ...] = ()
    guard: bool = False
    alone: bool = False
    then: str = ""
    passages: tuple[ShownPassage, ...] = ()
    proposal: Proposed | None = None
    refused_zh: str = ""
    refused_en: str = ""
    absent_refused_zh: str = ""
    absent_refused_en: str = ""
    line: int = 0
    at: str = ""
    words: str = ""
    nth: int = 0
    shares: tuple[tuple[int, int], ...] = ()
