"""A notice as it is told: one thing that happened or is due, in both languages, and what of it a mail may say."""

from __future__ import annotations

import msgspec
from django.urls import reverse

from gongyue.web.templatetags.words import pick

SEALED_ACT = ("一项行为已以贵单位名义记录", "An act was recorded in your unit's name")
SEALED_PAPER = (
    "一项行为已凭纸面以贵单位名义记录；如非贵单位所为，可在期限内否认",
    "An act was recorded from paper in your unit's name; if it is not yours, disavow it in time",
)
SEALED_DECISION = ("贵单位的一项事项已有决定", "A matter of your unit has been decided")
SEALED_DUE = ("贵单位的一项事项期限临近或已过", "A matter of your unit has a deadline that is near or past")
A_DRAFT = ("有一份待阅文书", "A paper is waiting for you")
AN_OFFICE_DUE = ("一项职务事项期限临近或已过", "A matter of your office has a deadline that is near or past")
"""What a mail says of what is not public: nothing but that there is something."""


class Notification(msgspec.Struct, frozen=True):
    """A notice. `key` is its place in the book, or what is due and when: the same notice always has the same key.

    `time`: when it came about, by the book's time; `ends`: a deadline, 0: none; `route`, `args`: its page;
    `mail`, `mail_ends`: (Chinese, English) and deadline as a mail may say them; `at`: the address of what that deadline rests on,
    0: nothing to say; `public`: a mail may link its page;
    `at_once`: not left to a digest; `always`: nobody can silence it.
    """

    key: str
    time: int
    zh: str
    en: str
    route: str
    args: tuple[str, ...]
    mail: tuple[str, str]
    ends: int = 0
    mail_ends: int = 0
    public: bool = False
    at_once: bool = False
    always: bool = False
    at: str = ""

    @property
    def text(self) -> str:
        """It in the language of this answer."""
        return pick(self.zh, self.en)

    @property
    def mail_text(self) -> str:
        """It in the language of this answer, as a mail may say it."""
        return pick(*self.mail)

    @property
    def url(self) -> str:
        """Its page, in the language of this answer."""
        return reverse(self.route, args=self.args)


def open_told(
    key: str,
    time: int,
    words: tuple[str, str],
    route: str,
    args: tuple[str, ...],
    ends: int = 0,
    at_once: bool = False,
    always: bool = False,
    at: str = "",
) -> Notification:
    """A notice of what is public anyway: a mail may name it with its deadline."""
    return Notification(key, time, *words, route, args, words, ends, ends, True, at_once, always, at)


def sealed_told(
    key: str,
    time: int,
    words: tuple[str, str],
    route: str,
    args: tuple[str, ...],
    mail: tuple[str, str],
    ends: int = 0,
    always: bool = False,
) -> Notification:
    """A notice of what is nobody else's business: a mail says only that there is something, and no deadline."""
    return Notification(key, time, *words, route, args, mail, ends, 0, False, True, always)
