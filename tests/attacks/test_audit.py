"""The audit of drawn slots in two halves, against an office that hides, doubles, or draws what it likes."""

from __future__ import annotations

from functools import cache
from unittest import mock

import pytest

from attacks.forcing import BALLOT, DAY
from gongyue.book import disclosure
from gongyue.book.entry import decode
from gongyue.governance.slots import Seed, auditable
from gongyue.office import links
from gongyue.office.audit_openings import of_slots
from gongyue.office.placement import PlacedLeaf, Placement
from gongyue.office.routine_acts import do, statement, system_act
from gongyue.office.store import OPEN, Reading
from gongyue.sealing.commitment import sealed_leaf
from gongyue.sealing.padding import padding_in
from gongyue.transparency import canonical, merkle
from gongyue.verifying.report import Report
from gongyue.verifying.report_lines import lines
from support.alliance import FIRST, PUBLISHER, SECRETARY, Alliance, commitment_to, three_quarters, unit_id
from support.bulletins import closed_case, result
from support.cases import HU, cancelled, decision_of, handled, opened_on, replied
from support.dossiers import PETITION, answered, folded, forced_in, petition, signed
from support.draws import HOUR, all_drawn, audited, declare, plan, run_on, slot_keys, slots_of, state
from support.published import Files, forced, forced_sealed, published_by_force, run
from support.sealed import commitment_in, keep, now_reads
from support.told import Told

AUTHORITY, OTHER = "authority", unit_id(2)
UNASKED = mock.patch.multiple(links, _decided=lambda *_: False, unrelated=lambda *_: "", judge_linked=lambda *_: [])
"""An office that does not ask what a link names."""


@cache
def _told() -> Told:
    return Told.of(audited(31).stage)


@pytest.fixture
def world() -> Alliance:
    """31 slots, in every seventh three questions; told once."""
    there = Alliance(members=4, initiators=2, slot_seconds=HOUR, quantum=3)
    there.stage = _told().again()
    return there


def openings(world: Alliance, one: Seed) -> bytes:
    """What the office hands to whoever audits the content."""
    return b"".join(of_slots(world.inst, world.stage.office.store, one))


def content(world: Alliance, *rows: bytes, keys: bytes | None = None, files: Files | None = None) -> Report:
    """What the audit of the content finds."""
    given = tuple((f"part-{n}", data) for n, data in enumerate(rows))
    return run(files or published_by_force(world), world=world, audit=given, slot_keys=keys)[0]


def code(report: Report) -> tuple[int, str]:
    """The exit code and the first failure's."""
    assert report.failure is not None, report.audit
    return report.code, report.failure.code


def anchored(world: Alliance) -> None:
    """An hour later, and anchored."""
    world.stage.now += HOUR
    world.anchor()


# -- what is sound


def test_both_halves_agree_and_the_rest_is_unaudited(world: Alliance) -> None:
    """Totals over the batch, one digest; verify counts the slots that both halves of a draw audited, and calls the others so."""
    one = all_drawn(world)
    for actor, half in ((one.members[0], "members"), (AUTHORITY, "content")):
        world.stage.office.handle(state(world, one, actor, half))
    run_on(world, 2)
    for keys in (None, slot_keys(world, one)):
        report = content(world, openings(world, one), keys=keys)
        assert report.code == 0 and report.audit is not None and report.slots is not None
        assert report.audit.rest == world.inst.audits[one.index][0].rest and report.audit.real > 10
    assert (report.slots.slots - report.slots.audited, report.slots.draws[0].agree) == (2, True)
    told = "\n".join(lines(report))
    assert "未审计 2 个" in told and "2 unaudited" in told and "未见证" in told


def test_without_openings_every_slot_is_unaudited(world: Alliance) -> None:
    """One half is no audit."""
    one = all_drawn(world)
    world.stage.office.handle(state(world, one))
    report = run(published_by_force(world), world=world)[0]
    assert (
        report.code == 0 and report.slots is not None and report.slots.audited == 0 and not report.slots.draws[0].agree
    )
    assert "尚缺一半" in "\n".join(lines(report))


# -- two versions


def test_two_variants_at_one_place_without_a_party(world: Alliance) -> None:
    """A party is shown one version of a note, a second stands under seal: found by the content audit, both named, exit 3."""
    dossier = petition(world)
    answered(world, dossier)
    place = folded(world, dossier).next
    shown, kept_back = (
        signed(world, "dossier.note/1", dossier, {"complete": n}, FIRST, actor=FIRST) for n in (True, False)
    )
    assert shown.digest != kept_back.digest
    forced_in(world, shown, place)
    forced_in(world, kept_back, place)
    anchored(world)
    one = all_drawn(world)
    report = content(world, openings(world, one))
    assert code(report) == (3, "dossier/two")
    assert report.failure is not None and {"sealed", "also"} <= set(report.failure.figures)


