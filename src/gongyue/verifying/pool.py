"""Signature checks beside the serial fold: libsodium and OpenSSL release the interpreter's lock."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from gongyue.book.signing import Job, verify

BATCH = 512
BEHIND = 16
"""Batches that may wait: bounds memory when signatures are slower than the fold."""


class SignaturePool:
    """Checks signatures in batches; `first_bad` gives the index of the first act with a bad one."""

    def __init__(self, workers: int | None = None) -> None:
        self.checked = 0
        self.origins: Sequence[str] = ()
        self._workers = workers
        self._pool: ThreadPoolExecutor | None = None  # made for the first full batch: a small book has none
        self._batch: list[tuple[int, Job]] = []
        self._running: deque[Future[int | None]] = deque()
        self._bad: int | None = None

    def add(self, index: int, jobs: Sequence[Job]) -> bool:
        """Queue an act's signatures; False once a bad one is known."""
        self._batch += [(index, job) for job in jobs]
        if len(self._batch) >= BATCH:
            self._send()
        return self._bad is None

    def _send(self) -> None:
        batch, self._batch = self._batch, []
        self.checked += len(batch)
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._workers or os.cpu_count() or 1)
        self._running.append(self._pool.submit(_first_bad, batch, self.origins))
        while len(self._running) > BEHIND:
            self._collect(self._running.popleft().result())

    def _collect(self, found: int | None) -> None:
        if found is not None and (self._bad is None or found < self._bad):
            self._bad = found

    def first_bad(self) -> int | None:
        """Wait for all; the lowest index with a bad signature, None if every one is good."""
        batch, self._batch = self._batch, []
        self.checked += len(batch)
        self._collect(_first_bad(batch, self.origins))  # at once: there is nothing left to do meanwhile
        while self._running:
            self._collect(self._running.popleft().result())
        return self._bad

    def close(self) -> None:
        """Stop the workers."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _first_bad(batch: list[tuple[int, Job]], origins: Sequence[str]) -> int | None:
    return next((index for index, job in batch if not verify(job, origins)), None)
