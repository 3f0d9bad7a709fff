"""How a binding draft stands: what was bound, decided and declared absent so far, what is open, and what does not hold yet."""

from __future__ import annotations

from functools import cached_property

from gongyue.covenant.binding import guards, other_share, said_headings, unused_shares, validation
from gongyue.covenant.binding.coverage import Coverage
from gongyue.covenant.binding.draft_file import (
    AS_READ,
    NOT_SO,
    Draft,
    Key,
    Reading,
    Records,
    Verdict,
    answer_to,
    key_of,
)
from gongyue.covenant.binding.passages import Passage
from gongyue.covenant.binding.records import Absence, Binding, Decision, Fault, place_of
from gongyue.covenant.binding.sentences import Sentence
from gongyue.covenant.parser import assumptions
from gongyue.covenant.parser.mending import OUT_WHY
from gongyue.covenant.text import Doubt, Part, StatedShare

_SAID = (("out", "不属于正文", "no text"), ("heading", "是标题", "a heading"), ("title", "是全文的标题", "the title"))
"""What nobody is bound by once somebody has said so: quoted in full where the text is frozen."""
_PARTED = (
    ("on", "与上一行连成一行", "the rest of the line above"),
    ("part", "在行内另起一处", "the beginning of a part within a line"),
)
"""What stays text, and where a sentence ends otherwise than in the file: its first words are quoted."""
_QUOTED = 15
"""Characters of them."""
MOST_DROPPED = 40
"""Lines that the reader took for no text and that are quoted in full: a file of code has thousands."""