def test_a_second_variant_withheld_from_the_audit(world: Alliance) -> None:
    """Not opened, it is a leaf that members found to be no padding: exit 2; with the keys at once, without them by what they stated."""
    dossier = petition(world)
    place, notes = folded(world, dossier).next, []
    for complete in (True, False):
        note = signed(world, "dossier.note/1", dossier, {"complete": complete}, FIRST, actor=FIRST)
        notes.append(forced_in(world, note, place))
    anchored(world)
    one = all_drawn(world)
    hidden = commitment_in(notes[1])
    rows = b"".join(
        row for row in of_slots(world.inst, world.stage.office.store, one) if hidden not in commitment_of(row)
    )
    assert code(content(world, rows, keys=slot_keys(world, one))) == (2, "tampered/audit")
    world.stage.office.handle(state(world, one))
    assert code(content(world, rows)) == (2, "tampered/audit")


def commitment_of(row: bytes) -> str:
    """The commitment that a line of openings opens; "" of a link's."""
    return "" if row.startswith(b'{"link"') else commitment_in(row)


def test_one_opening_act_twice(world: Alliance) -> None:
    """A shadow of a dossier: the act that opened it taken a second time, to go on from there with another course."""
    dossier = petition(world)
    first = folded(world, dossier).entries[0]
    kept = next(k for k in world.stage.office.store.sealed_entries() if canonical.digest(k.entry) == first.digest)
    leaf = decode(kept.entry)
    anchored(world)
    again = kept.entry.replace(b'"t":%d}' % leaf.entry.rx.t, b'"t":%d}' % (leaf.entry.rx.t + 1))
    assert again != kept.entry
    keep(world.stage.office, again)
    anchored(world)
    report = content(world, openings(world, all_drawn(world)))
    assert code(report) == (3, "dossier/two")


def test_a_shadow_dossier_about_the_same_unit(world: Alliance) -> None:
    """The unit's petition stands in its dossier; its answer is signed for that, and recorded in a second one that nobody opened."""
    dossier = petition(world)
    answer = signed(world, "petition.answer/1", dossier, {"answer": "forwarded", "docs": [PETITION["text"]]}, "o:qin")
    place = folded(world, dossier).next
    forced_in(world, answer, type(place)("d:" + "ab" * 32, place.n, place.prev))
    anchored(world)
    report = content(world, openings(world, all_drawn(world)))
    assert code(report) == (2, "tampered/gap")  # its first place is nobody's
    shadow = world.unit("petition.submit/1", OTHER, PETITION)
    forced_in(world, answer, type(place)(f"d:{shadow.act[7:]}", 2, folded(world, f"d:{shadow.act[7:]}").last.digest))
    anchored(world)
    rows = [
        row for row in of_slots(world.inst, world.stage.office.store, all_drawn(world)) if b"d:" + b"ab" * 32 not in row
    ]
    assert code(content(world, b"".join(rows))) == (3, "out-of-turn/wrong-dossier")


def test_one_ballot_in_two_leaves(world: Alliance) -> None:
    """A unit's ballot stands twice under seal: no act is recorded twice."""
    world.vote_open(three_quarters(world.edition))
    ballot = world.stage.signed("vote.ballot/1", FIRST, BALLOT | {"choice": "consent"}, [FIRST])
    rows = [forced_sealed(world, ballot)]
    world.stage.now += 60
    rows.append(keep(world.stage.office, ballot.received(world.stage.now, world.inst.size)))
    anchored(world)
    kept = b"".join(now_reads(world.stage.office, row) for row in rows)
    report = run(published_by_force(world), world=world, disclosures=(("mine", kept),))[0]
    assert code(report) == (3, "dossier/act-twice")


# -- leaves that are nothing


def test_a_leaf_that_is_neither_act_nor_padding(world: Alliance) -> None:
    """Put by for later among the padding: nobody's keys explain it and nothing opens it. Exit 2, by either half."""
    with_a_stranger(world)
    one = all_drawn(world)
    rows = openings(world, one)
    assert code(content(world, rows, keys=slot_keys(world, one))) == (2, "tampered/audit")
    assert content(world, rows).code == 0, "who has neither keys nor the members' half cannot tell"
    world.stage.office.handle(state(world, one))
    report = content(world, rows)
    assert code(report) == (2, "tampered/audit") and report.failure is not None
    assert report.failure.figures["stated"] == int(report.failure.figures["opened"]) + 1
    assert report.failure.figures["entry"] == world.inst.size - 1


