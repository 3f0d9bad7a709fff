"""What was told to whom. Notices themselves are derived from the book and the day; only the telling is remembered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongyue.web.accounts.models import Person

MONTHLY, WEEKLY, AT_ONCE, NEVER = "monthly", "weekly", "at-once", "never"


class Preference(models.Model):
    """How a person wants to be written to. Acts in its unit's name and near deadlines are written at once anyway.

    `since`: the book's time when this was chosen, or the person first seen; nothing older is sent by itself.
    """

    RHYTHMS: ClassVar = [(MONTHLY, "每月一次"), (WEEKLY, "每周一次"), (AT_ONCE, "逐件"), (NEVER, "不发送")]

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="mail_preference")
    rhythm = models.CharField("频率", max_length=10, choices=RHYTHMS, default=MONTHLY)
    since = models.BigIntegerField("起始")

    def __str__(self) -> str:
        return f"{self.person_id}:{self.rhythm}"


class ReadMark(models.Model):
    """A notice a person has marked as read."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="read_marks")
    key = models.CharField("通知", max_length=120)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "key"], name="one_mark_each")]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.key}"


class Mail(models.Model):
    """A mail to one person about one notice, or a digest of several: written once, sent once.

    `key` names what it tells, so that it is never written twice. `state`: shown (there is nothing to send it with),
    waiting, sending (a worker has taken it), sent, unsure (the connection broke after it was handed over: whether it
    arrived nobody knows, so it is not sent again by itself), given up (refused, or tried too often).
    `confidential`: nobody but its addressee may know that there is one: of a dossier, a ballot, a draft.
    """

    SHOWN, WAITING, SENDING, SENT, UNSURE, GIVEN_UP = "shown", "waiting", "sending", "sent", "unsure", "given-up"
    STATES: ClassVar = [
        (SHOWN, "只在此显示"),
        (WAITING, "待发送"),
        (SENDING, "发送中"),
        (SENT, "已发送"),
        (UNSURE, "是否送达不明"),
        (GIVEN_UP, "已放弃"),
    ]

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mails")
    key = models.CharField("所告之事", max_length=120)
    subject = models.CharField("主题", max_length=200)
    text = models.TextField("正文")
    confidential = models.BooleanField("只给收件人", default=True)
    state = models.CharField("状态", max_length=10, choices=STATES, default=WAITING)
    tries = models.PositiveSmallIntegerField("次数", default=0)
    next_try = models.DateTimeField("下次发送", db_index=True)
    taken_at = models.DateTimeField("取走", null=True, default=None)
    sent_at = models.DateTimeField("发出", null=True, default=None)
    error = models.CharField("原因", max_length=300, blank=True, default="")
    made_at = models.DateTimeField("写成", auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "key"], name="one_mail_each")]
        indexes: ClassVar = [models.Index(fields=["state", "next_try"], name="mails_to_send")]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.key}:{self.state}"

    @property
    def number(self) -> int:
        """Under which number the outbox has it, of what is not confidential: the table's own would count the others, too."""
        return Mail.objects.filter(confidential=False, pk__lte=self.pk).count()


class Posting(models.Model):
    """A letter sent on paper: what it was, to whom, by which carrier under which number, when; and what became of it.

    `key` names what was sent (`served:DOSSIER:N`, `bulletin:N`, `recorded:PLACE`, `forwarded:DOSSIER:N`, `over:N:UNIT`); `dossier`: the one it
    stands in, whose readers alone see the row; `draft`: the record of it in the book, as two officers are asked to sign it.
    """

    DELIVERED, REFUSED, RETURNED = "delivered", "refused", "returned"
    OUTCOMES: ClassVar = [(DELIVERED, "已送达"), (REFUSED, "拒收"), (RETURNED, "退回")]

    key = models.CharField("所寄", max_length=120, db_index=True)
    to = models.CharField("收件方", max_length=44)
    dossier = models.CharField("卷", max_length=66, blank=True, default="")
    carrier = models.CharField("承运人", max_length=40)
    number = models.CharField("单号", max_length=60)
    posted = models.DateField("寄出")
    outcome = models.CharField("结果", max_length=10, choices=OUTCOMES, blank=True, default="")
    outcome_on = models.DateField("结果之日", null=True, default=None)
    draft = models.UUIDField("记录草稿", null=True, default=None)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="postings")
    made_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "to", "number"], name="one_posting_a_number")]

    def __str__(self) -> str:
        return f"{self.key}:{self.to}:{self.number}"
