"""What is asked of a person, one question at a time, as data for a page or a terminal.

The order is that of the text's life: what it is made of, who carries it out, how it comes about, how it changes, who belongs, what
follows a breach; then what is left sentence by sentence, and last what the text does not provide for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby
from typing import Literal

import msgspec

from gongyue.covenant.binding import (
    binding_text,
    listed_words,
    requirements,
    spoken_of,
    unseen_matters,
    unused_shares,
    words_inside,
)
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.draft_file import Verdict
from gongyue.covenant.binding.passages import Passage
from gongyue.covenant.binding.question_stages import STAGES
from gongyue.covenant.binding.records import Binding, place_of
from gongyue.covenant.binding.sentences import Sentence
from gongyue.covenant.text import heading_of

QuestionKind = Literal["doubt", "assumed", "structure", "capability", "sentence", "unused", "absence", "outline"]
Choice = Literal["accept", "bind", "other", "absent", "presence", "as-read", "address", "no-heading", "not-so", "leave"]


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
    unused: the `nth` share of the line, bound to nothing. sentence: the capabilities that its words may be about, undecided. absence: what holds instead.
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


def questions(d: Drafting, skipped: Collection[str] = ()) -> Iterator[Question]:
    """Every question that is open, in order, without those skipped."""
    return (q for q in _questions(d) if q.id not in skipped)


def next_question(d: Drafting, skipped: Collection[str] = ()) -> Question | None:
    """The first that is open; None where everything was answered (`Drafting.conflicts` may still say what does not hold)."""
    return next(questions(d, skipped), None)


def _questions(d: Drafting) -> Iterator[Question]:
    for doubt in d.doubts:
        zh, _, en = doubt.why.partition(" / ")
        if doubt in d.read.outline.assumed:
            reading = f":{doubt.nth}" * bool(doubt.nth)
            yield Question(
                f"assumed:{doubt.line}{reading}", "structure" if doubt.structural else "assumed", "structure",
                f"第 {doubt.line} 行“{doubt.words}”：{zh}。是这样吗？", f"Line {doubt.line} “{doubt.words}”: {en}. Is it so?",
                ("as-read", "not-so"), line=doubt.line, at=doubt.at, words=doubt.words, nth=doubt.nth,
            )  # fmt: skip
            continue
        yield Question(
            f"doubt:{doubt.line}", "doubt", "structure", f"第 {doubt.line} 行“{doubt.words}”：{zh}。",
            f"Line {doubt.line} “{doubt.words}”: {en or zh}.", ("as-read", "address", "no-heading"),
            line=doubt.line, at=doubt.at, words=doubt.words,
        )  # fmt: skip
    if not (d.outline_said or d.structure_open):
        yield of_outline(d)
    asked = set[str]()
    for stage, names in STAGES.items():
        for name in names:
            asked.add(name)
            if is_asked(d, name):
                yield of_capability(d, name, stage)
    for name in d.read.by.catalogue.capabilities:
        if name not in asked and is_asked(d, name):
            yield of_capability(d, name, "rest")
    settled = d.bound | d.absences.keys()
    left = [(p, s) for p, s in d.undecided if p.capability in settled]
    for _, group in groupby(left, key=lambda ps: (ps[1].at, ps[1].begin)):
        yield _of_sentence(d, list(group))
    yield from _unused(d)
    yield from _absences(d)


def of_outline(d: Drafting) -> Question:
    """The question on the outline as a whole, answered or not."""
    zh, en = d.read.shown.total
    return Question("outline", "outline", "structure", f"全文的结构：{zh}。逐处看过，都与原文相符吗？",
                    f"The outline as a whole: {en}. Look at each: is all of it so?", ("as-read", "not-so"))  # fmt: skip


def _unused(d: Drafting) -> Iterator[Question]:
    counted = unused_shares.counted_otherwise(d.read.outline.shares, d.read.parts) if d.unused else {}
    for s in d.unused:
        part = d.read.parts[s.at]
        said = part.text[s.begin : s.end]
        zh, en = counted[s]
        yield Question(
            f"unused:{s.line}:{s.nth}", "unused", "unused", f"{part.label}“{s.words}”：“{said}”{zh}没有绑定任何事项，不据以执行。是否？",
            f"{part.label} “{s.words}”: nothing is bound to “{said}”{en}, and it is not carried out. Is it so?", ("leave", "bind"),
            line=s.line, at=s.at, words=s.words, nth=s.nth,
        )  # fmt: skip


def is_asked(d: Drafting, name: str) -> bool:
    """Whether a capability has a question of its own: something undecided, or nothing that could make it absent."""
    if name in d.bound or name in d.absences:
        return False
    if any(p.capability == name for p, _ in d.undecided):
        return True
    if name == requirements.PRESENCE:
        return any(b.kind == "share" and b.base == "present" for b in d.records.bindings)
    if name == unseen_matters.ADOPTION and d.read.change:
        return True  # its change is spoken of, in words that nothing is bound to
    entry = d.read.by.catalogue.capabilities[name]
    unseen = entry.also or name in unseen_matters.UNSEEN
    if unseen and name in d.read.proposals and all(p.capability != name for p, _ in d.read.seen):
        return True  # no passage of its own, but another's share may govern it: absent only if somebody says so
    if entry.absent not in ("refused", "unsaid") or d.bound & set(entry.alternatives):
        return False
    return not any(p.capability in entry.alternatives for p, _ in d.undecided)


def of_capability(d: Drafting, name: str, stage: str = "") -> Question:
    """The question on a capability, answered or not."""
    entry = d.read.by.catalogue.capabilities[name]
    passages = tuple(_seen(d, p, s) for p, s in d.read.seen if p.capability == name)
    proposal, refused = _proposal(d, name), ("", "")
    if proposal and (fault := spoken_of.in_the_way(proposal.binding, d.read.parts[proposal.binding.at])):
        proposal, refused = None, (fault.zh, fault.en)
    if name == unseen_matters.ADOPTION and d.read.change and not proposal:
        refused = binding_text.change_spoken_of(d.read.parts[d.read.change.at].label, d.read.change.words)
    guard = d.guard_fault(name) if entry.guard else None
    absent = (guard.zh, guard.en) if guard else ("", "")
    if name == requirements.EXECUTIVE and (
        fault := requirements.names_a_body(d.read.parts.values(), d.read.by.catalogue)
    ):
        absent = (fault.zh, fault.en)
    if entry.absent == "refused" and not entry.alternatives:
        absent = f"{entry.zh}不能没有", f"{entry.en}: it cannot be absent"
    choices: list[Choice] = ["accept"] if proposal else []
    choices.append("bind")
    if any(not p.verdict for p in passages):
        choices.append("other")
    if not absent[0]:
        choices.append("absent")
    if name == requirements.PRESENCE:
        choices.append("presence")
    return Question(
        f"capability:{name}", "capability", stage or stage_of(name), entry.means_zh, entry.means_en, tuple(choices),
        capability=name, name_zh=entry.zh, name_en=entry.en, needs=entry.needs, guard=entry.guard, then=entry.then,
        passages=passages, proposal=proposal, refused_zh=refused[0], refused_en=refused[1],
        absent_refused_zh=absent[0], absent_refused_en=absent[1],
    )  # fmt: skip


def stage_of(name: str) -> str:
    """The stage a capability is asked in."""
    return next((stage for stage, names in STAGES.items() if name in names), "rest")


def _proposal(d: Drafting, name: str) -> Proposed | None:
    binding = d.read.proposals.get(name)
    if binding is None:
        return None
    part = d.read.parts[binding.at]
    begin = place_of(part, binding.words, binding.nth)
    zh, en = binding_text.sentence_of(binding, quorum=d.quorum)
    left_zh, left_en = binding_text.besides(requirements.left_beside(part, binding))
    under_zh, under_en = binding_text.under(binding, heading_of(part, d.read.outline.chapters))
    zh, en = zh + under_zh + left_zh, en + under_en + left_en
    names = words_inside.names_in(d.read.parts.values(), (*d.records.bindings, binding))
    if mild := listed_words.told(binding, d.read.by):
        zh, en = f"{zh}{'；' * bool(zh)}{mild[0]}", f"{en}{'; ' * bool(en)}{mild[1]}"
    if said := words_inside.doubt(binding, part, names):
        zh, en = f"{zh}{'；' * bool(zh)}{said[0]}", f"{en}{'; ' * bool(en)}{said[1]}"
    return Proposed(binding, part.label, begin, begin + len(binding.words), zh, en)


def _seen(d: Drafting, passage: Passage, sentence: Sentence) -> ShownPassage:
    verdict = d.verdict(passage, sentence)
    reason = (
        d.reasons.get((passage.capability, passage.at, passage.nth, passage.words), "") if verdict == "other" else ""
    )
    return ShownPassage(
        passage.capability, passage.at, d.read.parts[passage.at].label, passage.nth, passage.words,
        sentence.begin, sentence.begin + len(sentence.words), verdict, reason,
    )  # fmt: skip


def _of_sentence(d: Drafting, group: list[tuple[Passage, Sentence]]) -> Question:
    passage, sentence = group[0]
    known = d.read.by.catalogue.capabilities
    names = [p.capability for p, _ in group]
    label = d.read.parts[passage.at].label
    return Question(
        f"sentence:{sentence.at}:{sentence.begin}", "sentence", "sentences",
        f"{label}“{passage.words}”还可能关于{'、'.join(known[n].zh for n in names)}，是否另一事项？",
        f"{label} “{passage.words}” may also be about {', '.join(known[n].en for n in names)}: is it another matter?",
        ("other", "bind"), at=sentence.at, words=passage.words, passages=tuple(_seen(d, p, s) for p, s in group),
    )  # fmt: skip


def _absences(d: Drafting) -> Iterator[Question]:
    undecided = {p.capability for p, _ in d.undecided}
    guards_first = sorted(d.read.by.catalogue.capabilities.items(), key=lambda c: not c[1].guard)
    for name, entry in guards_first:
        if name in d.bound or name in d.absences or name in undecided or is_asked(d, name):
            continue
        guard = d.guard_fault(name)
        then_zh, _, then_en = entry.then.partition(" / ")
        if name == requirements.PRESENCE:
            then_zh = then_en = ""
        held_zh, held_en = (
            (f"；没有规定时：{then_zh}", f"; what holds then: {then_en or then_zh}") if then_zh else ("", "")
        )
        yield Question(
            f"absence:{name}", "absence", "absent", f"本文没有关于{entry.zh}的规定{held_zh}。是否？",
            f"This text does not provide for this: {entry.en}{held_en}. Right?",
            ("bind",) if guard else ("absent", "bind"), capability=name, name_zh=entry.zh, name_en=entry.en, needs=entry.needs,
            guard=entry.guard, then=entry.then, passages=tuple(_seen(d, p, s) for p, s in d.read.seen if p.capability == name),
            absent_refused_zh=guard.zh if guard else "", absent_refused_en=guard.en if guard else "",
        )  # fmt: skip
