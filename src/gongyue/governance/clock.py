"""The office's clock: how far it may be from the last entry; two officers who confirm it, or return from a false time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from gongyue.covenant.periods import DAY, moment
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import ActType, Body, Filing, act, office
from gongyue.governance.fields import Count, RootDigest, Time
from gongyue.governance.recovery import Recovery, anchored, least_sealed

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

SKEW = 300
"""Seconds by which a signer's clock may run ahead of the office's, and the office's behind the last entry."""
FAR = 3 * DAY
"""Seconds past the last entry up to which a clock is believed, whatever the slots."""
FAR_SLOTS = 3
"""Slots past the last entry up to which a clock is believed: an office at work anchors one in each."""


def far_after(inst: Institution) -> int:
    """Seconds past the last entry up to which a clock is believed."""
    return max(FAR, FAR_SLOTS * inst.genesis.slot_seconds) if inst.genesis else FAR


class Clock(Struct, frozen=True):
    """A clock held against the last entry's time: `off` is "", "ahead" or "behind" where it is too far from it."""

    time: int
    last: int
    off: str = ""

    @property
    def at(self) -> int:
        """When an act is done by it: never before the last entry."""
        return max(self.time, self.last)

    def done_at(self, kind: ActType) -> int:
        """What an act of that type, done by it, says of when it was done."""
        return self.time if kind.about_the_clock else self.at

    @property
    def believed(self) -> int:
        """The time as of which everything is shown: the earlier of the two where they are too far apart.

        As of a false future nobody would be in office any more who could say so.
        """
        return min(self.time, self.last) if self.off else self.at

    def data(self) -> dict[str, str]:
        """Both times in Beijing, and what is wrong with the clock."""
        return {"time": moment(self.time), "last": moment(self.last), "off": self.off}

    @property
    def refusal(self) -> OutOfTurn | None:
        """What keeps anything from being recorded: both times, what they mean, what to do; None where it is near."""
        if not self.off:
            return None
        can = "clock.confirm/1" if self.off == "ahead" else RECOVER
        return OutOfTurn(f"clock-{self.off}", can=can, clock=moment(self.time), last=moment(self.last))

    def require(self) -> None:
        """OutOfTurn where it is too far from the last entry."""
        if (refusal := self.refusal) is not None:
            raise refusal


def clock(inst: Institution, time: int) -> Clock:
    """A clock that shows `time`, held against the last entry; before the genesis act there is nothing to hold it against."""
    if inst.genesis is None or inst.now - SKEW <= time <= inst.now + far_after(inst):
        return Clock(time, inst.now)
    return Clock(time, inst.now, "ahead" if time > inst.now else "behind")


def require_near(inst: Institution, time: int) -> None:
    """OutOfTurn for an act that arrives too long after the last entry."""
    if time > inst.now + far_after(inst):
        clock(inst, time).require()


def arrival(inst: Institution, kind: ActType, time: int) -> int:
    """When an act of that type arrives by a clock that shows `time`: never before the last entry; OutOfTurn if behind it.

    Acts about the clock take its own time: what is wrong with it is theirs to judge.
    """
    if kind.about_the_clock:
        return time
    if time < inst.now:
        clock(inst, time).require()
    return max(time, inst.now)


def require_stated(inst: Institution, type: str, stated: int, time: int) -> None:
    """OutOfTurn where an act that arrives at `time` states a present time after that, or too long before it."""
    if not stated <= time <= stated + far_after(inst):
        raise OutOfTurn("clock-stated", type, stated=moment(stated), clock=moment(time))


RECOVER = "clock.recover/1"


class Confirmed(Struct, frozen=True):
    """A confirmation: the entry it stands at, the time of the last entry before it, its own, and who signed."""

    index: int
    last: int
    time: int
    signers: tuple[str, ...]


@act(
    "clock.confirm/1",
    by=office("secretary", "clerk", "sysop", two=True),
    clause="office.executive",
    example={"last": 1767571200, "time": 1769904000},
)
class Confirm(Body, frozen=True):
    """Two officers confirm what time it is, so long after the last entry: the office goes on from there.

    Their offices and keys are judged as of the last entry: a wrong clock would end their terms, or begin others.
    """

    last: Time
    time: Time

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if self.last != inst.now:
            found, expected = moment(self.last), moment(inst.now)
            raise OutOfTurn("wrong-statement", "clock.confirm/1", what=f"last {found} ≠ {expected}").saying(
                what=(f"末条到达 {found}，应为 {expected}", f"the last entry of {found}, which is of {expected}")
            )
        require_stated(inst, "clock.confirm/1", self.time, filing.time)
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        made = Confirmed(filing.index, self.last, filing.time, filing.signers)
        return replace(inst, confirmed=(*inst.confirmed, made))


def require_false(inst: Institution, time: int) -> None:
    """OutOfTurn where nothing arrived after `time`: there is no false time to return from."""
    if inst.now <= time:
        raise OutOfTurn("nothing-false", RECOVER, time=moment(time))


def require_between(first: int, time: int, right: int, wrong: int) -> None:
    """OutOfTurn unless a recovery at `time` lies at or after the last right entry's and before the first wrong one's."""
    if not right <= time < wrong:
        found, begins, ends = moment(time), moment(right), moment(wrong)
        raise OutOfTurn("not-recoverable", RECOVER, first=first, found=found, begins=begins, ends=ends)


@act(
    RECOVER,
    by=office("secretary", "clerk", "sysop", two=True),
    clause="office.executive",
    entry="first",
    example={"first": 41, "time": 1769904000, "sealed": 32, "root": "sha256:" + "00" * 32},
)
class Recover(Body, frozen=True):
    """Two officers return to the time it is from a false future: what the office did in it is void, units' acts stand.

    `first`: the first entry of the false time; `sealed`, `root`: the sealed book's size and root once all that arrived under
    seal is placed, as by an anchor, which the next anchor must bear out: nothing that arrives later can be said to be of the
    false time, nor anything of it be left out. Their offices and keys are judged as of the entry before the first. Nothing that was late becomes timely by it.
    """

    first: Count
    time: Time
    sealed: Count
    root: RootDigest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        before = filing.given.before
        require_false(inst, filing.time)
        if before is None:
            raise OutOfTurn("not-found", RECOVER, what=f"#{self.first}")
        require_between(self.first, filing.time, before.now, filing.entry(self.first).rx.t)
        require_stated(inst, RECOVER, self.time, filing.time)
        least = least_sealed(inst)
        if self.sealed <= least or self.sealed % before.genesis.quantum:
            raise OutOfTurn(
                "wrong-statement", RECOVER, what=f"sealed {self.sealed}, {least} + n × {before.genesis.quantum}"
            ).saying(
                what=(
                    f"密封簿 {self.sealed} 条；须多于 {least} 条，且为 {before.genesis.quantum} 的倍数",
                    f"a sealed book of {self.sealed}, which is more than {least} and a multiple of {before.genesis.quantum}",
                )
            )
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        before: Institution = filing.given.before
        recovered: Institution = filing.given.recovered
        void = sum(c.by == filing.index for c in recovered.corrections.values())
        made = Recovery(
            filing.index,
            self.first,
            before.now,
            inst.now,
            filing.time,
            self.sealed,
            self.root,
            anchored(inst),
            filing.signers,
            void,
            filing.index - self.first - void,
        )
        # Heads were signed with the books' keys that were named meanwhile: whoever kept one must still be able to read it.
        kept = replace(recovered, confirmed=inst.confirmed, rotated=inst.rotated)
        return replace(kept, recoveries=(*inst.recoveries, made))
