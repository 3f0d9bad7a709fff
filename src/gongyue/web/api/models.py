"""What the API keeps of its own: keys of units and officers, and who has spent how much of a limit. Nothing is law."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import date
from typing import ClassVar

from django.db import models

from gongyue.web.access import ENGINEER, OFFICER, SIGNATORY
from gongyue.web.accounts.models import Person

READ, DRAFT, SUBMIT = "read", "draft", "submit"
SCOPES = (READ, DRAFT, SUBMIT)
"""What a key may be for: reading what its party may read, drafting acts for it, handing in acts that are signed."""
ALLOWED = {SIGNATORY: SCOPES, OFFICER: (READ, DRAFT), ENGINEER: (READ,), "": SCOPES}
"""What keys of each role may be for; the role of an officer of the executive body is empty."""
PREFIX = "gyk_"


class Keys(models.Manager["ApiKey"]):
    """Makes and finds keys."""

    def make(
        self, party: str, role: str, scopes: Collection[str], name: str, made_by: Person, ends: date | None
    ) -> tuple[ApiKey, str]:
        """A new key and its secret, which is shown once and kept nowhere."""
        secret = PREFIX + secrets.token_urlsafe(32)
        kept = [scope for scope in ALLOWED[role] if scope in scopes]
        made = self.create(
            party=party,
            role=role,
            scopes=",".join(kept),
            name=name,
            made_by=made_by,
            ends=ends,
            prefix=secret[: len(PREFIX) + 6],
            digest=digest_of(secret),
        )
        return made, secret

    def found(self, secret: str, today: date) -> ApiKey | None:
        """The key of that secret, if it is valid today; its last use is noted, to the day."""
        key = self.filter(digest=digest_of(secret), revoked_on=None).first()
        if key is None or not key.valid_on(today):
            return None
        if key.used_on != today:
            self.filter(pk=key.pk).update(used_on=today)
        return key


class ApiKey(models.Model):
    """A key by which a program of a unit, or of an officer, reads, drafts and hands in. It never signs an act.

    The secret has 256 random bits, so that its plain digest tells nothing.
    """

    party = models.CharField("名义", max_length=44, db_index=True)
    role = models.CharField("身份", max_length=10, blank=True, default="")
    scopes = models.CharField("用途", max_length=40)
    name = models.CharField("名称", max_length=60)
    prefix = models.CharField("前缀", max_length=16)
    digest = models.CharField("摘要", max_length=64, unique=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="api_keys")
    made_at = models.DateTimeField("建立时间", auto_now_add=True)
    ends = models.DateField("至", null=True, blank=True)
    used_on = models.DateField("最近使用", null=True, blank=True)
    revoked_on = models.DateField("作废", null=True, blank=True)

    objects: ClassVar[Keys] = Keys()

    def __str__(self) -> str:
        return f"{self.party} {self.prefix}…"

    def may(self, scope: str) -> bool:
        """Whether the key is for that."""
        return scope in self.scopes.split(",")

    def valid_on(self, day: date) -> bool:
        """Whether it can be used that day."""
        return self.revoked_on is None and (self.ends is None or day <= self.ends)


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Spent(models.Model):
    """A row of the limiter: up to when (Unix microseconds) a subject has spent its allowance."""

    key = models.CharField(max_length=60, primary_key=True)
    until = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return self.key


class Handed(models.Model):
    """An Idempotency-Key under which an act was handed in: the same key never stands for another act."""

    key = models.CharField(max_length=64, primary_key=True)
    act = models.CharField(max_length=71)
    day = models.DateField(db_index=True)

    def __str__(self) -> str:
        return self.key
