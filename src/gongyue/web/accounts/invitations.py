"""Invitations: a signed link, for a while, once. Who may invite whom; what taking one does."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from gongyue.covenant.parties import AUTHORITY, is_unit
from gongyue.web import installation
from gongyue.web.access import ENGINEER, OFFICER, SIGNATORY
from gongyue.web.accounts.invitation_lists import Wanted
from gongyue.web.accounts.models import Invitation, Person, Seat
from gongyue.web.django_settings import WEB

DAYS = 7
"""Days after which a link no longer works."""
KEPT = 30
"""Days for which an invitation is kept once its link has ended, with the address and the name of whoever was invited."""
SALT = "gongyue.invitation"
ROLES = (SIGNATORY, OFFICER, ENGINEER)


class InvitationInvalid(Exception):
    """A link that gives nothing: `zh` and `en` say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh, self.en = zh, en


def invite(email: str, party: str, role: str, begins: date, ends: date | None, by: Person | None) -> Invitation:
    """Invite the person of that address to a seat; an earlier link to the same seat no longer works."""
    made = _made(email.strip().lower(), party, role if is_unit(party) else "", begins, ends, by)
    if WEB.written.mail:
        _send([made])
    return made


def invite_all(wanted: Iterable[Wanted], begins: date, by: Person | None) -> list[Invitation]:
    """Invite everybody of a checked list as their units' signatories, all or nobody; mails go once it is done."""
    batch = uuid4()
    with transaction.atomic():
        made = [
            _made(one.email, one.party, SIGNATORY, begins, None, by, batch=batch, name=one.person) for one in wanted
        ]
        if WEB.written.mail:
            transaction.on_commit(lambda: _send(made))
    return made


def _made(
    email: str, party: str, role: str, begins: date, ends: date | None, by: Person | None, **more: Any
) -> Invitation:
    Invitation.objects.filter(email=email, party=party, role=role, used_at=None).delete()
    return Invitation.objects.create(
        nonce=secrets.token_urlsafe(32),
        email=email,
        party=party,
        role=role,
        begins=begins,
        ends=ends,
        invited_by=by,
        expires_at=timezone.now() + timedelta(days=DAYS),
        **more,
    )


def link(invitation: Invitation) -> str:
    """The link to hand to the person invited."""
    token = signing.dumps(invitation.nonce, salt=SALT, compress=False)
    return WEB.address + reverse("invitation", args=[token])


def _send(made: Iterable[Invitation]) -> None:
    """By mail, over one connection."""
    get_connection(fail_silently=True).send_messages([_mail(one) for one in made])


def _mail(invitation: Invitation) -> EmailMessage:
    """In both languages: nobody knows yet which one is read. In whose name is not said: that may be an application."""
    inst = installation.now().inst
    edition, executive = inst.meaning.edition or inst.founding.draft, inst.genesis.executive if inst.genesis else ""
    title = " ".join(edition.title.split()) if edition else "公约"
    subject = f"邀请您使用公约办事网页 / Your invitation · {title}"
    text = (
        f"您好：\n\n现邀请您在《{title}》（执行机构：{executive}）的办事网页上取得一个席位。"
        f"请在 {DAYS} 日内打开下面的链接设立账号；链接只能用一次，请勿转发。\n\n"
        f"You are invited to a seat on the pages of this covenant, kept by {executive}. Open the link within {DAYS} days"
        f" to set up your account; it works once: do not pass it on.\n\n{link(invitation)}\n\n"
        f"如不知此事，不必理会；不打开链接，什么也不会发生。\n"
        "If you know nothing of this, ignore it: without opening the link nothing happens.\n"
    )
    return EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [invitation.email])


def find_invitation(token: str) -> Invitation:
    """The invitation of a link; NotTaken if it is not ours, was used, withdrawn or has expired."""
    try:
        nonce = signing.loads(token, salt=SALT, max_age=timedelta(days=DAYS))
    except signing.SignatureExpired:
        raise _expired() from None
    except signing.BadSignature:
        raise InvitationInvalid(
            "链接不完整或有误：请整条复制到地址栏，或请邀请人另发一份。",
            "The link is incomplete or wrong: copy the whole of it, or ask for another invitation.",
        ) from None
    invitation = Invitation.objects.filter(nonce=nonce).first()
    if invitation is None:
        raise InvitationInvalid(
            "此邀请已收回。如有疑问，请问邀请人。", "The invitation was withdrawn: ask whoever invited you."
        )
    _require_usable(invitation, timezone.now())
    return invitation


def _expired() -> InvitationInvalid:
    return InvitationInvalid("此邀请已过期，请邀请人另发一份。", "The invitation has expired: ask for another.")


def _require_usable(invitation: Invitation, now: datetime) -> None:
    if invitation.used_at is not None:
        raise InvitationInvalid("此邀请已用过；请直接登录。", "The invitation was used already: sign in.")
    if invitation.expires_at <= now:
        raise _expired()


def _require_one_office(person: Person, invitation: Invitation) -> None:
    """One account is one officer, or the authority: with the seats of two it would be the two persons that confirm an act."""
    if is_unit(invitation.party):
        return
    others = person.seats.exclude(party=invitation.party).exclude(party__startswith="u:")
    if others.filter(Q(ends=None) | Q(ends__gte=invitation.begins)).exists():
        raise InvitationInvalid(
            "此账号已有另一名职员或主管部门的席位：须两人确认的，不能由一个账号签两次。请用另一人的邮箱邀请。",
            "This account has the seat of another officer, or of the authority: what two persons confirm is not signed twice by one"
            " account. Invite another person's address.",
        )


@transaction.atomic
def accept(invitation: Invitation, person: Person | None, name: str = "", password: str | None = None) -> Person:
    """Give the seat to the person invited, whose account is made if there is none. NotTaken if another was faster."""
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    _require_usable(locked, timezone.now())
    known = person or Person.objects.filter(email=locked.email).first()
    if known is None:
        known = Person.objects.create_user(locked.email, password, name=name.strip()[:60])
    _require_one_office(known, locked)
    seat, made = Seat.objects.get_or_create(
        person=known,
        party=locked.party,
        role=locked.role,
        defaults={"begins": locked.begins, "ends": locked.ends, "granted_by": locked.invited_by},
    )
    if not made:
        seat.begins, seat.ends, seat.granted_by = locked.begins, locked.ends, locked.invited_by
        seat.save()
    locked.used_at, locked.name = timezone.now(), ""  # the account has it now, as the person gave it
    locked.save(update_fields=["used_at", "name"])
    return known


def forget() -> int:
    """Erase the invitations whose links ended long ago, taken or not; how many."""
    return Invitation.objects.filter(expires_at__lt=timezone.now() - timedelta(days=KEPT)).delete()[0]


def may_invite_for_office(party: str, role: str) -> bool:
    """Whether the office invites to that seat: a unit's signatory, an officer, the authority."""
    return (is_unit(party) and role == SIGNATORY) or party == AUTHORITY or party.startswith("o:")
