"""Restoring: an office made anew from a backup, in a new folder and an empty store, or nothing at all.

Every leaf, checkpoint, opening and object is replayed through the store's own door and compared with its hash on the
way. The caller then proves the restored office (`gongyue restore` verifies a full export of it); only if nothing is
raised meanwhile does the folder get its name.
"""

from __future__ import annotations

import base64
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import msgspec

from gongyue.book.entry import decode
from gongyue.office import archive, office_folder
from gongyue.office.archive import BadArchive, Content, Manifest, Progress, SealedRow
from gongyue.office.keys import BookKeys, demo_keys, load_book_keys
from gongyue.office.office import Office
from gongyue.office.office_folder import BadOffice
from gongyue.office.store import OPEN, SEALED, BadStore, Head, NewLeaf, NewSealed, NoStore, Store, Writing, open_store
from gongyue.office.store.dump import discard, is_empty
from gongyue.sealing.commitment import commit, sealed_leaf
from gongyue.transparency import canonical, merkle, tiles

KEYS = ("open", "sealed", "system", "open-next", "sealed-next")
NEEDED = KEYS[:3]


Prove = Callable[[Store, str, Path], None]
"""Proves a restored store, given the open book's verifier key and a new folder to work in; raises if it cannot."""


@contextmanager
def restore_office(
    path: Path, directory: Path, url: str, keys: Path | None, prove: Prove, progress: Progress
) -> Iterator[tuple[Manifest, Office]]:
    """Restore a backup into the new folder `directory`; on an exception, also inside, nothing is left.

    `url`: the store, empty for SQLite in the folder. `keys`: the folder of the books' keys where the backup has none.
    BadArchive names a damaged member, BadOffice and BadStore say what else stands in the way, Forked that the backup's
    own fork guard knows another history.
    """
    if directory.exists():
        raise BadOffice(
            f"{directory} 已经存在；请恢复到新目录。", f"{directory} exists already: restore into a new folder."
        )
    manifest = archive.check(path, partial(_half, progress, 0))
    _require_keys(manifest, keys)
    _require_room(url)
    directory.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{directory.name}.restoring-", dir=directory.parent))
    settings = office_folder.Settings(manifest.origin, url or office_folder.DEFAULT_STORE, demo=manifest.demo)
    made = False
    try:
        store = open_store(office_folder.store_url(folder, settings), create=True)
        made = True
        with closing(store):
            _replay(path, folder, store, manifest, partial(_half, progress, 1))
            _settle(folder, settings, keys)
            prove(store, _require_right(folder, settings, store).open.verifier.vkey, folder / ".proof")
        shutil.rmtree(folder / ".proof")
        office = _office(folder)
        with closing(office.store), closing(office.guard):
            yield manifest, office
        folder.rename(directory)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        if made and url:
            discard(url)
        raise


def _half(progress: Progress, half: int, done: int, total: int) -> None:
    """The archive is read twice: once to check it, once to restore it."""
    progress(half * total + done, 2 * total)


def _require_keys(manifest: Manifest, keys: Path | None) -> None:
    if manifest.keys and keys is not None:
        raise BadOffice("备份里已有密钥；不要再给 --keys。", "The backup has the keys already: do not give --keys.")
    if manifest.keys or manifest.demo:
        return
    if keys is None:
        raise BadOffice(
            "备份里没有密钥；请用 --keys 指明存有 open.key、sealed.key、system.key 的目录。",
            "The backup has no keys: name the folder of open.key, sealed.key and system.key with --keys.",
        )
    if missing := [name for name in NEEDED if not (keys / f"{name}.key").is_file()]:
        raise BadOffice(f"{keys} 里没有 {missing[0]}.key。", f"There is no {missing[0]}.key in {keys}.")


