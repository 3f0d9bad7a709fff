"""Drafts of acts, what they bring along, and passkeys that sign. Who sees a draft: `signers`."""

from __future__ import annotations

import hashlib
import uuid
from typing import ClassVar

import msgspec
from django.db import models

from gongyue.governance.acts import ActType, act_type_of
from gongyue.web import installation
from gongyue.web.accounts.models import Person


class Draft(models.Model):
    """An act being prepared: its fields, then the act itself as it is signed, then where it stands in the book.

    `party`: whose draft it is, a unit `u:…`, `exec` or `authority`; `actor`: in whose name the act is done, which
    differs where officers record a unit's or the authority's paper. `act`: the act as fixed for signing, canonical
    JSON; empty while nobody could sign; `lead`: the key it was fixed for, which signs first where that key numbers it.
    `signers`: the officers its author asks to sign it; `sigs`: the signatures collected. `dossier`: in which it is done, where its
    body does not say it; `to`: the digest of the entry there that it answers, empty for the last that it can.
    """

    OPEN, RECORDED, DISCARDED = "open", "recorded", "discarded"
    STATES: ClassVar = [(OPEN, "待签"), (RECORDED, "已记录"), (DISCARDED, "已弃")]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    type = models.CharField("行为类型", max_length=60)
    party = models.CharField("起草方", max_length=44, db_index=True)
    actor = models.CharField("名义", max_length=44)
    body = models.JSONField("内容", default=dict)
    paper = models.JSONField("纸面", null=True, default=None)
    dossier = models.CharField("卷", max_length=66, blank=True, default="")
    to = models.CharField("所答", max_length=71, blank=True, default="")
    lead = models.CharField("首签密钥", max_length=68, blank=True, default="")
    act = models.TextField("定稿", blank=True, default="")
    signers = models.JSONField("请签", default=list)
    sigs = models.JSONField("签名", default=list)
    state = models.CharField("状态", max_length=10, choices=STATES, default=OPEN, db_index=True)
    digest = models.CharField("行为摘要", max_length=71, blank=True, default="")
    book = models.CharField("簿", max_length=10, blank=True, default="")
    index = models.BigIntegerField("序号", null=True)
    arrived = models.BigIntegerField("到达", null=True)
    created_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="drafts")
    created_at = models.DateTimeField("起草时间", auto_now_add=True)
    changed_at = models.DateTimeField("修改时间", auto_now=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["party", "state", "changed_at"], name="drafts_of_a_party")]

    def __str__(self) -> str:
        return f"{self.type} {self.actor} {self.state}"

    @property
    def kind(self) -> ActType:
        """The act type."""
        return act_type_of(self.type)

    @property
    def changed(self) -> int:
        """When it was last changed, by the office's clock (Unix seconds)."""
        return int(installation.by_office_clock(self.changed_at).timestamp())

    def begun(self, time: int) -> int:
        """When it was begun, by the office's clock, which stands at `time`."""
        return int(installation.by_office_clock(self.created_at, time).timestamp())

    @property
    def version(self) -> str:
        """What a form was opened on: it changes with every answer, signature and step, not when the act is fixed anew."""
        said = msgspec.json.encode([self.body, self.paper, self.sigs, self.state], order="sorted")
        return hashlib.sha256(said).hexdigest()

    @property
    def is_numbered(self) -> bool:
        """Whether the act as fixed has the next number of one key, which must sign first."""
        return bool(self.act) and "seq" in msgspec.json.decode(self.act)

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed, signed or discarded."""
        return self.state == self.OPEN


class DraftFile(models.Model):
    """What a draft brings along: a public object by its digest, or a private content behind a salted commitment."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    digest = models.CharField("摘要", max_length=71)
    name = models.CharField("文件名", max_length=200, blank=True, default="")
    data = models.BinaryField("内容")
    salt = models.BinaryField("盐", null=True, default=None)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["draft", "digest"], name="one_content_a_digest")]

    def __str__(self) -> str:
        return f"{self.name} {self.digest}"

    @property
    def private(self) -> bool:
        """Whether only its commitment goes into the book."""
        return self.salt is not None


class Passkey(models.Model):
    """A passkey that signs acts: which credential of which person it is. Whether it is valid, the book says."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="signing_passkeys")
    holder = models.CharField("持有人", max_length=44, db_index=True)
    key = models.CharField("公钥", max_length=68, unique=True)
    credential = models.CharField("凭证编号", max_length=1400)
    name = models.CharField("名称", max_length=60)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.name} {self.key[:12]}…"
