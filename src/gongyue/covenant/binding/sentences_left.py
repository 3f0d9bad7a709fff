"""Sentences that are left, settled together: those that are set aside for one reason, as one answer that is taken back as one.

What is recorded stays as it is, a decision with its reason for each passage. A sentence that may be about a guard (the signature, an
approval, the day of force), or by which the text cannot be frozen as it is bound, is never among them and is asked by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from gongyue.covenant.binding.draft import Drafting, as_one_step
from gongyue.covenant.binding.one_question import Question
from gongyue.covenant.binding.questions import questions
from gongyue.covenant.binding.records import BadBinding


def listed(open_: Iterable[Question]) -> list[Question]:
    """The open questions on single sentences that one reason may settle; those on the same capabilities stand together.

    None where a single one is left, which is asked by itself.
    """
    found = [q for q in open_ if q.kind == "sentence" and not q.alone]
    groups = by_capabilities(found)
    return [q for of in groups.values() for q in of] if len(found) > 1 else []


def by_capabilities(several: Iterable[Question]) -> dict[tuple[str, ...], list[Question]]:
    """What is listed by the capabilities that its sentences may be about as well."""
    groups: dict[tuple[str, ...], list[Question]] = {}
    for q in several:
        groups.setdefault(tuple(p.capability for p in q.passages), []).append(q)
    return groups


def bound_words(d: Drafting, capabilities: Collection[str]) -> list[tuple[str, str]]:
    """What these are bound to already, each place once: label of the part, words."""
    bound = [b for b in d.records.bindings if b.capability in capabilities]
    return list(dict.fromkeys((d.read.parts[b.at].label, b.words) for b in bound))


def set_aside(d: Drafting, ids: Sequence[str], reason: str) -> Drafting:
    """Decide of the listed questions with these ids that their sentences are other matter, all for this reason, as one step.

    BadBinding where one of them is not on the list (any more), or nothing is left of them.
    """
    may = {q.id: q for q in listed(questions(d))}
    if not ids or not may.keys() >= set(ids):
        raise BadBinding(
            "所选的句子不都在“其余条文”的清单上：请再看一遍清单；涉及签署、批准、施行的，或照现有绑定不能定稿的各句单独回答",
            "not all that was chosen is on the list of sentences left: look at it again; one on signature, approval or force, or one that keeps"
            " the text from being frozen, is answered by itself",
        )
    wanted = {(p.capability, p.at, p.nth, p.words) for one in ids for p in may[one].passages if not p.verdict}
    made = d.other([p for p, _ in d.undecided if (p.capability, p.at, p.nth, p.words) in wanted], reason)
    return as_one_step(d, made)


def leave(d: Drafting, q: Question) -> Drafting:
    """Say that none of the shares of the sentence that is asked about is carried out."""
    for line, nth in q.shares:
        d = d.resolve(line, f"-{nth}")
    return d
