"""The one door for writing: all or nothing, the same twice, never a second history."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from benchmarks.world import ANNEX, found, unit

from gongyue.book.entry import Leaf
from gongyue.book.receipts import is_promise, parse_inclusion_promise
from gongyue.book.replay import Replay
from gongyue.book.signing import sign
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.demo.simulated_office import SimulatedOffice, seed_of
from gongyue.governance.acts import View
from gongyue.office.fork_guard import Forked, ForkGuard
from gongyue.office.office import BadSignature, Office
from gongyue.office.publishing import publish
from gongyue.office.routine_acts import tick
from gongyue.office.store import OPEN, SEALED, Head, open_store
from gongyue.office.store.sql import SqlWriting
from gongyue.sealing.commitment import sealed_leaf
from gongyue.transparency import canonical, proofs

QUESTION = {"article": 8, "question": "sha256:" + "0" * 64}
DECLARED = {"activities": ["analysis"], "other": ""}


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[SimulatedOffice]:
    """A covenant in force with twelve members, in files."""
    made = SimulatedOffice(open_store(str(tmp_path / "book.db"), create=True), tmp_path / "guard.json")
    found(made, 12)
    yield made
    made.office.guard.close()
    made.office.store.close()


def reopened(stage: SimulatedOffice, folder: Path) -> Office:
    """A second office over the files of a folder."""
    store = open_store(str(folder / "book.db"))
    return Office(store, stage.office.keys, ForkGuard(folder / "guard.json"), lambda: stage.now, stage.office.entropy)


def test_the_same_act_twice_gives_the_same_place_and_one_entry(stage: SimulatedOffice) -> None:
    """Expected: equal index and act digest, the book grows by one."""
    act = stage.signed("membership.declare/1", unit(1), DECLARED, [unit(1)])
    first = stage.office.handle(act)
    size = stage.inst.size
    again = stage.office.handle(act)
    assert (again.index, again.act) == (first.index, first.act)
    assert stage.inst.size == size


def test_a_receipt_proves_the_act_under_the_signed_head(stage: SimulatedOffice) -> None:
    """Expected: the proof verifies for the leaf and for no other."""
    receipt = stage.unit("membership.declare/1", unit(1), DECLARED)
    leaf = stage.office.store.leaf(OPEN, receipt.index)
    assert leaf is not None
    key = stage.office.keys.open.verifier
    assert proofs.verify(receipt.proof, leaf, key).size == receipt.index + 1
    with pytest.raises(proofs.BadProof):
        proofs.verify(receipt.proof, leaf + b" ", key)


def test_a_refused_act_leaves_nothing(stage: SimulatedOffice) -> None:
    """Expected: GY-02-01, size, sequence and object unchanged."""
    size, seqs = stage.inst.size, stage.inst.seqs
    with pytest.raises(Refused, match="GY-02-01"):
        stage.unit("membership.declare/1", unit(1), {"activities": [], "other": ""}, [b"never kept"])
    assert (stage.inst.size, stage.inst.seqs) == (size, seqs)
    assert stage.office.store.head(OPEN).size == size  # type: ignore[union-attr]


def test_a_group_accepts_the_lawful_and_names_the_others(stage: SimulatedOffice) -> None:
    """Expected: first and third recorded under consecutive indices, the second refused with its code."""
    acts = [
        stage.signed("membership.declare/1", unit(1), DECLARED, [unit(1)]),
        stage.signed("membership.declare/1", unit(2), {"activities": [], "other": ""}, [unit(2)]),
        stage.signed("membership.declare/1", unit(3), DECLARED, [unit(3)]),
    ]
    size = stage.inst.size
    first, second, third = stage.office.handle_all(acts)
    assert isinstance(second, Refused)
    assert [first.index, third.index] == [size, size + 1]  # type: ignore[union-attr]
    assert stage.inst.size == size + 2


def test_whatever_an_act_makes_us_raise_stays_with_that_act(
    stage: SimulatedOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Expected: a fault of ours while one act is judged is that act's alone; its neighbours are recorded, nothing of it is kept."""
    acts = [stage.signed("membership.declare/1", unit(n), DECLARED, [unit(n)]) for n in (1, 2, 3)]
    add = Replay.add

    def failing(self: Replay, leaf: Leaf) -> object:
        rulings = add(self, leaf)
        if leaf.entry.act.actor == unit(2):
            raise RecursionError("a fault of ours, after the institution went on")
        return rulings

    size = stage.inst.size
    with monkeypatch.context() as patch:
        patch.setattr(Replay, "add", failing)
        first, faulty, last = stage.office.handle_all(acts)
    assert isinstance(faulty, RecursionError)
    assert [first.index, last.index] == [size, size + 1]  # type: ignore[union-attr]
    assert stage.office.handle(acts[1]).index == size + 2


