"""Evidence packs: checked by anybody with one command and without a key; hostile ones are answered, whatever they are."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest
from click.testing import CliRunner

from gongyue.book import pack
from gongyue.book.pack import Manifest, PackedDocument, PackedFile, is_unsafe, parse_manifest
from gongyue.cli.main import main
from gongyue.sealing.commitment import salted
from gongyue.verifying import packs
from gongyue.verifying.failures import Stop, Unreadable
from gongyue.verifying.report import Report
from gongyue.verifying.report_lines import lines
from support.alliance import FIRST
from support.hostile import MOST_MEMORY, ran
from support.packs import LETTER, TEXT, Files, checked, files_in, petition_pack, relisted, zipped

ONE, THREE = "documents/001-1-petition-submit.txt", "documents/003-1-petition-answer.txt"
NAMELESS = "sha256:" + "5e" * 32


def outcome(path: Path) -> tuple[int, str]:
    """Exit code and code of the failure, as the command ends; it never breaks down."""
    result = CliRunner().invoke(main, ["verify", str(path), "--json"])
    failure = json.loads(result.stdout)["failure"]
    return result.exit_code, failure["code"] if failure else ""


def changed(tmp_path: Path, change: Callable[[Files], Files]) -> Path:
    """The petition's pack with its files changed."""
    return zipped(tmp_path / "changed.zip", change(files_in(petition_pack()[0])))


def test_one_command_says_which_document_belongs_to_which_entry(tmp_path: Path) -> None:
    """Exit 0 under the pack's own key, whose words are shown; each document with its place; zip, folder, folder in a zip alike."""
    path, dossier = petition_pack()
    report = checked(path)
    assert (report.code, report.failure) == (0, None) and report.pack is not None
    assert (report.pack.dossier, report.pack.party, report.pack.own_key, report.pack.foreign) == (
        dossier,
        FIRST,
        True,
        0,
    )
    assert [(one.file, one.name, one.state, one.places) for one in report.pack.documents] == [
        (ONE, TEXT.name, "here", (1,)),
        (THREE, LETTER.name, "here", (3,)),
    ]
    assert [one.n for one in report.pack.entries] == [1, 2, 3, 4] and not any(e.promised for e in report.pack.entries)
    assert report.pack.judged and report.pack.overdue == () and report.pack.replaced == ()
    said = "\n".join(lines(report, "zh"))
    assert "第 3 件 2026-05-06 答复诉求（exec）\n    documents/003-1-petition-answer.txt “函.txt”：与承诺值相符" in said
    assert "核对词" in said and "齐至所存凭证（4，" in said and "导读与信函不是证据" in said
    in_english = "\n".join(lines(report, "en"))
    assert "3 2026-05-06 petition answered (exec)" in in_english and "the very document that was named" in in_english
    files = files_in(path)
    for name, data in files.items():
        (tmp_path / "folder" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "folder" / name).write_bytes(data)
    assert outcome(tmp_path / "folder") == (0, "")
    assert outcome(zipped(tmp_path / "deep.zip", {f"证据/{name}": data for name, data in files.items()})) == (0, "")


def test_another_key_that_is_given_counts(tmp_path: Path) -> None:
    """With --vkey the pack's own is not asked: another book's is exit 2 or 4, the right one exit 0 and said to be no more the pack's."""
    path, _ = petition_pack()
    key = files_in(path)[pack.VKEY].decode().strip()
    other = key[:-8] + ("AAAAAAA=" if not key.endswith("AAAAAAA=") else "BBBBBBB=")
    said = CliRunner().invoke(main, ["verify", str(path), "--vkey", key, "--lang", "zh"])
    assert said.exit_code == 0 and "取自本包" not in said.output
    assert CliRunner().invoke(main, ["verify", str(path), "--vkey", other]).exit_code in (2, 4)


def test_without_a_pack_a_key_must_be_given(tmp_path: Path) -> None:
    """Of a plain book: usage, exit 2, naming --vkey."""
    files = files_in(petition_pack()[0])
    book = {name.removeprefix("book/"): data for name, data in files.items() if name.startswith("book/")}
    result = CliRunner().invoke(main, ["verify", str(zipped(tmp_path / "book.zip", book))])
    assert result.exit_code == 2 and "--vkey" in result.output


def swapped(files: Files) -> Files:
    return files | {ONE: files[THREE], THREE: files[ONE]}


def another_text(files: Files) -> Files:
    return relisted(files | {ONE: "请不要反映".encode()})


def wrong_salt(files: Files) -> Files:
    said = parse_manifest(files[pack.MANIFEST])
    first, second = said.documents
    first = PackedDocument(first.c, "here", first.file, first.name, second.salt)
    return files | {pack.MANIFEST: Manifest((first, second), said.dossier, said.files, said.party).data}


