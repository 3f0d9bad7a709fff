"""What was sealed and is opened: signed by whom it names, under this covenant, by somebody who saw this very history.

The office asks it of a vote's ballots at the close, verify of those and of whatever a holder discloses.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from gongyue.book.entry import SignedAct
from gongyue.book.signing import sign
from gongyue.covenant.periods import DAY
from gongyue.demo.simulated_office import seed_of
from gongyue.office.office import BadSignature
from gongyue.office.routine_acts import close_vote, statement, system_act
from support.alliance import FIRST, NOBODY, PANEL, PUBLISHER, REASONS, REASONS_BYTES, SECRETARY, Alliance, commitment_to
from support.published import files_of, forced, forced_sealed, published_by_force, run
from support.sealed import index_of

BALLOT = {"vote": "p:1", "choice": "consent"}
Change = Callable[[SignedAct], SignedAct]


def voting() -> Alliance:
    """A vote is open; two of four units have consented."""
    world = Alliance(members=4, initiators=2).in_force().on("2026-05-06").vote_open()
    return world.cast("consent", "u:0003", "u:0004")


def ballot(world: Alliance) -> SignedAct:
    """A lawful ballot of the first unit, not yet handed in."""
    return world.stage.signed("vote.ballot/1", FIRST, BALLOT, [FIRST])


def with_fields(act: SignedAct, **fields: Any) -> SignedAct:
    """The act with other fields, signed as it then is."""
    return sign(msgspec.structs.replace(act, act=act.act | fields, sigs=()), seed_of(FIRST))


def signed_by_another(act: SignedAct) -> SignedAct:
    """Another unit's signature under the first unit's key name."""
    own = sign(msgspec.structs.replace(act, sigs=()), seed_of("u:0002")).sigs[0]
    return msgspec.structs.replace(act, sigs=(msgspec.structs.replace(own, key=act.sigs[0].key),))


def signed_otherwise(act: SignedAct) -> SignedAct:
    """The unit's own signature, over a ballot against."""
    other = with_fields(act, body=BALLOT | {"choice": "against"})
    return msgspec.structs.replace(act, sigs=other.sigs)


FORGED: dict[str, Change] = {"by another": signed_by_another, "over another choice": signed_otherwise}


@pytest.mark.parametrize("how", FORGED)
def test_a_disclosed_act_with_a_forged_signature_is_tampering(how: str) -> None:
    """Exit 2 naming the disclosure and the sealed entry; without the disclosure, and with a true one, exit 0."""
    world = voting()
    true = forced_sealed(world, ballot(world))
    forged = forced_sealed(world, FORGED[how](ballot(world)))
    world.tick()
    files = files_of(world)
    assert run(files, world=world)[0].code == 0
    report, _ = run(files, world=world, disclosures=(("mine", true),))
    assert (report.code, report.disclosed) == (0, 1)
    report, _ = run(files, world=world, disclosures=(("mine", true), ("theirs", forged)))
    assert report.code == 2
    assert report.failure is not None
    place = f"sealed #{index_of(world.stage.office, forged)}"
    assert (report.failure.code, report.failure.place) == ("tampered/signature", place)
    assert f"theirs {place}" in report.failure.en and f"theirs {place}" in report.failure.zh


def test_a_disclosed_act_without_a_signature_is_no_lawful_act() -> None:
    """Exit 3, malformed, naming the sealed entry: nobody did it."""
    world = voting()
    unsigned = forced_sealed(world, msgspec.structs.replace(ballot(world), sigs=()))
    world.tick()
    report, _ = run(files_of(world), world=world, disclosures=(("theirs", unsigned),))
    assert report.code == 3
    assert report.failure is not None
    assert (report.failure.code, report.failure.place, report.failure.type) == (
        "out-of-turn/malformed",
        f"sealed #{index_of(world.stage.office, unsigned)}",
        "vote.ballot/1",
    )


def closed_by_force(world: Alliance) -> tuple[int, Any, int]:
    """(exit code, failure, index of the close) of a book whose office closed the vote without asking the law."""
    body, files = statement(world.stage.office, "vote.close/1", "p:1")
    index = forced(world, system_act(world.stage.office, "vote.close/1", body, files))
    report, state = run(published_by_force(world), world=world)
    assert state is None
    return report.code, report.failure, index


@pytest.mark.parametrize("how", FORGED)
def test_a_vote_is_not_closed_over_a_forged_ballot(how: str) -> None:
    """The office refuses to record the close; closed by force, verify names it: exit 2."""
    world = voting()
    forced_sealed(world, FORGED[how](ballot(world)))
    world.after_window().anchor()
    before = world.sizes(), world.inst
    with pytest.raises(BadSignature):
        close_vote(world.stage.office, "p:1")
    assert (world.sizes(), world.inst) == before
    code, failure, index = closed_by_force(world)
    assert (code, failure.index) == (2, index)


def seen_elsewhere(world: Alliance) -> dict[str, Any]:
    """A true view of a twin that went another way: as large as this book, with another root."""
    twin = Alliance(members=4, initiators=2).in_force().on("2026-05-07").vote_open()
    view = twin.stage.office.view()
    assert 0 < view.size <= world.inst.size
    return {"root": view.root, "size": view.size}


