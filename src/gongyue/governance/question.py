"""Questions to the alliance (article 25): answered by an interpretation, or explained with reasons to whoever asked; by when.

The text sets no period for an answer. Like a petition a question is dealt with within P10; late is late, and silence never is an
answer of any kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from gongyue.covenant.periods import Deadline, day_of, deadline
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import Body, Filing, Opening, act, act_type_of, decode_body, office
from gongyue.governance.fields import EnclosedDigest, SealedActDigest
from gongyue.governance.recovery import arrival, is_void
from gongyue.governance.registry import Duty
from gongyue.rules import dossier as rules

if TYPE_CHECKING:
    from gongyue.governance.dossier import Dossier
    from gongyue.governance.institution import Institution

_DIGEST = "sha256:" + "00" * 32
ASK, EXPLAIN = "interpretation.ask/1", "interpretation.explain/1"


@act(
    "interpretation.explain/1",
    by=office("secretary", "panellist"),
    clause="interpretation.authority",
    sealed="of",
    within=("question",),
    answers=(ASK,),
    example={"of": _DIGEST, "reasons": _DIGEST},
)
class Explain(Body, frozen=True):
    """A question, named by its commitment, is answered to whoever asked, with reasons, and not by an interpretation.

    It explains how the words stand, or why the alliance issues no interpretation; it binds nobody. Only who asked reads it.
    """

    of: SealedActDigest
    reasons: EnclosedDigest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        asked = filing.given.sealed.get(self.of)
        if asked is None or asked.act.type != ASK:
            raise OutOfTurn("not-found", EXPLAIN, what=f"{ASK} {self.of}").saying(what=("这一提问", "such question"))
        if self.of in inst.answered:
            raise OutOfTurn("already", EXPLAIN)
        yield from ()

    def check_in(self, inst: Institution, dossier: Dossier, filing: Filing) -> Iterator[Ruling]:
        yield rules.challenged_leaves_it_alone(filing.signers, dossier.challenged)
        if filing.given.sealed[self.of].rx.dossier != dossier.id:
            raise OutOfTurn("dossier-unanswered", EXPLAIN, dossier=dossier.id, to=self.of)
        if dossier.closed:
            raise OutOfTurn("dossier-closed", EXPLAIN, dossier=dossier.id)
        if any(one.type == EXPLAIN and not one.void for one in dossier.entries):
            raise OutOfTurn("already", EXPLAIN)


class Question(Struct, frozen=True):
    """A question asked: its opening, on which day it came; the last day for its answer, None before there is a procedure.

    `answer`: the open entry of the interpretation that answers it, −1 for none; `explained`: what answers it otherwise;
    `withdrawn`: whoever asked no longer asks.
    """

    opening: Opening
    day: int
    end: Deadline | None
    answer: int
    explained: Opening | None
    withdrawn: bool

    @property
    def waits(self) -> bool:
        """Whether an answer is owed."""
        return self.answer < 0 and self.explained is None and not self.withdrawn

    def late(self, day: int) -> int:
        """How many days past its last it waits on that day; 0 in time, or where it was answered."""
        return max(0, day - self.end.last) if self.end is not None and self.waits else 0


def answer_by(inst: Institution, day: int) -> Deadline | None:
    """By when a question that came on that day is answered: P10 as it was in force when the day began; None before a procedure."""
    meaning = inst.meaning_on(day - 1)
    if meaning.procedure is None:
        return None
    return deadline(day, meaning.period("P10"), meaning.calendar_of(day))


QUESTIONS = (ASK, EXPLAIN, "dossier.note/1")
"""From these is seen what became of each question."""


def questions(inst: Institution, sealed: Iterable[Opening]) -> Iterator[Question]:
    """Every question among these sealed acts, in their order, with what became of it; what a false time left void is none."""
    standing = [one for one in sealed if one.entry.act.type in QUESTIONS and not is_void(inst, one.index, one.entry)]
    explained = {one.entry.rx.dossier: one for one in standing if one.entry.act.type == EXPLAIN}
    withdrawn = {one.entry.rx.dossier for one in standing if _withdraws(one)}
    for one in standing:
        if one.entry.act.type == ASK:
            day, where = day_of(arrival(inst, one.index, one.entry)), one.entry.rx.dossier
            answer = inst.answered.get(one.commitment, -1)
            yield Question(one, day, answer_by(inst, day), answer, explained.get(where), where in withdrawn)


def _withdraws(one: Opening) -> bool:
    if one.entry.act.type != "dossier.note/1":
        return False
    return bool(getattr(decode_body(act_type_of(one.entry.act.type), one.entry.act.body), "withdrawn", False))


def sealed_duties(inst: Institution, sealed: Iterable[Opening]) -> Iterator[Duty]:
    """Questions neither answered by an interpretation nor explained, nor withdrawn: P10."""
    for one in questions(inst, sealed):
        if one.waits and one.end is not None:
            what, article = "答复提问 / answer a question", inst.meaning.article("interpretation.authority")
            yield Duty.of(what, one.opening.entry.act.actor, "exec", article, "P10", one.end, EXPLAIN)
