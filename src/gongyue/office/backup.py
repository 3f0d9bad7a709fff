"""Backing up: everything of an office in one file, as of one moment, while the office goes on working.

The file (see `archive`) is the same for every kind of store, so that a backup from SQLite is restored into PostgreSQL
and the other way round. It gets its name only once it is written, forced to disk and read back.
"""

from __future__ import annotations

import base64
import fcntl
import os
import re
import stat
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any, Literal

from gongyue import __version__
from gongyue.office import archive, office_folder
from gongyue.office.archive import BookState, Manifest, Progress, SealedRow, Writer
from gongyue.office.fork_guard import PROMISED
from gongyue.office.office_folder import BadOffice
from gongyue.office.store import OPEN, SEALED, BadStore
from gongyue.office.store.dump import StoreDump, read_dump
from gongyue.office.vault.disk import force
from gongyue.transparency import canonical, merkle

GUARD, WEB, WEB_SETTINGS, WEB_SECRET = "guard.json", "web.db", "web.toml", "web-secret"
VAULT_FOLDERS = ("vault", "vault-keys")
CHUNK = 4 << 20  # bytes of leaves in one member
_BUSY = "另一次备份正在写同一个文件。", "Another backup is writing the same file."


def back_up(directory: Path, out: Path, include_keys: bool, progress: Progress) -> Manifest:
    """Back up the office in a folder to a new file that only its owner may read.

    BadOffice if the folder is no office or the file cannot be there, BadStore if the store is damaged. What was begun
    is removed again if it fails; after a crash only `.NAME.partial` is left, which no restore takes.
    """
    settings = office_folder.read_settings(directory)
    if out.exists():
        raise BadOffice(f"{out} 已经存在；请换一个文件名。", f"{out} exists already: choose another name.")
    if out.resolve().is_relative_to(directory.resolve()):
        raise BadOffice("备份不能写在办公室目录里。", "A backup cannot be written into the office's own folder.")
    partial = out.with_name(f".{out.name}.partial")
    with _alone(partial) as raw:
        made = int(time.time())
        with closing(Writer(raw, made)) as writer:
            manifest = _Backup(directory, settings, include_keys, writer, progress).write(made, partial.parent)
        raw.flush()
        os.fsync(raw.fileno())
        archive.check(partial, lambda done, total: None)
        if out.exists():
            raise BadOffice(f"{out} 已经存在；请换一个文件名。", f"{out} exists already: choose another name.")
        partial.replace(out)
    force(out.parent)
    return manifest


