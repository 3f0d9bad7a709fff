"""A unit as it sees itself: where it stands, what was done in its name, its application, its ballots, its questions."""

from __future__ import annotations

from functools import cached_property

import msgspec

from gongyue.book.entry import decode
from gongyue.governance.acts import Opening, kind_of
from gongyue.governance.admission import sealed_duties
from gongyue.governance.institution import Institution
from gongyue.governance.recovery import is_void
from gongyue.governance.standing import Duty, Unit
from gongyue.office import notices as told
from gongyue.office.notices import Notice
from gongyue.office.office import Office
from gongyue.office.openings import of_party
from gongyue.office.store import OPEN, Reading
from gongyue.web import installation
from gongyue.web.installation import Now

GROUNDS = {
    "practitioner": ("不是国内从业者", "not a domestic practitioner"),
    "acceptance": ("没有接受自律规则", "has not accepted the rules"),
}
"""The two grounds on which an application may be refused; the rule alone decides which there are."""


class Application(msgspec.Struct, frozen=True):
    """A unit's latest application: waiting, granted or refused; until when the executing body is to decide (P8).

    `decided`: Unix seconds; `ground`, `reasons`: of a refusal; `index`: the entry that granted it.
    """

    notice: Notice
    due: Duty
    state: str
    anchored: bool
    decided: int = 0
    ground: str = ""
    reasons: str = ""
    index: int | None = None


class Ours:
    """What a unit knows of itself as of now. It reads the two books; it decides nothing."""

    def __init__(self, now: Now, unit: str) -> None:
        self.now, self.unit = now, unit

    @cached_property
    def inst(self) -> Institution:
        """The institution once the departures announced for today have fallen due."""
        return self.now.inst.on(self.now.day)

    @property
    def office(self) -> Office:
        """The office of this process."""
        return installation.office()

    @cached_property
    def known(self) -> Unit | None:
        """The unit as the open book knows it."""
        return self.inst.units.get(self.unit)

    def article(self, type: str) -> int:
        """The article that acts of a type rest on in the present text."""
        return self.inst.meaning.article(kind_of(type).clause)

    def at(self, type: str) -> str:
        """Its address; empty where the present text has none."""
        return self.inst.meaning.at(self.article(type))

    def has(self, type: str) -> bool:
        """Whether the present text has the clause that acts of a type carry out; another covenant may not."""
        meaning = self.inst.meaning
        return meaning.edition is None or meaning.clause(kind_of(type).clause) is not None

    @property
    def is_member(self) -> bool:
        """Whether it is a member today."""
        return self.unit in self.inst.members

    @property
    def status(self) -> str:
        """invited | initiator | applicant | member | left | ended | stranger."""
        if self.is_member:
            return "member"
        if self.application is not None and self.application.state == "waiting":
            return "applicant"
        return self.known.status if self.known else "stranger"

    @cached_property
    def name(self) -> str:
        """Its name: as the book has it, else as its application says, else its id."""
        if self.known is not None:
            return self.known.name
        return str(self.application.notice.fields["name"]) if self.application else self.unit

    @cached_property
    def acts(self) -> list[Notice]:
        """Every act in its name in both books, in the order of arrival."""
        office = self.office
        return told.notices(self.now.inst, office.store, self.unit, acts=office.acts_by_unit)

    def acts_of(self, type: str) -> list[Notice]:
        """The acts of one type."""
        return [n for n in self.acts if n.type == type]

    def ballot(self, vote: str) -> Notice | None:
        """The ballot the unit stands by in a vote; None where it has not voted."""
        cast = [n for n in self.acts_of("vote.ballot/1") if n.fields["vote"] == vote and n.state == "stands"]
        return cast[-1] if cast else None

    @cached_property
    def application(self) -> Application | None:
        """Its latest application to join; None where it never applied."""
        applied = self.acts_of("membership.apply/1")
        if not applied:
            return None
        last, inst = applied[-1], self.now.inst
        anchored = bool(inst.anchors) and last.index < inst.anchors[-1].size
        due = self._due(last.index)
        granted = inst.answered.get(last.commitment)
        if granted is not None:
            return Application(last, due, "granted", True, arrival(self.office.store, granted), index=granted)
        return self._refused(last, due, anchored) or Application(last, due, "waiting", anchored)

    def _due(self, index: int) -> Duty:
        """The duty to decide on the application at that index of the sealed book, as it stood when it was made."""
        opening = self.office.store.opening(index)
        assert opening is not None
        return next(sealed_duties(self.now.inst, [Opening(index, "", decode(opening[1]).entry)]))

    def _refused(self, last: Notice, due: Duty, anchored: bool) -> Application | None:
        for opened in of_party(self.office.store, self.unit):
            if opened.entry.act.type != "membership.refuse/1" or is_void(self.now.inst, opened.index, opened.entry):
                continue
            if opened.body["of"] == last.commitment:
                reasons = self.office.store.object(str(opened.body["reasons"])) or b""
                return Application(
                    last,
                    due,
                    "refused",
                    anchored,
                    opened.entry.rx.t,
                    str(opened.body["ground"]),
                    reasons.decode("utf-8", "replace"),
                )
        return None


def arrival(store: Reading, index: int) -> int:
    """When the open act at that index arrived, Unix seconds."""
    leaf = store.leaf(OPEN, index)
    assert leaf is not None
    return decode(leaf).entry.rx.t
