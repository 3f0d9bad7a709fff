"""Somebody who binds a sample: what is proposed unless the sample says better, other matter for a reason, absent where it is."""

from __future__ import annotations

from collections import Counter

from gongyue.covenant.binding import whole_outline
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.draft_file import AS_READ
from gongyue.covenant.binding.one_question import Question
from gongyue.covenant.binding.questions import next_question
from gongyue.covenant.binding.records import BadBinding

REASON = "另一事项"
Wanted = list[list[str]]


def settle(d: Drafting, wanted: Wanted, steps: list[Drafting] | None = None) -> tuple[Drafting, Counter[str]]:
    """The draft with every question answered, and how many there were of each kind; the draft after each is added to `steps`."""
    asked = Counter[str]()
    while question := next_question(d):
        asked[question.kind] += 1
        before, d = d, answer(d, question, wanted)
        assert d.draft != before.draft, question
        if steps is not None:
            steps.append(d)
    return d, asked


def answer(d: Drafting, q: Question, wanted: Wanted) -> Drafting:
    """The next draft."""
    if q.kind == "doubt":
        return d.resolve(q.line, q.at)
    if q.kind in ("assumed", "structure"):
        return d.resolve(q.line, AS_READ + str(q.nth or ""))
    if q.kind == "outline":
        return whole_outline.confirm(d, so=True)
    if q.kind == "unused":
        return d.resolve(q.line, f"-{q.nth}")
    if q.kind == "sentence":
        return d.other([p for p, _ in d.undecided if (p.at, p.words) == (q.at, q.words)], REASON)
    if q.kind == "absence" and "absent" not in q.choices:
        return _bound_all_the_same(d, q)
    if q.kind == "absence":
        return d.declare_absent(q.capability, presence=q.capability == "vote.presence")
    for capability, at, words in wanted:
        if capability == q.capability and not _says_that(q, at, words):
            try:
                return d.bind(capability, words, at)
            except BadBinding:
                break  # a weight, which is not carried out
    if q.proposal:
        return d.accept(q.capability)
    if "other" in q.choices:
        return other_of(d, q.capability)
    if "presence" in q.choices:
        return d.declare_absent(q.capability, presence=True)
    if "absent" in q.choices:
        return d.declare_absent(q.capability)
    first = next(iter(d.read.parts.values()))  # no clause says it: somebody names the first that comes near
    return d.bind(q.capability, first.text.split("\n")[0].split("，")[0].split("。")[0], first.at, 1)


def _bound_all_the_same(d: Drafting, q: Question) -> Drafting:
    """The draft in which a sentence that keeps a capability from being absent is bound to it by hand, as the refusal asks."""
    said = next(p for p in q.passages if d.read.parts[p.at].label in q.absent_refused_zh)
    return d.bind(q.capability, d.read.parts[said.at].text[said.begin : said.end].rstrip("。；"), said.at)


def other_of(d: Drafting, capability: str, reason: str = REASON) -> Drafting:
    """The draft in which all undecided passages of a capability are other matter."""
    return d.other([p for p, _ in d.undecided if p.capability == capability], reason)


def _says_that(q: Question, at: str, words: str) -> bool:
    binding = q.proposal.binding if q.proposal else None
    return binding is not None and binding.at == at and (words in binding.words or binding.words in words)
