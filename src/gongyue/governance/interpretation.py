"""Interpretations: single ones, and the questions they answer (article 25); whole packages are in `packages`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from gongyue.covenant.numbers import Number
from gongyue.covenant.periods import Period, from_iso
from gongyue.covenant.procedure import package
from gongyue.covenant.prose.bound_numbers import BoundNumber, bound_numbers
from gongyue.covenant.prose.contradictions import Against
from gongyue.covenant.prose.sentences import MOST_SENTENCE, sentences
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import UNIT, Body, Filing, act, office
from gongyue.governance.bulletin import accuses_no_other
from gongyue.governance.fields import Commitment, Date, PublicDigest, SealedActDigest, Slug
from gongyue.governance.packages import Value, not_adopted
from gongyue.rules import interpretation as rules

if TYPE_CHECKING:
    from gongyue.covenant.values import Meaning
    from gongyue.governance.institution import Institution

_DIGEST = "sha256:" + "00" * 32
ArticleNumber = Annotated[int, Meta(ge=1, le=999)]


MOST_CHARACTERS = 10_000
"""Of an interpretation's text: whoever verifies a book reads every one of them."""


class Interpretation(Struct, frozen=True):
    """An interpretation in force or formerly: number, article, text object, the reading it sets (empty: prose only)."""

    number: int
    article: int
    text: str
    name: str
    value: int | str
    day: int
    index: int
    stage: str = "issued"

    @property
    def prose(self) -> bool:
        """Whether it explains words and sets nothing."""
        return not self.name


class Set(Struct, frozen=True, forbid_unknown_fields=True):
    """What a structured interpretation sets: a procedure rule's value or a reading's choice."""

    name: Slug
    value: Value


@act(
    "interpretation.issue/1",
    by=office("secretary", "panellist", two=True),
    clause="interpretation.authority",
    outsider=rules.only_the_alliance_interprets,
    undo=True,
    sealed="answers",
    texts=("text",),
    example={
        "number": 1,
        "kind": "value",
        "article": 17,
        "text": _DIGEST,
        "sets": {"name": "P2", "value": 20},
        "effective": "2026-07-01",
        "answers": None,
    },
)
class Issue(Body, frozen=True):
    """Issues an interpretation. Only what it `sets` has effect in the rules; prose beside it has none.

    `kind`: "value" if it sets something, "prose" if it explains words: then it changes no number, period or right.
    `answers`: the commitment of the sealed question it answers.
    """

    number: Annotated[int, Meta(ge=1)]
    kind: Literal["value", "prose"]
    article: ArticleNumber
    text: PublicDigest
    effective: Date
    sets: Set | None = None
    answers: SealedActDigest | None = None

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        edition = inst.meaning.edition
        if inst.meaning.procedure is None or edition is None:
            raise OutOfTurn("no-procedure", "interpretation.issue/1", can="interpretation.adopt/1", name="P1–P19")
        if self.number != len(inst.interpretations) + 1:
            raise OutOfTurn("wrong-statement", what=f"number {len(inst.interpretations) + 1}").saying(
                what=(
                    f"编号应为第 {len(inst.interpretations) + 1} 号",
                    f"its number should be {len(inst.interpretations) + 1}",
                )
            )
        if self.article > len(edition.articles):
            raise OutOfTurn("not-found", what=f"article {self.article}").saying(
                what=(f"第 {self.article} 条", f"article {self.article}")
            )
        if (self.kind == "value") != (self.sets is not None):
            raise OutOfTurn("wrong-statement", "interpretation.issue/1", what=f"kind {self.kind}").saying(
                what=("性质与所定的值", "its kind, and what it sets")
            )
        text = _readable(filing.object(self.text), self.text)
        if self.answers is not None:
            _is_a_question(inst, filing, self.answers)
        if self.sets is not None:
            if self.sets.name in not_adopted(inst):
                raise OutOfTurn("no-procedure", filing.act.type, can="interpretation.supplement/1", name=self.sets.name)
            open_ = inst.meaning.applies(self.sets.name) and not inst.meaning.says_itself(self.sets.name)
            yield rules.leaves_the_text_alone(self.sets.name, self.sets.value, open_)
            stands = (inst.meaning.procedure or {}).get(self.sets.name)
            yield rules.sets_something_else(self.sets.name, self.sets.value, stands)
        yield rules.explains_the_words(text, self.article, _against(inst, self.sets))
        if self.sets is not None:
            yield rules.says_what_it_sets(text, self.sets.name, self.sets.value)
        yield from accuses_no_other(inst, text, "", self.text in inst.reviewed)
        effective = from_iso(self.effective)
        yield rules.looks_forward(effective, filing.day)
        if self.sets is not None and effective != filing.day:
            raise OutOfTurn("not-yet", "interpretation.issue/1", effective=self.effective)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        name, value = (self.sets.name, self.sets.value) if self.sets else ("", 0)
        issued = Interpretation(self.number, self.article, self.text, name, value, filing.day, filing.index)
        inst = replace(
            inst,
            interpretations=(*_superseded(inst, name), issued),
            answered=inst.answered.set(self.answers, filing.index) if self.answers else inst.answered,
        )
        if not name:
            return inst
        procedure = (inst.meaning.procedure or {}) | {name: value}
        return inst.with_meaning(replace(inst.meaning, procedure=procedure), filing.given.rev)

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        return _withdrawn(inst, self.number, rev)


