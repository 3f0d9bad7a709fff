"""Answers of `gongyue founding bind` given by options: which capability is meant, which passages, what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gongyue.cli.errors import usage
from gongyue.cli.outline_text import undecided_again
from gongyue.cli.output import note
from gongyue.covenant import addresses
from gongyue.covenant.binding import absences, alike_proposals, questions, sentences_left, whole_outline
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.one_question import Question
from gongyue.covenant.binding.passages import Passage
from gongyue.covenant.binding.questions import next_question
from gongyue.covenant.binding.records import BadBinding
from gongyue.covenant.binding.whole_outline import ROLE_NAMES, broken_lines
from gongyue.covenant.parser.parting import ON

_A_MENTION = "仅提及"
ANSWERS = (
    "words", "accept", "accept_alike", "other", "absent", "absent_listed", "rest_listed", "without", "leave", "undo", "drop", "resolve", "outline", "line",
)  # fmt: skip
_TOGETHER = (
    ["words", "other"], ["other", "absent"], ["other", "rest_listed"], ["other", "rest_listed", "without"], ["rest_listed", "without"],
)  # fmt: skip
"""Options that are one answer together."""


def answered(d: Drafting, given: list[str], **a: Any) -> Drafting:
    """The draft with the answer that the options give; BadBinding or a usage error where it does not hold."""
    if given not in _TOGETHER and len(given) > 1:
        raise usage(f"一次一答：--{' --'.join(given)} 只能取一。", f"One answer at a time: --{' --'.join(given)}.")
    if a["undo"] or a["leave"]:
        return d.undo() if a["undo"] else _left(d)
    if a["drop"] is not None:
        return d.drop(_capability_id(a["drop"], d))
    if a["resolve"] is not None or a["outline"] or a["line"]:
        return _structured(d, a["resolve"], a["outline"], a["line"])
    if {"absent_listed", "rest_listed", "without", "absent"} & set(given):
        return _of_several(d, given, **a)
    capability = _capability_id(a["capability"], d) if a["capability"] else ""
    a["at"] = _address(a["at"], d)
    if a["other"] is not None:
        return d.other(_selected_passages(d, capability, a["at"], a["words"] or "", a["nth"]), a["other"])
    capability = capability or _current_capability(d)
    if a["accept_alike"]:
        return alike_proposals.accept(d, questions.of_capability(d, capability))
    if a["accept"]:
        return d.accept(capability)
    return d.bind(capability, a["words"] or "", a["at"], a["nth"] or 0, a["items"] or None)


def _left(d: Drafting) -> Drafting:
    """The shares that are asked about now are not carried out; a usage error where something else is asked."""
    question = next_question(d)
    if question is None or question.kind != "unused":
        raise usage(
            "现在问的不是没有绑定的份额；先答现在所问的（--next），或用 --resolve 行=-第几个。",
            "It is not unbound shares that are asked about now: answer what is (--next), or write --resolve LINE=-NUMBER.",
        )
    return sentences_left.leave(d, question)


def _of_several(d: Drafting, given: list[str], **a: Any) -> Drafting:
    """What is absent, one by one or as listed; or the sentences left, as listed."""
    if "absent_listed" in given:
        return _confirmed(d, a["absent_listed"])
    if "absent" not in given:
        return _set_aside_together(d, a["rest_listed"], a["without"], a["other"])
    for name in a["absent"]:
        d = _declared_absent(d, _capability_id(name, d), a["other"] or "", a["presence"])
    return d


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


def _set_aside_together(d: Drafting, number: int | None, without: Sequence[int], reason: str | None) -> Drafting:
    """All sentences that are listed as left but for some, for one reason; a list that has changed since is looked at again."""
    several = sentences_left.listed(questions.questions(d))
    if number is None or reason is None:
        raise usage(
            "写作 --rest-listed N --other 理由，可以加 --without I；先看 --rest。",
            "Write --rest-listed N --other REASON, with --without I if need be; look at --rest first.",
        )
    if number != len(several) or any(n > number for n in without):
        raise usage(
            f"--rest-listed {number}：清单现在有 {len(several)} 句，请先看 --rest。",
            f"--rest-listed {number}: the list has {len(several)} now; look at it with --rest first.",
        )
    return sentences_left.set_aside(d, [q.id for i, q in enumerate(several, 1) if i not in without], reason)


def _capability_id(name: str, d: Drafting) -> str:
    """A capability by its name, or by its short Chinese name."""
    return next((n for n, c in d.read.by.catalogue.capabilities.items() if name == c.zh), name)


def _address(typed: str, d: Drafting) -> str:
    """An address as it is typed or printed: §2/1, 第2节第1段, 第二十二条."""
    meant = addresses.meant_by(typed, d.read.parts.values()) if typed and typed not in d.read.parts else []
    return meant[0] if len(meant) == 1 else typed


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


def _structured(d: Drafting, given: str | None, outline: str, lines: Sequence[str]) -> Drafting:
    """What a line in doubt is, what lines are that were read wrongly, or the outline as a whole."""
    if lines:
        d, carried = whole_outline.say(d, roles(lines, d))
        if told := undecided_again(carried):
            note(f"{told[0]}。", f"{told[1]}.")
        return d
    if given is None:
        return whole_outline.confirm(d, so=outline == "as-read")
    line, equals, at = given.partition("=")
    if not equals or not line.isdecimal():
        raise usage(
            f"--resolve {given}：写作 9=8，或 9= 表示不是标题。", f"--resolve {given}: write 9=8, or 9= for no heading."
        )
    return d.resolve(int(line), at)


def roles(given: Sequence[str], d: Drafting) -> dict[int, str]:
    """What lines are said to be: 12=heading, 13-15=above, 12=heading:第三章 会员 of words within one. BadBinding where it is not written so."""
    known = {line.line for line in d.read.laid}
    said: dict[int, str] = {}
    for one in given:
        lines, equals, role = one.partition("=")
        first, dash, last = lines.partition("-")
        if not equals or not _is_line(first) or (dash and not _is_line(last)):
            raise BadBinding(
                f"{one[:40]}：写作 12=heading 或 13-15=above，行内几个字写作 12=heading:第三章 会员；种类有 {'、'.join(ROLE_NAMES)}，"
                f"照所读为 {whole_outline.READ}",
                f"{one[:40]}: write 12=heading or 13-15=above, of words within a line 12=heading:第三章 会员; a line is {', '.join(ROLE_NAMES)},"
                f" or {whole_outline.READ}",
            )
        several = sorted(n for n in known if int(first) <= n <= int(last)) if dash else [int(first)]
        if dash and role == ON:  # of a file whose lines are all broken: those alone that go on with a sentence
            several = [n for n in several if n in broken_lines(d.read.laid)]
        if not several:
            raise BadBinding(f"{lines}：这几行没有文字", f"{lines}: there are no words on these lines")
        if ":" in role and len(several) == 1 and ":" in said.get(several[0], ""):
            said[several[0]] += "\n" + role  # of words within one line several may be said
            continue
        said |= dict.fromkeys(several, "" if role == whole_outline.READ else role)
    return said


def _is_line(given: str) -> bool:
    """Whether it can be the number of a line; whether the text has that line is told of the line."""
    return given.isdecimal() and len(given) < 7 and int(given) > 0


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
