"""Lies about keys and offices (article 5)."""

from __future__ import annotations

from functools import cache
from typing import Any

from support.alliance import (
    CASEWORKER,
    CLERK,
    FIRST,
    PUBLISHER,
    SECRETARY,
    SYSOP,
    Alliance,
    commitment_to,
    paper,
    public_of,
)
from support.published import forced

from .situations import FOURTH, SECOND, THIRD, TODAY, alliance, in_force
from .telling import Lawful, harmless, lie

NEW = public_of("a new key")
LETTER = paper("密钥", TODAY, TODAY)


@cache
def keyless() -> Alliance:
    """One unit more is invited, which has no key."""
    world = alliance().in_force().on(TODAY)
    world.invite(60)
    return world


@cache
def two_keys() -> Alliance:
    """甲 has two keys, 乙 one."""
    world = alliance().in_force().on(TODAY)
    world.add_key(FIRST, "spare")
    return world


@cache
def two_system_keys() -> Alliance:
    """A second office key is valid beside the first."""
    world = alliance().in_force()
    world.executive("key.register/1", {"holder": "sys", "key": public_of("sys 2"), "alg": "ed25519"})
    return world.on(TODAY)


@cache
def left_on_paper() -> Alliance:
    """A withdrawal of the fourth unit and one of the third were recorded from paper; the second signed its own declaration."""
    world = alliance().in_force().on(TODAY)
    world.unit("membership.declare/1", SECOND, {"activities": ["research"], "other": ""})
    for unit in (THIRD, FOURTH):
        world.on_paper("membership.withdraw/1", unit, {"effective": None}, TODAY, TODAY)
    return world


APPOINTED = {
    "officer": "o:new",
    "offices": ["panellist"],
    "begins": "2026-06-01",
    "ends": "2026-12-31",
    "interests": commitment_to("interests"),
}


@cache
def changing_offices() -> Alliance:
    """Somebody serves as caseworker from 2027 on."""
    world = alliance().in_force().on(TODAY)
    return world.appoint("o:new", "caseworker", begins="2027-01-01")


def key(name: str, alg: str = "ed25519") -> dict[str, Any]:
    """A key that is brought."""
    return {"key": public_of(name), "alg": alg}


def used_today(world: Alliance, _: bytes) -> None:
    """What is signed in the unit's name with the key that was to be recovered."""
    body = {"activities": ["research"], "other": ""}
    forced(world, world.stage.signed("membership.declare/1", FIRST, body, ["the office's own"]))


OTHERS_KEY = ("key", public_of(CLERK), "key-registered")
OTHER_KIND = ("alg", "webauthn", "weak-key", "an algorithm that is not the key's, so that nothing it signs holds")

