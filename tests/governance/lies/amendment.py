"""Lies about amendments: the change, its supporters, what follows its adoption (article 22)."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from gongyue.covenant.changes import Change, amend
from support.alliance import (
    EVIDENCE_BYTES,
    FIRST,
    NOBODY,
    PANEL,
    PLACES,
    PUBLISHER,
    SECRETARY,
    Alliance,
    edition,
    edition_object,
    json_object,
    paper,
    three_quarters,
    wording,
)

from .founding import EASIER, EASIER_BYTES, OWN
from .situations import SECOND, THIRD, TODAY, alliance, in_force
from .telling import Lawful, harmless, lie

CHANGE = three_quarters(OWN)
RESULT, RESULT_BYTES = edition_object(amend(edition(), CHANGE))
CHANGED, CHANGED_BYTES = json_object(msgspec.to_builtins(CHANGE))


def change(of: Change) -> tuple[str, bytes]:
    """A change as an object."""
    return json_object(msgspec.to_builtins(of))


UNSAID, UNSAID_BYTES = change(Change(OWN, CHANGE.text))
"""It changes the words of a number, and not the number."""
ELSEWHERE, ELSEWHERE_BYTES = change(three_quarters(EASIER))
"""A change of another text than the one in force."""
BODY = {"proposal": "p:9", "change": CHANGED, "edition": RESULT, "renews": None}


@cache
def collecting() -> Alliance:
    """p:1 of the first unit collects support since 2026-05-06, p:2 of the second since the 8th; it is the 9th."""
    world = alliance().in_force().on(TODAY)
    world.initiate()
    world.on("2026-05-08").initiate(matter="p:2", by=SECOND)
    return world.on("2026-05-09")


def decided(**adopted: Any) -> Alliance:
    """p:1 was adopted by all, p:2 rejected; nothing is filed yet."""
    world = alliance().in_force(**adopted).on(TODAY).vote_open(CHANGE)
    world.vote_open(wording(OWN), "p:2")
    world.cast_by(5).cast("against", *world.roll, matter="p:2").close()
    if not world.vote("p:2").outcome:
        world.close("p:2")
    return world


@cache
def adopted() -> Alliance:
    """As decided, where an adopted amendment is filed."""
    return decided()


@cache
def to_be_approved() -> Alliance:
    """As decided, where it is approved by the authority."""
    return decided(amendment__authority="approve")


@cache
def reported() -> Alliance:
    """p:1 is notified to the authority."""
    world = decided()
    world.report()
    return world


def today(world: Alliance) -> str:
    """The day of the world."""
    return world._today()


def letter(world: Alliance) -> dict[str, str]:
    """The authority's letter of today."""
    return paper("示主管函〔2026〕9号", today(world), today(world))


FILED = {"proposal": "p:1", "edition": RESULT}
REJECTED = ("proposal", "p:2", "GY-22-02", "what was rejected is treated as adopted")
OTHER_TEXT = ("edition", EASIER, "GY-22-09", "another text than was voted on: half of the members suffice")

LAWFUL = [
    Lawful("amendment.initiate/1", in_force, BODY, [
        lie("proposal", "p:1", "exists", "another change under the name of one that has supporters", world=collecting),
        lie("change", UNSAID, "GY-22-06", "the words are changed, the number stays", files=[UNSAID_BYTES]),
        lie("change", ELSEWHERE, "GY-22-06", "a change of a text that is not in force", files=[ELSEWHERE_BYTES]),
        lie("edition", EASIER, "GY-22-06", "the change says one thing, the text that comes of it another",
            files=[EASIER_BYTES]),
        lie("edition", OWN, "GY-22-06", "a change that changes nothing"),
        lie("renews", "p:1", "not-open", "it takes over the supporters of another", world=collecting),
    ], signers=PANEL, files=[CHANGED_BYTES, RESULT_BYTES]),
    Lawful("amendment.support/1", collecting, {"proposal": "p:1"}, [
        lie("proposal", "p:2", "tampered/signature", "it supported another proposal", altered=True),
        lie("proposal", "p:2", "past-date", "paper of the 7th for a proposal of the 8th",
            signers=(SECRETARY, "o:bai"), paper=paper("附议书", "2026-05-07", "2026-05-08")),
    ], actor=THIRD, signers=[THIRD]),
    Lawful("amendment.file/1", collecting, {"proposal": "p:1"}, [
        lie("proposal", "p:2", "not-supporter", "somebody else's proposal is filed before it has its supporters"),
        lie("proposal", "p:9", "not-found", "what nobody proposed is filed"),
    ], actor=FIRST, signers=[FIRST]),
    Lawful("amendment.notify/1", adopted, FILED, [
        lie(*REJECTED),
        lie(*OTHER_TEXT, files=[EASIER_BYTES]),
    ], files=[RESULT_BYTES], paper=letter),
    Lawful("amendment.approval/1", to_be_approved, FILED, [
        lie(*REJECTED),
        lie(*OTHER_TEXT, files=[EASIER_BYTES]),
    ], files=[RESULT_BYTES], paper=letter),
    Lawful("amendment.publish/1", reported, lambda world: {
        **FILED, "in_force": today(world), "places": PLACES}, [
        lie(*REJECTED),
        lie(*OTHER_TEXT, files=[EASIER_BYTES]),
        lie("in_force", "2026-05-06", "GY-26-01", "in force before it was voted on"),
        lie("in_force", "2027-12-31", "GY-26-01", "published, and not in force for years"),
        harmless("places.url", "https://alliance.example/nothing", "anybody opens the address and finds nothing there"),
        lie("places.evidence", NOBODY, "tampered/missing", "published where nobody saw it"),
    ], signers=(PUBLISHER, SECRETARY), files=[EVIDENCE_BYTES]),
]  # fmt: skip
