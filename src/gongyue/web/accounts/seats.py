"""From which seat a person sees a page: the seats of the account, and the offices the book gives the officer today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.http import HttpRequest

from gongyue.covenant.parties import AUTHORITY, is_unit
from gongyue.governance.institution import Institution
from gongyue.office.openings import found_by
from gongyue.office.store.words import by
from gongyue.web import installation
from gongyue.web.access import Access
from gongyue.web.accounts.models import Person, Seat
from gongyue.web.accounts.officers import called_each
from gongyue.web.installation import Now
from gongyue.web.templatetags.words import pick


def seats_of(person: Person, day: int) -> Iterator[Seat]:
    """The seats a person has on that Beijing day (ordinal)."""
    today = date.fromordinal(day)
    for seat in person.seats.order_by("party", "role"):
        if seat.begins <= today and (seat.ends is None or today <= seat.ends):
            yield seat


def names_of(now: Now, parties: Iterable[str]) -> dict[str, str]:
    """What parties are called, officers by name; a unit that has only applied, as its sealed application says.

    So only for the people of these parties, and for those who decide on applications.
    """
    named = called_each(now.inst, parties)
    applicants = {party for party in named if is_unit(party) and party not in now.inst.units}
    if applicants:
        named |= dict.fromkeys(applicants, pick("尚未申请的单位", "A unit yet to apply"))
        for opened in found_by(installation.office().store, *map(by, applicants)):
            if opened.entry.act.type == "membership.apply/1":
                named[opened.entry.act.actor] = str(opened.body["name"])
    return named


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
        if access.who == "own" and seat.role in access.roles and request.GET.get("as", seat.party) == seat.party:
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
