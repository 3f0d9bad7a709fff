"""Measure dossiers at the desk. Advisory; every figure beside a bare fold and a bare append of the same run.

python -m benchmarks.dossiers                       # 10,000 members, 100,000 acts under seal in 10,000 dossiers, on SQLite
python -m benchmarks.dossiers --share 0.1           # a tenth of it
python -m benchmarks.dossiers --store postgresql://…   # an empty database
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.world import EVIDENCE, SECRETARY, in_force, key_of, seed, unit
from gongyue.book.drafting import draft_act
from gongyue.book.entry import SignedAct, decode
from gongyue.book.receipts import Receipt
from gongyue.book.signing import job, sign, verify
from gongyue.demo.simulated_office import SimulatedOffice
from gongyue.governance.acts import On, act_type_of
from gongyue.office.docket import Docket, due_by_office
from gongyue.office.due_list import due
from gongyue.office.facts.docket import OfficersDocket
from gongyue.office.facts.dossiers import of_unit
from gongyue.office.office import Office
from gongyue.office.owed_acts import pending
from gongyue.office.publishing import publish
from gongyue.office.routine_acts import tick
from gongyue.office.store import OPEN as OPEN_BOOK
from gongyue.office.store import Store, open_store
from gongyue.transparency import canonical
from gongyue.verifying.locations import open_place
from gongyue.verifying.verify import Request
from gongyue.verifying.verify import verify as verify_book

MEMBERS, DOSSIERS, NOTES, LONG, OPEN = 10_000, 10_000, 8, 5_000, 10
"""A dossier has what opens it, the assignment of its caseworker and so many notes; one has `LONG` entries, one in `OPEN` is open."""
ROUNDS = 15
GROUP = 250
REPORT = {
    "kind": "elsewhere",
    "begins": "2026-04-01",
    "ends": "2026-04-02",
    "facts": EVIDENCE,
    "articles": [],
    "evidence": [],
}
OPENING: tuple[tuple[str, dict[str, Any]], ...] = (
    ("petition.submit/1", {"kind": "demand", "text": EVIDENCE}),
    ("interpretation.ask/1", {"article": 8, "question": EVIDENCE}),
    ("report.file/1", REPORT),
)
NOTE = "dossier.note/1"


class Took(NamedTuple):
    """Seconds by the wall, and of this process's processor time, which other work on the machine does not lengthen."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall:,.2f} s" if self.wall >= 10 else f"{self.wall * 1e3:,.1f} ms"


def show(what: str, took: Took, beside: str = "") -> None:
    """One line of the report: by the wall, then the processor's time, and beside what it is to be read."""
    cpu = f"{took.cpu:,.2f} s" if took.cpu >= 10 else f"{took.cpu * 1e3:,.1f} ms"
    print(f"{what:<72} {took!s:>11} {cpu:>11} CPU  {beside}".rstrip(), flush=True)


def timed(action: Callable[[], object]) -> Took:
    """How long something took."""
    gc.collect()
    begun, cpu = time.perf_counter(), time.process_time()
    action()
    return Took(time.perf_counter() - begun, time.process_time() - cpu)


