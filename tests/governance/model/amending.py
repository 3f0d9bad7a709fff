"""A machine that proposes, decides and publishes amendments, lawfully and not, beside the model of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from gongyue.covenant.change_completion import complete
from gongyue.covenant.changes import Change, NotApplicable, TextEdit
from gongyue.governance.proposal import stage_of
from gongyue.office import routine_acts
from gongyue.office.due_list import due
from gongyue.office.objects import text_of_proposal
from support.alliance import CLERK, EVIDENCE_BYTES, PLACES, PUBLISHER, SECRETARY
from support.alliance import paper as written_paper
from support.editions import REASON, change_of

from .amendments import Amendments, Edit, Proposal, last_second
from .machine import DATES, OFFICERS, UNITS, Beside, as_stated
from .model import DAY, Says

WORDS = "积极推进行业自律"
CONSENT, OF_VOTERS = "经三分之二以上成员单位同意", "经参加表决的三分之二以上成员单位同意"
MORE = "经参加表决的过半数成员单位同意"
EDITS = (
    Edit(4, WORDS, "大力推进行业自律"),
    Edit(4, WORDS, "稳步推进行业自律"),
    Edit(4, "良好的行业发展环境", "公平的行业发展环境"),
    Edit(22, "三分之二", "四分之三", Says(Fraction(3, 4)), "经四分之三以上成员单位同意"),
    Edit(22, CONSENT, OF_VOTERS, Says(of_voters=True), OF_VOTERS),
    Edit(22, CONSENT, MORE, Says(Fraction(1, 2), True, True), MORE),
    Edit(4, "没有的字句", "别的字句"),
)
ELSEWHERE = Edit(4, "行业发展环境", "发展环境")
IDS = ("p:1", "p:2", "p:3")
MATTERS = st.sampled_from(IDS)


class Amending(Beside):
    """Four members, of whom one may propose, or eleven, of whom two must."""

    @initialize(members=st.sampled_from([4, 4, 11]))
    def begin(self, members: int) -> None:
        self._begin(members, "2026-04-02 09:00")
        edition = self.world.inst.meaning.edition
        assert edition is not None
        self.amendments = Amendments(self.model, {n: edition.article(n).text for n in (4, 22)})

    def _change(self, edit: Edit) -> Change:
        meaning = self.world.inst.meaning
        said = TextEdit(str(edit.article), edit.old, edit.new)
        try:
            bound = {"amendment.adoption": (said.at, edit.words)} if edit.says is not None else {}
            missing = complete(meaning.edition, meaning.edition_digest, [said], bound).missing
            others = {(one.capability, one.at): REASON for one in missing}
            return change_of(meaning.edition_digest, said, text=meaning.edition, bound=bound, others=others)
        except NotApplicable:
            return Change(meaning.edition_digest, (said,))

    def _anchor(self) -> None:
        super()._anchor()
        self.amendments.anchored()

    def _stage(self, *stages: str) -> list[Proposal]:
        return [p for p in self.amendments.proposals.values() if self.amendments.stage(p) in stages]

    # -- members and time

    @rule(seconds=st.sampled_from([3_600, DAY, 9 * DAY]))
    def wait(self, seconds: int) -> None:
        self._go(self.model.now + seconds)

    @rule(number=st.integers(0, 12))
    def leave(self, number: int) -> None:
        unit = self._unit(number)
        if self._both(self.model.may_leave(unit, None, frozenset()), lambda: self.world.withdraw(unit)):
            self.model.leave(unit, None)

    @rule(number=st.integers(0, 12))
    def enrol(self, number: int) -> None:
        unit = self._unit(number)
        if self._both(self.model.may_enrol(unit, True, None, frozenset()), lambda: self.world.enrol(unit, True)):
            self.model.join(unit)

    # -- proposing

    @rule(id=MATTERS, number=UNITS, edit=st.sampled_from(EDITS))
    def initiate(self, id: str, number: int, edit: Edit) -> None:
        """Under a name that is free as a rule; now and then of one that was taken."""
        known = self.amendments.proposals
        self._initiate(f"p:{len(known) + 1}" if id in known and number else id, self._unit(number), edit, None)

    def _initiate(self, id: str, unit: str, edit: Edit, renews: str | None) -> None:
        wrong = self.amendments.may_initiate(unit, id, edit, renews)
        if self._both(wrong, lambda: self.world.initiate(self._change(edit), id, unit, renews=renews)):
            self.amendments.initiate(unit, id, edit, renews)

    @precondition(lambda self: hasattr(self, "amendments") and self.amendments.proposals)
    @rule(data=st.data(), number=st.sampled_from([None, None, 0, 1, 2]), other=st.sampled_from([None] * 5 + [*EDITS]))
    def renew(self, data: st.DataObject, number: int | None, other: Edit | None) -> None:
        """Put to the vote again one that was overtaken, with the words that it now takes the place of; or another one."""
        old = data.draw(st.sampled_from(self._stage("superseded") or [*self.amendments.proposals.values()]))
        self._renew(old, number, other)

    def _renew(self, old: Proposal, number: int | None, other: Edit | None) -> None:
        edit, now = old.edit, self.amendments.text[old.edit.article]
        stands = next((e for e in EDITS if e.old == edit.old and now.count(e.new) == 1), None)
        again = Edit(edit.article, stands.new if stands else edit.old, edit.new, edit.says, edit.words)
        unit = old.by if number is None else self._unit(number)
        id = f"p:{len(self.amendments.proposals) + 1}"
        self._initiate(id, unit, other or again, old.id)

    @rule(id=MATTERS, number=UNITS)
    def support(self, id: str, number: int) -> None:
        unit = self._unit(number)
        wrong = self.amendments.may_support(unit, id, None, frozenset())
        if self._both(wrong, lambda: self.world.support(unit, matter=id)):
            self.amendments.support(unit, id)

    @rule(id=MATTERS, number=UNITS, near=st.booleans(), dates=DATES, officers=OFFICERS)
    def support_on_paper(
        self, id: str, number: int, near: bool, dates: tuple[int, int], officers: Sequence[str]
    ) -> None:
        unit, one = self._unit(number), self.amendments.proposals.get(id)
        letter = self._paper(one.begun if one is not None and near else self.model.today, *dates)
        wrong = self.amendments.may_support(unit, id, letter, frozenset(officers))
        body = {"proposal": id}
        if self._both(wrong, lambda: self._record("amendment.support/1", unit, body, letter, officers)):
            self.amendments.support(unit, id)

    @rule(id=MATTERS, number=st.sampled_from([None, None, 0, 1, 2]), lapses=st.sampled_from([None] * 6 + [-1, 0]))
    def file(self, id: str, number: int | None, lapses: int | None) -> None:
        """By whoever proposed it, or another; some at the last second before it lapses, or the first after."""
        one = self.amendments.proposals.get(id)
        unit = one.by if one is not None and number is None else self._unit(number or 0)
        if one is not None and lapses is not None and last_second(one.lapses) + lapses > self.model.now:
            self._go(last_second(one.lapses) + lapses)
        if self._both(self.amendments.may_file(unit, id), lambda: self.world.file(unit, id)):
            self.amendments.file(id)

    # -- deciding

    @rule(id=MATTERS)
    def open(self, id: str) -> None:
        office = self.world.stage.office
        if self._both(self.amendments.may_open(id), lambda: routine_acts.open_vote(office, id)):
            vote, real = self.amendments.open(id), self.world.vote(id)
            assert (set(real.roll), real.closes, real.share) == (vote.roll, vote.ends, as_stated(vote.says))

    @precondition(lambda self: hasattr(self, "amendments") and self._stage("open"))
    @rule(data=st.data(), off=st.sampled_from([-1, 0, 0, 0]), everybody=st.booleans(), leaves=st.integers(0, 2))
    def decide(self, data: st.DataObject, off: int, everybody: bool, leaves: int) -> None:
        """Just enough consent, or one too few; some that did leave; then it is closed, at once where all have voted."""
        self._decide(data.draw(st.sampled_from(self._stage("open"))), off, everybody, leaves)

    def _decide(self, one: Proposal, off: int, everybody: bool, leaves: int) -> None:
        vote = self._vote(one.id)
        enough = self._enough(vote.says, len(vote.roll)) + off
        for at, unit in enumerate(sorted(vote.roll)):
            if at < enough or everybody:
                self._ballot(one.id, unit, "consent" if at < enough else "against")
        for unit in sorted(vote.roll)[:leaves]:
            if unit in self.model.members and off == 0 and not everybody:
                self.leave(self.units.index(unit))
        self._go(self.model.now + DAY if everybody else max(self.model.now, vote.ends) + DAY)
        self._anchor()
        self._decided(one.id)

    @rule(id=MATTERS)
    def count(self, id: str) -> None:
        if id in self.model.votes:
            self._decided(id)

    def _decided(self, id: str) -> None:
        vote = self._vote(id)
        was, adopted = vote.closed, self.model.count(vote).outcome == "adopted"
        self._close(id)
        if vote.closed and not was:
            self.amendments.close(id, adopted)

    # -- into force

    @rule(id=MATTERS, near=st.booleans(), dates=DATES, letter=st.booleans(), officers=OFFICERS)
    def report(self, id: str, near: bool, dates: tuple[int, int], letter: bool, officers: Sequence[str]) -> None:
        if id in self.amendments.proposals:
            one = self.amendments.proposals[id]
            day = one.adopted if near and one.adopted else self.model.today
            self._report(id, dates if letter else None, officers, day)

    def _report(self, id: str, dates: tuple[int, int] | None, officers: Sequence[str], day: object) -> None:
        paper = None if dates is None else self._paper(day, *dates)  # type: ignore[arg-type]
        digest, _ = text_of_proposal(self.world.inst.proposals[id])
        body = {"proposal": id, "edition": digest}
        written = (
            None if paper is None else written_paper(f"report {id}", paper.dated.isoformat(), paper.arrived.isoformat())
        )
        wrong = self.amendments.may_report(id, paper, frozenset(officers))
        if self._both(wrong, lambda: self.world.stage.do("amendment.notify/1", "exec", body, officers, paper=written)):
            self.amendments.report(id, paper)

    @rule(
        id=MATTERS,
        off=st.sampled_from([0, 0, 0, 0, -1, 1]),
        officers=st.sampled_from([(PUBLISHER, SECRETARY)] * 5 + [(SECRETARY,)]),
    )
    def publish(self, id: str, off: int, officers: Sequence[str]) -> None:
        if id in self.amendments.proposals:
            in_force = self.model.today + timedelta(days=off)
            digest, _ = text_of_proposal(self.world.inst.proposals[id])
            body = {"proposal": id, "edition": digest, "in_force": in_force.isoformat(), "places": PLACES}
            wrong = self.amendments.may_publish(id, in_force, frozenset(officers))
            if self._both(wrong, lambda: self.world.executive("amendment.publish/1", body, officers, EVIDENCE_BYTES)):
                self.amendments.publish(id)

    @rule(data=st.data(), steps=st.integers(1, 4))
    def go_on(self, data: st.DataObject, steps: int) -> None:
        """The next lawful steps of one of them, so that most come to an end."""
        alive = self._stage("collecting", "proposed", "open", "adopted")
        if alive:
            one = data.draw(st.sampled_from(alive))
            for _ in range(steps):
                self._next(one)

    @precondition(lambda self: self.model.today.year < 2028)  # while the officers are in office
    @rule(
        edits=st.lists(st.sampled_from(EDITS[:5]), min_size=2, max_size=3),
        number=UNITS,
        steps=st.integers(2, 4),
        first=st.booleans(),
    )
    def several(self, edits: list[Edit], number: int, steps: int, first: bool) -> None:
        """Several are begun beside one another; one of them comes into force, and the others go on."""
        begun = []
        for edit in edits:
            id = f"p:{len(self.amendments.proposals) + 1}"
            self._initiate(id, self._unit(number), edit, None)
            begun += [self.amendments.proposals[id]] if id in self.amendments.proposals else []
        for one in begun[1:] if first else begun:
            for _ in range(steps - 1):
                self._next(one)
        for one in begun if first else begun[::-1]:
            for _ in range(steps + 2):
                self._next(one)

    def _next(self, one: Proposal) -> None:
        stage = self.amendments.stage(one)
        if stage == "collecting":
            able = [
                n for n, u in enumerate(self.units) if not self.amendments.may_support(u, one.id, None, frozenset())
            ]
            for number in able[:1]:
                self.support(one.id, number)
            self.file(one.id, None, None)
        elif stage == "proposed":
            self.open(one.id)
        elif stage == "open":
            self._decide(one, 0, False, 0)
        elif stage == "adopted" and one.reported is None:
            self._report(one.id, (0, 0), (SECRETARY, CLERK), self.model.today)
        elif stage == "adopted":
            self.publish(one.id, 0, (PUBLISHER, SECRETARY))
        elif stage == "superseded":
            self._renew(one, None, None)

    @rule(data=st.data(), number=st.integers(0, 12), both=st.booleans())
    def leave_and_return(self, data: st.DataObject, number: int, both: bool) -> None:
        """A unit leaves and comes back; it supports, or files, what it supported before."""
        unit = self._unit(number)
        self.leave(number)
        self.enrol(number)
        for one in self._stage("collecting"):
            if unit in one.supporters or both:
                if both:
                    self.support(one.id, number)
                if self._both(self.amendments.may_file(unit, one.id), lambda i=one.id: self.world.file(unit, i)):
                    self.amendments.file(one.id)

    # -- after each step

    @invariant()
    def the_same_text(self) -> None:
        if not hasattr(self, "amendments"):
            return
        inst, today = self.world.inst, self.model.today.toordinal()
        edition = inst.meaning.edition
        assert edition is not None
        assert {n: edition.article(n).text for n in (4, 22)} == self.amendments.text
        assert inst.meaning.consent() == as_stated(self.amendments.says)
        stages = {id: self.amendments.stage(p) for id, p in self.amendments.proposals.items()}
        assert {id: stage_of(inst, p, today) for id, p in inst.proposals.items()} == stages

    @invariant()
    def the_same_is_due(self) -> None:
        if hasattr(self, "amendments"):
            inst, today = self.world.inst, self.model.today
            owed = due(inst.on(today.toordinal()), (), today.toordinal())
            found = {(d.act, d.matter, d.last) for d in owed if d.matter.startswith("p:")}
            assert found == {(act, matter, last.isoformat()) for act, matter, last in self.amendments.due()}
