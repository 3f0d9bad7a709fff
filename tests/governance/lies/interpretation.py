"""Lies about interpretations (article 25)."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from gongyue.transparency import canonical
from support.alliance import FIRST, NOBODY, PANEL, REASONS, REASONS_BYTES, SECRETARY, Alliance, commitment_to
from support.sealed import commitment_in

from .situations import SECOND, TODAY, alliance, effective, in_force
from .telling import Lawful, lie, openings

MAJORITY = "本公约的修改，经过半数成员单位同意即可。".encode()
HIDDEN = "\u202e意同一之分三".encode()
PANEL_TOO = (SECRETARY, PANEL[0])


@cache
def asked() -> Alliance:
    """甲 asked how article 8 is to be read, and a firm applied; nothing is answered. One interpretation was issued."""
    world = alliance().in_force().on("2026-05-05")
    world.issue("P2", 20)
    world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": commitment_to("question")})
    world.apply(60)
    world.on(TODAY).tick()
    return world


def commitment(number: int) -> Any:
    """The commitment of a sealed act by its place."""

    def of(world: Alliance, _: Any = None) -> str:
        return commitment_in(openings(world)[number])

    return of


def first_dossier(world: Alliance, _: Any = None) -> str:
    """The question's dossier."""
    return str(json.loads(openings(world)[0])["entry"]["rx"]["dossier"])


def issue(**other: Any) -> Any:
    """An answer to the question, that sets P3."""

    def of(world: Alliance) -> dict[str, Any]:
        said = {
            "number": 2,
            "kind": "value",
            "article": 8,
            "text": REASONS,
            "effective": TODAY,
            "sets": {"name": "P3", "value": 20},
            "answers": commitment(0)(world),
        }
        return said | other

    return of


LAWFUL = [
    Lawful("interpretation.adopt/1", effective, {"package": "gongyue/interpretations@1", "other": {"P2": 20}}, [
        lie("package", "gongyue/interpretations@9", "not-found", "a package that nobody has seen"),
        lie("other", {"P6": 5}, "GY-25-01", "a vote of five days, over before members hear of it"),
        lie("other", {"P13": 3_000}, "GY-25-01", "results are published in eight years"),
        lie("other", {"amendment.adoption": "1/2"}, "GY-25-01", "half of the members amend the covenant"),
        lie("other", {"vote.ballots": "secret"}, "GY-25-01", "ballots that nobody may ever count"),
    ], signers=PANEL_TOO),
    Lawful("interpretation.supplement/1", in_force, {"package": "gongyue/interpretations@4", "other": {"P21": 45}}, [
        lie("package", "gongyue/interpretations@9", "not-found", "a later package that nobody has seen"),
        lie("package", "gongyue/interpretations@1", "already", "the first one again, so that all is as proposed again"),
        lie("other", {"P21": 9}, "GY-25-01", "a review decided before anybody could write"),
        lie("other", {"P21": 3_000}, "GY-25-01", "a review is decided in eight years"),
        lie("other", {"P6": 90}, "GY-25-01", "what members know by the first package is changed beside the new"),
        lie("other", {"amendment.adoption": "1/2"}, "GY-25-01", "half of the members amend the covenant"),
    ], signers=PANEL_TOO),
    Lawful("interpretation.issue/1", asked, issue(), [
        lie("number", 1, "wrong-statement", "the first one is written over"),
        lie("number", 3, "wrong-statement", "as if one had been left out that was issued"),
        lie("kind", "prose", "wrong-statement", "it is said to change nothing, and sets a hearing of twenty days"),
        lie("article", 27, "not-found", "an article that the covenant does not have"),
        lie("text", NOBODY, "tampered/missing", "an interpretation that nobody can read"),
        lie("text", canonical.digest(MAJORITY), "GY-25-01", "half of the members amend the covenant, under article 8 and in prose",
            files=[MAJORITY]),
        lie("text", canonical.digest(HIDDEN), "bad-object", "it says one thing and shows another", files=[HIDDEN]),
        lie("effective", "2026-03-20", "GY-25-02", "it has been so all along"),
        lie("effective", "2026-12-31", "not-yet", "it stands now, and is said to begin later"),
        lie("sets.name", "amendment.adoption", "GY-25-01", "a number of the text is set by interpretation"),
        lie("sets.value", 1, "GY-25-01", "a hearing of one day"),
        lie("sets.value", 10, "GY-25-04", "what was adopted is set once more, so that nobody knows by which act it stands"),
        lie("answers", commitment(1), "not-found", "an application is done away with as a question",
            kept=openings),
    ], signers=PANEL_TOO, files=[REASONS_BYTES]),
    Lawful("interpretation.withdraw/1", asked, {"number": 1}, [
        lie("number", 2, "not-found", "what never was issued is withdrawn"),
    ], signers=PANEL_TOO),
    Lawful("interpretation.explain/1", asked, lambda world: {"of": commitment(0)(world), "reasons": REASONS}, [
        lie("of", commitment(1), "not-found", "an application is done away with as a question"),
        lie("reasons", NOBODY, "tampered/signature", "other reasons than were given", altered=True),
    ], signers=[SECRETARY], files=[REASONS_BYTES], dossier=first_dossier),
    Lawful("interpretation.ask/1", in_force, {"article": 8, "question": commitment_to("question")}, [
        lie("article", 9, "tampered/signature", "it asked about another article", altered=True),
        lie("article", 27, "not-found", "a question about nothing, so that none need be answered"),
        lie("question", commitment_to("another"), "tampered/signature", "it asked something easier", altered=True),
    ], actor=SECOND, signers=[SECOND]),
]  # fmt: skip
