"""Persons who sign in, and their seats. Nothing here is law: who is a member or an officer, the book alone says."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

from gongyue.web.access import ENGINEER, OFFICER, SIGNATORY


class Persons(BaseUserManager["Person"]):
    """Makes persons."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """A person who signs in with that address; without a password, only by a passkey or a recovery link."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save()
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. The name is personal data: it stays here and never enters a leaf."""

    email = models.EmailField("电子邮箱", unique=True)
    name = models.CharField("姓名", max_length=60, blank=True)
    language = models.CharField("语言", max_length=10, default="zh-hans")
    is_active = models.BooleanField("可登录", default=True)
    date_joined = models.DateTimeField("建立时间", auto_now_add=True)

    objects: ClassVar[Persons] = Persons()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """Nobody: there is no back door beside the desk."""
        return False


class Seat(models.Model):
    """A person may act for a party: a unit `u:…` in a role, an officer `o:…` of the executive body, the authority.

    Dated, both days included; `ends` empty: until ended. An officer's offices and terms stand in the book, not here.
    """

    ROLES: ClassVar = [(SIGNATORY, "签署人"), (OFFICER, "专员"), (ENGINEER, "工程师"), ("", "—")]

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="seats")
    party = models.CharField("名义", max_length=42)
    role = models.CharField("身份", max_length=10, choices=ROLES, blank=True, default="")
    begins = models.DateField("自")
    ends = models.DateField("至", null=True, blank=True)
    granted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="granted")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "party", "role"], name="one_seat_each")]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.party}:{self.role}"


class Invitation(models.Model):
    """A link that gives a seat to whoever has that address: signed, for a while, once.

    `nonce` is in the link, so that a link can be withdrawn and another sent; `used_at` empty: not used yet. `batch`: with which
    others it was made; `name`: of the person, until it is used.
    """

    nonce = models.CharField("链接标记", max_length=43, unique=True)
    email = models.EmailField("电子邮箱")
    party = models.CharField("名义", max_length=42)
    role = models.CharField("身份", max_length=10, choices=Seat.ROLES, blank=True, default="")
    begins = models.DateField("自")
    ends = models.DateField("至", null=True, blank=True)
    invited_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="invitations")
    made_at = models.DateTimeField("发出时间", auto_now_add=True)
    expires_at = models.DateTimeField("失效时间")
    used_at = models.DateTimeField("使用时间", null=True, blank=True)
    batch = models.UUIDField("批次", null=True, blank=True, db_index=True)
    name = models.CharField("姓名", max_length=60, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.party}:{self.role} ({self.pk})"
