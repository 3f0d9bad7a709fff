"""A machine that does lawful and unlawful things to a real alliance and to the model, and compares after each step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from gongyue.book.entry import decode
from gongyue.book.receipts import Receipt
from gongyue.covenant.counting import Share
from gongyue.covenant.edition import Edition
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.governance.acts import View
from gongyue.office import routine_acts
from support import bases
from support.alliance import (
    CLERK,
    OUTSIDER,
    PUBLISHER,
    SECRETARY,
    Alliance,
    beijing,
    edition_object,
    paper,
)
from support.bases import text_with
from support.told import Told as Situation

from .model import (
    CHOICES,
    DAY,
    DISAVOWING,
    PAPER,
    Application,
    Cast,
    Change,
    Model,
    Paper,
    Says,
    Told,
    Vote,
    day,
    midnight,
    reaches,
)

HALF = Fraction(1, 2)
SEED = Says()
TEXTS: dict[str, tuple[Edition, Says]] = {
    "the roll": (text_with(), SEED),
    "those voting": (text_with(bases.VOTING), Says(of_voters=True)),
    "those present, more than two thirds": (
        text_with(bases.MORE_PRESENT, bases.PRESENCE),
        Says(more=True, of_voters=True),
    ),
    "the roll, two thirds must vote": (
        text_with(more=bases.TWO_THIRDS_ATTEND),
        Says(quorum=Fraction(2, 3)),
    ),
    "those present, more than half must vote": (
        text_with(bases.PRESENT, bases.PRESENCE + bases.MOST_ATTEND),
        Says(of_voters=True, quorum=HALF, quorum_more=True),
    ),
}
"""Texts, and what the model reads in them."""


def as_stated(says: Says) -> Share:
    """The share of consent as the product has it, of those voting where nobody says that it is of those present."""
    return Share(f"{'>' * says.more}{says.share}", "voting" if says.of_voters else "roll")


MATTERS = ("a:1", "a:2", "p:1")
REST = 3 * DAY
"""The office is at work at least so often: its clock is not believed further from the last entry."""
TWO = frozenset({SECRETARY, CLERK})
UNITS = st.integers(0, 6)
OFFICERS = st.sampled_from([(SECRETARY, CLERK)] * 6 + [(CLERK,), (SECRETARY,)])
STEPS = st.sampled_from([0, 0, 0, -1, 1])
DATES = st.sampled_from([(0, 0)] * 5 + [(-1, 0), (-1, -1), (0, 1), (1, 0), (-9, 0), (-9, -9)])
"""When a paper is dated and when it arrived, in days from some day."""


_begun: dict[object, tuple[Alliance, Situation, Model]] = {}
"""How stories begin, by members, day and text: told and compared once, and taken up from there by all others."""


class Beside(RuleBasedStateMachine):
    """An alliance beside the model of it: what every machine does with both; the rules are in those below."""

    def _begin(self, members: int, begins: str, text: Edition | None = None, says: Says = SEED) -> None:
        self.unseen: dict[str, View] = {}
        self.papers: list[tuple[str, Cast, Receipt]] = []
        self.leavings: list[tuple[Change, Receipt]] = []
        self.applied: list[tuple[Application, Receipt]] = []
        key = members, begins, text and edition_object(text)[0]
        if key in _begun:
            began, told, model = _begun[key]
            self.world, self.model = began.again(told), deepcopy(model)
            self.units = [*self.world.roll, self.world.left, OUTSIDER]
            return
        self._found(members, text, says)
        self._go(beijing(begins))
        _begun[key] = self.world, Situation.of(self.world.stage), deepcopy(self.model)

    def _found(self, members: int, text: Edition | None, says: Says) -> None:
        self.world = Alliance(members=members, initiators=2, text=text, quantum=2).in_force()  # padding is no law's
        self.units = [*self.world.roll, self.world.left, OUTSIDER]
        invited = frozenset(self.units) - {OUTSIDER, *self.world.roll[: self.world.initiators]}
        self.model = Model(self.world.stage.now, invited, says)
        effect, joined, left = date(2026, 3, 9), date(2026, 4, 1), date(2026, 4, 2)
        first = self.world.roll[: self.world.initiators]
        for unit in [*self.world.roll, self.world.left]:
            self.model.changes.append(Change(unit, True, effect if unit in first else joined, 0))
        self.model.changes.append(Change(self.world.left, False, left, 0))
        self.model.anchors += [(a.time, 0) for a in self.world.inst.anchors]

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.stage.office.store.close()

    # -- what the machine does it with

    def _go(self, time: int) -> None:
        """Go to a time, anchoring on the way as an office at work does."""
        while time > self.world.inst.now + REST:
            self._at(self.world.inst.now + REST)
            self._anchor()
        self._at(time)

    def _at(self, time: int) -> None:
        self.world.stage.leap(time)
        self.model.go(time)

    def _as_it_arrived(self) -> None:
        """What counts others arrives a second after them (decision 0044), and by then the office's clock has gone on."""
        store = self.world.stage.office.store
        last = store.sealed_numbered(store.arrivals())
        assert last is not None
        if (arrived := decode(last.entry).entry.rx.t) > self.model.now:
            self._at(arrived)

    def _anchor(self) -> None:
        office = self.world.stage.office
        if self._both(self.model.may_anchor(), lambda: routine_acts.do(office, routine_acts.ANCHOR)):
            self.model.anchor()
            for matter, vote in self.model.votes.items():
                if not vote.closed:
                    office.handle(self._system("vote.turnout/1", matter))
                    stated = self.world.vote(matter).turnouts[-1]
                    assert (stated.voted, stated.paper) == self.model.turnout(vote), matter

    def _system(self, type: str, matter: str = "", **false: Any) -> Any:
        office = self.world.stage.office
        body, files = routine_acts.statement(office, type, matter)
        return routine_acts.system_act(office, type, body | false, files)

    def _both(self, wrong: Sequence[str], do: Callable[[], Any]) -> Any:
        """Do it: the alliance takes it if and only if the model finds nothing wrong with it; the codes agree."""
        refusal: dict[str, Any] = {}
        done = None
        try:
            done = do()
        except (Refused, OutOfTurn) as error:
            refusal = error.refusal
        assert bool(refusal) == bool(wrong), f"{refusal or 'taken'}, but of the model: {wrong}"
        assert not refusal or refusal["code"] in wrong or "" in wrong, f"{refusal}, not by {wrong}"
        return None if refusal else done or True

    def _unit(self, number: int) -> str:
        return self.units[number % len(self.units)]

    def _vote(self, matter: str) -> Vote:
        return self.model.votes[matter]

    def _paper(self, near: date, dated: int, arrived: int) -> Paper:
        return Paper(near + timedelta(days=dated), near + timedelta(days=arrived))

    def _record(
        self,
        type: str,
        unit: str,
        body: dict[str, Any],
        letter: Paper | None,
        officers: Sequence[str],
        view: View | None = None,
    ) -> Receipt:
        stage = self.world.stage
        if letter is None:
            return stage.office.handle(stage.signed(type, unit, body, [unit], view=view))
        written = paper(f"{type} {unit}", letter.dated.isoformat(), letter.arrived.isoformat())
        return stage.do(type, unit, body, officers, paper=written)

    def _close(self, matter: str, false: str | None = None) -> None:
        vote, office = self._vote(matter), self.world.stage.office
        wrong = self.model.may_close(vote)
        lie: dict[str, int] = {}
        if false is not None and not wrong:
            body, _ = routine_acts.statement(office, "vote.close/1", matter)
            lie, wrong = {false: body[false] + 1}, ["GY-22-08", "GY-22-05"]
        if self._both(wrong, lambda: office.handle(self._system("vote.close/1", matter, **lie))):
            count, real = self.model.count(vote), self.world.vote(matter)
            vote.closed = True
            self.model.done()
            assert (real.consents, real.against, real.abstain) == count.chosen
            assert real.on_paper == count.on_paper
            assert (real.consents_left, real.voted_left, real.roll_left) == (
                count.consents_left,
                count.voted_left,
                count.roll_left,
            )
            assert real.outcome == count.outcome

    def _ballot(self, matter: str, unit: str, choice: str, seen: bool = True) -> None:
        vote, view = self._vote(matter), None if seen else self.unseen[matter]
        body = {"vote": matter, "choice": choice}
        wrong = self.model.may_vote(vote, unit, seen=seen)
        if self._both(wrong, lambda: self._record("vote.ballot/1", unit, body, None, (), view)):
            vote.cast.append(Cast(unit, choice, self.model.now, self.model.done()))

    def _enough(self, says: Says, of: int) -> int:
        """The fewest consents of so many that are its share; one more where all are too few."""
        return next((n for n in range(of + 1) if reaches(n, of, says.share, says.more)), of + 1)

    def _just_recorded(self, vote: Vote, unit: str) -> bool:
        """Whether a paper of it was recorded this very second: which of two stands then, the words do not say."""
        return any(c.unit == unit and c.paper is not None and c.time == self.model.now for c in vote.cast)

    # -- after each step

    @invariant()
    def the_same_members(self) -> None:
        if hasattr(self, "world"):
            inst = self.world.inst.on(self.model.today.toordinal())
            assert set(inst.members) == self.model.members
            for unit in self.units:
                if unit != OUTSIDER or unit in self.model.members:
                    known = inst.units[unit]
                    real = known.since if unit in inst.members else known.until
                    if any(change.unit == unit for change in self.model.changes):
                        assert date.fromordinal(real) == self.model.since(unit), unit


