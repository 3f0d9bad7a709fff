"""The vault: what is put comes back whole to whoever may read it, each reading is on the log, and bad input leaves nothing."""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from gongyue.office.vault import cipher
from gongyue.office.vault.errors import BadDocument, BadVault, NotEntitled, NotThere
from gongyue.office.vault.vault import Vault
from gongyue.sealing.commitment import commit

from .box import AUDITOR, CASEWORKER, DOSSIER, OTHER, PDF, RIVAL, UNIT, Clock, Known, box, every_byte, readers


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """An empty one."""
    return box(tmp_path)


def test_a_document_comes_back_with_the_salt_that_opens_its_commitment(vault: Vault) -> None:
    """Name, kind and content; c is the plain salted hash."""
    put = vault.put(PDF, "证据.pdf", dossier=DOSSIER, by=UNIT, readers=[CASEWORKER])
    assert put.new and put.commitment == commit(put.salt, PDF)
    for who in (UNIT, CASEWORKER, AUDITOR):
        content, salt = vault.read(put.commitment, who, readers)
        assert (content.name, content.kind, content.data, salt) == ("证据.pdf", "pdf", PDF, put.salt)


def test_every_reading_is_on_the_log_and_so_is_every_attempt(vault: Vault) -> None:
    """Who, what, when; also whoever was not entitled, who gets nothing."""
    clock = vault.now
    assert isinstance(clock, Clock)
    c = vault.put(PDF, "a.pdf", dossier=DOSSIER, by=UNIT).commitment
    clock.time += 5
    vault.read(c, UNIT, readers)
    clock.time += 5
    with pytest.raises(NotEntitled):
        vault.read(c, RIVAL, readers)
    start = clock.time - 10
    told = [(line.t - start, line.who, line.what, line.c) for line in vault.log(c)]
    assert told == [(0, UNIT, "put", c), (5, UNIT, "read", c), (10, RIVAL, "denied", c)]


@pytest.mark.parametrize("who", ["", " ", "u:0001 u:0002", "单位", "x" * 81])
def test_nobody_reads_without_a_name(who: str, vault: Vault) -> None:
    """Empty, blank, two names, too long: refused before anybody is asked."""
    c = vault.put(PDF, "a.pdf", dossier=DOSSIER, by=UNIT).commitment
    with pytest.raises(NotEntitled):
        vault.read(c, who, readers)


def test_where_the_caller_cannot_tell_nothing_is_read(vault: Vault) -> None:
    """An error in the function that decides: it is raised, and no reading is logged."""
    c = vault.put(PDF, "a.pdf", dossier=DOSSIER, by=UNIT).commitment
    with pytest.raises(ZeroDivisionError):
        vault.read(c, UNIT, lambda document, who: 1 / 0)  # type: ignore[arg-type, return-value]
    assert [line.what for line in vault.log()] == ["put"]


@pytest.mark.parametrize("statement", ["UPDATE log SET who = 'x'", "DELETE FROM log", "DELETE FROM log WHERE seq = 2"])
def test_the_log_is_only_added_to(statement: str, vault: Vault) -> None:
    """The register itself refuses to change or drop a row."""
    c = vault.put(PDF, "a.pdf", dossier=DOSSIER, by=UNIT).commitment
    vault.read(c, UNIT, readers)
    with pytest.raises(dbapi2.IntegrityError, match="only added"):
        dbapi2.connect(vault.register_path).execute(statement)
    assert len(vault.log()) == 2


def test_no_content_name_key_or_salt_lies_in_the_open(vault: Vault) -> None:
    """Ciphertexts and register hold none of it; the keys' folder holds keys and no content."""
    put = vault.put(PDF, "张三的身份证.pdf", dossier=DOSSIER, by=UNIT)
    entropy = vault.entropy
    assert isinstance(entropy, Known)
    key, salt, nonce = entropy.drawn[:3]
    assert (put.salt, len(key)) == (salt, 32)
    lying = every_byte(vault.folder)
    assert nonce in lying
    for secret in (PDF, key, salt, "张三".encode(), salt.hex().encode()):
        assert secret not in lying
    assert PDF not in every_byte(vault.keys_folder) and b"%PDF" not in every_byte(vault.office)
    for path in vault.office.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_ciphertext_opens_under_its_own_commitment_alone(vault: Vault) -> None:
    """Two ciphertexts exchanged, one cut, one bit turned: told as damaged, never another's content."""
    one = vault.put(PDF, "a.pdf", dossier=DOSSIER, by=UNIT).commitment
    two = vault.put(PDF + b"2", "b.pdf", dossier=DOSSIER, by=UNIT).commitment
    first, second = vault.path_of(one), vault.path_of(two)
    data = first.read_bytes()
    for wrong in (
        second.read_bytes(),
        data[:-1],
        b"",
        data[:20],
        bytes([data[0] ^ 1]) + data[1:],
        data[:-1] + bytes([data[-1] ^ 1]),
    ):
        first.write_bytes(wrong)
        with pytest.raises(BadVault, match="damaged"):
            vault.read(one, UNIT, readers)
    first.unlink()
    with pytest.raises(BadVault, match="lost or damaged"):
        vault.read(one, UNIT, readers)
    assert vault.read(two, UNIT, readers)[0].name == "b.pdf"


