"""What is asked of a person, one question at a time, as data for a page or a terminal.

The order is that of the text's life: what it is made of, who carries it out, how it comes about, how it changes, who belongs, what
follows a breach; then what is left sentence by sentence, and last what the text does not provide for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from gongyue.covenant.binding import (
    binding_text,
    listed_words,
    other_lists,
    other_share,
    requirements,
    spoken_of,
    stricter,
    unseen_matters,
    unused_shares,
    words_inside,
)
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.one_question import Choice, Proposed, Question, ShownPassage
from gongyue.covenant.binding.passages import Passage
from gongyue.covenant.binding.question_stages import STAGES
from gongyue.covenant.binding.read_now import numbered_now, read_now
from gongyue.covenant.binding.records import place_of
from gongyue.covenant.binding.sentences import Sentence
from gongyue.covenant.text import heading_of


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
            now = read_now(d.read, doubt) if doubt.structural else ("", "")
            said = (
                (f"{now[0]}。照这样读，对吗？", f"As it is read, {now[1]}. Is it so?")
                if now[0]
                else ("是这样吗？", "Is it so?")
            )
            yield Question(
                f"assumed:{doubt.line}{reading}", "structure" if doubt.structural else "assumed", "structure",
                f"第 {doubt.line} 行“{doubt.words}”：{zh}。{said[0]}", f"Line {doubt.line} “{doubt.words}”: {en}. {said[1]}",
                ("as-read", "not-so", "mend") if doubt.structural else ("as-read", "not-so"), line=doubt.line, at=doubt.at, words=doubt.words, nth=doubt.nth,
            )  # fmt: skip
            continue
        yield Question(
            f"doubt:{doubt.line}", "doubt", "structure", f"第 {doubt.line} 行“{doubt.words}”：{zh}。{numbered_now(doubt)[0]}",
            f"Line {doubt.line} “{doubt.words}”: {en or zh}. {numbered_now(doubt)[1]}", ("as-read", "address", "no-heading"),
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
                    f"The outline as a whole: {en}. Look at each: is all of it so?", ("as-read", "not-so", "mend"))  # fmt: skip


def _unused(d: Drafting) -> Iterator[Question]:
    """One question on each sentence with shares that nothing is bound to."""
    counted = unused_shares.counted_otherwise(d.read.outline.shares, d.read.parts) if d.unused else {}
    for _, group in groupby(d.unused, key=lambda s: (s.at, s.words)):
        several = list(group)
        first, part = several[0], d.read.parts[several[0].at]
        zh = "、".join(f"“{part.text[s.begin : s.end]}”{counted[s][0]}" for s in several)
        en = ", ".join(f"“{part.text[s.begin : s.end]}”{counted[s][1]}" for s in several)
        yield Question(
            f"unused:{first.line}:{first.nth}", "unused", "unused", f"{part.label}“{first.words}”：{zh}没有绑定任何事项，不据以执行。是否？",
            f"{part.label} “{first.words}”: nothing is bound to {en}, and it is not carried out. Is it so?", ("leave", "bind"),
            line=first.line, at=first.at, words=first.words, nth=first.nth, shares=tuple((s.line, s.nth) for s in several),
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
    proposal, refused = _proposal(d, name, passages), ("", "")
    if proposal and (fault := spoken_of.in_the_way(proposal.binding, d.read.parts[proposal.binding.at])):
        proposal, refused = None, (fault.zh, fault.en)
    if name == unseen_matters.ADOPTION and d.read.change and not proposal:
        refused = binding_text.change_spoken_of(d.read.parts[d.read.change.at].label, d.read.change.words)
    if not proposal and (said := other_lists.refused(name, [p.words for p in passages])):
        refused = said
    means_zh, means_en = entry.means_zh, entry.means_en
    if name == unseen_matters.ADOPTION and not proposal:
        means_zh, means_en = (f"{means_zh}{binding_text.IF_ABSENT[0]}。", f"{means_en} {binding_text.IF_ABSENT[1]}.")
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
        f"capability:{name}", "capability", stage or stage_of(name), means_zh, means_en, tuple(choices),
        capability=name, name_zh=entry.zh, name_en=entry.en, needs=entry.needs, guard=entry.guard, then=entry.then,
        passages=passages, proposal=proposal, refused_zh=refused[0], refused_en=refused[1],
        absent_refused_zh=absent[0], absent_refused_en=absent[1],
    )  # fmt: skip


def stage_of(name: str) -> str:
    """The stage a capability is asked in."""
    return next((stage for stage, names in STAGES.items() if name in names), "rest")


def _proposal(d: Drafting, name: str, passages: Sequence[ShownPassage]) -> Proposed | None:
    """What is proposed; nothing whose sentence was said to be another matter, or whose number not to be as read."""
    binding = d.read.proposals.get(name)
    if binding is None or d.denied_of(binding):
        return None
    part = d.read.parts[binding.at]
    begin = place_of(part, binding.words, binding.nth)
    end = begin + len(binding.words)
    if any(p.verdict == "other" and p.at == binding.at and p.begin < end and begin < p.end for p in passages):
        return None
    zh, en = binding_text.sentence_of(binding, quorum=d.quorum)
    left_zh, left_en = binding_text.besides(requirements.left_beside(part, binding))
    under_zh, under_en = binding_text.under(binding, heading_of(part, d.read.outline.chapters))
    some_zh, some_en = binding_text.of_some_changes(binding, part.text)
    zh, en = zh + under_zh + left_zh + some_zh, en + under_en + left_en + some_en
    names = words_inside.names_in(d.read.parts.values(), (*d.records.bindings, binding))
    other = d.other_share(binding) if name in other_share.NAMES and name not in d.bound else ()
    told = (
        *[said for f, said in other if f.capability == name][:1],
        listed_words.told(binding, d.read.by),
        stricter.condition_in(binding),
        words_inside.doubt(binding, part, names),
    )
    for said in filter(None, told):
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
    here = [said for f, said in d.others if f.at == sentence.at and f.capability in names]
    zh, en = (f"{here[0][0]}。", f" {here[0][1]}.") if here else ("", "")
    guard = any(known[n].guard for n in names)
    return Question(
        f"sentence:{sentence.at}:{sentence.begin}", "sentence", "sentences",
        f"{label}“{passage.words}”还可能关于{'、'.join(known[n].zh for n in names)}，是否另一事项？{zh}",
        f"{label} “{passage.words}” may also be about {', '.join(known[n].en for n in names)}: is it another matter?{en}",
        ("other", "bind"), guard=guard, alone=guard or bool(here), at=sentence.at, words=passage.words,
        passages=tuple(_seen(d, p, s) for p, s in group),
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
