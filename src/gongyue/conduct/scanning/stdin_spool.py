"""Standard input: what is piped in, kept in a passing file, since readers look at it more than once."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from gongyue.conduct.findings import BadInput
from gongyue.conduct.scanning.archives import again, spooled
from gongyue.conduct.scanning.sources import InputFile

PIPED = "-"
"""The place that means it."""
NAME = "stdin"
"""What its table is called."""


@contextmanager
def piped() -> Iterator[InputFile]:
    """All of standard input as a file; it has no name on the disk and is gone with the scan. BadInput where it cannot be read or kept."""
    try:
        kept = spooled(sys.stdin.buffer)
    except OSError as error:
        raise BadInput(
            f"标准输入读不出，或临时文件写不下（{error.strerror}）",
            f"standard input cannot be read, or not be kept in a temporary file ({error.strerror})",
        ) from None
    with kept:
        yield InputFile(PIPED, NAME, partial(again, kept), os.fstat(kept.fileno()).st_size)