def with_a_stranger(world: Alliance) -> None:
    """An anchor whose last leaf of padding commits to nothing that anybody knows."""
    true = Placement.of

    def of(store: Reading, key: bytes, quantum: int) -> Placement:
        made = true(store, key, quantum)
        pads = padding_in(key, {leaf.commitment for leaf in made.leaves}, set())
        assert len(pads) > 1
        kept = [leaf for leaf in made.leaves if leaf.commitment != pads[-1]]
        placed = sorted([*kept, PlacedLeaf("sha256:" + "ab" * 32, 0)])
        head = store.head("sealed")
        assert head is not None
        frontier = merkle.Frontier.from_bytes(head.frontier)
        for leaf in placed:
            frontier.append(merkle.leaf_hash(sealed_leaf(leaf.commitment)))
        return Placement(placed, frontier)

    world.stage.now += HOUR
    with mock.patch.object(Placement, "of", of):
        world.anchor()


def test_more_unopened_than_padding_can_be(world: Alliance) -> None:
    """Three questions of one slot are not opened: six leaves left, and padding is three at most. No keys are needed."""
    one = all_drawn(world)
    rows = list(of_slots(world.inst, world.stage.office.store, one))
    report = content(world, b"".join(row for row in rows if b'"interpretation.ask/1"' not in row))
    assert code(report) == (2, "tampered/audit")


# -- what is stated


@pytest.mark.parametrize("changed", ["rest", "totals"])
def test_a_half_stated_wrongly(world: Alliance, changed: str) -> None:
    """A wrong digest, or totals moved by one: the public sees that the halves differ, the audit by openings which entry is wrong."""
    one = all_drawn(world)
    true = state(world, one).act["body"]
    wrong = (
        {"rest": "sha256:" + "ab" * 32}
        if changed == "rest"
        else {"padding": true["padding"] - 1, "real": true["real"] + 1}
    )
    world.stage.office.handle(state(world, one, **wrong))
    world.stage.office.handle(state(world, one, AUTHORITY, "content"))
    report = run(published_by_force(world), world=world)[0]
    assert report.code == 0 and report.slots is not None and report.slots.draws[0].differ and report.slots.audited == 0
    assert "互相矛盾" in "\n".join(lines(report))
    found = content(world, openings(world, one))
    assert code(found) == (2, "tampered/audit") and found.failure is not None
    assert found.failure.figures["entry"] == world.inst.audits[one.index][0].index


@pytest.mark.parametrize("how", ["slots", "totals"])
def test_a_statement_recorded_by_force(world: Alliance, how: str) -> None:
    """Slots chosen by hand, or totals that are not the leaves: unlawful to verify alone."""
    plan(world)
    declare(world)
    do(world.stage.office, "inspection.seed/1")
    (one,) = world.inst.seeds.values()
    there = slots_of(world, one)
    other = next(s for s in auditable(world.inst, one.before) if s not in there)
    true = state(world, one).act["body"]
    wrong = {"slots": sorted([*there[1:], other])} if how == "slots" else {"real": true["real"] + 1}
    forced(world, state(world, one, **wrong))
    expected = "not-drawn" if how == "slots" else "wrong-statement"
    assert code(run(published_by_force(world), world=world)[0]) == (3, f"out-of-turn/{expected}")


# -- the draw


def _later(world: Alliance) -> tuple[dict[str, object], dict[str, bytes]]:
    """A draw by the present checkpoint, though an earlier one past the size was signed."""
    office = world.stage.office
    body, _ = statement(office, "inspection.seed/1")
    root, note = office.store.note(OPEN, office.inst.size) or (b"", b"")
    body |= {"size": office.inst.size, "root": "sha256:" + root.hex(), "checkpoint": canonical.digest(note)}
    return body, {canonical.digest(note): note}


