"""Whether a second factor must be set up first: a real installation's desk and units ask for it."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from gongyue.web.access import Access
from gongyue.web.django_settings import WEB


def must_enrol(request: HttpRequest, access: Access) -> bool:
    """Whether this page asks for a second factor that the person has not set up."""
    if WEB.demo or not WEB.written.require_mfa or access.who not in {"seated", "unit", "own", "office", "authority"}:
        return False
    second = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return not Authenticator.objects.filter(user_id=request.user.pk, type__in=second).exists()
