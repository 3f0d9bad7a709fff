"""Links that lie: an end of membership that rests on what is not there, came later, or was decided already; and who is told."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pytest

from attacks.forcing import DAY
from gongyue.book.entry import Leaf, decode
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.acts import Received
from gongyue.office import links
from gongyue.office.openings import named
from gongyue.office.store import NewSealed
from gongyue.sealing.commitment import commit
from gongyue.sealing.link import Target, link_line, parse_link_line
from gongyue.transparency import canonical
from gongyue.verifying.report import Report
from support.alliance import CLERK, FIRST, PUBLISHER, SECRETARY, Alliance, unit_id
from support.cases import again, cancelled, decision_of, staffed
from support.dossiers import folded, opened, signed
from support.published import files_of, forced, published_by_force, run

TWO, OTHER = (PUBLISHER, SECRETARY), unit_id(2)
SALT = bytes(range(32))


def desk() -> tuple[Alliance, str, Target]:
    """The first member's membership is cancelled, and nobody asked for a review: its dossier, the decision as a target. All is anchored."""
    world, dossier, target = _desk()
    return again(world), dossier, target


@cache
def _desk() -> tuple[Alliance, str, Target]:
    world = staffed()
    dossier = cancelled(world, accused=FIRST)
    world.on("2026-06-17")
    world.tick()
    return world, dossier, decision_of(world, dossier)


def ends(world: Alliance, *target: Target, salt: bytes = SALT, unit: str = FIRST, by_force: bool = False) -> bytes:
    """Two officers end a unit's membership on that ground; the line that opens it."""
    link, line = links.made(salt, target)
    act = world.stage.signed("membership.end/1", "exec", {"unit": unit, "link": link}, TWO, [line])
    if by_force:
        forced(world, act)
    else:
        world.stage.office.handle(act)
    return line + b"\n"


def verified(world: Alliance, *kept: Iterable[bytes]) -> Report:
    """What a unit finds that has been given those lines."""
    files = tuple((f"kept-{n}", b"".join(lines)) for n, lines in enumerate(kept))
    return run(published_by_force(world), world=world, disclosures=files)[0]


def told(world: Alliance, unit: str) -> list[bytes]:
    """The lines of links that the office gives a unit."""
    return list(links.of_party(world.inst, world.stage.office.store, unit))


def code(report: Report) -> tuple[int, str, str]:
    """The exit code, and the first failure's code with the way in which its link is wrong."""
    assert report.failure is not None
    why = str(report.failure.figures.get("why", "")).partition(" / ")[2]
    return report.code, report.failure.code, why


# -- what is lawful


def test_an_end_is_told_to_its_unit_at_once_and_checked_whole() -> None:
    """Nothing but the link's line is needed where it names nothing; the public sees form alone, and neither line nor salt."""
    world, _, _ = desk()
    world.end(FIRST)
    (line,) = told(world, FIRST)
    assert parse_link_line(line.rstrip()).target == () and told(world, OTHER) == told(world, "exec") == []
    public, own = verified(world), verified(world, [line])
    assert (public.code, public.form_only, public.links) == (0, 1, [])
    assert (own.code, own.form_only, [(k.type, k.names, k.full) for k in own.links]) == (
        0,
        0,
        [("membership.end/1", 0, True)],
    )
    salt = line.split(b'"salt":"')[1][:44]
    assert not any(salt in data for data in files_of(world).values())


def test_an_end_on_a_decision_is_whole_once_that_is_opened() -> None:
    """With its dossier fully, without it in form only; and nobody but the unit is given the line."""
    world, dossier, target = desk()
    ends(world, target)
    assert told(world, FIRST) == [link_line(SALT, [target])]
    alone, together = (
        verified(world, told(world, FIRST)),
        verified(world, [*told(world, FIRST), *opened(world, dossier)]),
    )
    assert (alone.code, alone.form_only, [k.full for k in alone.links]) == (0, 1, [False])
    assert (together.code, together.form_only, [k.full for k in together.links]) == (0, 0, [True])


# -- what the office refuses


def test_an_end_without_what_opens_its_link() -> None:
    """The office takes no link that it could not open to the unit: neither none at all, nor another's."""
    world, _, _ = desk()
    link, _ = links.made(SALT, ())
    for files in ([], [links.made(bytes(32), ())[1]], [b'{"link":"%s"}' % link.encode()]):
        act = world.stage.signed("membership.end/1", "exec", {"unit": FIRST, "link": link}, TWO, files)
        for way in (world.stage.office.dry_run, world.stage.office.handle):
            with pytest.raises(OutOfTurn, match="missing-opening"):
                way(act)
    assert FIRST in world.inst.members


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"c": "sha256:" + "ab" * 32}, "cannot be opened"),
        ({"n": 1}, "not that entry's"),
        ({"dossier": "d:" + "ab" * 32}, "not that entry's"),
    ],
)
def test_an_end_on_what_is_not_there(change: dict[str, str | int], why: str) -> None:
    """An entry that the sealed book does not have, or has elsewhere."""
    world, _, target = desk()
    fields = {"c": target.c, "dossier": target.dossier, "n": target.n} | change
    with pytest.raises(OutOfTurn, match="bad-link") as refused:
        ends(world, Target(**fields))  # type: ignore[arg-type]
    assert why in refused.value.refusal["en"] and FIRST in world.inst.members