def test_the_same_twice_is_one_document(vault: Vault) -> None:
    """By the same in the same dossier, or under the same commitment; another's copy or dossier is a document of its own."""
    first = vault.put(PDF, "a.pdf", dossier=DOSSIER, by=UNIT)
    assert vault.put(PDF, "b.pdf", dossier=DOSSIER, by=UNIT) == first._replace(new=False)
    assert vault.put(PDF, "a.pdf", dossier=DOSSIER, by=UNIT, salt=first.salt) == first._replace(new=False)
    assert vault.put(PDF, "a.pdf", dossier=DOSSIER, by=RIVAL).new  # whether somebody else put it is not told
    assert vault.put(PDF, "a.pdf", dossier=OTHER, by=UNIT).new
    assert len(vault.known()) == 3


WRONG = [
    (b"", "a.pdf", "0 bytes"),
    (b"\x7fELF\x02\x01\x01\x00\xff", "a.pdf", "no kind"),
    (b"MZ\x90\x00\x03\xff", "a.exe", "no kind"),
    (b"\xff\xfea\x00", "a.txt", "no kind"),
    (b"text\x00with zero", "a.txt", "no kind"),
    ("看\u202e似".encode(), "a.txt", "no kind"),
    (PDF, "", "name"),
    (PDF, "a/b.pdf", "name"),
    (PDF, "a\u202efdp.exe", "name"),
    (PDF, "a\nb", "name"),
    (PDF, "x" * 201, "name"),
]


@pytest.mark.parametrize(("data", "name", "said"), WRONG)
def test_what_is_no_document_is_told_and_leaves_nothing(data: bytes, name: str, said: str, vault: Vault) -> None:
    """Empty, a program, another encoding, zeros or bidirectional characters in a text; a name that cannot be one."""
    with pytest.raises(BadDocument, match=said):
        vault.put(data, name, dossier=DOSSIER, by=UNIT)
    assert vault.known() == [] and list(vault.documents.iterdir()) == [] and vault.keys.path.read_bytes() == b""


@pytest.mark.parametrize("name", ["e\u0301te\u0301.pdf", "\udcff.pdf", "\ufeffa.pdf", "名 称.pdf", "x" * 200])
def test_a_name_that_some_system_gives_is_kept_as_it_is(name: str, vault: Vault) -> None:
    """Decomposed accents, bytes of no encoding, a mark of byte order, blanks, 200 characters."""
    c = vault.put(PDF, name, dossier=DOSSIER, by=UNIT).commitment
    assert vault.read(c, UNIT, readers)[0].name == name


def _packed() -> bytes:
    """An empty office file."""
    out = io.BytesIO()
    zipfile.ZipFile(out, "w").close()
    return b"PK\x03\x04" + out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, "pdf"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"II*\x00", "tiff"),
        (_packed(), "office"),
        ("事实：……\n".encode(), "text"),
    ],
)
def test_the_kinds_that_are_kept(data: bytes, kind: str, vault: Vault) -> None:
    """By their first bytes, never by the name."""
    c = vault.put(data, "x", dossier=DOSSIER, by=UNIT).commitment
    assert vault.read(c, UNIT, readers)[0].kind == kind


def test_the_limit_of_size_is_64_mebibytes(vault: Vault) -> None:
    """64 MiB is kept and read back, one byte more and 70 MB are not."""
    most = PDF + bytes(64 * 1024 * 1024 - len(PDF))
    assert len(most) == cipher.MAX_DOCUMENT == 67_108_864
    for many in (bytes(67_108_865), bytes(70_000_000)):
        with pytest.raises(BadDocument, match="67,108,864"):
            vault.put(PDF + many[len(PDF) :], "a.pdf", dossier=DOSSIER, by=UNIT)
    c = vault.put(most, "a.pdf", dossier=DOSSIER, by=UNIT).commitment
    assert vault.read(c, UNIT, readers)[0].data == most


@pytest.mark.parametrize("room", ["", "d:", "d:x", "d:" + "A" * 64, "other", DOSSIER + "0"])
def test_a_document_belongs_to_a_dossier(room: str, vault: Vault) -> None:
    """Or to the papers, or to the requests."""
    with pytest.raises(BadDocument):
        vault.put(PDF, "a.pdf", dossier=room, by=UNIT)


def test_what_is_not_there_is_told(vault: Vault, tmp_path: Path) -> None:
    """An empty folder, an unknown commitment, no commitment at all."""
    with pytest.raises(BadVault, match="Nothing has been put"):
        vault.read("sha256:" + "0" * 64, UNIT, readers)
    assert [p.name for p in tmp_path.iterdir()] == [".vault.lock"]
    vault.put(PDF, "a.pdf", dossier=DOSSIER, by=UNIT)
    for c in ("sha256:" + "0" * 64, "", "../../store.db", "sha256:" + "A" * 64):
        with pytest.raises(NotThere):
            vault.read(c, UNIT, readers)


