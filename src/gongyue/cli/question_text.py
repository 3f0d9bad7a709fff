"""A question of `gongyue founding bind` as lines, and what does not hold yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongyue.cli.outline_text import FOLDED, outline_lines
from gongyue.cli.output import pick
from gongyue.covenant.binding import absences, not_carried_out
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.draft_file import AS_READ, NOT_SO
from gongyue.covenant.binding.question_stages import STAGE_NAMES
from gongyue.covenant.binding.questions import Question
from gongyue.covenant.binding.requirements import PRESENCE
from gongyue.covenant.draft_edition import faults_of
from gongyue.covenant.parser import part_oddities

_NOT_SO = (
    ("不是：其中的数不绑定", "not so: its numbers are not bound"),
    ("不是：请改好文本再读入", "not so: mend the text and read it again"),
)
SHOWN = 8
"""Passages of one question that are shown; the others are counted."""
FREE = 40
"""Sentences that nothing was said of that are shown beside what is absent."""
LISTED = 20
"""Places that do not hold yet that are listed; the others are counted."""


def faults(d: Drafting) -> Iterator[str]:
    """What does not hold yet, or that nothing is amiss."""
    found = faults_of(d)
    if not found:
        yield pick("可以定稿；绑定单见 --sheet。", "It can be frozen; see --sheet.")
    for fault in found[:LISTED]:
        yield pick(f"尚不能定稿：{fault.zh}", f"cannot be frozen yet: {fault.en}")
    if len(found) > LISTED:
        yield pick(f"……共 {len(found)} 处", f"… {len(found)} places in all")


def question_lines(d: Drafting, q: Question) -> Iterator[str]:
    """A question as lines: how far it is, what it is about, the quoted sentences, the proposal as a sentence."""
    if not d.draft.steps:
        for words, zh, en in part_oddities.told(d.read.outline.oddities):
            yield f"! “{words.splitlines()[0][:40]}” {pick(zh, en)}"
    settled, total = d.progress
    left = len(d.undecided)
    stage = pick(*STAGE_NAMES[q.stage])
    name = f" · {pick(q.name_zh, q.name_en)} {q.capability}" if q.capability else ""
    yield f"[{settled}/{total}{pick(f'，未决 {left} 句', f', {left} undecided')}] {stage}{name}"
    yield from _whole_lines(d) if q.kind == "outline" else ()
    yield f"  {pick(q.zh, q.en)}"
    shown = q.passages[:SHOWN] if q.kind != "sentence" else ()  # the question quotes it
    for p in shown:
        told = {"": "", "bound": pick("（已绑定）", " (bound)"), "other": pick(f"（{p.reason}）", f" ({p.reason})")}[
            p.verdict
        ]
        yield f"  {p.label}“{p.words}”{told}"
    if len(q.passages) > len(shown) > 0:
        yield pick(f"  ……共 {len(q.passages)} 句", f"  … {len(q.passages)} sentences in all")
    if q.proposal:
        said = pick(q.proposal.zh, q.proposal.en)
        yield pick(f"  提议：{q.proposal.label}“{q.proposal.binding.words}”", f"  proposed: {q.proposal.label} “{q.proposal.binding.words}”")  # fmt: skip
        if said:
            yield pick(f"    {said}。是否？", f"    {said}. Right?")
    if q.refused_zh:
        yield pick(f"  不能采用：{q.refused_zh}", f"  cannot be taken: {q.refused_en}")
    if q.absent_refused_zh:
        yield pick(f"  不能声明没有：{q.absent_refused_zh}", f"  not absent: {q.absent_refused_en}")


def _whole_lines(d: Drafting) -> Iterator[str]:
    """The outline as a whole; a long one by its headings, and how to see every part of it."""
    yield from (f"  {line}" for line in outline_lines(d.read.shown, pick("zh", "en"), fold=True))
    if len(d.read.parts) > FOLDED:
        yield pick("  逐处列出：--outline show", "  every part: --outline show")


def options(q: Question) -> Iterator[str]:
    """By which options the question is answered."""
    reading = str(q.nth or "")
    other = " --other REASON" * any(not p.verdict for p in q.passages)
    by = {
        "accept": ("--accept", "采用", "accept it"),
        "bind": (f"--capability {q.capability or 'C'} --words W [--at A]", "绑定字句", "bind words"),
        "other": (
            f"{f'--capability {q.capability} ' * bool(q.capability)}--other REASON",
            "另一事项",
            "another matter",
        ),
        "absent": (f"--absent {q.capability}{other}", "本文无此规定", "not in this text"),
        "presence": (f"--presence{other}", "投票即出席", "a ballot is presence"),
        "as-read": (
            f"--resolve {q.line}={AS_READ + reading if q.kind in ('assumed', 'structure') else q.at}",
            "照所读",
            "as it was read",
        ),
        "not-so": (f"--resolve {q.line}={NOT_SO}{reading}", *_NOT_SO[q.kind == "structure"]),
        "leave": (f"--resolve {q.line}=-{q.nth}", "不据以执行", "it is not carried out"),
        "address": (f"--resolve {q.line}=A", "另一条", "another article"),
        "no-heading": (f"--resolve {q.line}=", "不是标题", "no heading"),
    }
    if q.kind == "outline":
        by |= {
            "as-read": ("--outline as-read", "相符", "it is so"),
            "not-so": (
                "--outline not-so",
                "不是：改存疑的行的回答，或改好文本再读入",
                "not so: change an answer on a line in doubt, or mend the text",
            ),
        }
    for choice in q.choices:
        option, zh, en = by[choice]
        yield f"    {option}  {pick(zh, en)}"


def absence_lines(several: Sequence[Question], d: Drafting) -> Iterator[str]:
    """What the text does not provide for, by chapter: each in words with what holds instead, and the sentences set aside for it.

    Below it the sentences that nothing was said of, which may provide for some of it in words that are not known here.
    """
    if not several:
        yield pick("没有可以一并确认的了。", "There is nothing to be confirmed together.")
        return
    yield pick(f"本文没有关于以下 {len(several)} 项的规定：", f"The text does not provide for these {len(several)}:")
    numbered = {q.id: i for i, q in enumerate(several, 1)}
    for stage, of in absences.by_chapter(several).items():
        yield pick(*STAGE_NAMES[stage])
        for q in of:
            then_zh, _, then_en = q.then.partition(" / ")
            held = pick(f"；没有规定时：{then_zh}", f"; what holds then: {then_en or then_zh}")
            said = held if then_zh and q.capability != PRESENCE else ""
            yield f"  {numbered[q.id]:2} {pick(q.name_zh, q.name_en)} {q.capability}{said}"
            yield from (f"     {p.label}“{p.words}”{pick(f'（{p.reason}）', f' ({p.reason})')}" for p in q.passages)
    if left := not_carried_out.free(d.read.parts.values(), d.records.bindings, d.records.decisions):
        yield pick(
            f"这 {len(left)} 句没有绑定，也没有决定；确认之前看看其中有没有说到上面哪一项：",
            f"These {len(left)} sentences are neither bound nor decided on; look whether one of them speaks of any of the above:",
        )
        yield from (f"     {e.label}“{e.words}”" for e in left[:FREE])
        if (more := len(left) - FREE) > 0:
            yield pick(f"     另有 {more} 句：--json 列出全部", f"     {more} more: --json lists all of them")
