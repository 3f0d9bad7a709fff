"""Initiators far away sign before publication: a bundle is handed to them, they verify it, sign offline, hand a file back."""

from __future__ import annotations

import shlex
import zipfile
from pathlib import Path

import pytest

from .desk import COVENANT, TWO, Desk

VKEY = ("--vkey", "office/log.vkey")


def _readme() -> str:
    return zipfile.ZipFile("bundle.zip").read("README.txt").decode("utf-8")


def _commands(text: str, of: str) -> list[list[str]]:
    """The commands that the README gives, of its Chinese or its English half."""
    zh, _, en = text.partition("What initiators need")
    return [shlex.split(line)[1:] for line in {"zh": zh, "en": en}[of].splitlines() if line.startswith("  gongyue ")]


@pytest.mark.parametrize("half", ["zh", "en"])
def test_an_initiator_signs_by_the_readme_alone(half: str, frozen: Desk, tmp_path: Path) -> None:
    """In a folder that holds the zip and its key: every command of the README as it stands, then the office records the act."""
    frozen.run("founding", "bundle", "bundle.zip")
    status, key, sign, draft, add, submit = _commands(_readme(), half)
    assert (key, submit) == (["key", "new", "unit.key"], ["submit", "act.json"])
    Path("office").rename(tmp_path / "elsewhere")
    Path("u1.key").rename("unit.key")
    assert "u:0001" in frozen.run(*status)
    frozen.run(*sign)
    Path("act.json").rename("signed.json")
    frozen.run(*draft)
    assert "所签文本：《" in frozen.run(*add)
    done = frozen.json("submit", "act.json", "--office", tmp_path / "elsewhere")
    assert (done["type"], done["actor"]) == ("founding.sign/1", "u:0001")
    assert (
        frozen.json("submit", "signed.json", "--office", tmp_path / "elsewhere", code=3)["code"]
        == "out-of-turn/sequence"
    )


def test_a_bundle_holds_the_books_the_text_and_its_document(frozen: Desk) -> None:
    """The books verify, the text is readable, the document is the one imported; twice gives the same bytes."""
    made = frozen.json("founding", "bundle", "bundle.zip")
    assert frozen.json("verify", "bundle.zip", *VKEY)["acts"] == made["size"] == frozen.json("status")["size"]
    zipped = zipfile.ZipFile("bundle.zip")
    text = zipped.read("text.txt").decode("utf-8")
    assert "第一条　" in text and "第二十六条　" in text and "第一章　" in text
    assert zipped.read("original.txt") == COVENANT.read_bytes()
    for language, words in made["words"].items():
        assert words in _readme(), language
    assert made["vkey"] in _readme()
    frozen.run("founding", "bundle", "again.zip")
    assert [zipfile.ZipFile("again.zip").read(n) for n in ("checkpoint", "text.txt")] == [
        zipped.read(n) for n in ("checkpoint", "text.txt")
    ]


def test_the_readme_says_who_has_a_key_and_who_has_signed(frozen: Desk) -> None:
    """Of two initiators: both keys registered, then one has signed."""
    frozen.run("founding", "bundle", "bundle.zip")
    assert _readme().count("密钥已登记") == 2
    frozen.run("founding", "sign", "--capacity", "legal_representative", "--signatory", "text:张三", "--key", "u1.key")
    frozen.run("founding", "bundle", "bundle.zip")
    assert (_readme().count("密钥已登记"), _readme().count("  已签署")) == (1, 1)


def test_a_bundle_is_verified_before_anything_is_read_from_it(frozen: Desk) -> None:
    """Under another key, and with one byte of an entry altered: exit 4, nothing is shown."""
    frozen.run("founding", "bundle", "bundle.zip")
    Path("other.vkey").write_text(Path("office/log.vkey").read_text("ascii").replace("/test+", "/tset+"), "ascii")
    frozen.run("founding", "status", "--public", "bundle.zip", "--vkey", "other.vkey", code=4)
    with zipfile.ZipFile("bundle.zip") as good, zipfile.ZipFile("bad.zip", "w") as bad:
        for name in good.namelist():
            data = good.read(name)
            bad.writestr(name, data.replace(b"founding", b"f0unding", 1) if name.startswith("tile/entries") else data)
    assert "未通过核验" in frozen.run("founding", "status", "--public", "bad.zip", *VKEY, code=4)


def test_a_stranger_without_the_key_is_told_to_telephone(frozen: Desk) -> None:
    """The key that stands in the bundle proves nothing by itself."""
    frozen.run("founding", "bundle", "bundle.zip")
    assert "打电话" in frozen.run("founding", "status", "--public", "bundle.zip", code=2)
    assert "打电话" in _readme() and "call the alliance" in frozen.run(
        "founding", "status", "--public", "bundle.zip", "--lang", "en", code=2
    )


def test_there_is_no_bundle_before_a_text_is_frozen(founded: Desk) -> None:
    """A draft is signed by nobody; nothing is written."""
    founded.run("founding", "import", COVENANT, *TWO)
    assert founded.json("founding", "bundle", "bundle.zip", code=3)["code"] == "out-of-turn/not-frozen"
    assert not Path("bundle.zip").exists()
    assert "FILE.zip" in founded.run("founding", "bundle", "folder", code=2)


def test_there_is_no_bundle_once_the_covenant_is_published(in_force: Desk) -> None:
    """Everybody has the export then."""
    assert in_force.json("founding", "bundle", "bundle.zip", code=3)["code"] == "out-of-turn/in-force"
