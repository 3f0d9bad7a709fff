"""Links by which the authority reads without an account: each expires, and each can be taken back."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone

from gongyue.web.accounts.models import Person

DAYS = 90
"""For how long a link works, in days."""


class Link(models.Model):
    """A read-only link; only the SHA-256 of its token is kept, so that the table opens nothing."""

    token = models.CharField("凭证摘要", max_length=64, unique=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL)
    made_at = models.DateTimeField("建立时间", auto_now_add=True)
    ends_at = models.DateTimeField("截止时间")
    ended_at = models.DateTimeField("收回时间", null=True, default=None)

    class Meta:
        ordering: ClassVar = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}–{self.ends_at:%Y-%m-%d}"

    @property
    def works(self) -> bool:
        """Whether it still opens the page."""
        return self.ended_at is None and timezone.now() < self.ends_at


def make(person: Person) -> str:
    """Make a link; its token, which is shown once and kept nowhere."""
    token = secrets.token_urlsafe(24)
    Link.objects.create(token=_digest(token), made_by=person, ends_at=timezone.now() + timedelta(days=DAYS))
    return token


def opens(token: str) -> bool:
    """Whether a token opens the page today."""
    link = Link.objects.filter(token=_digest(token)).first()
    return link is not None and link.works


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
