"""Whole cases by chance, against a model that counts days one by one: when may the panel conclude, and what does it lack?"""

from __future__ import annotations

import random

from gongyue.covenant.periods import from_iso, iso
from gongyue.covenant.rulings import OutOfTurn, Refused
from support.alliance import PANEL, SECRETARY, Alliance, commitment_to, paper
from support.cases import ACCUSED, HU, concluded, opened_case, ordered, received, rows, served, staffed
from support.dossiers import done, folded, noted

LIU = "o:liu"
"""The panellist who takes the place of a challenged one."""
P2, P18, UNOPENED = 15, 3, 3
STEPS = 28


class Receipt:
    """A document in the model: when served, when it was received, in which step, whether from paper, when that was told."""

    def __init__(self, what: str, day: int) -> None:
        self.what, self.day = what, day
        self.got = self.step = self.told = 0
        self.paper = False


class Model:
    """What the covenant says of a case, told anew from its words: nothing of the product is asked."""

    def __init__(self, day: int) -> None:
        self.day, self.step = day, 0
        self.papers: dict[str, Receipt] = {}
        self.resting: set[int] = set()
        self.pause = 0
        self.extended = self.challenged = False
        self.complete = 0

    def last(self, since: int, days: int) -> int:
        """The last day of a period: day by day, those of rest not counted."""
        day = since
        while days:
            day += 1
            days -= day not in self.resting
        return day

    def verdict(self) -> str:
        """What the panel is told if it concludes now, citing the evidence; empty where it may."""
        if self.pause:
            return "out-of-turn/dossier-rests"
        if self.challenged:
            return "GY-18-09"
        here = list(self.papers.values())
        if "notice" not in self.papers or not all(one.got for one in here):
            return "GY-17-04"
        heard = "" if "evidence" in self.papers else "GY-17-06"  # it was heard, and cites what nobody served
        if self.complete > max(one.step for one in here):
            return heard
        ends = [self.last(max(one.got for one in here), P2 * (2 if self.extended else 1))]
        for one in here:
            if one.paper and not one.told:
                return "GY-17-04"
            if one.paper:
                ends.append(self.last(one.told, P18))
        return heard if self.day > max(ends) else "GY-17-04"


