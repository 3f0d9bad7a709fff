"""The desk's list of what is due: each duty with the act that does it, its form filled in as far as the book knows."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from django.http import HttpRequest

from gongyue.governance.acts import ACT_TYPES
from gongyue.office import waiting
from gongyue.office.applications import applications
from gongyue.office.docket import told_by_office
from gongyue.office.due_list import Due, due
from gongyue.office.retention_by_book import requests_due
from gongyue.web import installation, request_state
from gongyue.web.desk.layout import DECIDES, AvailableAct, deed, my_offices
from gongyue.web.memo import Remembered


class Row(msgspec.Struct, frozen=True):
    """A duty, and what can be done about it here; `routine`: the office does it by itself at the next round.

    `applicant`: of an application, who applied, by name: the page of applications has granting and refusing side by side.
    """

    due: Due
    deed: AvailableAct | None
    routine: bool
    applicant: str = ""


GRANT = "membership.grant/1"
_due: Remembered[list[Due]] = Remembered()
_applicants: Remembered[dict[str, str]] = Remembered()


def rows(request: HttpRequest) -> list[Row]:
    """What is due, overdue first. Applications under seal only for those who decide on them; other dossiers are in the docket."""
    now = request_state.now(request)
    decides = bool(my_offices(request) & set(DECIDES))

    def found() -> list[Due]:
        sealed = told_by_office(now.docket, waiting.pending(installation.office().store)) if decides else []
        return due(now.inst, sealed, now.day)

    asked = _asked(now.day) if decides or my_offices(request) & {"sysop"} else []
    listed = sorted([*_due.of(now, decides, found), *asked], key=lambda one: (-one.late, one.last, one.matter))
    applied = _applicants.of(now, None, _names) if any(one.act == GRANT for one in listed) else {}
    return [_row(request, one, applied) for one in listed]


def _names() -> dict[str, str]:
    """What those who applied call themselves: the open book does not know them yet."""
    inst, store = installation.now().inst, installation.office().store
    return {one.unit: one.said.name for one in applications(inst, store) if one.state == "waiting"}


def _asked(day: int) -> list[Due]:
    """What persons asked about their data; it changes without the books."""
    return list(requests_due(installation.office(), installation.folder(), day))


def _row(request: HttpRequest, one: Due, applied: dict[str, str]) -> Row:
    kind = ACT_TYPES.get(one.act)
    if one.act == GRANT:
        return Row(one, None, False, applied.get(one.matter, one.matter))
    routine = kind is not None and kind.by.who == "system"
    if one.whose != "exec" or kind is None or routine or kind.asks_dossier:
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
