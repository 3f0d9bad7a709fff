"""A question of `gongyue founding bind` as lines, and what does not hold yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from gongyue.cli.act_text import act_name
from gongyue.cli.outline_text import FOLDED, outline_lines
from gongyue.cli.output import note, pick
from gongyue.covenant.addresses import label_of
from gongyue.covenant.binding import absences, alike_proposals, binding_text, not_carried_out, questions
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.draft_file import AS_READ, NOT_SO
from gongyue.covenant.binding.one_question import Question
from gongyue.covenant.binding.question_stages import STAGE_NAMES
from gongyue.covenant.binding.requirements import PRESENCE
from gongyue.covenant.draft_edition import faults_of
from gongyue.covenant.parser import part_oddities
from gongyue.governance.acts import ACT_TYPES

_NOT_SO = (
    ("不是：其中的数不绑定", "not so: its numbers are not bound"),
    (
        "不是，先放着：说明这一行是什么以前不能定稿",
        "it is not, and stays open: it cannot be frozen until somebody says what the line is",
    ),
)
_MEND = (
    "读错的一行是什么：heading 标题，part 另起一处，above 接上一处，on 与上一行连成一行，out 不属正文；"
    "只是行内几个字：N=heading:第三章 会员；--outline lines 列出各行",
    "what a line is that was read wrongly: heading, part (begins one), above (goes on), on (the rest of the line above), out (no text);"
    " of some words of it only:"
    " N=heading:第三章 会员; --outline lines lists them",
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
    if any(fault.why in ("outline", "structure") for fault in found):
        yield pick(
            "  逐行列出：--outline lines；说明一行是什么：--line 12=heading",
            "  every line: --outline lines; to say what one is: --line 12=heading",
        )
    if len(found) > LISTED:
        yield pick(f"……共 {len(found)} 处", f"… {len(found)} places in all")


def unfit_lines(before: Drafting, after: Drafting) -> Iterator[tuple[str, str]]:
    """Why a new binding keeps the text from being frozen, in the words of the refusal: told as it is made, not first where it is frozen."""
    made = {b.capability for b in after.records.bindings if b not in before.records.bindings}
    if not made:
        return
    told = [(f, said) for f, said in after.others if f.capability in made][:1]
    others, known = {f for f, _ in after.others}, before.conflicts
    told += [(f, (f.zh, f.en)) for f in after.conflicts if f.capability in made and f not in known and f not in others]
    for _, (zh, en) in told:
        yield f"这样还不能定稿：{zh}。", f"so it cannot be frozen yet: {en}."


def question_lines(d: Drafting, q: Question) -> Iterator[str]:
    """A question as lines: how far it is, what it is about, the quoted sentences, the proposal as a sentence."""
    if not (
        d.draft.steps or d.draft.resolved or d.draft.outline
    ):  # told once: they would hide the questions that follow
        for words, zh, en in part_oddities.told(d.read.outline.oddities):
            yield f"! “{words.splitlines()[0][:40]}” {pick(zh, en)}"
    settled, total = d.progress
    left = len(d.undecided)
    stage = pick(*STAGE_NAMES[q.stage])
    name = f" · {pick(q.name_zh, q.name_en)} {q.capability}" if q.capability else ""
    yield f"[{settled}/{total}{pick(f'，未决 {left} 句', f', {left} undecided')}] {stage}{name}"
    yield from _whole_lines(d) if q.kind == "outline" else ()
    yield f"  {pick(q.zh, q.en)}"
    yield from _what_for(d, q) if q.kind == "capability" else ()
    yield from _passage_lines(q)
    if q.kind == "absence" and (said_near := absences.near(d, q)):
        yield f"  {pick(*said_near)}"
    yield from _proposal_lines(d, q)
    if q.refused_zh:
        yield pick(f"  不能采用：{q.refused_zh}", f"  cannot be taken: {q.refused_en}")
    if q.absent_refused_zh:
        yield pick(f"  不能声明没有：{q.absent_refused_zh}", f"  not absent: {q.absent_refused_en}")


def _passage_lines(q: Question) -> Iterator[str]:
    """The sentences that may speak of it, with what was decided on each; of a sentence's own question none, which quotes it."""
    shown = q.passages[:SHOWN] if q.kind != "sentence" else ()
    if shown:
        yield pick(
            f"  条文里可能说到它的 {len(q.passages)} 句：", f"  sentences that may speak of it: {len(q.passages)}"
        )
    for p in shown:
        told = {"": "", "bound": pick("（已绑定）", " (bound)"), "other": pick(f"（{p.reason}）", f" ({p.reason})")}[
            p.verdict
        ]
        yield f"  {p.label}“{p.words}”{told}"
    if len(q.passages) > len(shown) > 0:
        yield pick(f"  ……共 {len(q.passages)} 句", f"  … {len(q.passages)} sentences in all")


def _proposal_lines(d: Drafting, q: Question) -> Iterator[str]:
    """What is proposed as a sentence, and for which other matters the same words are."""
    if q.proposal:
        said = pick(q.proposal.zh, q.proposal.en)
        yield pick(f"  提议：{q.proposal.label}“{q.proposal.binding.words}”", f"  proposed: {q.proposal.label} “{q.proposal.binding.words}”")  # fmt: skip
        if said:
            yield pick(f"    {said}。是否？", f"    {said}. Right?")
    for one in alike_proposals.of(d, q):
        means = pick(one.proposal.zh, one.proposal.en) if one.proposal else ""
        says = f"{pick('：', ': ')}{means}" if means else ""
        same = pick("同样的字句也提议给", "the same words are proposed for")
        yield f"    {same} {pick(one.name_zh, one.name_en)} {one.capability}{says}"


