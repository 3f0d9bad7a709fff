"""Stating an audit of drawn slots: by whom, of exactly the slots drawn, with totals that the leaves bear out."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from gongyue.book import draws
from gongyue.covenant.periods import iso
from gongyue.governance.acts import act_type_of
from gongyue.governance.office import earliest
from gongyue.governance.oversight import is_auditor
from gongyue.governance.slots import spans
from gongyue.office import links
from gongyue.sealing.link import Target
from gongyue.verifying import slots
from support.alliance import CLERK, FIRST, OUTSIDER, REASONS, TWO, Alliance, commitment_to
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


def checkers(world: Alliance) -> tuple[str, ...]:
    """The two members that were drawn."""
    (one,) = world.inst.seeds.values()
    return one.members


def stated(world: Alliance, actor: str = "", **changed: Any) -> None:
    """It is stated, by the first member drawn unless said otherwise."""
    actor = actor or checkers(world)[0]
    world.stage.do("oversight.check/1", actor, statement(world, **changed), [actor])


def test_both_halves_are_stated(world: Alliance) -> None:
    """A member drawn the padding, the authority the content; each once, the other member drawn beside them."""
    first, second = checkers(world)
    stated(world)
    stated(world, AUTHORITY, half="content")
    stated(world, second)
    (index,) = world.inst.seeds
    assert [(a.actor, a.half) for a in world.inst.audits[index]] == [
        (first, "members"), (AUTHORITY, "content"), (second, "members"),
    ]  # fmt: skip
    for actor, half in ((first, "members"), (AUTHORITY, "content")):
        with world.out_of_turn("already"):
            stated(world, actor, half=half)


def test_two_members_are_drawn_and_nobody_else_checks_the_padding(world: Alliance) -> None:
    """The two that come first by the seed, computed here from the words of formats §10.9; of the other two not-checker, and of the authority."""
    (one,) = world.inst.seeds.values()

    def rank(unit: str) -> bytes:
        return hashlib.sha256(b"gongyue/checkers@1\n" + bytes.fromhex(one.seed) + unit.encode()).digest()

    assert one.members == tuple(sorted(sorted(world.inst.members, key=rank)[:2]))
    others = [unit for unit in world.inst.members if unit not in one.members]
    assert len(one.members) == len(others) == 2
    for actor in (*others, AUTHORITY):
        with world.out_of_turn("not-checker", members=" ".join(one.members)):
            stated(world, actor)


@pytest.mark.parametrize(
    ("members", "drawn"), [((), 0), (("u:1",), 1), (("u:1", "u:2"), 2), (("u:1", "u:2", "u:3"), 2)]
)
def test_as_many_are_drawn_as_there_are(members: tuple[str, ...], drawn: int) -> None:
    """None of none, one of one, two of more; whatever the order they come in, and by another seed others."""
    assert len(draws.checkers("00" * 32, members)) == drawn
    many = [f"u:{n:04}" for n in range(50)]
    assert draws.checkers("00" * 32, many) == draws.checkers("00" * 32, many[::-1]) != draws.checkers("01" * 32, many)


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


def registered(world: Alliance, **other: Any) -> int | None:
    """Two officers register the outsider for a year from the first day that can be."""
    first = earliest(world.inst, world.stage.now)
    body = {"auditor": OUTSIDER, "begins": iso(first), "ends": iso(first + 30)} | other
    papers = {"confidentiality": commitment_to("保密承诺"), "recusal": commitment_to("回避声明")}
    return world.executive("oversight.register/1", body | papers, TWO).index


def test_an_auditor_outside_states_the_content_in_its_term(world: Alliance) -> None:
    """Not on the day before it begins, nor on the day after it ends; on both of these days it does, and of the padding never."""
    registered(world)
    (term,) = world.inst.auditors[OUTSIDER]
    world.on(iso(term.begins - 1))
    with world.out_of_turn("not-member"):
        stated(world, OUTSIDER, half="content")
    told = Told.of(world.stage)
    for day in (term.begins, term.ends):
        world.stage = told.again()
        world.on(iso(day))
        with world.out_of_turn("not-checker"):
            stated(world, OUTSIDER)
        stated(world, OUTSIDER, half="content")
        stated(world)
        assert [one.half for one in next(iter(world.inst.audits.values()))] == ["content", "members"]
    world.stage = told.again()
    world.on(iso(term.ends + 1))
    with world.out_of_turn("not-member"):
        stated(world, OUTSIDER, half="content")


def test_an_auditor_is_seen_coming_and_stands_outside(world: Alliance) -> None:
    """GY-05-10 a day too early; a member not-outside; of nobody not-found; a term that ends before it begins malformed."""
    early = iso(earliest(world.inst, world.stage.now) - 1)
    with world.refused("GY-05-10", officer=OUTSIDER):
        registered(world, begins=early)
    with world.out_of_turn("not-outside", unit=FIRST):
        registered(world, auditor=FIRST)
    with world.out_of_turn("not-found", what="u:nobody"):
        registered(world, auditor="u:nobody")
    with world.out_of_turn("malformed", why="begins ≤ ends"):
        registered(world, ends=early)
    registered(world, ends=iso(earliest(world.inst, world.stage.now)))  # one day is a term


def test_an_auditor_whose_registration_was_voided_never_was_one(world: Alliance) -> None:
    """Voided before it began, and of two terms only the one that was voided."""
    first, second = registered(world), registered(world)
    for index, left in ((first, 1), (second, 0)):
        world.executive("correction.void/1", {"entry": index, "reasons": REASONS, "from_the_beginning": True}, TWO)
        assert len(world.inst.auditors[OUTSIDER]) == left
        assert is_auditor(world.inst, OUTSIDER, earliest(world.inst, world.stage.now)) == bool(left)


def test_who_has_joined_stands_outside_no_longer(world: Alliance) -> None:
    """A member in the term of its registration opens nobody's matters."""
    registered(world)
    (term,) = world.inst.auditors[OUTSIDER]
    joined = replace(world.inst, members=world.inst.members.set(OUTSIDER, term.begins))
    assert is_auditor(world.inst, OUTSIDER, term.begins) and not is_auditor(joined, OUTSIDER, term.begins)


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
    found_ = {"swap": other, "more": other}.get(change, len(slots_))
    with world.out_of_turn("not-drawn", found=found_):
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
    stated(world, checkers(world)[1], padding=90, real=leaves - 90)


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
    first, second = checkers(world)
    link, line = links.made(bytes(32), [Target(kept.commitment, dossier, 1)])
    body = statement(world, verdict="objection", code="dossier/two", link=link)
    with world.out_of_turn("missing-opening"):
        world.stage.do("oversight.check/1", first, body, [first])
    world.stage.do("oversight.check/1", first, body, [first], [line])
    (index,) = world.inst.seeds
    assert world.inst.audits[index][0].verdict == "objection" and link in world.inst.links
    report = run(published_by_force(world), world=world, disclosures=(("mine", line + b"\n"),))[0]
    assert (report.code, report.form_only, [known.names for known in report.links]) == (0, 0, [1])
    with world.out_of_turn("link-twice"):
        world.stage.do("oversight.check/1", second, body, [second], [line])


def kept_act(world: Alliance) -> str:
    """The digits of the first dossier's id."""
    from gongyue.book.entry import decode

    kept = next(iter(world.stage.office.store.sealed_entries()))
    return (decode(kept.entry).entry.rx.dossier or "d:").removeprefix("d:")
