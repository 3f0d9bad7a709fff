"""What was worked out of both books at one minute, for whoever asks again before they have grown or it is over."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from gongyue.web import installation
from gongyue.web.installation import Now

T = TypeVar("T")


class Remembered(Generic[T]):
    """Results by key, of one state of both books and one minute; deadlines end on whole minutes, so none is told late."""

    def __init__(self) -> None:
        self._at: Hashable = None
        self._known: dict[Hashable, T] = {}
        self._lock = threading.Lock()

    def of(self, now: Now, key: Hashable, make: Callable[[], T]) -> T:
        """The result of that key as of now, made if nobody has asked for it yet."""
        office = installation.office()
        at = (id(office), now.size, office.store.arrivals(), now.time // 60)
        with self._lock:
            if at != self._at:
                self._at, self._known = at, {}
            known = self._known
        if key not in known:
            known[key] = make()
        return known[key]