class Against(Beside):
    """At most six units: who is a member, and what a vote comes to."""

    @initialize(
        members=st.integers(3, 5),
        begins=st.sampled_from(["2026-04-02 09:00", "2026-06-27 23:59"]),
        text=st.sampled_from([*TEXTS]),
    )
    def begin(self, members: int, begins: str, text: str) -> None:
        self._begin(members, begins, *TEXTS[text])
        self.open(MATTERS[0])

    # -- time

    @rule(seconds=st.sampled_from([1, 3_600, DAY, 2 * DAY, 9 * DAY]))
    def wait(self, seconds: int) -> None:
        self._go(self.model.now + seconds)

    @rule(data=st.data(), off=st.sampled_from([-1, 0, 1]), anchored=st.booleans())
    def boundary(self, data: st.DataObject, off: int, anchored: bool) -> None:
        """One second before, at or after a time at which something changes; the nearest first."""
        ends = [vote.ends + more for vote in self.model.votes.values() for more in (0, PAPER * DAY, 7 * DAY)]
        told = [one.time + PAPER * DAY for vote in self.model.votes.values() for one in vote.told]
        anchored_at = [self.model.first_anchored(cast.number) for _, cast, _ in self.papers]
        kept = [time + PAPER * DAY for time in anchored_at if time is not None]
        leaving = [midnight(leaves) for leaves in self.model.announced.values()]
        sure = [time + DISAVOWING * DAY for time in self.model.keyed.values()]
        times = sorted({t for t in (*ends, *told, *kept, *leaving, *sure) if t + off > self.model.now})[:4]
        if times:
            self._go(data.draw(st.sampled_from(times)) + off)
            if anchored:
                self._anchor()

    @rule()
    def anchor(self) -> None:
        self._anchor()

    # -- members

    @rule(number=UNITS, after=st.sampled_from([None, None, -1, 0, 1, 2, 31]))
    def withdraw(self, number: int, after: int | None) -> None:
        unit, stated = self._unit(number), None if after is None else self.model.today + timedelta(days=after)
        body = {"effective": stated.isoformat() if stated else None}
        if self._both(
            self.model.may_leave(unit, None, frozenset()),
            lambda: self._record("membership.withdraw/1", unit, body, None, ()),
        ):
            self.model.leave(unit, stated)
            # At once, and not when the next act asks for the day: what the office holds now is what it shows.
            assert (unit in self.world.inst.members) == (unit in self.model.members), unit

    @rule(number=UNITS, dates=DATES, officers=OFFICERS)
    def withdraw_on_paper(self, number: int, dates: tuple[int, int], officers: Sequence[str]) -> None:
        unit, letter = self._unit(number), self._paper(self.model.today, *dates)
        wrong = self.model.may_leave(unit, letter, frozenset(officers))
        receipt = self._both(
            wrong, lambda: self._record("membership.withdraw/1", unit, {"effective": None}, letter, officers)
        )
        if receipt:
            self.model.leave(unit, None, letter)
            self.leavings.append((self.model.changes[-1], receipt))

    @precondition(lambda self: getattr(self, "leavings", ()))
    @rule(data=st.data())
    def inform(self, data: st.DataObject) -> None:
        """A unit is told of a leaving that was recorded from paper in its name."""
        left, receipt = data.draw(st.sampled_from(self.leavings))
        if self._both(self.model.may_inform(left), lambda: self.world.tell(receipt.index)):
            self.model.inform(left)

    @rule(number=UNITS)
    def tell_of_key(self, number: int) -> None:
        """A unit is told that officers registered its first key."""
        unit = self._unit(number)
        papers = self.world.inst.papers.items()
        first = next(index for index, one in papers if (one.holder, one.type) == (unit, "key.register/1"))
        if self._both(self.model.may_tell_of_key(unit), lambda: self.world.tell(first)):
            self.model.tell_of_key(unit)

    @rule(
        data=st.data(), number=UNITS, told=st.sampled_from([None, 0, 0]), before=st.sampled_from([PAPER, 7]),
        off=st.sampled_from([-1, 0, 0, 1]), early=st.booleans(), by=st.sampled_from(["paper", "end"]),
    )  # fmt: skip
    def withdrawn(
        self, data: st.DataObject, number: int, told: int | None, before: int, off: int, early: bool, by: str
    ) -> None:
        """A unit is withdrawn on paper, and told of it, as late as it may be for a close; the others sign; then it is closed."""
        matter, unit = data.draw(st.sampled_from([*self.model.votes])), self._unit(number)
        vote = self._vote(matter)
        end = midnight(self.model.today + timedelta(days=before + 1)) if early else vote.ends
        if vote.closed or end > vote.ends or end - before * DAY + off <= self.model.now + 60:
            return
        for other in sorted(vote.roll & self.model.members - {unit}):
            self._ballot(matter, other, "consent")
        self._go(end - before * DAY + off)
        known = len(self.leavings)
        if by == "end":
            self.end(number, (PUBLISHER, SECRETARY))
        else:
            self.withdraw_on_paper(number, (0, 0), (SECRETARY, CLERK))
        if told is not None:
            for left, receipt in self.leavings[known:]:
                if self._both(self.model.may_inform(left), lambda r=receipt: self.world.tell(r.index)):
                    self.model.inform(left)
        self._go(end + 9 * 3_600)
        self._anchor()
        self._close(matter)

    @rule(number=UNITS, officers=st.sampled_from([(PUBLISHER, SECRETARY)] * 3 + [(SECRETARY,)]))
    def end(self, number: int, officers: Sequence[str]) -> None:
        unit = self._unit(number)
        body = {"unit": unit}
        if self._both(
            self.model.may_end(unit, frozenset(officers)),
            lambda: self.world.executive("membership.end/1", body, officers),
        ):
            self.model.end(unit)

    @rule(number=UNITS, accepts=st.sampled_from([True] * 5 + [False]))
    def enrol(self, number: int, accepts: bool) -> None:
        unit = self._unit(number)
        if self._both(self.model.may_enrol(unit, accepts, None, frozenset()), lambda: self.world.enrol(unit, accepts)):
            self.model.join(unit)

    @rule(number=UNITS, dates=DATES, officers=OFFICERS)
    def enrol_on_paper(self, number: int, dates: tuple[int, int], officers: Sequence[str]) -> None:
        unit, letter = self._unit(number), self._paper(self.model.today, *dates)
        body = {"accepts": True, "activities": ["analysis"], "other": ""}
        wrong = self.model.may_enrol(unit, True, letter, frozenset(officers))
        if self._both(wrong, lambda: self._record("membership.enrol/1", unit, body, letter, officers)):
            self.model.join(unit, letter)

    @rule(number=UNITS, domestic=st.sampled_from([True] * 5 + [False]), accepts=st.sampled_from([True] * 5 + [False]))
    def apply(self, number: int, domestic: bool, accepts: bool) -> None:
        unit = self._unit(number)
        wrong = self.model.may_apply(unit, domestic, accepts)
        receipt = self._both(wrong, lambda: self.world.apply(int(unit[2:]), domestic=domestic, accepts=accepts))
        if receipt:
            self.applied.append((Application(unit, self.model.done()), receipt))

    @precondition(lambda self: self.applied)
    @rule(data=st.data(), waits=st.booleans())
    def grant(self, data: st.DataObject, waits: bool) -> None:
        self._grant(*data.draw(st.sampled_from(self.applied)), waits)

    def _grant(self, applied: Application, receipt: Receipt, waits: bool) -> None:
        if waits and self.model.first_anchored(applied.number) is None:
            self._go(self.model.now + DAY)
            self._anchor()
        if self._both(self.model.may_grant(applied), lambda: self.world.open_application(receipt)):
            self.model.grant(applied)

    @rule(data=st.data(), number=UNITS, again=st.booleans())
    def come_back(self, data: st.DataObject, number: int, again: bool) -> None:
        """A unit leaves where it is a member, is granted anew, and votes; it leaves again, and the same is granted again."""
        unit = self._unit(number)
        if unit in self.model.members:
            self.withdraw(number, None)
        self.apply(number, True, True)
        applied, receipt = self.applied[-1]
        self._grant(applied, receipt, True)
        self.ballot(data, number, "consent", True)
        if again:
            self.withdraw(number, None)
            self._grant(applied, receipt, True)

    @rule()
    def publish_lists(self) -> None:
        """The first list runs to the end of the first full quarter after the covenant took effect in March."""
        done = routine_acts.publish_lists(self.world.stage.office)
        for _ in done:
            self.model.done()
        self.model.listed |= self.model.today > date(2026, 6, 30)
        assert bool(self.world.inst.lists) == self.model.listed

    # -- votes

    @rule(matter=st.sampled_from(MATTERS))
    def open(self, matter: str) -> None:
        office = self.world.stage.office
        if matter not in self.model.votes:
            if not self.model.members:
                return
            by = min(self.model.members)
            if matter[0] == "a":
                self.world.initiate_annex(matter, by=by)
            else:
                self.world.initiate(matter=matter, by=by)
                self.world.file(by, matter)
            self.unseen[matter] = office.view()
        if self._both(self.model.may_open(matter), lambda: routine_acts.open_vote(office, matter)):
            vote, real = self.model.open(matter), self.world.vote(matter)
            assert (set(real.roll), real.opened, real.closes) == (vote.roll, vote.opened, vote.ends)
            assert real.share in (as_stated(vote.says), Share(as_stated(vote.says).text, "present"))

    @rule(data=st.data(), number=UNITS, choice=st.sampled_from(CHOICES), seen=st.sampled_from([True] * 8 + [False]))
    def ballot(self, data: st.DataObject, number: int, choice: str, seen: bool) -> None:
        matter, unit = data.draw(st.sampled_from([*self.model.votes])), self._unit(number)
        self._ballot(matter, unit, choice, seen)

    @rule(data=st.data(), choice=st.sampled_from(CHOICES))
    def all_vote(self, data: st.DataObject, choice: str) -> None:
        """All that may do, but for one at most; so that votes are decided by one."""
        matter = data.draw(st.sampled_from([*self.model.votes]))
        vote = self._vote(matter)
        able = [number for number, unit in enumerate(self.units) if not self.model.may_vote(vote, unit)]
        for number in able[data.draw(st.integers(0, 2)) :]:
            unit = self._unit(number)
            self._record("vote.ballot/1", unit, {"vote": matter, "choice": choice}, None, ())
            vote.cast.append(Cast(unit, choice, self.model.now, self.model.done()))

    @rule(
        data=st.data(), number=UNITS, choice=st.sampled_from(CHOICES), near=st.sampled_from(["today", "today", "opened", "ends"]),
        dates=DATES, officers=OFFICERS,
    )  # fmt: skip
    def ballot_on_paper(
        self, data: st.DataObject, number: int, choice: str, near: str, dates: tuple[int, int], officers: Sequence[str]
    ) -> None:
        matter, unit = data.draw(st.sampled_from([*self.model.votes])), self._unit(number)
        vote = self._vote(matter)
        base = {"today": self.model.today, "opened": day(vote.opened), "ends": day(vote.ends)}[near]
        letter = self._paper(base, *dates)
        if self._just_recorded(vote, unit):
            return
        wrong = self.model.may_vote(vote, unit, letter, frozenset(officers))
        receipt = self._both(
            wrong, lambda: self._record("vote.ballot/1", unit, {"vote": matter, "choice": choice}, letter, officers)
        )
        if receipt:
            vote.cast.append(Cast(unit, choice, self.model.now, self.model.done(), letter))
            self.papers.append((matter, vote.cast[-1], receipt))

    @rule(data=st.data(), choice=st.sampled_from(CHOICES), told=st.booleans())
    def paper_in_order(self, data: st.DataObject, choice: str, told: bool) -> None:
        self._lawful_paper(data, choice, told, data.draw(st.sampled_from([*self.model.votes])))

    def _lawful_paper(self, data: st.DataObject, choice: str, told: bool, matter: str) -> None:
        """A ballot on paper that arrives today in order, of whoever may still cast one; its unit is told at once, or later."""
        vote, letter = self._vote(matter), Paper(self.model.today, self.model.today)
        able = [
            unit
            for unit in self.units
            if not self.model.may_vote(vote, unit, letter, frozenset({SECRETARY, CLERK}))
            and not self._just_recorded(vote, unit)
        ]
        if able:
            unit = data.draw(st.sampled_from(able))
            body = {"vote": matter, "choice": choice}
            receipt = self._record("vote.ballot/1", unit, body, letter, (SECRETARY, CLERK))
            vote.cast.append(Cast(unit, choice, self.model.now, self.model.done(), letter))
            self.papers.append((matter, vote.cast[-1], receipt))
            if told:
                self.world.told(receipt, matter)
                vote.told.append(Told(vote.cast[-1].number, self.model.now, self.model.done()))

    @rule(data=st.data(), off=st.sampled_from([-1, 0, 1]), number=UNITS)
    def at_the_end(self, data: st.DataObject, off: int, number: int) -> None:
        """A signed ballot one second before, at or after the end of its vote's window."""
        matter, unit = data.draw(st.sampled_from([*self.model.votes])), self._unit(number)
        vote = self._vote(matter)
        if vote.ends + off > self.model.now:
            self._go(vote.ends + off)
            body = {"vote": matter, "choice": "consent"}
            if self._both(self.model.may_vote(vote, unit), lambda: self._record("vote.ballot/1", unit, body, None, ())):
                vote.cast.append(Cast(unit, "consent", self.model.now, self.model.done()))

    @rule(data=st.data(), number=UNITS)
    def disavow(self, data: st.DataObject, number: int) -> None:
        matter, unit = data.draw(st.sampled_from([*self.model.votes])), self._unit(number)
        vote = self._vote(matter)
        if self._both(
            self.model.may_disavow(vote, unit), lambda: self.world.unit("vote.disavow/1", unit, {"vote": matter})
        ):
            self._as_it_arrived()
            vote.cast.append(Cast(unit, "", self.model.now, self.model.done()))

    @precondition(lambda self: self.papers)
    @rule(data=st.data(), off=STEPS, officers=OFFICERS)
    def tell(self, data: st.DataObject, off: int, officers: Sequence[str]) -> None:
        matter, cast, receipt = data.draw(st.sampled_from(self.papers))
        vote, on = self._vote(matter), self.model.today + timedelta(days=off)
        wrong = self.model.may_tell(vote, cast, on, frozenset(officers))
        if self._both(wrong, lambda: self.world.told(receipt, matter, on.isoformat(), officers)):
            self._as_it_arrived()
            vote.told.append(Told(cast.number, self.model.now, self.model.done()))

    @precondition(lambda self: self.papers)
    @rule(data=st.data(), other=st.sampled_from([None, None, None, 0, 1]))
    def receive(self, data: st.DataObject, other: int | None) -> None:
        matter, cast, receipt = data.draw(st.sampled_from(self.papers))
        vote, unit = self._vote(matter), cast.unit if other is None else self._unit(other)
        body = {"vote": matter, "of": self.world.commitment(receipt)}
        if self._both(self.model.may_receive(vote, cast, unit), lambda: self.world.unit("vote.receive/1", unit, body)):
            self._as_it_arrived()
            vote.told.append(Told(cast.number, self.model.now, self.model.done()))

    @rule(
        data=st.data(),
        false=st.sampled_from([None] * 4 + ["consents", "consents_left", "voted_left", "roll_left", "paper_consents"]),
    )
    def close(self, data: st.DataObject, false: str | None) -> None:
        """Close it, now and then with one more than there are."""
        self._close(data.draw(st.sampled_from([*self.model.votes])), false)

    @rule(data=st.data(), number=UNITS, off=st.sampled_from([-1, 0, 0, 3_600]), stated=st.booleans())
    def leave_at_the_end(self, data: st.DataObject, number: int, off: int, stated: bool) -> None:
        """A unit leaves as the window ends, or on the day after it; then the vote is closed on the first day it can be."""
        matter = data.draw(st.sampled_from([*self.model.votes]))
        vote = self._vote(matter)
        if stated and self.model.now < vote.ends - DAY:
            self._go(vote.ends - 3_600 if off < 0 else vote.ends - DAY - 3_600)
            self.withdraw(number, 1)
        if vote.ends + off > self.model.now:
            self._go(vote.ends + off)
            if not stated:
                self.withdraw(number, None)
            self._go(vote.ends + 9 * 3_600)  # the slot after that in which the window ended
            self._anchor()
            self._close(matter)

    @rule(
        data=st.data(), choice=st.sampled_from(CHOICES), before=st.sampled_from([3_600, DAY, 2 * DAY]),
        told=st.sampled_from([None, 0, 0, 3_600]), off=st.sampled_from([-1, 0, 0, 1]),
    )  # fmt: skip
    def last_paper(self, data: st.DataObject, choice: str, before: int, told: int | None, off: int) -> None:
        """Paper of the window's last days: anchored, told of, and counted one second before, at or after P18."""
        matter = data.draw(st.sampled_from([*self.model.votes]))
        vote = self._vote(matter)
        if vote.closed or vote.ends - before <= self.model.now:
            return
        self._go(vote.ends - before)
        known = len(self.papers)
        self._lawful_paper(data, choice, told == 0, matter)
        self._anchor()
        if told:
            self._at(self.model.now + told)
            for _, cast, receipt in self.papers[known:]:
                if self._both(
                    self.model.may_tell(vote, cast, self.model.today, TWO), lambda r=receipt: self.world.told(r, matter)
                ):
                    vote.told.append(Told(cast.number, self.model.now, self.model.done()))
        due = self.model.now + PAPER * DAY + off
        self._at(self.model.now + DAY)
        self._anchor()
        self._at(due)
        self._anchor()
        self._close(matter)

    @rule(
        data=st.data(), off=st.sampled_from([-1, 0, 0, 1]), leaving=st.integers(0, 3), opposed=st.booleans(),
        silent=st.integers(0, 3),
    )  # fmt: skip
    def just_enough(self, data: st.DataObject, off: int, leaving: int, opposed: bool, silent: int) -> None:
        """As many consent as are enough, one more or less; some do not vote, and some leave before the window ends."""
        matter = data.draw(st.sampled_from([*self.model.votes]))
        vote = self._vote(matter)
        if self.model.now >= vote.ends - DAY or vote.roll - self.model.members:
            return
        roll = sorted(vote.roll)
        voters = roll[: max(0, len(roll) - silent)]
        enough = self._enough(vote.says, len(voters) if vote.says.of_voters else len(roll)) + off
        for at, unit in enumerate(voters):
            self._ballot(matter, unit, "consent" if at < enough else "against")
        self._go(vote.ends - 3_600)
        for unit in (roll[::-1] if opposed else roll)[:leaving]:
            self.withdraw(self.units.index(unit), None)
        self._go(vote.ends + 9 * 3_600)
        self._anchor()
        self._close(matter)
