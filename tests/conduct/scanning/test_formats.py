"""Formats that no scan reads: named by their first bytes, never taken for text; and that nothing was scanned is no clean report."""

from __future__ import annotations

import base64
import io
import json
import struct
import zipfile
from pathlib import Path

import pytest

from gongyue.conduct.scanning.compound import BOOK, MAGIC, OTHER, kept_in
from gongyue.conduct.scanning.formats import unread_format
from tests.conduct.scanning.running import scan, scanned

TEXT = "手机 13900000000，请回电。\n"
BYTES = bytes(range(256)) * 4
PDF = b"%PDF-1.4\n1 0 obj\n<< /Filter /ASCII85Decode >>\nstream\n" + base64.a85encode(TEXT.encode() * 300) + b"~>\n"
HEADS = {
    "PDF": PDF,
    "RTF": rb"{\rtf1\ansi\ansicpg936 \'ca\'d6\'bb\'fa 13900000000}",
    "PostScript": b"%!PS-Adobe-3.0\n(13900000000) show\n",
    "PGP": b"-----BEGIN PGP MESSAGE-----\n\nhQEMA" + b"A" * 60,
    "Git LFS": b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 9\n",
    "PNG": b"\x89PNG\r\n\x1a\n" + BYTES,
    "JPEG": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + BYTES,
    "GIF": b"GIF89a\x10\0\x10\0\xf7\0\0" + BYTES,
    "TIFF": b"II*\0\x08\0\0\0" + BYTES,
    "BMP": b"BM" + struct.pack("<IIII", 1078, 0, 54, 40) + BYTES,
    "WebP": b"RIFF\x24\0\0\0WEBPVP8 " + BYTES,
    "WAV": b"RIFF\x24\0\0\0WAVEfmt " + BYTES,
    "MP3": b"ID3\x03\0" + BYTES,
    "MP4": b"\0\0\0\x20ftypisom" + BYTES,
    "HEIC": b"\0\0\0\x20ftypheic" + BYTES,
    "ELF": b"\x7fELF\x02\x01\x01" + BYTES,
    "Windows PE": b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + BYTES,
    "Mach-O": b"\xcf\xfa\xed\xfe\x07\0\0\x01" + BYTES,
    "RAR": b"Rar!\x1a\x07\x01\0" + BYTES,
    "7z": b"7z\xbc\xaf\x27\x1c\0\x04" + BYTES,
    "Zstandard": b"\x28\xb5\x2f\xfd" + BYTES,
    "SQLite": b"SQLite format 3\0" + BYTES,
    "ORC": b"ORC\x08\x03" + BYTES,
    "Avro": b"Obj\x01\x04" + BYTES,
    "?": b"\0\x01\x02\x03" * 500,
}


def compound(*names: str, below: str = "") -> bytes:
    """A compound file [MS-CFB] of empty streams at its root, and one in a storage below."""
    none = 0xFFFFFFFF
    entries = [("Root Entry", 5, none, 1)]
    entries += [(name, 2, at + 2 if at < len(names) else none, none) for at, name in enumerate(names, 1)]
    if below:
        last = len(entries) - 1
        entries[last] = (*entries[last][:2], len(entries), none)
        entries += [("Storage", 1, none, len(entries) + 1), (below, 2, none, none)]
    directory = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBBIII", 2 * len(name) + 2, kind, 1, none, right, child) + bytes(48)
        for name, kind, right, child in entries
    )  # fmt: skip
    sectors = [directory[at : at + 512].ljust(512, b"\0") for at in range(0, len(directory), 512)]
    table = [0xFFFFFFFD, *(at + 1 for at in range(1, len(sectors))), 0xFFFFFFFE]
    head = MAGIC + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[none] * 108)
    return head + struct.pack("<128I", *table, *[none] * (128 - len(table))) + b"".join(sectors)


