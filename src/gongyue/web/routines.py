"""What is done once a minute while the pages are served, by one process of all that serve an office.

To add something: a function without arguments, listed in `ROUTINES`. Each is tried on its own; what fails is written
down and tried again a minute later.
"""

from __future__ import annotations

import fcntl
import logging
import os
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import connections
from django.utils import timezone

from gongyue.office.dossier_documents import settle, vault_of
from gongyue.office.retention_by_book import note_ended
from gongyue.office.routine_acts import tick
from gongyue.web import installation, rate_limit
from gongyue.web.accounts import invitations
from gongyue.web.acting.finalisation import overwrite_journal
from gongyue.web.api.models import Handed
from gongyue.web.notices import dispatch, outbox
from gongyue.web.pages import books

LOCK = "routines.lock"
EVERY = 60.0
"""Seconds between two rounds."""
HANDED_DAYS = 30
"""Days for which an Idempotency-Key is remembered."""

_log = logging.getLogger("gongyue.routines")


def office_tick() -> None:
    """Acts without discretion whose time has come; where the clock is too far from the last entry, a warning instead."""
    refusal = installation.office().clock().refusal
    if refusal is not None:
        _log.warning("%s %s", refusal.refusal["zh"], refusal.refusal["en"])
        return
    done = tick(installation.office())
    if done:
        _log.info("例行事项 routine acts: %d (#%d)", len(done), done[-1].index)


_noted: dict[Path, int] = {}
"""The day on which it was last noted, by the office's folder."""


def look_after_documents() -> None:
    """Whatever was interrupted in the vault is finished; once a day it is noted how long the documents of ended dossiers are kept."""
    office, folder, today = installation.office(), installation.folder(), installation.now().day
    settle(vault_of(office, folder))
    if _noted.get(folder) != today:
        note_ended(office, folder)
        _noted[folder] = today


def publish_books() -> None:
    """The books as files, so that whoever reads them next need not wait."""
    now = installation.now()
    if now.inst.in_force:
        books.published(now.size)


def fold_dossiers() -> None:
    """Every dossier as it stands, so that the officer who asks first after a restart need not wait while all are read."""
    installation.now().docket  # noqa: B018 - what was read is kept


def clean_up() -> None:
    """Sessions that have ended, limits that are whole again, Idempotency-Keys nobody repeats, links that ended; drafts written over."""
    rate_limit.forget()
    invitations.forget()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    Handed.objects.filter(day__lt=timezone.localdate() - timedelta(days=HANDED_DAYS)).delete()
    overwrite_journal()


ROUTINES: list[Callable[[], object]] = [
    office_tick,
    fold_dossiers,
    look_after_documents,
    publish_books,
    outbox.collect,
    dispatch.send_due,
    clean_up,
]
"""In this order."""


def one_round() -> None:
    """Do every routine once."""
    for routine in ROUTINES:
        try:
            routine()
        except Exception:  # noqa: BLE001  (one that fails keeps no other from being done)
            _log.exception("%s", routine.__name__)
    connections.close_all()


class Routines(threading.Thread):
    """Does the rounds until it is stopped, if no other process does: whoever holds the lock does, until it ends."""

    def __init__(self, directory: Path, every: float = EVERY) -> None:
        super().__init__(name="gongyue-routines", daemon=True)
        self._path, self._every = directory / LOCK, every
        self._stop_asked = threading.Event()

    def run(self) -> None:
        lock = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            while not self._stop_asked.is_set():
                if _try_lock(lock):
                    one_round()
                self._stop_asked.wait(self._every)
        finally:
            os.close(lock)

    def stop(self) -> None:
        """End after the round under way."""
        self._stop_asked.set()
        self.join()


def _try_lock(lock: int) -> bool:
    """Whether this process holds the lock now; taking it again is no error."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
