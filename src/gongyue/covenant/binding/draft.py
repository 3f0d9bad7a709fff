"""A binding draft 绑定草稿 somebody works on: its beginning, every answer to it, and its going on where the text has changed.

Pure and immutable: every answer makes another `Drafting`. How it stands is in `draft_status`; `questions` says what is asked next,
`validation` what does not hold yet, `sheet` puts all of it in words before freezing. What cannot be done raises `BadBinding`, which
says what would mend it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import replace

from gongyue.covenant.binding import listed_items, listed_words, requirements, spoken_of, text_search, validation
from gongyue.covenant.binding.catalogue import Capability
from gongyue.covenant.binding.coverage import Coverage
from gongyue.covenant.binding.draft_file import (
    LEFT,
    SAID,
    SURE,
    Draft,
    DraftStep,
    Reading,
    Records,
    Resolved,
    is_address,
    joined,
    key_of,
    minus,
    replaces,
)
from gongyue.covenant.binding.draft_status import DraftStatus
from gongyue.covenant.binding.passages import Passage, Reader, reader
from gongyue.covenant.binding.records import BadBinding, Binding, Decision, bind, stated_in, with_items
from gongyue.covenant.numbers import Number
from gongyue.covenant.parser import outline

ADDRESS = re.compile(r"(?:[0-9]{1,3}/)?[0-9]{1,4}(?:\.[0-9]{1,2})?(?:#[0-9]{1,2})?")
"""An article's, as a person gives it for a line in doubt."""
MOST_STEPS = 1_000
"""Answers that can be taken back."""


class Carried(msgspec.Struct, frozen=True):
    """What a changed text left undecided again: bindings whose words moved, decisions on sentences that are no more."""

    bindings: tuple[Binding, ...] = ()
    decisions: tuple[Decision, ...] = ()


