"""Dossiers for the tests of pages: a petition of a unit, assigned to whom a test says."""

from __future__ import annotations

from typing import Any

from gongyue.book.receipts import Receipt
from web.going import Going

DOCUMENT = "sha256:" + "5e" * 32
"""A commitment that stands for a document."""


def petition(going: Going, unit: str, kind: str = "demand") -> str:
    """The id of a petition that the unit has just submitted."""
    return dossier_of(going.of("petition.submit/1", unit, kind=kind, text=DOCUMENT))


def dossier_of(receipt: Receipt) -> str:
    """The dossier that an act opened."""
    return f"d:{receipt.act.removeprefix('sha256:')}"


def assigns(going: Going, dossier: str, officer: str) -> None:
    """The secretary assigns an officer as its caseworker."""
    body: dict[str, Any] = {"role": "caseworker", "officers": [{"officer": officer, "interests": []}]}
    going.do("dossier.assign/1", "exec", body, ["o:qin"], dossier=dossier)
