"""Returns from a false time: what they were, and when what was done in it counts as having arrived."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gongyue.covenant.parties import AUTHORITY, is_unit

if TYPE_CHECKING:
    from gongyue.governance.acts import Entry
    from gongyue.governance.institution import Institution


class Recovery(msgspec.Struct, frozen=True):
    """A return from a false time: the entry it stands at, and who signed.

    `first`: the first wrong entry; `back`: the time of the entry before it; `left`: the last false time; `time`: its own;
    `sealed`, `root`: the sealed book's size and root then; `anchored`: up to where it had been anchored, in the false time too;
    `void`, `moved`: how many entries are void, how many arrived at another time.
    """

    index: int
    first: int
    back: int
    left: int
    time: int
    sealed: int
    root: str
    anchored: int
    signers: tuple[str, ...]
    void: int
    moved: int

    def counts_at(self, at: int) -> int:
        """When a unit's act of the false time arrived: when it says it was done, if that can be, else at the recovery."""
        return at if self.back <= at <= self.time else self.time


def was_false(inst: Institution, index: int) -> bool:
    """Whether the time at which the open entry at `index` was recorded is one that two officers returned from."""
    return any(r.first <= index < r.index for r in inst.recoveries)


def never_was(inst: Institution, index: int) -> bool:
    """Whether the open entry at `index` is void by a recovery: what it spoke of may not be there."""
    return index in inst.corrections and was_false(inst, index)


def anchored(inst: Institution) -> int:
    """Up to where the sealed book has been anchored, by anchors of a false time too: they are in the open book for ever."""
    last = inst.anchors[-1].size if inst.anchors else 0
    return max([last, *(r.anchored for r in inst.recoveries[-1:])])


def least_sealed(inst: Institution) -> int:
    """The least size the sealed book can have now: what was anchored or stated at a recovery is in it for ever."""
    return max([anchored(inst), *(r.sealed for r in inst.recoveries[-1:])])


def own_act(entry: Entry) -> bool:
    """Whether a unit, or the authority, did it itself: no officer, and no false clock, had a hand in it."""
    return (is_unit(entry.act.actor) or entry.act.actor == AUTHORITY) and entry.act.paper is None


def of_false_time(inst: Institution, index: int, entry: Entry) -> Recovery | None:
    """The recovery from the false time in which a sealed entry was taken; None for any other."""
    return next((r for r in inst.recoveries if index < r.sealed and entry.rx.t > r.time), None)


def open_arrival(inst: Institution, index: int, time: int) -> int:
    """When the open entry at `index` counts as having arrived, `time` being what was recorded."""
    return inst.arrivals.get(index, time)


def arrival(inst: Institution, index: int, entry: Entry) -> int:
    """When the sealed entry at `index` counts as having arrived."""
    recovery = of_false_time(inst, index, entry)
    return entry.rx.t if recovery is None else recovery.counts_at(entry.act.at)


def is_void(inst: Institution, index: int, entry: Entry) -> bool:
    """Whether the sealed entry at `index` is void: an officer's, of a false time."""
    return not own_act(entry) and of_false_time(inst, index, entry) is not None


def seen(inst: Institution, index: int, time: int) -> int:
    """When whoever saw the open entry at `index` can have done so at the earliest, `time` being its arrival as recorded."""
    return next((r.back for r in inst.recoveries if r.first <= index < r.index), time)


def runs_until(inst: Institution, index: int, end: int) -> int:
    """The end of what protects a member since the entry at `index`: what a false time cut off runs again after it."""
    for recovery in inst.recoveries:
        if index < recovery.first and recovery.back < end <= recovery.time:
            end = recovery.time + end - recovery.back
    return end