class Drafting(DraftStatus):
    """A draft on its text, and the answers to it. Nothing is changed in place: every answer returns another."""

    def bind(
        self, capability: str, words: str, at: str = "", nth: int = 0, items: Sequence[str] | None = None
    ) -> Drafting:
        """Bind words; `at` and `nth` may be left out where they stand once. Items are the article's unless others are picked."""
        self._entry(capability)
        part, nth = text_search.find(self.read.parts, words, at, nth)
        made = bind(capability, part, words, nth)
        made = with_items(made, tuple(items)) if items else listed_words.listed(made, self.read.by)
        picked = listed_items.faults([made], self.read.parts, self.read.by) if items else ()
        if fault := spoken_of.in_the_way(made, part) or next(iter(picked), None):
            raise BadBinding(fault.zh, fault.en)
        return self._bound(made)

    def accept(self, capability: str) -> Drafting:
        """Bind a capability as proposed."""
        entry = self._entry(capability)
        proposal = self.read.proposals.get(capability)
        if proposal is None:
            raise BadBinding(
                f"{capability}（{entry.zh}）没有可采用的字句；请选取字句，或声明本文无此规定",
                f"nothing is proposed for {capability} ({entry.en}); select words, or declare it absent",
            )
        if fault := spoken_of.in_the_way(proposal, self.read.parts[proposal.at]):
            raise BadBinding(fault.zh, fault.en)
        return self._bound(proposal)

    def _bound(self, made: Binding) -> Drafting:
        for fault in self.denied_of(made):
            raise BadBinding(fault.zh, fault.en)
        records = self.records
        own, *others = [(b.capability, b.at, b.nth, b.words, b.items) for b in (made, *records.bindings)]
        if own in others:
            return self
        coverage = Coverage(self.read.parts)
        coverage.add(made)
        now_bound = {key_of(p) for p, s in self.read.seen if coverage.overlaps(p.capability, s)}
        return self._with(
            Records(
                (*records.bindings, made),
                tuple(d for d in records.decisions if key_of(d) not in now_bound),
                tuple(a for a in records.absent if a.capability != made.capability),
            )
        )

    def other(self, which: Iterable[Passage], reason: str) -> Drafting:
        """Decide that passages are other matter, for one reason; those that are bound stay so."""
        _require_reason(reason)
        wanted = {key_of(p) for p in which}
        told = [p for p, s in self.read.seen if key_of(p) in wanted and self.verdict(p, s) != "bound"]
        if len(told) < len(wanted):
            raise BadBinding(
                "所说的不是所见条文，或已绑定；已绑定的请先撤销绑定",
                "that is no passage, or it is bound: drop the binding first",
            )
        kept = tuple(d for d in self.records.decisions if key_of(d) not in wanted)
        made = tuple(Decision(p.capability, p.at, p.nth, p.words, "other", reason.strip()) for p in told)
        return self._with(replace(self.records, decisions=(*kept, *made)))

    def declare_absent(self, capability: str, reason: str = "", presence: bool = False) -> Drafting:
        """Declare that the text does not provide for it; its passages become other matter for the reason.

        `presence` declares, for vote.presence, that casting a ballot is presence.
        """
        entry = self._entry(capability)
        left = [p for p, s in self.read.seen if p.capability == capability and key_of(p) not in self.reasons]
        without = replace(self.records, bindings=tuple(b for b in self.records.bindings if b.capability != capability))
        if left:
            if not reason.strip():
                raise BadBinding(
                    f"{capability}（{entry.zh}）有所见条文“{left[0].words}”；声明本文无此规定，须说明它们是何事项，如“仅提及”",
                    f"{capability} ({entry.en}) has the passage “{left[0].words}”; to declare it absent, say what matter it is, as 仅提及",
                )
            _require_reason(reason)
            made = tuple(Decision(p.capability, p.at, p.nth, p.words, "other", reason.strip()) for p in left)
            without = replace(without, decisions=(*without.decisions, *made))
        if entry.absent == "refused" and not (set(entry.alternatives) - self.absences.keys()):
            raise BadBinding(
                f"{capability}（{entry.zh}）不能声明本文无此规定；请绑定条文里的字句",
                f"{capability} ({entry.en}) cannot be absent; bind words of the text",
            )
        if capability == requirements.EXECUTIVE and (
            fault := requirements.names_a_body(self.read.parts.values(), self.read.by.catalogue)
        ):
            raise BadBinding(fault.zh, fault.en)
        kept = tuple(a for a in without.absent if a.capability != capability)
        tried = self._with(replace(without, absent=(*kept, requirements.absence(capability, presence))))
        if fault := tried.guard_fault(capability):
            raise BadBinding(fault.zh, fault.en)
        return tried

    def drop(self, capability: str) -> Drafting:
        """Take back everything said of a capability."""
        self._entry(capability)
        r = self.records
        return self._with(
            Records(
                tuple(b for b in r.bindings if b.capability != capability),
                tuple(d for d in r.decisions if d.capability != capability),
                tuple(a for a in r.absent if a.capability != capability),
            )
        )

    def undo(self) -> Drafting:
        """Take back the last answer; BadBinding where there is none."""
        if not self.draft.steps:
            raise BadBinding("没有可以撤回的一步", "there is nothing to take back")
        *steps, last = self.draft.steps
        records = joined(minus(self.records, last.put), last.took)
        return carry(self.read, replace(self.draft, records=records, steps=tuple(steps)))[0]

    def resolve(self, line: int, at: str) -> Drafting:
        """Say what a line in doubt is: an address, or "" where it is no heading. The text is read again with it.

        Of what was assumed of its numbers: AS_READ where it is so, NOT_SO where it is not, =N and !N of its Nth reading; -N: its Nth
        share is not carried out.
        """
        if LEFT.fullmatch(at):
            return self._left(line, at)
        if line not in {d.line for d in self.doubts} | {r.line for r in self.draft.resolved}:
            raise BadBinding(f"第 {line} 行没有存疑", f"line {line} is not in doubt")
        sure = bool(SURE.fullmatch(at))
        if sure and all(d.line != line or at[1:] not in ("", str(d.nth)) for d in self.read.outline.assumed):
            raise BadBinding(f"第 {line} 行的数没有存疑", f"no number of line {line} is in doubt")
        if at and not sure and not ADDRESS.fullmatch(at):
            raise BadBinding(f"地址写作 8、5.1 或 3/2，不是 {at}", f"write an address as 8, 5.1 or 3/2, not {at}")
        here = {d.at for d in self.doubts if d.line == line} | {r.at for r in self.draft.resolved if r.line == line}
        if at in self.read.parts and at not in here:
            raise BadBinding(f"{self.read.parts[at].label}已有", f"{self.read.parts[at].label} is there already")
        kept = (r for r in self.draft.resolved if r.line != line or not replaces(at, r.at))
        made = carry(Reading(self.read.data, self.read.name, (*kept, Resolved(line, at)), self.read.by), self.draft)[0]
        if at and not sure and not any(p.rpartition("/")[2] == at.rpartition("/")[2] for p in made.read.parts):
            told = (
                f"第 {line} 行不是一条的起首，请先说明它另起一处",
                f"line {line} begins no article: say first that it begins a part",
            )
            raise BadBinding(*told)
        return made

    def _left(self, line: int, at: str) -> Drafting:
        if all((s.line, f"-{s.nth}") != (line, at) for s in self.unused):
            told = f"第 {line} 行没有待答的第 {at[1:]} 个份额", f"line {line} has no share {at[1:]} to be answered"
            raise BadBinding(*told)
        resolved = (*self.draft.resolved, Resolved(line, at))
        return carry(Reading(self.read.data, self.read.name, resolved, self.read.by), self.draft)[0]

    # -- within

    def _entry(self, capability: str) -> Capability:
        known = self.read.by.catalogue.capabilities
        if capability not in known:
            near = requirements.similar(capability, self.read.by.catalogue)
            zh, en = (f"；是否 {'、'.join(near)}", f"; did you mean {', '.join(near)}") if near else ("", "")
            raise BadBinding(f"条款目录没有“{capability}”{zh}", f"the catalogue has no “{capability}”{en}")
        return known[capability]

    def _with(self, records: Records) -> Drafting:
        records = self._sorted(records)
        step = DraftStep(minus(records, self.records), minus(self.records, records))
        if step == DraftStep():
            return self
        steps = (*self.draft.steps, step)[-MOST_STEPS:]
        return Drafting(self.read, replace(self.draft, records=records, steps=steps))

    def _sorted(self, r: Records) -> Records:
        names = {n: i for i, n in enumerate(self.read.by.catalogue.capabilities)}
        order, seen = self.read.order, {key_of(p): i for i, (p, _) in enumerate(self.read.seen)}
        return Records(
            tuple(sorted(r.bindings, key=lambda b: (names[b.capability], order[b.at], b.nth, b.words))),
            tuple(sorted(r.decisions, key=lambda d: seen[key_of(d)])),
            tuple(sorted(r.absent, key=lambda a: names[a.capability])),
        )


