"""The secretary's links for the authority: made, shown once, taken back."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongyue.covenant.parties import AUTHORITY
from gongyue.covenant.periods import iso
from gongyue.governance.key import able
from gongyue.governance.office import earliest
from gongyue.office.facts.proposals import stage_of
from gongyue.web import request_state
from gongyue.web.access import office
from gongyue.web.authority.models import Link, make
from gongyue.web.desk.layout import deed, render_desk_page
from gongyue.web.django_settings import WEB
from gongyue.web.installation import Now


@office("secretary")
def links(request: HttpRequest) -> HttpResponse:
    """The links there are, and the acts that record the authority's paper."""
    made = ""
    if request.method == "POST":
        made = WEB.address + reverse("authority_link", args=[make(request_state.person(request))])
    now = request_state.now(request)
    first = {"effective": iso(earliest(now.inst, now.time))} if now.inst.genesis else {}
    draft = now.inst.founding.stage == "draft"
    return render_desk_page(
        request,
        "authority",
        "desk_authority",
        links=Link.objects.all(),
        made=made,
        deeds=[
            deed(request, "founding.designate/1") if draft else deed(request, "founding.redesignate/1", **first),
            *(deed(request, type) for type in _awaited(now)),
        ],
        founding=now.inst.founding,
        able=able(now.inst, AUTHORITY, now.time),
    )


def _awaited(now: Now) -> Iterator[str]:
    """What may come from the authority now, or go to it: nothing is offered of what was answered long ago."""
    if now.inst.founding.stage == "submitted":
        yield "founding.approval/1"
    told = [one for one in now.inst.proposals.values() if stage_of(now, one) == "adopted" and not one.notified]
    asked = {one.pinned.authority for one in told}  # as the reading has it under which each was proposed
    if "approve" in asked:
        yield "amendment.approval/1"
    if "file" in asked:
        yield "amendment.notify/1"


@require_POST
@office("secretary")
def end(request: HttpRequest, link: int) -> HttpResponse:
    """Take a link back."""
    one = get_object_or_404(Link, pk=link, ended_at=None)
    one.ended_at = timezone.now()
    one.save(update_fields=["ended_at"])
    return HttpResponseRedirect(reverse("desk_authority"))
