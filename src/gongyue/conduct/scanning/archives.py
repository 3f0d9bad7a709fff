"""Archives: each member is opened as a file; a bomb runs into the budget and is refused, never into memory or disk."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from typing import IO, BinaryIO, Self, cast

from gongyue.conduct.findings import BadInput
from gongyue.conduct.scanning.masking import shown_name, shown_path
from gongyue.conduct.scanning.sources import InputFile, Log, unreadable

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
    """A stream that stops at its budget. Where the packed data is broken it ends, and the log says what was lost."""

    def __init__(self, stream: BinaryIO, path: str, packed: int, log: Log, *under: BinaryIO) -> None:
        super().__init__()
        self._streams, self._path, self._log = (stream, *under), path, log
        self._broken = False
        self._piece: Callable[[int], bytes] = getattr(
            stream, "read1", stream.read
        )  # gives what comes before the damage
        self._left = min(BUDGET, max(SMALL, packed * RATIO))

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer; Bomb once the budget is used up."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        try:
            data = b"" if self._broken else self._piece(min(len(view), 1 << 20))
        except BROKEN as error:
            why = shown_name(str(error))
            said = (f"压缩数据损坏，自此读不出（{why}）", f"the packed data is broken from there on ({why})")
            self._log.lost(self._path, *said)
            self._broken, data = True, b""
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
            for stream in self._streams:
                stream.close()
        super().close()


def _counted(stream: BinaryIO, path: str, packed: int, log: Log, *under: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(Counted(stream, path, packed, log, *under), 1 << 18))


def zipped(given: InputFile, log: Log) -> Iterator[InputFile]:
    """The members of a zip."""
    with ExitStack() as opened:
        stream = opened.enter_context(_sought(given))
        try:
            archive = opened.enter_context(zipfile.ZipFile(stream))
            infos = [info for info in archive.infolist() if not info.is_dir()]
        except BROKEN as error:
            raise unreadable(given.path, f"不是完好的 zip（{error}）", f"not a sound zip ({error})") from None
        if min((info.header_offset for info in archive.infolist()), default=archive.start_dir):
            raise unreadable(
                given.path,
                "找到的目录不是整个 zip 的目录（被截断？），其余成员读不到",
                "the directory found is not that of the whole zip (cut off?); other members are out of reach",
            )
        if len(infos) > MEMBERS or sum(i.file_size for i in infos) > BUDGET:
            raise Bomb(f"{given.path}：成员过多或解开后过大", f"{given.path}: too many members, or too large unfolded")
        for info in infos:
            path = f"{given.path}!{shown_path(_name(info))}"
            if info.flag_bits & 1:
                log.lost(path, "已加密，读不出", "encrypted; cannot be read")
                continue
            yield InputFile(path, _name(info), partial(_member, archive, info, path, log), info.file_size)


def _sought(given: InputFile) -> BinaryIO:
    """A zip's bytes where one can seek: one inside another archive in a temporary file."""
    stream = given.open()
    if stream.seekable():
        return stream
    with stream:
        return spooled(stream)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, log: Log) -> BinaryIO:
    try:
        return _counted(cast(BinaryIO, archive.open(info)), path, info.compress_size, log)
    except BROKEN as error:
        why = shown_name(str(error))
        raise unreadable(path, f"读不出（{why}）", f"cannot be read ({why})") from None


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name: old Chinese archives write it in GBK without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


class Header(tarfile.TarInfo):
    """A member's header: tarfile takes a damaged or missing one, but the first, for the end of the archive."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> Self:
        """The next header; ReadError but for the mark at the end."""
        try:
            return super().fromtarfile(archive)
        except tarfile.EOFHeaderError:  # type: ignore[attr-defined]
            raise
        except tarfile.HeaderError as error:
            raise tarfile.ReadError(str(error)) from None


def _ended(stream: BinaryIO) -> None:
    """ReadError where anything follows the first block of the mark at a tar's end."""
    while block := stream.read(1 << 16):
        if block.strip(b"\0"):
            raise tarfile.ReadError("bytes after the end mark")


