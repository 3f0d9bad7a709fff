"""Judging what is sealed: each act as the institution stood when it arrived, one of a false time as of the recovery."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from gongyue.book.dossiers import before
from gongyue.book.entry import Leaf, decode
from gongyue.book.signing import Job
from gongyue.book.sources import Sources, Undisclosed
from gongyue.covenant.periods import day_of, moment
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.governance.acts import Entry, VerifiedInputs, act_type_of
from gongyue.governance.clock import RECOVER, require_between
from gongyue.governance.dossier import Dossier
from gongyue.governance.institution import Institution
from gongyue.governance.recovery import of_false_time, own_act
from gongyue.governance.recovery_fold import again, arrived, passed_over, returned
from gongyue.governance.step import judge, step_sealed

if TYPE_CHECKING:
    from gongyue.book.replay import Replay


MOST_MARKS = 64
"""How many earlier institutions are kept: to find how it stood at any size, a thirty-second of the history is folded at most."""


class Past:
    """How the institution stood when sealed acts arrived, as far as a replay remembers or can fold it again."""

    def __init__(self, wanted: Iterable[int | None] = ()) -> None:
        """`wanted`: after how many acts the institution will be asked for again by sealed acts that arrived then."""
        self._wanted = Counter(wanted)
        self._stood: dict[int, Institution] = {}
        self._recovered: dict[int, Institution] = {}
        """The institution right after each recovery: by it what was done in the false time is judged."""
        self._last = Institution()
        """Right after the last recovery: where a fold that leads up to a false time begins."""
        self._behind: Replay | None = None
        """The same history folded once more, for sizes at which nobody was told to remember."""
        self._marks: dict[int, Institution] = {}
        """How it stood now and then, by how many acts there were, as `_behind` came by: where it begins another time."""
        self._apart = 16
        """How many acts lie between two of them."""
        self._judge: Replay | None = None

    def recovered(self, inst: Institution) -> None:
        """Remember how it stands right after a recovery, before anything sealed is void."""
        self._last = self._recovered[inst.size] = inst

    def stands(self, inst: Institution) -> None:
        """Remember how it stands after an act, if a sealed act will ask for it."""
        if inst.size in self._wanted:
            self._stood[inst.size] = inst

    def forget(self, size: int) -> None:
        """The replay goes on from `size` acts: what was folded again beyond them need not be what stands."""
        if self._behind is not None and self._behind.inst.size > size:
            self._behind = None
        self._marks = {at: inst for at, inst in self._marks.items() if at <= size}
        self._judge = None

    def dismiss(self) -> None:
        """Let go of the judge: what comes next seldom arrived when this did."""
        self._judge = None

    def judge(self, replay: Replay, size: int) -> Replay:
        """A judge of what arrived under seal when the open book had `size` entries."""
        if self._judge is None or self._judge.inst.size != size:
            self._judge = replay.beside(self._institution(replay, size))
        self._judge.knows_of(replay)
        return self._judge

    def before(self, replay: Replay, first: int) -> Replay:
        """What stands in the book folded up to the open entry at `first`, which no recovery stands after."""
        known = self._last.recoveries == replay.inst.recoveries  # else the step to it was taken back, or is not ours
        past = replay.recorded(self._last if known else None)
        for index in range(past.inst.size, first):
            past.add(replay.recorded_leaf(index))
        return past

    def _institution(self, replay: Replay, size: int) -> Institution:
        """The institution as it stood after `size` acts."""
        if size == replay.inst.size:
            return replay.inst
        if size in self._recovered:
            return self._recovered[size]
        self._wanted[size] -= 1
        if size in self._stood:
            return self._stood[size] if self._wanted[size] > 0 else self._stood.pop(size)
        near = max((at for at in self._marks if at <= size), default=0)
        if self._behind is None or not near <= self._behind.inst.size <= size:
            self._behind = replay.recorded(self._marks.get(near))
        self._behind.reads(replay)
        for index in range(self._behind.inst.size, size):
            self._behind.add(replay.recorded_leaf(index))
            self._mark(self._behind.inst)
        return self._behind.inst

    def _mark(self, inst: Institution) -> None:
        """Keep it if it stands at a distance from those kept: of a long history as many as of a short one."""
        if inst.size % self._apart == 0:
            self._marks[inst.size] = inst
        if len(self._marks) > MOST_MARKS:
            self._apart *= 2
            self._marks = {at: inst for at, inst in self._marks.items() if at % self._apart == 0}


def judge_sealed(replay: Replay, index: int, leaf: Leaf, dossier: Dossier) -> tuple[Dossier, list[Job]]:
    """Judge a sealed act exactly as an open one, as the institution stood when it arrived, and where it stands in one its dossier.

    Returns the dossier with it, and the signatures to check; of an act in none, the dossier it was given.

    Of a false time: as of the recovery from it, when it counts as having arrived. Whatever it breaks is named with
    its place in the sealed book. Raises Refused, OutOfTurn, Tampered, Undisclosed.
    """
    inst, entry = replay.inst, leaf.entry
    recovery = of_false_time(inst, index, entry)
    size = recovery.index + 1 if recovery else entry.rx.open
    try:
        if size is None or not (recovery or _from(inst, index) <= size <= _until(inst, index)):
            raise OutOfTurn("malformed", entry.act.type, why=f"rx.open {size}")
        then = replay.past.judge(replay, size)
        given, jobs = then.given(leaf)
        if recovery:
            moved = arrived(entry, recovery.counts_at(entry.act.at))
            again = replace(given, again=True, between=(recovery.back, recovery.time))
            dossier = _stepped(then.inst, dossier, moved, again)
        else:
            dossier = _stepped(then.inst, dossier, entry, given)
            _require_before(replay, size, entry)
    except (Refused, OutOfTurn) as error:
        error.refusal["figures"]["sealed"] = index
        raise
    return dossier, jobs


def _stepped(inst: Institution, dossier: Dossier, entry: Entry, given: VerifiedInputs) -> Dossier:
    """The dossier after a sealed act; of one that stands in none, the same."""
    if act_type_of(entry.act.type).in_dossier:
        return step_sealed(inst, dossier, entry, given)[0]
    judge(inst, entry, given)
    return dossier


def _from(inst: Institution, index: int) -> int:
    """How large the open book was at least when the sealed act at `index` arrived: the anchor, or recovery, before it was in it."""
    first = bisect_right(inst.anchors, index, key=lambda anchor: anchor.size)
    before = inst.anchors[first - 1].index if first else -1
    return 1 + max([before, *(r.index for r in inst.recoveries if r.sealed <= index)])


def _until(inst: Institution, index: int) -> int:
    """How large the open book can have been at most when the sealed act at `index` arrived: what placed it came after it."""
    first = bisect_right(inst.anchors, index, key=lambda anchor: anchor.size)
    anchor = inst.anchors[first].index if first < len(inst.anchors) else inst.size
    return min([anchor, *(r.index for r in inst.recoveries if index < r.sealed)])


def _require_before(replay: Replay, size: int, entry: Entry) -> None:
    """It arrived before the open act that came next, by that act's own time.

    Where that is a recovery, and it came after it by the clock, it is of the false time, or not of before it at all.
    """
    data = replay.sources.leaf(size)
    if data is not None and (following := decode(data).entry).rx.t < entry.rx.t:
        figures = {"found": moment(following.rx.t), "expected": moment(entry.rx.t)}
        raise OutOfTurn("time-backwards", entry.act.type, **figures, index=size)


def note_void(replay: Replay) -> None:
    """Take note of what cannot stand among the sealed acts of the false time, as far as they can be opened here."""
    for index, _, data in replay.sources.opened():
        noted_false(replay, index, decode(data))


def noted_false(replay: Replay, index: int, leaf: Leaf) -> bool:
    """Whether it is of a false time; what is no unit's lawful act as of the recovery is void, which is nobody's fault."""
    if of_false_time(replay.inst, index, leaf.entry) is None:
        return False
    if index not in replay.inst.void:
        try:
            judge_sealed(replay, index, leaf, before(replay.inst, replay.sources, leaf.entry))
        except (Refused, OutOfTurn):
            replay.inst = replace(replay.inst, void=replay.inst.void | {index})
        except Undisclosed:  # what it answers may be opened later: until then nobody here can tell
            pass
    return True


def folded_on(replay: Replay, body: dict[str, Any], time: int) -> tuple[Institution | None, Institution | None]:
    """For the body of a recovery at `time`: the institution before the false time, and what stands folded on it.

    None where there is no such entry since the last recovery: what that one left is not undone again.
    """
    first, sealed = body["first"], body["sealed"]
    since = replay.inst.recoveries[-1].index if replay.inst.recoveries else 0
    if not since < first < replay.inst.size:
        return None, None
    # Before anything is folded: whoever hands in such an act while no time is false costs the office nothing.
    require_between(first, time, replay.recorded_leaf(first - 1).entry.rx.t, replay.recorded_leaf(first).entry.rx.t)
    if replay.sources.opens_all and not _ends_at(replay.sources, sealed, body["root"]):
        raise OutOfTurn("wrong-statement", RECOVER, what=f"sealed {sealed}")
    past = replay.past.before(replay, first)
    before, index, day = past.inst, replay.inst.size, day_of(time)
    revs = replay.inst.revs.set(
        replay.rev, replay.inst.meaning
    )  # what units signed under in the false time stays known
    past.inst = replace(returned(before, time), revs=before.revs.update(revs), unnumbered=replay.inst.unnumbered)
    for leaf in map(replay.recorded_leaf, range(first, index)):
        past.inst = _again(past, leaf, before.now, time) or passed_over(past.inst, leaf.entry, index, day)
    return before, past.inst


def _ends_at(sources: Sources, size: int, root: str) -> bool:
    """Whether the sealed book is that large, with that root; whoever reads it to its last anchor only cannot tell."""
    return sources.sealed_leaf(size) is None and sources.sealed_root(size) == root


def _again(past: Replay, leaf: Leaf, back: int, time: int) -> Institution | None:
    """The institution after a unit's own act of the false time; None for any other, or where it no longer can be."""
    entry = leaf.entry
    if not own_act(entry):
        return None
    given, _ = past.given(leaf)  # which was there when it was recorded: nothing missing now makes it void
    try:
        return again(past.inst, entry, given, entry.act.at if back <= entry.act.at <= time else time)
    except (Refused, OutOfTurn):  # it rested on what is void
        return None
