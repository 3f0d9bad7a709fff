"""A backup's file: a tar archive under gzip that any tar opens, the same for every kind of store.

office/…                    the office's files: settings, log.vkey, guard.json, private/, receipts/, web.db
settings.json               the store's settings, in base64
objects/{public,private}/…  objects, each under its SHA-256
books/{open,sealed}/…       chunks of leaves (JSON lines), each with its checkpoints
sealed/…                    chunks of acts under seal in the order of arrival (JSON lines): what opens each, its promise, its leaf
manifest.json               the last member: what there is, of which size and SHA-256; without it a backup is none

The snapshot of the institution is left out: it is a cache, and a restored office folds every act anew.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import re
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Literal, NamedTuple

import msgspec

from gongyue.office.store import SealedEntry
from gongyue.transparency import canonical

MANIFEST, SETTINGS = "manifest.json", "settings.json"
BLOCK = 1 << 20
LARGEST_MANIFEST = 256 << 20

Progress = Callable[[int, int], None]
"""(done, in all)."""

_NAME = re.compile(
    r"settings\.json|manifest\.json|objects/(?:public|private)/[0-9a-f]{64}"
    r"|books/(?:open|sealed)/\d{6,}\.(?:notes|leaves)\.jsonl|sealed/\d{6,}\.jsonl"
    r"|office/(?!store\.db(?:-wal|-shm|-journal)?\Z)[^/\\\0]+(?:/[^/\\\0]+)*"
)


class BadArchive(Exception):
    """A backup that cannot be used: ``zh`` and ``en`` say which member is wrong and how."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(f"{zh} / {en}")


