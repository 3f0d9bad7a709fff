"""In whose name a person may draft and sign an act: from the seats of the account and the offices the book gives.

This is about persons only. Whether the unit, the office or the authority may do it, the rules decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from gongyue.covenant.parties import AUTHORITY, EXECUTIVE, is_unit
from gongyue.governance.acts import ActType
from gongyue.governance.institution import Institution
from gongyue.governance.office_names import RECORD_PAPER
from gongyue.web.access import OFFICER, SIGNATORY
from gongyue.web.accounts.models import Person, Seat
from gongyue.web.accounts.seats import offices_of, seats_of
from gongyue.web.acting.models import Draft
from gongyue.web.installation import Now

SIGNATORY_ONLY = frozenset({"founding", "membership", "key"})
"""Matters a unit's officer does not even draft: signing the covenant, joining, leaving, its keys."""

PREPARES = "clerk"
"""The office that may prepare what others sign."""

PREPARES_IN_DOSSIERS = "caseworker"
"""The office that prepares what a party's paper says in a dossier that it handles, and that others record: these need not see the dossier."""


class Mandate(msgspec.Struct, frozen=True):
    """In whose name one drafts: the party whose draft it is, the actor, the seat; whether one may sign it oneself.

    `recording`: the act is another's, recorded from its paper.
    """

    party: str
    actor: str
    seat: Seat
    signs: bool
    recording: bool = False


def mandates_of(person: Person, kind: ActType, now: Now, actor: str = "") -> Iterator[Mandate]:
    """Every mandate with which the person may draft acts of that type, in the name asked for if one is."""
    return mandates_from(seats_of(person, now.day), kind, now, actor)


def mandates_from(seats: Iterable[Seat], kind: ActType, now: Now, actor: str = "") -> Iterator[Mandate]:
    """Every mandate those seats give for acts of that type, in the name asked for if one is."""
    for seat in seats:
        if is_unit(seat.party):
            yield from _of_unit(seat, kind, actor)
        elif seat.party == AUTHORITY:
            if (kind.by.who == "authority" or kind.by.holders) and actor in {"", AUTHORITY}:
                yield Mandate(AUTHORITY, AUTHORITY, seat, True)
        elif kind.by.holders and actor in {"", seat.party}:
            yield Mandate(seat.party, seat.party, seat, True)  # an officer's keys are its own affair
        else:
            yield from _of_office(now.inst, seat, kind, now.day, actor)


def _of_unit(seat: Seat, kind: ActType, actor: str) -> Iterator[Mandate]:
    if kind.by.who != "unit" or actor not in {"", seat.party}:
        return
    if seat.role == SIGNATORY or (seat.role == OFFICER and kind.matter not in SIGNATORY_ONLY):
        yield Mandate(seat.party, seat.party, seat, seat.role == SIGNATORY)


def _of_office(inst: Institution, seat: Seat, kind: ActType, day: int, actor: str) -> Iterator[Mandate]:
    held = offices_of(inst, seat, day)
    if is_unit(actor) or (kind.by.holders and actor not in {"", EXECUTIVE}):
        if kind.by.who == "unit" and kind.paper and held & RECORD_PAPER:
            yield Mandate(EXECUTIVE, actor, seat, True, True)
        elif kind.by.who == "unit" and kind.paper and kind.in_dossier and PREPARES_IN_DOSSIERS in held:
            yield Mandate(EXECUTIVE, actor, seat, False, True)
        return
    if kind.by.who == "unit" and not kind.by.offices:
        return
    signs = bool(held & kind.by.offices)
    if actor in {"", EXECUTIVE} and (signs or PREPARES in held):
        yield Mandate(EXECUTIVE, EXECUTIVE, seat, signs, kind.by.who == "authority")


def asks_paper(draft: Draft, mandate: Mandate) -> str:
    """Whether the paper must, may or cannot be given: only officers record from paper, and never what is computed."""
    if mandate.party != EXECUTIVE or draft.kind.by.who == "system":
        return "no"
    return "must" if draft.actor != EXECUTIVE or draft.kind.by.who == "authority" else "may"
