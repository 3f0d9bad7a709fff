"""Guards: signature, approval and force are not absent from a text that has a passage of theirs bound to nothing else.

"Bound to something else" is narrow, so that no clause is switched off by naming it otherwise: the checking reader itself finds the
passage for that other capability, what opens it for the guard (the office or the verb) is among the words bound, and the catalogue does
not say (`unless`) that the other capability merely stands beside the guard's matter in such a sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set

from gongyue.covenant.binding import force_of_others, offices
from gongyue.covenant.binding.catalogue import Capability, spelled_out
from gongyue.covenant.binding.coverage import Coverage
from gongyue.covenant.binding.passages import Passage, Reader, places_of
from gongyue.covenant.binding.records import Decision, Fault
from gongyue.covenant.binding.sentences import Sentence
from gongyue.covenant.text import Part

_ASKS_NOTHING = {
    offices.APPROVAL: offices.asked_for_nothing,
    force_of_others.FORCE: force_of_others.asked_for_nothing,
}
"""Of these guards, the places of a sentence that only mention their matter."""


def faults(
    by: Reader,
    seen: Sequence[tuple[Passage, Sentence]],
    decisions: Sequence[Decision],
    coverage: Coverage,
    absent: Set[str],
    parts: dict[str, Part],
) -> Iterator[Fault]:
    """A fault for each passage of a guard declared absent, unless it is bound to something else."""
    bound = {(d.capability, d.at, d.nth, d.words) for d in decisions if d.verdict == "bound"}
    elsewhere: dict[tuple[str, int], list[str]] = defaultdict(list)
    said: dict[tuple[str, int], list[str]] = defaultdict(list)
    for passage, sentence in seen:
        said[sentence.at, sentence.begin].append(passage.capability)
        if (passage.capability, passage.at, passage.nth, passage.words) in bound:
            elsewhere[sentence.at, sentence.begin].append(passage.capability)
    for passage, sentence in seen:
        guard = by.catalogue.capabilities[passage.capability]
        if not guard.guard or passage.capability not in absent:
            continue
        asks_nothing = _ASKS_NOTHING.get(passage.capability)
        named = asks_nothing(sentence.plain, by.catalogue) if asks_nothing else ()
        if named and not by.is_left(passage.capability, sentence, named):
            continue
        if not bound_elsewhere(by, passage.capability, sentence, elsewhere[sentence.at, sentence.begin], coverage):
            label = parts[passage.at].label
            zh, en = _others(by, passage, sentence, said[sentence.at, sentence.begin])
            yield Fault(
                "guard", passage.capability, passage.at,
                f"{guard.zh}：{label}写有“{passage.words}”，不能声明本文无此规定；请绑定，或把有关字句绑定到{zh}",
                f"{guard.en}: {label} says “{passage.words}”, so that its absence cannot be declared;"
                f" bind it, or bind the words in question to {en}",
            )  # fmt: skip


def _others(by: Reader, passage: Passage, sentence: Sentence, said: Sequence[str]) -> tuple[str, str]:
    """What else the sentence may be bound to so that the guard is satisfied: of what it says, as the checking reader has it."""
    known = by.catalogue.capabilities
    guard = known[passage.capability]
    names = [name for name in said if not known[name].guard and _may_stand_for(guard, name, sentence, by)]
    if not names:
        return "另一事项", "another matter"
    return "、".join(f"“{known[n].zh}”" for n in names), " or ".join(f"“{known[n].en}”" for n in names)


def bound_elsewhere(by: Reader, guard: str, sentence: Sentence, others: Sequence[str], coverage: Coverage) -> bool:
    """Whether all that makes the sentence a passage of the guard is bound to `others` that may stand for it."""
    entry = by.catalogue.capabilities[guard]
    marks = bytearray(len(sentence.words))
    for other in others:
        if other != guard and _may_stand_for(entry, other, sentence, by):
            marks = bytearray(a | b for a, b in zip(marks, coverage.of(other, sentence), strict=True))
    covered = {i for i, place in enumerate(places_of(sentence)) if marks[place]}
    return bool(covered) and not by.is_left(guard, sentence, covered)


def _may_stand_for(guard: Capability, other: str, sentence: Sentence, by: Reader) -> bool:
    for others, words in guard.unless:
        if other in others or "*" in others:
            spelled = (w for written in words for w in spelled_out(written, by.catalogue.words))
            if any(w in sentence.plain for w in spelled):
                return False
    return True
