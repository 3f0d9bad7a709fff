"""A ballot on paper counts once its unit was told and had time to disavow it; the close waits, not for ever (P18)."""

from __future__ import annotations

from typing import Any

import pytest

from gongyue.book.receipts import Receipt
from gongyue.covenant.periods import DAY, day_of, iso
from gongyue.governance.acts import Opening
from gongyue.governance.ballots import disavowal
from gongyue.governance.paper_ballots import counted, sealed_duties
from gongyue.office import due_list
from gongyue.office.owed_acts import pending
from gongyue.office.routine_acts import close_vote, paper_waits, statement, system_act
from support.alliance import CLERK, FIRST, OUTSIDER, TWO, Alliance, paper, public_of
from support.published import files_of, forced, forced_sealed, published_by_force, run
from support.sealed import sealed_openings

OPENED = "2026-10-12"
BALLOT = {"vote": "p:1", "choice": "consent"}
SECOND = "u:0002"
P18 = 3 * DAY


def voting() -> Alliance:
    """Five units, a vote open since 2026-10-12 until 2026-11-11; the last of them has voted against."""
    return Alliance(members=5).in_force().on(OPENED).vote_open().cast("against", "u:0005")


def on_paper(world: Alliance, unit: str = FIRST, arrived: str = OPENED) -> Receipt:
    return world.on_paper("vote.ballot/1", unit, BALLOT, OPENED, arrived)


def late(world: Alliance) -> Receipt:
    """A ballot recorded 24 hours before the end of the window, and anchored with its last day."""
    world.stage.now = world.vote().closes - DAY
    receipt = on_paper(world)
    world.anchor()
    return receipt


def at_close(world: Alliance, second: int) -> None:
    """Anchored that many seconds after the end of the window, not closed."""
    world.stage.now = world.vote().closes + second
    world.anchor()


@pytest.mark.parametrize(("short", "counts"), [(1, False), (0, True)])
def test_it_counts_when_its_anchor_and_the_notice_are_both_three_days_old(short: int, counts: bool) -> None:
    """Each since it was anchored, to the second, 3 × 86,400 s: a second less for either and the close waits (GY-22-11)."""
    for what in ("notice", "anchor"):
        world = voting()
        world.stage.now = world.vote().closes - DAY
        receipt = on_paper(world)
        if what == "anchor":
            world.told(receipt)
            world.stage.now += 3_600
            world.anchor()
        else:
            world.anchor()
            world.stage.now += DAY
            world.told(receipt)
            world.stage.now += 3_600
            world.anchor()
        since = world.stage.now
        at_close(world, since + P18 - short - world.vote().closes)
        if counts:
            close_vote(world.stage.office, "p:1")
            assert world.vote().on_paper == (1, 0, 0)
        else:
            assert paper_waits(world.stage.office, world.vote())
            with world.refused("GY-22-11", waiting=1, article=22):
                close_vote(world.stage.office, "p:1")


@pytest.mark.parametrize(("short", "waits"), [(1, True), (0, False)])
def test_the_close_waits_no_longer_than_seven_days_for_a_unit_that_is_never_told(short: int, waits: bool) -> None:
    """Twice P18 and a slot after the window: then it closes without that ballot, and verify counts the same."""
    world = voting()
    late(world)
    world.stage.now = world.vote().closes + 2 * P18
    world.tick()
    assert not world.vote().outcome
    at_close(world, 2 * P18 + DAY - short)
    if waits:
        with world.refused("GY-22-11", waiting=1, seconds_left=1):
            close_vote(world.stage.office, "p:1")
        return
    close_vote(world.stage.office, "p:1")
    assert (world.vote().consents, world.vote().on_paper) == (0, (0, 0, 0))
    assert run(files_of(world), world=world)[0].code == 0


@pytest.mark.parametrize("how", ["none", "signed", "disavowed"])
def test_the_close_waits_only_where_there_is_such_a_ballot(how: str) -> None:
    """Nothing on paper, a signed ballot beside it, a disavowal: closed with the first anchor past the end."""
    world = voting()
    if how != "none":
        late(world)
        world.stage.now += 60
    if how == "signed":
        world.cast("abstain", FIRST)
    if how == "disavowed":
        world.unit("vote.disavow/1", FIRST, {"vote": "p:1"})
    world.after_window().tick()
    assert world.vote().outcome
    assert (world.vote().consents, world.vote().on_paper) == (0, (0, 0, 0))


