"""What of a report may be shown to whom it accuses: what its reporter saw beforehand and did not object to (article 17).

The caseworker serves the version that is to be shown on the reporter, in the report's own dossier (`preview`). The reporter
permits it, objects and covers more, or hands in a version of its own; three days' silence after its receipt permit it. A
version that the reporter made itself, and filed with its report, it has seen: nobody has to send it back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.course import Ask, Service
from gongyue.rules import report as rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongyue.governance.dossier import Dossier

SILENCE_DAYS = 3
"""So many days after the receipt of a preview nobody objected in, it may be shown."""
PREVIEW = "preview"
SHOWING, REDACTION = "showing", "redaction"
"""What a reporter answers: it may be shown so; not so, it is to be covered further or not shown at all."""


def previews(dossier: Dossier) -> Iterator[Service]:
    """The versions that were served on the reporter."""
    return (one for one in dossier.services if one.what == PREVIEW)


def own_version(dossier: Dossier) -> tuple[str, ...]:
    """The version that the reporter made itself, which it let pass by filing it; nothing once it took that back, or withdrew."""
    if dossier.report is None or (dossier.closed and dossier.ended):
        return ()
    before = min((one.n for one in previews(dossier)), default=dossier.n + 1)
    back = any(one.what == REDACTION and one.n < before for one in dossier.asks)
    return () if back else dossier.report.shown


def last_preview(dossier: Dossier) -> Service | None:
    """The version that its reporter saw last; None where it received none."""
    return max((one for one in previews(dossier) if one.got), key=lambda one: one.n, default=None)


def require_previewed(dossier: Dossier, what: str) -> None:
    """OutOfTurn where a version is answered and none was received; its own a reporter may take back."""
    if what == REDACTION and own_version(dossier):
        return
    if what in (SHOWING, REDACTION) and last_preview(dossier) is None:
        raise OutOfTurn("not-previewed", "dossier.note/1", dossier=dossier.id)


def said_of(dossier: Dossier, service: Service) -> Ask | None:
    """What the reporter said last of a version, before it saw the next one."""
    after = min((one.n for one in previews(dossier) if one.n > service.n), default=dossier.n + 1)
    answers = (one for one in dossier.asks if one.what in (SHOWING, REDACTION) and service.n < one.n < after)
    return max(answers, key=lambda one: one.n, default=None)


def showable_from(dossier: Dossier, service: Service) -> int:
    """From which day on a version may be shown; 0 where it may not: not received, objected to, or the report withdrawn.

    What others can have received, or permitted, in the reporter's name counts for nothing before it was told of that, and is then silence.
    """
    said = said_of(dossier, service)
    unheard = service.paper and not service.told
    if (
        not service.got
        or unheard
        or (dossier.closed and dossier.ended)
        or (said is not None and said.what == REDACTION)
    ):
        return 0
    if said is not None and all(one.n != said.n for one in dossier.said):
        return said.day
    return max(service.got, service.told) + SILENCE_DAYS + 1


def may_be_shown(dossier: Dossier, day: int) -> frozenset[str]:
    """The documents of a report that may be shown on a day: of every version that may."""
    found = (one for one in previews(dossier) if 0 < showable_from(dossier, one) <= day)
    return frozenset(doc for one in found for doc in one.docs) | set(own_version(dossier))


def shown_first(dossier: Dossier, name: str, matching: frozenset[str], day: int) -> Ruling:
    """Whether a document of a case that is, word for word, one of a report (`matching` there) was seen by its reporter first."""
    days = [showable_from(dossier, one) for one in previews(dossier) if matching & set(one.docs)]
    if dossier.report is not None and matching & set(own_version(dossier)):
        days.append(dossier.report.since)
    first = min((one for one in days if one), default=0)
    return rules.reporter_saw_it_first(name, first, day)
