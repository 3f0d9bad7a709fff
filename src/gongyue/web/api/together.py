"""Acts that arrive at the same moment are recorded in one durable commit, each judged by itself.

A commit waits for the disk; while one does, others gather, and whoever comes next records them all.
"""

from __future__ import annotations

import threading

from gongyue.book.entry import SignedAct
from gongyue.book.receipts import Receipt
from gongyue.office.office import Office
from gongyue.web import installation

MOST = 256
"""Acts in one commit at most."""


class _Waiting:
    """An act on its way, and what became of it."""

    result: Receipt | BaseException | None = None

    def __init__(self, act: SignedAct) -> None:
        self.act = act


_gathering = threading.Lock()
_recording = threading.Lock()
_waiting: list[_Waiting] = []


def handle(act: SignedAct) -> Receipt:
    """As `office.handle`: the receipt, or what the office raises."""
    mine = _Waiting(act)
    with _gathering:
        _waiting.append(mine)
    while mine.result is None:
        with _recording:
            if mine.result is None:
                with _gathering:
                    group = _waiting[:MOST]
                    del _waiting[:MOST]
                _record(installation.office(), group)
    if isinstance(mine.result, BaseException):
        raise mine.result
    return mine.result


def _record(office: Office, group: list[_Waiting]) -> None:
    try:
        results: list[Receipt | Exception] = office.handle_all([one.act for one in group])
    except BaseException as error:
        for one in group:
            one.result = error
        raise
    for one, result in zip(group, results, strict=True):
        one.result = result