@pytest.mark.parametrize(("after", "arrived", "taken"), [
    (P18 - 1, "2026-11-11", True), (P18, "2026-11-11", False), (0, "2026-11-12", False), (0, "2026-11-11", True),
])  # fmt: skip
def test_paper_that_arrived_in_the_window_is_recorded_until_three_days_after_it(
    after: int, arrived: str, taken: bool
) -> None:
    """To the second before the end of the third day; what arrived the day after the window, never: window-over."""
    world = voting()
    world.stage.now = world.vote().closes + after
    if taken:
        world.told(on_paper(world, arrived=arrived))
        assert world.close().vote().on_paper == (1, 0, 0)
    else:
        with world.out_of_turn("window-over"):
            on_paper(world, arrived=arrived)


@pytest.mark.parametrize("first", [0, 1])
def test_of_two_on_paper_recorded_in_one_second_the_place_in_the_book_decides_nothing(first: int) -> None:
    """Consent and against, either sealed first: that of the greater nonce stands."""
    world = voting()
    letter = paper("ballot", OPENED, OPENED)
    acts = [
        world.stage.signed("vote.ballot/1", FIRST, BALLOT | {"choice": choice}, TWO, paper=letter)
        for choice in ("consent", "against")
    ]
    stands = max(acts, key=lambda act: str(act.act["nonce"])).act["body"]["choice"]
    now = world.stage.now
    for act in (acts[first], acts[1 - first]):
        receipt = world.stage.office.handle(act)
        world.stage.now = now
        world.stage.receipts.append(receipt)
    for receipt in world.stage.receipts[-2:]:
        world.told(receipt)
    assert world.close().vote().on_paper == ((1, 0, 0) if stands == "consent" else (0, 1, 0))


def test_a_notice_of_a_false_time_told_nobody() -> None:
    """The officers' clock ran a day ahead when they recorded it, and they return from it: the ballot never counts."""
    world = voting()
    receipt = late(world)
    true = world.stage.now + 60
    world.stage.leap(true + DAY)
    world.invite(101)
    world.told(receipt)
    world.stage.leap(true)
    world.executive("clock.recover/1", world.stage.office.false_time(true), TWO)
    assert world.close().vote().on_paper == (0, 0, 0)
    assert run(files_of(world), world=world)[0].code == 0


def test_what_counted_at_an_anchor_is_counted_again_later() -> None:
    """At the first past the window the ballot waits; at that of the close, two days later, it counts."""
    world = voting()
    world.told(late(world))
    vote, openings = world.close().vote(), sealed_openings(world.stage.office)
    first, *_, last = (anchor.slot for anchor in world.inst.anchors if anchor.time >= vote.closes)
    assert counted(world.inst, vote, openings, first).waiting == {FIRST}
    for slot in (last, None):
        result = counted(world.inst, vote, openings, slot)
        assert (set(result.choices), result.waiting) == ({FIRST, "u:0005"}, set())


def test_a_unit_disavows_until_the_close_whatever_the_window_says() -> None:
    """Two days after the end, while the close waits: its paper does not count."""
    world = voting()
    world.told(late(world))
    world.stage.now = world.vote().closes + 2 * DAY
    world.unit("vote.disavow/1", FIRST, {"vote": "p:1"})
    assert world.close().vote().on_paper == (0, 0, 0)
    with world.out_of_turn("window-over"):
        world.unit("vote.disavow/1", FIRST, {"vote": "p:1"})


def test_a_unit_that_confirms_it_was_told_needs_no_notice() -> None:
    """Its own receipt counts as well; for another's ballot it is not-found."""
    world = voting()
    of = world.commitment(late(world))
    with world.out_of_turn("not-found", what=of):
        world.unit("vote.receive/1", SECOND, {"vote": "p:1", "of": of})
    world.unit("vote.receive/1", FIRST, {"vote": "p:1", "of": of})
    assert world.close().vote().on_paper == (1, 0, 0)
    assert run(files_of(world), world=world)[0].code == 0


def test_a_notice_names_a_ballot_on_paper_of_an_open_vote_and_a_day_that_was() -> None:
    """A signed ballot, nothing, another vote's: not-found; before its recording: past-date; tomorrow: not-yet; closed: window-over."""
    world = voting()
    signed = world.stage.receipts[-1]
    world.stage.now += DAY
    receipt = on_paper(world)
    today = day_of(world.stage.now)
    for ballot in (signed, world.unit("vote.disavow/1", SECOND, {"vote": "p:1"})):
        with world.out_of_turn("not-found"):
            world.told(ballot)
    world.initiate_annex()
    world.open_vote("a:health")
    with world.out_of_turn("not-found"):
        world.told(receipt, "a:health")
    with world.out_of_turn("past-date", at=iso(today - 1), since=iso(today)):
        world.told(receipt, day=iso(today - 1))
    with world.out_of_turn("not-yet"):
        world.told(receipt, day=iso(today + 1))
    with world.refused("GY-05-02"):
        world.told(receipt, signers=[CLERK])
    world.told(receipt)
    world.close()
    with world.out_of_turn("window-over", ends=iso(world.vote().closed_day)):
        world.told(receipt)


