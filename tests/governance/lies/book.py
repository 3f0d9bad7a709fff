"""Lies about the book and its clock: genesis, anchors, keys of the books, the time (articles 5, 22)."""

from __future__ import annotations

from functools import cache
from typing import Any

from gongyue.covenant.periods import DAY
from gongyue.demo.simulated_office import ORIGIN, SimulatedOffice, seed_of
from gongyue.office import routine_acts
from gongyue.office.keys import demo_keys
from gongyue.office.sources import StoreSources
from gongyue.office.store import open_store
from support.alliance import CLERK, NOBODY, SECRETARY, SYSOP, Alliance, beijing, public_of
from support.anchoring import padded
from support.published import forced

from .situations import alliance, founded, staffed
from .telling import Lawful, harmless, lie

OTHERS = demo_keys(ORIGIN, lambda name: seed_of("another " + name))
"""Keys of the same names that are not the book's."""
FURTHER = OTHERS.open.verifier.vkey
FURTHER_SEALED = OTHERS.sealed.verifier.vkey


@cache
def empty() -> Alliance:
    """Books without an entry, on 2026-01-05."""
    world = alliance()
    world.stage = SimulatedOffice(open_store(":memory:", create=True))
    world.stage.at("2026-01-05 09:00")
    return world


def genesis(_: Alliance) -> dict[str, Any]:
    """As the alliance was founded."""
    import msgspec

    body: dict[str, Any] = msgspec.json.decode(founded().stage.entry(0).act.body)
    return body


@cache
def anchored() -> Alliance:
    """Members asked something; anchored two days ago, another question since, padded to the next quantum."""
    world = alliance().in_force()
    ask(world)
    world.on("2026-05-06").tick()
    ask(world)
    world.on("2026-05-08")
    padded(world.stage.office)
    return world


def ask(world: Alliance) -> None:
    """Fifteen and a question each: more than a quantum of sealed acts."""
    for unit in world.roll:
        world.unit("interpretation.ask/1", unit, {"article": 8, "question": NOBODY})


def anchoring(world: Alliance) -> dict[str, Any]:
    """What the anchor must state of the sealed book as it is."""
    head = world.stage.office.store.head("sealed")
    size = head.size if head else 0
    root = StoreSources(world.stage.office.store).sealed_root(size)
    return {"slot": world.stage.now // DAY, "size": size, "root": root}


def older(world: Alliance, _: Any) -> str:
    """The sealed book's root before the last question."""
    return StoreSources(world.stage.office.store).sealed_root(world.inst.anchors[-1].size) or NOBODY


@cache
def silent() -> Alliance:
    """Nothing was recorded for a month, since 2026-05-06."""
    world = alliance().in_force().on("2026-05-06")
    world.invite(101)
    world.stage.leap(beijing("2026-06-06 09:00"))
    return world


@cache
def strayed() -> Alliance:
    """The clock ran a day ahead while two invitations and a question were recorded; it is set right."""
    world = alliance().in_force().on("2026-05-06")
    ask(world)
    world.tick()
    now = world.stage.now
    world.stage.leap(now + DAY)
    world.invite(101)
    ask(world)
    world.invite(102)
    world.stage.leap(now + 3600)
    return world


def next_anchor(world: Alliance, _: bytes) -> None:
    """The next day's anchor."""
    world.stage.leap(world.inst.now + DAY)
    forced(world, routine_acts.system_act(world.stage.office, "book.anchor/1", padded(world.stage.office)))


OFFICER = {"begins": "2026-01-01", "ends": "2028-12-31"}

LAWFUL = [
    Lawful("book.genesis/1", empty, genesis, [
        harmless("executive", "某协会", "it stands on every page; who signs the covenant signs it under that name"),
        lie("open_vkey", OTHERS.open.verifier.vkey, "tampered/key", "the book is another than is handed out"),
        lie("sealed_vkey", OTHERS.sealed.verifier.vkey, "tampered/signature", "a sealed book that nobody can hold to its word",
            later=next_anchor),
        lie("system_key", public_of(SECRETARY), "wrong-key", "one person's key is the office's too"),
        lie("algorithms", [], "malformed", "no unit can ever have a key, so that all is recorded from paper"),
        harmless("origins", ["https://elsewhere.example"],
                 "a passkey signs for the page its holder sees, and only with its holder's hand"),
        lie("officers.id", CLERK, "GY-05-02", "one person is both of the two"),
        lie("officers.key", public_of(CLERK), "wrong-key", "one key signs for both"),
        lie("officers.offices", [], "GY-05-01", "founded by somebody who holds no office"),
        lie("officers.offices", ["secretary", "sysop"], "GY-05-03", "who runs the machine decides"),
        lie("officers.begins", "2026-02-01", "GY-05-01", "founded by somebody who is not in office yet"),
        lie("officers.ends", "2026-01-04", "GY-05-01", "founded by somebody whose term is over"),
        harmless("strength", "A3", "each initiator reads it before it signs; P16 takes its place once adopted"),
        lie("slot_seconds", 366 * DAY, "malformed", "a sealed act is fixed by an anchor a year later"),
        lie("quantum", 0, "malformed", "no padding: every sealed act shows as it is written"),
        lie("recovery_days", 0, "malformed", "a key is taken over at once, before anybody can see it"),
        harmless("demo", False, "it sets a label on pages and no rule; verify says nothing of it"),
    ]),
    Lawful("book.anchor/1", anchored, anchoring, [
        lie("slot", lambda world, body: body["slot"] - 1, "anchor-order", "yesterday's anchor, which was forgotten"),
        lie("slot", lambda world, body: body["slot"] + 1, "anchor-order", "tomorrow's, so that a vote ends today"),
        lie("size", lambda world, body: body["size"] - 16, "tampered/content", "the last acts never arrived"),
        lie("root", older, "tampered/content", "the sealed book of that size is another"),
    ], actor="sys", signers=["sys"]),
    Lawful("book.rotate/1", staffed, {"book": "open", "verifier": FURTHER}, [
        lie("book", "sealed", "wrong-book", "the open book's key signs the sealed one"),
        lie("verifier", FURTHER_SEALED, "wrong-book", "the sealed book's key signs the open one"),
        lie("verifier", FURTHER.replace("+", "+0", 1)[:-2], "malformed", "heads that nobody can check"),
    ], signers=(SECRETARY, SYSOP)),
    Lawful("clock.confirm/1", silent, lambda world: {"last": world.inst.now, "time": world.stage.now}, [
        lie("last", lambda world, body: body["last"] + 30 * DAY, "wrong-statement", "as if nothing had been left undone"),
        lie("time", lambda world, body: body["time"] + 60 * DAY, "clock-stated", "August, so that windows are over"),
        lie("time", lambda world, body: body["time"] - 20 * DAY, "clock-stated", "May, so that nothing is late"),
    ]),
    Lawful("clock.recover/1", strayed, lambda world: world.stage.office.false_time(world.stage.now), [
        lie("first", lambda world, body: body["first"] - 1, "not-recoverable", "one true entry is made void with the false"),
        lie("first", lambda world, body: body["first"] + 1, "not-recoverable", "one false entry is kept"),
        lie("time", lambda world, body: body["time"] + 5 * 3600, "clock-stated", "a recovery of a time that is not"),
        lie("sealed", lambda world, body: body["sealed"] - 10, "wrong-statement", "what was sealed never was"),
        lie("sealed", lambda world, body: body["sealed"] + 16, "tampered/content",
            "what will be sealed is of the false time already", later=next_anchor),
        lie("root", NOBODY, "tampered/content", "the sealed book was another", later=next_anchor),
    ]),
]  # fmt: skip
