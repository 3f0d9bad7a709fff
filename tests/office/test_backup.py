"""A backup is everything as of one moment, and what comes back is the same institution."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from gongyue.demo.simulated_office import SimulatedOffice
from gongyue.office.archive import check
from gongyue.office.backup import back_up
from gongyue.office.office_folder import BadOffice, open_office
from gongyue.office.restore import restore_office
from gongyue.office.store import OPEN, BadStore, open_store
from support.ordinary import folder_of_an_ordinary_user
from tests.cli.desk import Desk
from tests.office.keeping import (
    SECRET,
    SECRET_BYTES,
    backup,
    close,
    contents,
    database,
    declare,
    office_in,
    rows,
    silent,
)

KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """Closed at the end."""
    with ExitStack() as opened:
        yield opened


def _office(kind: str, folder: Path, stack: ExitStack) -> tuple[SimulatedOffice, str]:
    url = stack.enter_context(database()) if kind == "postgres" else ""
    stage = office_in(folder, url)
    stack.callback(close, stage)
    return stage, url


def _restore(desk: Desk, *words: object) -> dict[str, object]:
    made = desk.json("restore", desk.folder / "b.tar.gz", "--keys", desk.folder / "office" / "keys", *words)
    assert isinstance(made, dict)
    return made


@pytest.mark.parametrize("target", KINDS)
@pytest.mark.parametrize("source", KINDS)
def test_what_comes_back_is_the_same_row_by_row(source: str, target: str, tmp_path: Path, stack: ExitStack) -> None:
    """Expected, from either store into either: every row of every table but the snapshot; verify proves every act."""
    stage, url = _office(source, tmp_path / "office", stack)
    backup(tmp_path / "office", tmp_path / "b.tar.gz")
    new = stack.enter_context(database()) if target == "postgres" else ""
    told = _restore(Desk(tmp_path), "--office", tmp_path / "new", "--unchecked", *(["--store", new] if new else []))
    before = rows(url or f"sqlite:{tmp_path / 'office' / 'store.db'}")
    assert rows(new or f"sqlite:{tmp_path / 'new' / 'store.db'}") == before
    assert len(before["sealed"]) == 8 + 4  # ballots on the annex, questions
    assert len(before["object"]) > 3
    verified = told["verified"]
    assert isinstance(verified, dict)
    assert (verified["code"], verified["fully"]) == (0, stage.inst.size)
    assert (tmp_path / "new" / "private" / "签署人.content").read_text("utf-8") == "张三（虚构）"


def test_the_restored_office_goes_on(tmp_path: Path, stack: ExitStack) -> None:
    """Expected: the same institution; its guard notes the restored heads, so that the next start compares with them."""
    stage, _ = _office("sqlite", tmp_path / "office", stack)
    backup(tmp_path / "office", tmp_path / "b.tar.gz")
    _restore(Desk(tmp_path), "--office", tmp_path / "new", "--unchecked")
    office = open_office(tmp_path / "new", lambda: stage.now)
    assert office.inst == stage.inst
    assert office.store.object(SECRET) == SECRET_BYTES
    assert SECRET not in set(office.store.public_objects())
    assert office.guard.shown[OPEN][0] == stage.inst.size
    again = SimulatedOffice(office.store)
    again.now = stage.now
    declare(again, 3)
    assert again.inst.size == stage.inst.size + 1
    office.guard.close()
    office.store.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_backup_is_of_one_moment_while_acts_go_on(kind: str, tmp_path: Path, stack: ExitStack) -> None:
    """Expected: acts recorded while it is written are not in it; what is in it verifies."""
    stage, _ = _office(kind, tmp_path / "office", stack)
    size = stage.inst.size

    def meanwhile(done: int, total: int) -> None:
        declare(stage, 1)

    manifest = back_up(tmp_path / "office", tmp_path / "b.tar.gz", False, meanwhile)
    assert manifest.open.size == size < stage.inst.size
    told = _restore(Desk(tmp_path), "--office", tmp_path / "new", "--unchecked")
    assert told["verified"]["size"] == size  # type: ignore[index]


def test_keys_and_secrets_are_in_it_only_when_asked_for(tmp_path: Path, stack: ExitStack) -> None:
    """Expected: without --include-keys no key, no cookie secret, no file a setting names as a secret; with it all."""
    _office("sqlite", tmp_path / "office", stack)
    backup(tmp_path / "office", tmp_path / "b.tar.gz")
    backup(tmp_path / "office", tmp_path / "k.tar.gz", include_keys=True)
    secret = {
        f"office/{n}" for n in ("keys/open.key", "keys/sealed.key", "keys/system.key", "web-secret", "mail-password")
    }
    without, with_ = set(contents(tmp_path / "b.tar.gz")), set(contents(tmp_path / "k.tar.gz"))
    assert with_ - without == secret
    assert not {name for name in with_ if "store.db" in name or name.endswith("-wal")}
    assert (tmp_path / "b.tar.gz").stat().st_mode & 0o777 == 0o600
    Desk(tmp_path).run("restore", tmp_path / "k.tar.gz", "--office", tmp_path / "new", "--unchecked")
    assert (tmp_path / "new" / "keys" / "open.key").stat().st_mode & 0o777 == 0o600


def test_the_pages_database_comes_along(tmp_path: Path, stack: ExitStack) -> None:
    """Expected: what was committed to web.db, also where it is still in its log; nothing of an open transaction."""
    _office("sqlite", tmp_path / "office", stack)
    pages = dbapi2.connect(tmp_path / "office" / "web.db")
    pages.execute("INSERT INTO draft VALUES ('第二稿')")
    pages.commit()
    pages.execute("INSERT INTO draft VALUES ('未提交')")
    assert backup(tmp_path / "office", tmp_path / "b.tar.gz").web == "sqlite"
    pages.close()
    _restore(Desk(tmp_path), "--office", tmp_path / "new", "--unchecked")
    copy = dbapi2.connect(tmp_path / "new" / "web.db")
    assert copy.execute("SELECT text FROM draft").fetchall() == [("草稿",), ("第二稿",)]
    copy.close()


@pytest.mark.postgres
def test_on_postgres_it_says_that_the_pages_tables_are_not_in_it(tmp_path: Path, stack: ExitStack) -> None:
    """Expected: pg_dump is named, in both languages, after the backup and after the restore."""
    _office("postgres", tmp_path / "office", stack)
    desk = Desk(tmp_path)
    words = ("backup", "--office", tmp_path / "office", "--out")
    assert "不在备份中：另用 pg_dump" in desk.run(*words, tmp_path / "b.tar.gz")
    assert "not in the backup: use pg_dump" in desk.run(*words, tmp_path / "c.tar.gz", "--lang", "en")
    keys = ("--keys", tmp_path / "office" / "keys")
    assert "pg_dump" in desk.run("restore", tmp_path / "b.tar.gz", "--office", tmp_path / "new", *keys, "--unchecked")


DYING = """
import os, signal, sys
from pathlib import Path
from gongyue.office.backup import back_up
def die(done, total):
    os.kill(os.getpid(), signal.SIGKILL)
