"""What the covenant's words say of its annexes, in plain Python, beside the model of members and votes.

第二十四条　本公约成员单位可以在本公约之下发起制订各分支行业的自律协议，经公约成员单位同意后，作为本公约的附件公布实施。
It imports nothing of ours; what is unlawful about an act is told as in `model`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from .model import Model, Vote, day

OPENING, PUBLISHING, LONGEST = timedelta(days=15), timedelta(days=30), timedelta(days=90)
"""P7, P19, and the longest P19 that there can be."""


@dataclass
class Annex:
    """A new annex, or one that changes or repeals another; `ended`: when its vote did, 0 while it is under way."""

    id: str
    begun: date
    kind: str
    target: str | None
    stage: str = "consultation"
    ended: int = 0
    adopted: date | None = None
    number: int = 0


@dataclass
class Annexes:
    """The annexes; of each, whatever becomes of it."""

    model: Model
    known: dict[str, Annex] = field(default_factory=dict)

    def may_initiate(self, unit: str, id: str, kind: str, target: str | None) -> list[str]:
        """Any one member: a new one, or the change or repeal of one that is in force."""
        found = ["GY-24-01"] * (unit not in self.model.members) + [""] * (id in self.known)
        found += [""] * ((kind == "new") != (target is None))
        return found + [""] * (target is not None and self.stage(target) != "published")

    def stage(self, id: str) -> str:
        """Where it stands; "" where there is none."""
        return self.known[id].stage if id in self.known else ""

    def initiate(self, id: str, kind: str, target: str | None) -> None:
        """It is consulted on."""
        self.known[id] = Annex(id, self.model.today, kind, target)
        self.model.done()

    def may_open(self, id: str) -> list[str]:
        """Once, while there is something to consent to."""
        return [""] * (self.stage(id) != "consultation")

    def open(self, id: str) -> Vote:
        """Its vote begins."""
        self.known[id].stage = "open"
        return self.model.open(id)

    def anchored(self) -> None:
        """After an anchor: a vote in which the whole roll has voted is over."""
        for id, vote in self.model.votes.items():
            if not vote.closed and self.model.turnout(vote)[0] == len(vote.roll) and not self.known[id].ended:
                self.known[id].ended = self.model.anchors[-1][0]

    def close(self, id: str, adopted: bool) -> None:
        """Counted; it ended with its window, or when all had voted. What is rejected is that, whatever else became of it."""
        one, vote = self.known[id], self.model.votes[id]
        one.ended = min(time for time in (vote.ends, one.ended, self.model.anchors[-1][0]) if time)
        one.adopted = self.model.today if adopted else None
        if not adopted or one.stage == "open":
            one.stage = "adopted" if adopted else "rejected"

    def may_publish(self, id: str, in_force: date, officers: frozenset[str]) -> list[str]:
        """经公约成员单位同意后: what they consented to, in the order in which the votes ended, on that very day."""
        one = self.known[id]
        found = ["GY-05-02"] * (len(officers) < 2)
        if one.adopted is None:
            return [*found, "GY-24-03"]
        found += [""] * (one.stage != "adopted") + [""] * any(self._first(one, other) for other in self.known.values())
        return found + ["GY-26-01"] * (in_force != self.model.today)

    def _first(self, one: Annex, other: Annex) -> bool:
        """Whether another's vote ended earlier that is adopted and not published, or not counted, but not for ever."""
        vote = self.model.votes.get(other.id)
        if other is one or vote is None or other.stage not in ("open", "adopted"):
            return False
        if not vote.closed and self.model.today > day(vote.ends - 1) + LONGEST:
            return False
        return (other.ended or vote.ends, vote.number) < (one.ended, self.model.votes[one.id].number)

    def publish(self, id: str) -> None:
        """In force, under the next number or that of what it changes; nothing else changes or repeals the same then."""
        one = self.known[id]
        self.model.done()
        one.stage = "repealing" if one.kind == "repeal" else "published"
        if one.target is None:
            one.number = 1 + len({other.number for other in self.known.values() if other.number})
            return
        target = self.known[one.target]
        one.number, target.stage = target.number, "replaced" if one.kind == "amend" else "repealed"
        for other in self.known.values():
            if other is not one and other.target == one.target and other.stage in ("consultation", "open", "adopted"):
                other.stage = "superseded"

    def due(self) -> Iterator[tuple[str, str, date]]:
        """Act, matter and last day of what is owed."""
        for one in self.known.values():
            vote = self.model.votes.get(one.id)
            if one.stage == "consultation":
                yield "vote.open/1", one.id, one.begun + OPENING
            elif one.stage == "adopted" and one.adopted:
                yield "annex.publish/1", one.id, one.adopted + PUBLISHING
            if vote is not None and not vote.closed:
                yield "vote.close/1", one.id, day(vote.ends)
