"""Questions to the alliance at the office, which can open them: what each asks, by when it is answered, what became of it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gongyue.governance.institution import Institution
from gongyue.governance.question import QUESTIONS, Question
from gongyue.governance.question import questions as asked
from gongyue.office import openings
from gongyue.office.store import Reading


class Asked(msgspec.Struct, frozen=True):
    """A question as the office and its unit see it: which article, what became of it, the reasons given to whoever asked."""

    question: Question
    article: int
    reasons: str

    @property
    def unit(self) -> str:
        """Who asked."""
        return self.question.opening.entry.act.actor

    @property
    def commitment(self) -> str:
        """As interpretations name it."""
        return self.question.opening.commitment

    @property
    def dossier(self) -> str:
        """In which dossier it stands."""
        return self.question.opening.entry.rx.dossier or ""


def questions(inst: Institution, store: Reading, unit: str = "") -> Iterator[Asked]:
    """Every question, or those of one unit, in the order of arrival."""
    found = openings.of_party(store, unit) if unit else openings.of_types(store, *QUESTIONS)
    for one in asked(inst, [each.opening for each in found]):
        body = msgspec.json.decode(one.opening.entry.act.body)
        yield Asked(one, int(body["article"]), _reasons(store, one))


def _reasons(store: Reading, one: Question) -> str:
    """What whoever asked is told; empty where nothing was explained."""
    if one.explained is None:
        return ""
    body = msgspec.json.decode(one.explained.entry.act.body)
    return (store.object(str(body["reasons"])) or b"").decode("utf-8", "replace")
