"""Inviting many at once: a list, pasted or as a file, looked at as a whole; then their links, and a letter for each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongyue.covenant.periods import iso
from gongyue.web import installation, letter_response, request_state
from gongyue.web.access import office
from gongyue.web.accounts import invitation_lists, invitations
from gongyue.web.accounts.invitation_lists import LARGEST, SHOWN, BadList, Fault, Wanted
from gongyue.web.accounts.models import Invitation
from gongyue.web.accounts.people import OFFICES
from gongyue.web.accounts.rate_limit import limited
from gongyue.web.accounts.seats import names_of
from gongyue.web.django_settings import WEB
from gongyue.web.installation import Now
from gongyue.web.letter_response import IN_A_FILE, files
from gongyue.web.letters.members import AccountInvitation
from gongyue.web.letters.typesetting import Sheet
from gongyue.web.pages.decorators import number_in
from gongyue.web.templatetags.words import pick


@office(*OFFICES)
@require_http_methods(["GET", "POST"])
@limited("invite-many", 60, 3600)
def people_many(request: HttpRequest) -> HttpResponse:
    """The list; checked it is shown as it will be done, and done when it is sent again unchanged."""
    from gongyue.web.acting import layout

    now, text = request_state.now(request), ""
    faults: Sequence[Fault] = ()
    wanted: Sequence[Wanted] = ()
    if request.method == "POST":
        try:
            upload = request.FILES.get("file")
            text = (
                request.POST.get("list", "") if upload is None else invitation_lists.text_of(upload.read(LARGEST + 1))
            )
            wanted = invitation_lists.checked(now.inst, text, now.day)
        except BadList as error:
            faults = error.faults
        if wanted and request.POST.get("seen") == _digest(text):
            made = invitations.invite_all(wanted, date.fromordinal(now.day), request_state.person(request))
            return redirect("office_people_batch", batch=made[0].batch)
    return layout.render_draft_page(
        request,
        "people_many",
        request_state.seat(request),
        "office_people",
        422 if faults else 200,
        text=text,
        faults=[(one.line, pick(one.zh, one.en)) for one in faults[:SHOWN]],
        more=len(faults[SHOWN:]),
        wanted=wanted,
        seen=_digest(text),
        most=invitation_lists.MOST,
        days=invitations.DAYS,
        kept=invitations.KEPT,
        mails=bool(WEB.written.mail),
    )


def _digest(text: str) -> str:
    """Of the list as it was looked at, whatever a form makes of its line ends."""
    return hashlib.sha256("\n".join(text.splitlines()).strip().encode()).hexdigest()


@office(*OFFICES)
@require_GET
def people_batch(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Who was invited together, for whoever invited them: who has come, the links of the others, their letters."""
    from gongyue.web.acting import layout

    made, now = _batch(request, batch), request_state.now(request)
    names = names_of(now, {one.party for one in made})
    rows = [(one, names[one.party], invitations.link(one) if is_usable(one) else "") for one in made]
    waiting = sum(bool(link) for _, _, link in rows)
    return layout.render_draft_page(
        request,
        "people_batch",
        request_state.seat(request),
        "office_people",
        rows=rows,
        waiting=waiting,
        days=invitations.DAYS,
        kept=invitations.KEPT,
        mails=bool(WEB.written.mail),
        letter=reverse("office_people_letters", args=[batch]) if waiting == 1 else "",
        files=files(reverse("office_people_letters", args=[batch]), waiting),
    )


def _batch(request: HttpRequest, batch: UUID) -> list[Invitation]:
    found = list(Invitation.objects.filter(batch=batch, invited_by=request_state.person(request)).order_by("pk"))
    if not found:
        raise Http404
    return found


def is_usable(made: Invitation) -> bool:
    """Whether its link still works."""
    return made.used_at is None and made.expires_at > timezone.now()


@office(*OFFICES)
@require_GET
def people_letters(request: HttpRequest, batch: UUID) -> HttpResponse:
    """The letters of those whose links still work, one file, in the order of the list."""
    part = number_in(request, "part") or 1
    found = list(sheets(request_state.now(request), [one for one in _batch(request, batch) if is_usable(one)]))
    wanted = found[(part - 1) * IN_A_FILE : part * IN_A_FILE]
    if not wanted:
        raise Http404
    return letter_response.batch(wanted, TITLE, "invitations", request.GET.get("sides") == "2")


TITLE = "办事网页邀请函"
"""What the file of letters is called."""


def sheets(now: Now, made: list[Invitation]) -> Iterator[Sheet]:
    """The letter to each."""
    names = names_of(now, {one.party for one in made})
    for one in made:
        link = invitations.link(one)
        ends = int(installation.by_office_clock(one.expires_at, now.time).timestamp())
        head = letter_response.head(now, iso(now.day), "邀请", link)
        unit = names[one.party] if one.party in now.inst.units else ""
        yield Sheet(head, AccountInvitation(unit, one.name, link, ends))