def test_one_value_of_a_link_serves_once() -> None:
    """The office refuses it, and verify alone where it is recorded by force."""
    world, _, _ = desk()
    ends(world)
    with pytest.raises(OutOfTurn, match="link-twice"):
        ends(world, unit=OTHER)
    ends(world, unit=OTHER, by_force=True)
    assert code(verified(world))[:2] == (3, "out-of-turn/link-twice")


# -- what verify finds of what is opened


def test_a_link_to_another_place() -> None:
    """Two officers state the opening of the case as the place of its decision."""
    world, dossier, target = desk()
    line = ends(world, Target(target.c, dossier, 1), by_force=True)
    found = code(verified(world, [line, *opened(world, dossier)]))
    assert found[:2] == (3, "out-of-turn/bad-link") and "not that entry's" in found[2]


def test_a_link_to_what_came_later() -> None:
    """The end is recorded first, the note it rests on afterwards, made ready with its salt beforehand."""
    world, dossier, _ = desk()
    note = signed(world, "dossier.note/1", dossier, {"complete": True}, FIRST, actor=FIRST)
    at = folded(world, dossier).next
    entry = note.leaf(Received(world.stage.now, world.inst.size + 1, at.dossier, at.n, at.prev))
    line = ends(world, Target(commit(SALT, entry), dossier, at.n), by_force=True)
    keep_with(world, SALT, decode(entry), note.digest)
    world.stage.now += DAY
    world.tick()
    found = code(verified(world, [line, *opened(world, dossier)]))
    assert found[:2] == (3, "out-of-turn/bad-link") and "came after it" in found[2]


def keep_with(world: Alliance, salt: bytes, leaf: Leaf, act: str) -> None:
    """An entry is taken under seal with a salt that the office chose beforehand."""
    with world.stage.office.store.writing() as tx:
        tx.receive([NewSealed(act, commit(salt, leaf.data), salt, leaf.data, b"promise")])


def test_one_decision_ends_two_memberships() -> None:
    """The office refuses it. Each unit is told its own; laid side by side, with fresh salts, they rest on one place."""
    world, _, target = desk()
    first = ends(world, target)
    with pytest.raises(OutOfTurn, match="bad-link") as refused:
        ends(world, target, salt=bytes(32), unit=OTHER)
    assert "rests already" in refused.value.refusal["en"] and OTHER in world.inst.members
    second = ends(world, target, salt=bytes(32), unit=OTHER, by_force=True)
    assert verified(world, [first]).code == verified(world, [second]).code == 0
    report = verified(world, [first], [second])
    assert (report.code, code(report)[1]) == (3, "link/decided-twice")
    assert report.failure is not None and report.failure.figures["n"] == target.n


def test_a_head_that_was_kept_shows_that_the_decision_was_the_last_word() -> None:
    """Another unit's membership is ended on it. The dossier may have gone on unseen: in form only; with a head of later: exit 3."""
    world, dossier, target = desk()
    rows = [ends(world, target, unit=OTHER, by_force=True), *opened(world, dossier)]
    world.stage.now += 7_200
    head = world.stage.office.head(dossier)
    alone = verified(world, rows)
    assert (alone.code, [one.full for one in alone.links]) == (0, [False])
    kept = (("mine", b"".join(rows)),)
    report = run(published_by_force(world), world=world, disclosures=kept, heads=(("kept.head", head),))[0]
    assert code(report)[0] == 3 and report.failure is not None and report.failure.type == "membership.end/1"


def test_what_was_decided_in_a_false_time_is_decided_again() -> None:
    """A membership ended by a clock a day ahead: void by the recovery, and ended on the same decision then, which verifies."""
    world, dossier, target = desk()
    world.stage.leap(world.inst.now + DAY)
    world.invite(101)
    first = ends(world, target)
    world.stage.leap(world.inst.now - DAY // 2)
    world.executive("clock.recover/1", world.stage.office.false_time(world.stage.now), (SECRETARY, CLERK))
    assert FIRST in world.inst.members
    second = ends(world, target, salt=bytes(32))
    assert FIRST not in world.inst.members
    with pytest.raises(OutOfTurn, match="bad-link"):
        ends(world, target, salt=bytes(range(1, 33)), unit=OTHER)
    world.next_day()
    report = verified(world, [first, second, *opened(world, dossier)])
    assert (report.code, report.failure) == (0, None)


def test_a_line_of_no_act() -> None:
    """The unit is shown a ground that is not the one recorded: exit 2, its file named."""
    world, _, target = desk()
    ends(world, target)
    report = verified(world, [link_line(bytes(32), ())])
    assert (report.code, code(report)[1]) == (2, "tampered/link")
    assert report.failure is not None and report.failure.figures["file"] == "kept-0"


def test_a_line_that_does_not_open_what_it_states() -> None:
    """It says nothing of the book: the file cannot be read."""
    world, _, _ = desk()
    line = ends(world)
    report = verified(world, [line.replace(b"[]", b'[{"c":"sha256:' + b"ab" * 32 + b'","dossier":"d:members","n":1}]')])
    assert report.code == 4


def test_a_link_is_found_in_the_store_by_its_value() -> None:
    """What opens a link stands in the store: any process of the office finds it, and nothing under another value."""
    world, _, target = desk()
    line = ends(world, target)
    store = world.stage.office.store
    kept = links.kept(store, parse_link_line(line.rstrip()).link)
    assert kept is not None and kept.target == (target,) and kept.salt == SALT
    assert links.kept(store, canonical.digest(b"")) is None
    assert named(store, target.c.replace("sha256", "sealed")) is not None
