"""A dossier from the side: whoever is not in it sees the same pages, feeds, counts and errors before and after it fills."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest

from gongyue.book.receipts import Receipt
from web.api.program import Program
from web.conftest import House
from web.going import Going
from web.security.people import client_of, prepare
from web.security.routes import SAMPLES, routes

SPIES = ("outsider", "other", "lapsed", "engineer", "publisher", "panellist", "former", "authority")
PROGRAMS = {"other": ("u:0004", "signatory", "read draft submit"), "engineer": ("u:0001", "engineer", "read")}
API = ("status", "checkpoint", "due", "log?limit=50", "feed", "disclosures", "register/u:0001", "key", "votes")
COMMITMENT = "sha256:" + "5e" * 32
CHANGING = re.compile(rb'csrfmiddlewaretoken" value="[^"]+|nonce-?="?[\w+/=-]+|nonce="[^"]+|[0-9a-f]{8}-[0-9a-f-]{27}')
ENTITLED = {"panellist": {"/desk/interpretations/"}}
"""Whoever answers questions sees them there."""
SKIPPED = {"draft_file", "account_logout", "account_export"}


def seen_by(house: House, who: str) -> dict[str, bytes]:
    """Every page as that one gets it, without what changes by itself."""
    client, pages = client_of(house, who), {}
    for route in routes():
        address = route.address
        if route.name in SKIPPED or address in ENTITLED.get(who, ()):
            continue
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        answer.close()
        headers = {k: v for k, v in answer.headers.items() if k in ("ETag", "Location", "Last-Modified", "X-Public")}
        pages[address] = CHANGING.sub(b"", body) + repr((answer.status_code, headers)).encode()
    if who in PROGRAMS:
        program = Program(house, *PROGRAMS[who])
        pages |= {f"key {one}": program.get(f"/api/{one}").content for one in API}
    for query in ("u:0001", "petition", "诉求", "密封"):
        pages[f"?q={query}"] = CHANGING.sub(b"", client.get("/register/", {"q": query}).content)
    return pages


def filled(going: Going) -> list[Receipt]:
    """u:0001 petitions; it is answered, noted, assigned; it asks a question too."""
    made = [going.of("petition.submit/1", SAMPLES["unit"], kind="demand", text=COMMITMENT)]
    dossier = f"d:{made[0].act.removeprefix('sha256:')}"
    body: dict[str, Any] = {"answer": "forwarded", "docs": [COMMITMENT]}
    made.append(going.do("petition.answer/1", "exec", body, ["o:qin"], dossier=dossier))
    made.append(going.do("dossier.note/1", "u:0001", {"complete": True}, ["u:0001"], dossier=dossier))
    made.append(going.of("interpretation.ask/1", "u:0001", article=8, question=COMMITMENT))
    return made


@pytest.mark.slow(10)
@pytest.mark.parametrize("who", SPIES)
def test_a_dossier_changes_nothing_for_whoever_is_not_in_it(
    house: House, who: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Byte for byte the same, on every page, for every query and key, within the slot; and no log says what was filed."""
    prepare(house)
    going = Going(house).at("2027-02-04 11:00")
    before = seen_by(house, who)
    again = seen_by(house, who)
    steady = {address for address in before if before[address] == again[address]}
    with caplog.at_level(logging.INFO):
        made = filled(going)
        after = seen_by(house, who)
    told = [address for address in sorted(steady) if before[address] != after[address]]
    assert not told
    assert len(steady) > 0.9 * len(before), sorted(set(before) - steady)
    secrets = [one.commitment[7:23] for one in made] + [one.act[7:23] for one in made] + [COMMITMENT[7:23]]
    everything = b"".join(after.values()).decode("utf-8", "replace") + caplog.text
    assert not [one for one in secrets if one in everything]


def test_the_published_book_and_its_mirror_hold_nothing_of_a_dossier(house: House, tmp_path: Any) -> None:
    """Before the anchor not even the commitments; after it those alone, and neither documents nor ids nor acts."""
    from gongyue.office.publishing import publish

    prepare(house)
    going = Going(house).at("2027-02-04 11:00")
    made = filled(going)
    secrets = [one.act[7:71].encode() for one in made] + [COMMITMENT[7:].encode()]
    for folder, anchored in (("one", False), ("two", True)):
        if anchored:
            going.at("2027-02-05 11:00").ticks()
        publish(going.office, tmp_path / folder)
        data = b"".join(p.read_bytes() for p in (tmp_path / folder).rglob("*") if p.is_file())
        assert not [one for one in secrets if one in data]
        assert [one.commitment.encode() in data for one in made] == [anchored] * len(made)
