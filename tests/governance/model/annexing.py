"""A machine that initiates, decides and publishes annexes, their changes and repeals, beside the model of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from gongyue.governance.annex import stage_of
from gongyue.office import routine_acts
from gongyue.office.due_list import due
from support.alliance import EVIDENCE_BYTES, PLACES, PUBLISHER, SECRETARY

from .annexes import Annexes
from .machine import UNITS, Beside
from .model import DAY

IDS = st.sampled_from([f"a:{n}" for n in range(1, 7)])
KINDS = st.sampled_from(["new", "amend", "amend", "repeal"])


class Annexing(Beside):
    """Four members; some annexes are in force as a rule, and several changes of one under way."""

    @initialize()
    def begin(self) -> None:
        self._begin(4, "2026-04-02 09:00")
        self.annexes = Annexes(self.model)

    def _anchor(self) -> None:
        super()._anchor()
        self.annexes.anchored()

    def _stage(self, *stages: str) -> list[str]:
        return [id for id, one in self.annexes.known.items() if one.stage in stages]

    @rule(seconds=st.sampled_from([3_600, DAY, 9 * DAY]))
    def wait(self, seconds: int) -> None:
        self._go(self.model.now + seconds)

    @rule(number=UNITS)
    def leave(self, number: int) -> None:
        unit = self._unit(number)
        if unit in self.model.members and len(self.model.members) <= 2:
            return
        if self._both(self.model.may_leave(unit, None, frozenset()), lambda: self.world.withdraw(unit)):
            self.model.leave(unit, None)

    @rule(id=st.one_of(st.none(), st.none(), IDS), number=UNITS, kind=KINDS, data=st.data())
    def initiate(self, id: str | None, number: int, kind: str, data: st.DataObject) -> None:
        """Of one that is in force as a rule; now and then of another, under a name that was taken, or of none."""
        standing = self._stage("published") * 5 + [*self.annexes.known, None]
        target = None if kind == "new" else data.draw(st.sampled_from(standing))
        self._initiate(id or self._unused(), self._unit(number), kind, target)

    def _initiate(self, id: str, unit: str, kind: str, target: str | None) -> None:
        wrong = self.annexes.may_initiate(unit, id, kind, target)
        text = f"附件的字句（{len(self.annexes.known)}）。"
        if self._both(wrong, lambda: self.world.initiate_annex(id, unit, text, kind=kind, target=target)):
            self.annexes.initiate(id, kind, target)

    @precondition(lambda self: hasattr(self, "annexes") and self.annexes.known)
    @rule(data=st.data())
    def open(self, data: st.DataObject) -> None:
        id = data.draw(st.sampled_from(self._stage("consultation") * 5 + [*self.annexes.known]))
        office = self.world.stage.office
        if self._both(self.annexes.may_open(id), lambda: routine_acts.open_vote(office, id)):
            vote = self.annexes.open(id)
            assert (set(self.world.vote(id).roll), self.world.vote(id).closes) == (vote.roll, vote.ends)

    @precondition(lambda self: hasattr(self, "annexes") and self._under_way())
    @rule(data=st.data(), off=st.sampled_from([-1, 0, 0, 0]), everybody=st.booleans(), counts=st.booleans())
    def decide(self, data: st.DataObject, off: int, everybody: bool, counts: bool) -> None:
        """Just enough consent, or one too few; counted when it is over, at once where all have voted, or left uncounted."""
        self._decide(data.draw(st.sampled_from(self._under_way())), off, everybody, counts)

    def _decide(self, id: str, off: int, everybody: bool, counts: bool) -> None:
        vote = self._vote(id)
        enough = -(-2 * len(vote.roll) // 3) + off
        for at, unit in enumerate(sorted(vote.roll)):
            if at < enough or everybody:
                self._ballot(id, unit, "consent" if at < enough else "against")
        self._go(self.model.now + DAY if everybody else max(self.model.now, vote.ends) + DAY)
        self._anchor()
        if counts:
            self._decided(id)

    def _under_way(self) -> list[str]:
        return [id for id, vote in self.model.votes.items() if not vote.closed]

    @precondition(lambda self: hasattr(self, "annexes") and self.model.votes)
    @rule(data=st.data())
    def count(self, data: st.DataObject) -> None:
        self._decided(data.draw(st.sampled_from(self._under_way() or [*self.model.votes])))

    def _decided(self, id: str) -> None:
        vote = self._vote(id)
        was, outcome = vote.closed, bool(self.model.anchors) and self.model.count(vote).outcome == "adopted"
        self._close(id)
        if vote.closed and not was:
            self.annexes.close(id, outcome)

    @precondition(lambda self: hasattr(self, "annexes") and self.annexes.known)
    @rule(
        data=st.data(),
        off=st.sampled_from([0, 0, 0, 0, -1, 1]),
        officers=st.sampled_from([(PUBLISHER, SECRETARY)] * 5 + [(SECRETARY,)]),
    )
    def publish(self, data: st.DataObject, off: int, officers: Sequence[str]) -> None:
        self._publish(data.draw(st.sampled_from(self._stage("adopted") * 5 + [*self.annexes.known])), off, officers)

    def _publish(self, id: str, off: int = 0, officers: Sequence[str] = (PUBLISHER, SECRETARY)) -> None:
        in_force = self.model.today + timedelta(days=off)
        text = self.world.inst.annexes[id].text
        body = {"annex": id, "text": text, "in_force": in_force.isoformat(), "places": PLACES}
        wrong = self.annexes.may_publish(id, in_force, frozenset(officers))
        if self._both(wrong, lambda: self.world.executive("annex.publish/1", body, officers, EVIDENCE_BYTES)):
            self.annexes.publish(id)

    @precondition(
        lambda self: hasattr(self, "annexes") and self.model.today.year < 2028
    )  # while the officers are in office
    @rule(
        data=st.data(),
        kinds=st.lists(st.sampled_from(["new", "amend", "repeal"]), min_size=2, max_size=3),
        how=st.lists(st.tuples(st.booleans(), st.booleans()), min_size=3, max_size=3),
        waits=st.sampled_from([0, 0, 89 * DAY, 90 * DAY]),
    )
    def several(self, data: st.DataObject, kinds: list[str], how: list[tuple[bool, bool]], waits: int) -> None:
        """Several beside one another, most for one annex; voted on in any order, some not counted; then each is published."""
        if not self._stage("published"):
            self._through("new", None)
        target, begun = data.draw(st.sampled_from(self._stage("published") or [None])), []
        for kind in kinds:
            begun.append(self._unused())
            self._initiate(begun[-1], min(self.model.members), kind, None if kind == "new" else target)
        begun = [id for id in begun if id in self.annexes.known]
        for id in begun:
            if self._both(self.annexes.may_open(id), lambda i=id: routine_acts.open_vote(self.world.stage.office, i)):
                self.annexes.open(id)
        for id, (everybody, counts) in zip(data.draw(st.permutations(begun)), how, strict=False):
            self._decide(id, 0, everybody, counts)
        if waits and begun:
            last = max(self._vote(id).ends for id in begun)
            self._go(max(self.model.now, last + waits))
        for id in data.draw(st.permutations(begun)):
            self._publish(id)
        for id in data.draw(st.permutations(begun)):
            self._decided(id)
            self._publish(id)

    def _unused(self) -> str:
        """An id that is not one of those drawn."""
        return f"a:{len(self.annexes.known) + 7}"

    def _through(self, kind: str, target: str | None) -> None:
        """One that is initiated, adopted and published."""
        id = self._unused()
        self._initiate(id, min(self.model.members), kind, target)
        routine_acts.open_vote(self.world.stage.office, id)
        self.annexes.open(id)
        self._decide(id, 0, True, True)
        self._publish(id)

    # -- after each step

    @invariant()
    def the_same_stands(self) -> None:
        if not hasattr(self, "annexes"):
            return
        inst, today = self.world.inst, self.model.today
        real = {id: (stage_of(inst, a), a.number) for id, a in inst.annexes.items()}
        assert real == {id: (one.stage, one.number) for id, one in self.annexes.known.items()}
        owed = due(inst.on(today.toordinal()), (), today.toordinal())
        found = {(d.act, d.matter, d.last) for d in owed if d.matter.startswith("a:")}
        assert found == {(act, matter, last.isoformat()) for act, matter, last in self.annexes.due()}
