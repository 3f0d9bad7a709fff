"""Cases after their conclusion by chance, against a model that counts days one by one: what may be decided, when, and what is lacking?"""

from __future__ import annotations

import random
from collections.abc import Callable

from gongyue.covenant.periods import from_iso, iso
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.governance.hearing import takes_effect
from support.alliance import Alliance, commitment_to, paper
from support.cases import (
    ACCUSED,
    CANCELLATION,
    CIRCULAR,
    decided,
    found,
    ordered,
    proposed,
    received,
    reviewed,
    reviewing,
    served,
    with_reviewers,
)
from support.dossiers import folded, noted

P3, P5, P18 = 10, 15, 3
WEIGHT = {None: 0, CIRCULAR: 1, CANCELLATION: 2}
STEPS, WALKS = 30, 9


class Served:
    """A service in the model: of which proposal, in which step, on which day; when and in which step it was received, how."""

    def __init__(self, of: int, step: int, day: int, digest: str) -> None:
        self.of, self.step, self.day, self.digest = of, step, day, digest
        self.got = self.at = self.told = 0
        self.paper = False


class Model:
    """What the covenant says of a sanction, told anew from its words: nothing of the product is asked."""

    def __init__(self, day: int) -> None:
        self.day, self.step = day, 0
        self.proposals: list[str | None] = []
        self.services: list[Served] = []
        self.asks: list[tuple[int, int]] = []
        self.resting: set[int] = set()
        self.pause = self.left = False
        self.complete = self.held = 0

    def last(self, since: int, days: int) -> int:
        """The last day of a period: day by day, those of rest not counted."""
        day = since
        while days:
            day += 1
            days -= day not in self.resting
        return day

    def lightest(self) -> int:
        """The weight of the lightest proposal served; more than any while none was."""
        return min((WEIGHT[self.proposals[one.of]] for one in self.services), default=9)

    def heard(self) -> bool:
        """Whether the accused was heard on what was proposed last, or let the time for it pass."""
        mine = [one for one in self.services if one.of == len(self.proposals) - 1]
        got = [one for one in mine if one.got]
        if not got:
            return False
        last, untold = self.last(got[-1].got, P3), got[-1].paper and not got[-1].told
        if got[-1].paper and got[-1].told:
            last = max(last, self.last(got[-1].told, P18))
        asked = max((step for step, day in self.asks if step > mine[0].step and day <= last), default=0)
        if asked:
            return self.held > asked
        return self.complete > got[-1].at or self.held > got[-1].at or (not untold and self.day > last)

    def on_deciding(self, kind: str | None) -> str:
        """What the panel is told if it decides so now; empty where it may."""
        if self.pause:
            return "out-of-turn/dossier-rests"
        if kind is None:
            return ""
        if self.left:
            return "GY-18-05"
        if not self.heard():
            return "GY-18-06"
        return "GY-18-11" if WEIGHT[kind] > self.lightest() else ""

    def on_proposing(self, kind: str | None) -> str:
        """The same if it proposes so."""
        if self.pause:
            return "out-of-turn/dossier-rests"
        if kind is None:
            return ""
        return "GY-18-05" if self.left else "GY-18-11" if WEIGHT[kind] > self.lightest() else ""


def told_by(step: Callable[[], object]) -> str:
    """The code with which a step is refused; empty where it is taken."""
    try:
        step()
    except (Refused, OutOfTurn) as error:
        return str(error.refusal["code"])
    return ""


