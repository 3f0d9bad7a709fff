"""What allauth asks us: accounts are made by invitation only; an OpenID provider opens a session, nothing more."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from gongyue.web import rate_limit
from gongyue.web.accounts import invitations
from gongyue.web.accounts.models import Invitation, Person
from gongyue.web.installation import now
from gongyue.web.templatetags.words import pick


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up without an invitation."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the workspace, in the person's language."""
        language = getattr(request.user, "language", "zh-hans")
        with override(language):
            return reverse("workspace")

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where a request comes from."""
        return rate_limit.client_ip(request)

    def format_email_subject(self, subject: str) -> str:
        """With the covenant it is about."""
        edition = now().inst.meaning.edition
        return f"{subject} · {' '.join(edition.title.split())}" if edition else subject

    def send_notification_mail(self, template_prefix: str, user: Person, *args: Any, **kwargs: Any) -> None:
        """In the person's language."""
        with override(user.language):
            super().send_notification_mail(template_prefix, user, *args, **kwargs)


class Providers(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """An OpenID provider opens a session for a person who has an account, or an invitation, under a verified address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody signs up by a provider alone."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """A verified address: connect it to its account, making the account where it was invited."""
        if sociallogin.is_existing:
            return
        verified = {e.email.lower() for e in sociallogin.email_addresses if e.verified}
        person = Person.objects.filter(email__in=verified).first() or self._invited(verified)
        if person is not None:
            sociallogin.connect(request, person)

    def _invited(self, verified: set[str]) -> Person | None:
        waiting = Invitation.objects.filter(email__in=verified, used_at=None, expires_at__gt=timezone.now()).first()
        return None if waiting is None else invitations.accept(waiting, None)


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    """Two-step verification under the covenant's name."""

    def get_totp_issuer(self) -> str:
        """What an authenticator app shows."""
        edition = now().inst.meaning.edition
        return edition.title[:40] if edition else "gongyue"

    def _get_site_name(self) -> str:
        return self.get_totp_issuer()

    def generate_authenticator_name(self, user: Person, type: Any) -> str:
        """What a new passkey is called unless the person says otherwise."""
        return pick("我的通行密钥", "My passkey")