def _readable(text: str, digest: str) -> str:
    """A text that says what it shows: not too long, without characters that hide or turn others."""
    if len(text) > MOST_CHARACTERS:
        raise OutOfTurn("bad-object", "interpretation.issue/1", digest=digest, why=f"{len(text)} > {MOST_CHARACTERS}")
    hidden = next((c for c in text if unicodedata.category(c) in _HIDDEN and c not in "\n\r\t\ufeff"), "")
    if hidden or not any(c.isalnum() for c in text):
        why = f"U+{ord(hidden):04X}" if hidden else "没有文字 / no words"
        raise OutOfTurn("bad-object", "interpretation.issue/1", digest=digest, why=why)
    if (longest := max(len(s.plain) for s in sentences(text))) > MOST_SENTENCE:
        why = f"一句 {longest} 字，至多 {MOST_SENTENCE} / a sentence of {longest} characters, at most {MOST_SENTENCE}"
        raise OutOfTurn("bad-object", "interpretation.issue/1", digest=digest, why=why)
    return text


_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


def _against(inst: Institution, sets: Set | None) -> Against:
    """What its prose is held against: the text in force, what stood before it was amended or set otherwise, what it sets."""
    edition = inst.meaning.edition
    assert edition is not None
    editions = {m.edition_digest: m.edition for m in inst.revs.values() if m.edition is not None}
    editions.pop(inst.meaning.edition_digest, None)
    procedures = {nv for m in inst.revs.values() for nv in (m.procedure or {}).items()}
    own = [(sets.name, sets.value), (sets.name, (inst.meaning.procedure or {}).get(sets.name, 0))] if sets else []
    return Against(
        bound_numbers(edition),
        tuple(b for e in editions.values() for b in bound_numbers(e))
        + tuple(b for n, v in sorted(procedures, key=str) if (b := _of_procedure(inst.meaning, n, v)) is not None),
        tuple(b.number for n, v in own if (b := _of_procedure(inst.meaning, n, v)) is not None),
    )


def _of_procedure(meaning: Meaning, name: str, value: int | str) -> BoundNumber | None:
    """A procedure rule's value as a number; a reading's choice is none."""
    rule = package().procedure.get(name)
    if rule is None or not isinstance(value, int):
        return None
    means = rule.means(value)
    number = (
        Number(0, 0, "period", means.n, means.unit) if isinstance(means, Period) else Number(0, 0, "headcount", means)
    )
    return BoundNumber(name, meaning.article(rule.clause), name, number)


def _is_a_question(inst: Institution, filing: Filing, named: str) -> None:
    """What is answered is a question, and not answered yet: an application can never be done away with as one."""
    asked = filing.given.sealed.get(named)
    if asked is not None and asked.act.type != "interpretation.ask/1":
        # as of what is nowhere
        raise OutOfTurn("not-found", "interpretation.issue/1", what=named).saying(what=("这一提问", "such question"))
    if named in inst.answered:
        raise OutOfTurn("already", "interpretation.issue/1")


def _superseded(inst: Institution, name: str) -> tuple[Interpretation, ...]:
    return tuple(
        replace(i, stage="superseded") if name and i.name == name and i.stage == "issued" else i
        for i in inst.interpretations
    )


@act(
    "interpretation.withdraw/1",
    by=office("secretary", "panellist", two=True),
    clause="interpretation.authority",
    outsider=rules.only_the_alliance_interprets,
    example={"number": 1},
)
class Withdraw(Body, frozen=True):
    """Withdraws an interpretation: the value adopted before it applies again, for the future."""

    number: Annotated[int, Meta(ge=1)]

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if self.number > len(inst.interpretations) or inst.interpretations[self.number - 1].stage != "issued":
            raise OutOfTurn("not-found", what=f"interpretation {self.number}").saying(
                what=(f"生效中的第 {self.number} 号解释", f"interpretation no. {self.number} in effect")
            )
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        return _withdrawn(inst, self.number, filing.given.rev)


def _withdrawn(inst: Institution, number: int, rev: str) -> Institution:
    gone = inst.interpretations[number - 1]
    others = tuple(replace(i, stage="withdrawn") if i.number == number else i for i in inst.interpretations)
    inst = replace(inst, interpretations=others)
    if not gone.name or gone.stage != "issued":  # one superseded sets nothing, and never comes back
        return inst
    before = [i for i in others if i.name == gone.name and i.stage == "superseded"]
    if before:
        revived = tuple(replace(i, stage="issued") if i is before[-1] else i for i in others)
        inst = replace(inst, interpretations=revived)
    value = before[-1].value if before else inst.adopted[gone.name]
    procedure = (inst.meaning.procedure or {}) | {gone.name: value}
    return inst.with_meaning(replace(inst.meaning, procedure=procedure), rev)


@act(
    "interpretation.ask/1",
    by=UNIT,
    clause="interpretation.authority",
    opens="question",
    example={"article": 8, "question": _DIGEST},
)
class Ask(Body, frozen=True):
    """A member asks how an article is to be read; sealed between it and the alliance, answered by an interpretation."""

    article: ArticleNumber
    question: Commitment

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if filing.actor not in inst.members:
            raise OutOfTurn("not-member", "interpretation.ask/1")
        edition = inst.meaning.edition
        if edition is None or self.article > len(edition.articles):
            raise OutOfTurn("not-found", what=f"article {self.article}").saying(
                what=(f"第 {self.article} 条", f"article {self.article}")
            )
        yield from ()
