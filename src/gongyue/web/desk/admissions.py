"""Admissions at the desk: applications opened for those who decide, on the grounds alone that the text states (articles 2, 23)."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from django.http import HttpRequest, HttpResponse

from gongyue.covenant.periods import start_of
from gongyue.governance.refusal_grounds import grounds_stated
from gongyue.office.applications import Application, applications
from gongyue.office.facts import joining
from gongyue.office.facts.proposals import is_alive
from gongyue.web import installation, request_state
from gongyue.web.access import office
from gongyue.web.desk.layout import DECIDES, AvailableAct, deed, render_desk_page
from gongyue.web.names import activity_names
from gongyue.web.templatetags.deadlines import basis
from gongyue.web.templatetags.words import pick


class Row(msgspec.Struct, frozen=True):
    """An application with what can be done about it; `late`: days past the last; `before`: the unit was a member before.

    `ends`, `basis`: until when it is to be decided, and by what that is counted; `why_not`: what stands against granting it now.
    """

    one: Application
    activities: str
    late: int
    before: bool
    ends: int
    basis: str
    grant: AvailableAct
    refuse: AvailableAct
    why_not: tuple[str, ...]


@office(*DECIDES)
def admissions(request: HttpRequest) -> HttpResponse:
    """Applications that wait, then those decided, the latest first."""
    now = request_state.now(request)
    rows = [_row(request, one) for one in applications(now.inst, installation.office().store)]
    return render_desk_page(
        request,
        "admissions",
        "desk_admissions",
        waiting=[row for row in rows if row.one.state == "waiting"],
        time=now.time,
        grounds=grounds_stated(now.inst),
        next_member=len(now.inst.members) + 1,
        decided=[row.one for row in rows if row.one.state != "waiting"][::-1],
        proposals=[p for p in now.inst.proposals.values() if is_alive(now, p)],
        compare=[
            (unit, key, deed(request, "membership.compare/1", unit=unit, key=key))
            for key in sorted(now.inst.uncompared)
            if (unit := now.inst.keys[key].holder)
        ],
        invite=deed(request, "membership.invite/1"),
        condition=joining.condition(now.inst, joining.PRACTITIONER),
    )


def _row(request: HttpRequest, one: Application) -> Row:
    now = request_state.now(request)
    known = now.inst.units.get(one.unit)
    return Row(
        one,
        activity_names(one.said.activities),
        max(0, now.day - one.due.last),
        known is not None and known.status in {"left", "ended"},
        start_of(one.due.last + 1),
        basis(now.inst, now.inst.meaning.at(one.due.article), "P8"),
        deed(request, "membership.grant/1", application=one.id),
        deed(request, "membership.refuse/1", unit=one.unit, of=one.id),
        tuple(_why_not(one)),
    )


def _why_not(one: Application) -> Iterator[str]:
    """What stands against granting an application now; each with what would mend it."""
    if not one.anchored:
        yield pick(
            "尚未锚定：联盟还没有公开锁定它的收到时间。下一次锚定之后（系统到时自动办）才能准予。",
            "Not anchored yet: the public book does not yet fix when it arrived. It can be granted after the next anchor, which is made by itself.",
        )
    if not one.said.domestic:
        yield pick(
            "申请单位没有申报符合加入资格（GY-23-01）。",
            "It does not declare to meet the condition of joining (GY-23-01).",
        )
    if not one.said.accepts:
        yield pick(
            "申请单位没有声明接受公约的规则（GY-23-02）。", "It does not declare to accept the rules (GY-23-02)."
        )
