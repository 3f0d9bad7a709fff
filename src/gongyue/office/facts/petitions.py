"""What everybody is told of petitions: those whose member consented, with what became of them (article 14)."""

from __future__ import annotations

import msgspec

from gongyue.covenant.periods import iso
from gongyue.governance.fields import Date
from gongyue.governance.petition import late_days
from gongyue.governance.petition_publication import PublishedPetition
from gongyue.office.facts.shapes import AsOf, day_or_none, filled, text_of


class PetitionOut(msgspec.Struct, frozen=True):
    """A petition published: whose, of which kind, in the words consented to, and how far it had got then.

    `answered`: when it was first forwarded or explained; `late`: how many days late that was; `replied`: when the authority's
    answer was recorded; `addressee`: the authority it is for; `index`: the entry that published it.
    """

    dossier: str
    unit: str
    name: str
    kind: str
    text: str
    since: Date
    answered: Date | None
    forwarded: Date | None
    replied: Date | None
    late: int
    addressee: str
    day: Date
    index: int


class Petitions(msgspec.Struct, frozen=True):
    """Every petition published, the newest first."""

    items: tuple[PetitionOut, ...]


def petitions(at: AsOf) -> tuple[PetitionOut, ...]:
    """Those published and not taken down, the newest first."""
    found = sorted(at.inst.petitions.values(), key=lambda one: -one.index)
    return tuple(_told(at, one) for one in found)


def _told(at: AsOf, one: PublishedPetition) -> PetitionOut:
    of, founding, day = one.petition, at.inst.founding, one.petition.forwarded or one.day
    office = founding.receives_petitions(day)
    return filled(
        PetitionOut,
        one,
        name=at.inst.units[one.unit].name,
        kind=of.kind,
        text=text_of(at, one.text),
        since=iso(of.since),
        answered=day_or_none(of.answered),
        forwarded=day_or_none(of.forwarded),
        replied=day_or_none(of.replied),
        late=late_days(at.inst, of, one.day),
        addressee=office.name if office else "",
        day=iso(one.day),
    )
