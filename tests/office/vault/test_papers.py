"""Scans and names behind commitments of the open book: in the vault, with the salts they were made with, erased like any document."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from gongyue.office.attachments import Attachments
from gongyue.office.vault import custody
from gongyue.office.vault.errors import BadVault, Gone
from gongyue.office.vault.papers import keep_papers, keep_recorded, move_in

from .box import Clock, box, every_byte, readers

BY = "o:qin"
NAME = "张三（虚构）".encode()
ODD = b"\x00\x01 a scan in a form of its own"


def material(name: str = "纸面.djvu") -> tuple[Attachments, list[str]]:
    """A name, a scan in an unknown form, an empty text."""
    made = Attachments()
    return made, [made.commit(NAME, "签署人"), made.commit(ODD, name), made.commit(b"", "x")]


def test_what_an_act_commits_to_is_kept_and_erased_in_the_vault(tmp_path: Path) -> None:
    """Whatever its form: it opens the commitment in the act; erased, no trace of it is left in the office."""
    made, cs = material("scans/纸面\u202e.djvu")
    assert keep_papers(tmp_path, made.private, BY, Clock()) == 3
    assert keep_papers(tmp_path, made.private, BY, Clock()) == 0
    vault = box(tmp_path)
    for one, c in zip(made.private, cs, strict=True):
        content, salt = vault.read(c, BY, readers)
        assert (content.data, salt) == (one.content, one.salt)
    assert vault.read(cs[1], BY, readers)[0].name == "scans_纸面_.djvu"
    custody.erase(vault, cs, "request", "o:qin+o:bai")
    lying = every_byte(tmp_path)
    assert not any(one.salt in lying or (one.content and one.content in lying) for one in made.private)


def test_plain_files_of_before_are_moved_in_and_overwritten(tmp_path: Path) -> None:
    """Once; run again it finds nothing. What was erased meanwhile does not come back."""
    made, cs = material()
    made.keep(folder := tmp_path / "private")
    (folder / "签署人.content").write_bytes(NAME)  # of another form: left alone
    assert move_in(tmp_path, folder, BY, Clock()) == 3
    assert [p.name for p in folder.iterdir()] == ["签署人.content"]
    assert move_in(tmp_path, folder, BY, Clock()) == 0
    vault = box(tmp_path)
    assert vault.read(cs[0], BY, readers)[0].data == NAME
    custody.erase(vault, cs, "request", "o:qin+o:bai")
    made.keep(folder)
    assert move_in(tmp_path, folder, BY, Clock()) == 3
    with pytest.raises(Gone):
        vault.read(cs[0], BY, readers)
    assert move_in(tmp_path, tmp_path / "nowhere", BY, Clock()) == 0


def test_where_the_vault_cannot_keep_them_they_are_plain_files(tmp_path: Path) -> None:
    """An office restored without its vault: nothing of a recorded act is lost, and it is moved in once the vault is back."""
    made, cs = material("scans/纸面\u202e.djvu")
    (tmp_path / "vault-erased.json").write_bytes(b'{"bytes":0,"digest":"sha256:%s"}' % sha256().hexdigest().encode())
    error = keep_recorded(tmp_path, made.private, BY, Clock())
    assert isinstance(error, BadVault) and "no register" in error.en
    assert len(list((tmp_path / "private").iterdir())) == 6
    (tmp_path / "vault-erased.json").unlink()
    assert move_in(tmp_path, tmp_path / "private", BY, Clock()) == 3
    assert box(tmp_path).read(cs[1], BY, readers)[0].data == ODD
    assert keep_recorded(tmp_path, made.private, BY, Clock()) is None


@pytest.mark.parametrize("left", ["zeros", "row alone"])
def test_moving_that_was_killed_goes_on(left: str, tmp_path: Path) -> None:
    """Killed while the plain files were overwritten or removed: they are in the vault, and what is left of them goes."""
    made, cs = material()
    made.keep(folder := tmp_path / "private")
    keep_papers(tmp_path, made.private, BY, Clock())
    content = folder / f"{cs[0].removeprefix('sha256:')}.content"
    content.write_bytes(bytes(len(NAME))) if left == "zeros" else content.unlink()
    assert move_in(tmp_path, folder, BY, Clock()) == 3
    assert list(folder.iterdir()) == []
    assert box(tmp_path).read(cs[0], BY, readers)[0].data == NAME


@pytest.mark.parametrize("wrong", [b"", b"{}", b"[]", b'{"salt":"zz","name":"x"}', b'{"salt":"00","name":"x"}', None])
def test_a_file_that_is_not_what_its_commitment_says_stays_where_it_is(wrong: bytes | None, tmp_path: Path) -> None:
    """A damaged row, or another content (None): told, nothing removed; what came before it is moved."""
    made, _ = material()
    made.keep(folder := tmp_path / "private")
    last = max(folder.glob("*.json"))
    damaged = last if wrong is not None else last.with_suffix(".content")
    damaged.write_bytes(b"other" if wrong is None else wrong)
    with pytest.raises(BadVault, match="not moved"):
        move_in(tmp_path, folder, BY, Clock())
    assert sorted(p.name for p in folder.iterdir()) == [last.with_suffix(".content").name, last.name]