def median(actions: Iterable[Callable[[], object]]) -> Took:
    """The median of several, by the wall."""
    took = sorted(timed(action) for action in actions)
    return took[len(took) // 2]


class Desk:
    """An office with members, and dossiers of theirs; what is signed in a dossier, on its first entry."""

    def __init__(self, store: Store, folder: Path, members: int) -> None:
        self.stage = SimulatedOffice(store, folder / "guard.json")
        in_force(self.stage, members)
        self.stage.at("2026-05-06 09:00")
        self.office, self.members = self.stage.office, members
        self.first: dict[str, tuple[str, On]] = {}
        """By dossier its party, and its first entry as what is signed there stands on it."""

    def signed(self, type: str, actor: str, body: dict[str, Any], signer: str, on: On | None = None) -> SignedAct:
        """An act, signed by one key."""
        kind, office = act_type_of(type), self.office
        seq = office.next_seq(kind, actor, key_of(signer), body) if kind.numbered else None
        drawn = {"at": self.stage.now, "nonce": office.entropy(32), "seq": seq, "on": on}
        act = draft_act(office.inst, office.rev, office.view(), type, actor, body, **drawn)
        return sign(act, seed(signer))

    def note(self, dossier: str, withdrawn: bool = False) -> SignedAct:
        """A note of the party."""
        party, on = self.first[dossier]
        return self.signed(NOTE, party, {"withdrawn": True} if withdrawn else {"complete": True}, party, on)

    def _recorded(self, acts: Iterator[SignedAct]) -> Iterator[Receipt]:
        """Record them in groups, a day's anchor after every twentieth."""
        group: list[SignedAct] = []
        for number, act in enumerate(acts, 1):
            group.append(act)
            if number % GROUP == 0:
                yield from self._commit(group)
                group = []
            if number % (20 * GROUP) == 0:
                self.stage.now += 86_400
                tick(self.office)
        yield from self._commit(group)

    def _commit(self, group: list[SignedAct]) -> Iterator[Receipt]:
        for result in self.office.handle_all(group):
            if isinstance(result, Exception):
                raise result
            yield result

    def fill(self, dossiers: int, long: int) -> None:
        """Every kind in turn, by every member in turn; the secretary takes what it may, and every party adds its notes."""
        kinds = [OPENING[n % len(OPENING)] for n in range(dossiers)]
        openers = (self.signed(t, u := unit(n % self.members + 1), b, u) for n, (t, b) in enumerate(kinds))
        for receipt in self._recorded(openers):
            known = self.office.store.find("sealed", receipt.act)
            kept = self.office.store.sealed_numbered(known or 0)
            assert kept is not None
            entry = decode(kept.entry).entry
            id = str(entry.rx.dossier)
            self.first[id] = entry.act.actor, On(canonical.digest(kept.entry), id, 1)
        ids = list(self.first)
        taken = {"role": "caseworker", "officers": [{"officer": SECRETARY, "interests": []}]}
        rows = (
            self.signed("dossier.assign/1", "exec", taken, SECRETARY, self.first[id][1])
            for n, id in enumerate(ids)
            if n % len(OPENING) < 2
        )
        for _ in self._recorded(rows):
            pass
        for _ in self._recorded(self.note(id) for _ in range(NOTES - 1) for id in ids):
            pass
        for _ in self._recorded(self.note(id, withdrawn=bool(n % OPEN)) for n, id in enumerate(ids)):
            pass
        for _ in self._recorded(self.note(ids[0]) for _ in range(long - NOTES - 2)):
            pass
        self.stage.now += 86_400
        tick(self.office)


def again(desk: Desk) -> Office:
    """Another process's office on the same store."""
    held = desk.office
    return Office(held.store, held.keys, held.guard, lambda: desk.stage.now, held.entropy)


def measure(store: Store, folder: Path, share: float) -> None:
    """Found it, and say how long each took."""
    members, dossiers, long = (max(10, round(n * share)) for n in (MEMBERS, DOSSIERS, LONG))
    desk = Desk(store, folder, members)
    begun = timed(lambda: desk.fill(dossiers, long))
    office, inst = desk.office, desk.office.inst
    sealed = office.store.arrivals()
    show(f"{members:,} members, {dossiers:,} dossiers, {sealed:,} acts under seal: made in", begun)
    append = _bare_append(desk)
    show("an open act through office.handle, by itself (the bare append)", append)
    entries = [kept.entry for kept in office.store.sealed_entries()]
    read = timed(lambda: [decode(data) for data in entries])
    show(f"{sealed:,} entries decoded (the bare fold)", read)
    whole = timed(lambda: Docket().catch_up(inst, office.store))
    show("every dossier folded", whole, f"{whole.wall / read.wall:.1f} × the bare fold")
    _filing(desk, append)
    _reading(desk, read)
    _public(desk, folder)


def _bare_append(desk: Desk) -> Took:
    rows = [
        ({"activities": ["analysis"], "other": ""}, {"activities": ["research"], "other": ""})[n % 2]
        for n in range(ROUNDS)
    ]
    acts = [
        desk.signed("membership.declare/1", (u := unit(n % desk.members + 1)), body, u)
        for n, body in enumerate(rows, 1)
    ]
    return median(partial(desk.office.handle, act) for act in acts)


def _filing(desk: Desk, append: Took) -> None:
    """A note, by itself, in a dossier like the others and in the long one; first by a process that has just started."""
    ids = list(desk.first)
    for what, id in ((f"{NOTES + 2} entries", ids[OPEN]), (f"{len(list(_course(desk, ids[0]))):,} entries", ids[0])):
        fresh, act = again(desk), desk.note(id)
        cold = timed(partial(fresh.handle, act))
        taken = median(partial(desk.office.handle, act) for act in [desk.note(id) for _ in range(ROUNDS)])
        show(f"a note filed in a dossier of {what}", taken, f"{taken.wall / append.wall:.1f} × the bare append")
        show("  by a process that has just started", cold, f"{cold.wall / append.wall:.1f} × the bare append")


def _course(desk: Desk, id: str) -> Iterator[object]:
    from gongyue.office.store.words import in_dossier

    return desk.office.store.sealed_with([in_dossier(id)])


def _reading(desk: Desk, read: Took) -> None:
    """The due list with everything under seal, and parties' rooms."""
    office, inst = desk.office, desk.office.inst
    day = inst.today
    first = timed(lambda: due(inst, pending(office.store), day))
    show("the due list, everything under seal in it", first, f"{first.wall / read.wall:.2f} × the bare fold")
    show("  at the desk of a process that has just started, every dossier folded", timed(lambda: _first_page(desk)))
    for what, number in (("like the others", 2), ("with the long dossier", 1)):
        show(f"the room of a party {what}", median([partial(of_unit, inst, office.store, unit(number), day)] * 5))


def _first_page(desk: Desk) -> None:
    """What the secretary's first page needs: all that is due, and how every dossier stands."""
    store, inst = desk.office.store, desk.office.inst
    known = Docket().catch_up(inst, store)
    due_by_office(inst, known, pending(store), inst.today)
    OfficersDocket(inst, known, SECRETARY, inst.today)


def _public(desk: Desk, folder: Path) -> None:
    """The public book verified, beyond its bare signature checks, on one core."""
    publish(desk.office, folder / "public")
    head = desk.office.store.head(OPEN_BOOK)
    assert head is not None
    leaves = [decode(data) for data in desk.office.store.leaves(OPEN_BOOK, 0, head.size)]
    bare = timed(lambda: all(verify(job(sig, leaf.signed)) for leaf in leaves for sig in leaf.entry.sigs))
    key = desk.office.keys.open.verifier.vkey
    found = []
    taken = timed(lambda: found.append(verify_book(open_place(str(folder / "public")), Request(key))[0]))
    assert found[0].code == 0, found[0].failure
    show("the signatures of the public book alone, on one core", bare)
    show(
        f"verify of the public book, {len(leaves):,} acts",
        taken,
        f"{taken.cpu - bare.cpu:,.1f} s CPU beyond its signatures",
    )


def main() -> None:
    """Choose the size and the store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--share", type=float, default=1.0, help="of the full size")
    parser.add_argument("--store", help="postgresql://… of an empty database")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=".") as folder:
        store = open_store(given.store or str(Path(folder) / "book.db"), create=True)
        try:
            measure(store, Path(folder), given.share)
        finally:
            store.close()


if __name__ == "__main__":
    main()