FOREIGN: dict[str, tuple[str, Callable[[Alliance], dict[str, Any]]]] = {
    "another covenant": ("wrong-covenant", lambda world: {"cov": "gongyue.example/other"}),
    "another meaning": ("meaning-changed", lambda world: {"rev": "sha256:" + "77" * 32}),
    "another history": ("view", lambda world: {"view": seen_elsewhere(world)}),
    "an invented root": ("view", lambda world: {"view": {"root": "sha256:" + "77" * 32, "size": 5}}),
    "a history to come": ("view", lambda world: {"view": {"root": "sha256:" + "77" * 32, "size": 10_000}}),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_a_vote_is_not_closed_over_a_ballot_from_elsewhere(what: str) -> None:
    """Truly signed, yet for something else: the office refuses the close; closed by force, verify says so: exit 3."""
    reason, fields = FOREIGN[what]
    world = voting()
    opening = forced_sealed(world, with_fields(ballot(world), **fields(world)))
    world.after_window().anchor()
    place = index_of(world.stage.office, opening)
    with world.out_of_turn(reason, sealed=place):
        close_vote(world.stage.office, "p:1")
    report, _ = run(files_of(world), world=world, disclosures=(("mine", opening),))
    assert (report.code, report.failure and report.failure.code) == (3, f"out-of-turn/{reason}")
    code, failure, index = closed_by_force(world)
    assert (code, failure.code, failure.index) == (3, f"out-of-turn/{reason}", index)
    assert failure.figures["sealed"] == place


@pytest.mark.parametrize("what", FOREIGN)
def test_a_ballot_from_elsewhere_is_not_taken_in(what: str) -> None:
    """The same when it arrives."""
    reason, fields = FOREIGN[what]
    world = voting()
    with world.out_of_turn(reason):
        world.stage.office.handle(with_fields(ballot(world), **fields(world)))


def test_a_public_vote_is_not_closed_without_its_ballots() -> None:
    """Whatever count is stated: the office refuses the close; closed by force, verify does: exit 3."""
    world = voting()
    world.after_window().anchor()
    body, _ = statement(world.stage.office, "vote.close/1", "p:1")
    act = system_act(world.stage.office, "vote.close/1", body | {"ballots": ""})
    with world.out_of_turn("wrong-statement"):
        world.stage.office.handle(act)
    index = forced(world, act)
    report, _ = run(published_by_force(world), world=world)
    assert (report.code, report.failure and report.failure.index) == (3, index)
    assert report.failure is not None and report.failure.code == "out-of-turn/wrong-statement"


def test_ballots_that_are_not_published_are_missing() -> None:
    """The close names them, and nothing of that digest is there: exit 2."""
    world = voting()
    world.after_window().anchor()
    close_vote(world.stage.office, "p:1")
    files = files_of(world)
    (index,) = [v.closed_index for v in world.inst.votes.values()]
    digest = json.loads(world.stage.office.store.leaf("open", index))["act"]["body"]["ballots"]
    del files[f"objects/sha256/{digest.removeprefix('sha256:')}"]
    report, _ = run(files, world=world)
    assert (report.code, report.failure and report.failure.index) == (2, index)
    assert report.failure is not None and report.failure.type == "vote.close/1" and "missing" in report.failure.en


def test_an_open_act_names_a_sealed_one_that_the_book_holds_from_its_very_first_leaf() -> None:
    """Not before its anchor; of what the book holds none, written by force, it is unlawful: exit 3, not-found."""
    world = Alliance(members=3, initiators=3, slot_seconds=31 * DAY).in_force()
    assert world.sizes()[1] == 0
    questions = [{"article": 8, "question": commitment_to(str(n))} for n in range(15)]
    asked = [world.unit("interpretation.ask/1", FIRST, question) for question in questions]
    body = {"number": 1, "kind": "prose", "article": 8, "text": REASONS, "sets": None, "effective": "2027-01-01"}
    answers = body | {"answers": world.commitment(asked[0])}
    with world.out_of_turn("not-anchored"):
        world.executive("interpretation.issue/1", answers, (SECRETARY, PANEL[0]), REASONS_BYTES)
    world.stage.now += 31 * DAY
    world.tick()
    assert world.inst.anchors[0].size == 16
    (first,) = (
        one for one in asked if index_of(world.stage.office, one) == 0
    )  # the one leaf of padding is not the least
    answers = body | {"answers": world.commitment(first)}
    world.executive("interpretation.issue/1", answers, (SECRETARY, PANEL[0]), REASONS_BYTES)
    assert run(files_of(world), world=world)[0].code == 0
    answers = body | {"number": 2, "answers": NOBODY}
    act = world.stage.signed("interpretation.issue/1", "exec", answers, (SECRETARY, PANEL[0]), [REASONS_BYTES])
    index = forced(world, act)
    report, _ = run(published_by_force(world), world=world)
    assert report.code == 3 and report.failure is not None
    assert (report.failure.index, report.failure.code) == (index, "out-of-turn/not-found")


def test_no_act_names_itself() -> None:
    """A correction of its own entry, written by force: what it names was not there when it came."""
    world = Alliance(members=3, initiators=3).in_force()
    index = world.inst.size
    body = {"entry": index, "fields": {"places": []}, "reasons": REASONS}
    act = world.stage.signed("correction.correct/1", "exec", body, (PUBLISHER, SECRETARY), [REASONS_BYTES])
    forced(world, act)
    report, _ = run(published_by_force(world), world=world)
    assert report.code == 3 and report.failure is not None
    assert (report.failure.index, report.failure.code) == (index, "out-of-turn/not-found")
