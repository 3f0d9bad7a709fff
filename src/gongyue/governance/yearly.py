"""The executive body's yearly figures of what is under seal (article 19): how much there was, and how much of it was late.

They are counted from the sealed acts alone, so that whoever opens some of them holds the figures against what it opened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from gongyue.covenant.periods import day_of
from gongyue.governance import case_duties, report
from gongyue.governance.acts import Body, Opening, act_type_of, decode_body
from gongyue.governance.case import Conclude
from gongyue.governance.dossier_duties import followed
from gongyue.governance.recovery import arrival, is_void
from gongyue.governance.reply import conclude_by
from gongyue.governance.report import Answer, Report
from gongyue.governance.sanction import Decide
from gongyue.governance.yearly_figures import FIGURES, year_of

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

_TYPES = {
    "report.file/1": "reports",
    "case.open/1": "cases",
    "membership.apply/1": "applications",
    "membership.refuse/1": "not_admitted",
    "interpretation.ask/1": "questions",
    "petition.submit/1": "petitions",
    "case.review/1": "reviews",
}


class _Reported(Struct, frozen=True):
    """A report as far as its answers show, and of each that was owed the last day and the day it came."""

    state: Report
    met: tuple[tuple[int, int], ...] = ()


def counted(inst: Institution, opened: Iterable[Opening], year: int) -> dict[str, int]:
    """What the sealed acts of a year come to; of some whole dossiers alone, no figure is more than of all.

    A deadline counts in the year of its last day: `due`, and `overdue` where it was not met by then, by an act or at all.
    """
    sealed = list(opened)
    found: Counter[str] = Counter()
    for one in sealed:
        if is_void(inst, one.index, one.entry) or year_of(day_of(arrival(inst, one.index, one.entry))) != year:
            continue
        found.update(_figures_of(one))
    for last, met in _deadlines(inst, sealed):
        if year_of(last) == year:
            found["due"] += 1
            found["overdue"] += not met or met > last
    return {name: found[name] for name in FIGURES}


def _figures_of(one: Opening) -> Iterable[str]:
    """The figures in which an act counts."""
    act = one.entry.act
    if (name := _TYPES.get(act.type)) is not None:
        return (name,)
    if act.type not in ("report.answer/1", "case.conclude/1", "case.decide/1", "dossier.note/1"):
        return ()
    body = decode_body(act_type_of(act.type), act.body)
    if isinstance(body, Answer):
        return {"outcome": (), "declined": ("answered", "declined")}.get(body.answer, ("answered",))
    if isinstance(body, Conclude):
        return ("concluded", "established") if any(one.established for one in body.findings) else ("concluded",)
    if isinstance(body, Decide):
        return ("sanctions",) if body.kind else ()
    return ("recusals",) if getattr(body, "asks", None) == "recusal" else ()


def _deadlines(inst: Institution, sealed: list[Opening]) -> Iterable[tuple[int, int]]:
    """Of every answer to a report (P1) and conclusion of a case (P4) that was owed, its last day, and the day it came; 0 for never."""
    for one in followed(
        inst, sealed, report.REPORTS, lambda known, body, one, day: _answered(inst, known, body, one, day)
    ).values():
        yield from one.met
        if since := one.state.waits_since:
            yield report.answer_by(inst, since).last, 0
    for dossier in followed(inst, sealed, case_duties.TYPES, case_duties.followed_case).values():
        if dossier.case is not None and not dossier.paused:
            yield conclude_by(inst, dossier).last, dossier.case.concluded or dossier.ended


def _answered(inst: Institution, known: _Reported | None, body: Body, one: Opening, day: int) -> _Reported | None:
    """What an act makes of a report: an answer that was owed is noted with its last day."""
    state = report.followed_report(known.state if known else None, body, one, day)
    if state is None:
        return None
    met = known.met if known else ()
    if known and isinstance(body, Answer) and body.answer != "outcome" and (since := known.state.waits_since):
        met = (*met, (report.answer_by(inst, since).last, day))
    return _Reported(state, met)
