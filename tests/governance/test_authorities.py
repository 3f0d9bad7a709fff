"""Another authority after the text was frozen: named with its basis, seen for the delay, never to get round a refusal (14, 19, 21)."""

from __future__ import annotations

import pytest

from gongyue.covenant.periods import from_iso, iso
from gongyue.governance.office import earliest
from support.alliance import (
    BASIS,
    BASIS_BYTES,
    CLERK,
    FIRST,
    FORMER,
    PUBLISHER,
    REASONS,
    REASONS_BYTES,
    SECRETARY,
    TWO,
    Alliance,
    paper,
    public_of,
)

NEW = "示范数据管理局"


def alliance() -> Alliance:
    """A new one."""
    return Alliance(members=5, initiators=2)


def named(
    world: Alliance, role: str = "supervisor", name: str = NEW, effective: str = "", signers: tuple[str, ...] = TWO
):  # type: ignore[no-untyped-def]
    """Two officers name another authority, from the first day it can be."""
    first = effective or iso(earliest(world.inst, world.stage.now))
    body = {"role": role, "authority": {"name": name, "basis": BASIS}, "effective": first}
    return world.executive("founding.redesignate/1", body, signers, BASIS_BYTES)


def who(world: Alliance, role: str, day: str) -> str:
    """Who that is on a day."""
    found = world.inst.founding.authority(role, from_iso(day))  # type: ignore[arg-type]
    return found.name if found else ""


@pytest.mark.parametrize("role", ["approver", "addressee", "supervisor"])
def test_it_counts_from_its_day_on(role: str) -> None:
    """In force, named 2026-06-01, from 06-08: until 06-07 whoever it was, then the new one; the other two roles stay."""
    world = alliance().in_force().on("2026-06-01")
    before = "示范主管部门" if role == "approver" else ""
    named(world, role)
    assert (who(world, role, "2026-06-07"), who(world, role, "2026-06-09")) == (before, NEW)
    assert [
        who(world, other, "2026-06-09") for other in ("approver", "addressee", "supervisor") if other != role
    ].count(NEW) == 0


def test_nobody_changes_its_supervisor_overnight() -> None:
    """For today, or a day before the delay is over: GY-21-10; by one officer: GY-05-02; whoever has no office for it: GY-05-01."""
    world = alliance().in_force().on("2026-06-01")
    first = iso(earliest(world.inst, world.stage.now))
    for early in ("2026-06-01", iso(from_iso(first) - 1)):
        with world.refused("GY-21-10", enough=first, effective=early):
            named(world, effective=early)
    with world.refused("GY-05-02"):
        named(world, signers=(SECRETARY,))
    for signers in ((SECRETARY, PUBLISHER), (FORMER, CLERK), (SECRETARY, FIRST)):
        with world.refused("GY-05-01"):
            named(world, signers=signers)


def test_the_same_again_and_before_the_text_is_frozen() -> None:
    """Already; while it is a draft it is designated and not named: not-frozen."""
    world = alliance().in_force().on("2026-06-01")
    named(world)
    with world.out_of_turn("already"):
        named(world)
    draft = alliance().drafted()
    with draft.out_of_turn("not-frozen"):
        named(draft)


def test_what_one_authority_refused_no_other_approves() -> None:
    """Refused: GY-21-09; for the other two roles it is not in question."""
    world = alliance().submitted().on("2026-03-09")
    world.approve("refused")
    with world.refused("GY-21-09", stage="refused"):
        named(world, "approver")
    named(world, "addressee")


def test_what_is_being_approved_is_submitted_anew() -> None:
    """Named while it lies with the former: back to frozen, signatures stand; not submitted while the next is about to come."""
    world = alliance().submitted().on("2026-03-09")
    named(world, "approver")
    founding = world.inst.founding
    assert founding.stage == "frozen" and len(founding.signatures) == 2
    with world.out_of_turn("not-submitted"):
        world.approve(dated="2026-03-09")
    with world.out_of_turn("not-yet"):
        world.submit()
    world.on("2026-03-20")
    world.submit()
    world.approve(dated="2026-03-20")
    assert world.inst.effective


def test_an_authority_with_a_key_ends_it_first() -> None:
    """Its key would sign for the next one: key-registered, until it ended it; a supervisor has none."""
    world = alliance().in_force().on("2026-06-01")
    body = {"holder": "authority", "key": public_of("authority"), "alg": "ed25519"}
    world.executive("key.register/1", body, paper=paper("函", "2026-06-01", "2026-06-01"))
    with world.out_of_turn("key-registered"):
        named(world, "approver")
    named(world, "supervisor")


def test_voided_the_former_is_it_again_and_a_new_text_begins_afresh() -> None:
    """correction.void takes the naming back; reopened and designated anew, nothing named before reaches over."""
    world = alliance().in_force().on("2026-06-01")
    index = named(world).index
    body = {"entry": index, "reasons": REASONS, "from_the_beginning": True}
    world.executive("correction.void/1", body, TWO, REASONS_BYTES)
    assert who(world, "supervisor", "2026-07-01") == ""
    other = alliance().frozen()
    named(other, "approver")
    other.executive("founding.reopen/1", {"reasons": REASONS}, TWO, REASONS_BYTES)
    other.designate()
    assert who(other, "approver", "2027-01-01") == "示范主管部门"