def test_the_same_act_twice_in_a_group_is_one_entry(stage: SimulatedOffice) -> None:
    """Expected: the same receipt for both, of an open act and of a sealed one; each book grows by one."""
    declared = stage.signed("membership.declare/1", unit(1), DECLARED, [unit(1)])
    asked = stage.signed("interpretation.ask/1", unit(2), QUESTION, [unit(2)])
    before = stage.office.store.head(OPEN), stage.office.store.arrivals()
    one, two, again, same = stage.office.handle_all([declared, asked, declared, asked])
    assert (one, two) == (again, same)
    head, arrived = before
    after = stage.office.store.head(OPEN)
    assert head is not None and after is not None and after.size == head.size + 1
    assert stage.office.store.arrivals() == arrived + 1


def test_a_sealed_act_handed_in_again_is_opened_for_whoever_signed_it_alone(stage: SimulatedOffice) -> None:
    """Expected: the receipt to everybody; what opens it, salt and signature in it, to none but a key that signed what was recorded."""
    asked = stage.signed("interpretation.ask/1", unit(2), QUESTION, [unit(2)])
    known = stage.office.handle(asked)
    assert known.opening and stage.office.handle(asked) == known
    signature = asked.sigs[0]
    others = sign(msgspec.structs.replace(asked, sigs=()), seed_of(unit(3))).sigs
    forged = msgspec.structs.replace(signature, sig=("B" if signature.sig[0] == "A" else "A") + signature.sig[1:])
    for sigs in ((), others, (forged,), (msgspec.structs.replace(signature, key=others[0].key),)):
        again = msgspec.structs.replace(asked, sigs=sigs)
        for receipt in (stage.office.handle(again), *stage.office.handle_all([again, again])):
            assert receipt == replace(known, opening=b"", head=b"")


def test_an_act_may_name_an_entry_of_its_own_group(stage: SimulatedOffice) -> None:
    """Expected: an entry recorded just before in the same commit is found, and judged."""
    declared = stage.signed("membership.declare/1", unit(1), DECLARED, [unit(1)])
    index = stage.inst.size
    disavowed = stage.signed("key.disavow/1", unit(2), {"entry": index}, [unit(2)])
    recorded, refused = stage.office.handle_all([declared, disavowed])
    assert getattr(recorded, "index", None) == index
    assert isinstance(refused, OutOfTurn) and refused.refusal["code"] == "out-of-turn/not-voidable"


