"""Dossiers for the tests of pages: filed, assigned and signed as people do it, and read as they read them."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from gongyue.book.dossier_names import DossierNames
from gongyue.book.receipts import Receipt
from web.conftest import House
from web.going import Going

DOCUMENT, REASONS = "sha256:" + "5e" * 32, "sha256:" + "6e" * 32
"""Commitments that stand for documents nobody handed in."""


def petition(going: Going, unit: str, kind: str = "demand") -> str:
    """The id of a petition that the unit has just submitted."""
    return dossier_of(going.of("petition.submit/1", unit, kind=kind, text=DOCUMENT))


def dossier_of(receipt: Receipt) -> str:
    """The dossier that an act opened."""
    return f"d:{receipt.act.removeprefix('sha256:')}"


def name_of(dossier: str, language: str = "zh") -> str:
    """What a dossier is called by whoever sees no other that begins with the same words."""
    return DossierNames([dossier]).of(dossier, language)


def assigns(going: Going, dossier: str, officer: str, role: str = "caseworker") -> None:
    """The secretary assigns an officer to a role in it."""
    body: dict[str, Any] = {"role": role, "officers": [{"officer": officer, "interests": []}]}
    going.do("dossier.assign/1", "exec", body, ["o:qin"], dossier=dossier)


def text_of(client: Any, path: str) -> str:
    """A page's text, its tags taken out."""
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    main = answer.content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).replace(" ：", "：")


def files(house: House, client: Any, type: str, query: str, answers: dict[str, Any]) -> str:
    """Fill in a form, sign what it made with the demonstration's key; the dossier it then stands in."""
    made = client.post(f"/acts/new/{type}/?{query}", answers)
    assert made.status_code == 302, made.content.decode()
    signs(client, made.headers["Location"].removesuffix("shown/"))  # of a report nothing is chosen to be shown
    kept = house.office.store.sealed_numbered(house.office.store.arrivals())
    assert kept is not None
    return str(msgspec.json.decode(kept.entry)["rx"]["dossier"])


def signs(client: Any, draft: str) -> None:
    """Sign a draft with the demonstration's key; it is recorded."""
    page = client.get(draft).content.decode()
    digest = re.search(r'name="digest" value="(sha256:\w+)"', page)
    assert digest is not None, page
    answer = client.post(f"{draft}sign/demo", {"digest": digest[1]})
    assert answer.headers["Location"].endswith("/done/"), client.get(answer.headers["Location"]).content.decode()
