"""The words of a mail: the matter, its deadline, where to read on. Nothing confidential: no ballot, no name, no reason.

Everything is plain text. What comes from the book is put on one line, so that it cannot forge a header or a link.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.urls import resolve, reverse

from gongyue.office.deadline_text import deadline_text
from gongyue.web.access import access_of
from gongyue.web.django_settings import WEB
from gongyue.web.installation import Now
from gongyue.web.names import article_name
from gongyue.web.notices.digests import Ahead
from gongyue.web.notices.notification import Notification
from gongyue.web.templatetags.deadlines import day_of_time
from gongyue.web.templatetags.words import pick

LONGEST_SUBJECT = 120


class Words(NamedTuple):
    """A mail's subject and text, in the language in force when it was written."""

    subject: str
    text: str


def one_line(text: str) -> str:
    """Text from elsewhere on one line, without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def single_mail(now: Now, told: Notification) -> Words:
    """A mail about one notice."""
    said = one_line(told.mail_text)
    return Words(_subject(now, said), "\n".join(_single(now, told, said)))


def _single(now: Now, told: Notification, said: str) -> Iterator[str]:
    yield pick(f"{said}。", f"{said}.")
    if told.mail_ends:
        yield _deadline(told.mail_ends, told.at, now.time)
    yield ""
    if told.public and _open_to_all(told.url):
        yield pick(f"请看：{_link(told)}", f"Read it: {_link(told)}")
    else:
        yield pick(f"请登录查看：{_link(told)}", f"Sign in to read it: {_link(told)}")
    yield from _foot(now)


def _deadline(ends: int, at: str, time: int) -> str:
    said, name = deadline_text(ends, time), article_name(at) if at else ""
    zh, en = (f"，依{name}", f", by {name.lower()}") if name else ("", "")
    return pick(f"期限：{said.zh}{zh}", f"Deadline: {said.en}{en}")


def _open_to_all(url: str) -> bool:
    access = access_of(resolve(url).func)
    return access is not None and access.who == "public"


def _link(told: Notification) -> str:
    """The notice's page; of what is not public only the list of notices, so that the address tells nothing."""
    return WEB.address + (told.url if told.public else reverse("notices"))


def digest_mail(now: Now, begins: int, last: int, told: Iterable[Notification], ahead: Iterable[Ahead]) -> Words:
    """A mail about a month or a week."""
    span = f"{day_of_time(begins)} – {day_of_time(last)}"
    title = pick(f"{span} 摘要与期限", f"Digest and deadlines, {span}")
    lines = [title, ""]
    if due := list(ahead):
        lines.append(pick("今后的期限：", "Deadlines ahead:"))
        lines += [f"  - {_due(one, now.time)}" for one in due]
        lines.append("")
    if happened := _counted(told):
        lines.append(pick("发生的事：", "What happened:"))
        lines += [f"  - {line}" for line in happened]
        lines.append("")
    lines.append(pick(f"请登录查看：{_workspace()}", f"Sign in to read it: {_workspace()}"))
    return Words(_subject(now, title), "\n".join([*lines, *_foot(now)]))


def _due(one: Ahead, time: int) -> str:
    said = one_line(pick(*one.words))
    if not one.ends:
        return said
    name = article_name(one.at)
    ends = deadline_text(one.ends, time)
    return pick(f"{ends.zh}  {said}（{name}）", f"{ends.en}  {said} ({name.lower()})")


def _counted(told: Iterable[Notification]) -> list[str]:
    """The notices as a mail may say them; the same words are said once, with how often."""
    said: dict[str, int] = {}
    for one in told:
        line = one_line(one.mail_text)
        said[line] = said.get(line, 0) + 1
    return [line if count == 1 else pick(f"{line}（{count} 项）", f"{line} ({count})") for line, count in said.items()]


def _workspace() -> str:
    return WEB.address + reverse("workspace")


def _subject(now: Now, text: str) -> str:
    edition = now.inst.meaning.edition
    title = one_line(edition.title) if edition else pick("公约", "Covenant")
    demo = pick("〔演示〕", "[demo] ") if WEB.demo else ""
    subject = f"{demo}{text} · {title}"
    return subject if len(subject) <= LONGEST_SUBJECT else subject[: LONGEST_SUBJECT - 1] + "…"


def _foot(now: Now) -> Iterator[str]:
    executive = one_line(now.inst.genesis.executive) if now.inst.genesis else ""
    yield ""
    yield "-- "
    yield pick(
        f"{executive}的公约系统自动发出；邮件只写事项与期限，内容在登录后可见。",
        f"Sent by the covenant's system of {executive}. A mail names matter and deadline; the rest is shown to those signed in.",
    )
    yield pick(
        "以贵单位名义记录的行为总会告知；其余邮件的频率：",
        "Acts in your unit's name are always told; how often the rest is:",
    )
    yield preferences_url()


def preferences_url() -> str:
    """Where a person says how often to be written to; it asks to sign in."""
    return WEB.address + reverse("preferences")


def headers(person: int, key: str) -> dict[str, str]:
    """A mail's own headers. The same mail always has the same Message-ID, so that a mailbox knows it again."""
    name = hashlib.sha256(f"{WEB.address}\n{person}\n{key}".encode()).hexdigest()[:32]
    return {
        "Message-ID": f"<{name}@{WEB.hosts[0]}>",
        "List-Unsubscribe": f"<{preferences_url()}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": pick("zh-Hans", "en"),
    }
