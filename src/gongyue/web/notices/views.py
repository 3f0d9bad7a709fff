"""Notices, how often to be written to, and the outbox as the secretary and the system's keeper see it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongyue.covenant.parties import AUTHORITY, is_unit
from gongyue.web import request_state
from gongyue.web.access import office, person
from gongyue.web.accounts.seats import seats_of
from gongyue.web.desk import layout as desk
from gongyue.web.names import localise
from gongyue.web.notices.digests import is_digest
from gongyue.web.notices.dispatch import send_again, send_confidential_again, sends
from gongyue.web.notices.models import AT_ONCE, MONTHLY, NEVER, WEEKLY, Mail, Preference
from gongyue.web.notices.read_state import mark_read, notices_of, read_keys, unread, unread_count
from gongyue.web.pages.decorators import number_in
from gongyue.web.pages.pagination import newest_first
from gongyue.web.templatetags.words import pick
from gongyue.web.workspace.layout import seat_context
from gongyue.web.workspace.own_unit import OwnUnit

PER_PAGE = 50
MOST = 10**9
"""A number no mail has: no store is asked for more."""

RHYTHMS = {
    MONTHLY: ("每月一次摘要", "a digest once a month"),
    WEEKLY: ("每周一次摘要", "a digest once a week"),
    AT_ONCE: ("逐件", "each by itself"),
    NEVER: ("不发送", "none"),
}

STATES = {
    Mail.SHOWN: ("只在此显示", "shown here only"),
    Mail.WAITING: ("待发送", "waiting"),
    Mail.SENDING: ("发送中", "being sent"),
    Mail.SENT: ("已发送", "sent"),
    Mail.UNSURE: ("是否送达不明", "unknown whether it arrived"),
    Mail.GIVEN_UP: ("已放弃", "given up"),
}


def _frame(request: HttpRequest, here: str) -> dict[str, Any]:
    """The navigation: of the unit where a person has one, otherwise the way back to its work."""
    now = request_state.now(request)
    seats = list(seats_of(request_state.person(request), now.day))
    if len({seat.party for seat in seats}) == 1 and seats[0].party != AUTHORITY:
        request.seat = seats[0]  # type: ignore[attr-defined]
        if is_unit(seats[0].party):
            return seat_context(request, OwnUnit(now, seats[0].party), here)
        return desk.seat_context(request, here)
    rows = [
        ("workspace", pick("我的席位", "My seats"), 0),
        ("notices", pick("通知", "Notices"), unread_count(request)),
        ("preferences", pick("邮件频率", "Mails"), 0),
    ]
    nav = [{"url": reverse(route), "text": text, "here": route == here, "count": count} for route, text, count in rows]
    return {"seat_title": str(request_state.person(request)), "seat_role": "", "seat_nav": nav}


@person
def notices(request: HttpRequest) -> HttpResponse:
    """What the person is told, newest first; what it has not read is marked."""
    now, me = request_state.now(request), request_state.person(request)
    told = notices_of(now, me)
    new = unread(now, told, read_keys(me))
    page = newest_first(range(len(told)), number_in(request), PER_PAGE)
    rows = [(one, one.key in new) for one in (told[len(told) - 1 - place] for place in page.items)]
    context = {"rows": rows, "page": page, "unread": len(new), "time": now.time}
    return render(request, "notices/notices.html", _frame(request, "notices") | context)


@person
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark one notice as read, or all of them."""
    me = request_state.person(request)
    keys = {one.key for one in notices_of(request_state.now(request), me)}
    wanted = request.POST.get("key", "")
    mark_read(me, keys if wanted == "all" else keys & {wanted})
    return HttpResponseRedirect(reverse("notices"))


@person
def preferences(request: HttpRequest) -> HttpResponse:
    """How often a person wants to be written to."""
    me, wrong = request_state.person(request), ""
    chosen, _ = Preference.objects.get_or_create(person=me, defaults={"since": request_state.now(request).time})
    if request.method == "POST":
        if request.POST.get("rhythm") in RHYTHMS:
            chosen.rhythm, chosen.since = request.POST["rhythm"], request_state.now(request).time
            chosen.save(update_fields=["rhythm", "since"])
            messages.success(request, pick("已保存。", "Saved."))
            return HttpResponseRedirect(reverse("preferences"))
        wrong = pick("请选择一种频率", "Choose how often")
    context = {
        "rhythms": [(name, localise(RHYTHMS, name), name == chosen.rhythm) for name in RHYTHMS],
        "email": me.email,
        "sends": sends(),
        "wrong": wrong,
    }
    status = 422 if wrong else 200
    return render(request, "notices/preferences.html", _frame(request, "preferences") | context, status=status)


def _open_mails() -> QuerySet[Mail]:
    """The mails of which others than their addressees may know, the oldest first.

    A mail about a dossier, a ballot, a draft would tell by its addressee and its minute who reported, who is accused, who voted.
    """
    return Mail.objects.filter(confidential=False).select_related("person").order_by("pk")


@office("secretary", "sysop")
def outbox(request: HttpRequest) -> HttpResponse:
    """Every mail of which others may know, those in trouble first; of the rest only the addresses that they did not reach."""
    known, stuck = _open_mails(), (Mail.GIVEN_UP, Mail.UNSURE)
    # By its place among these: a number that the table gives would count the others.
    numbers = {key: number for number, key in enumerate(known.values_list("pk", flat=True), 1)}
    counts = dict(Mail.objects.filter(confidential=False).values_list("state").annotate(Count("pk")))
    trouble = list(known.filter(state__in=stuck).order_by("-pk")[:100])
    unreached = Mail.objects.filter(confidential=True, state__in=stuck).values_list("person__email", flat=True)
    page = newest_first(range(len(numbers)), number_in(request), PER_PAGE)
    start = (page.number - 1) * PER_PAGE
    mails = known.order_by("-pk")[start : start + PER_PAGE]
    context = {
        "sends": sends(),
        "counts": [(localise(STATES, state), counts[state]) for state in STATES if state in counts],
        "trouble": [(mail, numbers[mail.pk], localise(STATES, mail.state)) for mail in trouble],
        "unreached": sorted(set(unreached)),
        "rows": [(mail, numbers[mail.pk], localise(STATES, mail.state)) for mail in mails],
        "page": page,
    }
    return render(request, "notices/outbox.html", desk.seat_context(request, "outbox") | context)


def _mail(number: int) -> Mail:
    found = _open_mails()[number - 1 : number].first() if 0 < number < MOST else None
    if found is None:
        raise Http404(number)
    return found


@office("secretary", "sysop")
def mail(request: HttpRequest, number: int) -> HttpResponse:
    """One mail as it was written: there is nothing confidential in it. Of a digest, what it says is its addressee's."""
    found = _mail(number)
    stuck = found.state in (Mail.GIVEN_UP, Mail.UNSURE)
    context = {
        "mail": found,
        "number": number,
        "state": localise(STATES, found.state),
        "stuck": stuck,
        "sends": sends(),
    }
    context |= {"text": "" if is_digest(found.key) else found.text}
    return render(request, "notices/mail.html", desk.seat_context(request, "outbox") | context)


@office("secretary", "sysop")
@require_POST
def again(request: HttpRequest, number: int) -> HttpResponse:
    """Send a mail again that was given up or whose arrival is unknown; number 0: all confidential ones to an address."""
    done = send_again(_mail(number).pk) if number else send_confidential_again(request.POST.get("to", ""))
    if done:
        messages.success(request, pick("已放回待发送。", "It waits to be sent again."))
    return HttpResponseRedirect(reverse("outbox"))
