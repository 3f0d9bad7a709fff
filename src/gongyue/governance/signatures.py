"""The initiators' signatures on the frozen text, and stepping out before it is submitted (article 21)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta
from msgspec.structs import replace

from gongyue.covenant.bound_persons import delegates_sign
from gongyue.covenant.periods import from_iso
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import UNIT, Body, Filing, GoverningDate, act
from gongyue.governance.fields import Commitment, PublicDigest
from gongyue.governance.founding import Founding, PowerOfAttorney, Signed
from gongyue.rules import founding as rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution


_DIGEST = "sha256:" + "00" * 32


@act(
    "founding.sign/1",
    by=UNIT,
    clause="founding.signature",
    weighty=True,
    undo=True,
    governing=GoverningDate.OWN,
    example={"edition": _DIGEST, "capacity": "legal_representative", "signatory": _DIGEST},
)
class Sign(Body, frozen=True):
    """An initiator signs the frozen text, by its legal representative or a delegate with power of attorney.

    The signatory's name is a commitment (no personal data in a leaf).
    """

    edition: PublicDigest
    capacity: Annotated[str, Meta(max_length=40)]
    signatory: Commitment
    attorney: PowerOfAttorney | None = None

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        founding = inst.founding
        if founding.stage != "frozen":
            raise OutOfTurn("not-frozen", "founding.sign/1", founding.stage)
        if filing.actor not in founding.initiators:
            raise OutOfTurn("not-initiator", "founding.sign/1")
        if self.edition != founding.digest:
            raise OutOfTurn("other-text", "founding.sign/1", found=self.edition, frozen=founding.digest)
        if filing.actor in founding.signatures:
            raise OutOfTurn("already", "founding.sign/1")
        filing.require_not_before(founding.frozen_day)  # before that there was no such text
        yield rules.signatory_may_sign(self.capacity, delegates_sign(inst.meaning.edition))
        begins, ends = (from_iso(self.attorney.begins), from_iso(self.attorney.ends)) if self.attorney else (1, 1)
        # On the day it signed: on paper that is the paper's date, not its arrival.
        yield rules.delegate_is_authorised(self.capacity, self.attorney is not None, begins, ends, filing.dated)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        signed = Signed(filing.actor, self.capacity, filing.governing_day, filing.index)
        signatures = inst.founding.signatures.set(filing.actor, signed)
        return replace(inst, founding=replace(inst.founding, signatures=signatures))

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        founding = inst.founding
        signed = founding.signatures.get(actor)
        if inst.effective or signed is None or signed.index != index:
            return inst  # what took effect is not undone: the unit leaves (art. 23)
        return replace(inst, founding=_not_all_signed(replace(founding, signatures=founding.signatures.delete(actor))))


def _not_all_signed(founding: Founding) -> Founding:
    """The founding with one who has yet to sign: what was submitted is frozen again (art. 21)."""
    return replace(founding, stage="frozen") if founding.stage == "submitted" else founding


@act(
    "founding.step_out/1",
    by=UNIT,
    clause="founding.signature",
    undo=True,
    example={},
)
class StepOut(Body, frozen=True):
    """An initiator steps out before submission, by its own declaration."""

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if filing.actor not in inst.founding.initiators:
            raise OutOfTurn("not-initiator", "founding.step_out/1")
        if inst.founding.stage not in ("draft", "frozen", "returned"):
            raise OutOfTurn("submitted", "founding.step_out/1", inst.founding.stage)
        filing.require_not_before(inst.founding.frozen_day)  # on which it was named
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        founding = inst.founding
        initiators = founding.initiators - {filing.actor}
        signatures = founding.signatures
        if filing.actor in signatures:
            signatures = signatures.delete(filing.actor)
        unit = replace(inst.unit(filing.actor), status="invited")
        stepped = founding.stepped.set(filing.actor, filing.index)
        after = replace(founding, initiators=initiators, signatures=signatures, stepped=stepped)
        return replace(inst.with_unit(unit), founding=after)

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        founding = inst.founding
        if inst.effective or founding.stepped.get(actor) != index:
            return inst  # the text was frozen anew since, or took effect without it
        unit = replace(inst.units[actor], status="initiator")
        again = replace(founding, initiators=founding.initiators | {actor}, stepped=founding.stepped.delete(actor))
        return replace(inst.with_unit(unit), founding=_not_all_signed(again))
