"""What one run of verify may read and how long it may take: one budget for the book and all that is held against it."""

from __future__ import annotations

import time

from gongyue.verifying.failures import Unreadable

MOST_BYTES = 8 * 1024**3
"""A book of a million acts has about 1.5 GB, and verify reads its entries twice."""
MOST_SECONDS = 7_200
"""A million acts take about a minute on two cores; over a slow line ten thousand files take longer."""


class Spent(Unreadable):
    """The budget is used up: at which file and entry, how much was read, and how to give more."""


class Budget:
    """Bytes and seconds of one run; `entry` is the open book's entry at hand, for what is told when they are used up.

    A damaged disk, a server without end or a book made to tire its reader stops here and not the machine.
    """

    def __init__(self, most_bytes: int = MOST_BYTES, most_seconds: float = MOST_SECONDS) -> None:
        self.most_bytes, self.most_seconds = most_bytes, most_seconds
        self.read = 0
        self.entry: int | None = None
        self._begun = time.monotonic()

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return self._begun + self.most_seconds - time.monotonic()

    def take(self, file: str, count: int) -> None:
        """Count bytes that were read of a file; Spent once there are too many or it is too late."""
        self.read += count
        if self.read > self.most_bytes:
            raise self._spent(file, "--most-bytes", self.most_bytes, f"{self.most_bytes:,} 字节", "bytes")
        self.go_on(file)

    def go_on(self, file: str) -> None:
        """Spent once it is too late; `file` is what is being read."""
        if self.left < 0:
            raise self._spent(file, "--most-seconds", int(self.most_seconds), f"{self.most_seconds:,} 秒", "seconds")

    def _spent(self, file: str, option: str, most: int, zh: str, unit: str) -> Spent:
        at = "" if self.entry is None else f" #{self.entry}"
        more = max(2 * most, 1)
        return Spent(
            f"到了本次核验的上限 {zh}：正在读 {file}{at}，已读 {self.read:,} 字节。若这本簿册确有这么大，放宽上限再核验，如 {option} {more}",
            f"the limit of this run, {most:,} {unit}, was reached at {file}{at} with {self.read:,} bytes read. If the book really"
            f" is that large, verify it with a higher limit, such as {option} {more}",
            "budget",
            file=file,
            read=self.read,
            most=most,
        )
