"""Every route as everybody, before dossiers are filed and after: whoever is told of none of them sees the same to the letter (articles 5, 14).

A page that tells by a name, a number, a count or an order that something was filed differs; so nothing has to be looked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from web.api.program import Program
from web.cases import FACTS, NOTICE, XU, Casework
from web.conftest import House
from web.going import BEICHEN, QINGHE, YUNLING
from web.rooms import petition
from web.security.people import PEOPLE, client_of, prepare
from web.security.routes import routes

UNITS = (YUNLING, BEICHEN, QINGHE)
"""Whose pages are asked for wherever an address names a unit."""
ACCUSED, CASEWORKER = "the accused", "the caseworker"
EMAILS = {ACCUSED: "qinghe@demo.invalid", CASEWORKER: "xu@demo.invalid"}
WHO = (*PEOPLE, *EMAILS)
KEYS: dict[str, tuple[str, str, str]] = {
    "a key of the reporter's": (BEICHEN, "signatory", "read"),
    "a key of the petitioner's": (YUNLING, "signatory", "read"),
    "a key of its engineer's": (YUNLING, "engineer", "read"),
    "a key of the accused's": (QINGHE, "signatory", "read"),
    "a key of the secretary's": ("o:qin", "", "read"),
    "a key of a clerk's": ("o:bai", "", "read"),
    "a key of a publisher's": ("o:lu", "", "read"),
}
DIFFERS: dict[str, str] = {}
"""Who → the routes that differ for them, and may."""
CHANCE = re.compile(rb'(name="csrfmiddlewaretoken" value="|"csrfToken": ")[^"]+|nonce-[\w+/=-]+')
"""What is drawn anew for every answer."""


def _files(house: House) -> None:
    """北辰 reports 青禾; a case is opened from it, of which nothing was served; 云岭 petitions and asks; the police are told."""
    from gongyue.web import installation

    going = Casework(house)
    going.folder = installation.folder()
    going.at("2027-02-04 10:00")
    report = going.reports(BEICHEN, QINGHE)
    case = going.opens(report, QINGHE)
    petition(going, YUNLING)
    going.of("interpretation.ask/1", YUNLING, article="8", question=FACTS.commitment)
    link, line = going.link((case, 1))
    body = {"authority": "public_security", "ground": "crime", "facts": [NOTICE.commitment], "link": link}
    going.do("referral.make/1", "exec", body, [XU, "o:qin"], [line])


def _addresses() -> Iterator[tuple[str, str]]:
    """(route, address) of every page that is read, with each of the units where it names one."""
    for route in routes():
        if "u:0001" in route.address:
            yield from ((route.name, route.address.replace("u:0001", unit)) for unit in UNITS)
        else:
            yield route.name, route.address


def _seen(get: Callable[[str], Any]) -> dict[tuple[str, str], bytes]:
    """What each address answers."""
    found = {}
    for name, address in _addresses():
        if name in ("cheat_run", "account_logout") or address.startswith("/account/") and "oidc" in address:
            continue
        answer = get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        answer.close()
        found[name, address] = str(answer.status_code).encode() + CHANCE.sub(b"", body)
    return found


@pytest.mark.slow(30)
@pytest.mark.parametrize("who", [*WHO, *KEYS])
def test_nobody_is_told_of_what_is_not_theirs(house: House, who: str) -> None:
    """The routes that differ once reports, cases, petitions, questions and referrals are filed are those of the table, no more and no fewer."""
    prepare(house)
    Casework(house).at("2027-02-04 10:00")
    if who in KEYS:
        get: Callable[[str], Any] = Program(house, *KEYS[who]).get
    else:
        client = house.client(EMAILS[who]) if who in EMAILS else client_of(house, who)
        get = client.get
    _seen(get)  # what a first visit changes of itself: what was marked as read, when one was here last
    before = _seen(get)
    _files(house)
    after = _seen(get)
    differs = {name for (name, address), body in after.items() if body != before[name, address]}
    assert differs == set(DIFFERS.get(who, "").split()), "\n".join(sorted(differs))