@contextmanager
def _alone(partial: Path) -> Iterator[IO[bytes]]:
    """The file being written, which no other backup is writing; gone when that fails."""
    handle = os.open(partial, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "wb") as raw:
        try:
            fcntl.flock(raw, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BadOffice(*_BUSY) from None
        if not partial.exists() or not os.path.samestat(
            os.fstat(handle), partial.stat()
        ):  # it was completed and named meanwhile
            raise BadOffice(*_BUSY)
        raw.truncate(0)
        try:
            yield raw
        except BaseException:
            partial.unlink(missing_ok=True)
            raise


class _Backup:
    def __init__(
        self, directory: Path, settings: office_folder.Settings, include_keys: bool, writer: Writer, progress: Progress
    ) -> None:
        self.directory, self.settings, self.include_keys = directory, settings, include_keys
        self.writer, self._progress = writer, progress
        self.url = office_folder.store_url(directory, settings)
        self.databases = {self._store_name(), office_folder.DEFAULT_STORE.removeprefix("sqlite:"), WEB}
        self.secrets = {WEB_SECRET, *_secrets(directory)}
        self.published = False
        self.done = self.total = 0

    def write(self, made: int, passing: Path) -> Manifest:
        """Write every member; `passing` is a folder for a copy of the pages' database that goes again."""
        guard = self.directory / GUARD
        shown = guard.read_bytes() if guard.is_file() else b""  # first: it must never be ahead of the store
        with read_dump(self.url) as store:
            heads = {book: store.head(book) for book in (OPEN, SEALED)}
            objects = store.object_count()
            self.total = sum(head.size for head in heads.values() if head) + objects
            self._office_files(shown)
            web = self._web_database(passing)
            rows = {name: base64.b64encode(value).decode() for name, value in store.settings().items()}
            self.writer.add(archive.SETTINGS, canonical.encode(rows))
            self._objects(store)
            states = {book: self._book(store, book, head.size if head else 0) for book, head in heads.items()}
            self._sealed_acts(store)
        manifest = Manifest(
            self.settings.origin,
            made,
            __version__,
            "postgresql" if "://" in self.url else "sqlite",
            self.settings.demo,
            self.published,
            self.include_keys,
            web,
            states[OPEN],
            states[SEALED],
            objects,
            tuple(self.writer.members),
        )
        self.writer.finish(manifest)
        return manifest

    def _step(self) -> None:
        self.done += 1
        if self.done % 64 == 0 or self.done == self.total:
            self._progress(self.done, self.total)

    # -- the folder

    def _office_files(self, shown: bytes) -> None:
        for path, name in sorted(_files(self.directory)):
            if name == GUARD or self._left_out(path, name):
                continue
            if path.is_symlink() or not path.is_file():
                raise BadOffice(
                    f"{path} 不是普通文件或目录（链接？）；请换成它所指的内容再备份。",
                    f"{path} is no ordinary file or folder (a link?): put in its place what it points to.",
                )
            with path.open("rb") as source:
                self.writer.add_file(f"office/{name}", source, os.fstat(source.fileno()).st_size)
        self.writer.add(f"office/{GUARD}", shown)

    def _left_out(self, path: Path, name: str) -> bool:
        """The store, the pages' database, the vault and passing files; keys and secrets unless they are asked for."""
        if name.partition("/")[0] in VAULT_FOLDERS:  # it has backups of its own, which do not live for ever
            return True
        if re.sub(r"-(?:wal|shm|journal)\Z", "", name) in self.databases or path.name.startswith("."):
            return True
        if PROMISED.fullmatch(name):  # they may be ahead of the store as of that moment; the restored one says its own
            return True
        return not self.include_keys and (name.partition("/")[0] == "keys" or name in self.secrets)

    def _store_name(self) -> str:
        """The store's file as a name in the folder; empty where it is elsewhere."""
        path = Path(self.url.removeprefix("sqlite:"))
        inside = "://" not in self.url and path.resolve().is_relative_to(self.directory.resolve())
        return path.resolve().relative_to(self.directory.resolve()).as_posix() if inside else ""

    def _web_database(self, passing: Path) -> Literal["sqlite", "postgresql", "none"]:
        """Accounts, sessions and drafts, copied as of one moment too where they are in a file."""
        if "://" in self.url:
            return "postgresql"
        path = self.directory / WEB
        if not path.is_file():
            return "none"
        with tempfile.TemporaryDirectory(dir=passing, prefix=".gongyue-") as folder:
            copy = Path(folder) / WEB
            _copy_database(path, copy)
            with copy.open("rb") as source:
                self.writer.add_file(f"office/{WEB}", source, copy.stat().st_size)
        return "sqlite"

    # -- the store

    def _objects(self, store: StoreDump) -> None:
        for digest, public in store.objects():
            data = store.object(digest)
            if data is None or canonical.digest(data) != digest:
                raise BadStore(f"文件 {digest} 已损坏。", f"The object {digest} is damaged.")
            place = "public" if public else "private"
            self.writer.add(f"objects/{place}/{digest.removeprefix('sha256:')}", data)
            self._step()

    def _book(self, store: StoreDump, book: str, size: int) -> BookState:
        """Every leaf in order, in chunks; each chunk after its checkpoints."""
        frontier, start = merkle.Frontier(), 0
        for number, leaves in enumerate(_chunks(store.leaves(book, 0, size))):
            stop = start + len(leaves)
            place = f"books/{book}/{number:06d}"
            self.writer.add(f"{place}.notes.jsonl", self._notes(store, book, start, stop, leaves, frontier))
            self.writer.add(f"{place}.leaves.jsonl", b"".join(leaf + b"\n" for leaf in leaves))
            start = stop
        return BookState(size, "sha256:" + frontier.root().hex())

    def _sealed_acts(self, store: StoreDump) -> None:
        """Every act under seal as it arrived, also those that no anchor has placed yet."""
        lines = (SealedRow.of(one).line for one in store.sealed_entries())
        for number, chunk in enumerate(_chunks(lines)):
            self.writer.add(f"sealed/{number:06d}.jsonl", b"".join(chunk))

    def _notes(
        self, store: StoreDump, book: str, start: int, stop: int, leaves: list[bytes], frontier: merkle.Frontier
    ) -> bytes:
        """The checkpoints signed within a chunk, each compared with the leaves under it."""
        signed = {size: (root, note) for size, root, note in store.notes(book, start, stop)}
        lines = []
        for leaf in leaves:
            if b"\n" in leaf:
                raise BadStore(f"簿册“{book}”第 {frontier.size} 条已损坏。", f"{book} leaf {frontier.size} is damaged.")
            self.published |= b'"type":"founding.publish/1"' in leaf
            frontier.append(merkle.leaf_hash(leaf))
            if frontier.size in signed:
                root, note = signed[frontier.size]
                if frontier.root() != root:
                    raise BadStore(
                        f"簿册“{book}”第 {frontier.size} 条处的根与各条不符：库已损坏。",
                        f"The root of the {book} book at {frontier.size} is not that of its leaves: the store is damaged.",
                    )
                row = {"note": base64.b64encode(note).decode(), "size": frontier.size}
                lines.append(canonical.encode(row) + b"\n")
            self._step()
        return b"".join(lines)


def _files(directory: Path) -> Iterator[tuple[Path, str]]:
    """(path, name in the folder) of everything that is no folder; links are not followed. OSError where a folder is closed."""

    def closed(error: OSError) -> None:
        raise error

    for here, folders, files in os.walk(directory, onerror=closed):
        for path in (Path(here, name) for name in (*folders, *files)):
            if not stat.S_ISDIR(path.lstat().st_mode):
                yield path, path.relative_to(directory).as_posix()


def _secrets(directory: Path) -> Iterator[str]:
    """The files that settings name as holding a secret."""
    for settings in (office_folder.SETTINGS, WEB_SETTINGS):
        path = directory / settings
        if path.is_file():
            yield from _named_files(tomllib.loads(path.read_text("utf-8")))


def _named_files(value: Any, key: str = "") -> Iterator[str]:
    """The values of settings that end in _file, wherever they stand."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _named_files(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _named_files(inner)
    elif key.endswith("_file") and isinstance(value, str):
        yield value


def _chunks(leaves: Iterator[bytes]) -> Iterator[list[bytes]]:
    chunk: list[bytes] = []
    size = 0
    for leaf in leaves:
        chunk.append(leaf)
        size += len(leaf)
        if size >= CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _copy_database(path: Path, copy: Path) -> None:
    """A copy of an SQLite file as of one moment, whoever writes to it (sqlite.org/backup.html)."""
    from pysqlite3 import dbapi2

    source = dbapi2.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=30)
    try:
        target = dbapi2.connect(copy)
        try:
            source.backup(target)
        finally:
            target.close()
    finally:
        source.close()
