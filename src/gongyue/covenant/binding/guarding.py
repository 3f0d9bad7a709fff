"""Guards: signature, approval and force are not absent from a text that has a passage of theirs bound to nothing else.

"Bound to something else" is narrow, so that no clause is switched off by naming it otherwise: the checking reader itself finds the
passage for that other capability, what opens it for the guard (the office or the verb) is among the words bound, and the catalogue does
not say (`unless`) that the other capability merely stands beside the guard's matter in such a sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

from gongyue.covenant import numbers
from gongyue.covenant.binding.catalogue import Capability, spelled_out
from gongyue.covenant.binding.coverage import Coverage
from gongyue.covenant.binding.needing import ROLL_OR_BALLOTS
from gongyue.covenant.binding.passages import MOST_NUMBERS, Passage, Reader, places_of
from gongyue.covenant.binding.records import Binding, Decision, Fault
from gongyue.covenant.binding.sentences import Sentence
from gongyue.covenant.text import Part


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
    for passage, sentence in seen:
        if (passage.capability, passage.at, passage.nth, passage.words) in bound:
            elsewhere[sentence.at, sentence.begin].append(passage.capability)
    for passage, sentence in seen:
        guard = by.catalogue.capabilities[passage.capability]
        if not guard.guard or passage.capability not in absent:
            continue
        if not bound_elsewhere(by, passage.capability, sentence, elsewhere[sentence.at, sentence.begin], coverage):
            label = parts[passage.at].label
            yield Fault(
                "guard", passage.capability, passage.at,
                f"{guard.zh}：{label}写有“{passage.words}”，不能声明本文无此规定；请绑定，或把有关字句绑定到另一事项",
                f"{guard.en}: {label} says “{passage.words}”, so that its absence cannot be declared;"
                " bind it, or bind the words in question to another matter",
            )  # fmt: skip


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


BORROWER = "amendment.adoption"
OTHER_SHARES = (
    "amendment.proposal",
    "vote.quorum",
    "annex.consent",
    "sanction.decider",
    "founding.adoption",
    "termination",
)
"""What else a share in a sentence on changes may be of."""


def borrowed(
    seen: Sequence[tuple[Passage, Sentence]],
    bindings: Sequence[Binding],
    coverage: Coverage,
    parts: Mapping[str, Part],
) -> Iterator[Fault]:
    """Changes that are adopted by a share the text states for something else, although it states one for them."""
    own = [(p, s) for p, s in seen if p.capability == BORROWER]
    bound = [b for b in bindings if b.capability == BORROWER and b.kind == "share"]
    if not bound or any(coverage.overlaps(BORROWER, s) for _, s in own):
        return
    lent = {(b.value, b.inclusive, b.base) for b in bound}
    for passage, s in own:
        places = places_of(s)
        for n in numbers.read_joined(s.close, MOST_NUMBERS):
            begin, end = s.begin + places[n.begin], s.begin + places[n.end - 1] + 1
            counted = n.kind == "share" and n.base in ROLL_OR_BALLOTS and (n.value, n.inclusive, n.base) not in lent
            if counted and not coverage.covers(OTHER_SHARES, s.at, begin, end):
                label = parts[s.at].label
                yield Fault(
                    "borrowed", BORROWER, s.at,
                    f"{BORROWER}：{label}“{passage.words}”为修改写有份额，不能改用“{bound[0].words}”的；请绑定这一处",
                    f"{BORROWER}: {label} “{passage.words}” states a share for changes, so that the one of “{bound[0].words}” cannot"
                    " govern them; bind this one",
                )  # fmt: skip
                break
