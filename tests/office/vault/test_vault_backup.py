"""Backups of the vault: 35 days, keys apart; restored only with the newest list of erasures, which is carried out first."""

from __future__ import annotations

import io
import shutil
import tarfile
from pathlib import Path

import pytest

from gongyue.office.backup import back_up as back_up_office
from gongyue.office.invalid_input import InvalidInput
from gongyue.office.vault import backup, custody
from gongyue.office.vault.backup import DAYS, Made, back_up
from gongyue.office.vault.errors import BadVault, Gone
from gongyue.office.vault.restore import restore
from tests.office.keeping import close, contents, office_in, silent

from .box import DOSSIER, PDF, UNIT, Clock, Known, box, every_byte, readers

BY = "o:qin"


class World:
    """An office with two documents, and two folders for backups."""

    def __init__(self, folder: Path) -> None:
        self.office, self.out, self.keys_out = folder / "office", folder / "out", folder / "keys-out"
        self.office.mkdir()
        self.clock, self.entropy = Clock(), Known()
        self.vault = box(self.office, self.clock, self.entropy)
        self.stays = self.put(b" stays")
        self.goes = self.put(b" goes")

    def put(self, more: bytes) -> str:
        """A document; its commitment."""
        return self.vault.put(PDF + more, "a.pdf", dossier=DOSSIER, by=UNIT).commitment

    def back_up(self) -> Made:
        """A backup, a second later than the last."""
        self.clock.time += 1
        return back_up(self.vault, self.out, self.keys_out, BY)

    def lose(self, *names: str) -> None:
        """The vault, its keys and its list are lost."""
        for name in names or ("vault", "vault-keys"):
            shutil.rmtree(self.office / name)

    def restore(self, made: Made, erased: Path | None = None, known: frozenset[str] = frozenset()) -> tuple[int, int]:
        """Restore; how many documents are there, how many erased."""
        done = restore(self.office, made.documents, made.keys, erased, known, self.clock(), BY)
        return done.documents, done.erased


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def copied(path: Path, name: str) -> Path:
    """A copy kept elsewhere."""
    target = path.parents[2] / name
    shutil.copy(path, target)
    return target


def test_a_backup_is_restored_whole(world: World) -> None:
    """Everything reads as before, the log goes on, holds stand."""
    custody.hold(world.vault, [world.goes], "court", BY)
    made, list_ = world.back_up(), copied(world.vault.erased.path, "list")
    world.lose()
    assert world.restore(made, list_) == (2, 0)
    again = box(world.office, world.clock, Known("again"))
    for c in (world.stays, world.goes):
        assert again.read(c, UNIT, readers)[0].data.startswith(PDF)
    assert [line.what for line in again.log()] == ["put", "put", "hold", "restore", "read", "read"]
    assert [one.holds for one in again.known()] == [(), (1,)]
    assert again.put(b"next", "n.txt", dossier=DOSSIER, by=UNIT).new
    assert not [p for p in world.office.iterdir() if "restoring" in p.name]


def test_the_two_halves_open_nothing_alone(world: World) -> None:
    """The documents' file has no key or salt, the keys' file no ciphertext; neither shows content."""
    world.back_up()
    key, salt = world.entropy.drawn[0], world.entropy.drawn[1]
    assert key not in every_byte(world.out) and salt not in every_byte(world.out)
    assert key in every_byte(world.keys_out)
    assert world.vault.path_of(world.stays).read_bytes() not in every_byte(world.keys_out)
    assert PDF not in every_byte(world.out, world.keys_out)
    for path in (*world.out.iterdir(), *world.keys_out.iterdir()):
        assert path.stat().st_mode & 0o077 == 0


def test_an_older_backup_does_not_bring_back_what_was_erased(world: World) -> None:
    """With the newest list it is erased again before anything is readable: no key, no ciphertext, no salt of it in the office."""
    made = world.back_up()
    key, salt = world.entropy.drawn[3], world.entropy.drawn[4]
    ciphertext = world.vault.path_of(world.goes).read_bytes()
    assert key in every_byte(world.office)
    custody.erase(world.vault, [world.goes], "request", BY)
    newest = copied(world.vault.erased.path, "list")
    world.lose()
    assert world.restore(made, newest) == (1, 1)
    again = box(world.office, world.clock, Known("again"))
    with pytest.raises(Gone):
        again.read(world.goes, UNIT, readers)
    assert again.read(world.stays, UNIT, readers)[0].data == PDF + b" stays"
    lying = every_byte(world.office)
    for secret in (key, salt, ciphertext[12:60], b" goes"):
        assert secret not in lying


