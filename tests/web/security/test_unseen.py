"""Every route as everybody, before dossiers are filed and after: whoever is told of none of them sees the same to the letter (articles 5, 14).

A page that tells by a name, a number, a count or an order that something was filed differs; so nothing has to be looked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from web.api.program import Program
from web.cases import FACTS, MO, NOTICE, REPLY, XU, Casework
from web.conftest import House
from web.going import BEICHEN, QINGHE, TASHA, YUNLING
from web.rooms import dossier_of, petition
from web.security.people import PEOPLE, client_of, prepare
from web.security.routes import routes

UNITS = (YUNLING, BEICHEN, QINGHE, TASHA)
"""Whose pages are asked for wherever an address names a unit."""
ACCUSED, CASEWORKER = "the accused", "the caseworker"
EMAILS = {ACCUSED: "qinghe@demo.invalid", CASEWORKER: "xu@demo.invalid"}
KEYS: dict[str, tuple[str, str, str]] = {
    "a key of the reporter's": (BEICHEN, "signatory", "read"),
    "a key of the petitioner's": (YUNLING, "signatory", "read"),
    "a key of its engineer's": (YUNLING, "engineer", "read"),
    "a key of the accused's": (QINGHE, "signatory", "read"),
    "a key of the secretary's": ("o:qin", "", "read"),
    "a key of a clerk's": ("o:bai", "", "read"),
    "a key of a publisher's": ("o:lu", "", "read"),
}
APART = {"cheat_run", "account_logout"}
"""What forges a book of its own, and what ends the session."""
NOTHING = ()
RECORDED = ("/desk/letters/", "/desk/paper/", "/desk/paper/letters.pdf", "/desk/telling/")
"""Where the two who recorded a report from its paper find its notice to the unit that filed it."""
TOLD: dict[str, tuple[str, ...]] = {
    "outsider": NOTHING,
    "engineer": NOTHING,  # its unit petitioned and asked: that is for those who sign and draft
    "lapsed": NOTHING,
    "publisher": NOTHING,
    "former": NOTHING,
    "authority": NOTHING,
    ACCUSED: NOTHING,  # nothing was served: nobody is tipped off
    # of each dossier how it stands; of the question, as those who decide on it, also whose it is
    "secretary": ("/desk/", "/desk/docket/", "/desk/interpretations/", "/desk/members/u:0001/", *RECORDED),
    "clerk": ("/desk/", "/desk/interpretations/", "/desk/members/u:0001/", *RECORDED),
    # the parties, on the pages of their own unit; those who are assigned, at their desk
    "signatory": ("/my/…", "/workspace/u:0001/…", "/notices/…", "/acts/…", "/account/people/u:0001/…"),
    "officer": ("/my/…", "/workspace/u:0001/…", "/notices/…", "/acts/…"),
    "other": ("/my/…", "/workspace/u:0004/…", "/notices/…", "/acts/…", "/account/people/u:0004/…"),
    "panellist": ("/desk/…", "/notices/…"),
    CASEWORKER: ("/desk/…", "/notices/…"),
    "a key of the reporter's": ("/api/…",),
    "a key of the petitioner's": ("/api/…",),
    "a key of its engineer's": NOTHING,
    "a key of the accused's": NOTHING,
    "a key of the secretary's": ("/api/docket", "/api/feed"),
    "a key of a clerk's": NOTHING,
    "a key of a publisher's": NOTHING,
}
"""Who → the addresses that may differ for them, … standing for all that begins so; what else differs tells them something."""
CHANCE = re.compile(rb'(name="csrfmiddlewaretoken" value="|"csrfToken": ")[^"]+|nonce-[\w+/=-]+')
"""What is drawn anew for every answer."""


def test_everybody_stands_in_the_table() -> None:
    """Whoever tries every page elsewhere, whom the dossiers concern, and keys of each: what may differ is said of all."""
    assert set(TOLD) == {*PEOPLE, *EMAILS, *KEYS}


def _files(house: House) -> None:
    """北辰 reports 青禾; a case is opened from it, of which nothing was served; 云岭 petitions and asks; the police are told."""
    from gongyue.web import installation

    going = Casework(house)
    going.folder = installation.folder()
    going.at("2027-02-04 10:00")
    report = going.reports(BEICHEN, QINGHE)
    case = _opens(going, report)
    petition(going, YUNLING)
    going.of("interpretation.ask/1", YUNLING, article=8, question=FACTS.commitment)
    link, line = going.link((case, 1))
    body = {"authority": "public_security", "ground": "crime", "facts": [NOTICE.commitment], "link": link}
    going.do("referral.make/1", "exec", body, [XU, "o:qin"], [line])
    going.on_paper("report.file/1", TASHA, kind="report", accused=QINGHE, begins="2027-01-01", ends="2027-02-03",
                   facts=REPLY.commitment, articles=[], evidence=[])  # fmt: skip
    _mails()


def _mails() -> None:
    """Whatever is to be mailed is written: whoever watches over the mails reads none of it."""
    from gongyue.web.notices import outbox

    outbox.collect()


def _opens(going: Casework, report: str) -> str:
    """The case, with a panel of officers in office."""
    rows = [{"officer": one, "interests": []} for one in (XU, MO, "o:hu", "o:he")]
    link, line = going.link((report, 1))
    body = {"accused": QINGHE, "articles": ["8"], "begins": "2027-01-01", "ends": "2027-02-03"}
    body |= {"caseworker": rows[0], "panel": rows[1:], "link": link}
    return dossier_of(going.do("case.open/1", "exec", body, [XU, "o:qin"], [line]))


def _addresses(api: bool) -> Iterator[tuple[str, str]]:
    """(route, address) of every page that is read, or of every operation, with each of the units where it names one."""
    for route in routes():
        if route.name.startswith("api:") is not api or route.name in APART:
            continue
        if "u:0001" in route.address:
            yield from ((route.name, route.address.replace("u:0001", unit)) for unit in UNITS)
        else:
            yield route.name, route.address


def _seen(get: Callable[[str], Any], api: bool) -> dict[tuple[str, str], bytes]:
    """What each address answers."""
    found = {}
    for name, address in _addresses(api):
        answer = get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        answer.close()
        found[name, address] = str(answer.status_code).encode() + CHANCE.sub(b"", body)
    return found


@pytest.mark.slow(8)
@pytest.mark.parametrize("who", TOLD)
def test_nobody_is_told_of_what_is_not_theirs(house: House, who: str) -> None:
    """What differs once reports, cases, petitions, questions and referrals are filed is what the table tells that one of, and nothing else."""
    prepare(house)
    Casework(house).at("2027-02-04 10:00")
    if who in KEYS:
        get: Callable[[str], Any] = Program(house, *KEYS[who]).get
    else:
        client = house.client(EMAILS[who]) if who in EMAILS else client_of(house, who)
        get = client.get
    for address in ("/desk/", *(f"/workspace/{unit}/bulletins/1/" for unit in UNITS)):
        get(address).close()  # what a first visit changes of itself: when one was here last, what was read
    _mails()
    before = _seen(get, who in KEYS)
    _files(house)
    after = _seen(get, who in KEYS)
    differs = {address for (name, address), body in after.items() if body != before[name, address]}
    told = {one for one in differs if not any(_is(one, may) for may in TOLD[who])}
    assert not told, "\n".join(sorted(told))
    assert bool(differs) is bool(TOLD[who]), "nothing differs where something should: the dossiers were not filed"


def _is(address: str, may: str) -> bool:
    """Whether an address is that one, or begins as it says."""
    return address.startswith(may[:-1]) if may.endswith("…") else address == may
