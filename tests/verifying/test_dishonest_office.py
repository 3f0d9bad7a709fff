"""An office that records what the law forbids, or what is no act at all: verify names it and never breaks down."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
import pytest

from gongyue.book.entry import Leaf, SignedAct
from gongyue.book.replay import Replay
from gongyue.book.signing import Job, sign
from gongyue.demo.simulated_office import seed_of
from gongyue.office.routine_acts import system_act
from gongyue.office.store import OPEN, NewLeaf
from gongyue.transparency import canonical, checkpoint, merkle
from gongyue.transparency.checkpoint import Checkpoint
from gongyue.verifying import heads
from support.alliance import FIRST, SECRETARY, TWO, Alliance, public_of
from support.anchoring import anchor
from support.chance import Chance
from support.published import Files, forced, published_by_force, run


def in_force() -> Alliance:
    return Alliance(members=4, initiators=2).in_force().on("2026-05-06")


def judged(world: Alliance, act: SignedAct, **changed: Any) -> tuple[int, str, int, Any]:
    """(exit code, refusal, article, index) after the office recorded the act by force."""
    index = forced(world, act, **changed)
    report, state = run(published_by_force(world), world=world)
    assert state is None
    assert report.failure is not None
    assert report.failure.index == index
    return report.code, report.failure.code, report.failure.article, report.failure.figures


def test_an_early_publication_of_an_unadopted_amendment_is_unlawful() -> None:
    """Exit 3 naming article, act and figures; the same refusal the office would have given."""
    world = in_force().vote_open()
    world.cast_by(2, against=2).close()
    edition = world.inst.proposals["p:1"].edition_digest
    act = world.stage.signed("amendment.notify/1", "exec", {"proposal": "p:1", "edition": edition}, TWO)
    code, refusal, article, figures = judged(world, act)
    assert (code, refusal, article) == (3, "GY-22-02", 22)
    assert figures["arithmetic"] == "3×2=6<2×4=8"


def test_a_member_enrolled_by_the_secretary_is_unlawful() -> None:
    """GY-04-01."""
    world = in_force()
    world.invite(101)
    body = {"accepts": True, "activities": ["analysis"], "other": ""}
    act = world.stage.signed("membership.enrol/1", "u:0101", body, TWO)
    assert judged(world, act)[:3] == (3, "GY-04-01", 4)


def test_what_nobody_foresaw_is_not_found_lawful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 3 naming entry, act and what was raised, whatever it is; verify does not break down, and finds nothing sound after it."""
    world = in_force()
    act = world.stage.signed("membership.declare/1", FIRST, {"activities": ["analysis"], "other": ""}, [FIRST])
    world.stage.office.handle(act)
    index, files = world.inst.size - 1, published_by_force(world)
    add = Replay.add

    def breaking(self: Replay, leaf: Leaf) -> list[Job]:
        if leaf.entry.act.type == "membership.declare/1":
            raise RecursionError
        return add(self, leaf)

    monkeypatch.setattr(Replay, "add", breaking)
    report, state = run(files, world=world)
    assert (report.code, state) == (3, None) and report.failure is not None
    found = report.failure
    assert (found.index, found.type, found.code) == (index, "membership.declare/1", "unjudged")
    assert "RecursionError" in found.zh and "RecursionError" in found.en


