"""The same words proposed for other open matters too (每季度公布成员单位名单: the list, and how often): accepted with one answer.

Only as one more answer to the question on the first of them, which says what each would mean; taken back as one step. A guard, and
how a change is adopted or the assembly resolves, is asked by itself: of a share one matter never follows from another.
"""

from __future__ import annotations

from gongyue.covenant.binding import questions
from gongyue.covenant.binding.draft import Drafting, as_one_step
from gongyue.covenant.binding.one_question import Question
from gongyue.covenant.binding.records import BadBinding
from gongyue.covenant.binding.requirements import SHARES


def of(d: Drafting, q: Question) -> list[Question]:
    """The questions on other open matters for which the very words are proposed that are proposed here."""
    if q.kind != "capability" or q.guard or q.capability in SHARES or q.proposal is None:
        return []
    own, known = q.proposal.binding, d.read.by.catalogue.capabilities
    names = [
        n
        for n, b in d.read.proposals.items()
        if (b.at, b.nth, b.words) == (own.at, own.nth, own.words)
        and n != q.capability
        and n not in SHARES
        and not known[n].guard
        and questions.is_asked(d, n)
    ]
    return [one for n in names if (one := questions.of_capability(d, n)).proposal]


def accept(d: Drafting, q: Question) -> Drafting:
    """Bind the words to the capability that is asked about and to those it shares its proposal with, as one step."""
    several = of(d, q)
    if not several:
        raise BadBinding("没有别的事项提议同样的字句", "no other matter has the same words proposed")
    made = d.accept(q.capability)
    for one in several:
        made = made.accept(one.capability)
    return as_one_step(d, made)
