"""Several writers, any order: the same institution and a book that verifies; and counts that no order can change."""

from __future__ import annotations

import random
import tempfile
from itertools import permutations
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gongyue.book.replay import Replay
from gongyue.demo.simulated_office import SimulatedOffice, public_of
from gongyue.governance.acts import act_type_of
from gongyue.governance.ballots import Cast, standing_choices
from gongyue.governance.institution import Institution
from gongyue.governance.tally import tally
from gongyue.office.store import open_store
from gongyue.transparency import ed25519
from support.alliance import Alliance
from support.published import files_of, run

UNITS = ["u:0001", "u:0002", "u:0003", "u:0004"]
CHOICES = st.sampled_from(["consent", "against", "abstain"])


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 1), st.sampled_from(UNITS), CHOICES), min_size=1, max_size=25))
def test_two_offices_on_one_store_keep_one_history(turns: list[tuple[int, str, str]]) -> None:
    """Whichever of two processes takes an act, in any interleaving, both end in the same institution."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "store.sqlite")
        world = Alliance(members=4, initiators=2, store=open_store(path, create=True)).in_force().on("2026-05-06")
        world.vote_open()
        other = SimulatedOffice(open_store(path))
        other.now = world.stage.now
        other._drawn = 10_000_000
        stages = (world.stage, other)
        for turn, unit, choice in turns:
            stage = stages[turn]
            stage.office.catch_up()
            if choice == "abstain":
                stage.unit("membership.declare/1", unit, {"activities": ["analysis"], "other": str(turn)})
            else:
                stage.unit("vote.ballot/1", unit, {"vote": "p:1", "choice": choice})
        assert world.stage.office.catch_up() == other.office.catch_up()
        assert world.stage.office.rev == other.office.rev
        for unit in UNITS:
            numbered = act_type_of("vote.ballot/1"), unit, public_of(unit), {"vote": "p:1"}
            assert world.stage.office.next_seq(*numbered) == other.office.next_seq(*numbered)
        report, _ = run(files_of(world), world=world)
        assert (report.code, report.failure) == (0, None)
        other.office.store.close()
        world.stage.office.store.close()


def test_an_act_signed_before_another_process_wrote_is_still_judged_by_what_is_there_now() -> None:
    """The office that has not caught up refuses the second withdrawal all the same."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "store.sqlite")
        world = Alliance(members=4, initiators=2, store=open_store(path, create=True)).in_force()
        other = SimulatedOffice(open_store(path))
        other.now = world.stage.now
        stale = other.signed("membership.withdraw/1", "u:0001", {"effective": None}, ["u:0001"])
        world.withdraw("u:0001")
        with world.out_of_turn("sequence"):
            other.office.handle(stale)
        other.office.store.close()
        world.stage.office.store.close()


ROLL = [f"u:{n:04d}" for n in range(1, 13)]


@settings(deadline=None)  # nothing is asserted about time
@given(st.lists(st.tuples(st.sampled_from(ROLL), CHOICES), max_size=30), st.randoms(use_true_random=False))
def test_a_count_does_not_depend_on_the_order_of_different_units(
    ballots: list[tuple[str, str]], order: random.Random
) -> None:
    """Each unit's own ballots keep their order, the units' are shuffled among one another: the same tally."""
    queues = {unit: [choice for one, choice in ballots if one == unit] for unit in ROLL}
    shuffled = [unit for unit, _ in ballots]
    order.shuffle(shuffled)
    taken = dict.fromkeys(ROLL, 0)
    again = []
    for unit in shuffled:
        again.append((unit, queues[unit][taken[unit]]))
        taken[unit] += 1

    def counted(cast: list[tuple[str, str]]) -> dict[str, str]:
        stood = standing_choices((Cast(u, c, i, False, (0, i)) for i, (u, c) in enumerate(cast)), len(cast))
        return {unit: one.choice for unit, one in stood.items()}

    assert counted(ballots) == counted(again)
    assert counted(ballots) == {unit: choices[-1] for unit, choices in queues.items() if choices}


@settings(deadline=None)  # nothing is asserted about time
@given(
    st.lists(st.sampled_from(["consent", "against", "abstain", ""]), min_size=12, max_size=12),
    st.sets(st.sampled_from(ROLL)),
)
def test_a_tally_is_the_two_fractions(choices: list[str], gone: set[str]) -> None:
    """Both tests by exact comparison, whoever has left meanwhile."""
    world = tally_world()
    vote = world.vote()
    inst: Institution = world.inst
    for unit in sorted(gone):
        inst = inst.end_membership(unit, inst.today, inst.size, "left", by_notice=True)
    cast = {unit: choice for unit, choice in zip(ROLL, choices, strict=True) if choice}
    inst = replace(inst, size=inst.size + 1)
    stood = {unit: Cast(unit, choice, 0, False, (0, 1, "")) for unit, choice in cast.items()}
    counted = tally(inst, vote, stood, inst.today)
    consents = sum(c == "consent" for c in cast.values())
    here = [u for u in ROLL if u not in gone]
    left = sum(cast.get(u) == "consent" for u in here)
    adopted = 3 * consents >= 2 * 12 and bool(here) and 3 * left >= 2 * len(here)
    assert (counted.consents, counted.consents_left, counted.roll_left) == (consents, left, len(here))
    assert counted.outcome == ("adopted" if adopted else "rejected")


_WORLDS: list[Alliance] = []


def tally_world() -> Alliance:
    if not _WORLDS:
        _WORLDS.append(Alliance(members=12).in_force().on("2026-05-06").vote_open())
    return _WORLDS[0]


def test_acts_of_different_units_commute_where_the_covenant_does_not_order_them() -> None:
    """Three units declare their activities in every order: the same standing of each."""
    results = []
    for order in permutations(UNITS[:3]):
        world = Alliance(members=4, initiators=2).in_force()
        for unit in order:
            world.unit("membership.declare/1", unit, {"activities": ["research"], "other": unit})
        results.append({u: world.inst.units[u] for u in UNITS})
    assert all(one == results[0] for one in results)


def test_a_replay_from_nothing_is_the_office() -> None:
    """institution = fold(step, acts)."""
    from gongyue.book.entry import decode
    from gongyue.office.store import OPEN

    world = Alliance(members=4, initiators=2).in_force()
    replay = Replay(world.stage.office._sources)
    for data in world.stage.office.store.leaves(OPEN, 0, world.inst.size):
        for job in replay.add(decode(data)):
            assert ed25519.verify(job.key, job.signed, _bytes(job.sig.sig))
    assert replay.inst == world.inst


def _bytes(text: str) -> bytes:
    import base64

    return base64.urlsafe_b64decode(text + "==")
