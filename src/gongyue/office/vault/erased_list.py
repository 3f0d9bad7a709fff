"""The digests of erased documents: a file beside the keys to which lines are only ever added, and the office's mark of it.

A line is durable before anything is destroyed, so that an erasure that was interrupted goes on, and a restored backup is
erased again. The mark, in the office's folder and its backups, says how long the file was: a shorter one is not the newest.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from gongyue.office.vault.disk import force, replace_durably
from gongyue.office.vault.errors import BadVault
from gongyue.transparency import canonical


class ErasedLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One erasure: when (Unix seconds), by whom, of what, on which ground."""

    at: int
    by: str
    c: str
    ground: str


class Mark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far the file had come: its bytes and their digest."""

    bytes: int
    digest: str


NONE = Mark(0, canonical.digest(b""))


class ErasedList:
    """The append-only file; `path` may be missing only where nothing was ever erased."""

    def __init__(self, path: Path, mark: Path) -> None:
        self.path, self.mark_path = path, mark

    def create(self) -> None:
        """The empty file, durable."""
        os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600))
        force(self.path.parent)

    def marked(self) -> Mark:
        """What the office's mark says; BadVault where it is damaged."""
        try:
            return msgspec.json.decode(self.mark_path.read_bytes(), type=Mark)
        except FileNotFoundError:
            return NONE
        except msgspec.DecodeError as error:
            raise BadVault(f"{self.mark_path} 已损坏（{error}）。", f"{self.mark_path} is damaged ({error}).") from None

    def load(self) -> bytes:
        """The file's whole lines; a last line that was being written is cut off, for nothing was destroyed yet.

        BadVault where the file is missing or does not begin with what the mark says.
        """
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            data = b""
        whole = data[: data.rfind(b"\n") + 1]
        require_newest(whole, self.marked(), str(self.path))
        if len(whole) != len(data):
            os.truncate(self.path, len(whole))
        return whole

    def append(self, lines: list[ErasedLine]) -> None:
        """Add lines and force them to disk, then the mark. OSError where they cannot be: then none was added."""
        before = self.path.stat().st_size
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND)
        try:
            data = b"".join(canonical.encode(msgspec.to_builtins(line)) + b"\n" for line in lines)
            try:
                while data:
                    data = data[os.write(handle, data) :]
                os.fsync(handle)
            except OSError:
                os.ftruncate(handle, before)
                raise
        finally:
            os.close(handle)

    def note(self, data: bytes) -> None:
        """Set the mark to the file's content."""
        mark = Mark(len(data), canonical.digest(data))
        replace_durably(self.mark_path, canonical.encode(msgspec.to_builtins(mark)) + b"\n")

    def is_marked(self, data: bytes) -> bool:
        """Whether the mark is of the file's content."""
        return self.mark_path.exists() and self.marked().bytes == len(data)


def require_newest(data: bytes, mark: Mark, name: str) -> None:
    """BadVault unless the file begins with what was there when the mark was made."""
    if len(data) < mark.bytes or canonical.digest(data[: mark.bytes]) != mark.digest:
        raise not_newest(name, mark.bytes, len(data))


def not_newest(name: str, least: int, have: int) -> BadVault:
    """What is said of a list that is known to have been longer, or another."""
    return BadVault(
        f"{name} 不是删除清单的最新一份：至少应有 {least} 字节，且开头相同；现有 {have} 字节。请取最新的一份。",
        f"{name} is not the newest copy of the list of erasures: it must have {least} bytes at least, beginning alike; it has"
        f" {have}. Bring the newest copy.",
    )


def parse_lines(data: bytes, name: str) -> list[ErasedLine]:
    """The lines of the file; BadVault names the first that is none."""
    lines = []
    for number, row in enumerate(data.splitlines(), 1):
        try:
            canonical.require_canonical(row)
            lines.append(msgspec.json.decode(row, type=ErasedLine))
        except (ValueError, msgspec.DecodeError) as error:
            raise BadVault(
                f"{name} 第 {number} 行已损坏（{error}）。", f"{name}: line {number} is damaged ({error})."
            ) from None
    return lines
