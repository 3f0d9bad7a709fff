"""The desk's list of what is due: each duty with the act that does it, its form filled in as far as the book knows."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from django.http import HttpRequest
from django.urls import reverse

from gongyue.covenant.periods import day_of
from gongyue.governance.acts import ACT_TYPES
from gongyue.office import owed_acts
from gongyue.office.applications import applications
from gongyue.office.docket import due_by_office
from gongyue.office.due_list import Due, due
from gongyue.office.retention_by_book import requests_due
from gongyue.web import installation, request_state
from gongyue.web.acting import result_form
from gongyue.web.desk.layout import DECIDES, AvailableAct, deed, my_offices
from gongyue.web.memo import Remembered


class Row(msgspec.Struct, frozen=True):
    """A duty, and what can be done about it here; `routine`: the office does it by itself at the next round.

    `about`: an applicant's name, which stands in its application and nowhere else before it is granted; `decide`: the page
    where the ways to answer stand side by side: granting and refusing, an interpretation for all and an explanation.
    """

    due: Due
    deed: AvailableAct | None
    routine: bool
    about: str = ""

    @property
    def decide(self) -> str:
        """Where an application or a question is decided on; empty for other duties."""
        return reverse(SIDE_BY_SIDE[self.due.act]) if self.due.act in SIDE_BY_SIDE else ""


class LateRefusal(msgspec.Struct, frozen=True):
    """An application that was refused late: whose, by which article, on which day, by how many days."""

    name: str
    article: int
    day: int
    late: int


GRANT = "membership.grant/1"
SIDE_BY_SIDE = {GRANT: "desk_admissions", "interpretation.explain/1": "desk_interpretations"}
"""The duties that are answered in more than one way, each with the page of these."""
_due: Remembered[list[Due]] = Remembered()
_refused_late: Remembered[list[LateRefusal]] = Remembered()
_applicants: Remembered[dict[str, str]] = Remembered()


def rows(request: HttpRequest) -> list[Row]:
    """What is due, overdue first. Applications under seal only for those who decide on them; other dossiers are in the docket."""
    now = request_state.now(request)
    decides = bool(my_offices(request) & set(DECIDES))

    def found() -> list[Due]:
        if not decides:
            return due(now.inst, [], now.day)
        return due_by_office(now.inst, now.docket, owed_acts.pending(installation.office().store), now.day)

    asked = _asked(now.day) if decides or my_offices(request) & {"sysop"} else []
    listed = sorted([*_due.of(now, decides, found), *asked], key=lambda one: (-one.late, one.last, one.matter))
    names = _applicants.of(now, None, _names) if decides and any(one.act == GRANT for one in listed) else {}
    return [msgspec.structs.replace(_row(request, one), about=names.get(one.matter, "")) for one in listed]


def _names() -> dict[str, str]:
    """What applicants are called, for those who decide on them."""
    inst, store = installation.now().inst, installation.office().store
    return {one.unit: one.said.name for one in applications(inst, store) if one.state == "waiting"}


def late_refusals(request: HttpRequest) -> list[LateRefusal]:
    """Applications refused after their last day, for those who decide on them: they stay under seal, so that no public page lists them."""
    if not my_offices(request) & set(DECIDES):
        return []
    return _refused_late.of(request_state.now(request), None, lambda: list(_late()))


def _late() -> Iterator[LateRefusal]:
    for one in applications(installation.now().inst, installation.office().store):
        if one.state == "refused" and (late := day_of(one.decided) - one.due.last) > 0:
            yield LateRefusal(one.said.name, one.due.article, day_of(one.decided), late)


def _asked(day: int) -> list[Due]:
    """What persons asked about their data; it changes without the books."""
    return list(requests_due(installation.office(), installation.folder(), day))


def _row(request: HttpRequest, one: Due) -> Row:
    kind = ACT_TYPES.get(one.act)
    routine = kind is not None and kind.by.who == "system"
    if one.whose != "exec" or kind is None or routine or kind.asks_dossier or one.act in SIDE_BY_SIDE:
        return Row(one, None, routine)
    return Row(one, deed(request, one.act, **dict(_filled(one))), routine)


def _filled(one: Due) -> Iterator[tuple[str, str]]:
    """The fields that the matter of a duty fills in."""
    names = {"amendment": "proposal", "annex": "annex", "vote": "matter"}
    kind = ACT_TYPES[one.act]
    name = names.get(kind.matter)
    if name and name in kind.body.__struct_fields__:
        yield name, one.matter
    if one.entry is not None:
        yield "entry", str(one.entry)
    if one.act == result_form.RESULT and (link := result_form.conclusion_in(installation.office().store, one.matter)):
        yield "link", link