def test_what_nobody_foresaw_in_the_genesis_act_is_said_of_entry_0(monkeypatch: pytest.MonkeyPatch) -> None:
    """The keys it names are read before any act is judged: exit 3, unjudged, at its place."""
    files = published_by_force(in_force())

    def breaking(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(heads, "keys_of", breaking)
    report, _ = run(files)
    assert report.failure is not None
    assert (report.code, report.failure.code, report.failure.index) == (3, "unjudged", 0)


def test_an_act_that_cannot_be_done_now_is_named_with_the_article_it_rests_on() -> None:
    """A withdrawal of a unit that is no member: article 23; of a type there is none: 0, no article of it is meant."""
    world = in_force()
    act = world.stage.signed("membership.withdraw/1", world.left, {"effective": None}, [world.left])
    assert judged(world, act)[:3] == (3, "out-of-turn/not-member", 23)
    world = in_force()
    act = world.stage.signed("membership.declare/1", FIRST, {"activities": ["analysis"], "other": ""}, [FIRST])
    nothing = judged(world, act, change=lambda leaf: leaf.replace(b"membership.declare/1", b"membership.nothing/1"))
    assert nothing[:3] == (3, "out-of-turn/unknown-type", 0)


def test_one_officer_alone_is_unlawful() -> None:
    """GY-05-02."""
    world = in_force()
    act = world.stage.signed("membership.end/1", "exec", {"unit": FIRST}, [SECRETARY])
    assert judged(world, act)[:3] == (3, "GY-05-02", 5)


def test_a_forged_tally_is_unlawful() -> None:
    """GY-22-08 with what is stated and what was counted."""
    from gongyue.office.routine_acts import ballot_lines

    world = in_force().vote_open()
    world.cast_by(2, against=2).after_window()
    office = world.stage.office
    slot = anchor(office)
    office.handle(system_act(office, "vote.turnout/1", {"matter": "p:1", "anchor": slot, "voted": 4, "paper": 0}))
    lines = ballot_lines(office, "p:1", office.inst.anchors[-1].size)
    digest = canonical.digest(lines)
    body = {
        "matter": "p:1", "anchor": slot, "ballots": digest, "handed": "", "consents": 3, "against": 1, "abstain": 0,
        "paper_consents": 0, "paper_against": 0, "paper_abstain": 0,
        "consents_left": 3, "voted_left": 4, "roll_left": 4, "outcome": "adopted",
    }  # fmt: skip
    code, refusal, article, figures = judged(world, system_act(office, "vote.close/1", body, {digest: lines}))
    assert (code, refusal, article) == (3, "GY-22-08", 22)
    assert figures["counted"] == "2+2+0, 2/4/4, rejected"


def test_a_forged_signature_is_tampering_and_comes_before_what_follows_it() -> None:
    """Exit 2 naming the entry, also where a later act is unlawful."""
    world = in_force()
    act = world.stage.signed("membership.withdraw/1", FIRST, {"effective": None}, [FIRST])
    forged = msgspec.structs.replace(act, sigs=(msgspec.structs.replace(act.sigs[0], sig="A" * 86),))
    first = forced(world, forged)
    unlawful = world.stage.signed("membership.end/1", "exec", {"unit": "u:0002"}, [SECRETARY])
    forced(world, unlawful)
    report, _ = run(published_by_force(world), world=world)
    assert report.code == 2
    assert report.failure is not None
    assert (report.failure.index, report.failure.type) == (first, "membership.withdraw/1")


def test_an_executing_body_that_forges_a_members_act_is_exposed() -> None:
    """With its own key in the member's name GY-04-01; with the member's key name and its own signature, exit 2."""
    world = in_force()
    act = world.stage.signed("membership.withdraw/1", FIRST, {"effective": None}, [SECRETARY])
    assert judged(world, act)[:2] == (3, "GY-04-01")
    world = in_force()
    act = world.stage.signed("membership.withdraw/1", FIRST, {"effective": None}, [FIRST])
    own = sign(msgspec.structs.replace(act, sigs=()), seed_of(SECRETARY)).sigs[0]
    disguised = msgspec.structs.replace(own, key=public_of(FIRST))
    index = forced(world, msgspec.structs.replace(act, sigs=(disguised,)))
    report, _ = run(published_by_force(world), world=world)
    assert (report.code, report.failure and report.failure.index) == (2, index)


LEAVES: dict[str, Callable[[bytes], bytes]] = {
    "spaces": lambda leaf: leaf.replace(b'":', b'": ', 1),
    "another order": lambda leaf: b"{" + leaf[1:-1].split(b',"v"')[0] + b',"v":"gongyue/entry@2","x":0}',
    "empty": lambda leaf: b"",
    "no JSON": lambda leaf: b"nonsense",
    "an array": lambda leaf: b"[]",
    "another version": lambda leaf: leaf.replace(b"gongyue/entry@2", b"gongyue/entry@1"),
    "an act of another version": lambda leaf: leaf.replace(b"gongyue/act@2", b"gongyue/act@1"),
    "the year 285 million": lambda leaf: _with_time(leaf, 2**53 - 1),
    "the year 10000": lambda leaf: _with_time(leaf, 253_402_300_800),
    "the epoch": lambda leaf: _with_time(leaf, 0),
    "negative": lambda leaf: _with_time(leaf, -1),
}  # fmt: skip


def _with_time(leaf: bytes, time: int) -> bytes:
    start = leaf.index(b'"rx":{"t":') + len(b'"rx":{"t":')
    end = leaf.index(b"}", start)
    return leaf[:start] + str(time).encode() + leaf[end:]


@pytest.mark.parametrize("how", LEAVES)
def test_a_leaf_that_is_none_is_named_and_breaks_nothing(how: str) -> None:
    """Exit 2 or 3 with the index; never a crash."""
    world = in_force()
    act = world.stage.signed("membership.declare/1", FIRST, {"activities": ["analysis"], "other": ""}, [FIRST])
    index = forced(world, act, LEAVES[how])
    report, _ = run(published_by_force(world), world=world)
    assert report.code in (2, 3), how
    assert report.failure is not None
    assert report.failure.index == index


def test_times_beyond_every_calendar_break_nothing_wherever_they_stand() -> None:
    """A withdrawal, a signature, a ballot's close: whatever an office writes, verify answers."""
    for type, body in (
        ("membership.withdraw/1", {"effective": None}),
        ("membership.withdraw/1", {"effective": "2999-12-31"}),
        ("key.rotate/1", {"key": public_of("new"), "alg": "ed25519"}),
    ):
        for time in (253_402_300_799, 253_402_300_800, 2**53 - 1):
            world = in_force()
            act = world.stage.signed(type, FIRST, body, [FIRST], at=world.stage.now)
            forced(world, act, partial(_with_time, time=time))
            report, _ = run(published_by_force(world), world=world)
            assert report.code in (0, 2, 3)


def test_an_act_of_a_sealed_type_in_the_open_book_is_unlawful() -> None:
    """wrong-book."""
    world = in_force().vote_open()
    act = world.stage.signed("vote.ballot/1", FIRST, {"vote": "p:1", "choice": "consent"}, [FIRST])
    act = sign(
        msgspec.structs.replace(act, act=act.act | {"seq": world.inst.seqs[public_of(FIRST)] + 1}, sigs=()),
        seed_of(FIRST),
    )
    code, refusal, _, _ = judged(world, act)
    assert (code, refusal) == (3, "out-of-turn/wrong-book")


def test_an_act_that_has_seen_another_branch_is_unlawful() -> None:
    """Its view pins a history that is not this one."""
    from gongyue.governance.acts import View

    world = in_force()
    act = world.stage.signed(
        "membership.withdraw/1", FIRST, {"effective": None}, [FIRST], view=View("sha256:" + "00" * 32, 5)
    )
    assert judged(world, act)[:2] == (3, "out-of-turn/view")


def test_a_withheld_act_leaves_a_gap_in_its_keys_sequence() -> None:
    """The next act of the key shows that one is missing."""
    world = in_force()
    declare = {"activities": ["analysis"], "other": ""}
    withheld = world.stage.signed("membership.declare/1", FIRST, declare, [FIRST])
    shown = msgspec.structs.replace(withheld, act=withheld.act | {"seq": withheld.act["seq"] + 1}, sigs=())
    code, refusal, _, figures = judged(world, sign(shown, seed_of(FIRST)))
    assert (code, refusal) == (3, "out-of-turn/sequence")
    assert figures["expected"] == withheld.act["seq"]


def first_leaf(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Files:
    """A book of one leaf, whose genesis was changed and signed as it then was."""
    world = Alliance(members=3, initiators=3)
    entry = canonical.decode(world.stage.office.store.leaf(OPEN, 0) or b"")
    act = SignedAct(change(entry["act"]))
    for signer in TWO:
        act = sign(act, seed_of(signer))
    data = act.received(entry["rx"]["t"])
    frontier = merkle.Frontier()
    hashed = merkle.leaf_hash(data)
    frontier.append(hashed)
    signer = world.stage.office.keys.open
    note = checkpoint.sign(Checkpoint(signer.verifier.name, 1, frontier.root()), signer)
    return {
        "checkpoint": note,
        "tile/0/000.p/1": hashed,
        "tile/entries/000.p/1": len(data).to_bytes(2, "big") + data,
    }


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        None,
        7,
        {"sealed_vkey": 7},
        {"sealed_vkey": "nonsense", "open_vkey": "nonsense"},
        {"sealed_vkey": None, "open_vkey": None},
    ],
)
def test_a_genesis_that_is_none_is_named(body: Any) -> None:
    """Exit 2 or 3, entry 0."""
    world = Alliance(members=3, initiators=3)
    report, _ = run(first_leaf(lambda act: act | {"body": body}), world=world)
    assert report.code in (2, 3)
    assert report.failure is not None
    assert report.failure.index == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"open_vkey": "gongyue.example/other+0a1b2c3d+AQ=="},
        {"sealed_vkey": "nonsense"},
        {"officers": []},
        {"algorithms": ["sm2-sm3"]},
        {"quantum": 0},
    ],
)
def test_a_genesis_of_another_book_is_named(fields: dict[str, Any]) -> None:
    """Another open key, no sealed key, no officers, an unknown algorithm."""
    world = Alliance(members=3, initiators=3)
    report, _ = run(first_leaf(lambda act: act | {"body": act["body"] | fields}), world=world)
    assert report.code in (2, 3)
    assert report.failure is not None
    assert report.failure.index == 0
    assert run(first_leaf(lambda act: act), world=world)[0].code == 0


