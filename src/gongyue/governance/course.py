"""The course of a dossier: what was asked for in it, what was served and received, from when to when it rested."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from gongyue.covenant.rulings import OutOfTurn

if TYPE_CHECKING:
    from gongyue.governance.dossier import Dossier
    from gongyue.governance.institution import Institution


UNOPENED_DAYS = 3
"""Within so many days of its receipt a party says that a document did not open, and its period starts anew."""


ANOTHERS = (
    "所指的是另一单位的事，或不是所说的那一件 / what it names is about another unit, or is not what it is said to be"
)
"""What is said of a link between a report and a case that are of different matters."""


class Ask(Struct, frozen=True):
    """What a party asked for by a note: at which place of the dossier, by the entry of which digest, on which day; of a recusal, whose."""

    what: str
    unit: str
    n: int
    digest: str
    day: int
    whom: str = ""


class Service(Struct, frozen=True):
    """Documents served, by the entry of that digest at that place, on that day; and when they were received.

    `got`: the day of the party's own receipt, or that on which two officers' paper says they were delivered or refused;
    `place`: where the receipt stands. `paper`: it was recorded from paper; `told`: on which day the unit was told of that
    recording, or that others can have signed it. 0 for what has not come; a receipt of what did not open is none.
    """

    what: str
    docs: tuple[str, ...]
    digest: str
    n: int
    day: int
    got: int = 0
    place: int = 0
    paper: bool = False
    told: int = 0


class Said(Struct, frozen=True):
    """What a party is said to have given, or that its file is complete, by an entry at that place which others can have made.

    `told`: on which day the unit was told of that; 0 while it was not, and it counts for nothing yet.
    """

    n: int
    docs: tuple[str, ...]
    complete: bool
    told: int = 0


class Rest(Struct, frozen=True):
    """The dossier rests from the day after `begins` to `ends`, that day included; 0 while it goes on resting. `ground`: for what."""

    begins: int
    ends: int = 0
    ground: str = ""


class Heard(Struct, frozen=True):
    """That the accused was heard (`held`), or did not ask for it (`not_asked`), at that place, on that day; the record of it."""

    how: str
    n: int
    day: int
    record: str = ""


class Seat(Struct, frozen=True):
    """Since which place, and day, somebody sits where others had been assigned before."""

    n: int
    day: int


class Proposal(Struct, frozen=True):
    """What a panel proposed, at that place, on that day: a kind of sanction in the text's words, empty for none; its reasons."""

    kind: str
    n: int
    day: int
    reasons: str


class Decision(Struct, frozen=True):
    """What a panel decided: a kind in the text's words, empty for none; at which place, on which day; its paragraphs."""

    kind: str
    n: int
    day: int
    docs: tuple[str, ...]


class Review(Struct, frozen=True):
    """What became of a decision in review: `upheld`, `lighter` or `revoked`, and the kind that stands, empty for none."""

    outcome: str
    kind: str
    n: int
    day: int
    reasons: str


class Case(Struct, frozen=True):
    """A case in its dossier: whom it is against, on which articles, on which day it was opened; on conduct from when to when.

    `concluded`: on which day it was, 0 before; `established`: the articles whose breach was; `adverse`: with an adverse effect.
    `cited`: for each of these the evidence of the finding; `judged_by`: everybody who signed its conclusion, a proposal or its decision.
    """

    accused: str
    articles: tuple[str, ...]
    opened: int
    concluded: int = 0
    established: tuple[str, ...] = ()
    adverse: bool = False
    proposals: tuple[Proposal, ...] = ()
    decision: Decision | None = None
    review: Review | None = None
    judged_by: frozenset[str] = frozenset()
    begins: int = 0
    ends: int = 0
    cited: tuple[tuple[str, ...], ...] = ()

    @property
    def stands(self) -> str:
        """The kind of sanction that stands, in the text's words: as decided, or as reviewed; empty for none."""
        if self.review is not None:
            return self.review.kind
        return self.decision.kind if self.decision is not None else ""


def require_articles(inst: Institution, articles: Iterable[str], type: str) -> None:
    """OutOfTurn where the present text has no article of an address, or one is named twice."""
    named = list(articles)
    if len(set(named)) != len(named):
        raise OutOfTurn("malformed", type, why="articles")
    for one in named:
        if inst.meaning.edition is None or not inst.meaning.edition.position(one):
            raise OutOfTurn("not-found", type, what=f"at:{one}").saying(what=(f"条文 {one}", f"article {one}"))


def concerns(dossier: Dossier, unit: str) -> bool:
    """Whether a report's dossier bears on a case against that unit: it accuses it, it is of its own breach, or it accuses nobody."""
    report = dossier.report
    if report is None:
        return False
    return {"report": report.accused == unit, "own": unit in dossier.parties}.get(report.kind, True)


def with_service(dossier: Dossier, service: Service) -> Dossier:
    """The dossier with a service as it stands now."""
    services = tuple(service if one.digest == service.digest else one for one in dossier.services)
    return replace(dossier, services=services)


def last_opened(dossier: Dossier, day: int) -> Service | None:
    """What was received last, if that was within the days in which a document that does not open is said to."""
    got = [one for one in dossier.services if one.got]
    last = max(got, key=lambda one: one.place, default=None)
    return last if last is not None and day - last.got <= UNOPENED_DAYS else None
