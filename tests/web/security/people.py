"""The people of the permission matrix: who they are, and a client signed in as each."""

from __future__ import annotations

from datetime import date
from typing import Any

from web.conftest import House
from web.going import Going

PEOPLE = {
    "outsider": "nobody, not signed in",
    "signatory": "yunling@demo.invalid: signs for u:0001",
    "officer": "yunling-officer@demo.invalid: drafts for u:0001",
    "engineer": "yunling-engineer@demo.invalid: runs the tools of u:0001",
    "other": "beichen@demo.invalid: signs for another member",
    "lapsed": "signed for u:0001 until yesterday",
    "secretary": "qin@demo.invalid",
    "clerk": "bai@demo.invalid",
    "publisher": "lu@demo.invalid: an officer, though not of the offices that decide",
    "panellist": "mo@demo.invalid: another",
    "former": "ge@demo.invalid: its term as panellist ended yesterday",
    "authority": "authority@demo.invalid",
}
"""Everybody who tries every page."""

EVERYBODY = frozenset(PEOPLE)
SIGNED_IN = EVERYBODY - {"outsider"}
OFFICERS = frozenset({"secretary", "clerk", "publisher", "panellist"})
OWN_UNIT = frozenset({"signatory", "officer", "engineer"})
NOBODY: frozenset[str] = frozenset()


def prepare(house: House) -> None:
    """Let a term and a delegation end, and a day pass."""
    from gongyue.web.accounts.models import Person, Seat

    going = Going(house).at("2027-02-03 10:00")
    ended = {"officer": "o:ge", "offices": ["panellist"], "ends": "2027-02-03"}
    going.executive("office.end/1", ended, ["o:qin", "o:bai"])
    going.at("2027-02-04 10:00")
    person = Person.objects.create_user("lapsed@demo.invalid", "a-long-one-of-2027", name="曾任")
    Seat.objects.create(person=person, party="u:0001", role="signatory", begins=date(2026, 1, 1), ends=date(2027, 2, 3))


def keeper(going: Going) -> str:
    """A keeper of the system takes office, on which day the story goes on; the login. The demonstration has none at its end."""
    from gongyue.covenant.periods import iso
    from gongyue.demo.simulated_office import text_object
    from gongyue.governance.office import earliest
    from gongyue.web.accounts.models import Person, Seat

    begins = iso(earliest(going.inst, going.now))
    term = {"begins": begins, "ends": "2028-12-31", "interests": text_object("无")[0]}
    going.executive("office.appoint/1", {"officer": "o:net", "offices": ["sysop"], **term}, ["o:qin", "o:bai"])
    person = Person.objects.create_user("net@demo.invalid", "a-long-one-of-2027", name="网")
    Seat.objects.create(person=person, party="o:net", role="", begins=date(2026, 1, 1))
    going.at(f"{begins} 10:00").ticks()
    return str(person.email)


def client_of(house: House, who: str) -> Any:
    """A client signed in as that one."""
    emails = {"lapsed": "lapsed@demo.invalid", "former": "ge@demo.invalid"}
    said = PEOPLE[who].partition(":")[0].split()[0]
    return house.client("" if who == "outsider" else emails.get(who, said))