def smuggled(files: Files) -> Files:
    """A document that no entry names, listed as one of the dossier."""
    said = parse_manifest(files[pack.MANIFEST])
    more = PackedDocument("sha256:" + "5e" * 32, "here", "documents/009-1.txt", "供词.txt", "00" * 32)
    listed = sorted((*said.files, PackedFile("sha256:" + "00" * 32, more.file)), key=lambda one: one.path)
    told = Manifest((*said.documents, more), said.dossier, tuple(listed), said.party)
    return files | {pack.MANIFEST: told.data, more.file: b"x"}


def unnamed(files: Files) -> Files:
    """An erased document that no entry names."""
    said = parse_manifest(files[pack.MANIFEST])
    told = Manifest((*said.documents, PackedDocument(NAMELESS, "erased")), said.dossier, said.files, said.party)
    return files | {pack.MANIFEST: told.data}


def less(files: Files) -> Files:
    """The second document is not told of at all: it may be that nobody has it."""
    said = parse_manifest(files[pack.MANIFEST])
    listed = tuple(one for one in said.files if one.path != THREE)
    told = Manifest(said.documents[:1], said.dossier, listed, said.party)
    return without(THREE)(files) | {pack.MANIFEST: told.data}


def without(name: str) -> Callable[[Files], Files]:
    return lambda files: {path: data for path, data in files.items() if path != name}


def without_line(n: int) -> Callable[[Files], Files]:
    """A place of the dossier is missing, and the manifest says that this is all."""

    def change(files: Files) -> Files:
        rows = files[pack.DISCLOSURES].splitlines(keepends=True)
        return relisted(files | {pack.DISCLOSURES: b"".join(rows[: n - 1] + rows[n:])})

    return change


def line_salt(files: Files) -> Files:
    data = files[pack.DISCLOSURES]
    at = data.index(b'"salt":"') + 8
    return relisted(files | {pack.DISCLOSURES: data[:at] + b"AAAA" + data[at + 4 :]})


def another_party(files: Files) -> Files:
    said = parse_manifest(files[pack.MANIFEST])
    return files | {pack.MANIFEST: Manifest(said.documents, said.dossier, said.files, "u:0003").data}


def another_dossier(files: Files) -> Files:
    said = parse_manifest(files[pack.MANIFEST])
    return files | {pack.MANIFEST: Manifest(said.documents, "d:" + "0" * 64, said.files, said.party).data}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (swapped, "tampered/document"),
        (another_text, "tampered/document"),
        (wrong_salt, "tampered/document"),
        (smuggled, "tampered/document"),
        (without(ONE), "tampered/missing"),
        (without(pack.DISCLOSURES), "tampered/missing"),
        (without(pack.VKEY), "tampered/missing"),
        (without("heads/latest.head"), "tampered/missing"),
        (lambda files: files | {"heads/latest.head": files["heads/001.head"]}, "tampered/hash"),
        (without_line(2), "tampered/gap"),
        (without_line(4), "tampered/gap"),
        (line_salt, "tampered/form"),
        (another_party, "tampered/content"),
        (another_dossier, "tampered/missing"),
    ],
)
def test_what_was_changed_is_found(tmp_path: Path, change: Callable[[Files], Files], code: str) -> None:
    """Documents exchanged, replaced, with another salt, smuggled in or left out; entries left out, the last one by the head; exit 2."""
    path = changed(tmp_path, change)
    assert outcome(path) == (2, code)
    if code not in ("tampered/gap", "tampered/form"):
        said = CliRunner().invoke(main, ["verify", str(path)]).output
        assert "证据包被篡改或缺失" in said and "evidence pack: tampered" in said


@pytest.mark.parametrize(("change", "what"), [(smuggled, "documents/009-1.txt"), (unnamed, NAMELESS)])
def test_a_document_that_no_entry_names_is_named_by_its_file(
    tmp_path: Path, change: Callable[[Files], Files], what: str
) -> None:
    """Where it has none, by its commitment: in both languages, and for programs."""
    report = checked(changed(tmp_path, change))
    assert report.failure is not None and report.failure.code == "tampered/document"
    assert report.failure.figures["what"] == what
    assert report.failure.zh.startswith(f"证据包被篡改或缺失：{what}（")
    assert report.failure.en.startswith(f"evidence pack: tampered or missing: {what} (")


def test_a_document_that_is_not_in_the_pack_is_told_as_absent(tmp_path: Path) -> None:
    """Exit 0: the pack's maker had it not, or kept it back; nobody else can tell."""
    report = checked(changed(tmp_path, less))
    assert report.code == 0 and report.pack is not None
    assert [(one.state, one.file, one.places) for one in report.pack.documents] == [
        ("here", ONE, (1,)),
        ("absent", "", (3,)),
    ]


