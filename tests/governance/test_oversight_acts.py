"""Stating an audit of drawn slots: by whom, of exactly the slots drawn, with totals that the leaves bear out."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
import pytest

from gongyue.governance.acts import act_type_of
from gongyue.governance.slots import spans
from gongyue.office import links
from gongyue.sealing.link import Target
from gongyue.verifying import slots
from support.alliance import CLERK, FIRST, OUTSIDER, Alliance, unit_id
from support.draws import HOUR, audited, found_by_keys, seed
from support.published import published_by_force, run
from support.told import Told

AUTHORITY = "authority"


@cache
def _told() -> Told:
    world = audited()
    seed(world)
    return Told.of(world.stage)


@pytest.fixture
def world() -> Alliance:
    """A draw was made, and the authority has a key; told once."""
    there = Alliance(members=4, initiators=2, slot_seconds=HOUR, quantum=3)
    there.stage = _told().again()
    return there


def found(world: Alliance) -> slots.SlotAudit:
    """What whoever has the keys finds."""
    (one,) = world.inst.seeds.values()
    return found_by_keys(world, one)


def statement(world: Alliance, **changed: Any) -> dict[str, Any]:
    """The body that states it."""
    true, (index,) = found(world), world.inst.seeds
    body = {"half": "members", "seed": index, "slots": list(true.slots), "padding": true.padding, "real": true.real}
    return body | {"rest": true.rest, "verdict": "lawful", "code": "", "link": ""} | changed


def stated(world: Alliance, actor: str = FIRST, **changed: Any) -> None:
    """It is stated."""
    world.stage.do("oversight.check/1", actor, statement(world, **changed), [actor])


def test_both_halves_are_stated(world: Alliance) -> None:
    """A member the padding, the authority the content; each once, another member beside them."""
    stated(world)
    stated(world, AUTHORITY, half="content")
    stated(world, unit_id(2))
    (index,) = world.inst.seeds
    assert [(a.actor, a.half) for a in world.inst.audits[index]] == [
        (FIRST, "members"), (AUTHORITY, "content"), (unit_id(2), "members"),
    ]  # fmt: skip
    for actor, half in ((FIRST, "members"), (AUTHORITY, "content")):
        with world.out_of_turn("already"):
            stated(world, actor, half=half)


@pytest.mark.parametrize("actor", [OUTSIDER, CLERK])
def test_who_states_nothing(world: Alliance, actor: str) -> None:
    """Neither an outsider with a key nor an officer, of either half."""
    for half in ("members", "content"):
        with world.out_of_turn("not-member"):
            stated(world, actor, half=half)


def test_members_read_nobodys_matters(world: Alliance) -> None:
    """The content is for the authority: a member that states it has seen what it must not."""
    with world.out_of_turn("not-auditor"):
        stated(world, half="content")


@pytest.mark.parametrize("change", ["swap", "less", "more", "order", "none"])
def test_slots_chosen_by_hand(world: Alliance, change: str) -> None:
    """One exchanged for another, one less, one more, out of order, none at all."""
    there = list(found(world).slots)
    other = next(slot for slot in spans(world.inst) if slot not in there)
    slots_ = {
        "swap": sorted([*there[1:], other]),
        "less": there[1:],
        "more": sorted([*there, other]),
        "order": there[::-1],
        "none": [],
    }[change]
    with world.out_of_turn("not-drawn"):
        stated(world, slots=slots_)


@pytest.mark.parametrize(("padding", "real"), [(1, 0), (0, -1), (-1, 0), (0, 1)])
def test_totals_that_are_not_the_leaves(world: Alliance, padding: int, real: int) -> None:
    """Padding and acts are together the leaves of those slots."""
    true = found(world)
    with world.out_of_turn("wrong-statement"):
        stated(world, padding=true.padding + padding, real=true.real + real)


def test_padding_at_its_bounds(world: Alliance) -> None:
    """One to a quantum in each slot: 29 of 30 slots is too few, 30 may be; 90 may be, 91 is too many."""
    true = found(world)
    leaves = true.padding + true.real
    assert leaves >= 91
    for padding, lawful in ((29, False), (91, False), (30, True)):
        if lawful:
            stated(world, padding=padding, real=leaves - padding)
        else:
            with world.out_of_turn("wrong-statement"):
                stated(world, padding=padding, real=leaves - padding)
    stated(world, unit_id(2), padding=90, real=leaves - 90)


def test_a_draw_that_there_is_not(world: Alliance) -> None:
    """Another entry is no draw."""
    with world.out_of_turn("not-found"):
        stated(world, seed=1)


@pytest.mark.parametrize(
    "fields",
    [{"verdict": "objection"}, {"verdict": "objection", "code": "dossier/two"}, {"code": "dossier/two"}],
)
def test_an_objection_says_what_and_where(world: Alliance, fields: dict[str, str]) -> None:
    """Without code or link it is none; and what is lawful has neither."""
    with world.out_of_turn("malformed"):
        stated(world, **fields)


def test_what_objects_to_nothing_may_leave_the_link_out(world: Alliance) -> None:
    """A field at its default need not be written."""
    body = statement(world)
    del body["link"], body["code"]
    kind = act_type_of("oversight.check/1")
    assert kind.link_in(msgspec.json.encode(body)) == ""
    assert kind.link_in(msgspec.json.encode(statement(world, link="sha256:" + "ab" * 32))) == "sha256:" + "ab" * 32


def test_an_objection_links_to_its_entry(world: Alliance) -> None:
    """The link comes with what opens it, names an entry that is there, and serves once."""
    kept = next(iter(world.stage.office.store.sealed_entries()))
    dossier = f"d:{kept_act(world)}"
    link, line = links.made(bytes(32), [Target(kept.commitment, dossier, 1)])
    body = statement(world, verdict="objection", code="dossier/two", link=link)
    with world.out_of_turn("missing-opening"):
        world.stage.do("oversight.check/1", FIRST, body, [FIRST])
    world.stage.do("oversight.check/1", FIRST, body, [FIRST], [line])
    (index,) = world.inst.seeds
    assert world.inst.audits[index][0].verdict == "objection" and link in world.inst.links
    report = run(published_by_force(world), world=world, disclosures=(("mine", line + b"\n"),))[0]
    assert (report.code, report.form_only, [known.names for known in report.links]) == (0, 0, [1])
    with world.out_of_turn("link-twice"):
        world.stage.do("oversight.check/1", unit_id(2), body, [unit_id(2)], [line])


def kept_act(world: Alliance) -> str:
    """The digits of the first dossier's id."""
    from gongyue.book.entry import decode

    kept = next(iter(world.stage.office.store.sealed_entries()))
    return (decode(kept.entry).entry.rx.dossier or "d:").removeprefix("d:")