@pytest.mark.parametrize("name", HEADS)
def test_a_format_that_is_not_read_is_named_whatever_its_file_is_called(tmp_path: Path, name: str) -> None:
    """In a folder and in an archive: as unread, in words, JSON and SARIF; a text beside it is scanned, and the exit is that of the rest."""
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "a.txt").write_text("没有什么\n")
    with zipfile.ZipFile(tmp_path / "f" / "b.zip", "w") as archive:
        archive.writestr("in", HEADS[name])
    if name not in {"SQLite", "?"}:  # a database by its path is read
        (tmp_path / "f" / "c.dat").write_bytes(HEADS[name])
    result = scan(tmp_path / "f", "--json", "--sarif", tmp_path / "o.sarif")
    report = json.loads(result.stdout)
    assert result.exit_code == 0 and [t["name"] for t in report["tables"]] == ["a"]
    paths = ["b.zip!in"] + ["c.dat"] * (name not in {"SQLite", "?"})
    assert [(u["where"].rsplit("/", 1)[1], u["format"], u["lost"]) for u in report["unread"]] == [
        (p, name, False) for p in paths
    ]
    log = json.loads((tmp_path / "o.sarif").read_text("utf-8"))["runs"][0]["invocations"][0]
    assert [n["level"] for n in log["toolExecutionNotifications"]] == ["warning"] * len(paths)
    assert ("没有读 格式不明" if name == "?" else f"没有读 {name}") in scan(tmp_path / "f").stdout
    assert scan(tmp_path / "f", "--strict").exit_code == 4


@pytest.mark.parametrize(
    "begin",
    ["BM", "BM的表现", "GIF89a", "GIF89a 是一种格式", "%PDF-1.4 是它的开头", "%!TEX root = a.tex", "%!PS 说明", "RIFF 1234WEB", "MZ", "ID3 标签",
     "Rar! 文件", "PK", "ORC 与兽人", "7z 压缩", "ELF", "{\\rtfm}", "!BDN", "OggS", "fLaC", "II*", "Obj", "PACK", "DICM", "FLV", "8BPS", "SEQ"],
)  # fmt: skip
def test_a_text_that_begins_like_a_format_is_a_text(tmp_path: Path, begin: str) -> None:
    """By itself and with more behind it: its number is found."""
    for encoding in ("utf-8", "gb18030"):
        (tmp_path / "a.txt").write_bytes(f"{begin}\n{TEXT * 3}".encode(encoding))
        assert {f["type"] for f in scanned(tmp_path / "a.txt")["findings"]} == {"CN_MOBILE"}


def test_a_tar_may_begin_with_any_name() -> None:
    """Its first bytes are the name of its first member."""
    tar = b"GIF89a".ljust(257, b"\0") + b"ustar" + bytes(250)
    assert unread_format(tar, "tar") == "" and unread_format(tar[:200], "tar") == "GIF"


def test_a_pdf_behind_what_is_none_of_it_is_one() -> None:
    """As readers of PDF take it, within a thousand bytes; a text that quotes its first line is none."""
    assert unread_format(b"HTTP/1.1 200 OK\r\n\r\n" + PDF, "") == "PDF"
    assert unread_format(b"%PDF-1.4\r%\xe2\xe3\xcf\xd3\r", "") == "PDF"
    assert unread_format("文件的开头是\n%PDF-1.4\n然后是对象。\n".encode(), "md") == ""


@pytest.mark.parametrize(
    ("names", "below", "wanted"),
    [
        (("WordDocument", "1Table"), "Workbook", "DOC"),
        (("PowerPoint Document",), "", "PPT"),
        (("__properties_version1.0", "a", "b", "c", "d"), "", "Outlook MSG"),
        (("a", "b", "c", "d", "WordDocument"), "", "DOC"),
        (("x",), "WordDocument", "OLE2"),
    ],
)
def test_a_compound_file_is_told_by_what_lies_at_its_root(
    tmp_path: Path, names: tuple[str, ...], below: str, wanted: str
) -> None:
    """Documents, slides, mails are named as unread, also with a workbook inside and called otherwise; a directory of several sectors is followed."""
    (tmp_path / "a.txt").write_text("没有什么\n")
    (tmp_path / "b.bin").write_bytes(compound(*names, below=below))
    assert [u["format"] for u in scanned(tmp_path)["unread"]] == [wanted]


def test_a_workbook_is_one_with_a_document_inside(tmp_path: Path) -> None:
    """It goes to the reader of workbooks, whatever it is called."""
    assert kept_in(io.BytesIO(compound("Workbook", below="WordDocument"))) == BOOK
    for data, wanted in ((compound("x")[:600], OTHER), (MAGIC, OTHER)):
        assert kept_in(io.BytesIO(data)) == wanted
        (tmp_path / "b.xls").write_bytes(data)  # which a name makes a workbook, one that is damaged
        assert [(u["lost"], u["format"]) for u in scanned(tmp_path)["unread"]] == [(True, "")]


