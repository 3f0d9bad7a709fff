"""What the covenant's words say of its amendment, in plain Python, beside the model of members and votes.

第二十二条　本公约生效期间，经公约执行机构或本公约十分之一以上成员单位提议，并经三分之二以上成员单位同意，可以对本公约进行修改。
It imports nothing of ours; what is unlawful about an act is told as in `model`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction

from .model import Model, Paper, Says, Vote, day, midnight

COLLECTING, OPENING, FILING = timedelta(days=90), timedelta(days=15), timedelta(days=30)
"""P15, P7, P19."""
TENTH = Fraction(1, 10)


@dataclass(frozen=True)
class Edit:
    """Words of an article that others take the place of; `says`: what the text then says of its votes, in `words`."""

    article: int
    old: str
    new: str
    says: Says | None = None
    words: str = ""

    @property
    def essence(self) -> tuple[int, str, Says | None]:
        """What the supporters gave their names to."""
        return self.article, self.new, self.says


@dataclass
class Proposal:
    """A proposal; `supporters`: each with the number of the act by which it gave its name."""

    id: str
    by: str
    edit: Edit
    begun: date
    lapses: date
    supporters: dict[str, int]
    filed: date | None = None
    adopted: date | None = None
    rejected: bool = False
    reported: date | None = None
    published: bool = False
    superseded: bool = False
    renewed: bool = False
    ended: int = 0


@dataclass
class Amendments:
    """The text in force, as far as it is amended here, and what is proposed."""

    model: Model
    text: dict[int, str]
    says: Says = field(default_factory=Says)
    proposals: dict[str, Proposal] = field(default_factory=dict)

    def stage(self, one: Proposal) -> str:
        """Where it stands today."""
        vote = self.model.votes.get(one.id)
        if one.rejected:
            return "rejected"
        if one.superseded:
            return "superseded"
        if one.published:
            return "published"
        if one.adopted:
            return "adopted"
        if vote:
            return "open"
        if one.filed:
            return "proposed"
        return "collecting" if self.model.today <= one.lapses else "lapsed"

    def names(self, one: Proposal) -> set[str]:
        """Who supports it: a proposal not filed yet loses a supporter that leaves, and coming back is not supporting."""
        changes = self.model.changes
        return {u for u, at in one.supporters.items() if not any(c.unit == u and c.number > at for c in changes)}

    def _fits(self, edit: Edit) -> bool:
        text = self.text[edit.article]
        return text.count(edit.old) == 1 and edit.words in text.replace(edit.old, edit.new)

    # -- proposing

    def may_initiate(self, unit: str, id: str, edit: Edit, renews: str | None) -> list[str]:
        """A member, of the text in force; once more, the same change of one that another has overtaken."""
        found = [""] * (unit not in self.model.members) + [""] * (id in self.proposals)
        found += ["GY-22-06"] * (not self._fits(edit))
        if renews is None:
            return found
        old = self.proposals.get(renews)
        if old is None or self.stage(old) != "superseded" or old.renewed or self._running(renews):
            return [*found, ""]
        if old.filed is None and self.model.today > old.lapses:
            found.append("")
        if unit != old.by and unit not in self._own(old):
            found.append("")
        return found + ["GY-22-10"] * (edit.essence != old.edit.essence)

    def _running(self, id: str) -> bool:
        return id in self.model.votes and not self.model.votes[id].closed

    def _own(self, one: Proposal) -> set[str]:
        """Whose it is: its supporters; of one that was filed, whoever was counted."""
        return set(one.supporters) if one.filed else self.names(one)

    def initiate(self, unit: str, id: str, edit: Edit, renews: str | None) -> Proposal:
        """It collects support from today; one put to the vote again stands where the old one stood."""
        today, number = self.model.today, self.model.done()
        new = Proposal(id, unit, edit, today, today + COLLECTING, {unit: number})
        if renews is not None:
            old = self.proposals[renews]
            old.renewed = True
            new = replace(new, by=old.by, lapses=old.lapses, supporters=dict(old.supporters))
            new.filed = today if old.filed else None
        self.proposals[id] = new
        return new

    def may_support(self, unit: str, id: str, paper: Paper | None, officers: frozenset[str]) -> list[str]:
        """A member, while it is collected, after it was proposed, once."""
        found = [*self.model.bad_paper(paper, officers)] + [""] * (unit not in self.model.members)
        one = self.proposals.get(id)
        if one is None or self.stage(one) != "collecting" or unit in self.names(one):
            return [*found, ""]
        return found + [""] * (paper is not None and paper.dated < one.begun)

    def support(self, unit: str, id: str) -> None:
        """It gives its name."""
        self.proposals[id].supporters[unit] = self.model.done()

    def may_file(self, unit: str, id: str) -> list[str]:
        """A member of those whose it is, in time; one in ten of the members, counted now."""
        one, members = self.proposals.get(id), self.model.members
        found = [""] * (unit not in members)
        if one is None or self.stage(one) != "collecting":
            return [*found, ""]
        found += [""] * (unit != one.by and unit not in self.names(one))
        few = not members or Fraction(len(self.names(one)), len(members)) < TENTH
        return found + ["GY-22-01"] * few

    def file(self, id: str) -> None:
        """It is filed; what becomes of its supporters now changes nothing."""
        one, names = self.proposals[id], self.names(self.proposals[id])
        one.supporters = {unit: number for unit, number in one.supporters.items() if unit in names}
        one.filed = self.model.today
        self.model.done()

    # -- deciding

    def may_open(self, id: str) -> list[str]:
        """Once it is filed, once."""
        one = self.proposals.get(id)
        return [] if one is not None and self.stage(one) == "proposed" else [""]

    def open(self, id: str) -> Vote:
        """It goes by the text in force now."""
        vote = self.model.open(id)
        vote.says = self.says
        return vote

    def anchored(self) -> None:
        """After an anchor: a vote in which the whole roll has voted is over."""
        for id, vote in self.model.votes.items():
            if not vote.closed and self.model.turnout(vote)[0] == len(vote.roll) and not self.proposals[id].ended:
                self.proposals[id].ended = self.model.anchors[-1][0]

    def close(self, id: str, adopted: bool) -> None:
        """Its vote was counted: adopted today, or rejected. It ended with its window, or when all had voted."""
        one, vote = self.proposals[id], self.model.votes[id]
        one.ended = min(time for time in (vote.ends, one.ended, self.model.anchors[-1][0]) if time)
        one.adopted, one.rejected = (self.model.today, False) if adopted else (None, True)

    # -- into force

    def may_report(self, id: str, paper: Paper | None, officers: frozenset[str]) -> list[str]:
        """备案 by two officers, of what is adopted, not dated before its adoption, once."""
        found = [*self.model.bad_paper(paper, officers)] + ["GY-05-02"] * (len(officers) < 2)
        found += [""] * (paper is None)  # from the letter that was handed in
        found += self._not_adopted(id)
        one = self.proposals.get(id)
        if one is None or one.adopted is None:
            return found
        found += [""] * (one.superseded or one.reported is not None)
        return found + [""] * (paper is not None and paper.dated < one.adopted)

    def _not_adopted(self, id: str) -> list[str]:
        one = self.proposals.get(id)
        if one is None or self._running(id):
            return [""]
        return ["GY-22-02"] * (one.adopted is None)

    def report(self, id: str, paper: Paper | None) -> None:
        """It was notified to the authority."""
        self.proposals[id].reported = paper.arrived if paper else self.model.today
        self.model.done()

    def may_publish(self, id: str, in_force: date, officers: frozenset[str]) -> list[str]:
        """After 备案, in the order in which the votes ended, in force on the day of publication."""
        found = ["GY-05-02"] * (len(officers) < 2) + self._not_adopted(id)
        one = self.proposals.get(id)
        if one is None or one.adopted is None:
            return found
        found += [""] * (one.published or one.superseded or one.reported is None)
        found += [""] * any(self._first(one, other) for other in self.proposals.values())
        return found + ["GY-26-01"] * (in_force != self.model.today)

    def _first(self, one: Proposal, other: Proposal) -> bool:
        """Whether another's vote ended earlier that is adopted and not published, or not counted, but not for ever."""
        vote = self.model.votes.get(other.id)
        if other is one or vote is None or other.rejected or other.published or other.superseded:
            return False
        if not vote.closed and self.model.today > day(vote.ends - 1) + FILING:
            return False
        return (other.ended or vote.ends, vote.number) < (one.ended, self.model.votes[one.id].number)

    def publish(self, id: str) -> None:
        """Its words are in force; whatever changes the same words or the same number is overtaken by it."""
        one = self.proposals[id]
        alive = [other for other in self.proposals.values() if self.stage(other) in ALIVE and other is not one]
        self.text[one.edit.article] = self.text[one.edit.article].replace(one.edit.old, one.edit.new)
        self.says = one.edit.says or self.says
        one.published = True
        self.model.done()
        for other in alive:
            same_number = one.edit.says is not None and other.edit.says is not None
            other.superseded = same_number or not self._fits(other.edit)

    # -- what is due

    def due(self) -> Iterator[tuple[str, str, date]]:
        """Act, matter and last day of what is owed."""
        for one in self.proposals.values():
            stage, vote = self.stage(one), self.model.votes.get(one.id)
            if stage == "collecting":
                yield "amendment.file/1", one.id, one.lapses
            elif stage == "proposed" and one.filed:
                yield "vote.open/1", one.id, one.filed + OPENING
            elif stage == "adopted" and one.adopted:
                if one.reported:
                    yield "amendment.publish/1", one.id, one.reported + FILING
                else:
                    yield "amendment.notify/1", one.id, one.adopted + FILING
            if vote is not None and not vote.closed:
                yield "vote.close/1", one.id, day(vote.ends)


ALIVE = {"collecting", "proposed", "open", "adopted"}


def last_second(of: date) -> int:
    """The end of a day, 24:00."""
    return midnight(of + timedelta(days=1))
