"""The staff at the desk: who serves in which office, whom to invite, whose account or key is missing, whose declaration is due."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongyue.book.digest_words import digest_words
from gongyue.covenant.parties import AUTHORITY
from gongyue.covenant.periods import iso
from gongyue.governance.office import earliest, staffing, to_appoint
from gongyue.governance.registry import Officer, Tenure
from gongyue.governance.sheet_words import ActPage
from gongyue.office.declarations import declarations
from gongyue.web import names, request_state
from gongyue.web.access import office
from gongyue.web.accounts.models import Invitation, Seat
from gongyue.web.accounts.officers import OFFICER, called
from gongyue.web.acting.models import Passkey
from gongyue.web.desk.layout import DECIDES, AvailableAct, deed, listed, my_offices, render_desk_page
from gongyue.web.installation import Now
from gongyue.web.templatetags.words import pick


class Staff(msgspec.Struct, frozen=True):
    """An officer and its terms; `invite`: where its account is invited, empty where it has one or was; `keyless`: it signs nothing."""

    officer: Officer
    name: str
    tenures: tuple[Tenure, ...]
    invite: str
    invited: bool
    keyless: bool


class KeyToRegister(msgspec.Struct, frozen=True):
    """A passkey that an officer made and no act registered yet; `words`: what it reads out, so that both know it is this one."""

    holder: str
    words: str
    deed: AvailableAct


@office()
def offices(request: HttpRequest) -> HttpResponse:
    """Officers and their terms, what the appointed staff could not lawfully do, and the executive body's keys."""
    now = request_state.now(request)
    first = earliest(now.inst, now.time) if now.inst.genesis else now.day
    return render_desk_page(
        request,
        "offices",
        "desk_offices",
        staff=list(_staff(now, bool(my_offices(request) & set(DECIDES)))),
        day=now.day,
        declared=list(declarations(now.inst, None, now.day, "", lambda: now.time)),
        wanted=[
            (
                names.office_name(one.office),
                one.missing,
                deed(request, "office.appoint/1", offices=one.office, begins=iso(first)),
            )
            for one in to_appoint(now.inst, now.day)
        ],
        short=[
            (names.work_name(s.what), names.staff_needed(s.needs), max(0, s.have), s.article)
            for s in staffing(now.inst, now.day)
        ],
        unregistered=keys_to_register(request),
        keys=[
            (kid, key)
            for kid, key in sorted(now.inst.keys.items(), key=lambda row: (row[1].holder, row[1].since, row[0]))
            if not key.holder.startswith("u:")
        ],
        deeds=sorted(listed(request, ActPage.OFFICES), key=lambda d: d.kind.matter != "office"),  # keys after offices
        recoveries=[
            (holder, recover)
            for holder in (*sorted(now.inst.officers), AUTHORITY)
            if now.inst.keys_of(holder) and (recover := deed(request, "key.recover/1", as_=holder, paper="1")).mine
        ],
        time=now.time,
        delay=now.inst.genesis.recovery_days if now.inst.genesis else 0,
        earliest=first,
    )


def _staff(now: Now, invites: bool) -> Iterator[Staff]:
    """Every officer; of whom an office lasts or comes, what it lacks to begin."""
    seated = set(Seat.objects.filter(party__startswith=OFFICER).values_list("party", flat=True))
    asked = set(Invitation.objects.filter(party__startswith=OFFICER, used_at=None).values_list("party", flat=True))
    for id, one in sorted(now.inst.officers.items()):
        lasting = any(t.ends >= now.day for t in one.tenures)
        invite = f"{reverse('office_people')}?party={id}#invite" if invites and id not in seated | asked else ""
        keyless = not any(key.until is None for key in now.inst.keys_of(id).values())
        yield Staff(
            one,
            called(now.inst, id),
            tuple(sorted(one.tenures, key=lambda t: t.begins)),
            invite if lasting else "",
            lasting and id in asked - seated,
            lasting and keyless,
        )


def keys_to_register(request: HttpRequest) -> list[KeyToRegister]:
    """What officers made on their phones and wait to have registered, for whoever may register it; a first key alone."""
    if not my_offices(request) & set(DECIDES):
        return []
    now = request_state.now(request)
    made = Passkey.objects.filter(holder__startswith=OFFICER).order_by("pk")
    return [
        KeyToRegister(
            called(now.inst, one.holder),
            key_words(one.key),
            deed(request, "key.register/1", holder=one.holder, key=one.key),
        )
        for one in made
        if one.key not in now.inst.keys and not now.inst.keys_of(one.holder) and one.holder in now.inst.officers
    ]


def key_words(key: str) -> str:
    """The words by which two people know over the telephone that they look at the same key."""
    return " ".join(digest_words(f"sha256:{key[-64:]}", pick("zh", "en")))
