"""Correcting and voiding acts of the open book: both versions stay, nothing is deleted (reading `correction`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import ActType, Body, Entry, Filing, act, act_type_of, decode_body, office
from gongyue.governance.fields import Clerical, Count, PublicDigest
from gongyue.rules import office as office_rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

_DIGEST = "sha256:" + "00" * 32
MENDED_OTHERWISE = ("correction", "book", "key")
"""Matters whose acts are neither corrected nor voided: a registered key is its holder's to disavow, nobody else's."""


class Correction(Struct, frozen=True):
    """What became of an earlier entry: corrected in these fields, or void from a day (or from the beginning)."""

    entry: int
    what: str
    by: int
    day: int
    fields: tuple[str, ...] = ()
    from_the_beginning: bool = False


@act(
    "correction.correct/1",
    by=office("publisher", "secretary", "panellist", two=True),
    clause="office.executive",
    entry="entry",
    holds={"fields": Clerical},
    example={
        "entry": 12,
        "fields": {"places": [{"url": "https://alliance.example/covenant", "evidence": _DIGEST}]},
        "reasons": _DIGEST,
    },
)
class Correct(Body, frozen=True):
    """Corrects a clerical slip 更正 in fields that allow it; signatures, closed ballots and commitments do not."""

    entry: Count
    fields: dict[str, Any]
    reasons: PublicDigest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        entry = filing.entry(self.entry)
        kind = _kind(entry, "not-correctable")
        if not self.fields or not set(self.fields) <= kind.clerical:
            raise OutOfTurn("not-correctable", "correction.correct/1", fields=" ".join(self.fields))
        _still_stands(inst, self.entry)
        body: dict[str, Any] = msgspec.json.decode(entry.act.body)
        emptied = [name for name, value in self.fields.items() if body[name] and not value]
        if self.entry not in inst.corrections and all(body[name] == value for name, value in self.fields.items()):
            raise OutOfTurn("not-correctable", "correction.correct/1", fields=" ".join(self.fields))
        if emptied:  # it mends a slip; what the act had to say is not taken back by it
            raise OutOfTurn("not-correctable", "correction.correct/1", fields=" ".join(emptied))
        decode_body(kind, msgspec.json.encode(body | self.fields))
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        made = Correction(self.entry, "corrected", filing.index, filing.day, tuple(sorted(self.fields)))
        return replace(inst, corrections=inst.corrections.set(self.entry, made))


@act(
    "correction.void/1",
    by=office("publisher", "secretary", "clerk", "panellist", two=True),
    clause="office.executive",
    entry="entry",
    example={"entry": 30, "reasons": _DIGEST, "from_the_beginning": False},
)
class Void(Body, frozen=True):
    """Voids an act 撤销: from now on, or as if it had never been; votes held in between are not reopened.

    Whoever voids it could have done it: it takes the offices that acts of its type take.
    """

    entry: Count
    reasons: PublicDigest
    from_the_beginning: bool = False

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        entry = filing.entry(self.entry)
        kind = _kind(entry, "not-voidable")
        if not kind.undo or entry.act.actor != filing.actor:
            raise OutOfTurn("not-voidable", "correction.void/1", entry=self.entry)
        _still_stands(inst, self.entry)
        for signer in filing.signers:
            officer = inst.officers.get(signer)
            held = officer.held(filing.day) if officer else set()
            yield office_rules.holds_the_office(signer, held, kind.by.offices, filing.day)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        entry = filing.entry(self.entry)
        body = decode_body(act_type_of(entry.act.type), entry.act.body)
        made = Correction(self.entry, "void", filing.index, filing.day, from_the_beginning=self.from_the_beginning)
        inst = body.undo(replace(inst, now=filing.time), self.entry, entry.act.actor, filing.given.rev)
        return replace(inst, corrections=inst.corrections.set(self.entry, made))


def _kind(entry: Entry, reason: str) -> ActType:
    kind = act_type_of(entry.act.type)
    if kind.matter in MENDED_OTHERWISE:
        raise OutOfTurn(reason, "correction")
    return kind


def _still_stands(inst: Institution, index: int) -> None:
    earlier = inst.corrections.get(index)
    if earlier is not None and earlier.what == "void":
        raise OutOfTurn("already", "correction")
