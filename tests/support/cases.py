"""Reports and cases as tests tell them: filed, answered, opened, served, concluded."""

from __future__ import annotations

from typing import Any

from gongyue.book.receipts import Receipt
from support.alliance import CASEWORKER, FIRST, Alliance, commitment_to
from support.dossiers import assigned, done, id_of

ACCUSED = "u:0002"
FACTS = commitment_to("事实")
LINK = commitment_to("a link that nobody opened")
REPORT: dict[str, Any] = {
    "kind": "report",
    "accused": ACCUSED,
    "begins": "2026-05-01",
    "ends": "2026-05-20",
    "facts": FACTS,
    "articles": ["8"],
    "evidence": [],
}


def reported(world: Alliance, unit: str = FIRST, **other: Any) -> str:
    """A unit reports the second one; the id of its dossier."""
    return id_of(world.unit("report.file/1", unit, REPORT | other))


def handled(world: Alliance, unit: str = FIRST, **other: Any) -> str:
    """The same, with a caseworker assigned."""
    dossier = reported(world, unit, **other)
    assigned(world, dossier)
    return dossier


def replied(world: Alliance, dossier: str, answer: str, ground: str | None = None, **other: Any) -> Receipt:
    """The caseworker answers a report."""
    body = {"answer": answer, "ground": ground, "reasons": commitment_to(answer), "link": LINK}
    return done(world, "report.answer/1", dossier, body, CASEWORKER, **other)
