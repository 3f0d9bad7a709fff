"""What the rules mean now: `value(name)` resolves the text first, then the adopted procedure.

`Meaning` is what an act's `rev` pins: the edition, the procedure rules and readings, the law packs and the
version of the rules. The digest itself is taken by the caller; nothing here hashes.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

import msgspec

from gongyue.covenant import shares, unsupported_clauses
from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.counting import Share
from gongyue.covenant.edition import Clause, Edition
from gongyue.covenant.periods import NO_CALENDAR, Calendar, Period
from gongyue.covenant.procedure import package
from gongyue.covenant.refusals import refusal
from gongyue.covenant.rulings import OutOfTurn, Ruling

RULE_VERSION = "gongyue/rules@1"

BASIS = "at:"
"""Before an address, in an act's `basis`."""

INSTEAD = {"publication.within": "P19"}
"""Where the text states no such period, the procedure's."""

STATED = {"P8": unsupported_clauses.DECISION}
"""Where the text states such a period, it takes the place of the procedure's."""

AUTHORITIES = ("founding.approval", "founding.filing")
"""By these a text knows of an authority."""

RESTS = ("publication.list",)
"""What holds in place of these needs no act, so that their rules rest: where no lists are published, the roll is public."""

ON_THE_ROLL = frozenset({"amendment.roll"})
"""Readings of a share that says nothing of whom: the whole roll."""

LIST_PERIOD = "list.period"
"""The reading of how many months a list covers: of a text that does not say."""

AUTHORITY = "amendment.authority"
"""The reading of whether a change is filed or approved: of a text that does not say."""

Value = Fraction | Period | int | str


class LoggedCalendar(msgspec.Struct, frozen=True):
    """A calendar, and the Beijing day (ordinal) on which it was recorded."""

    day: int
    calendar: Calendar


