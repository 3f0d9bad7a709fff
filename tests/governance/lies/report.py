"""Lies in reports: whom they accuse and of what, how they are answered (article 17)."""

from __future__ import annotations

from functools import cache
from typing import Any

from support.alliance import CASEWORKER, FIRST, Alliance, commitment_to
from support.cases import ACCUSED, LINK, REPORT, handled, reported
from support.dossiers import commitments

from .dossier import SIGNED_OTHERWISE, its
from .situations import SECOND, THIRD, alliance
from .telling import Lawful, harmless, lie

OTHER = commitment_to("other")


@cache
def quiet() -> Alliance:
    """Five members on 2026-06-01; nobody reported anything."""
    return alliance().in_force().on("2026-06-01")


@cache
def waiting() -> Alliance:
    """甲 reported the second member, a caseworker is assigned, and has not answered."""
    world = alliance().in_force().on("2026-06-01")
    handled(world)
    return world


@cache
def unassigned() -> Alliance:
    """甲 reported the second member, and nobody is assigned."""
    world = alliance().in_force().on("2026-06-01")
    reported(world)
    return world


DECLINED: dict[str, Any] = {
    "answer": "declined",
    "ground": "no_fact",
    "reasons": commitment_to("reasons"),
    "link": LINK,
}

LAWFUL = [
    Lawful("report.file/1", quiet, REPORT | {"evidence": commitments("photograph"), "shown": commitments("covered")}, [
        lie("kind", "own", "malformed", "a report of another is said to be of its own breach"),
        lie("accused", FIRST, "GY-17-02", "it is said to have reported itself"),
        lie("accused", THIRD, SIGNED_OTHERWISE, "another is said to be accused", altered=True),
        lie("begins", "2026-05-21", "malformed", "it begins after it ended"),
        lie("ends", "2026-03-19", "malformed", "it ended before it began"),
        lie("facts", OTHER, SIGNED_OTHERWISE, "other facts than it alleged", altered=True),
        lie("articles", ["27"], "not-found", "an article that there is not"),
        lie("evidence", [OTHER], SIGNED_OTHERWISE, "other evidence than it gave", altered=True),
        lie("shown", [OTHER], SIGNED_OTHERWISE, "another version is said to be one it let pass", altered=True),
    ], actor=FIRST, signers=[FIRST]),
    Lawful("report.answer/1", waiting, DECLINED, [
        lie("answer", "outcome", "malformed", "told what came of what nobody took up"),
        lie("ground", "inconvenient", "GY-17-07", "a ground that the list does not have"),
        harmless("reasons", OTHER, "a commitment: its reporter is handed the reasons, and compares"),
        harmless("link", OTHER, "opened to whoever may open what it names, and to a content audit, which follow it"),
        lie("answer", "opened", "GY-05-15", "answered by whom nobody assigned", world=unassigned),
    ], signers=[CASEWORKER], dossier=its),
]  # fmt: skip
assert ACCUSED == SECOND