def test_a_guide_is_no_evidence_and_a_replaced_one_is_told(tmp_path: Path) -> None:
    """Exit 0; it is named where the manifest lists another; where that was rewritten too, it is still said that nobody checked it."""
    path = changed(tmp_path, lambda files: files | {pack.GUIDE: b"<p>guilty</p>"})
    report = checked(path)
    assert report.code == 0 and report.pack is not None and report.pack.replaced == (pack.GUIDE,)
    assert "与清单不符：guide.html" in "\n".join(lines(report, "zh"))
    report = checked(changed(tmp_path, lambda files: relisted(files | {pack.GUIDE: b"<p>guilty</p>"})))
    assert report.code == 0 and report.pack is not None and report.pack.replaced == ()
    assert "guide and letters are no evidence" in "\n".join(lines(report, "en"))


def test_without_a_head_it_is_said_that_more_may_follow(tmp_path: Path) -> None:
    """The last entry left out with every head: exit 0, and nobody is told that this is all; with a head it was complete up to it."""
    whole = checked(petition_pack()[0])
    assert whole.pack is not None and whole.pack.up_to == 4 and "没有存卷凭证" not in "\n".join(lines(whole, "zh"))

    def headless(files: Files) -> Files:
        rows = files[pack.DISCLOSURES].splitlines(keepends=True)
        less = {name: data for name, data in files.items() if not name.startswith((pack.HEADS, pack.RECEIPTS))}
        return relisted(less | {pack.DISCLOSURES: b"".join(rows[:3])})

    report = checked(changed(tmp_path, headless))
    assert report.code == 0 and report.pack is not None and (report.pack.up_to, len(report.pack.entries)) == (0, 3)
    assert "没有存卷凭证：末件之后还有没有，看不出来" in "\n".join(lines(report, "zh"))


def test_files_that_are_no_part_of_it_are_counted_and_not_looked_at(tmp_path: Path) -> None:
    """A second guide, a document that nobody lists: exit 0, two told."""
    report = checked(changed(tmp_path, lambda files: files | {"供词.pdf": b"x", "documents/999.txt": b"y"}))
    assert report.code == 0 and report.pack is not None and report.pack.foreign == 2
    assert "另有 2 个文件不属于证据包" in "\n".join(lines(report, "zh"))


@pytest.mark.parametrize(
    "name", ["../evil", "book/../../evil", "/etc/evil", "C:\\evil", "a\\..\\evil", "a\nb", "a//b", "."]
)
def test_names_that_leave_a_folder_make_it_no_pack(tmp_path: Path, name: str) -> None:
    """Exit 4, whatever else is in it: somebody may unpack it with another program."""
    assert is_unsafe(name)
    path = tmp_path / "pack.zip"
    zipped(path, files_in(petition_pack()[0]))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"x")
    assert outcome(path) == (4, "unreadable/pack")


def test_a_name_too_long_to_print_is_cut_off(tmp_path: Path) -> None:
    """After its first eighty characters."""
    path = zipped(tmp_path / "pack.zip", files_in(petition_pack()[0]) | {"../" + "x" * 78: b"x"})
    with pytest.raises(Unreadable) as caught:
        packs.opened(str(path))
    assert "'../" + "x" * 77 + "'" in caught.value.en


def test_the_law_reads_a_document_with_its_salt_where_it_is_here(tmp_path: Path) -> None:
    """As its commitment was made; nothing of one that nobody names, or that is told of and not here; of another content: exit 2."""
    found = packs.opened(str(petition_pack()[0]))
    assert found is not None
    assert found.salted(TEXT.commitment) == salted(TEXT.salt, TEXT.content)
    assert found.salted(NAMELESS) is None
    told = packs.opened(str(changed(tmp_path, unnamed)))
    assert told is not None and told.salted(NAMELESS) is None
    forged = packs.opened(str(changed(tmp_path, another_text)))
    assert forged is not None
    with pytest.raises(Stop):
        forged.salted(TEXT.commitment)


def test_a_book_at_an_address_is_no_pack(tmp_path: Path) -> None:
    """It is not asked for a manifest, whatever a folder of that name holds."""
    path = zipped(tmp_path / "pack.zip", files_in(petition_pack()[0]))
    assert packs.opened(str(path)) is not None
    with mock.patch.object(packs, "open_place", side_effect=AssertionError):
        assert packs.opened("https://example.org/book") is None


