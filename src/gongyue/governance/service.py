"""Service in a dossier: documents are served, in their turn, and acknowledged by their digests; clocks of a party start with that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import UNIT, Body, Filing, act, office
from gongyue.governance.course import Case, Service, with_service
from gongyue.governance.dossier_roles import ANY_ROLE
from gongyue.governance.preview import PREVIEW
from gongyue.governance.proceedings import KINDS, SomeDocuments, may_write
from gongyue.rules import dossier as rules

if TYPE_CHECKING:
    from gongyue.governance.dossier import Dossier
    from gongyue.governance.institution import Institution

Served = Literal["notice", "evidence", "proposal", "decision", "review", "reply", "recorded", "preview", "record"]
_DIGEST = "sha256:" + "00" * 32
BEFORE_CONCLUSION, AFTER_CONCLUSION = {"notice", "evidence"}, {"proposal", "decision", "review"}
"""What is served in a case until it is concluded, and what only after that."""


@act(
    "dossier.serve/1",
    by=office("secretary", "clerk", "caseworker", "panellist"),
    clause="office.executive",
    within=KINDS,
    signed_as=ANY_ROLE,
    example={"what": "notice", "docs": [_DIGEST]},
)
class Serve(Body, frozen=True):
    """An officer assigned serves documents on the parties, who acknowledge them by their digests."""

    what: Served
    docs: SomeDocuments

    def check_in(self, inst: Institution, dossier: Dossier, filing: Filing) -> Iterator[Ruling]:
        yield from may_write(inst, dossier, filing)
        if self.what == PREVIEW and (dossier.report is None or not dossier.report.accused):
            raise OutOfTurn("malformed", "dossier.serve/1", why="what")
        if dossier.case is not None:
            self._require_its_turn(dossier, dossier.case)
        if self.what == "record":
            self._require_its_record(dossier)

    def _require_its_record(self, dossier: Dossier) -> None:
        """OutOfTurn where nobody was heard, or what is served is not the record of it."""
        heard = dossier.heard
        if dossier.case is None or heard is None or heard.how != "held":
            raise OutOfTurn("not-open", "dossier.serve/1")
        if heard.record not in self.docs:
            raise OutOfTurn("wrong-statement", "dossier.serve/1", what="docs").saying(
                what=("所送达的文书", "the documents served")
            )

    def _require_its_turn(self, dossier: Dossier, case: Case) -> None:
        """OutOfTurn for what comes before the notice in a case, or after a conclusion that it has not yet."""
        noticed = any(one.what == "notice" for one in dossier.services)
        if not noticed and self.what != "notice":
            raise OutOfTurn("not-noticed", "dossier.serve/1", dossier=dossier.id)
        if self.what in AFTER_CONCLUSION and not case.concluded:
            raise OutOfTurn("not-open", "dossier.serve/1")
        if self.what in BEFORE_CONCLUSION and case.concluded:
            raise OutOfTurn("not-open", "dossier.serve/1")
        if self.what in AFTER_CONCLUSION and not self._whole(case) <= set(self.docs):
            raise OutOfTurn("wrong-statement", "dossier.serve/1", what="docs").saying(
                what=("所送达的文书", "the documents served")
            )

    def _whole(self, case: Case) -> set[str]:
        """What the service of a proposal, a decision or a review has at least: its reasons; OutOfTurn where there is none to serve."""
        if self.what == "proposal" and case.proposals and case.decision is None:
            return {case.proposals[-1].reasons}
        if self.what == "decision" and case.decision is not None:
            return set(case.decision.docs)
        if self.what == "review" and case.review is not None:
            return {case.review.reasons}
        raise OutOfTurn("not-open", "dossier.serve/1")

    def enter(self, dossier: Dossier, filing: Filing) -> Dossier:
        service = Service(self.what, self.docs, filing.given.recorded, dossier.n, filing.day)
        services = dossier.services
        if self.what == "recorded":
            services = tuple(replace(s, told=filing.day) if s.paper and not s.told else s for s in services)
            dossier = replace(dossier, said=tuple(s if s.told else replace(s, told=filing.day) for s in dossier.said))
        return replace(
            dossier, served=dossier.served.set(filing.given.recorded, self.docs), services=(*services, service)
        )


@act(
    "dossier.receive/1",
    by=UNIT,
    clause="office.executive",
    within=KINDS,
    answers=("dossier.serve/1",),
    example={"docs": [_DIGEST]},
)
class Receive(Body, frozen=True):
    """A party opened what was served on it and names its documents' digests; it admits nothing by that. Clocks of its own start."""

    docs: SomeDocuments

    def check_in(self, inst: Institution, dossier: Dossier, filing: Filing) -> Iterator[Ruling]:
        yield from may_write(inst, dossier, filing, even_closed=True)
        to = filing.act.to
        assert to is not None
        if self.docs != dossier.served[to]:
            raise OutOfTurn("wrong-statement", "dossier.receive/1", what="docs").saying(
                what=("所收的文书", "the documents received")
            )
        if (filing.actor, to) in dossier.received:
            raise OutOfTurn("already", "dossier.receive/1")
        if _recorded(filing):  # what the carrier delivered, or what was refused at the door, had been served by then
            service = next(one for one in dossier.services if one.digest == to)
            filing.require_not_before(service.day)

    def enter(self, dossier: Dossier, filing: Filing) -> Dossier:
        to = str(filing.act.to)
        dossier = replace(dossier, received=dossier.received | {(filing.actor, to)})
        service = next(one for one in dossier.services if one.digest == to)
        got = filing.dated if _recorded(filing) else filing.day
        return with_service(dossier, replace(service, got=got, place=dossier.n, paper=filing.by_others))


def covered(dossier: Dossier | None, name: str, identities: int, contacts: int) -> Ruling:
    """Whether evidence shows no more personal data than it needs: so many numbers stand in it uncovered; None: what opens a dossier."""
    return rules.evidence_is_covered(name, identities, contacts, dossier is not None and dossier.admits)


def _recorded(filing: Filing) -> bool:
    """Whether officers record it from paper, in the name of whose act it is."""
    return filing.act.paper is not None and filing.actor not in filing.signers