class Walk:
    """One case, told to the office and to the model alike."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.world: Alliance = with_reviewers()
        self.dossier = found(self.world)
        self.model = Model(from_iso("2026-06-01"))
        self.met: set[str] = set()
        self.propose()
        self.serve()

    def days_pass(self) -> None:
        """One to five days."""
        for _ in range(self.random.randint(1, 5)):
            self.model.day += 1
            if self.model.pause:
                self.model.resting.add(self.model.day)
        self.world.on(iso(self.model.day))

    def propose(self) -> None:
        """Something, or nothing."""
        kind = self.random.choice([*[CANCELLATION] * 4, *[CIRCULAR] * 3, None])
        expected = self.model.on_proposing(kind)
        assert told_by(lambda: proposed(self.world, self.dossier, kind)) == expected
        self.met.add(expected)
        if not expected:
            self.model.proposals.append(kind)

    def serve(self) -> None:
        """What was proposed last, perhaps again."""
        if self.model.proposals:
            of = len(self.model.proposals) - 1
            case = folded(self.world, self.dossier).case
            assert case is not None
            digest = served(self.world, self.dossier, "proposal", case.proposals[-1].reasons)
            self.model.services.append(Served(of, self.model.step, self.model.day, digest))

    def _unread(self) -> Served | None:
        unread = [one for one in self.model.services if not one.got]
        return self.random.choice(unread) if unread else None

    def receive(self) -> None:
        """The accused acknowledges with its key."""
        if (one := self._unread()) is not None:
            received(self.world, self.dossier, one.digest)
            one.got, one.at = self.model.day, self.model.step

    def carried(self) -> None:
        """Two officers record a delivery between the service and today."""
        if (one := self._unread()) is not None:
            dated = self.random.randint(one.day, self.model.day)
            received(
                self.world,
                self.dossier,
                one.digest,
                paper=paper(f"EMS {self.model.step}", iso(dated), iso(self.model.day)),
            )
            one.got, one.at, one.paper = dated, self.model.step, True

    def tell(self) -> None:
        """The unit is told of what was recorded from paper."""
        served(self.world, self.dossier, "recorded", commitment_to(f"told {self.model.step}"))
        for one in self.model.services:
            one.told = one.told or (self.model.day if one.paper else 0)

    def ask(self) -> None:
        """To be heard."""
        expected = "" if self.model.services else "out-of-turn/not-open"
        assert told_by(lambda: noted(self.world, self.dossier, ACCUSED, asks="hearing")) == expected
        if not expected:
            self.model.asks.append((self.model.step, self.model.day))

    def hold(self) -> None:
        """It is heard, where that can be ordered."""
        if not told_by(lambda: ordered(self.world, self.dossier, "heard", "held")):
            self.model.held = self.model.step

    def say_all(self) -> None:
        """The accused says that it has said all."""
        noted(self.world, self.dossier, ACCUSED, complete=True)
        self.model.complete = self.model.step

    def rest(self) -> None:
        """It rests for an authority, or goes on."""
        what, ground = ("resume", "authority_answered") if self.model.pause else ("pause", "authority_request")
        ordered(self.world, self.dossier, what, ground)
        self.model.pause = not self.model.pause

    def go_on(self) -> None:
        """It rests no longer."""
        if self.model.pause:
            self.rest()

    def leave(self) -> None:
        """The accused leaves the covenant."""
        if not self.model.left and self.random.random() < 0.2:
            self.world.withdraw(ACCUSED)
            self.model.left = True

    def decide(self) -> bool:
        """Every kind is tried, the heaviest first; whether one was taken."""
        for kind in (CANCELLATION, CIRCULAR):
            expected = self.model.on_deciding(kind)
            assert told_by(lambda kind=kind: decided(self.world, self.dossier, kind)) == expected, (
                kind,
                iso(self.model.day),
            )
            self.met.add(expected)
            if not expected:
                return True
        return False


ACTIONS = (
    *[Walk.days_pass] * 6, Walk.propose, *[Walk.serve] * 2, *[Walk.receive] * 4, Walk.carried, Walk.tell, Walk.ask,
    *[Walk.hold] * 3, Walk.say_all, Walk.rest, Walk.go_on, Walk.go_on, Walk.leave,
)  # fmt: skip


def test_the_panel_may_decide_exactly_when_the_model_says_so() -> None:
    """After every step every kind is tried; then the decision is served, reviewed or not, and takes effect on the day the model counts."""
    met, ends = set(), set()
    for seed in range(WALKS):
        walk = Walk(seed)
        for _ in range(STEPS):
            walk.model.step += 1
            walk.random.choice(ACTIONS)(walk)
            if walk.decide():
                ends.add(to_its_end(walk))
                break
        met |= walk.met
    assert met == {"", "out-of-turn/dossier-rests", "GY-18-05", "GY-18-06", "GY-18-11"}
    assert ends == {"unasked", "upheld", "revoked"}


def to_its_end(walk: Walk) -> str:
    """Served and received, by chance reviewed: in effect from the day after P5, or from the review's, unless it was revoked; how it ended."""
    world, dossier = walk.world, walk.dossier
    case = folded(world, dossier).case
    assert case is not None and case.decision is not None
    digest = served(world, dossier, "decision", *case.decision.docs)
    walk.days_pass()
    received(world, dossier, digest)
    day, asks = walk.model.day, walk.random.random() < 0.7
    if not asks:
        assert takes_effect(world.inst, folded(world, dossier)) == walk.model.last(day, P5) + 1
        return "unasked"
    to = reviewing(world, dossier)
    walk.days_pass()
    outcome = walk.random.choice(["upheld", "revoked"])
    reviewed(world, dossier, to, outcome)
    assert takes_effect(world.inst, folded(world, dossier)) == (walk.model.day if outcome == "upheld" else 0)
    return outcome