class Meaning(msgspec.Struct, frozen=True, dict=True):
    """The edition, the adopted procedure, the law packs and the rule version: what `rev` is the digest of."""

    edition: Edition | None = None
    edition_digest: str = ""
    procedure: dict[str, int | str] | None = None
    law: tuple[str, ...] = ()
    rules: str = RULE_VERSION
    calendars: tuple[LoggedCalendar, ...] = ()

    @property
    def calendar(self) -> Calendar:
        """The calendar recorded last."""
        return self.calendars[-1].calendar if self.calendars else NO_CALENDAR

    def calendar_of(self, start: int) -> Calendar:
        """The calendar of a period that began on that day: the last recorded before, and none recorded since moves it."""
        return next((c.calendar for c in reversed(self.calendars) if c.day < start), NO_CALENDAR)

    def content(self) -> dict[str, Any]:
        """The canonical content of `rev`; before there is an edition, the rule version alone."""
        if self.edition is None:
            return {"rules": self.rules}
        return {
            "edition": self.edition_digest,
            "law": list(self.law),
            "procedure": self.procedure or {},
            "rules": self.rules,
        }

    @cached_property
    def values(self) -> Mapping[str, Value]:
        """Every value in force, by name: T first, then P."""
        adopted: dict[str, Value] = {}
        for name, value in (self.procedure or {}).items():
            rule = package().procedure.get(name)
            if self.applies(name):
                adopted[name] = rule.means(value) if rule and isinstance(value, int) else value
        if self.edition is None:
            return adopted
        stated: dict[str, Value] = {name: value for name, value in self.edition.values.items() if name not in adopted}
        silent = {n: adopted[p] for n, p in INSTEAD.items() if self.edition.binding(n) is None and p in adopted}
        if own := shares.authority_in(self.edition):
            stated[AUTHORITY] = own
        instead = {
            p: period
            for p, name in STATED.items()
            if (period := unsupported_clauses.period_of(self.edition.stated(name)))
        }
        return adopted | silent | stated | instead

    def value(self, name: str) -> Value:
        """The value of that name; OutOfTurn where the text has no such term or the package is not adopted."""
        try:
            return self.values[name]
        except KeyError:
            offered = package()
            procedural = name in offered.procedure or name in offered.readings
            raise OutOfTurn("no-procedure" if procedural else "capability-off", name=name) from None

    def applies(self, reading: str) -> bool:
        """Whether there is anything left to that reading: none says what the text does, of whom its share is or who approves a change."""
        if self.edition is None:
            return True
        if reading == AUTHORITY:
            return not shares.authority_in(self.edition)
        if reading not in ON_THE_ROLL:
            return True
        share = shares.share_in(self.edition, shares.ADOPTION)
        return share is None or share.base == "roll"

    def says_itself(self, reading: str) -> bool:
        """Whether the text states what that procedure rule or reading would fill: it comes first, and nothing is left to interpret."""
        if reading in STATED:
            bound = self.edition.stated(STATED[reading]) if self.edition else None
            return unsupported_clauses.period_of(bound) is not None
        if reading == LIST_PERIOD:
            lists = self.edition.stated(unsupported_clauses.LISTS) if self.edition else None
            return unsupported_clauses.months_of(lists) > 0
        return reading == shares.ANNEX and self.share_or_none(shares.ANNEX) is not None

    def share(self, name: str) -> Share:
        """A share stated by the text, and of whom; OutOfTurn where it states none."""
        found = self.share_or_none(name)
        if found is None:
            raise OutOfTurn("capability-off", name=name)
        return found

    def share_or_none(self, name: str) -> Share | None:
        """The same, None where the text states none."""
        return shares.share_in(self.edition, name) if self.edition else None

    def consent(self, annex: bool = False) -> Share:
        """The share that adopts what is voted on: of an annex its own where the text states one, else that of a change."""
        own = self.share_or_none(shares.ANNEX) if annex else None
        return own or self.share(shares.ADOPTION)

    @property
    def quorum(self) -> Share | None:
        """How many of the roll must vote, None where the text asks for none."""
        return self.share_or_none(shares.QUORUM)

    def period(self, name: str) -> Period:
        """A period stated by the text or by the procedure."""
        value = self.value(name)
        assert isinstance(value, Period), name
        return value

    def choice(self, name: str) -> str:
        """The adopted choice of a reading."""
        return str(self.value(name))

    @property
    def notice(self) -> Period | None:
        """How long a unit that gives notice is still a member; None where the text states no such period."""
        return unsupported_clauses.period_of(self.edition.stated(unsupported_clauses.NOTICE)) if self.edition else None

    @property
    def list_months(self) -> int:
        """How many months a list covers: as the text says, else as the reading list.period."""
        stated = unsupported_clauses.months_of(self.edition.stated(unsupported_clauses.LISTS)) if self.edition else 0
        return stated or (12 if self.choice("list.period") == "year" else 3)

    @property
    def amendment_authority(self) -> str:
        """What an adopted change needs of the authority: `approve`, `file`, or `none` where the text knows of no authority."""
        text = self.edition
        if text and not shares.authority_in(text) and not any(text.binding(name) for name in AUTHORITIES):
            return "none"
        return self.choice(AUTHORITY)

    def clause(self, name: str) -> Clause | None:
        """The clause of that name in the present edition."""
        return self.edition.clause(name) if self.edition else None

    def article(self, name: str) -> int:
        """The position of the article that has that clause; 0 where this text has none."""
        clause = self.clause(name)
        return clause.article if clause else 0

    def at(self, article: int) -> str:
        """The address of the article at a position; empty where there is none."""
        return self.edition.address(article) if self.edition else ""

    def basis(self, name: str) -> str:
        """What acts on that clause rest on, as they write it: the address of its article, or nothing in this text."""
        bound = self.edition.binding(name) if self.edition else None
        return f"{BASIS}{bound.at}" if bound else ""

    def suspended(self, provision: str) -> bool:
        """Whether the frozen text does not have what a rule carries out, and nothing holds in its place; P, R and L are never so.

        What a later catalogue brought is so until it is bound, or declared absent, by an act: no release changes the law.
        """
        if self.edition is None or self.edition.clause(provision) is not None:
            return False
        if provision in self.edition.unbound:
            return True
        known = catalogue().capabilities.get(provision)
        if known is not None and known.absent == "unsaid" and not any(map(self.edition.binding, known.alternatives)):
            return provision in RESTS
        return known is not None and (known.absent != "default" or provision in RESTS)

    def cite(self, ruling: Ruling, clause: str = "") -> dict[str, Any]:
        """The refusal a ruling amounts to, quoting this edition; `clause`: the act's, cited where the rule is of no clause or reading.

        A rule that stands although the text does not have its clause cites no article: none says it.
        """
        provision = ruling.rule.provision
        known = package().of(provision)
        own = self.clause(provision)
        of_the_text = provision in catalogue().capabilities and self.edition is not None
        article = own.article if own else 0 if of_the_text else self.article(known.clause if known else clause)
        words = own.words if own else known.zh if known else ""
        return refusal(ruling.rule.code, article, self.at(article), words, ruling.finding, provision)
