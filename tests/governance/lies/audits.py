"""Lies about draws of slots, and about what was found in them (articles 14, 19)."""

from __future__ import annotations

from functools import cache
from typing import Any

from gongyue.book.draws import drawn
from gongyue.covenant.periods import from_iso, iso
from gongyue.governance.office import earliest
from gongyue.governance.slots import auditable
from gongyue.office.routine_acts import statement
from gongyue.transparency import canonical
from support.alliance import FIRST, OUTSIDER, TWO, Alliance, commitment_to
from support.draws import audited, declare, plan, seed, state

from .telling import Lawful, harmless, lie

NOTE = b"not a checkpoint"
CHECKER = "u:0001"
"""The first member that the draw of `made` drew."""


@cache
def ready() -> Alliance:
    """More slots are anchored than are drawn; nothing is announced."""
    return audited(31)


@cache
def announced() -> Alliance:
    """A draw was announced, and the book is past the size."""
    world = audited(31)
    plan(world)
    declare(world)
    return world


@cache
def made() -> Alliance:
    """The draw was made."""
    world = audited(31)
    seed(world)
    return world


@cache
def over() -> Alliance:
    """A year is over, and anchored; seven questions were asked under seal."""
    world = audited(31)
    world.on("2027-01-01")
    world.anchor()
    return world


def figures(world: Alliance) -> dict[str, Any]:
    """The year's figures."""
    return statement(world.stage.office, "oversight.report/1")[0]


def planned(world: Alliance) -> dict[str, Any]:
    """Thirty slots, by the checkpoint after the next entry."""
    return {"method": "slots", "count": 30, "size": world.inst.size + 1}


def seeding(world: Alliance) -> dict[str, Any]:
    """What the seed must state."""
    return statement(world.stage.office, "inspection.seed/1")[0]


def checkpoint(world: Alliance) -> list[bytes]:
    """The checkpoint it names, and what is none."""
    return [*statement(world.stage.office, "inspection.seed/1")[1].values(), NOTE]


def stating(world: Alliance) -> dict[str, Any]:
    """What the keys of the slots drawn show."""
    (one,) = world.inst.seeds.values()
    body: dict[str, Any] = state(world, one).act["body"]
    return body


def registering(world: Alliance) -> dict[str, Any]:
    """A unit outside, from the first day that can be."""
    first = earliest(world.inst, world.stage.now)
    body = {"auditor": OUTSIDER, "begins": iso(first), "ends": iso(first + 365)}
    return body | {"confidentiality": commitment_to("保密承诺"), "recusal": commitment_to("回避声明")}


def by_hand(world: Alliance, body: dict[str, Any]) -> list[int]:
    """One slot drawn exchanged for one that was not."""
    (one,) = world.inst.seeds.values()
    other = next(slot for slot in auditable(world.inst, one.before) if slot not in drawn(world.inst, one))
    return sorted([*body["slots"][1:], other])


LAWFUL = [
    Lawful("inspection.plan/1", ready, planned, [
        lie("method", "members", "malformed", "something else is drawn than slots"),
        lie("count", 29, "malformed", "so few that they show when something was filed"),
        lie("count", lambda world, body: len(world.inst.anchors) + 1, "few-slots", "more than there are"),
        lie("size", lambda world, body: world.inst.size, "draw-size", "by a checkpoint that it has seen already"),
    ], signers=TWO),
    Lawful("inspection.seed/1", announced, seeding, [
        lie("plan", lambda world, body: body["plan"] + 1, "not-found", "for an announcement that was never made"),
        lie("size", lambda world, body: body["size"] - 1, "wrong-statement", "of another size than the checkpoint's"),
        lie("root", canonical.digest(NOTE), "wrong-statement", "of another history"),
        lie("checkpoint", canonical.digest(NOTE), "bad-object", "what nobody signed, so that its seed is chosen"),
    ], actor="sys", signers=["sys"], files=checkpoint),
    Lawful("oversight.check/1", made, stating, [
        lie("half", "content", "not-auditor", "a member states what it must not have seen"),
        lie("seed", 1, "not-found", "of a draw that there is not"),
        lie("slots", by_hand, "not-drawn", "a slot that somebody would rather not show is exchanged"),
        lie("padding", lambda world, body: body["padding"] + 1, "wrong-statement", "more padding than there are leaves for"),
        lie("real", lambda world, body: body["real"] - 1, "wrong-statement", "an act less"),
        harmless("rest", canonical.digest(b"rest"),
                 "the halves differ, which verify says; by openings it is found out whose is wrong (tests/attacks/test_audit.py)"),
        lie("verdict", "objection", "malformed", "an objection to nothing"),
        lie("code", "dossier/two", "malformed", "found lawful and yet not"),
        lie("link", canonical.digest(b"link"), "malformed", "it points to an entry and objects to nothing"),
    ], actor=CHECKER, signers=[CHECKER]),
    Lawful("oversight.report/1", over, figures, [
        lie("year", 2027, "not-yet", "of a year that is not over"),
        lie("figures", lambda world, body: body["figures"] | {"declined": 4}, "wrong-statement", "more declined than answered"),
        harmless("figures", lambda world, body: body["figures"] | {"questions": None},
                 "hiding how many were asked shows once they are opened for an audit (tests/governance/test_yearly.py)"),
    ], actor="sys", signers=["sys"]),
    Lawful("oversight.register/1", ready, registering, [
        lie("auditor", FIRST, "not-outside", "a member is to read the others' matters"),
        lie("begins", lambda world, body: iso(from_iso(body["begins"]) - 1), "GY-05-10", "tomorrow, before anybody has seen it"),
        lie("ends", lambda world, body: iso(from_iso(body["begins"]) - 1), "malformed", "a term that is over before it begins"),
        harmless("confidentiality", commitment_to("nothing"), "no undertaking stands behind it: the paper is asked for, and is not there"),
        harmless("recusal", commitment_to("nothing"), "nothing was declared: the paper is asked for, and is not there"),
    ], signers=TWO),
]  # fmt: skip