def _require_reason(reason: str) -> None:
    if not validation.SHORTEST_REASON <= len(reason.strip()) <= validation.LONGEST_REASON:
        raise BadBinding(
            f"另一事项须说明理由（{validation.SHORTEST_REASON}—{validation.LONGEST_REASON} 字）",
            f"say what other matter it is ({validation.SHORTEST_REASON} to {validation.LONGEST_REASON} characters)",
        )


def as_one_step(before: Drafting, after: Drafting) -> Drafting:
    """Several answers as a single one, which is taken back as one."""
    step = DraftStep(minus(after.records, before.records), minus(before.records, after.records))
    if step == DraftStep():
        return before
    return Drafting(before.read, replace(after.draft, steps=(*before.draft.steps, step)[-MOST_STEPS:]))


# -- beginning, keeping, going on


def begin(data: bytes, name: str, by: Reader | None = None) -> Drafting:
    """A new draft on a text; `Unreadable` where it cannot be read."""
    read = Reading(data, name, (), by or reader())
    return Drafting(read, Draft(read.outline.digest, name))


def resume(data: bytes, name: str, draft: Draft, by: Reader | None = None) -> tuple[Drafting, Carried]:
    """Go on with a draft; where the text has changed, what moved is undecided again and is told."""
    same = outline(data, name).digest == draft.text
    resolved = [r for r in draft.resolved if same and (not (r.at and is_address(r.at)) or ADDRESS.fullmatch(r.at))]
    read = Reading(data, name, resolved, by or reader())
    if not read.outline.parts:  # a draft that says of every line that it is no text: as if it had not
        read = Reading(data, name, (r for r in resolved if not SAID.fullmatch(r.at)), by or reader())
    return carry(read, draft)


def carry(read: Reading, draft: Draft) -> tuple[Drafting, Carried]:
    """The draft on a text as it is read now: a binding stays where its words say the same in the same place."""
    seen = {key_of(p) for p, _ in read.seen}
    stated: dict[str, tuple[Number, ...]] = {}
    now = [(old, _carried(read, old, stated)) for old in dict.fromkeys(draft.records.bindings)]
    told = [d for d in dict.fromkeys(draft.records.decisions) if d.verdict == "other"]
    carried = Carried(tuple(old for old, made in now if made is None), tuple(d for d in told if key_of(d) not in seen))
    known = read.by.catalogue.capabilities
    records = Records(
        tuple(dict.fromkeys(made for _, made in now if made)),
        tuple({key_of(d): d for d in told if key_of(d) in seen}.values()),
        tuple({a.capability: a for a in draft.records.absent if a.capability in known}.values()),
    )
    same = read.outline.digest == draft.text and carried == Carried()
    made = Draft(
        read.outline.digest, read.name, read.resolved, steps=draft.steps if same else (), outline=draft.outline
    )
    return Drafting(read, replace(made, records=Drafting(read, made)._sorted(records))), carried


def _carried(read: Reading, old: Binding, stated: dict[str, tuple[Number, ...]]) -> Binding | None:
    """The binding where its words stand once in the same part, or at the same occurrence, and say what they said."""
    part = read.parts.get(old.at)
    if part is None or old.capability not in read.by.catalogue.capabilities:
        return None
    if not old.words or old.nth < 1:
        return None
    if part.at not in stated:
        stated[part.at] = stated_in(part)
    nth = 1 if part.text.count(old.words) == 1 else old.nth
    try:
        made = bind(old.capability, part, old.words, nth, stated=stated[part.at])
        if old.kind == "list" and made.items != old.items:
            made = with_items(made, old.items)
    except BadBinding:
        return None
    return made if replace(made, nth=old.nth) == old else None