def test_what_was_put_and_erased_after_the_backup_stays_erased(world: World) -> None:
    """The restored register never knew it; its commitment is refused all the same."""
    made = world.back_up()
    late = world.vault.put(PDF + b" late", "a.pdf", dossier=DOSSIER, by=UNIT)
    custody.erase(world.vault, [late.commitment], "request", BY)
    newest = copied(world.vault.erased.path, "list")
    world.lose()
    assert world.restore(made, newest) == (2, 1)
    with pytest.raises(Gone):
        box(world.office, world.clock).put(PDF + b" late", "a.pdf", dossier=DOSSIER, by=UNIT, salt=late.salt)


def test_without_the_newest_list_nothing_is_restored(world: World) -> None:
    """None; an older one, told by the office's mark, by a later backup, by the book; an altered one: and nothing is left behind."""
    made, older = world.back_up(), copied(world.vault.erased.path, "older")
    custody.erase(world.vault, [world.goes], "request", BY)
    newest = copied(world.vault.erased.path, "newest")
    altered = copied(world.vault.erased.path, "altered")
    altered.write_bytes(altered.read_bytes().replace(b"o:qin", b"o:xin"))
    world.lose()
    for wrong in (None, older, altered):
        with pytest.raises(BadVault, match="newest"):
            world.restore(made, wrong)
    (world.office / "vault-erased.json").unlink()  # the mark is lost too: what the book says is left
    with pytest.raises(BadVault, match="the book says"):
        world.restore(made, older, frozenset([world.goes]))
    assert [p.name for p in world.office.iterdir()] == [".vault.lock"]
    assert world.restore(made, newest, frozenset([world.goes])) == (1, 1)


def test_a_later_backup_beside_an_older_one_tells_that_the_list_is_old(world: World) -> None:
    """The folder of the keys' files holds a later one that knew of an erasure."""
    made, older = world.back_up(), copied(world.vault.erased.path, "older")
    custody.erase(world.vault, [world.goes], "request", BY)
    world.back_up()
    world.lose()
    (world.office / "vault-erased.json").unlink()
    with pytest.raises(BadVault, match="newest"):
        world.restore(made, older)


def test_the_offices_own_list_is_the_newest_where_it_is_there(world: World) -> None:
    """Only the vault and the keys were lost; a copy that contradicts it is refused."""
    made = world.back_up()
    custody.erase(world.vault, [world.goes], "request", BY)
    other = world.office.parent / "other"
    other.write_bytes(b'{"at":1,"by":"o:x","c":"sha256:%s","ground":"request"}\n' % (b"0" * 64) * 3)
    world.lose("vault")
    (world.office / "vault-keys" / "documents.keys").unlink()
    with pytest.raises(BadVault, match="contradict"):
        world.restore(made, other)
    assert world.restore(made) == (1, 1)


def test_a_restore_never_writes_over_a_vault_or_its_keys(world: World) -> None:
    """Both are there; other keys alone are. The same keys are those of a restore that was killed."""
    made, same = world.back_up(), world.vault.keys.path.read_bytes()
    world.put(b" after")
    with pytest.raises(InvalidInput, match="exists already"):
        world.restore(made)
    world.lose("vault")
    with pytest.raises(InvalidInput, match=r"documents\.keys exists already"):
        world.restore(made)
    assert not [p for p in world.office.iterdir() if "restoring" in p.name]
    world.vault.keys.path.write_bytes(same)
    assert world.restore(made) == (2, 0)


def test_backups_are_kept_35_days_and_then_destroyed(world: World) -> None:
    """On the 35th day to the second it is there, a second later it goes, in both folders; other files stay."""
    first = world.back_up()
    beside = world.out / "vault-notes.tar"
    beside.write_bytes(b"mine")
    start = world.clock.time
    world.clock.time = start + DAYS * 86_400 - 1
    assert world.back_up().destroyed == []
    assert first.documents.exists() and first.keys.exists()
    assert world.back_up().destroyed == [first.documents, first.keys]
    assert not first.documents.exists() and not first.keys.exists() and beside.read_bytes() == b"mine"
    killed = world.keys_out / f".vault-{world.clock.time}-0a1b2c3d.keys.tar.partial"
    killed.write_bytes(b"keys")
    world.clock.time += 86_400
    world.back_up()
    assert not killed.exists()
    assert DAYS == 35


