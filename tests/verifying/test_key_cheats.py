"""An office with all of its keys that takes over another's: whatever it writes into the book, verify names the rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from gongyue.covenant.periods import DAY, iso
from support.alliance import CLERK, FIRST, NOBODY, PUBLISHER, SECRETARY, TWO, Alliance, paper, public_of
from support.published import forced, published_by_force, run

AUTHORITY = "authority"
DAY_OF_IT = "2026-05-01"
LETTER = paper("伪造的函", DAY_OF_IT, DAY_OF_IT)


def in_force() -> Alliance:
    return Alliance(members=5).in_force().on(DAY_OF_IT)


def new(name: str) -> dict[str, str]:
    return {"key": public_of(name), "alg": "ed25519"}


def key_of(holder: str, **more: bool) -> dict[str, Any]:
    return {"key": public_of(holder), **more}


def appointed(begins: str) -> dict[str, Any]:
    return {"officer": "o:neu", "offices": ["panellist"], "begins": begins, "ends": "2026-12-31", "interests": NOBODY}


Lie = tuple[str, str, Mapping[str, Any], Sequence[str], bool]
"""Type, actor, body, signers, and whether a letter is invented for it."""

LIES: dict[str, tuple[Lie, str]] = {
    "a second key for a member": (("key.register/1", "exec", {"holder": FIRST, **new("x")}, TWO, True), "GY-05-05"),
    "a second key for an officer": (
        ("key.register/1", "exec", {"holder": PUBLISHER, **new("x")}, TWO, False),
        "GY-05-05",
    ),
    "a key added in a member's name": (("key.add/1", FIRST, new("x"), TWO, False), "GY-04-01"),
    "a key added in a member's name from paper": (("key.add/1", FIRST, new("x"), TWO, True), "GY-04-01"),
    "a key rotated in an officer's name": (("key.rotate/1", PUBLISHER, new("x"), TWO, False), "GY-04-01"),
    "a recovery without a letter": (("key.recover/1", FIRST, new("x"), TWO, False), "GY-04-01"),
    "a recovery of what never was": (("key.recover/1", AUTHORITY, new("x"), TWO, True), "out-of-turn/no-first-key"),
    "a recovery recorded by one": (("key.recover/1", FIRST, new("x"), [SECRETARY], True), "GY-05-02"),
    "a recovery of the office key": (("key.recover/1", "sys", new("x"), TWO, True), "out-of-turn/not-found"),
    "the last key ended unsaid": (("key.revoke/1", FIRST, key_of(FIRST), TWO, True), "GY-05-08"),
    "another's key ended": (("key.revoke/1", "u:0002", key_of(FIRST, last=True), TWO, True), "out-of-turn/not-found"),
    "a member's key retired": (("key.retire/1", "exec", key_of(FIRST), TWO, False), "GY-05-07"),
    "the only office key retired": (("key.retire/1", "exec", key_of("sys"), TWO, False), "GY-05-09"),
    "an office key added by itself": (("key.add/1", "sys", new("x"), ["sys"], False), "out-of-turn/not-found"),
    "appointed for today": (("office.appoint/1", "exec", appointed(DAY_OF_IT), TWO, False), "GY-05-10"),
    "appointed for long ago": (("office.appoint/1", "exec", appointed("2026-01-01"), TWO, False), "GY-05-10"),
    "appointed a day too early": (("office.appoint/1", "exec", appointed("2026-05-08"), TWO, False), "GY-05-10"),
}


def caught(world: Alliance, lie: Lie) -> str:
    """The office writes it into the book past the law; what verify says of the book."""
    type, actor, body, signers, from_paper = lie
    forced(world, world.stage.signed(type, actor, body, signers, paper=LETTER if from_paper else None))
    report, _ = run(published_by_force(world), world=world)
    return report.failure.code if report.failure else ""


@pytest.mark.parametrize("name", LIES)
def test_what_takes_over_a_key_or_an_office_is_unlawful(name: str) -> None:
    """Exit 3 with the code of the rule; signatures, order and bytes are all in order."""
    lie, code = LIES[name]
    assert caught(in_force(), lie) == code


def test_last_said_of_a_key_that_is_not_is_unlawful() -> None:
    """GY-05-08 the other way round."""
    world = in_force()
    world.add_key(FIRST, "second")
    assert caught(world, ("key.revoke/1", FIRST, key_of(FIRST, last=True), TWO, True)) == "GY-05-08"


@pytest.mark.parametrize(("seconds", "code"), [(7 * DAY - 1, "GY-05-04"), (7 * DAY, "")])
def test_a_key_recovered_on_a_forged_letter_is_used_too_early_to_the_second(seconds: int, code: str) -> None:
    """For an officer as for a member; waited out, only its owner knows (docs/threat-model.md)."""
    ends = {"unit": "u:0002"}
    for holder, use in (
        (FIRST, ("membership.declare/1", FIRST, {"activities": ["analysis"], "other": ""}, ["x"], False)),
        (PUBLISHER, ("membership.end/1", "exec", ends, ["x", SECRETARY], False)),
    ):
        world = in_force()
        world.tell(world.on_paper("key.recover/1", holder, new("x"), DAY_OF_IT, DAY_OF_IT))
        world.stage.now += seconds
        assert caught(world, use) == code


@pytest.mark.parametrize(("seconds", "code"), [(7 * DAY - 1, ""), (7 * DAY, "GY-05-04")])
def test_a_member_revoked_on_a_forged_letter_is_heard_to_the_last_second(seconds: int, code: str) -> None:
    """Whoever leaves out its disavowal has left out a lawful act: its receipt proves that."""
    world = in_force()
    forged = world.on_paper("key.revoke/1", FIRST, key_of(FIRST, last=True), DAY_OF_IT, DAY_OF_IT).index
    world.tell(forged)
    world.stage.now += seconds
    assert caught(world, ("key.disavow/1", FIRST, {"entry": forged}, [FIRST], False)) == code


@pytest.mark.parametrize(("seconds", "code"), [(7 * DAY - 1, ""), (7 * DAY, "GY-05-06"), (7 * DAY + 1, "GY-05-06")])
def test_the_authority_is_not_recorded_from_paper_once_its_key_is_valid(seconds: int, code: str) -> None:
    """However old the letter says it is; the second before, paper is all there is."""
    world = Alliance().submitted().on(DAY_OF_IT)
    world.executive("key.register/1", {"holder": AUTHORITY, **new(AUTHORITY)}, paper=LETTER)
    world.stage.now += seconds
    body = {"outcome": "granted", "edition": world.edition}
    assert caught(world, ("founding.approval/1", "exec", body, TWO, True)) == code


def test_a_letter_that_disavows_is_neither_for_whoever_has_a_key_nor_for_those_who_recorded_it() -> None:
    """GY-05-11 for a forged letter against a true withdrawal; GY-05-12 where a unit has no key, from the same two."""
    world = in_force()
    left = world.on_paper("membership.withdraw/1", FIRST, {"effective": None}, DAY_OF_IT, DAY_OF_IT).index
    assert caught(world, ("key.disavow/1", FIRST, {"entry": left}, TWO, True)) == "GY-05-11"
    world = in_force()
    world.invite(101)
    key = world.register("u:0101").index
    assert caught(world, ("key.disavow/1", "u:0101", {"entry": key}, TWO, True)) == "GY-05-12"


def test_the_authoritys_keys_are_its_own() -> None:
    """A further one and its end by two officers: GY-05-05, GY-05-07; in its name with a letter: GY-04-01."""
    for lie, code in (
        (("key.register/1", "exec", {"holder": AUTHORITY, **new("x")}, TWO, True), "GY-05-05"),
        (("key.retire/1", "exec", key_of(AUTHORITY), TWO, False), "GY-05-07"),
        (("key.rotate/1", AUTHORITY, new("x"), TWO, True), "GY-04-01"),
    ):
        world = in_force()
        world.executive("key.register/1", {"holder": AUTHORITY, **new(AUTHORITY)}, paper=LETTER)
        world.stage.now += 7 * DAY
        assert caught(world, lie) == code


def test_an_officer_does_not_serve_before_its_first_day_whoever_appointed_it() -> None:
    """Appointed lawfully for 2026-05-09: GY-05-01 on 05-08, with its key long valid."""
    world = in_force()
    world.appoint("o:neu", "publisher")
    ends = {"unit": FIRST}
    world.on("2026-05-08").stage.now += 3600
    assert iso(world.inst.officers["o:neu"].tenures[0].begins) == "2026-05-09"
    assert caught(world, ("membership.end/1", "exec", ends, ["o:neu", CLERK], False)) == "GY-05-01"
