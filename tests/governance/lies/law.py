"""Lies about law above the covenant, and about corrections (articles 14, 20)."""

from __future__ import annotations

from functools import cache

from support.alliance import (
    ANOTHER,
    ANOTHER_BYTES,
    EVIDENCE,
    EVIDENCE_BYTES,
    NOBODY,
    PANEL,
    PUBLISHER,
    REASONS,
    REASONS_BYTES,
    SECRETARY,
    Alliance,
    json_object,
    paper,
)

from .situations import SECOND, THIRD, TODAY, alliance, in_force
from .telling import Lawful, harmless, lie

PUBLISHERS = (PUBLISHER, SECRETARY)
RULING = paper("（2026）示01民初7号", "2026-05-05", TODAY)
ORDER = {
    "order": "l:court",
    "source": "示范人民法院（演示）",
    "forbids": ["annex.sign/1"],
    "party": THIRD,
    "begins": TODAY,
    "ends": "2026-06-30",
}
PACK = {
    "pack": "l:pack",
    "content": ANOTHER,
    "begins": TODAY,
    "ends": "2027-03-31",
    "forbids": [{"source": "某法第七条", "types": ["annex.publish/1"]}],
}


def calendar(holidays: list[str]) -> tuple[str, bytes]:
    """A calendar of 2026, as an object."""
    return json_object({"v": "gongyue/calendar@1", "years": {"2026": {"holidays": holidays, "workdays": []}}})


TRUE, TRUE_BYTES = calendar(["2026-10-01", "2026-10-02"])
LONG, LONG_BYTES = calendar([f"2026-06-{n:02d}" for n in range(1, 31)])


@cache
def ordered() -> Alliance:
    """An order stands."""
    world = alliance().in_force().on(TODAY)
    world.executive("law.order/1", ORDER, paper=RULING)
    return world


@cache
def interpreted() -> Alliance:
    """An interpretation was issued, and a unit declared something; the covenant was published before."""
    world = alliance().in_force().on(TODAY)
    world.unit("membership.declare/1", SECOND, {"activities": ["research"], "other": ""})
    world.issue("P2", 20)
    return world


def publication(world: Alliance) -> int:
    """Where the covenant was published."""
    return world.inst.founding.published_index or 0


PLACE = [{"url": "https://alliance.example/covenant-1", "evidence": EVIDENCE}]

LAWFUL = [
    Lawful("law.order/1", in_force, ORDER, [
        harmless("source", "另一法院", "verify lists every order with its source, party and days: who is named asks the court"),
        lie("source", "示范人民法院（演示）关于某甲欺诈用户一案", "GY-13-01", "an accusation that everybody reads and no court has made"),
        lie("forbids", ["membership.withdraw/1"], "GY-23-04", "nobody may leave"),
        lie("forbids", ["key.disavow/1"], "malformed", "what is recorded in its name stands"),
        lie("forbids", ["book.anchor/1"], "malformed", "nothing sealed is fixed any more"),
        lie("party", "u:0098", "not-found", "against a name that somebody may have one day"),
        harmless("begins", "2020-01-01", "what was done before it was recorded was judged without it, and stays so"),
        harmless("ends", None, "verify lists it with its days; it is lifted from the court's paper, and never reaches leaving"),
    ], paper=RULING),
    Lawful("law.order/1", ordered, ORDER | {"order": "l:court-2"}, [
        lie("order", "l:court", "exists", "another order takes the place of the first"),
    ], paper=RULING),
    Lawful("law.lift/1", ordered, {"order": "l:court"}, [
        lie("order", "l:none", "not-found", "an order is lifted that was never made known"),
    ], paper=RULING),
    Lawful("law.pack/1", in_force, PACK, [
        lie("pack", "l:court", "exists", "a law in an order's place", world=ordered),
        lie("pack", "p:1", "exists", "a law under the name of a proposal, on whose page it would stand"),
        lie("content", NOBODY, "tampered/missing", "a law that nobody can read"),
        lie("begins", "2026-03-20", "past-date", "what was lawful then is forbidden after the fact"),
        harmless("ends", None, "verify lists it with its days; the law itself is public, and forbids no leaving"),
        harmless("forbids.source", "某法第八条", "verify lists it with its source: anybody reads that law"),
        lie("forbids.types", ["membership.withdraw/1"], "GY-23-04", "a law against leaving"),
    ], signers=PUBLISHERS, paper=RULING, files=[ANOTHER_BYTES]),
    Lawful("law.calendar/1", in_force, {"calendar": TRUE}, [
        lie("calendar", LONG, "bad-object", "all of June is off, so that nothing is late", files=[LONG_BYTES]),
    ], paper=RULING, files=[TRUE_BYTES]),
    Lawful("correction.correct/1", in_force, lambda world: {
        "entry": publication(world), "fields": {"places": PLACE}, "reasons": REASONS}, [
        lie("entry", lambda world, body: body["entry"] - 1, "not-correctable", "another act is “corrected”"),
        lie("fields", {"in_force": "2026-12-31"}, "not-correctable", "not a slip: another day of force"),
        lie("fields", {"places": []}, "not-correctable", "it was published nowhere"),
        lie("reasons", NOBODY, "tampered/missing", "corrected, and nobody may know why"),
    ], signers=PUBLISHERS, files=[EVIDENCE_BYTES, REASONS_BYTES]),
    Lawful("correction.void/1", interpreted, lambda world: {
        "entry": world.inst.size - 1, "reasons": REASONS, "from_the_beginning": False}, [
        lie("entry", lambda world, body: body["entry"] - 1, "not-voidable", "what a unit declared is void"),
        lie("entry", lambda world, body: publication(world), "not-voidable", "the covenant was never published"),
        lie("reasons", NOBODY, "tampered/missing", "void, and nobody may know why"),
        harmless("from_the_beginning", True, "it is shown, and has no effect: what was done meanwhile stands either way"),
    ], signers=PANEL, files=[REASONS_BYTES]),
]  # fmt: skip
