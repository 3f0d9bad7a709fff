"""Offices to back up: real folders on either store, and archives laid hands on."""

from __future__ import annotations

import hashlib
import io
import secrets
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import msgspec
from benchmarks.world import found, unit
from pysqlite3 import dbapi2

from gongyue.demo.simulated_office import ORIGIN, SimulatedOffice, seed_of, text_object
from gongyue.office.archive import MANIFEST, Manifest, Member, Writer
from gongyue.office.backup import back_up
from gongyue.office.keys import write_seed
from gongyue.office.routine_acts import tick
from gongyue.office.store import open_store
from gongyue.office.store.dump import read_dump
from gongyue.office.store.schema import NAMES
from gongyue.transparency import canonical
from tests.office.store.places import address_of, to_server

SECRET, SECRET_BYTES = text_object("不公开的扫描件（演示）")


@contextmanager
def database() -> Iterator[str]:
    """A PostgreSQL database of its own, dropped afterwards."""

    name = f"backup_{secrets.token_hex(6)}"
    with to_server(autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield address_of(name)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def office_in(folder: Path, url: str = "", members: int = 8) -> SimulatedOffice:
    """A real office (its keys in files) with a covenant in force, sealed acts, private contents and pages' files."""
    folder.mkdir()
    stage = SimulatedOffice(open_store(url or f"sqlite:{folder / 'store.db'}", create=True), folder / "guard.json")
    found(stage, members)
    for n in (1, 2, 3):
        stage.unit("interpretation.ask/1", unit(n), {"article": 8, "question": canonical.digest(b"%d" % n)})
    tick(stage.office)
    stage.unit("interpretation.ask/1", unit(4), {"article": 9, "question": canonical.digest(b"4")})
    with stage.office.store.writing() as tx:
        tx.put_object(SECRET, SECRET_BYTES, public=False)
        tx.put_setting("letters.sent", b"\x00\xff")
    for name, holder in (("open", "book"), ("sealed", "sealed"), ("system", "sys")):
        write_seed(folder / "keys" / f"{name}.key", seed_of(holder))
    store = url or "sqlite:store.db"
    (folder / "office.toml").write_text(f'v = "gongyue/office@1"\norigin = "{ORIGIN}"\nstore = "{store}"\n', "utf-8")
    (folder / "log.vkey").write_text(stage.office.keys.open.verifier.vkey + "\n", "ascii")
    (folder / "private").mkdir()
    (folder / "private" / "签署人.content").write_text("张三（虚构）", "utf-8")
    (folder / "web.toml").write_text('v = "gongyue/web@1"\nmail_password_file = "mail-password"\n', "utf-8")
    (folder / "web-secret").write_text("secret", "ascii")
    (folder / "mail-password").write_text("secret", "ascii")
    if not url:
        pages = dbapi2.connect(folder / "web.db")
        pages.execute("PRAGMA journal_mode = WAL")
        pages.execute("CREATE TABLE draft (text TEXT)")
        pages.execute("INSERT INTO draft VALUES ('草稿')")
        pages.commit()
        pages.close()
    return stage


def close(stage: SimulatedOffice) -> None:
    """Close an office."""
    stage.office.guard.close()
    stage.office.store.close()


def declare(stage: SimulatedOffice, n: int = 1) -> None:
    """One more public act."""
    stage.unit("membership.declare/1", unit(n), {"activities": ["analysis"], "other": ""})


def silent(done: int, total: int) -> None:
    """No progress is shown."""


def backup(folder: Path, out: Path, include_keys: bool = False) -> Manifest:
    """Back up."""
    return back_up(folder, out, include_keys, silent)


def rows(url: str) -> dict[str, set[Any]]:
    """Every row of every table of a store but what is made anew: the snapshot and folds."""
    with read_dump(url) as store:
        found = {name: {tuple(row) for row in store._rows(f"SELECT * FROM {name}")} for name in NAMES - {"snapshot"}}
    found["setting"] = {row for row in found["setting"] if not row[0].startswith("fold:")}
    return found


def contents(path: Path) -> dict[str, bytes]:
    """An archive's members."""
    with tarfile.open(path) as tar:
        files = {m.name: tar.extractfile(m) for m in tar}
        return {name: file.read() for name, file in files.items() if file}


Change = Callable[[dict[str, bytes]], None]


def forged(path: Path, out: Path, change: Change, **fields: Any) -> Path:
    """An archive changed by someone who knows how to write a fitting manifest; `fields` are the manifest's."""
    members = contents(path)
    manifest = msgspec.json.decode(members.pop(MANIFEST), type=Manifest)
    change(members)
    listed = tuple(Member(n, len(d), hashlib.sha256(d).hexdigest()) for n, d in members.items())
    with out.open("wb") as raw, closing(Writer(raw, manifest.made)) as writer:
        for name, data in members.items():
            writer.add(name, data)
        writer.finish(msgspec.structs.replace(manifest, files=listed, **fields))
    return out


def with_member(path: Path, out: Path, info: tarfile.TarInfo, data: bytes = b"") -> Path:
    """The archive with one more member in front."""
    members = contents(path)
    with tarfile.open(out, "w:gz") as tar:
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))
        for name, content in members.items():
            other = tarfile.TarInfo(name)
            other.size = len(content)
            tar.addfile(other, io.BytesIO(content))
    return out