class DraftStatus:
    """What a draft says of its text."""

    def __init__(self, read: Reading, draft: Draft) -> None:
        self.read, self.draft = read, draft

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Places that a person must resolve: of the numbering first, then what was assumed of numbers."""
        assumed = (d for d in self.read.outline.assumed if not answer_to(d, self.read.resolved))
        return (*self.read.outline.doubts, *assumed)

    @cached_property
    def unused(self) -> tuple[StatedShare, ...]:
        """Shares of the text that nothing is bound to, and of which nobody has said that they are not carried out."""
        said = {(r.line, r.at) for r in self.read.resolved}
        left = unused_shares.among(self.read.outline.shares, self.records.bindings, self.read.parts)
        return tuple(s for s in left if (s.line, f"-{s.nth}") not in said)

    @cached_property
    def outline_said(self) -> str:
        """AS_READ or NOT_SO, as a person said of the outline as a whole as it is now; empty where nobody has."""
        said, digest = self.draft.outline[:1], self.draft.outline[1:]
        return said if said in (AS_READ, NOT_SO) and digest == self.read.shown_digest else ""

    @property
    def structure_open(self) -> bool:
        """Whether a line is in doubt on which the outline depends: it is settled before the whole is looked at."""
        return bool(self.read.outline.doubts) or any(d.structural for d in self.doubts)

    @property
    def outline_fault(self) -> Fault | None:
        """Why it cannot be frozen while the outline as a whole is not confirmed, or is said not to be so."""
        zh, en = self.read.shown.total if self.outline_said != AS_READ else ("", "")
        if self.outline_said == NOT_SO:
            return Fault("outline", "", "", f"全文的结构（{zh}）不是这样：说明读错的行是什么（标题、另起一处、接上一处、不属于正文），"
                         "或改好文件再读入，或改答“是这样”",
                         f"the outline as a whole ({en}) is not so: say what the lines are that were read wrongly (a heading, the beginning"
                         " of a part, one that goes on, no text), or mend the file and read it again, or answer that it is so")  # fmt: skip
        return None if self.outline_said else Fault("doubt", "", "", f"全文的结构还没有整体确认：{zh}",
                                                    f"the outline as a whole is not confirmed yet: {en}")  # fmt: skip

    @property
    def outline_told(self) -> tuple[str, str]:
        """Whether the outline as a whole was confirmed, with its figures, and what somebody took out: what the text is frozen by."""
        zh, en = self.read.shown.total
        for role, said_zh, said_en in (*_SAID, *_PARTED):
            whole = (role, said_zh, said_en) in _SAID
            lines = [
                (one.line, one.words if whole or len(one.words) <= _QUOTED else one.words[:_QUOTED] + "……")
                for one in self.read.laid
                if one.said == role and (role != "part" or one.piece)
            ]
            if lines:
                zh += f"。由人说明{said_zh}：" + "".join(f"第 {n} 行“{words}”" for n, words in lines)
                en += f". Said to be {said_en}: " + ", ".join(f"line {n} “{words}”" for n, words in lines)
        if dropped := [one for one in self.read.shown.left_out if one.why != OUT_WHY]:
            quoted = [(one.line, " ".join(one.words.split())) for one in dropped[:MOST_DROPPED]]
            zh += "。软件没有读作正文：" + "".join(f"第 {n} 行“{words}”" for n, words in quoted)
            en += ". Not read as text: " + ", ".join(f"line {n} “{words}”" for n, words in quoted)
            if more := len(dropped) - len(quoted):
                zh, en = f"{zh}，另有 {more} 行", f"{en} and {more} more"
        if self.outline_said == AS_READ:
            return f"全文的结构已逐处看过、整体确认：{zh}", f"the outline was looked at and confirmed as a whole: {en}"
        return f"全文的结构没有整体确认：{zh}", f"the outline was not confirmed as a whole: {en}"

    @property
    def denied(self) -> tuple[Doubt, ...]:
        """What was assumed and a person said is not so."""
        return tuple(d for d in self.read.outline.assumed if answer_to(d, self.read.resolved) == NOT_SO)

    @property
    def denials(self) -> tuple[Fault, ...]:
        """What cannot be frozen for what a person said is not so: numbers that are bound all the same, a structure read otherwise."""
        structural = (
            Fault("structure", "", d.at, f"第 {d.line} 行“{d.words}”不是所读的意思：请说明这一行是什么，或改好文本再读入，或改答“是这样”",
                  f"line {d.line} “{d.words}” does not mean what was read: say what the line is, mend the text and read it again,"
                  " or answer that it is so")
            for d in self.denied
            if d.structural
        )  # fmt: skip
        return (*structural, *(fault for b in self.records.bindings for fault in self.denied_of(b)))

    def denied_of(self, binding: Binding) -> tuple[Fault, ...]:
        """Why a number that is bound, or would be, does not mean what was read, as a person said of its words."""
        counted = [d for d in self.denied if not d.structural] if binding.kind in ("share", "period") else []
        return tuple(
            Fault("assumed", binding.capability, d.at, f"{d.at}“{d.words}”不是所读的意思，其中的数不能绑定：请撤销绑定，或改写条文",
                  f"{d.at} “{d.words}” does not mean what was read, so its numbers are not bound: drop the binding or reword the text")
            for d in counted
            if _meets(self.read.parts[binding.at], binding, d)
        )  # fmt: skip

    @property
    def records(self) -> Records:
        """Everything said so far."""
        return self.draft.records

    @cached_property
    def coverage(self) -> Coverage:
        """Which words are bound to what."""
        coverage = Coverage(self.read.parts)
        for b in self.records.bindings:
            coverage.add(b)
        return coverage

    @cached_property
    def bound(self) -> frozenset[str]:
        """The capabilities that are bound."""
        return frozenset(b.capability for b in self.records.bindings)

    @cached_property
    def absences(self) -> dict[str, Absence]:
        """What was declared absent, by capability."""
        return {a.capability: a for a in self.records.absent}

    @cached_property
    def reasons(self) -> dict[Key, str]:
        """The reasons of what was decided to be other matter, by passage."""
        return {key_of(d): d.reason for d in self.records.decisions}

    @cached_property
    def quorum(self) -> Binding | None:
        """What is bound as the quorum, if anything is."""
        return next((b for b in self.records.bindings if b.capability == "vote.quorum" and b.kind == "share"), None)

    def verdict(self, passage: Passage, sentence: Sentence) -> Verdict:
        """How a passage was decided on; empty where it was not yet."""
        if self.coverage.overlaps(passage.capability, sentence):
            return "bound"
        return "other" if key_of(passage) in self.reasons else ""

    @cached_property
    def undecided(self) -> tuple[tuple[Passage, Sentence], ...]:
        """Passages not decided on yet, in their order."""
        return tuple((p, s) for p, s in self.read.seen if not self.verdict(p, s))

    @cached_property
    def open_capabilities(self) -> tuple[str, ...]:
        """Capabilities neither bound nor absent, or with a passage that is undecided."""
        undecided = {p.capability for p, _ in self.undecided}
        settled = (self.bound | self.absences.keys()) - undecided
        return tuple(n for n in self.read.by.catalogue.capabilities if n not in settled)

    @property
    def progress(self) -> tuple[int, int]:
        """How many capabilities are bound or absent, of how many."""
        return len(self.bound | self.absences.keys()), len(self.read.by.catalogue.capabilities)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """Every decision so far, in the order of the passages."""
        told = ((p, self.verdict(p, s)) for p, s in self.read.seen)
        return tuple(
            Decision(p.capability, p.at, p.nth, p.words, verdict, "" if verdict == "bound" else self.reasons[key_of(p)])
            for p, verdict in told
            if verdict
        )

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that does not hold yet: doubts first, then what `validation` finds."""
        doubts = (
            Fault("doubt", "", d.at, f"第 {d.line} 行“{d.words}”存疑：{zh}", f"line {d.line} “{d.words}” is in doubt: {en or zh}")
            for d in self.doubts
            for zh, _, en in [d.why.partition(" / ")]
        )  # fmt: skip
        left = (
            Fault("doubt", "", s.at, f"第 {s.line} 行“{s.words}”的“{said}”没有绑定：请绑定，或答不据以执行",
                  f"line {s.line}: “{said}” in “{s.words}” is not bound: bind it, or say that it is not carried out")
            for s in self.unused
            for said in [self.read.parts[s.at].text[s.begin : s.end]]
        )  # fmt: skip
        parts, records = self.read.outline.parts, self.records
        return (
            *doubts,
            *left,
            *filter(None, [self.outline_fault]),
            *self.not_as_said,
            *self.denials,
            *validation.faults(parts, records.bindings, self.decisions, records.absent, self.read.by, self.read.seen),
        )

    @property
    def not_as_said(self) -> list[Fault]:
        """What a draft says of lines and cannot be, headings that are none among them: whoever wrote its file may have said anything."""
        named = said_headings.faults(self.read.laid, self.read.by) if self.read.said else ()
        return [*self.read.refused.values(), *named]

    @property
    def conflicts(self) -> tuple[Fault, ...]:
        """What does not hold of what was said, without what was not said yet."""
        return tuple(f for f in self.faults if f.why not in ("doubt", "open", "undecided"))

    @cached_property
    def others(self) -> tuple[tuple[Fault, tuple[str, str]], ...]:
        """The same of what is bound so far."""
        return self.other_share()

    def other_share(self, *more: Binding) -> tuple[tuple[Fault, tuple[str, str]], ...]:
        """The other numbers that would keep the text from being frozen with these bound too, and how both are stated truthfully."""
        bound = (*self.records.bindings, *(b for b in more if b not in self.records.bindings))
        return tuple(other_share.beside(self.read.by, self.read.seen, bound, self.read.parts))

    @property
    def ready(self) -> bool:
        """Whether the text may be frozen as it is bound."""
        return not self.faults

    def guard_fault(self, capability: str) -> Fault | None:
        """Why a guard cannot be absent, given what is bound; None where it can, or is no guard."""
        if not self.read.by.catalogue.capabilities[capability].guard:
            return None
        return next(
            guards.faults(self.read.by, self.read.seen, self.decisions, self.coverage, {capability}, self.read.parts),
            None,
        )


def _meets(part: Part, b: Binding, doubt: Doubt) -> bool:
    """Whether what is bound meets the number in doubt, or a sentence that is."""
    begin = place_of(part, b.words, b.nth)
    if doubt.end:
        return b.at == doubt.at and doubt.begin < begin + len(b.words) and begin < doubt.end
    places = ((part.text.find(words), len(words)) for words in doubt.words.split(assumptions.BETWEEN))
    return any(at >= 0 and at < begin + len(b.words) and begin < at + length for at, length in places)
