"""Mails on their way: each sent once, retried, given up visibly.

`send_due` is called every minute by whoever serves, in as many processes as there are. A worker takes a mail before it
hands it over, so that it is sent once. Where the connection breaks after the hand-over nobody knows whether it arrived:
it is not sent again by itself, and the outbox shows it.
"""

from __future__ import annotations

import smtplib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import override

from gongyue.web.django_settings import WEB
from gongyue.web.notices.mail_text import headers
from gongyue.web.notices.models import Mail

TRIES = 10
"""Attempts at most, over about two days."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=12)
AT_A_TIME = 200
"""Mails one call sends at most; the next call goes on."""
PATIENCE = 20
"""Seconds to wait for an answer of the mail server."""
TAKEN_FOR = timedelta(minutes=15)
"""After this long a mail that a worker took was interrupted."""


def sends() -> bool:
    """Whether mails leave this installation: it has a mail server, and is no demonstration."""
    return bool(WEB.written.mail) and not WEB.demo


def send_due() -> int:
    """Send what is due; how many mails were sent. Safe in several processes at once."""
    if not sends():
        return 0
    moment = timezone.now()
    _interrupted(moment)
    due = list(
        Mail.objects.filter(state=Mail.WAITING, next_try__lte=moment)
        .order_by("next_try", "pk")
        .values_list("pk", flat=True)
    )[:AT_A_TIME]
    if not due:
        return 0
    connection = get_connection(timeout=PATIENCE)
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        for mail in _claim_mails(due, moment):
            _again(mail, error)
        return 0
    try:
        return sum(_send(mail, connection) for mail in _claim_mails(due, moment))
    finally:
        with suppress(OSError, smtplib.SMTPException):
            connection.close()


def _interrupted(moment: datetime) -> None:
    """A worker that died between hand-over and note leaves a mail of which nobody knows whether it was sent."""
    old = Mail.objects.filter(state=Mail.SENDING, taken_at__lt=moment - TAKEN_FOR)
    old.update(state=Mail.UNSURE, error="interrupted")


def _claim_mails(due: Iterable[int], moment: datetime) -> Iterator[Mail]:
    """The mails this worker could take; each is taken by one worker only, and only when its turn comes."""
    for key in due:
        free = Mail.objects.filter(pk=key, state=Mail.WAITING, next_try__lte=moment)
        if free.update(state=Mail.SENDING, taken_at=timezone.now(), tries=F("tries") + 1):
            yield Mail.objects.select_related("person").get(pk=key)


def _send(mail: Mail, connection: BaseEmailBackend) -> bool:
    """Hand one mail over, and note what became of it."""
    with override(mail.person.language):
        more = headers(mail.person_id, mail.key)
    message = EmailMessage(mail.subject, mail.text, None, [mail.person.email], headers=more, connection=connection)
    try:
        _alive(connection)
        message.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
        connection.close()
        if _for_good(error):
            _note(mail, Mail.GIVEN_UP, error)
        else:
            _again(mail, error)
    except ValueError as error:  # an address or a header that no server would take
        _note(mail, Mail.GIVEN_UP, error)
    except (OSError, smtplib.SMTPException) as error:
        connection.close()
        _note(mail, Mail.UNSURE, error)
    else:
        _note(mail, Mail.SENT)
        return True
    return False


def _alive(connection: BaseEmailBackend) -> None:
    """Open the connection again where the server has closed it since the last mail."""
    server: smtplib.SMTP | None = getattr(connection, "connection", None)
    if server is not None:
        with suppress(smtplib.SMTPServerDisconnected, OSError):
            if server.noop()[0] == 250:
                return
    connection.close()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        raise smtplib.SMTPResponseException(421, str(error)) from error


def _for_good(error: smtplib.SMTPException) -> bool:
    """Whether the server refuses the mail for good (5xx) rather than for now (4xx)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500


def _again(mail: Mail, error: Exception) -> None:
    """Try later, each time twice as late; after the last try give up."""
    if mail.tries >= TRIES:
        _note(mail, Mail.GIVEN_UP, error)
        return
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (mail.tries - 1))
    Mail.objects.filter(pk=mail.pk, state=Mail.SENDING).update(
        state=Mail.WAITING, next_try=timezone.now() + wait, error=_error_line(error)
    )


def _note(mail: Mail, state: str, error: Exception | None = None) -> None:
    sent = timezone.now() if state == Mail.SENT else None
    Mail.objects.filter(pk=mail.pk, state=Mail.SENDING).update(
        state=state, sent_at=sent, error=_error_line(error) if error else ""
    )


def _error_line(error: Exception) -> str:
    """What went wrong, in one short line: a refusal in the server's own words."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {said.decode('utf-8', 'replace')}" for code, said in error.recipients.values())[:300]
    return f"{type(error).__name__}: {error}"[:300].replace("\n", " ")


def send_again(key: int) -> bool:
    """Send a mail once more that was given up, or of which nobody knows whether it arrived: an officer's decision."""
    return _put_back(Mail.objects.filter(pk=key))


def send_confidential_again(email: str) -> bool:
    """Send again what is confidential and did not reach that address: which mails these are is nobody's to choose, or to know."""
    return _put_back(Mail.objects.filter(confidential=True, person__email=email))


def _put_back(mails: QuerySet[Mail]) -> bool:
    stuck = mails.filter(state__in=(Mail.GIVEN_UP, Mail.UNSURE))
    return bool(stuck.update(state=Mail.WAITING, tries=0, next_try=timezone.now(), error=""))
