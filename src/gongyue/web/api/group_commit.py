"""Acts that arrive at the same moment are recorded in one durable commit, each judged by itself.

Group commit: acts arriving during a flush share the next commit.
"""

from __future__ import annotations

import threading

from gongyue.book.entry import SignedAct
from gongyue.book.receipts import Receipt
from gongyue.web import installation


class _Waiting:
    """An act on its way, and what became of it."""

    result: Receipt | BaseException | None = None

    def __init__(self, act: SignedAct) -> None:
        self.act = act


class _Line:
    """Who waits for a commit; one of them records for all, and meanwhile the next gather."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[_Waiting] = []
        self._recording = False

    def handle(self, act: SignedAct) -> Receipt:
        """As `office.handle`: the receipt, or what the office raises."""
        mine = _Waiting(act)
        if group := self._joined(mine):
            try:
                _record(group)
            finally:
                with self._changed:
                    self._recording = False
                    self._changed.notify_all()
        assert mine.result is not None
        if isinstance(mine.result, BaseException):
            raise mine.result
        return mine.result

    def _joined(self, mine: _Waiting) -> list[_Waiting]:
        """Wait until another thread has recorded `mine`: then none; or until nobody records: then all who wait."""
        with self._changed:
            self._waiting.append(mine)
            self._changed.wait_for(lambda: mine.result is not None or not self._recording)
            if mine.result is not None:
                return []
            self._recording = True
            group, self._waiting = self._waiting, []
            return group


def _record(group: list[_Waiting]) -> None:
    try:
        results = installation.office().handle_all([one.act for one in group])
    except BaseException as error:
        for one in group:
            one.result = error
        raise
    for one, result in zip(group, results, strict=True):
        one.result = result


handle = _Line().handle
"""As `office.handle`, together with whoever else comes."""