LAWFUL = [
    Lawful("key.register/1", keyless, {"holder": "u:0060", **key("u:0060")}, [
        lie("holder", FIRST, "GY-05-05", "a second “first” key of a unit that has one: its voice is taken over"),
        lie("holder", CLERK, "GY-05-05", "a further key of an officer: one person signs as two"),
        lie(*OTHERS_KEY, "the clerk's own key stands for the unit"),
        lie(*OTHER_KIND),
    ], paper=LETTER),
    Lawful("key.add/1", in_force, key("a new key"), [
        lie("key", public_of("the office's own"), "tampered/signature", "the office's key in place of the one it named",
            altered=True),
        lie(*OTHERS_KEY, "the clerk's key is the unit's too"),
        lie(*OTHER_KIND),
    ], actor=FIRST, signers=[FIRST]),
    Lawful("key.add/1", in_force, key("a new key"), [
        lie("key", public_of("sys"), "key-registered", "the office key, which acts without discretion, is a person's"),
        lie("key", public_of("puppet"), "GY-04-01", "one officer adds a key for another, to be two at once",
            actor=CLERK),
    ], actor=SECRETARY, signers=[SECRETARY]),
    Lawful("key.rotate/1", in_force, key("a new key"), [
        lie("key", public_of("the office's own"), "tampered/signature", "the office's key in place of the one it named",
            altered=True),
        lie(*OTHERS_KEY, "the clerk's key is the unit's from now on"),
        lie(*OTHER_KIND),
    ], actor=FIRST, signers=[FIRST]),
    Lawful("key.revoke/1", two_keys, {"key": public_of("spare"), "last": False}, [
        lie("key", public_of(SECOND), "not-found", "another unit is silenced by its letter"),
        lie("last", True, "GY-05-08", "it is told that it can sign nothing any more, although it can"),
    ], actor=FIRST, paper=LETTER),
    Lawful("key.revoke/1", two_keys, {"key": public_of(SECOND), "last": True}, [
        lie("last", False, "GY-05-08", "it loses its last key, and nothing says so"),
    ], actor=SECOND, paper=LETTER),
    Lawful("key.retire/1", two_system_keys, {"key": public_of("sys 2")}, [
        lie("key", public_of(FIRST), "GY-05-07", "a unit is silenced by two officers"),
    ]),
    Lawful("key.retire/1", in_force, {"key": public_of(CASEWORKER)}, [
        lie("key", public_of("sys"), "GY-05-09", "without the office key nothing is anchored and no vote closed"),
    ]),
    Lawful("key.recover/1", in_force, key("a new key"), [
        lie(*OTHERS_KEY, "the clerk's key is what the unit recovered"),
        lie(*OTHER_KIND),
        lie("key", public_of("the office's own"), "GY-05-04", "a key of the office's is used before anybody can disavow it",
            later=used_today),
    ], actor=FIRST, paper=LETTER),
    Lawful("key.disavow/1", left_on_paper, lambda world: {"entry": world.inst.size - 2}, [
        lie("entry", lambda world, body: body["entry"] - 1, "not-voidable", "what another signed itself is undone"),
        lie("entry", lambda world, body: body["entry"] + 1, "not-voidable", "another's withdrawal is undone with it"),
    ], actor=THIRD, signers=[THIRD]),
    Lawful("key.notify/1", left_on_paper, lambda world: {
        "entry": world.inst.size - 2, "way": "letter", "day": TODAY}, [
        lie("entry", lambda world, body: body["entry"] - 1, "not-found", "it was told of what it signed itself"),
        lie("entry", lambda world, body: body["entry"] + 9, "not-found", "it was told of what is yet to come"),
        harmless("way", "telephone", "the notice stands in public: its unit knows how it was told, and disavows within the delay"),
        lie("day", "2026-05-05", "past-date", "it was told before there was anything to tell"),
        lie("day", "2026-05-07", "not-yet", "it will have been told tomorrow"),
    ]),
    Lawful("key.receive/1", left_on_paper, lambda world: {"entry": world.inst.size - 2}, [
        lie("entry", lambda world, body: body["entry"] + 1, "not-found", "it was told of what stands in another's name"),
        lie("entry", lambda world, body: body["entry"] - 1, "not-found", "it was told of what another signed itself"),
    ], actor=THIRD, signers=[THIRD]),
    Lawful("office.appoint/1", changing_offices, APPOINTED, [
        lie("officer", CASEWORKER, "GY-05-03", "who investigates judges"),
        lie("offices", ["panellist", "caseworker"], "GY-05-03", "who investigates judges"),
        lie("begins", TODAY, "GY-05-10", "a panel for today's case"),
        lie("ends", "2027-06-30", "GY-05-03", "she still judges when she has begun to investigate"),
        harmless("interests", commitment_to("nothing to declare"),
                 "a commitment, opened to the parties of a case: what is opened is what was declared, and stays so"),
    ]),
    Lawful("office.declare/1", in_force, {"officer": PUBLISHER, "interests": commitment_to("declared")}, [
        lie("officer", SYSOP, "GY-05-16", "somebody declares for another that he has no interest"),
        lie("interests", commitment_to("nothing"), "tampered/signature", "another declaration than was signed", altered=True),
    ], signers=[PUBLISHER]),
    Lawful("office.end/1", in_force, {"officer": PUBLISHER, "offices": ["publisher"], "ends": "2026-05-31"}, [
        lie("officer", SYSOP, "not-found", "somebody else's office is ended"),
        lie("offices", ["publisher", "secretary"], "not-found", "an office ends that she never held"),
        lie("ends", "2026-03-01", "past-date", "her publication of the covenant was none of an officer's"),
    ]),
]  # fmt: skip