def test_until_when_a_ballot_is_disavowed_is_told_of_one_on_paper_alone() -> None:
    """Until P18 after the window, 3 × 86,400 s, done once it is closed; of a signed ballot, a disavowal, a question: nothing."""
    world = voting()
    receipts = [on_paper(world), world.stage.receipts[-2], world.unit("vote.disavow/1", SECOND, {"vote": "p:1"})]
    receipts.append(world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": "sha256:" + "0" * 64}))
    entries = [opening.entry for receipt in receipts for opening in [opened_by(world, receipt)]]
    way = disavowal(world.inst, entries[0])
    assert way is not None
    assert (way.act, way.fields, way.ends, way.closed) == (
        "vote.disavow/1", {"vote": "p:1"}, world.vote().closes + P18, False,
    )  # fmt: skip
    assert [disavowal(world.inst, entry) for entry in entries[1:]] == [None] * 3
    after = disavowal(world.close().inst, entries[0])
    assert after is not None and after.closed


def opened_by(world: Alliance, receipt: Receipt) -> Opening:
    """What a receipt of a sealed act opens."""
    commitment = world.commitment(receipt)
    return next(o for o in sealed_openings(world.stage.office) if o.commitment == commitment)


def test_an_office_that_does_not_wait_or_counts_too_soon_is_found_out() -> None:
    """Closed by force while the paper may be disavowed: exit 3, GY-22-11, whether it is counted or left out."""
    for change in ({}, {"consents": 1, "consents_left": 1, "paper_consents": 1}):
        world = voting()
        world.told(late(world))
        at_close(world, 3_600)
        body, files = statement(world.stage.office, "vote.close/1", "p:1")
        forced(world, system_act(world.stage.office, "vote.close/1", body | change, files))
        report, _ = run(published_by_force(world), world=world)
        assert (report.code, report.failure and report.failure.code) == (3, "GY-22-11")


def test_a_notice_that_is_withheld_leaves_a_gap() -> None:
    """The officers' numbers within the vote run through ballots and notices alike: GY-22-08."""
    world = voting()
    world.told(late(world))
    world.told(on_paper(world, SECOND))
    at_close(world, 2 * P18 + DAY)
    body, files = statement(world.stage.office, "vote.close/1", "p:1")
    lines = next(iter(files.values())).splitlines(keepends=True)
    kept = b"".join(line for n, line in enumerate(lines) if n != 2)
    from gongyue.transparency import canonical

    stated: dict[str, Any] = body | {"ballots": canonical.digest(kept)}
    with world.refused("GY-22-08"):
        world.stage.office.handle(system_act(world.stage.office, "vote.close/1", stated, {stated["ballots"]: kept}))


def test_nobody_else_notifies_or_confirms() -> None:
    """A unit in the officers' place, the executive body in a unit's, a unit off the roll."""
    world = voting()
    of = world.commitment(on_paper(world))
    notice = {"vote": "p:1", "of": of, "way": "letter", "day": OPENED}
    with world.refused("GY-05-01"):
        world.stage.do("vote.notify/1", FIRST, notice, [FIRST])
    with world.refused("GY-04-01"):
        world.stage.do("vote.receive/1", FIRST, {"vote": "p:1", "of": of}, TWO)
    with world.out_of_turn("not-found"):
        world.unit("vote.receive/1", OUTSIDER, {"vote": "p:1", "of": of})


def test_a_unit_that_signs_itself_needs_no_notice_whatever_paper_it_keeps_of_it() -> None:
    """With its own key and a paper it is a signed ballot: it counts at once, and not a second after the window."""
    world = voting()
    kept = paper("存底", OPENED, OPENED)
    world.stage.do("vote.ballot/1", FIRST, BALLOT, [FIRST], paper=kept)
    world.after_window().tick()
    assert (world.vote().consents, world.vote().on_paper) == (1, (0, 0, 0))
    world = voting()
    world.stage.now = world.vote().closes
    with world.out_of_turn("window-over"):
        world.stage.do("vote.ballot/1", FIRST, BALLOT, [FIRST], paper=kept)


def test_whoever_may_open_the_sealed_book_is_reminded_of_units_not_told_yet() -> None:
    """Due within P18 of its recording, overdue the day after; not once told, disavowed or closed, and never in public."""
    world = voting()
    on_paper(world)
    world.stage.now += 60

    def due(day: int = 0) -> list[tuple[str, str, str, int]]:
        found = due_list.due(world.inst, sealed_openings(world.stage.office), world.inst.today + day)
        return [(d.matter, d.act, d.last, d.late) for d in found if d.act == "vote.notify/1"]

    waiting = (FIRST, "vote.notify/1", "2026-10-15")
    assert due() == due(3) == [(*waiting, 0)] and due(4) == [(*waiting, 1)]
    (duty,) = sealed_duties(world.inst, sealed_openings(world.stage.office))
    assert (iso(duty.target), iso(duty.last), duty.calendar_known, duty.article) == (*2 * ["2026-10-15"], True, 22)
    assert not any(d.act == "vote.notify/1" for d in due_list.due(world.inst, [], world.inst.today))
    assert [o.commitment for o in pending(world.stage.office.store)] == [world.stage.receipts[-1].commitment]
    second = on_paper(world, SECOND)
    world.unit("vote.disavow/1", FIRST, {"vote": "p:1"})
    assert due() == [(SECOND, "vote.notify/1", "2026-10-15", 0)]
    world.told(second)
    assert due() == []
    on_paper(world, "u:0003")
    world.close()
    assert due() == []


def test_whoever_signs_itself_has_seen_the_vote_whatever_its_paper_says() -> None:
    """A paper dated in the window does not stand for a view from before the opening: unseen."""
    world = Alliance(members=5).in_force().on(OPENED).proposed()
    before = world.stage.office.view()
    world.open_vote()
    kept = paper("存底", OPENED, OPENED)
    early = world.stage.signed("vote.ballot/1", FIRST, BALLOT, [FIRST], paper=kept, view=before)
    with world.out_of_turn("unseen", found=before.size, index=before.size):
        world.stage.office.handle(early)


OTHERS = ("o:fan", "o:gu")


def silent() -> Alliance:
    """The first unit has ended its last key; a ballot was recorded in its name, and two further clerks are in office."""
    world = Alliance(members=5).in_force()
    for name in OTHERS:
        world.appoint(name, "clerk")
    world.on(OPENED).vote_open().cast("against", "u:0005")
    world.unit("key.revoke/1", FIRST, {"key": public_of(FIRST), "last": True})
    return world


def by_letter(world: Alliance, signers: Any, unit: str = FIRST) -> Receipt:
    return world.on_paper("vote.disavow/1", unit, {"vote": "p:1"}, OPENED, OPENED, signers)


def test_a_unit_without_a_key_disavows_its_ballot_by_letter_that_others_record() -> None:
    """Neither of them recorded the ballot (GY-05-12), and a unit that can sign signs (GY-05-11); then none of its paper counts."""
    world = silent()
    world.told(on_paper(world))
    for signers in (TWO, (CLERK, OTHERS[0])):
        with world.refused("GY-05-12", officer=" ".join(sorted({*signers} & {*TWO}))):
            by_letter(world, signers)
    with world.refused("GY-05-11", holder=SECOND):
        by_letter(world, OTHERS, SECOND)
    with world.refused("GY-05-02"):
        by_letter(world, OTHERS[:1])
    by_letter(world, OTHERS)
    world.close()
    assert (world.vote().consents, world.vote().on_paper, world.vote().against) == (0, (0, 0, 0), 1)
    assert run(files_of(world), world=world)[0].code == 0


def test_a_letter_disavows_nothing_before_there_is_a_ballot_on_paper() -> None:
    """It would shut out the ballot to come: refused by the gate, and by verify where it was forced, though the ballot came later."""
    world = silent()
    with world.out_of_turn("not-found"):
        by_letter(world, OTHERS)
    act = world.stage.signed("vote.disavow/1", FIRST, {"vote": "p:1"}, OTHERS, paper=paper("否认", OPENED, OPENED))
    forced_sealed(world, act)
    world.told(on_paper(world))
    at_close(world, 2 * P18 + DAY)
    body, files = statement(world.stage.office, "vote.close/1", "p:1")
    forced(world, system_act(world.stage.office, "vote.close/1", body, files))
    report, _ = run(published_by_force(world), world=world)
    assert report.code == 3
    assert report.failure is not None
    assert report.failure.code == "out-of-turn/not-found"


def test_a_disavowal_by_those_who_recorded_the_ballot_is_caught_at_the_close() -> None:
    """Two officers silence a unit's true ballot with an invented letter: verify alone names article 5."""
    world = silent()
    world.told(on_paper(world))
    letter = paper("否认", OPENED, OPENED)
    world.stage.now += 1
    act = world.stage.signed("vote.disavow/1", FIRST, {"vote": "p:1"}, TWO, paper=letter)
    forced_sealed(world, act)
    at_close(world, 2 * P18 + DAY)
    body, files = statement(world.stage.office, "vote.close/1", "p:1")
    forced(world, system_act(world.stage.office, "vote.close/1", body, files))
    report, _ = run(published_by_force(world), world=world)
    assert (report.code, report.failure and report.failure.code) == (3, "GY-05-12")
