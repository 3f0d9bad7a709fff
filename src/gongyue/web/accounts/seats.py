"""From which seat a person sees a page: the seats of the account, and the offices the book gives the officer today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest

from gongyue.covenant.parties import AUTHORITY
from gongyue.governance.institution import Institution
from gongyue.web.access import Access
from gongyue.web.accounts.models import Person, Seat


def seats_of(person: Person, day: int) -> Iterator[Seat]:
    """The seats a person has on that Beijing day (ordinal)."""
    today = date.fromordinal(day)
    for seat in person.seats.order_by("party", "role"):
        if seat.begins <= today and (seat.ends is None or today <= seat.ends):
            yield seat


def offices_of(inst: Institution, seat: Seat, day: int) -> set[str]:
    """The offices an officer's seat carries on that day: what the book says, nothing else."""
    officer = inst.officers.get(seat.party)
    return officer.held(day) if officer else set()


def seat_for(request: HttpRequest, access: Access, unit: str | None) -> Seat | None:
    """The seat from which the signed-in person may see a page of that access; None if there is none."""
    now = request.now  # type: ignore[attr-defined]
    for seat in seats_of(request.user, now.day):  # type: ignore[arg-type]
        if access.who == "unit" and seat.party == unit and seat.role in access.roles:
            return seat
        if access.who == "authority" and seat.party == AUTHORITY:
            return seat
        if (
            access.who == "office"
            and (held := offices_of(now.inst, seat, now.day))
            and (not access.offices or held & access.offices)
        ):
            return seat
    return None