@pytest.mark.parametrize(
    ("out", "keys_out"), [("x", "x"), ("x", "x/y"), ("x/y", "x"), ("office/b", "k"), ("b", "office")]
)
def test_ciphertexts_and_keys_go_to_two_places_outside_the_office(out: str, keys_out: str, world: World) -> None:
    """One folder, one inside the other, inside the office: refused."""
    with pytest.raises(InvalidInput):
        back_up(world.vault, world.office.parent / out, world.office.parent / keys_out, BY)


def _rewritten(path: Path, name: str, change: bytes | None) -> None:
    """A member changed, or left out; everything else as it was."""
    with tarfile.open(path) as tar:
        members = [(m, tar.extractfile(m).read()) for m in tar]  # type: ignore[union-attr]
    with tarfile.open(path, "w") as tar:
        for member, data in members:
            if member.name == name and change is None:
                continue
            data = change if member.name == name and change is not None else data
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))


@pytest.mark.parametrize("half", ["documents", "keys"])
@pytest.mark.parametrize("damage", ["cut", "byte", "empty", "other", "member", "missing", "no-manifest", "traversal"])
def test_a_damaged_backup_is_told_and_nothing_is_left(half: str, damage: str, world: World) -> None:
    """Cut, a byte turned, empty, another file, a member changed or missing, one that leaves the folder."""
    made, list_ = world.back_up(), copied(world.vault.erased.path, "list")
    path = made.documents if half == "documents" else made.keys
    inside = "register.db" if half == "documents" else "documents.keys"
    data = path.read_bytes()
    world.lose()
    if damage in ("cut", "byte", "empty", "other"):
        turned = (
            data.replace(b"gyvault1", b"gyvault2")
            if half == "keys"
            else data.replace(b"SQLite format 3", b"SQLite format 4")
        )
        path.write_bytes({"cut": data[:700], "byte": turned, "empty": b"", "other": PDF}[damage])
    elif damage == "traversal":
        with tarfile.open(path, "a") as tar:
            tar.addfile(tarfile.TarInfo("../../escaped"))
    else:
        _rewritten(path, "manifest.json" if damage == "no-manifest" else inside, b"x" if damage == "member" else None)
    with pytest.raises(BadVault):
        world.restore(made, list_)
    assert not (world.office.parent / "escaped").exists()
    assert sorted(p.name for p in world.office.iterdir()) == [".vault.lock", "vault-erased.json"]


def test_halves_of_two_backups_do_not_go_together(world: World) -> None:
    """Nor does one file serve as both."""
    one, two, list_ = world.back_up(), world.back_up(), copied(world.vault.erased.path, "list")
    world.lose()
    with pytest.raises(InvalidInput, match="not of one backup"):
        world.restore(one._replace(keys=two.keys), list_)
    for wrong in (one._replace(keys=one.documents), one._replace(documents=one.keys)):
        with pytest.raises(BadVault):
            world.restore(wrong, list_)


def test_a_document_erased_while_the_backup_is_made_is_left_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its ciphertext is not in the file; with the newest list it is restored as erased, with an older one not at all."""
    enter = backup._Tar.__enter__

    def erase_first(self: backup._Tar) -> backup._Tar:
        if self._path.name.endswith(".documents.tar"):
            custody.erase(world.vault, [world.goes], "request", BY)
        return enter(self)

    older = copied(world.vault.erased.path, "older")
    monkeypatch.setattr(backup._Tar, "__enter__", erase_first)
    made = world.back_up()
    newest = copied(world.vault.erased.path, "newest")
    assert made.number == 1
    world.lose()
    (world.office / "vault-erased.json").unlink()
    with pytest.raises(BadVault, match="lacks the ciphertext"):
        world.restore(made, older)
    assert world.restore(made, newest) == (1, 1)


def test_an_office_backup_has_neither_the_vault_nor_its_keys(tmp_path: Path) -> None:
    """What is erased must not lie in a file that is kept for ever; the mark of the list is in it."""
    folder = tmp_path / "office"
    stage = office_in(folder)
    vault = box(folder)
    c = vault.put(PDF, "a.pdf", dossier=DOSSIER, by=UNIT).commitment
    custody.erase(vault, [vault.put(PDF + b"2", "a.pdf", dossier=DOSSIER, by=UNIT).commitment], "request", BY)
    back_up_office(folder, tmp_path / "b.tar.gz", True, silent)
    found = contents(tmp_path / "b.tar.gz")
    close(stage)
    assert not [name for name in found if name.startswith(("office/vault/", "office/vault-keys/", "office/.vault"))]
    assert "office/vault-erased.json" in found
    assert not any(secret in data for data in found.values() for secret in (PDF, vault.keys.path.read_bytes()[40:72]))
    assert vault.read(c, UNIT, readers)[0].data == PDF
