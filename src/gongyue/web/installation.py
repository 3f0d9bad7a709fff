"""The installation this process serves: one office, opened once, and what every page asks it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from weakref import WeakKeyDictionary

import msgspec

from gongyue.covenant.periods import day_of
from gongyue.governance.clock import Clock
from gongyue.governance.institution import Institution
from gongyue.office import office_folder
from gongyue.office.docket import Docket, Kept
from gongyue.office.facts.docket import OfficersDocket
from gongyue.office.index import Index
from gongyue.office.office import Office
from gongyue.office.store import OPEN

_lock = threading.Lock()
_open: dict[str, Office] = {}
_indices: WeakKeyDictionary[Office, Index] = WeakKeyDictionary()
_dockets: WeakKeyDictionary[Office, Docket] = WeakKeyDictionary()

_lists: dict[tuple[str, int, int, int], tuple[Institution, OfficersDocket]] = {}
MOST_LISTS = 32
"""Officers' lists of dossiers that are kept at once."""


class NotOpen(RuntimeError):
    """Pages were asked for before the office was opened."""


class Now(msgspec.Struct, frozen=True):
    """What a page is made of: the institution as of one size, at one time; see `Clock.believed`.

    `day`: the Beijing day (ordinal).
    """

    inst: Institution
    size: int
    time: int
    day: int
    clock: Clock

    @property
    def index(self) -> Index:
        """Where the acts of this process's office stand, up to this size at least."""
        opened = office()
        return _indices.setdefault(opened, Index()).catch_up(partial(opened.store.leaves, OPEN), self.size)

    @property
    def docket(self) -> dict[str, Kept]:
        """The dossiers of this process's office, folded, by their ids."""
        opened = office()
        return _dockets.setdefault(opened, Docket()).catch_up(self.inst, opened.store)

    def docket_of(self, officer: str) -> OfficersDocket:
        """The dossiers of which an officer sees anything today; the same as long as neither book has grown."""
        key = (officer, self.day, self.size, office().store.arrivals())
        if (known := _lists.get(key)) is None or known[0] is not self.inst:
            if len(_lists) >= MOST_LISTS:
                _lists.clear()
            known = _lists[key] = (self.inst, OfficersDocket(self.inst, self.docket, officer, self.day))
        return known[1]

    def leaf(self, index: int) -> bytes | None:
        """A leaf of the open book; None beyond this size."""
        return office().store.leaf(OPEN, index) if 0 <= index < self.size else None

    def object(self, digest: str) -> bytes | None:
        """An object that acts name."""
        return office().store.object(digest)


def open(directory: Path, clock: Callable[[], int] | None = None) -> Office:  # noqa: A001
    """Open the office of this process, or open another in its place."""
    with _lock:
        _close()
        _open["office"] = office_folder.open_office(directory, clock)
        return _open["office"]


def close() -> None:
    """Close the office: its store and its guard."""
    with _lock:
        _close()


def _close() -> None:
    if office := _open.pop("office", None):
        office.store.close()
        office.guard.close()


def office() -> Office:
    """The office of this process."""
    try:
        return _open["office"]
    except KeyError:
        raise NotOpen from None


def folder() -> Path:
    """The folder of the office of this process."""
    guard = office().guard.path
    assert guard is not None
    return guard.parent


def now() -> Now:
    """The institution with everything any process has appended, and the office's time."""
    opened = office()
    clock = opened.clock()
    inst = opened.inst
    return Now(inst, inst.size, clock.believed, day_of(clock.believed), clock)


def by_office_clock(at: datetime, time: int | None = None) -> datetime:
    """A moment of the pages' own tables by the office's clock, which stands at `time`, or now: a demonstration's is not this computer's."""
    own = datetime.now(UTC)
    return at + timedelta(seconds=(now().time if time is None else time) - int(own.timestamp()))