back_up(Path(sys.argv[1]), Path(sys.argv[2]), False, die)
"""


def test_killed_it_leaves_nothing_that_looks_complete(tmp_path: Path, stack: ExitStack) -> None:
    """Expected: no file of the name; what is left is no backup; the next run succeeds and clears it away."""
    _office("sqlite", tmp_path / "office", stack)
    out, partial = tmp_path / "b.tar.gz", tmp_path / ".b.tar.gz.partial"
    killed = subprocess.run([sys.executable, "-c", DYING, tmp_path / "office", out], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert not out.exists() and partial.exists()
    desk = Desk(tmp_path)
    refused = desk.run("restore", partial, "--office", tmp_path / "new", code=4)
    assert "损坏或中断" in refused or "没有写完" in refused
    desk.run("backup", "--office", tmp_path / "office", "--out", out)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.tar.gz", "office"]


def test_a_backup_that_fails_leaves_nothing(tmp_path: Path, stack: ExitStack) -> None:
    """Expected: a full disk in the middle; neither the file nor what was begun is there."""
    _office("sqlite", tmp_path / "office", stack)

    def full(done: int, total: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        back_up(tmp_path / "office", tmp_path / "b.tar.gz", False, full)
    assert [p.name for p in tmp_path.iterdir()] == ["office"]


def test_nothing_is_overwritten_and_nothing_written_into_the_office(tmp_path: Path, stack: ExitStack) -> None:
    """Expected: an existing file, a file in the office's own folder and another ending are refused."""
    _office("sqlite", tmp_path / "office", stack)
    (tmp_path / "there.tar.gz").write_bytes(b"mine")
    with pytest.raises(BadOffice, match="已经存在"):
        backup(tmp_path / "office", tmp_path / "there.tar.gz")
    assert (tmp_path / "there.tar.gz").read_bytes() == b"mine"
    with pytest.raises(BadOffice, match="办公室目录"):
        backup(tmp_path / "office", tmp_path / "office" / "b.tar.gz")
    Desk(tmp_path).run("backup", "--office", tmp_path / "office", "--out", tmp_path / "b.zip", code=2)


def test_a_link_is_not_followed_silently(tmp_path: Path, stack: ExitStack) -> None:
    """Expected: a linked folder would be left out unseen, so the backup is refused and names it."""
    _office("sqlite", tmp_path / "office", stack)
    (tmp_path / "office" / "scans").symlink_to(tmp_path)
    with pytest.raises(BadOffice, match="scans"):
        backup(tmp_path / "office", tmp_path / "b.tar.gz")


