"""Reading one regular file: in pieces, never more than its bound, and no device, pipe or socket at all."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

PIECE = 1 << 20
"""Bytes that are read at once."""


class NotRegular(OSError):
    """What bears the name is a device, a pipe or a socket: reading it might never end."""


class TooLong(ValueError):
    """There is more to read than the ``most`` bytes that are allowed, whatever its size is said to be."""

    def __init__(self, path: str, most: int) -> None:
        self.path, self.most = path, most
        super().__init__(f"{path}: more than {most:,} bytes")


def read_regular(path: Path, most: int, take: Callable[[int], None] = lambda count: None) -> bytes:
    """The file's bytes, ``most`` at the most; ``take`` is told how many came with each piece.

    ``NotRegular`` for a device, pipe or socket (a link to a file is fine), ``TooLong`` where there is more, also where
    the file grows meanwhile or is sparse; ``OSError`` as ``open`` raises it.
    """
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(21, os.strerror(21), str(path))
    _require_regular(found, path)
    # Another thing may have taken its place since: without waiting for a pipe's other end, and looked at once more.
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(handle, "rb", buffering=0) as file:  # noqa: PTH123  (from a handle)
        found = os.fstat(handle)
        _require_regular(found, path)
        if found.st_size > most:
            raise TooLong(str(path), most)
        return gather(file.read, str(path), most, take)


def gather(read: Callable[[int], bytes | None], name: str, most: int, take: Callable[[int], None]) -> bytes:
    """All that ``read(count)`` gives, piece by piece; ``TooLong`` beyond ``most`` bytes."""
    pieces, length = [], 0
    while piece := read(min(PIECE, most + 1 - length)):
        take(len(piece))
        length += len(piece)
        if length > most:
            raise TooLong(name, most)
        pieces.append(piece)
    return b"".join(pieces)


def _require_regular(found: os.stat_result, path: Path) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise NotRegular(f"{path}: not a regular file")