def _require_room(url: str) -> None:
    if not url:
        return
    if "://" not in url:
        raise BadOffice(
            "--store 只用于 postgresql://…；SQLite 的库总在新目录里。",
            "--store is for postgresql://… only: an SQLite store is always in the new folder.",
        )
    try:
        empty = is_empty(url)
    except NoStore:
        return
    if not empty:
        raise BadStore(
            "那个数据库里已有簿册；请另用空的数据库（中断的恢复留下的，先 DROP SCHEMA gongyue CASCADE）。",
            "That database holds books already: use an empty one (after an interrupted restore, DROP SCHEMA gongyue CASCADE).",
        )


def _settle(folder: Path, settings: office_folder.Settings, keys: Path | None) -> None:
    """The settings of the new place, and the keys that were kept elsewhere."""
    rows = {"v": settings.v, "origin": settings.origin, "store": settings.store}
    text = "".join(f"{name} = {msgspec.json.encode(value).decode()}\n" for name, value in rows.items())
    path = folder / office_folder.SETTINGS
    path.unlink(missing_ok=True)
    path.touch(0o600)  # the store's address may hold a password
    path.write_text(text + ("demo = true\n" if settings.demo else ""), "utf-8")
    if keys is None:
        return
    for source in [*(keys / f"{name}.key" for name in KEYS), *keys.glob("slots-*.key")]:
        target = folder / "keys" / source.name
        if source.is_file():
            target.parent.mkdir(mode=0o700, exist_ok=True)
            target.touch(0o600)
            target.write_bytes(source.read_bytes())


def _require_right(folder: Path, settings: office_folder.Settings, store: Store) -> BookKeys:
    """The books' keys, which must have signed the books' heads."""
    try:
        made = demo_keys(settings.origin) if settings.demo else load_book_keys(folder / "keys", settings.origin)
        for book in (OPEN, SEALED):
            if (head := store.head(book)) is not None:
                made.shown_head(book, head.note)
    except (OSError, ValueError) as error:  # BadNote is one
        raise BadOffice(
            f"密钥不是这本簿册的，或读不出（{error}）。",
            f"The keys are not those of this book, or cannot be read ({error}).",
        ) from None
    return made


def _office(folder: Path) -> Office:
    """The restored office, opened: the fork guard of the backup is compared, then goes on from here."""
    office = office_folder.open_office(folder)
    if office.inst.genesis is not None and office.keys.system_id not in office.inst.keys:
        office.store.close()
        office.guard.close()
        raise BadOffice("system.key 不是这本簿册登记的系统密钥。", "system.key is not the office key this book names.")
    for book in (OPEN, SEALED):
        if (head := office.store.head(book)) is not None:
            office.guard.note(book, head)
    return office


def export_whole(store: Store, directory: Path) -> None:
    """Both books to their very ends and every public object as published files, for a proof; nobody else is shown it."""
    for book, place in ((OPEN, directory), (SEALED, directory / "sealed")):
        head = store.head(book)
        if head is not None:
            tiles.publish(place, partial(store.leaves, book), partial(store.node, book), 0, head.size)
            tiles.write_atomically(place / "checkpoint", head.note)
    for digest in store.public_objects():
        data = store.object(digest)
        assert data is not None
        tiles.write_atomically(directory / "objects" / "sha256" / digest.removeprefix("sha256:"), data)


# -- replaying


def _replay(path: Path, folder: Path, store: Store, manifest: Manifest, progress: Progress) -> None:
    """Replay an archive that was checked, in one transaction."""
    with store.writing() as tx:
        books = {book: _Book(tx, book) for book in (OPEN, SEALED)}
        for content in archive.members(path, progress):
            room, _, name = content.name.partition("/")
            if room == "office":
                _place(folder, name, content)
            elif room == "objects":
                _object(tx, name, content)
            elif room == "books":
                books[name.partition("/")[0]].take(content)
            elif room == "sealed":
                _sealed_acts(tx, content)
            elif content.name == archive.SETTINGS:
                for setting, value in msgspec.json.decode(content.read(), type=dict[str, str]).items():
                    tx.put_setting(setting, base64.b64decode(value))
        for book, state in ((OPEN, manifest.open), (SEALED, manifest.sealed)):
            books[book].finish(state.size, state.root)


def _place(folder: Path, name: str, content: Content) -> None:
    target = folder / name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while block := content.read(archive.BLOCK):
            file.write(block)


