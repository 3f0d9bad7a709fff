"""Answers of `gongyue founding bind` given by options: which capability is meant, which passages, what is said of them."""

from __future__ import annotations

from typing import Any

from gongyue.cli.errors import usage
from gongyue.covenant.binding import absences, questions, whole_outline
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.passages import Passage
from gongyue.covenant.binding.questions import Question, next_question
from gongyue.covenant.binding.records import BadBinding

_A_MENTION = "仅提及"
ANSWERS = ("words", "accept", "other", "absent", "absent_listed", "undo", "drop", "resolve", "outline")


def answered(d: Drafting, given: list[str], **a: Any) -> Drafting:
    """The draft with the answer that the options give; BadBinding or a usage error where it does not hold."""
    if given not in (["words", "other"], ["other", "absent"]) and len(given) > 1:
        raise usage(f"一次一答：--{' --'.join(given)} 只能取一。", f"One answer at a time: --{' --'.join(given)}.")
    if a["undo"]:
        return d.undo()
    if a["drop"] is not None:
        return d.drop(_capability_id(a["drop"], d))
    if a["resolve"] is not None or a["outline"]:
        return _structured(d, a["resolve"], a["outline"])
    if a["absent_listed"] is not None:
        return _confirmed(d, a["absent_listed"])
    if a["absent"]:
        for name in a["absent"]:
            d = _declared_absent(d, _capability_id(name, d), a["other"] or "", a["presence"])
        return d
    capability = _capability_id(a["capability"], d) if a["capability"] else ""
    if a["other"] is not None:
        return d.other(_selected_passages(d, capability, a["at"], a["words"] or "", a["nth"]), a["other"])
    capability = capability or _current_capability(d)
    if a["accept"]:
        return d.accept(capability)
    return d.bind(capability, a["words"] or "", a["at"], a["nth"] or 0, a["items"] or None)


def _declared_absent(d: Drafting, capability: str, reason: str, presence: bool) -> Drafting:
    """The draft in which it is absent; where passages are in the way, how many there are, and what to write."""
    try:
        return d.declare_absent(capability, reason, presence)
    except BadBinding as error:
        left = [p for p, _ in d.undecided if p.capability == capability]
        if reason or not left or not _would_be_absent(d, capability, presence):
            raise
        option = "--presence" if presence else f"--absent {capability}"
        raise BadBinding(
            f"{error.zh}。待决定的共 {len(left)} 处，可一并答：{option} --other {_A_MENTION}",
            f"{error.en}. There are {len(left)} to decide on; to answer for all of them: {option} --other {_A_MENTION}",
        ) from None


def _would_be_absent(d: Drafting, capability: str, presence: bool) -> bool:
    """Whether a reason is all that is missing: a guard asks for more."""
    try:
        d.declare_absent(capability, _A_MENTION, presence)
    except BadBinding:
        return False
    return True


def _confirmed(d: Drafting, number: int) -> Drafting:
    """All that is listed as not in the text, by whoever says how many that is: a list that has changed since is looked at again."""
    several = absences.listed(questions.questions(d))
    if number != len(several):
        raise usage(
            f"--absent-listed {number}：清单现在有 {len(several)} 项，请先看 --absences。",
            f"--absent-listed {number}: the list has {len(several)} now; look at it with --absences first.",
        )
    return absences.confirm(d, [q.capability for q in several])


def _capability_id(name: str, d: Drafting) -> str:
    """A capability by its name, or by its short Chinese name."""
    return next((n for n, c in d.read.by.catalogue.capabilities.items() if name == c.zh), name)


def _asked(d: Drafting) -> Question | None:
    """The question that is asked now; a usage error where it is the outline, which has an option of its own."""
    question = next_question(d)
    if question and question.kind == "outline":
        raise usage(
            "现在问的是全文的结构：--outline as-read 或 not-so；或用 --capability 指明事项。",
            "The outline as a whole is asked about now: --outline as-read or not-so; or say which with --capability.",
        )
    return question


def _current_capability(d: Drafting) -> str:
    """The capability that is asked about now."""
    question = _asked(d)
    if question is None or not question.capability:
        raise usage("请用 --capability 指明事项。", "Say which with --capability.")
    return question.capability


def _structured(d: Drafting, given: str | None, outline: str) -> Drafting:
    """What a line is, or the outline as a whole."""
    if given is None:
        return whole_outline.confirm(d, so=outline == "as-read")
    line, equals, at = given.partition("=")
    if not equals or not line.isdecimal():
        raise usage(
            f"--resolve {given}：写作 9=8，或 9= 表示不是标题。", f"--resolve {given}: write 9=8, or 9= for no heading."
        )
    return d.resolve(int(line), at)


def _selected_passages(d: Drafting, capability: str, at: str, words: str, nth: int | None) -> list[Passage]:
    """The undecided passages that are meant: by what was given of them, or those that are asked about now."""
    if not (capability or at or words):
        question = _asked(d)
        meant = {(p.capability, p.at, p.nth, p.words) for p in question.passages} if question else set()
        found = [p for p, _ in d.undecided if (p.capability, p.at, p.nth, p.words) in meant]
    else:
        found = [
            p
            for p, _ in d.undecided
            if capability in ("", p.capability) and at in ("", p.at) and words in p.words and nth in (None, p.nth)
        ]
    if not found:
        raise usage(
            "没有这样的未决条文；已绑定的先用 --drop。", "There is no such undecided passage; drop a binding first."
        )
    return found
