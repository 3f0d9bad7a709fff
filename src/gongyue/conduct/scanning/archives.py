"""Archives: each member is opened as a file; a bomb runs into the budget and is refused, never into memory or disk."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, cast

from gongyue.conduct.findings import BadInput
from gongyue.conduct.scanning.sources import Given, Log, unreadable

BUDGET = 8 << 30
"""Bytes an archive may unfold to, members together."""
RATIO = 200
"""How many times its size an archive may unfold to, once it is past SMALL."""
SMALL = 64 << 20
DEPTH = 3
"""Archives within archives."""
MEMBERS = 100_000
BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
)
"""What the readers of archives raise for broken, encrypted or unknown ones."""


class Bomb(BadInput):
    """An archive unfolds to more than it may."""


class Counted(io.RawIOBase):
    """A stream that stops at its budget."""

    def __init__(self, stream: BinaryIO, path: str, packed: int) -> None:
        super().__init__()
        self._stream, self._path = stream, path
        self._left = min(BUDGET, max(SMALL, packed * RATIO))

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer; Bomb once the budget is used up, BadInput for a broken archive."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        try:
            data = self._stream.read(min(len(view), 1 << 20))
        except BROKEN as error:
            raise unreadable(self._path, f"压缩数据损坏（{error}）", f"the packed data is broken ({error})") from None
        self._left -= len(data)
        if self._left < 0:
            raise Bomb(
                f"{self._path}：解开后大得不合常理（压缩炸弹？），停止读取",
                f"{self._path}: unfolds to more than it should (an archive bomb?); stopped",
            )
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close what is under it."""
        if not self.closed:
            self._stream.close()
        super().close()


def _counted(stream: BinaryIO, path: str, packed: int) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(Counted(stream, path, packed), 1 << 18))


def zipped(given: Given, log: Log) -> Iterator[Given]:
    """The members of a zip."""
    try:
        stream = given.open()
        archive = zipfile.ZipFile(stream)
        infos = [info for info in archive.infolist() if not info.is_dir()]
    except BROKEN as error:
        raise unreadable(given.path, f"不是完好的 zip（{error}）", f"not a sound zip ({error})") from None
    if len(infos) > MEMBERS or sum(i.file_size for i in infos) > BUDGET:
        raise Bomb(f"{given.path}：成员过多或解开后过大", f"{given.path}: too many members, or too large unfolded")
    for info in infos:
        path = f"{given.path}!{_name(info)}"
        if info.flag_bits & 1:
            log.lost(path, "已加密，读不出", "encrypted; cannot be read")
            continue
        yield Given(path, _name(info), partial(_member, archive, info, path), info.file_size)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str) -> BinaryIO:
    try:
        return _counted(cast(BinaryIO, archive.open(info)), path, info.compress_size)
    except BROKEN as error:
        raise unreadable(path, f"读不出（{error}）", f"cannot be read ({error})") from None


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name: old Chinese archives write it in GBK without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def tarred(given: Given, _: Log) -> Iterator[Given]:
    """The members of a tar, packed or not; each is read while the archive stands at it."""
    packed = max(given.size, 1)
    try:
        with given.open() as stream, tarfile.open(fileobj=_unpacked(stream, given.path, packed), mode="r|") as archive:
            for count, member in enumerate(archive):
                if count > MEMBERS:
                    raise Bomb(f"{given.path}：成员过多", f"{given.path}: too many members")
                if not member.isfile():
                    continue
                inner = archive.extractfile(member)
                if inner is not None:
                    kept = spooled(inner)
                    yield Given(f"{given.path}!{member.name}", member.name, partial(_again, kept), member.size)
                    kept.really_close()
    except (tarfile.TarError, EOFError, zlib.error, lzma.LZMAError, OSError) as error:
        raise unreadable(
            given.path, f"tar 不完整或损坏（{error}）", f"the tar is cut off or broken ({error})"
        ) from None


def _unpacked(stream: BinaryIO, path: str, packed: int) -> BinaryIO:
    """A tar's bytes, unpacked by what they begin with, within the budget."""
    head = stream.read(6)
    stream.seek(0)
    if head[:2] == b"\x1f\x8b":
        return _counted(cast(BinaryIO, gzip.GzipFile(fileobj=stream)), path, packed)
    if head[:3] == b"BZh":
        return _counted(cast(BinaryIO, bz2.BZ2File(stream)), path, packed)
    if head == b"\xfd7zXZ\0":
        return _counted(cast(BinaryIO, lzma.LZMAFile(stream)), path, packed)
    return stream


def unpacked(given: Given, _: Log) -> Iterator[Given]:
    """The one file in a gz, bz2 or xz."""
    name = given.name.rsplit(".", 1)[0]
    size = given.size
    yield Given(given.path, name, lambda: _unpacked(given.open(), given.path, max(size, 1)), 0)


class Kept(io.BufferedRandom):
    """A temporary file that outlives its readers' closing."""

    def close(self) -> None:
        """Kept open for the next reader."""

    def really_close(self) -> None:
        """The last reader is gone."""
        super().close()


def spooled(stream: object) -> Kept:
    """What a stream holds, in a temporary file: for readers that must seek."""
    import tempfile

    raw = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 (it is closed by its last reader)
    kept = Kept(cast(io.RawIOBase, raw))
    while block := stream.read(1 << 20):  # type: ignore[attr-defined]
        kept.write(block)
    kept.seek(0)
    return kept


def _again(kept: Kept) -> BinaryIO:
    kept.seek(0)
    return cast(BinaryIO, kept)