def _object(tx: Writing, name: str, content: Content) -> None:
    place, _, digest = name.partition("/")
    data = content.read()
    if canonical.digest(data) != f"sha256:{digest}":
        raise BadArchive(f"{content.name} 的内容与其摘要不符", f"{content.name} is not what its digest says")
    tx.put_object(f"sha256:{digest}", data, public=place == "public")


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    note: str
    size: int


def _sealed_acts(tx: Writing, content: Content) -> None:
    """Take in acts under seal, each held against the leaf under which it stands."""
    try:
        rows = [msgspec.json.decode(line, type=SealedRow) for line in content.read().splitlines()]
        acts = [_sealed(row) for row in rows]
        for row, act in zip(rows, acts, strict=True):
            if row.index is not None and tx.leaf(SEALED, row.index) != sealed_leaf(act.commitment):
                raise ValueError(f"sealed #{row.index} does not open to this entry")
            if row.index is None and act.commitment.encode() not in act.promise:
                raise ValueError(f"{act.commitment} is not what was promised")
        first = tx.receive(acts)
        tx.place([(first + i, row.index) for i, row in enumerate(rows) if row.index is not None])
    except ValueError as error:  # Malformed, msgspec.DecodeError, what the store finds wrong
        raise BadArchive(f"{content.name}：{error}", f"{content.name}: {error}") from None


def _sealed(row: SealedRow) -> NewSealed:
    entry, salt = bytes(row.entry), base64.b64decode(row.salt)
    return NewSealed(decode(entry).digest, commit(salt, entry), salt, entry, base64.b64decode(row.promise))


class _Book:
    """A book being replayed, chunk by chunk: its checkpoints come before the leaves they belong to."""

    def __init__(self, tx: Writing, book: str) -> None:
        self.tx, self.book = tx, book
        self.frontier = merkle.Frontier()
        self._notes: dict[int, bytes] = {}

    def take(self, content: Content) -> None:
        """Take in one member of the archive."""
        data, what = content.read(), content.name.rpartition(".jsonl")[0].rpartition(".")[2]
        try:
            if what == "notes":
                rows = (msgspec.json.decode(line, type=_Row) for line in data.splitlines())
                self._notes = {row.size: base64.b64decode(row.note) for row in rows}
            else:
                self._leaves(data.split(b"\n")[:-1])
        except ValueError as error:  # Malformed, msgspec.DecodeError, what the store finds wrong
            raise BadArchive(f"{content.name}：{error}", f"{content.name}: {error}") from None

    def _leaves(self, leaves: list[bytes]) -> None:
        pending: list[NewLeaf] = []
        for leaf in leaves:
            hashed = merkle.leaf_hash(leaf)
            pending.append(NewLeaf(leaf, hashed, decode(leaf).digest if self.book == OPEN else None))
            self.frontier.append(hashed)
            if self.frontier.size in self._notes:
                self._sign_off(pending)
                pending = []
        self.tx.append(self.book, pending)

    def _sign_off(self, pending: list[NewLeaf]) -> None:
        """Append up to a size at which a checkpoint was signed, and keep that checkpoint."""
        self.tx.append(self.book, pending)
        note = self._notes[self.frontier.size]
        if base64.b64encode(self.frontier.root()) not in note:
            raise ValueError(f"the checkpoint at {self.frontier.size} has another root")
        self.tx.set_head(self.book, Head(self.frontier.size, self.frontier.root(), self.frontier.to_bytes(), note))

    def finish(self, size: int, root: str) -> None:
        """The whole book must be there, under the root it had; BadArchive otherwise."""
        head = self.tx.head(self.book)
        have, found = (head.size, head.root) if head else (0, merkle.EMPTY_ROOT)
        if (have, "sha256:" + found.hex()) != (size, root):
            raise BadArchive(
                f"簿册“{self.book}”恢复到 {have} 条，备份时有 {size} 条；根为 {found.hex()}。",
                f"The {self.book} book was restored to {have} leaves with root {found.hex()}; it had {size}.",
            )
