"""A unit as it sees itself: where it stands, what was done in its name, its application, its ballots, its questions."""

from __future__ import annotations

from functools import cached_property

from gongyue.covenant.periods import Period, day_of
from gongyue.governance.acts import act_type_of
from gongyue.governance.institution import Institution
from gongyue.governance.registry import Unit
from gongyue.office import notices as told
from gongyue.office.applications import Application, applications
from gongyue.office.facts.authorities import overseers
from gongyue.office.facts.dossiers import DossierFacts, of_unit
from gongyue.office.notices import Notice
from gongyue.office.office import Office
from gongyue.office.questions import Asked, questions
from gongyue.web import installation
from gongyue.web.installation import Now
from gongyue.web.names import party_name

GROUNDS = {
    "practitioner": ("不符合公约所写的加入资格", "does not meet the covenant's condition of joining"),
    "acceptance": ("没有接受公约的规则", "has not accepted the rules"),
}
"""The two grounds on which an application may be refused; the rule alone decides which there are."""


class OwnUnit:
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
        return self.inst.meaning.article(act_type_of(type).clause)

    def at(self, type: str) -> str:
        """Its address; empty where the present text has none."""
        return self.inst.meaning.at(self.article(type))

    def has(self, type: str) -> bool:
        """Whether the present text has the clause that acts of a type carry out; another covenant may not."""
        meaning = self.inst.meaning
        return meaning.edition is None or meaning.clause(act_type_of(type).clause) is not None

    @property
    def is_member(self) -> bool:
        """Whether it is a member today."""
        return self.unit in self.inst.members

    @property
    def over(self) -> bool:
        """Whether its membership has ended: it left, or was put out, and has not joined anew."""
        return self.known is not None and self.known.status in {"left", "ended"}

    @property
    def may_enrol(self) -> bool:
        """Whether it joins by its own declaration, with the first batch: until the first list a member of the alliance does."""
        known, inst = self.known, self.inst
        return bool(known and known.alliance and not self.is_member and not inst.lists and inst.effective)

    @property
    def may_apply(self) -> bool:
        """Whether it can apply to join now."""
        return self.inst.in_force and self.status not in {"member", "applicant"}

    @property
    def overseen(self) -> bool:
        """Whether anybody is named today to whom one turns about the executive body; a text may have no authority."""
        return any(not one.coming for one in overseers(self.now))

    @property
    def review_days(self) -> int:
        """Within how many days a review of a decision on a sanction is asked for, as in force now (P5); 0 where that is not adopted."""
        value = self.inst.meaning.values.get("P5")
        return value.n if isinstance(value, Period) else 0

    @property
    def status(self) -> str:
        """invited | initiator | applicant | refused | member | left | ended | stranger."""
        if self.is_member:
            return "member"
        if self.application is not None and self.application.state == "waiting":
            return "applicant"
        if self.refused is not None and not self.over:
            return "refused"
        return self.known.status if self.known else "stranger"

    @property
    def refused(self) -> Application | None:
        """Its latest application where that was refused; None where it was not, or was a member since."""
        last = self.application
        if last is None or last.state != "refused" or self.is_member:
            return None
        return last if self.known is None or day_of(last.decided) >= self.known.until else None

    @cached_property
    def name(self) -> str:
        """Its name: as the book has it, else as its application says; nobody told it yet where it has not applied."""
        if self.known is not None:
            return self.known.name
        return self.application.said.name if self.application else party_name(self.inst, self.unit)

    @cached_property
    def acts(self) -> list[Notice]:
        """Every act in its name in both books, in the order of arrival."""
        office = self.office
        return told.notices(self.now.inst, office.store, self.unit, acts=office.acts_by_unit)

    @cached_property
    def dossiers(self) -> list[DossierFacts]:
        """The dossiers it is party to, in the order in which they were opened."""
        return of_unit(self.now.inst, self.office.store, self.unit, self.now.day)

    def acts_of(self, type: str) -> list[Notice]:
        """The acts of one type."""
        return [n for n in self.acts if n.type == type]

    def ballot(self, vote: str) -> Notice | None:
        """The ballot the unit stands by in a vote; None where it has not voted."""
        cast = [n for n in self.acts_of("vote.ballot/1") if n.fields["vote"] == vote and n.state == "stands"]
        return cast[-1] if cast else None

    @cached_property
    def questions(self) -> list[Asked]:
        """Its questions to the alliance, with what became of each; the sealed book is read for whoever asked one."""
        if not self.acts_of("interpretation.ask/1"):
            return []
        return list(questions(self.now.inst, self.office.store, self.unit))

    @cached_property
    def application(self) -> Application | None:
        """Of a member the application that was granted, else its latest; None where there is none."""
        if not self.acts_of("membership.apply/1"):
            return None  # the sealed book is read through only for whoever applied
        made = list(applications(self.now.inst, self.office.store, self.unit))
        counts = [one for one in made if one.state == "granted"] if self.is_member else made
        return counts[-1] if counts else None
