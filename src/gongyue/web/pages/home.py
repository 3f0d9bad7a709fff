"""The first page: what this covenant is, where it stands, where to go."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongyue.office.facts.authorities import overseers
from gongyue.office.facts.covenant import editions
from gongyue.office.facts.duties import public_duties
from gongyue.office.facts.votes import closed_votes, open_votes
from gongyue.web.pages.act_descriptions import tell_all
from gongyue.web.pages.covenant import present
from gongyue.web.pages.decorators import page
from gongyue.web.pages.executive import late
from gongyue.web.pages.gazette import announced_types, corrections
from gongyue.web.pages.headings import number_about
from gongyue.web.pages.pagination import newest_first
from gongyue.web.pages.proofs import vkeys
from gongyue.web.pages.votes import summary
from gongyue.web.request_state import now

LATEST = 6
ABOUT = {"joining": "加入与退出", "criticism": "社会监督", "reporting": "检举与调查", "oversight": "对执行机构的监督"}
"""The articles a visitor is sent to, by their headings; a covenant without one has no such link."""


@page
def home(request: HttpRequest) -> HttpResponse:
    """The first page."""
    at = now(request)
    duties = public_duties(at)
    closed, running = next(iter(closed_votes(at)), None), open_votes(at)
    ending = {v.id for v in running}  # each stands above with its own end, and is counted after it
    recorded = at.index.of_types(announced_types(), at.size)
    context = {
        "here": "home",
        "founding": at.inst.founding,
        "issue": editions(at)[-1],
        "members": len(at.inst.on(at.day).members),
        "open": [summary(at, v) for v in running],
        "closed": summary(at, closed) if closed else None,
        "overdue": [d for d in duties if d.late],
        "next": next((d for d in duties if not d.late and d.matter not in ending), None),
        "late": len(late(at)),
        "latest": tell_all(at, newest_first(recorded, 1, LATEST).items),
        "corrections": corrections(at)[:3],
        "overseers": overseers(at),
        "annexes": sum(a.stage == "published" for a in at.inst.annexes.values()),
        "vkey": vkeys(at)[-1],
        **{name: number_about(present(at), zh) for name, zh in ABOUT.items()},
    }
    return render(request, "pages/home.html", context)