class Member(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of the archive. `size` in bytes, `sha256` in hex."""

    name: str
    size: int
    sha256: str


class BookState(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A book's size and root (sha256:…) when the backup was made."""

    size: int
    root: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a backup contains. `made`: Unix seconds; `published`: whether the covenant is, so that checkpoints were
    shown; `keys`: whether keys and secrets are in it; `web`: where accounts and drafts were: in `web.db` (in it), in
    PostgreSQL (not in it), or there were none yet."""

    origin: str
    made: int
    program: str
    store: Literal["sqlite", "postgresql"]
    demo: bool
    published: bool
    keys: bool
    web: Literal["sqlite", "postgresql", "none"]
    open: BookState
    sealed: BookState
    objects: int
    files: tuple[Member, ...]
    v: Literal["gongyue/backup@2"] = "gongyue/backup@2"


class Writer:
    """Writes members and, at last, the manifest over them; closing it leaves the file under it open."""

    def __init__(self, raw: IO[bytes], made: int) -> None:
        self._made = made
        self._zip = gzip.GzipFile("", "wb", 6, raw, mtime=made)
        self._tar = tarfile.TarFile(fileobj=self._zip, mode="w", format=tarfile.PAX_FORMAT)
        self.members: list[Member] = []

    def add(self, name: str, data: bytes) -> None:
        """Add a member from its bytes."""
        self.add_file(name, io.BytesIO(data), len(data))

    def add_file(self, name: str, source: IO[bytes], size: int) -> None:
        """Add a member of that size from a file; BadArchive if the file is shorter or changes its size meanwhile."""
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = size, self._made, 0o600
        reading = _Hashed(source)
        try:
            self._tar.addfile(info, reading)
        except OSError as error:
            if reading.size == size:
                raise
            raise BadArchive(
                f"{name} 在备份时变短了（{error}）；请重新备份。",
                f"{name} shrank while it was backed up ({error}): back up again.",
            ) from None
        self.members.append(Member(name, size, reading.digest.hexdigest()))

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest and end the archive."""
        data = canonical.encode(msgspec.to_builtins(manifest)) + b"\n"
        self.add(MANIFEST, data)
        self._tar.close()

    def close(self) -> None:
        """End the packed stream; an archive whose `finish` was not reached is refused by every reader."""
        self._zip.close()


class _Hashed(io.RawIOBase):
    """Reads through to another file and hashes what passes."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source, self.digest, self.size = source, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self.digest.update(data)
        self.size += len(data)
        return data


class Content(NamedTuple):
    """A member while it passes by."""

    name: str
    size: int
    file: IO[bytes]
    archive: Path

    def read(self, size: int = -1) -> bytes:
        """All of it, or so many bytes more; BadArchive if it is damaged or ends too early."""
        with _damage_said(self.archive, self.name):
            return self.file.read(size)


def members(path: Path, progress: Progress) -> Iterator[Content]:
    """The members of an archive, in order; BadArchive says at which one it is damaged or ends."""
    total, last = path.stat().st_size, ""
    with ExitStack() as stack:
        raw = stack.enter_context(path.open("rb"))
        unzipped = stack.enter_context(gzip.GzipFile(fileobj=raw))
        with _damage_said(path, path.name):
            tar = stack.enter_context(tarfile.open(fileobj=unzipped, mode="r|"))
        while True:
            with _damage_said(path, last or path.name):
                info = tar.next()
                if info is None:
                    break
                last = info.name
                content = Content(last, info.size, _content(tar, info), path)
            yield content
            progress(raw.tell(), total)
        with _damage_said(path, last):
            while unzipped.read(BLOCK):  # to the end, where gzip compares its own check sum
                pass


@contextmanager
def _damage_said(path: Path, where: str) -> Iterator[None]:
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile, tarfile.TarError, UnicodeDecodeError) as error:
        raise BadArchive(
            f"备份 {path} 在 {where} 处或其后损坏或中断：{error}",
            f"{path} is damaged or ends at or after {where}: {error}",
        ) from None


def _content(tar: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    """A member's content; BadArchive if it is no plain file, or has a name no member has."""
    file = tar.extractfile(info) if info.isreg() else None
    if file is None or not _allowed(info.name):
        raise BadArchive(f"备份里不应有这样的成员：{info.name!r}", f"no backup has a member like this: {info.name!r}")
    return file


def _allowed(name: str) -> bool:
    """Whether a member may have that name; nothing leads out of the folder it is restored to."""
    return bool(_NAME.fullmatch(name)) and not {".", ".."} & set(name.split("/"))


def check(path: Path, progress: Progress) -> Manifest:
    """Read an archive to its end and compare every member with the manifest; BadArchive names the first that differs."""
    found: list[Member] = []
    data = b""
    for content in members(path, progress):
        if data:
            raise BadArchive(f"清单之后还有 {content.name}", f"there is {content.name} after the manifest")
        if content.name == MANIFEST:
            data = content.read() if content.size <= LARGEST_MANIFEST else b"-"
        else:
            digest, size = hashlib.sha256(), 0
            while block := content.read(BLOCK):
                digest.update(block)
                size += len(block)
            found.append(Member(content.name, size, digest.hexdigest()))
    if not data:
        raise BadArchive(f"{path} 没有清单：备份没有写完。", f"{path} has no manifest: it was never completed.")
    manifest = _manifest(data)
    _require_equal(found, manifest.files)
    return manifest


def _manifest(data: bytes) -> Manifest:
    try:
        return msgspec.json.decode(data, type=Manifest)
    except msgspec.DecodeError as error:
        raise BadArchive(f"清单读不出：{error}", f"the manifest cannot be read: {error}") from None


def _require_equal(found: list[Member], listed: tuple[Member, ...]) -> None:
    names = {one.name for one in found}
    if len(names) < len(found):
        twice = next(one.name for i, one in enumerate(found) if one.name in {x.name for x in found[:i]})
        raise BadArchive(f"{twice} 出现两次", f"{twice} occurs twice")
    known = {one.name: one for one in listed}
    for one in found:
        if known.get(one.name) != one:
            raise BadArchive(f"{one.name} 与清单不符", f"{one.name} is not what the manifest says")
    if missing := [name for name in known if name not in names]:
        raise BadArchive(f"缺少 {missing[0]}", f"{missing[0]} is missing")


class SealedRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An act under seal in a backup; `index`: its leaf, None where no anchor has placed it; the rest in base64."""

    entry: msgspec.Raw
    index: int | None
    promise: str
    salt: str

    @classmethod
    def of(cls, one: SealedEntry) -> SealedRow:
        """As the store has it."""
        promise, salt = (base64.b64encode(data).decode() for data in (one.promise, one.salt))
        return cls(msgspec.Raw(one.entry), one.index, promise, salt)

    @property
    def line(self) -> bytes:
        """Its line, canonical, with its newline."""
        return msgspec.json.encode(self, order="sorted") + b"\n"