def test_what_office_encrypted_is_lost(tmp_path: Path) -> None:
    """As an encrypted member of a zip is: exit 4 beside a text."""
    (tmp_path / "a.txt").write_text("没有什么\n")
    (tmp_path / "b.xlsx").write_bytes(compound("EncryptedPackage"))
    (one,) = scanned(tmp_path)["unread"]
    assert one["lost"] and "已加密" in one["zh"] and scan(tmp_path).exit_code == 4


def test_an_archive_of_office_is_named(tmp_path: Path) -> None:
    """A DOCX is a zip by its first bytes, and is not read as one."""
    (tmp_path / "a.txt").write_text("没有什么\n")
    with zipfile.ZipFile(tmp_path / "b.docx", "w") as archive:
        archive.writestr("word/document.xml", TEXT)
    assert [u["format"] for u in scanned(tmp_path)["unread"]] == ["DOCX"]


def test_places_in_what_is_no_text_are_not_told(tmp_path: Path) -> None:
    """Spans of a PDF or of a mail would be of its encoding: exit 4."""
    (tmp_path / "a.txt").write_bytes(PDF)
    (tmp_path / "b.eml").write_text("MIME-Version: 1.0\nSubject: a\n\nb\n")
    for name, said in (("a.txt", "PDF"), ("b.eml", "mail")):
        told = scan(tmp_path / name, "--format", "spans")
        assert told.exit_code == 4 and said in told.stderr and not told.stdout


@pytest.mark.parametrize(
    ("files", "reasons"),
    [
        ({"a.pdf": PDF, "b.pdf": PDF, "c.png": HEADS["PNG"]}, "3 个文件的格式扫描不读（PDF 2、PNG 1）"),
        ({"a.csv": b""}, "1 个空文件"),
        ({"a.txt": b"\xff\xfe", "b.csv": b"order,price\n"}, "1 个空文件；1 个表或文本里没有内容"),
        ({"a.parquet": b"PAR1 PAR1"}, "1 处读不出"),
        ({"a.pdf": PDF, "b.txt": b"", "c.log": b"x\n"}, "1 个文件的格式扫描不读（PDF 1）；1 个空文件；--exclude 略去 1 个文件"),
        ({}, "没有内容"),
    ],
)  # fmt: skip
def test_a_folder_of_which_nothing_was_scanned_exits_5_and_says_why(
    tmp_path: Path, files: dict[str, bytes], reasons: str
) -> None:
    """Counts by reason in words, JSON, SARIF and page, in both languages; with one line of text in it it is scanned."""
    (tmp_path / "f").mkdir()
    for name, data in files.items():
        (tmp_path / "f" / name).write_bytes(data)
    html, sarif = tmp_path / "o.html", tmp_path / "o.sarif"
    result = scan(tmp_path / "f", "--exclude", "*.log", "--html", html, "--sarif", sarif)
    assert result.exit_code == 5 and result.stdout.startswith(f"什么也没有扫描：{reasons}")
    assert scan(tmp_path / "f", "--exclude", "*.log", "--lang", "en").stdout.startswith("Nothing was scanned: ")
    assert scanned(tmp_path / "f", "--exclude", "*.log")["nothing"]["zh"].startswith(f"什么也没有扫描：{reasons}")
    assert reasons in html.read_text("utf-8") and "没有发现" not in html.read_text("utf-8")
    (told,) = json.loads(sarif.read_text("utf-8"))["runs"][0]["invocations"]
    assert told["executionSuccessful"] is False and reasons in told["toolExecutionNotifications"][0]["message"]["text"]
    (tmp_path / "f" / "z.txt").write_text("没有什么\n")
    assert scan(tmp_path / "f", "--exclude", "*.log").exit_code in {0, 4} and scanned(tmp_path / "f")["nothing"] is None


def test_of_nothing_no_baseline_is_written(tmp_path: Path) -> None:
    """What was known stands."""
    (tmp_path / "a.txt").write_text(TEXT)
    known = tmp_path / "known.json"
    assert scan(tmp_path / "a.txt", "--write-baseline", known).exit_code == 0
    before = known.read_bytes()
    (tmp_path / "a.txt").write_bytes(PDF)
    assert scan(tmp_path / "a.txt", "--write-baseline", known).exit_code == 5 and known.read_bytes() == before


def test_an_empty_member_of_an_archive_is_told(tmp_path: Path) -> None:
    """It is listed as an empty file is."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "没有什么\n")
        archive.writestr("b.txt", "")
    assert [Path(p).name for p in scanned(tmp_path / "a.zip")["empty"]] == ["a.zip!b.txt"]
