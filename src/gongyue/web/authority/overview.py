"""What the authority reads: what waits for its answer, what it answered, how the executive body keeps its duties.

Read-only: an approval is signed with the authority's own key, or recorded from its paper by two officers.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gongyue.book.entry import decode
from gongyue.covenant.parties import AUTHORITY
from gongyue.governance.acts import ACT_TYPES
from gongyue.governance.key import able
from gongyue.governance.sheet import marked
from gongyue.governance.sheet_words import Mark
from gongyue.office.facts.authorities import authorities
from gongyue.office.facts.duties import done_late, public_duties
from gongyue.office.facts.proposals import stage_of
from gongyue.office.store import OPEN
from gongyue.web import installation, request_state
from gongyue.web.access import anybody, authority
from gongyue.web.authority import models
from gongyue.web.desk.layout import act_url
from gongyue.web.installation import Now
from gongyue.web.pages.act_descriptions import describe
from gongyue.web.pages.timeline import title_of
from gongyue.web.templatetags.words import pick

ANSWERS = marked(Mark.AUTHORITY)
"""What the authority did, or was told."""


@authority
def signed_in(request: HttpRequest) -> HttpResponse:
    """For whoever holds the authority's seat."""
    return render(
        request, "authority/signed_in.html", _context(request) | {"seat_title": pick("主管部门", "Authority")}
    )


@never_cache
@require_GET
@anybody
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same without an account, by a link that expires and can be taken back; no search engine may keep it."""
    if not models.opens(token):
        raise Http404
    answer = render(request, "authority/by_link.html", _context(request))
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _context(request: HttpRequest) -> dict[str, Any]:
    now, opened = request_state.now(request), installation.office()
    inst = now.inst
    return {
        "founding": inst.founding,
        "waits": inst.founding.stage == "submitted",
        "able": able(inst, AUTHORITY, now.time),
        "named": "、".join(dict.fromkeys(one.name for one in authorities(now) if not one.coming)),
        "reported": [
            (p, title_of(now, p.id))
            for p in inst.proposals.values()
            if stage_of(now, p) == "adopted" and not p.notified
        ],
        "answers": [(index, decode(data).entry, describe(now, index).what) for index, data in _answers(now)],
        "overdue": [d for d in public_duties(now) if d.late],
        "late": [(one, describe(now, one.index).what) for one in done_late(now)],
        "approve": act_url("founding.approval/1", as_="authority"),
        "vkey": opened.keys.open.verifier.vkey,
        "kinds": ACT_TYPES,
        "seat_nav": [{"url": reverse("authority"), "text": pick("主管部门", "Authority"), "here": True, "count": 0}],
    }


def _answers(now: Now) -> list[tuple[int, bytes]]:
    """The entries of those types, as they stand in the book."""
    index, store = now.index, installation.office().store
    found = sorted(i for type in ANSWERS for i in index.of("type", type, now.size))
    return [(i, data) for i in found if (data := store.leaf(OPEN, i)) is not None]