def test_a_lost_key_is_told_and_nothing_is_made_in_its_place(vault: Vault) -> None:
    """The file missing: nothing at all is done, and it can be put back. One record damaged: that document alone does not open."""
    one = vault.put(PDF, "a.pdf", dossier=DOSSIER, by=UNIT).commitment
    two = vault.put(PDF + b"2", "a.pdf", dossier=DOSSIER, by=UNIT).commitment
    keys = vault.keys.path.read_bytes()
    vault.keys.path.unlink()
    for act in (lambda: vault.read(one, UNIT, readers), lambda: vault.put(b"x", "x", dossier=DOSSIER, by=UNIT)):
        with pytest.raises(BadVault, match=r"documents\.keys is missing"):
            act()
    assert not vault.keys.path.exists() and vault.path_of(one).exists()
    for damaged in (keys[:60] + b"\x00" + keys[61:], bytes(128) + keys[128:], keys[128:] * 2):
        vault.keys.path.write_bytes(damaged)
        with pytest.raises(BadVault, match="key of sha256"):
            vault.read(one, UNIT, readers)
    vault.keys.path.write_bytes(keys[:60] + b"\x00" + keys[61:])
    assert vault.read(two, UNIT, readers)[0].data == PDF + b"2"
    vault.keys.path.write_bytes(keys)
    assert vault.read(one, UNIT, readers)[0].data == PDF


def test_a_lost_or_damaged_register_is_told_and_no_new_vault_is_begun(vault: Vault) -> None:
    """Keys or ciphertexts that are there say that there was one."""
    vault.put(PDF, "a.pdf", dossier=DOSSIER, by=UNIT)
    register = vault.register_path.read_bytes()
    vault.register_path.write_bytes(b"no database at all, " * 400)
    with pytest.raises(BadVault, match="damaged"):
        vault.known()
    for gone in (vault.register_path.unlink, lambda: vault.register_path.write_bytes(b"")):
        gone()
        with pytest.raises(BadVault, match="no register"):
            vault.put(b"x", "x", dossier=DOSSIER, by=UNIT)
    vault.register_path.write_bytes(register)
    assert len(vault.known()) == 1


def test_a_vault_of_a_later_version_is_left_alone(vault: Vault) -> None:
    """This program knows version 2."""
    vault.put(PDF, "a.pdf", dossier=DOSSIER, by=UNIT)
    dbapi2.connect(vault.register_path).execute("PRAGMA user_version = 3")
    with pytest.raises(BadVault, match="version 3"):
        vault.known()


FULL = """
import resource, sys
from pathlib import Path
from gongyue.office.vault.errors import BadVault
from tests.office.vault.box import DOSSIER, UNIT, Clock, box
vault = box(Path(sys.argv[1]))
limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    vault.put(b"%PDF-1.7 " + bytes(200_000), "large.pdf", dossier=DOSSIER, by=UNIT)
except BadVault as error:
    print(error.en)
"""


@pytest.mark.parametrize("limit", [0, 64, 128, 200, 4096, 100_000])
def test_a_full_disk_loses_nothing(limit: int, vault: Vault, tmp_path: Path) -> None:
    """No file grows beyond so many bytes: the new document is not there, the old one is, and with room it is put."""
    old = vault.put(PDF, "a.pdf", dossier=DOSSIER, by=UNIT).commitment
    ran = subprocess.run([sys.executable, "-c", FULL, tmp_path, str(limit)], capture_output=True, text=True, check=True)
    assert "The disk is full" in ran.stdout, ran.stderr
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    again = box(tmp_path, entropy=Known("again"))
    assert [one.c for one in again.known()] == [old]
    assert len(list(again.documents.iterdir())) == 1 and again.keys.path.stat().st_size in range(128, 257)
    assert again.keys.path.read_bytes()[128:].strip(b"\0") == b""
    new = again.put(b"%PDF-1.7 " + bytes(200_000), "large.pdf", dossier=DOSSIER, by=UNIT).commitment
    assert [again.read(c, UNIT, readers)[0].kind for c in (old, new)] == ["pdf", "pdf"]


def test_several_at_once_each_get_their_own(vault: Vault) -> None:
    """Eight threads put and read: every document comes back, no slot is used twice."""
    vault.put(PDF, "a.pdf", dossier=DOSSIER, by=UNIT)
    wrong: list[BaseException] = []

    def work(number: int) -> None:
        try:
            mine = Vault(vault.office, vault.now, os.urandom)
            for i in range(4):
                data = PDF + f"{number} {i}".encode()
                put = mine.put(data, f"{number}.pdf", dossier=DOSSIER, by=UNIT)
                assert mine.read(put.commitment, UNIT, readers)[0].data == data
        except BaseException as error:  # noqa: BLE001 (told to the test)
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert [one.slot for one in vault.known()] == list(range(33))
