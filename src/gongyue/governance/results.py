"""The result of a case, told to every member once (articles 17, 18): it names by the adopted reading, and links to the conclusion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import Body, Filing, act, office
from gongyue.governance.bulletin import (
    Issued,
    PlaceInMembers,
    closed_up,
    guarded,
    replaceable,
    signed_rightly,
    with_issued,
)
from gongyue.governance.court_orders import unforbidden
from gongyue.governance.fields import Commitment, LinkDigest, UnitId
from gongyue.governance.hearing import RESULT as TELL
from gongyue.governance.hearing import said_by_others, settled_on
from gongyue.governance.unit_names import named_in
from gongyue.rules import bulletin as rules

if TYPE_CHECKING:
    from gongyue.governance.dossier import Dossier, Linked
    from gongyue.governance.institution import Institution

_DIGEST = "sha256:" + "00" * 32
RESULT = "result"
NAMING = "result.naming"
"""The reading of when a result names the accused: its choices follow."""
EFFECT, ESTABLISHED, CONSENT = "effect", "established", "consent"


@act(
    "bulletin.result/1",
    by=office("clerk", "secretary", two=True),
    clause="result.publish",
    capability=True,
    texts=("text",),
    within=("members",),
    link_once=True,
    example={"names": "u:0002", "text": _DIGEST, "replaces": None, "review": None, "link": _DIGEST},
)
class Result(Body, frozen=True):
    """The result of a case, a circular with it, to every member; once, or as a correction of the one before.

    `names`: the accused, where the adopted reading names it or it wishes so; `link`: to the conclusion, opened to the accused.
    `review`: a lawyer's opinion on a text that may name a competitor to its harm.
    """

    text: Commitment
    link: LinkDigest
    names: UnitId | None = None
    replaces: PlaceInMembers | None = None
    review: Commitment | None = None

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if not inst.in_force:
            raise OutOfTurn("not-in-force", filing.act.type)
        if self.names is not None and self.names not in inst.units:
            raise OutOfTurn("not-found", filing.act.type, what=self.names)
        yield from signed_rightly(inst, RESULT, self.review is not None, filing)
        text = filing.given.objects.get(self.text)
        yield from guarded(inst, RESULT, text, self.review is not None)
        if text is not None:
            yield rules.result_names_nobody_else(
                self.names or "", [unit.id for unit in named_in(inst, closed_up(text))]
            )

    def check_in(self, inst: Institution, dossier: Dossier, filing: Filing) -> Iterator[Ruling]:
        yield from replaceable(dossier, self.replaces, (RESULT, "internal"), filing)

    def check_linked(self, inst: Institution, linked: Sequence[Linked], filing: Filing) -> Iterator[Ruling]:
        standing = [one.dossier for one in linked if one.stands]
        if len(linked) != 1 or not standing:
            raise OutOfTurn("malformed", filing.act.type, why="link: 1")
        (dossier,) = standing
        assert dossier.case is not None
        yield from may_be_told(inst, dossier, filing.day)
        yield rules.result_names_as_read(self.names or "", dossier.case.accused, is_named(inst, dossier))

    def links_to(self) -> tuple[str, ...]:
        """The conclusion of the case."""
        return ("case.conclude/1",)

    def enter(self, dossier: Dossier, filing: Filing) -> Dossier:
        officers = len(set(filing.signers))
        made = Issued(RESULT, "internal", officers, filing.day, self.text, self.replaces or 0, names=self.names or "")
        return with_issued(dossier, made)


def may_be_told(inst: Institution, dossier: Dossier, day: int) -> Iterator[Ruling]:
    """Whether the result of a case may be told on a day: GY-18-10 while something of it can still change, GY-20-01 under an order.

    An order about the accused is one about its result, whether that names it or not.
    """
    assert dossier.case is not None  # what is linked to is its conclusion
    yield rules.review_is_over(settled_on(inst, dossier), day)
    yield from unforbidden(inst, TELL, {dossier.case.accused}, day)


def is_named(inst: Institution, dossier: Dossier) -> bool:
    """Whether the result of a case names the accused: by the reading, or because the accused wishes so.

    As it was adopted when the day of the case's opening began; else as it was since. A book that has adopted none names nobody who
    does not wish it.
    """
    case = dossier.case
    assert case is not None
    wish = dossier.asked("naming")
    if wish is not None and all(one.told for one in said_by_others(dossier, wish)):
        return True
    then, now = inst.meaning_on(case.opened - 1).values, inst.meaning.values
    reading = str(then.get(NAMING, now.get(NAMING, CONSENT)))
    return {EFFECT: case.adverse, ESTABLISHED: bool(case.established)}.get(reading, False)
