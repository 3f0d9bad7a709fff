"""Files as the vault needs them: forced to disk when they are written, overwritten before they go."""

from __future__ import annotations

import os
from pathlib import Path

BLOCK = 1 << 20


def force(folder: Path) -> None:
    """Force a folder's entries to disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """A folder that only its owner may enter, durable."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700)
        force(folder.parent)


def write_durably(path: Path, data: bytes) -> None:
    """Write a file that only its owner may read, and force it and its name to disk."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    force(path.parent)


def replace_durably(path: Path, data: bytes) -> None:
    """As `write_durably`, so that a reader sees the old content or the new."""
    passing = path.with_name(f".{path.name}.new")
    write_durably(passing, data)
    passing.replace(path)
    force(path.parent)


def destroy(path: Path) -> None:
    """Overwrite a file with zeros, force that to disk, and remove it; nothing where there is none.

    A drive or file system that writes elsewhere instead of in place keeps the old blocks: what they hold is ciphertext
    whose key is overwritten the same way (decision 0041).
    """
    try:
        handle = os.open(path, os.O_WRONLY)
    except FileNotFoundError:
        return
    try:
        left = os.fstat(handle).st_size
        while left > 0:
            left -= os.write(handle, bytes(min(BLOCK, left)))
        os.fsync(handle)
    finally:
        os.close(handle)
    path.unlink()
    force(path.parent)
