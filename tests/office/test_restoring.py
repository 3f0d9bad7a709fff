"""A restore proves itself or leaves nothing: damage, wrong keys, another history, an older backup, malice."""

from __future__ import annotations

import gzip
import re
import shlex
import shutil
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from benchmarks.world import unit

from gongyue.demo.simulated_office import SimulatedOffice
from gongyue.office.archive import BadArchive, check
from gongyue.office.fork_guard import ForkGuard
from gongyue.office.keys import write_seed
from gongyue.office.publishing import publish
from gongyue.office.store import OPEN, NewLeaf, NoStore, open_store
from gongyue.office.store.dump import is_empty
from gongyue.transparency import merkle
from tests.cli.desk import Desk
from tests.office.keeping import (
    Change,
    backup,
    close,
    contents,
    database,
    declare,
    forged,
    office_in,
    rows,
    silent,
    with_member,
)

ROOT = Path(__file__).resolve().parents[2]


class House:
    """An office, what it published, its backup, and a desk to restore it at."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.desk = folder, Desk(folder)
        self.stage: SimulatedOffice = office_in(folder / "office")
        publish(self.stage.office, folder / "public")
        self.file = folder / "b.tar.gz"
        self.manifest = backup(folder / "office", self.file)
        self.keys = folder / "office" / "keys"

    def restore(self, *words: object, file: Path | None = None, code: int = 0, keys: Path | None = None) -> str:
        """Restore into `new`; where that fails, nothing of it may be there."""
        before = sorted(p.name for p in self.folder.iterdir())
        given = ("--keys", keys or self.keys, *words)
        told = self.desk.run("restore", file or self.file, "--office", self.folder / "new", *given, code=code)
        if code:
            assert sorted(p.name for p in self.folder.iterdir()) == before
        return told

    def forged(self, change: Change, **fields: object) -> Path:
        """The backup with a change and a manifest that fits it."""
        return forged(self.file, self.folder / "forged.tar.gz", change, **fields)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """The house, closed afterwards."""
    made = House(tmp_path)
    yield made
    close(made.stage)


def test_it_says_what_was_proven(house: House) -> None:
    """Expected: acts fully and in form only, the checkpoint, the published sizes; in both languages and as JSON."""
    size = house.stage.inst.size
    told = house.restore("--public", house.folder / "public")
    assert f"{size} 项行为：{size} 项完全核验，0 项仅核验形式" in told
    assert f"与已公开的公开簿（{size} 条）是同一份历史" in told
    shutil.rmtree(house.folder / "new")
    told = house.restore("--public", house.folder / "public", "--lang", "en")
    assert f"{size} acts: {size} fully, 0 in form only" in told
    shutil.rmtree(house.folder / "new")
    words = ("--office", house.folder / "new", "--keys", house.keys, "--public", house.folder / "public")
    data = house.desk.json("restore", house.file, *words)
    assert (data["verified"]["fully"], data["public"]["open"], data["backup"]["open"]["size"]) == (size, size, size)


def test_a_published_book_must_be_named(house: House) -> None:
    """Expected: exit 2 without --public once the covenant is published; --unchecked goes on and warns."""
    assert "--public" in house.restore(code=2)
    assert "不得在此续记" in house.restore("--unchecked")


def test_an_older_backup_is_refused(house: House) -> None:
    """Expected: an act published after the backup: refused with both sizes, in both languages."""
    size = house.stage.inst.size
    declare(house.stage)
    publish(house.stage.office, house.folder / "public")
    words = ("--public", house.folder / "public")
    assert f"已公开 {size + 1} 条，备份只有 {size} 条" in house.restore(*words, code=4)
    assert f"shows {size + 1} entries, the backup has {size}" in house.restore(*words, "--lang", "en", code=4)


def test_another_history_is_refused(house: House) -> None:
    """Expected: a published book of the same keys and another history: refused, its place is named."""
    other = House(_made(house.folder / "other"))
    declare(other.stage, 2)
    declare(house.stage, 3)
    shutil.rmtree(other.folder / "public")
    publish(other.stage.office, other.folder / "public")
    close(other.stage)
    house.file.unlink()
    backup(house.folder / "office", house.file)
    assert "根不同" in house.restore("--public", other.folder / "public", code=4)


def test_a_book_of_other_keys_is_no_comparison(house: House) -> None:
    """Expected: a checkpoint that the keys did not sign is no proof of anything."""
    note = house.folder / "public" / "checkpoint"
    note.write_bytes(note.read_bytes().replace(b"zgc-bigdata", b"zgc-bigdate"))
    assert "不是这本簿册的" in house.restore("--public", house.folder / "public", code=4)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_the_backups_own_guard_is_compared(house: House) -> None:
    """Expected: a guard that was shown more than the backup holds, or another root, is refused."""
    guard = ForkGuard(None)
    for size, root in ((house.stage.inst.size + 1, b"\1" * 32), (house.stage.inst.size, b"\2" * 32)):
        guard.shown = {OPEN: (size, root)}
        text = msgspec.json.encode({b: [s, r.hex()] for b, (s, r) in guard.shown.items()})

        def change(members: dict[str, bytes], text: bytes = text) -> None:
            members["office/guard.json"] = text

        assert "两份历史" in house.restore("--unchecked", file=house.forged(change), code=4)


@pytest.mark.parametrize("name", ["open", "sealed", "system"])
def test_wrong_keys_are_refused(house: House, name: str) -> None:
    """Expected: each of the three keys is tried, and a wrong one is refused."""
    shutil.copytree(house.keys, house.folder / "keys")
    (house.folder / "keys" / f"{name}.key").unlink()
    write_seed(house.folder / "keys" / f"{name}.key", bytes(32))
    assert "不是这本簿册" in house.restore("--unchecked", keys=house.folder / "keys", code=4)


def test_keys_must_be_there_once(house: House) -> None:
    """Expected: none at all, one missing, or keys given twice are refused before anything is restored."""
    new = ("--office", house.folder / "new", "--unchecked")
    assert "--keys" in house.desk.run("restore", house.file, *new, code=4)
    (house.folder / "empty").mkdir()
    assert "open.key" in house.restore("--unchecked", keys=house.folder / "empty", code=4)
    with_keys = house.folder / "k.tar.gz"
    backup(house.folder / "office", with_keys, include_keys=True)
    assert "不要再给" in house.restore("--unchecked", file=with_keys, code=4)


def test_a_file_that_is_not_there_is_named(house: House) -> None:
    """Expected: exit 4 with the name, as for any other file that cannot be read; likewise one that is no archive."""
    assert "nowhere.tar.gz" in house.restore("--unchecked", file=house.folder / "nowhere.tar.gz", code=4)
    (house.folder / "text.tar.gz").write_text("not an archive", "utf-8")
    assert "text.tar.gz" in house.restore("--unchecked", file=house.folder / "text.tar.gz", code=4)


def test_an_existing_folder_is_left_alone(house: House) -> None:
    """Expected: even an empty one is refused."""
    (house.folder / "new").mkdir()
    assert "已经存在" in house.restore("--unchecked", code=4)


@pytest.mark.parametrize("part", [0.01, 0.2, 0.5, 0.9, 0.999])
def test_a_truncated_backup_says_where(house: House, part: float) -> None:
    """Expected: cut anywhere, it is refused and a member, or the file, is named."""
    cut = house.folder / "cut.tar.gz"
    data = house.file.read_bytes()
    cut.write_bytes(data[: int(len(data) * part)])
    told = house.restore("--unchecked", file=cut, code=4)
    assert re.search(r"(office|objects|books|sealed|settings|manifest|cut)[^ ]* ?处或其后损坏或中断", told), told


def test_a_flipped_bit_anywhere_is_noticed(house: House) -> None:
    """Expected: at 60 places after gzip's header, which says nothing: never restored, unless every byte in it is as it was
    (a repetition may be copied from one place or another)."""
    data = house.file.read_bytes()
    flipped = house.folder / "flipped.tar.gz"
    for place in range(10, len(data), len(data) // 60):
        flipped.write_bytes(data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :])
        with suppress(OSError, EOFError, zlib.error):
            if gzip.decompress(flipped.read_bytes()) == gzip.decompress(data):
                continue
        with pytest.raises(BadArchive):
            check(flipped, silent)


def _traversing(name: str, type: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = type, link
    return info


@pytest.mark.parametrize(
    "info",
    [
        _traversing("../outside"),
        _traversing("/etc/outside"),
        _traversing("office/../../outside"),
        _traversing("office/./x"),
        _traversing("office//x"),
        _traversing("office/a\\b"),
        _traversing("elsewhere/x"),
        _traversing("office/store.db"),
        _traversing("office/link", tarfile.SYMTYPE, "/etc/passwd"),
        _traversing("office/link", tarfile.LNKTYPE, "office/log.vkey"),
        _traversing("office/pipe", tarfile.FIFOTYPE),
        _traversing("office/folder", tarfile.DIRTYPE),
    ],
    ids=lambda info: f"{info.type!r} {info.name}",
)
def test_no_member_leads_out_of_the_folder(house: House, info: tarfile.TarInfo) -> None:
    """Expected: refused at that member, nothing written anywhere."""
    bad = with_member(house.file, house.folder / "bad.tar.gz", info)
    assert "不应有这样的成员" in house.restore("--unchecked", file=bad, code=4)


def test_members_must_be_those_of_the_manifest(house: House) -> None:
    """Expected: one more, one less, the same twice, one after the manifest: each is refused and named."""
    more = with_member(house.file, house.folder / "more.tar.gz", _traversing("office/more"), b"x")
    assert "office/more 与清单不符" in house.restore("--unchecked", file=more, code=4)
    twice = with_member(house.file, house.folder / "twice.tar.gz", _traversing("office/log.vkey"), b"x")
    assert "office/log.vkey 出现两次" in house.restore("--unchecked", file=twice, code=4)
    after = with_member(house.file, house.folder / "after.tar.gz", _traversing("manifest.json"), b"{}")
    assert "清单" in house.restore("--unchecked", file=after, code=4)
    less = house.folder / "less.tar.gz"
    with tarfile.open(house.file) as source, tarfile.open(less, "w:gz") as target:
        for member in source.getmembers():
            if member.name != "settings.json":
                target.addfile(member, source.extractfile(member))
    assert "缺少 settings.json" in house.restore("--unchecked", file=less, code=4)


def _swap(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        assert old in members[name]
        members[name] = members[name].replace(old, new, 1)

    return change


@pytest.mark.parametrize(
    ("member", "old", "new"),
    [
        ("books/open/000000.leaves.jsonl", b'"at":', b'"at":1'),
        ("books/sealed/000000.leaves.jsonl", b'"c":"sha256:c', b'"c":"sha256:d'),
        ("sealed/000000.jsonl", b'"salt":"', b'"salt":"AA'),
        ("sealed/000000.jsonl", b'"article":8', b'"article":9'),
        ("sealed/000000.jsonl", b'"article":9', b'"article":8'),
        ("sealed/000000.jsonl", b'"index":3', b'"index":4'),
        ("books/open/000000.notes.jsonl", b'"size":5', b'"size":6'),
    ],
)
def test_a_forged_book_is_refused_whatever_its_manifest_says(house: House, member: str, old: bytes, new: bytes) -> None:
    """Expected: leaves, openings and checkpoints are compared with each other, not only with the manifest."""
    house.restore("--unchecked", file=house.forged(_swap(member, old, new)), code=4)


def test_a_shortened_book_with_its_own_checkpoint_is_refused_by_the_manifest(house: House) -> None:
    """Expected: the book ends before the size the manifest states."""

    def change(members: dict[str, bytes]) -> None:
        name = "books/open/000000.leaves.jsonl"
        members[name] = b"".join(members[name].splitlines(keepends=True)[:-1])

    assert "备份时有" in house.restore("--unchecked", file=house.forged(change), code=4)


def test_a_forged_object_is_refused(house: House) -> None:
    """Expected: an object is named by its digest, which is computed again."""
    name = next(n for n in contents(house.file) if n.startswith("objects/public/"))
    assert "与其摘要不符" in house.restore("--unchecked", file=house.forged(_swap(name, b"", b" ")), code=4)


def test_an_unlawful_book_is_not_restored(house: House) -> None:
    """Expected: recorded by an office that asked no law; bytes and keys are right, verify says which act and why."""
    stage = house.stage
    act = stage.signed("membership.declare/1", unit(1), {"activities": [], "other": ""}, [unit(1)])
    data = act.received(stage.now)
    with stage.office.store.writing() as tx:
        head = tx.head(OPEN)
        assert head is not None
        frontier = merkle.Frontier.from_bytes(head.frontier)
        frontier.append(merkle.leaf_hash(data))
        tx.append(OPEN, [NewLeaf(data, merkle.leaf_hash(data), act.digest)])
        note = stage.office.keys.head_note(OPEN, frontier.size, frontier.root())
        tx.set_head(OPEN, type(head)(frontier.size, frontier.root(), frontier.to_bytes(), note))
    house.file.unlink()
    backup(house.folder / "office", house.file)
    told = house.restore("--unchecked", code=4)
    assert f"未通过核验：#{frontier.size - 1} " in told


@pytest.mark.postgres
def test_a_failed_restore_leaves_the_database_empty(house: House) -> None:
    """Expected: no table stays behind; the next restore into the same database succeeds; a third is refused."""
    with database() as url:
        unproven = _swap("office/guard.json", b'"open": [', b'"open": [9')
        house.restore("--unchecked", "--store", url, file=house.forged(unproven), code=4)
        with pytest.raises(NoStore):
            is_empty(url)
        house.restore("--unchecked", "--store", url)
        assert rows(url) == rows(f"sqlite:{house.folder / 'office' / 'store.db'}")
        before = rows(url)
        shutil.rmtree(house.folder / "new")
        assert "已有簿册" in house.restore("--unchecked", "--store", url, code=4)
        assert rows(url) == before


@pytest.mark.postgres
def test_an_empty_store_may_be_used(house: House) -> None:
    """Expected: tables that were made and never written to, as an interrupted restore leaves them, are no obstacle."""
    with database() as url:
        open_store(url, create=True).close()
        house.restore("--unchecked", "--store", url)
        assert "new" in {p.name for p in house.folder.iterdir()}


def test_another_sqlite_place_is_not_offered(house: House) -> None:
    """Expected: --store names PostgreSQL only."""
    assert "postgresql" in house.restore("--unchecked", "--store", "sqlite:x.db", code=4)


def test_the_drill_in_the_documents_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: every command of docs/restore-drill.md ends as written there: 0, or the number behind it."""
    monkeypatch.chdir(tmp_path)
    desk = Desk(tmp_path)
    text = (ROOT / "docs" / "restore-drill.md").read_text("utf-8")
    lines = [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    assert len(lines) == 10
    for line in lines:
        command, _, code = line.partition("#")
        program, *words = shlex.split(command)
        assert program == "gongyue"
        desk.run(*words, code=int(code or 0))