def test_a_draw_by_a_later_checkpoint(world: Alliance) -> None:
    """An act had the first one in view: unlawful to verify alone. Where only a member kept it, with that."""
    plan(world)
    declare(world)
    early = world.stage.checkpoint()
    with_view = Told.of(world.stage)
    declare(world)
    body, files = _later(world)
    forced(world, system_act(world.stage.office, "inspection.seed/1", body, files))
    assert code(run(published_by_force(world), world=world)[0]) == (3, "out-of-turn/draw-checkpoint")
    world.stage = with_view.again()
    both = [
        world.stage.signed("membership.declare/1", u, {"activities": ["analysis"], "other": ""}, [u])
        for u in (FIRST, OTHER)
    ]
    world.stage.office.handle_all(both)
    body, files = _later(world)
    act = system_act(world.stage.office, "inspection.seed/1", body, files)
    forced(world, act)
    books = published_by_force(world)
    alone = run(books, world=world)[0]
    kept = run(books, world=world, checkpoints=(("early", early),))[0]
    assert code(kept) == (3, "out-of-turn/draw-checkpoint") and alone.code == 3


def test_what_is_no_file_of_an_audit(world: Alliance) -> None:
    """No draw, keys of other slots, keys that are none: exit 4."""
    assert code(content(world, b"")) == (4, "unreadable/seed")
    one = all_drawn(world)
    rows = openings(world, one)
    assert code(content(world, rows, keys=b"{}")) == (4, "unreadable/slot-keys")
    assert code(content(world, rows, keys=b'{"keys":{"1":"%s"},"v":"gongyue/slotkeys@1"}' % (b"ab" * 32)))[0] == 4
    assert list(disclosure.links(rows)) == []


def test_a_head_that_a_party_kept_contradicts_the_openings(world: Alliance) -> None:
    """The answer that the party was shown is withheld, another stands at its place: the head of its receipt is off that chain."""
    dossier = petition(world)
    place = folded(world, dossier).next
    other = signed(
        world, "petition.answer/1", dossier, {"answer": "explained", "docs": [commitment_to("另一份说明")]}, "o:qin"
    )
    shown = answered(world, dossier)
    forced_in(world, other, place)
    petition(world, OTHER)  # so that a leaf less is no more than padding can be
    anchored(world)
    one = all_drawn(world)
    rows = of_slots(world.inst, world.stage.office.store, one)
    given = b"".join(row for row in rows if commitment_of(row) != shown.commitment)
    books = published_by_force(world)
    assert run(books, world=world, audit=(("openings", given),))[0].code == 0
    report = run(books, world=world, audit=(("openings", given),), heads=(("kept", shown.head),))[0]
    assert code(report) == (2, "tampered/head")


def test_one_decision_for_two_units_without_a_party(world: Alliance) -> None:
    """An office that asks nothing takes it. Each unit knows of its own link only: the openings for the audit have both."""
    world.appoint(HU, "panellist")
    world.stage.now += 20 * DAY
    dossier = cancelled(world, accused=OTHER)
    world.stage.now += 16 * DAY
    anchored(world)
    target = decision_of(world, dossier)
    with UNASKED:
        for salt, unit in ((bytes(32), OTHER), (bytes(range(32)), unit_id(3))):
            link, line = links.made(salt, [target])
            world.executive("membership.end/1", {"unit": unit, "link": link}, (PUBLISHER, SECRETARY), line)
    report = content(world, openings(world, all_drawn(world)))
    assert code(report) == (3, "GY-18-13")
    assert report.failure is not None and report.failure.index == world.inst.links[link]


def test_two_cases_of_one_report_and_a_report_answered_with_anothers(world: Alliance) -> None:
    """What only openings of several dossiers show: one report is the origin of two cases; "opened", of a case that is not of this report.

    Two results of one case; and one that does not name whom the reading names.
    """
    world.appoint(HU, "panellist")
    world.stage.now += 20 * DAY
    told = Told.of(world.stage)
    stories = (
        (_two_cases, "link/decided-twice"),
        (_anothers, "out-of-turn/bad-link"),
        (_two_results, "link/decided-twice"),
        (_unnamed, "GY-17-10"),
    )
    for story, found in stories:
        world.stage = told.again()
        with UNASKED:
            story(world)
        anchored(world)
        report = content(world, openings(world, all_drawn(world)))
        assert code(report) == (3, found)
        assert report.failure is not None and report.failure.book == "sealed"


def _two_cases(world: Alliance) -> None:
    report = handled(world, FIRST)
    assert opened_on(world, report) != opened_on(world, report)


def _two_results(world: Alliance) -> None:
    case = closed_case(world)
    result(world, case)
    result(world, case)


def _unnamed(world: Alliance) -> None:
    """Its conduct had an effect: the reading names it, and two officers do it a favour."""
    result(world, closed_case(world), names=None)


def _anothers(world: Alliance) -> None:
    first, second = handled(world, FIRST), handled(world, unit_id(3))
    replied(world, first, "opened", None, (opened_on(world, second), 1))
