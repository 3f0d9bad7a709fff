"""The demonstration's clock: it runs on from the story's end, and a restart goes on where the time has come to."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec

from gongyue.governance.clock import FAR
from gongyue.transparency.tiles import write_atomically

FILE = "clock.json"


class _Began(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When the story ended, by its own clock, and when it was first served, by this computer's; Unix seconds."""

    story: int
    served: int
    v: Literal["gongyue/clock@1"] = "gongyue/clock@1"


def begin(directory: Path, story: int) -> None:
    """Let the clock of the office in that folder run on from `story`, its last entry.

    It goes on if it runs already, unless the demonstration was put away for so long that its clock would be far.
    """
    path = directory / FILE
    if not path.is_file() or running_clock(directory)() > story + FAR:
        write_atomically(path, msgspec.json.encode(_Began(story, int(time.time()))))


def running_clock(directory: Path) -> Callable[[], int]:
    """The clock that `begin` started. It never goes backwards, whatever this computer's does."""
    began = msgspec.json.decode((directory / FILE).read_bytes(), type=_Began)
    last = began.story

    def now() -> int:
        nonlocal last
        last = max(last, began.story + int(time.time()) - began.served)
        return last

    return now