def test_a_genesis_under_another_origin_is_named() -> None:
    """cov is the book's origin."""
    world = Alliance(members=3, initiators=3)
    report, _ = run(first_leaf(lambda act: act | {"cov": "gongyue.example/other"}), world=world)
    assert report.code == 2


@pytest.mark.parametrize("seed", range(25))
def test_whatever_is_forced_into_the_book_verify_answers(seed: int) -> None:
    """Random acts recorded without asking the law: a sound book or a named failure, never an exception."""
    world = in_force()
    chance = Chance(world, seed)
    forced_in = 0
    while not forced_in:
        act = chance.act()
        try:
            act.received(world.stage.now)
        except ValueError:
            continue
        index = forced(world, act)
        forced_in += 1
    report, _ = run(published_by_force(world), world=world)
    assert report.code in (0, 2, 3)
    assert (report.code == 0) == (report.failure is None)
    assert report.failure is None or report.failure.index == index


def test_leaves_of_any_bytes_are_answered() -> None:
    """Bytes that are no act at all, as the last leaf of an otherwise sound book."""
    for data in (b"{}", b"\xff" * 40, b'{"act":{"type":"membership.end/1"}}', b'{"a":' * 300 + b"1" + b"}" * 300):
        world = in_force()
        office = world.stage.office
        with office.store.writing() as tx:
            head = tx.head(OPEN)
            assert head is not None
            frontier = merkle.Frontier.from_bytes(head.frontier)
            hashed = merkle.leaf_hash(data)
            frontier.append(hashed)
            tx.append(OPEN, [NewLeaf(data, hashed, "sha256:" + "00" * 32)])
            signer = office.keys.open
            note = checkpoint.sign(Checkpoint(signer.verifier.name, frontier.size, frontier.root()), signer)
            tx.set_head(OPEN, type(head)(frontier.size, frontier.root(), frontier.to_bytes(), note))
        report, _ = run(published_by_force(world), world=world)
        assert report.code == 2