@pytest.mark.parametrize("table", ["object", "entry"])
def test_a_damaged_store_is_not_backed_up(table: str, tmp_path: Path) -> None:
    """Expected: an object or a leaf that is no longer what its hash says stops the backup and is named."""
    close(office_in(tmp_path / "office"))
    column = {"object": "data", "entry": "leaf"}[table]
    damage = dbapi2.connect(tmp_path / "office" / "store.db")
    damage.execute(
        f"UPDATE {table} SET {column} = CAST({column} || ' ' AS BLOB) WHERE rowid = (SELECT max(rowid) FROM {table})"
    )
    damage.commit()
    damage.close()
    with pytest.raises(BadStore, match="损坏"):
        backup(tmp_path / "office", tmp_path / "b.tar.gz")
    assert not (tmp_path / "b.tar.gz").exists()


def test_the_archive_is_what_the_documents_say(tmp_path: Path, stack: ExitStack) -> None:
    """Expected: leaves are JSON lines in the book's order, the manifest is last, a later check agrees with it."""
    stage, _ = _office("sqlite", tmp_path / "office", stack)
    made = backup(tmp_path / "office", tmp_path / "b.tar.gz")
    members = contents(tmp_path / "b.tar.gz")
    assert list(members)[-1] == "manifest.json"
    lines = members["books/open/000000.leaves.jsonl"].splitlines()
    assert lines == list(stage.office.store.leaves(OPEN, 0, stage.inst.size))
    assert all(json.loads(line)["v"] == "gongyue/entry@2" for line in lines)
    assert check(tmp_path / "b.tar.gz", silent) == made


def test_an_interrupted_restore_leaves_no_folder(tmp_path: Path, stack: ExitStack) -> None:
    """Expected: whatever is raised while the office is shown to the caller, nothing of it stays."""
    _office("sqlite", tmp_path / "office", stack)
    backup(tmp_path / "office", tmp_path / "b.tar.gz")
    keys = tmp_path / "office" / "keys"
    with (
        pytest.raises(KeyboardInterrupt),
        restore_office(tmp_path / "b.tar.gz", tmp_path / "new", "", keys, lambda s, v, f: f.mkdir(), silent),
    ):
        raise KeyboardInterrupt
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.tar.gz", "office"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_many_chunks_come_back(kind: str, tmp_path: Path, stack: ExitStack, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: books cut into many members, some within one commit, are the same again."""
    monkeypatch.setattr("gongyue.office.backup.CHUNK", 5_000)
    url = stack.enter_context(database()) if kind == "postgres" else ""
    stage = office_in(tmp_path / "office", url, members=600)
    stack.callback(close, stage)
    backup(tmp_path / "office", tmp_path / "b.tar.gz")
    assert len([n for n in contents(tmp_path / "b.tar.gz") if n.endswith("leaves.jsonl")]) > 100
    _restore(Desk(tmp_path), "--office", tmp_path / "new", "--unchecked")
    assert rows(url or f"sqlite:{tmp_path / 'office' / 'store.db'}") == rows(f"sqlite:{tmp_path / 'new' / 'store.db'}")


def test_the_store_is_not_locked_by_the_snapshot(tmp_path: Path, stack: ExitStack) -> None:
    """Expected: while one backup reads, another process writes to the store without waiting."""
    stage, _ = _office("sqlite", tmp_path / "office", stack)
    seen: list[str] = []

    def another(done: int, total: int) -> None:
        if not seen:
            store = open_store(f"sqlite:{tmp_path / 'office' / 'store.db'}")
            with store.writing() as tx:
                tx.put_setting("beside", b"1")
            store.close()
            seen.append("written")

    back_up(tmp_path / "office", tmp_path / "b.tar.gz", False, another)
    assert seen == ["written"]
    assert stage.office.store.setting("beside") == b"1"


def test_no_backup_is_made_of_an_office_with_a_folder_that_may_not_be_read(tmp_path: Path) -> None:
    """Expected: the folder is named and no archive is left; a backup without it would look whole."""
    close(office_in(tmp_path / "office"))
    backup(tmp_path / "office", tmp_path / "b.tar.gz")
    with folder_of_an_ordinary_user() as folder:
        close(office_in(folder / "office"))
        private = folder / "office" / "private"
        private.chmod(0)
        with pytest.raises(PermissionError) as caught:
            backup(folder / "office", folder / "b.tar.gz")
        assert caught.value.filename == str(private)
        assert not list(folder.glob("*.tar.gz*"))
        private.chmod(0o700)
        backup(folder / "office", folder / "b.tar.gz")
