"""Every page, by its links: nothing inline, nothing from elsewhere, the headers that keep it so, no dead end."""

from __future__ import annotations

from typing import Any

import pytest

from web.conftest import House
from web.going import Going
from web.security.crawling import Page, walk
from web.security.people import client_of

FACES = {
    "outsider": ("/", "/en/", "/api/", "/account/login/"),
    "signatory": ("/workspace/u:0001/", "/en/workspace/u:0001/", "/account/", "/notices/", "/acts/keys/u:0001/"),
    "officer": ("/workspace/u:0001/", "/en/workspace/u:0001/"),
    "secretary": ("/desk/", "/en/desk/", "/account/people/", "/notices/outbox/"),
    "authority": ("/authority/", "/en/authority/"),
}
HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize("who", FACES)
def test_no_page_has_anything_inline_or_from_elsewhere(house: House, who: str) -> None:
    """A walk by links from each face: no script, style or handler in the page, no frame, nothing of another host."""
    client, faults, pages = client_of(house, who), [], 0
    for address, answer in walk(client, *FACES[who]):
        if answer.status_code == 200 and not answer.streaming and "html" in answer.headers["Content-Type"]:
            pages += 1
            faults += [f"{address}: {fault}" for fault in Page(answer.content.decode(), address).faults]
    assert not faults, "\n".join(faults)
    assert pages >= {"outsider": 60, "authority": 2}.get(who, 15), pages


@pytest.mark.parametrize("who", FACES)
def test_every_answer_has_the_headers_and_no_link_is_dead(house: House, who: str) -> None:
    """Policy without unsafe anything, no framing, no sniffing; private pages are kept by nobody."""
    client, faults = client_of(house, who), []
    for address, answer in walk(client, *FACES[who]):
        faults += [f"{address}: {fault}" for fault in _faults(answer)]
        if answer.status_code >= 400 and answer.status_code != 403:
            faults.append(f"{address}: {answer.status_code}")
        if who != "outsider" and "/workspace/" in address and "no-store" not in answer.headers.get("Cache-Control", ""):
            faults.append(f"{address}: {answer.headers.get('Cache-Control')}")
    assert not faults, "\n".join(faults)


def _faults(answer: Any) -> list[str]:
    policy = answer.headers.get("Content-Security-Policy", "")
    faults = [
        f"{name}: {answer.headers.get(name)}" for name, value in HEADERS.items() if answer.headers.get(name) != value
    ]
    if "unsafe" in policy or "*" in policy or "data:" in policy or "default-src 'none'" not in policy:
        faults.append(f"policy: {policy}")
    if any(f"{part} 'none'" not in policy for part in ("base-uri", "frame-ancestors")):
        faults.append(f"policy: {policy}")
    if answer.headers.get("Referrer-Policy") not in {"same-origin", "no-referrer"}:
        faults.append("Referrer-Policy")
    if "geolocation=()" not in answer.headers.get("Permissions-Policy", ""):
        faults.append("Permissions-Policy")
    return faults


def test_errors_have_the_headers_too(house: House) -> None:
    """404, 403, 405 and 400 are under the same policy."""
    client = house.client("yunling@demo.invalid")
    for answer in (
        client.get("/no/such/page/"),
        client.get("/desk/"),
        client.put("/workspace/u:0001/api-keys/"),
        client.get("/", headers={"host": "elsewhere.example"}),
        client.get("/api/no/such"),
    ):
        assert answer.status_code in {400, 403, 404, 405, 302}
        assert not _faults(answer), (answer.status_code, _faults(answer))


def test_public_pages_set_no_cookie(house: House) -> None:
    """Whoever only reads is not followed."""
    client = house.client()
    for address, answer in walk(client, "/", "/en/"):
        if answer.headers.get("X-Public") == "1":
            assert not answer.cookies, address


@pytest.mark.slow(12)
@pytest.mark.parametrize("who", ["signatory", "officer", "engineer", "secretary", "publisher", "authority"])
def test_no_link_leads_where_its_reader_may_not_go(house: House, who: str) -> None:
    """While a vote is open: what another seat does is not offered as a link that ends in a refusal."""
    Going(house).is_under_vote()
    start = {"authority": "/authority/", "secretary": "/desk/", "publisher": "/desk/"}.get(who, "/workspace/u:0001/")
    shut = {address for address, answer in walk(client_of(house, who), start) if answer.status_code == 403}
    assert shut <= {"/authority/"}, "which the first page names for the authority, to everybody alike"
