"""`gongyue founding bind` on a terminal: asks, takes answers, keeps each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import click

from gongyue.cli.binding_options import roles
from gongyue.cli.outline_text import laid_lines, undecided_again
from gongyue.cli.output import pick
from gongyue.cli.question_text import absence_lines, faults, question_lines, unfit_lines
from gongyue.cli.rest_text import rest_lines
from gongyue.conduct.safe_text import plain
from gongyue.covenant.binding import absences, alike_proposals, questions, sentences_left, whole_outline
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.draft_file import AS_READ, NOT_SO
from gongyue.covenant.binding.one_question import Question
from gongyue.covenant.binding.question_stages import REASONS
from gongyue.covenant.binding.questions import next_question
from gongyue.covenant.binding.records import BadBinding


class _Left(Exception):
    """Somebody has enough for today."""


def ask(d: Drafting, keep: Callable[[Drafting], None]) -> Drafting:
    """Ask until nothing is open or somebody leaves; `keep` is called after every answer."""
    skipped, apart = set[str](), set[str]()
    _say(pick(_HELP_ZH, _HELP_EN))
    try:
        while question := next_question(d, skipped):
            open_ = list(questions.questions(d, skipped))
            only = question.kind == "absence" and not question.guard
            several = [q for q in absences.listed(open_) if only and q.id not in apart]
            rest = [q for q in sentences_left.listed(open_) if question.kind == "sentence" and q.id not in apart]
            before = d
            try:
                if len(several) > 1:
                    d = _listed(d, several, apart)
                elif len(rest) > 1 and question in rest:
                    d = _rest(d, rest, apart)
                else:
                    d = _ask_question(d, question, skipped)
            except BadBinding as error:
                _say(pick(f"  ✗ {error.zh}", f"  ✗ {error.en}"))
                continue
            if d.draft != before.draft:
                keep(d)
                for zh, en in unfit_lines(before, d):
                    _say(pick(zh, en))
    except _Left:
        _say(pick("已存入草稿，可以接着做。", "It is kept in the draft; go on whenever you like."))
        return d
    for line in faults(d):
        _say(line)
    return d


_REASONS_ZH = "  ".join(f"{i} {zh}" for i, (zh, _) in enumerate(REASONS, 1))
_REASONS_EN = "  ".join(f"{i} {en}" for i, (_, en) in enumerate(REASONS, 1))
_HELP_ZH = f"""先核对读法（数与结构），再逐项问哪些字句管哪件事，再问剩下的句子，最后一并确认本文没有的各项。
每一答即存入草稿，可以撤回，可以停下再来。
回车 采用所提议的，或照所读；“其余条文”没有提议，须答数字或字句。直接写字句 绑定它（@22 字句 指明在第22条）
o 理由 另一事项，或只写数字：{_REASONS_ZH}
n [数字或理由] 本文无此规定   p [数字或理由] 投票即出席   x 不是标题，或不是所读的意思   s 跳过   u 撤回   q 存盘离开   ? 再看这些
l 列出文件各行   l 12=heading 13-15=part 说明读错的行是什么：title heading part above on out，as-read 照所读
l 12=heading:第三章 会员 只是行内这几个字"""
_HELP_EN = f"""First how the text was read (numbers, outline), then matter by matter which words decide it, then the sentences left, last what the text lacks.
Every answer is kept in the draft and can be taken back; stop and go on whenever you like.
Enter: accept what is proposed, or as read; nothing is proposed for sentences left: a number or words. Write words to bind them
(@22 WORDS: those of article 22)
o REASON: another matter, or only a number: {_REASONS_EN}
n [NUMBER or REASON]: not in this text   p [NUMBER or REASON]: a ballot is presence
x: no heading, or not as read   s: skip   u: undo   q: keep and leave   ?: this again
l: every line of the file   l 12=heading 13-15=part: what lines are that were read wrongly: title heading part above on out, or as-read
l 12=heading:第三章 会员: only these words of a line"""


_UNPROPOSED = {
    "capability": (
        "  没有提议：写字句绑定它；或答数字（另一事项，5 仅提及），或 n 数字（本文无此规定）；? 看各种回答",
        "  nothing is proposed: write words to bind them; a number (another matter, 5 a mere mention); n NUMBER (not in this text); ?",
    ),
    "sentence": (
        "  没有提议：答数字（是另一事项，5 仅提及），或写“事项 字句”绑定它；? 看各种回答",
        "  nothing is proposed: a number (another matter, 5 a mere mention), or CAPABILITY WORDS to bind them; ?",
    ),
    "unused": (
        "  回车 不据以执行；或写“事项 字句”绑定它，如 termination 字句；? 看各种回答",
        "  Enter: it is not carried out; or CAPABILITY WORDS to bind them, as termination WORDS; ?",
    ),
}
"""How a question without a proposal is answered: Enter does nothing there, but for a share that nothing is bound to."""


def _say(line: str) -> None:
    click.echo(plain(line), err=True)


def _prompt() -> str:
    try:
        given = str(click.prompt(">", default="", show_default=False, prompt_suffix=" ", err=True)).strip()
    except click.Abort:
        given = "q"
    if given == "q":
        raise _Left
    return given


def _ask_question(d: Drafting, q: Question, skipped: set[str]) -> Drafting:
    for line in question_lines(d, q):
        _say(line)
    if q.kind not in ("doubt", "assumed", "structure", "outline") and "accept" not in q.choices and q.kind != "absence":
        _say(pick(*_UNPROPOSED[q.kind]))
    if alike_proposals.of(d, q):
        _say(
            pick(
                "  回车 只采用这一项；+ 连同提议同样字句的事项",
                "  Enter: this one alone; +: those with the same words too",
            )
        )
    given = _prompt()
    if given == "?":
        _say(pick(_HELP_ZH, _HELP_EN))
        return d
    if given == "u":
        skipped.clear()
        return d.undo()
    if given == "s":
        skipped.add(q.id)
        return d
    if given.split()[:1] == ["l"] and "mend" in q.choices:
        return _mended(d, _spoken(given.split()[1:]))
    return _apply_answer(d, q, given)


def _apply_answer(d: Drafting, q: Question, given: str) -> Drafting:
    word, _, rest = given.partition(" ")
    if q.kind in ("assumed", "structure", "outline"):
        return _said_so(d, q, word)
    if q.kind == "unused":
        name, _, words = given.partition(" ")
        return _bind_words(d, name, f"@{q.at} {words}") if given else sentences_left.leave(d, q)
    if q.kind == "doubt":
        return d.resolve(q.line, "" if word == "x" else given or q.at)
    if word == "o" or (given.isdecimal() and 1 <= int(given) <= len(REASONS)):
        return _set_aside(d, q, rest if word == "o" else REASONS[int(given) - 1][0])
    if q.kind == "sentence":
        return _of_sentence(d, q, given)
    if word == "n":
        return _without(d, q, rest)
    if word == "p" and "presence" in q.choices:
        return _without(d, q, rest, presence=True)
    return _bind_words(d, q.capability, given) if given not in ("", "+") else _entered(d, q, alike=bool(given))


def _said_so(d: Drafting, q: Question, word: str) -> Drafting:
    """It is as it was read, or it is not."""
    if word not in ("", "x"):
        raise BadBinding("回车 是这样，x 不是", "Enter: it is so; x: it is not")
    if q.kind == "outline":
        return whole_outline.confirm(d, so=not word)
    return d.resolve(q.line, (NOT_SO if word else AS_READ) + str(q.nth or ""))


def _spoken(typed: Sequence[str]) -> list[str]:
    """What was typed of lines: 12=heading:第三章 会员 has a blank among its words."""
    out: list[str] = []
    for one in typed:
        if out and ":" in out[-1] and not re.match("[0-9]+(?:-[0-9]+)?=", one):
            out[-1] += " " + one
        else:
            out.append(one)
    return out


def _mended(d: Drafting, given: Sequence[str]) -> Drafting:
    """What lines are that were read wrongly; nothing given, every line is listed."""
    if given:
        d, carried = whole_outline.say(d, roles(given, d))
        if told := undecided_again(carried):
            _say(pick(*told))
        return d
    for line in laid_lines(d.read.laid, pick("zh", "en")):
        _say(line)
    return d


def _without(d: Drafting, q: Question, reason: str, presence: bool = False) -> Drafting:
    """Not in this text: the reason in words or by its number; where it has passages, how that is answered is said.

    `presence`: and a ballot is presence.
    """
    key = "p" if presence else "n"
    if reason.isdecimal() and 1 <= int(reason) <= len(REASONS):
        reason = REASONS[int(reason) - 1][0]
    if not reason and "absent" in q.choices and any(p.verdict != "other" for p in q.passages):
        raise BadBinding(
            f"上面有看似相关的条文：请连同它们是何事项一起答，如 {key} 5（仅提及）或 {key} 理由",
            f"there are passages that seem to be about it: say with it what matter they are, as {key} 5 (a mere mention) or {key} REASON",
        )
    return d.declare_absent(q.capability, reason, presence)


def _entered(d: Drafting, q: Question, alike: bool) -> Drafting:
    """What Enter means: accept, or confirm an absence; nothing where there is neither. `alike`: accept, for the matters with these words too."""
    if alike:
        return alike_proposals.accept(d, q)
    if q.kind == "absence" and "absent" in q.choices:
        return d.declare_absent(q.capability)
    if "accept" not in q.choices:
        raise BadBinding(
            "没有提议；请写字句，或作别的回答（?）", "nothing is proposed: write words, or answer otherwise (?)"
        )
    return d.accept(q.capability)


def _set_aside(d: Drafting, q: Question, reason: str) -> Drafting:
    wanted = {(p.capability, p.at, p.nth, p.words) for p in q.passages if not p.verdict}
    if not wanted:
        raise BadBinding(
            "没有未决的条文；本文没有这一项，请答 n", "no passage is undecided; if the text lacks it, answer n"
        )
    return d.other([p for p, _ in d.undecided if (p.capability, p.at, p.nth, p.words) in wanted], reason)


def _of_sentence(d: Drafting, q: Question, given: str) -> Drafting:
    """Words of the sentence are bound to the one capability it may be about, or to the one named before them."""
    names = [p.capability for p in q.passages]
    word, _, rest = given.partition(" ")
    if word in names:
        return d.bind(word, rest, q.at)
    if not given or len(names) > 1:
        raise BadBinding(
            f"请写理由的数字，或“事项 字句”：{'、'.join(names)}",
            f"give a reason's number, or “CAPABILITY WORDS”: {', '.join(names)}",
        )
    return d.bind(names[0], given, q.at)


def _bind_words(d: Drafting, capability: str, given: str) -> Drafting:
    """Words, with @ADDRESS before them where they stand in several articles."""
    at, _, words = given[1:].partition(" ") if given.startswith("@") else ("", "", given)
    return d.bind(capability, words, at)


def _listed(d: Drafting, several: Sequence[Question], apart: set[str]) -> Drafting:
    """What the text does not provide for, as one list: Enter confirms all, numbers leave some out to be asked one by one."""
    for line in absence_lines(several, d):
        _say(line)
    _say(
        pick(
            "逐项看过，本文都没有的，回车 全部确认；写数字（3 7）留下这些逐一再问；u 撤回；q 离开",
            "look at each; Enter confirms that none is in the text; numbers (3 7) are asked one by one; u takes back; q leaves",
        )
    )
    given = _prompt()
    if given == "u":
        return d.undo()
    numbers = given.replace("、", " ").replace(",", " ").split()
    if not all(n.isdecimal() and 1 <= int(n) <= len(several) for n in numbers):
        raise BadBinding("请写清单里的数字", "give numbers of the list")
    apart.update(several[int(n) - 1].id for n in numbers)
    left = [q.capability for q in several if q.id not in apart]
    return absences.confirm(d, left) if left else d


def _rest(d: Drafting, several: Sequence[Question], apart: set[str]) -> Drafting:
    """Sentences that are left, as one list: one reason for all, or numbers leave some out to be asked one by one."""
    for line in rest_lines(several, d):
        _say(line)
    _say(
        pick(
            f"逐句看过，都是同一理由的，写理由的数字（{_REASONS_ZH}）或 o 理由；- 3 7 留下这两句逐一再问；- 全部逐一再问；u 撤回；q 离开",
            f"look at each; where one reason holds for all: its number ({_REASONS_EN}) or o REASON; - 3 7: these are asked one by one;"
            " - alone: all are; u takes back; q leaves",
        )
    )
    given = _prompt()
    word, _, rest = given.partition(" ")
    if given == "u":
        return d.undo()
    if word == "-":
        numbers = rest.replace("、", " ").replace(",", " ").split()
        if not all(n.isdecimal() and 1 <= int(n) <= len(several) for n in numbers):
            raise BadBinding("请写清单里的数字", "give numbers of the list")
        apart.update(several[int(n) - 1].id for n in numbers)
        apart.update(q.id for q in several if not numbers)
        return d
    numbered = given.isdecimal() and 1 <= int(given) <= len(REASONS)
    if not numbered and word != "o":
        raise BadBinding("请写理由的数字，或 o 理由", "give a reason's number, or o REASON")
    return sentences_left.set_aside(d, [q.id for q in several], REASONS[int(given) - 1][0] if numbered else rest)