def test_two_files_of_one_name_make_it_no_pack(tmp_path: Path) -> None:
    """One reader would see the first, another the second: exit 4."""
    path = zipped(tmp_path / "pack.zip", files_in(petition_pack()[0]))
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(ONE, b"another")
    assert outcome(path) == (4, "unreadable/pack")


def manifest(data: bytes) -> Callable[[Files], Files]:
    return lambda files: files | {pack.MANIFEST: data}


def told(**other: object) -> Callable[[Files], Files]:
    """The manifest with a field of another value."""

    def change(files: Files) -> Files:
        return files | {pack.MANIFEST: json.dumps(json.loads(files[pack.MANIFEST]) | other, sort_keys=True, separators=(",", ":"),
                                                  ensure_ascii=False).encode()}  # fmt: skip

    return change


HERE = {"c": "sha256:" + "5e" * 32, "state": "here", "file": ONE, "name": "a", "salt": "00" * 32}


@pytest.mark.parametrize(
    "change",
    [
        manifest(b""),
        manifest(b"[]"),
        manifest(b"{" * 100_000),
        manifest(b"\x00" * 100),
        manifest(b" " * (4 * 1024**2 + 1)),
        told(v="gongyue/pack@2"),
        told(more=1),
        told(dossier="d:members"),
        told(party="u:\x1b[2J"),
        told(files=[{"digest": "sha256:" + "0" * 64, "path": "documents/../../evil"}]),
        told(files=[{"digest": "sha256:" + "0" * 64, "path": "book/checkpoint"}]),
        told(files=[{"digest": "x", "path": "guide.html"}] * 2),
        told(documents=[HERE]),
        told(documents=[HERE | {"name": "\u202etxt.exe"}] * 1),
        told(documents=[HERE | {"salt": "00"}]),
    ],
)
def test_a_manifest_that_is_none_is_answered(tmp_path: Path, change: Callable[[Files], Files]) -> None:
    """Exit 4 at once, accusing nobody."""
    assert outcome(changed(tmp_path, change)) == (4, "unreadable/pack")


@pytest.mark.parametrize("cut", [0, 1, 1_000, -1, -30])
def test_a_truncated_pack_cannot_be_read(tmp_path: Path, cut: int) -> None:
    """Nothing, a byte, the beginning, all but the end: exit 4."""
    data = petition_pack()[0].read_bytes()
    (tmp_path / "pack.zip").write_bytes(data[:cut])
    assert outcome(tmp_path / "pack.zip")[0] == 4


def test_a_damaged_pack_is_answered(tmp_path: Path) -> None:
    """A byte changed anywhere: exit 0 where nobody looks at it, else 2 or 4."""
    data = petition_pack()[0].read_bytes()
    for place in range(0, len(data), len(data) // 25):
        one = bytearray(data)
        one[place] ^= 0xFF
        (tmp_path / "pack.zip").write_bytes(bytes(one))
        assert outcome(tmp_path / "pack.zip")[0] in (0, 2, 4), place


@pytest.mark.parametrize("name", [ONE, pack.MANIFEST, pack.DISCLOSURES, pack.GUIDE, pack.VKEY])
def test_a_bomb_is_cut_off_at_its_bound(tmp_path: Path, name: str) -> None:
    """300 MiB of nothing in 300 kB, in the place of any file: exit 2 or 4 in seconds, within 300 MB."""
    files = files_in(petition_pack()[0])
    path = tmp_path / "pack.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, data in files.items():
            if one != name:
                archive.writestr(one, data)
                continue
            with archive.open(one, "w", force_zip64=True) as copy:
                for _ in range(300):
                    copy.write(bytes(1 << 20))
    done = ran("verify", str(path))
    assert done.code in (2, 4) and "BROKE" not in done.said, done.said
    assert done.seconds < 30 and done.memory < MOST_MEMORY


def test_errors_of_opening_are_of_the_kinds_that_are_told(tmp_path: Path) -> None:
    """What is no pack is None or Unreadable, what was taken out of one Stop: nothing else leaves it."""
    assert packs.opened(str(zipped(tmp_path / "a.zip", {"checkpoint": b"x"}))) is None
    with pytest.raises(Unreadable):
        packs.opened(str(zipped(tmp_path / "b.zip", {pack.MANIFEST: b"x"})))
    found = packs.opened(str(changed(tmp_path, without(pack.VKEY))))
    assert found is not None
    with pytest.raises(Stop):
        found.file(pack.VKEY)


def test_a_report_of_a_pack_is_json(tmp_path: Path) -> None:
    """--json has the same, for programs."""
    said = json.loads(CliRunner().invoke(main, ["verify", str(petition_pack()[0]), "--json"]).stdout)
    assert said["pack"]["documents"][0]["file"] == ONE and said["code"] == 0
    assert Report().pack is None