class Walk:
    """One case, told to the office and to the model alike."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.world: Alliance = staffed()
        self.world.appoint(LIU, "panellist").on("2026-06-12")
        self.dossier = opened_case(self.world)
        self.model = Model(from_iso("2026-06-12"))
        self.panel = [*PANEL, HU]
        self.digests: dict[str, str] = {}
        self.left = False

    def days_pass(self) -> None:
        """One to six days."""
        for _ in range(self.random.randint(1, 6)):
            self.model.day += 1
            if self.model.pause:
                self.model.resting.add(self.model.day)
        self.world.on(iso(self.model.day))

    def serve(self) -> None:
        """The notice first, then the evidence; again what did not open."""
        what = next((w for w in ("notice", "evidence") if w not in self.model.papers), "")
        if what:
            self.digests[what] = served(self.world, self.dossier, what)
            self.model.papers[what] = Receipt(what, self.model.day)

    def _unread(self) -> Receipt | None:
        unread = [one for one in self.model.papers.values() if not one.got]
        return self.random.choice(unread) if unread else None

    def receive(self) -> None:
        """The accused acknowledges with its key."""
        if (one := self._unread()) is not None:
            received(self.world, self.dossier, self.digests[one.what])
            one.got, one.step = self.model.day, self.model.step

    def carried(self) -> None:
        """Two officers record a delivery between the service and today."""
        if (one := self._unread()) is not None:
            dated = self.random.randint(one.day, self.model.day)
            slip = paper(f"EMS {self.model.step}", iso(dated), iso(self.model.day))
            received(self.world, self.dossier, self.digests[one.what], paper=slip)
            one.got, one.step, one.paper = dated, self.model.step, True

    def tell(self) -> None:
        """The unit is told of what was recorded from paper."""
        if "notice" in self.model.papers:
            served(self.world, self.dossier, "recorded", commitment_to(f"told {self.model.step}"))
            for one in self.model.papers.values():
                one.told = one.told or (self.model.day if one.paper else 0)

    def unopened(self) -> None:
        """What was received last did not open, said in time; it is served once more later."""
        read = [one for one in self.model.papers.values() if one.got]
        last = max(read, key=lambda one: one.step, default=None)
        if last is None or self.model.day - last.got > UNOPENED:
            with self.world.out_of_turn("not-received"):
                noted(self.world, self.dossier, ACCUSED, asks="unopened")
            return
        noted(self.world, self.dossier, ACCUSED, asks="unopened")
        self.digests[last.what] = served(self.world, self.dossier, last.what)
        self.model.papers[last.what] = Receipt(last.what, self.model.day)

    def extend(self) -> None:
        """Once, and because the accused asks for it."""
        noted(self.world, self.dossier, ACCUSED, asks="extension")
        if self.model.extended:
            with self.world.out_of_turn("already"):
                ordered(self.world, self.dossier, "extend", "party_request")
            return
        ordered(self.world, self.dossier, "extend", "party_request")
        self.model.extended = True

    def rest(self) -> None:
        """It rests for an authority, or goes on."""
        if self.model.pause:
            ordered(self.world, self.dossier, "resume", "authority_answered")
            self.model.pause = 0
        else:
            ordered(self.world, self.dossier, "pause", "authority_request")
            self.model.pause = self.model.day

    def complete(self) -> None:
        """The accused says that it has replied in full."""
        noted(self.world, self.dossier, ACCUSED, complete=True)
        self.model.complete = self.model.step

    def challenge(self) -> None:
        """A panellist is challenged, or another takes its place."""
        if not self.model.challenged:
            noted(self.world, self.dossier, ACCUSED, asks="recusal", whom=self.panel[0])
            self.model.challenged = True
            return
        spare = next(one for one in (*PANEL, HU, LIU) if one not in self.panel)
        self.panel = [spare, *self.panel[1:]]
        body = {"role": "panel", "officers": rows(*self.panel)}
        done(self.world, "dossier.assign/1", self.dossier, body, SECRETARY)
        self.model.challenged = False

    def leave(self) -> None:
        """The accused leaves the covenant: nothing changes in its case."""
        if not self.left:
            self.world.withdraw(ACCUSED)
            self.left = True

    def conclude(self) -> str:
        """What the panel is told; empty where it concluded."""
        try:
            concluded(self.world, self.dossier, signers=tuple(self.panel[1:]))
        except (Refused, OutOfTurn) as error:
            return str(error.refusal["code"])
        return ""


ACTIONS = (
    *[Walk.days_pass] * 7, *[Walk.serve] * 3, *[Walk.receive] * 3, *[Walk.carried] * 2, Walk.tell, Walk.tell, Walk.unopened,
    Walk.extend, Walk.rest, Walk.rest, Walk.complete, Walk.challenge, Walk.leave,
)  # fmt: skip


WALKS = 14


def test_the_panel_may_conclude_exactly_when_the_model_says_so() -> None:
    """After every step both are asked; what the office refuses leaves the case as it was, what it takes ends the walk.

    Walks that met only some of the answers would test little: all of them are met.
    """
    met = set()
    for seed in range(WALKS):
        walk = Walk(seed)
        for _ in range(STEPS):
            walk.model.step += 1
            walk.random.choice(ACTIONS)(walk)
            expected, n = walk.model.verdict(), folded(walk.world, walk.dossier).n
            met.add(expected)
            assert walk.conclude() == expected, (seed, walk.model.step, iso(walk.model.day))
            after = folded(walk.world, walk.dossier)
            assert after.n == n + (not expected)
            if not expected:
                assert after.case is not None and after.case.concluded == walk.model.day
                break
    assert met == {"", "out-of-turn/dossier-rests", "GY-18-09", "GY-17-04", "GY-17-06"}