def _what_for(d: Drafting, q: Question) -> Iterator[str]:
    """Which acts go by the words that are bound, and what holds where the text says nothing."""
    entry = d.read.by.catalogue.capabilities[q.capability]
    acts = [name for name in entry.acts if "/" in name]
    if acts:
        told = _named(acts)
        yield pick(f"  照所绑定的字句办的：{told}", f"  what goes by the words that are bound: {told}")
    then_zh, _, then_en = entry.then.partition(" / ")
    if then_zh and "absent" in q.choices:
        yield pick(f"  本文没有规定时：{then_zh}", f"  where this text does not say: {then_en or then_zh}")
    elif entry.absent == "off" and acts and "absent" in q.choices:
        if off := _named(name for name in acts if ACT_TYPES[name].capability):
            yield pick(f"  本文没有规定时，不能办：{off}", f"  where this text does not say, these are off: {off}")
        if on := _named(name for name in acts if not ACT_TYPES[name].capability):
            yield pick(
                f"  本文没有规定时，仍可办，没有条文可依：{on}",
                f"  where this text does not say, these can be done all the same, by no article: {on}",
            )


def _named(acts: Iterable[str]) -> str:
    return pick("、", ", ").join(map(act_name, acts))


def _whole_lines(d: Drafting) -> Iterator[str]:
    """The outline as a whole; a long one by its headings, and how to see every part of it."""
    yield from (f"  {line}" for line in outline_lines(d.read.shown, pick("zh", "en"), fold=True))
    yield pick("  逐行列出：--outline lines", "  every line: --outline lines")
    if len(d.read.parts) > FOLDED:
        yield pick("  逐处列出：--outline show", "  every part: --outline show")


def options(d: Drafting, q: Question) -> Iterator[str]:
    """By which options the question is answered."""
    if alike_proposals.of(d, q):
        told = pick("采用，连同上面提议同样字句的事项", "accept it, for the matters above with the same words too")
        yield f"    --accept-alike  {told}"
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
            *_as_read(q),
        ),
        "not-so": (f"--resolve {q.line}={NOT_SO}{reading}", *_NOT_SO[q.kind == "structure"]),
        "leave": ("--leave", "不据以执行", "not carried out"),
        "address": (f"--resolve {q.line}=A", "是另一条的起首，A 如 8、5.1", "it begins another article: A as 8 or 5.1"),
        "no-heading": (
            f"--resolve {q.line}=",
            "不是一条的起首，读作上一处的正文",
            "it begins no article and is text of the part above",
        ),
        "mend": (f"--line {q.line or 'N'}=heading", *_MEND),
    }
    if q.kind == "outline":
        by |= {
            "as-read": ("--outline as-read", "相符", "it is so"),
            "not-so": ("--outline not-so", *_NOT_SO[1]),
        }
    for choice in q.choices:
        option, zh, en = by[choice]
        yield f"    {option}  {pick(zh, en)}"


def _as_read(q: Question) -> tuple[str, str]:
    """What answering that a line is as it was read makes of it."""
    if q.kind == "doubt":
        return (
            f"就读作{label_of(q.at)}的起首" if q.at else "就读作上一处的正文",
            f"it begins {label_of(q.at)}" if q.at else "it is text of the part above",
        )
    if q.kind == "structure":
        return "照现在所读，不再问", "it stays as it is read now, and is asked no more"
    return "照所读", "as it was read"


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
            if said_near := absences.near(d, q):
                yield f"     {pick(*said_near)}"
    if left := not_carried_out.free(d.read.parts.values(), d.records.bindings, d.records.decisions):
        yield pick(
            f"这 {len(left)} 句没有绑定，也没有决定；确认之前看看其中有没有说到上面哪一项：",
            f"These {len(left)} sentences are neither bound nor decided on; look whether one of them speaks of any of the above:",
        )
        yield from (f"     {e.label}“{e.words}”" for e in left[:FREE])
        if (more := len(left) - FREE) > 0:
            yield pick(f"     另有 {more} 句：--json 列出全部", f"     {more} more: --json lists all of them")


def absence_data(d: Drafting) -> dict[str, Any]:
    """The same list as data."""
    left = not_carried_out.free(d.read.parts.values(), d.records.bindings, d.records.decisions)
    return {
        "absences": [msgspec.to_builtins(q) for q in absences.listed(questions.questions(d))],
        "free": [{"at": e.at, "words": e.words} for e in left],
    }


def tell_bound(before: Drafting, after: Drafting) -> None:
    """What was bound, with the number or the items read of it; and what was bound before, where this came beside it."""
    known = after.read.by.catalogue.capabilities
    for b in after.records.bindings:
        if b in before.records.bindings:
            continue
        entry, (says_zh, says_en) = known[b.capability], binding_text.sentence_of(b, quorum=after.quorum)
        note(
            f"绑定：{entry.zh}“{b.words}”{f'：{says_zh}' if says_zh else ''}",
            f"bound: {entry.en} “{b.words}”{f': {says_en}' if says_en else ''}",
        )
        for one in [o for o in before.records.bindings if o.capability == b.capability]:
            note(
                f"  另加的一处：{after.read.parts[one.at].label}“{one.words}”仍绑定。要改为只绑定这一处，先 --drop {b.capability}，再绑定。",
                f"  beside it: {after.read.parts[one.at].label} “{one.words}” stays bound. To have this one instead, --drop {b.capability}"
                " first, then bind.",
            )
    for zh, en in unfit_lines(before, after):
        note(zh, en)