def tarred(given: InputFile, log: Log) -> Iterator[InputFile]:
    """The members of a tar, packed or not; each is read while the archive stands at it."""
    packed = max(given.size, 1)
    try:
        with (
            _unpacked(given, packed, log) as stream,
            tarfile.open(fileobj=stream, mode="r|", tarinfo=Header) as archive,
        ):
            for count, member in enumerate(archive):
                if count > MEMBERS:
                    raise Bomb(f"{given.path}：成员过多", f"{given.path}: too many members")
                inner = archive.extractfile(member) if member.isfile() else None
                if inner is not None:
                    with spooled(inner) as kept:
                        path = f"{given.path}!{shown_path(member.name)}"
                        yield InputFile(path, member.name, partial(again, kept), member.size)
            _ended(cast(BinaryIO, archive.fileobj))
    except (tarfile.TarError, EOFError, zlib.error, lzma.LZMAError, OSError) as error:
        raise unreadable(
            given.path, f"tar 不完整或损坏（{error}）", f"the tar is cut off or broken ({error})"
        ) from None


def unpacked(given: InputFile, log: Log) -> Iterator[InputFile]:
    """The one file in a gz, bz2 or xz."""
    yield InputFile(given.path, given.name.rsplit(".", 1)[0], partial(_unpacked, given, max(given.size, 1), log), 0)


class Streams(io.RawIOBase):
    """What bz2 or xz packed: one stream after another up to the end, zeros between them; Python's own readers end without
    a word at the first that is damaged."""

    def __init__(self, stream: BinaryIO, make: Callable[[], bz2.BZ2Decompressor | lzma.LZMADecompressor]) -> None:
        super().__init__()
        self._stream, self._make, self._one = stream, make, make()

    def read(self, size: int = -1) -> bytes:
        """At most so many bytes, none at the end; one of BROKEN where it is damaged or cut off."""
        while True:
            if self._one.eof:
                block = self._after()
                if not block:
                    return b""
                self._one = self._make()
            else:
                block = self._stream.read(1 << 16) if self._one.needs_input else b""
                if self._one.needs_input and not block:
                    raise EOFError("cut off")
            if data := self._one.decompress(block, size):
                return data

    def _after(self) -> bytes:
        """What follows the end of a stream, zeros left out."""
        block = self._one.unused_data.lstrip(b"\0")
        while not block and (more := self._stream.read(1 << 16)):
            block = more.lstrip(b"\0")
        return block


def _unpacked(given: InputFile, packed: int, log: Log) -> BinaryIO:
    """A file's bytes, unpacked by what they begin with, within the budget."""
    stream = given.open()
    head = stream.read(6)
    stream.seek(0)
    made: object
    if head[:2] == b"\x1f\x8b":
        made = gzip.GzipFile(fileobj=stream)
    elif head[:3] == b"BZh":
        made = Streams(stream, bz2.BZ2Decompressor)
    elif head == b"\xfd7zXZ\0":
        made = Streams(stream, partial(lzma.LZMADecompressor, lzma.FORMAT_XZ))
    else:
        return stream
    return _counted(cast(BinaryIO, made), given.path, packed, log, stream)


def spooled(stream: IO[bytes]) -> BinaryIO:
    """What a stream holds, in a temporary file: for readers that must seek."""
    import tempfile

    kept = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 (its readers close it)
    try:
        while block := stream.read(1 << 20):
            kept.write(block)
    except BaseException:
        kept.close()
        raise
    kept.seek(0)
    return kept


def again(kept: BinaryIO) -> BinaryIO:
    """The temporary file from its beginning, as a stream of its own: closing it leaves the file."""
    kept.flush()
    os.lseek(kept.fileno(), 0, os.SEEK_SET)
    return open(os.dup(kept.fileno()), "rb")  # noqa: PTH123 (a descriptor; its readers close it)
