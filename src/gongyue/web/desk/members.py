"""Units at the desk: the roll, a unit's keys and acts, and its paper, recorded by two officers."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from gongyue.governance.key import able
from gongyue.office import keyless_parties, notices, openings
from gongyue.office.facts.sanction_steps import END, decision_to_carry_out
from gongyue.office.store.words import in_dossier
from gongyue.web import installation, request_state
from gongyue.web.access import SIGNATORY, office
from gongyue.web.accounts.models import Seat
from gongyue.web.desk.from_paper import recordable
from gongyue.web.desk.layout import DECIDES, AvailableAct, deed, my_offices, render_desk_page
from gongyue.web.desk.officer import officer_of
from gongyue.web.desk.sealed_acts import is_told
from gongyue.web.installation import Now

A_PAGE = 50


@office()
def members(request: HttpRequest) -> HttpResponse:
    """The units known to the book, searched by name, code or id."""
    now = request_state.now(request)
    inst = now.inst.on(now.day)
    words = request.GET.get("q", "").strip().casefold()
    status = request.GET.get("status", "")
    units = [
        u
        for u in sorted(inst.units.values(), key=lambda u: u.id)
        if (not words or words in u.name.casefold() or words in u.code.casefold() or words == u.id)
        and status in ("", u.status)
    ]
    return render_desk_page(
        request,
        "members",
        "desk_members",
        page=Paginator(units, A_PAGE).get_page(request.GET.get("page")),
        words=request.GET.get("q", ""),
        status=status,
        statuses=("invited", "initiator", "member", "left", "ended"),
        invite=deed(request, "membership.invite/1"),
    )


@office()
def member(request: HttpRequest, party: str) -> HttpResponse:
    """One unit: where it stands, its keys, what was done in its name, and what may be recorded from its paper."""
    now, opened = request_state.now(request), installation.office()
    inst = now.inst.on(now.day)
    known = inst.units.get(party)
    if known is None:
        raise Http404
    told = notices.notices(now.inst, opened.store, party, acts=opened.acts_by_unit)
    return render_desk_page(
        request,
        "member",
        "desk_members",
        known=known,
        leaving=inst.leaving.get(party),
        keys=now.inst.keys_of(party),
        told=[n for n in told if is_told(officer_of(request), n.book, n.place)][::-1],
        paper=[deed(request, kind.type, as_=party, paper="1") for kind in recordable(now, party)],
        uncompared=now.inst.uncompared,
        compare=[
            deed(request, "membership.compare/1", unit=party, key=key)
            for key in now.inst.keys_of(party)
            if key in now.inst.uncompared
        ],
        register=None if now.inst.keys_of(party) else deed(request, "key.register/1", holder=party, paper="1"),
        unable=None if able(now.inst, party, now.time) else keyless_parties.way_back(now.inst, party, now.time),
        end=_end(request, now, party),
        people=Seat.objects.filter(party=party, role=SIGNATORY, person__is_active=True).count(),
        invite=f"{reverse('office_people')}?party={party}#invite" if my_offices(request) & set(DECIDES) else "",
    )


def _end(request: HttpRequest, now: Now, unit: str) -> AvailableAct | None:
    """Ending its membership, while it has one."""
    decided = _decided(now, unit) if "secretary" in my_offices(request) else {}
    return deed(request, END, unit=unit, **decided) if unit in now.inst.on(now.day).members else None


def _decided(now: Now, unit: str) -> dict[str, str]:
    """The decision that its end is to be linked to, as links name it, for the secretary alone; nothing where none waits to be carried out."""
    store = installation.office().store
    for kept in now.docket.values():
        if kept.dossier.case is not None and kept.dossier.case.accused == unit:
            n = decision_to_carry_out(now.inst, kept.dossier, now.day)
            found = (one for one in openings.found_by(store, in_dossier(kept.dossier.id)) if n and one.entry.rx.n == n)
            if decision := next(found, None):
                return {"link": decision.name}
    return {}