def test_nobody_sees_a_group_under_way_or_waits_for_it(stage: SimulatedOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: while a group is written another thread reads at once, and reads what was committed before it."""
    size, seen = stage.inst.size, []
    written = SqlWriting.set_head

    def meanwhile(tx: SqlWriting, book: str, head: Head) -> None:
        reader = threading.Thread(target=lambda: seen.append((stage.office.inst.size, stage.office.catch_up().size)))
        reader.start()
        reader.join(10)
        written(tx, book, head)

    monkeypatch.setattr(SqlWriting, "set_head", meanwhile)
    stage.unit("membership.declare/1", unit(1), DECLARED)
    assert seen == [(size, size)] and stage.office.catch_up().size == size + 1


def test_a_signature_by_another_key_is_refused(stage: SimulatedOffice) -> None:
    """Expected: the signature is the second unit's over the first unit's key name: it does not verify."""
    act = stage.signed("membership.declare/1", unit(1), DECLARED, [unit(1)])
    forged = sign(msgspec.structs.replace(act, sigs=()), seed_of(unit(2)))
    wrong = msgspec.structs.replace(forged.sigs[0], key=act.sigs[0].key)
    with pytest.raises(BadSignature):
        stage.office.handle(msgspec.structs.replace(act, sigs=(wrong,)))


def test_a_dry_run_says_which_rules_hold_and_writes_nothing(stage: SimulatedOffice) -> None:
    """Expected: rulings named, size unchanged; an unlawful act raises as it would."""
    size = stage.office.store.head(OPEN)
    rulings = stage.office.dry_run(stage.signed("membership.declare/1", unit(1), DECLARED, [unit(1)]))
    assert any(r.rule.code == "GY-02-01" and r.holds for r in rulings)
    with pytest.raises(Refused, match="GY-02-01"):
        stage.office.dry_run(stage.signed("membership.declare/1", unit(1), {"activities": [], "other": ""}, [unit(1)]))
    assert stage.office.store.head(OPEN) == size


def test_a_dry_run_by_a_clock_that_was_set_back_answers_as_the_office_would(stage: SimulatedOffice) -> None:
    """Expected: five minutes behind the last entry, an act is taken as of that entry's time; a second more, refused."""
    stage.leap(stage.inst.now - 301)
    act = stage.signed("membership.declare/1", unit(1), DECLARED, [unit(1)], at=stage.inst.now)
    for attempt in (stage.office.dry_run, stage.office.handle):
        with pytest.raises(OutOfTurn, match="clock-behind"):
            attempt(act)
    stage.leap(stage.inst.now - 300)
    act = stage.signed("membership.declare/1", unit(1), DECLARED, [unit(1)], at=stage.inst.now)
    assert all(ruling.holds for ruling in stage.office.dry_run(act))
    assert stage.entry(stage.office.handle(act).index).rx.t == stage.inst.now


def test_a_sealed_act_gets_a_promise_and_its_opening(stage: SimulatedOffice) -> None:
    """Expected: no place before the anchor; the promise names the commitment that then stands in the leaf, and the next slot."""
    receipt = stage.unit("interpretation.ask/1", unit(1), QUESTION)
    assert receipt.book == SEALED and is_promise(receipt.proof) and receipt.opening
    promise = parse_inclusion_promise(receipt.proof, stage.office.keys.sealed.verifier)
    assert (receipt.index, promise.commitment) == (None, receipt.commitment)
    assert promise.slot == stage.now // 86_400 + 1
    store = stage.office.store
    assert [one.commitment for one in store.pending()][-1] == receipt.commitment
    stage.now += 86_400
    tick(stage.office)
    (placed,) = (one for one in store.sealed_entries() if one.commitment == receipt.commitment)
    assert placed.index is not None and store.leaf(SEALED, placed.index) == sealed_leaf(receipt.commitment)
    assert store.pending() == []
    digest = store.find(SEALED, receipt.act) and stage.office.receipt(SEALED, receipt.act)
    assert digest == receipt


def test_another_office_over_the_same_store_catches_up(stage: SimulatedOffice, tmp_path: Path) -> None:
    """Expected: what one records the other knows before it answers."""
    second = reopened(stage, tmp_path)
    stage.unit("annex.sign/1", unit(4), {"annex": ANNEX})
    assert second.catch_up().annexes == stage.inst.annexes
    second.store.close()


def test_a_snapshot_restores_the_same_institution(stage: SimulatedOffice, tmp_path: Path) -> None:
    """Expected: an office started from a snapshot, with acts after it, equals one that folded everything."""
    stage.office.save()
    stage.unit("annex.sign/1", unit(4), {"annex": ANNEX})
    second = reopened(stage, tmp_path)
    assert second.inst == stage.inst
    assert second.rev == stage.office.rev
    second.store.close()


def test_a_snapshot_of_another_release_is_not_read(stage: SimulatedOffice, tmp_path: Path) -> None:
    """Expected: whatever it holds, the office folds its books anew and is the same."""
    with stage.office.store.writing() as tx:
        tx.put_snapshot(3, b"gongyue 0.0.1\n" + b"what that release wrote")
    second = reopened(stage, tmp_path)
    assert (second.inst, second.rev) == (stage.inst, stage.office.rev)
    second.store.close()


def test_an_office_started_from_a_snapshot_compares_the_first_view_too(stage: SimulatedOffice, tmp_path: Path) -> None:
    """Expected: "nothing seen" under no root is refused in either book, by a fresh office as by a warm one."""
    stage.office.save()
    for type, body in (("membership.declare/1", DECLARED), ("interpretation.ask/1", QUESTION)):
        act = stage.signed(type, unit(1), body, [unit(1)], view=View("", 0))
        for office in (stage.office, reopened(stage, tmp_path)):
            with pytest.raises(OutOfTurn, match="out-of-turn/view"):
                office.handle(act)


def test_an_office_does_not_start_on_a_store_behind_its_guard(stage: SimulatedOffice, tmp_path: Path) -> None:
    """Expected: Forked from the start itself, before anything is answered; with the guard as it was it starts."""
    head = stage.office.store.head(OPEN)
    assert head is not None
    shown = (tmp_path / "guard.json").read_bytes()
    ahead = ForkGuard(tmp_path / "guard.json")
    ahead.note(OPEN, Head(head.size + 1, b"\1" * 32, b"", b""))
    ahead.close()
    with pytest.raises(Forked, match=str(head.size + 1)):
        reopened(stage, tmp_path)
    (tmp_path / "guard.json").write_bytes(shown)
    reopened(stage, tmp_path).store.close()


def test_a_restored_backup_is_not_opened(stage: SimulatedOffice, tmp_path: Path) -> None:
    """Expected: the store has fewer entries than were shown; the start is refused and says so."""
    old = tmp_path / "old"
    old.mkdir()
    head = stage.office.store.head(OPEN)
    assert head is not None
    stage.office.store.close()
    shutil.copy(tmp_path / "book.db", old / "book.db")
    guard = ForkGuard(old / "guard.json")
    guard.shown = {OPEN: (head.size + 1, b"\1" * 32)}
    with pytest.raises(Forked, match=str(head.size)):
        guard.check(open_store(str(old / "book.db")))
    guard.close()


def test_another_history_of_the_same_length_is_not_opened(stage: SimulatedOffice) -> None:
    """Expected: equal size, other root: refused."""
    head = stage.office.store.head(OPEN)
    assert head is not None
    guard = ForkGuard(None)
    guard.shown = {OPEN: (head.size, b"\1" * 32)}
    with pytest.raises(Forked, match="guard"):
        guard.check(stage.office.store)


def test_an_office_whose_guard_could_not_write_goes_on(stage: SimulatedOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk below the guard: the act that was committed stays, its receipt can be had, the next act is recorded."""
    act = stage.signed("membership.declare/1", unit(1), DECLARED, [unit(1)])
    size = stage.inst.size

    def full(book: str, head: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched, pytest.raises(OSError, match="space"):
        patched.setattr(stage.office.guard, "note", full)
        stage.office.handle(act)
    assert stage.office.catch_up().size == size + 1
    assert stage.office.handle(act).index == size
    assert stage.unit("membership.declare/1", unit(2), DECLARED).index == size + 1


def test_nothing_is_published_over_another_history(stage: SimulatedOffice, tmp_path: Path) -> None:
    """Expected: the public directory shows one history; an office with another refuses to publish there."""
    public = tmp_path / "public"
    publish(stage.office, public)
    other = SimulatedOffice(open_store(":memory:", create=True))
    found(other, 11)
    with pytest.raises(Forked, match="checkpoint"):
        publish(other.office, public)
    other.office.store.close()


def test_publishing_says_how_far_it_is(stage: SimulatedOffice, tmp_path: Path) -> None:
    """Every object and leaf is counted once, in order, up to all there are; so again where nothing is new."""
    seen: list[tuple[int, int]] = []
    for _ in range(2):
        seen.clear()
        publish(stage.office, tmp_path / "public", lambda done, total: seen.append((done, total)))
        assert len({total for _, total in seen}) == 1
        assert [done for done, _ in seen] == sorted(done for done, _ in seen)
        assert seen[0][0] == 0 and seen[-1][0] == seen[-1][1]


def test_nothing_is_exported_before_publication() -> None:
    """Expected: out of turn until founding.publish."""
    stage = SimulatedOffice(open_store(":memory:", create=True))
    with pytest.raises(OutOfTurn, match="not-in-force"):
        publish(stage.office, Path("nowhere"))
    stage.office.store.close()


def test_an_object_that_is_named_must_be_handed_in(stage: SimulatedOffice) -> None:
    """Expected: an annex whose text nobody has is out of turn, and is recorded once the text comes along."""
    text = "sha256:" + "1" * 64
    body = {"annex": "a:other", "text": text, "scope": ["analysis"], "kind": "new", "target": None}
    with pytest.raises(OutOfTurn, match="missing-object"):
        stage.unit("annex.initiate/1", unit(2), body)


def test_only_what_a_public_act_names_becomes_public(stage: SimulatedOffice) -> None:
    """Expected: a text that came along unnamed, and one that a sealed act names, are kept and never published."""
    unnamed, asked = b"a scan by mistake", b"a question in confidence"
    stage.unit("membership.declare/1", unit(1), DECLARED, [unnamed])
    stage.unit("interpretation.ask/1", unit(2), QUESTION | {"question": canonical.digest(asked)}, [asked])
    text = canonical.encode({"v": "gongyue/annex@1", "title": "另一附件", "text": "演示。"})
    body = {"annex": "a:other", "text": canonical.digest(text), "scope": ["analysis"], "kind": "new", "target": None}
    stage.unit("annex.initiate/1", unit(2), body, [text])
    public = set(stage.office.store.public_objects())
    assert canonical.digest(text) in public
    for private in (unnamed, asked):
        assert canonical.digest(private) not in public
        assert stage.office.store.object(canonical.digest(private)) == private
