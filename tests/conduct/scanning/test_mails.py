"""Mails: what is encoded in them is decoded and scanned, attachments as files in an archive, within bounds."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import tracemalloc
import zipfile
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongyue.conduct.scanning import mails
from gongyue.conduct.scanning.archives import DEPTH
from gongyue.conduct.scanning.sources import InputFile, Log
from gongyue.conduct.scanning.transfer import Decoder, in_words
from tests.conduct.scanning.running import scan, scanned

PHONE = "客户手机 13900000000，请回电。\n"
TABLE = "m\n" + "13900000001\n" * 30


def mail(text: str = "没有什么\n", **how: Any) -> EmailMessage:
    """A mail with a text."""
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.invalid", "t"
    message.set_content(text, **how)
    return message


def found(report: dict[str, Any]) -> set[tuple[str, str]]:
    """(path without the folder, type) of the findings but for addresses of mail."""
    return {(f["path"].rsplit("/", 1)[1], f["type"]) for f in report["findings"] if f["type"] != "EMAIL"}


@pytest.mark.parametrize("cte", ["base64", "quoted-printable", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "big5"])
@pytest.mark.parametrize("name", ["a.eml", "a.txt", "a"])
def test_a_body_is_decoded_whatever_it_is_written_in(tmp_path: Path, cte: str, charset: str, name: str) -> None:
    """By the ending of the file or its header alone: the number, the identity and the name in it are found."""
    text = "客戶手機 13900000000，請回電。姓名：王小明\n" if charset == "big5" else PHONE + "姓名：王小明\n"
    (tmp_path / name).write_bytes(bytes(mail(text, cte=cte, charset=charset)))
    report = scanned(tmp_path / name)
    assert found(report) == {(name, "CN_MOBILE"), (name, "PERSON")} and report["unread"] == []


def test_a_charset_that_is_named_wrongly_is_found_out(tmp_path: Path) -> None:
    """UTF-8 called gb2312, and a charset nobody knows."""
    for charset in ("gb2312", "x-nobody", "rot13", "us-ascii", "utf\0"):
        body = base64.encodebytes((PHONE + "姓名：王小明\n").encode())
        head = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n\n"
        (tmp_path / "a.eml").write_bytes(head.encode() + body)
        assert found(scanned(tmp_path / "a.eml")) == {("a.eml", "CN_MOBILE"), ("a.eml", "PERSON")}


def test_attachments_are_files_in_an_archive(tmp_path: Path) -> None:
    """A table in a zip, a table by itself, a mail in a mail; a picture is named as unread, an encoding nobody knows as lost."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("in.csv", TABLE)
    message = mail()
    message.add_attachment(TABLE.encode(), maintype="text", subtype="csv", filename="客户.csv")
    message.add_attachment(packed.getvalue(), maintype="application", subtype="zip", filename="z.zip")
    message.add_attachment(b"\x89PNG\r\n\x1a\n\0\0", maintype="image", subtype="png", filename="p.png")
    message.add_attachment(mail(PHONE, cte="base64"))
    (tmp_path / "a.eml").write_bytes(bytes(message))
    report = scanned(tmp_path / "a.eml")
    assert found(report) == {
        ("a.eml!客户.csv", "CN_MOBILE"), ("a.eml!z.zip!in.csv", "CN_MOBILE"), ("a.eml!part4.eml", "CN_MOBILE"),
    }  # fmt: skip
    assert [(Path(u["where"]).name, u["format"]) for u in report["unread"]] == [("a.eml!p.png", "PNG")]
    assert all(not t["lines"] for t in report["tables"] if t["path"].endswith("a.eml"))
    (tmp_path / "b.eml").write_text("Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n#86)C\n`\nend\n")
    assert scan(tmp_path / "b.eml").exit_code == 4 and "x-uuencode" in scan(tmp_path / "b.eml").stdout


def test_every_mail_of_a_mailbox_is_read(tmp_path: Path) -> None:
    """One source for their texts; the boundary of one does not reach into the next, and a mail cut off ends with its own."""
    several = mail()
    several.add_attachment(TABLE.encode(), maintype="text", subtype="csv", filename="t.csv")
    envelope = b"From a@example.invalid Mon Sep 17 00:00:00 2001\n"
    cut = bytes(several)[:-40]
    for name in ("a.mbox", "Sent"):
        (tmp_path / name).write_bytes(envelope + cut + b"\n\n" + envelope + bytes(mail(PHONE, cte="base64")) + b"\n")
        report = scanned(tmp_path / name)
        assert found(report) == {(name, "CN_MOBILE"), (f"{name}!t.csv", "CN_MOBILE")} and len(report["tables"]) == 2


def test_words_of_a_header_are_read() -> None:
    """Base64 and quoted-printable; a sign that two words share, blanks between words; what is no word stays."""
    raw = base64.b64encode("王小明".encode("gbk")).decode()
    assert in_words(f"=?GB2312?B?{raw}?= <a@example.invalid>") == "王小明 <a@example.invalid>"
    halves = [base64.b64encode(half).decode() for half in ("王小明".encode()[:4], "王小明".encode()[4:])]
    assert in_words(f"=?utf-8?B?{halves[0]}?=\n =?UTF-8?b?{halves[1]}?=") == "王小明"
    assert in_words("=?utf-8?Q?=E7=8E=8B_a?= b =?utf-8?B?***?=") == "王 a b =?utf-8?B?***?="


@pytest.mark.parametrize("size", [1, 3, 5, 76, 1000])
def test_lines_of_any_length_decode_the_same(size: int) -> None:
    """Base64 cut anywhere, with a sign that is none in each line, and padded runs one after another; quoted-printable in pieces."""
    data = bytes(range(256)) * 3
    for signs in (base64.b64encode(data), base64.b64encode(data[:100]) + base64.b64encode(data[100:])):
        for stray in (b"", b"*"):
            decoder = Decoder("base64")
            whole = b"".join(
                decoder.line(signs[at : at + size] + stray + b"\n")[0] for at in range(0, len(signs), size)
            )
            assert (whole + decoder.end() == data) or (stray and signs.count(b"=") > 2)
    quoted, decoder = b"=E7=8E=8B a=\n b\n", Decoder("quoted-printable")
    pieces = b"".join(decoder.line(quoted[at : at + size])[0] for at in range(0, len(quoted), size))
    assert size < 3 or (pieces + decoder.end()).decode() == "王 a b\n"


def test_a_footer_below_base64_is_text(tmp_path: Path) -> None:
    """As lists of mail put it there."""
    body = base64.encodebytes("没有什么\n".encode()) + b"\n--\nCall 13900000000 now, list (a)\n"
    (tmp_path / "a.eml").write_bytes(b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + body)
    assert found(scanned(tmp_path / "a.eml")) == {("a.eml", "CN_MOBILE")}


@pytest.mark.parametrize("kind", ["mixed", "digest"])
def test_what_a_mail_of_several_parts_lacks_is_said_or_known(tmp_path: Path, kind: str) -> None:
    """A boundary that never comes hides nothing: it is lost. Parts of a digest are mails."""
    inner = bytes(mail(PHONE, cte="base64"))
    head = f'MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="x"\n\n'.encode()
    (tmp_path / "a.eml").write_bytes(head + b"--y\n\n" + inner)
    assert [u["lost"] for u in scanned(tmp_path / "a.eml")["unread"]] == [True]
    (tmp_path / "a.eml").write_bytes(head + b"--x\n\n" + inner + b"\n--x--\n")
    if kind == "digest":
        assert found(scanned(tmp_path / "a.eml")) == {("a.eml!part1.eml", "CN_MOBILE")}


@pytest.mark.parametrize("levels", [DEPTH - 1, DEPTH, 200])
def test_mails_in_mails_are_opened_as_deep_as_archives(tmp_path: Path, levels: int) -> None:
    """One too deep is named, and exits 4."""
    whole = bytes(mail(PHONE, cte="base64"))
    for _ in range(levels):
        whole = b"MIME-Version: 1.0\nContent-Type: message/rfc822\n\n" + whole
    (tmp_path / "a.eml").write_bytes(whole)
    report = scanned(tmp_path / "a.eml")
    assert any(f["type"] == "CN_MOBILE" for f in report["findings"]) is (levels < DEPTH)
    assert [u["zh"] for u in report["unread"]] == ([] if levels < DEPTH else ["压缩包、邮件套得太深"])


@pytest.mark.parametrize("parted", [mails.NESTED, mails.NESTED + 1, 3000])
def test_parts_in_parts_are_bounded(tmp_path: Path, parted: int) -> None:
    """Up to the bound what lies in them is found; beyond it is said."""
    opened = "".join(f'Content-Type: multipart/mixed; boundary="b{i}"\n\n--b{i}\n' for i in range(parted))
    body = base64.encodebytes(PHONE.encode()).decode()
    (tmp_path / "a.eml").write_text(f"MIME-Version: 1.0\n{opened}Content-Transfer-Encoding: base64\n\n{body}")
    with (tmp_path / "a.eml").open("a") as file:  # the boundary of an outer one once more hides no loss
        file.write(f"--b{min(parted, mails.NESTED) - 1}\n\nx\n")
    report = scanned(tmp_path / "a.eml")
    assert bool(found(report)) is (parted <= mails.NESTED) and any(u["lost"] for u in report["unread"]) is (
        parted > mails.NESTED
    )


@pytest.mark.parametrize("line", [b"QUJD" * 19 + b"\n", b"QUJD" * 19, b"\n"])
def test_a_mail_of_any_size_stays_out_of_memory(tmp_path: Path, line: bytes) -> None:
    """8 MB of base64 in lines or in one, and empty lines without end: what stands behind is found, and little is held."""
    path, size = tmp_path / "a.eml", min((8 << 20) // len(line), 1 << 17)
    with path.open("wb") as file:
        file.write(b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n--x\n')
        file.write(b"Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n")
        file.write(line * size)
        file.write(b"\n--x\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(PHONE.encode()) + b"--x--\n")
    tracemalloc.start()
    with TemporaryFile() as text:
        sizes = [part.size for part in mails.parts(InputFile("a", "a", lambda: path.open("rb")), Log(), text)]
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        text.seek(0)
        assert PHONE.encode() in text.read() and peak < 5 << 20
    assert sizes == ([size * (len(line.strip()) // 4 * 3)] if line.strip() else [])


def test_a_header_without_end_is_said(tmp_path: Path) -> None:
    """A megabyte of it is read; the rest is scanned as it stands. A field too long to be read is said too."""
    (tmp_path / "a.eml").write_text("MIME-Version: 1.0\n" + f"X-A: {'=?a?b?' * 200}\n" * 1000 + PHONE)
    report = scanned(tmp_path / "a.eml")
    assert [u["lost"] for u in report["unread"]] == [True] and found(report) == {("a.eml", "CN_MOBILE")}
    (tmp_path / "a.eml").write_text(f'MIME-Version: 1.0\nContent-Type: text/plain; a="{";" * 9000}"\n\n{PHONE}')
    assert [u["lost"] for u in scanned(tmp_path / "a.eml")["unread"]] == [True]


def test_a_text_that_speaks_of_mail_is_none(tmp_path: Path) -> None:
    """It keeps its lines; a note called .eml without a header is a text all the same."""
    (tmp_path / "a.txt").write_text(f"说明\nMIME-Version: 1.0\n\n{PHONE}")
    (tmp_path / "b.eml").write_text(PHONE)
    assert [t["lines"] for t in scanned(tmp_path / "a.txt")["tables"]] == [True]
    assert found(scanned(tmp_path / "b.eml")) == {("b.eml", "CN_MOBILE")}


FALSE = ["cp037", "cp500", "utf-16", "utf-16le", "utf-16be", "utf-32", "hz", "utf-7", "iso-2022-jp"]


@pytest.mark.parametrize("lead", ["", "é "])
@pytest.mark.parametrize("charset", FALSE)
def test_a_false_charset_hides_no_plain_number(tmp_path: Path, charset: str, lead: str) -> None:
    """Rows in ASCII or UTF-8 under a charset of other bytes, of odd length too: found, and the contradiction is told."""
    head = (
        f"MIME-Version: 1.0\nSubject: =?{charset}?Q?tel_13900000003?=\nContent-Type: text/plain; charset={charset}\n\n"
    )
    (tmp_path / "a.csv").write_text(head + lead + "tel 13900000001\n" * 3)
    report = scanned(tmp_path / "a.csv")
    shifted = charset in {"hz", "utf-7", "iso-2022-jp"}  # their bytes are those of ASCII: read both ways
    assert [f["cells"] for f in report["findings"]] in ([[4], [7]] if shifted else [[4]])
    if not shifted:
        assert [(charset in u["zh"], "按 utf-8 读" in u["zh"], u["lost"]) for u in report["unread"]] == [
            (True, True, False)
        ]


def test_what_utf_7_would_take_for_its_own_is_found(tmp_path: Path) -> None:
    """A number behind a plus sign, which in UTF-7 begins a run of base64."""
    (tmp_path / "a.eml").write_text("Content-Type: text/plain; charset=utf-7\n\n" + "tel +13900000000-\n" * 4)
    assert len(found(scanned(tmp_path / "a.eml"))) == 1


def test_plain_numbers_beside_bytes_of_no_encoding_are_found_under_a_false_charset(tmp_path: Path) -> None:
    """A byte that is no UTF-8 does not make EBCDIC of all the others."""
    head = b"MIME-Version: 1.0\nContent-Type: text/plain; charset=cp037\n\n"
    (tmp_path / "a.csv").write_bytes(head + b"\xe9 tel\n" + b"tel 13900000000\n" * 5)
    assert found(scanned(tmp_path / "a.csv")) == {("a.csv", "CN_MOBILE")}


@pytest.mark.parametrize(
    "charset", ["cp037", "utf-16", "utf-16be", "iso-2022-jp", "iso-8859-1", "gb2312", "big5", "shift_jis"]
)
def test_a_true_charset_is_read_in_silence(tmp_path: Path, charset: str) -> None:
    """Whatever bytes it writes digits in."""
    text = "tel 13900000000 ok\n" * 5
    if charset in {"iso-2022-jp", "gb2312", "big5", "shift_jis"}:
        text += "東京\n" if "j" in charset else "客人\n"
    body = base64.encodebytes(text.encode(charset))
    head = f"MIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n\n"
    (tmp_path / "a.eml").write_bytes(head.encode() + body)
    report = scanned(tmp_path / "a.eml")
    assert found(report) == {("a.eml", "CN_MOBILE")} and report["unread"] == []


def _packed(how: str) -> bytes:
    """A table with numbers in it, not as plain text."""
    held = io.BytesIO()
    if how == "zip":
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("in.csv", TABLE)
    elif how == "parquet":
        pq.write_table(pa.table({"m": [f"1390000{i:04}" for i in range(30)]}), held)
    coded = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "utf-16": lambda raw: raw.decode().encode("utf-16"),
             "mail": lambda raw: b"MIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(raw)}  # fmt: skip
    return coded[how](TABLE.encode()) if how in coded else held.getvalue()


@pytest.mark.parametrize("charset", ["iso-8859-1", "cp1252", "koi8-r", "cp037", "utf-8"])
@pytest.mark.parametrize("how", ["zip", "gz", "bz2", "xz", "parquet", "utf-16", "mail"])
def test_a_part_called_text_is_opened_by_what_it_begins_with(tmp_path: Path, how: str, charset: str) -> None:
    """An archive, a table, a mail, a text of zeros: found as in an attachment, though its charset allows every byte."""
    head = f"MIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n\n"
    (tmp_path / "a.eml").write_bytes(head.encode() + base64.encodebytes(_packed(how)))
    assert {type for _, type in found(scanned(tmp_path / "a.eml"))} == {"CN_MOBILE"}


def test_a_part_called_text_that_is_none_is_named(tmp_path: Path) -> None:
    """A picture by its format; bytes of nothing known as such."""
    for body, called in (
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (bytes(range(256)) * 4, "?"),
        (bytes(range(1, 256)) * 4, "?"),
    ):
        head = b"MIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: base64\n\n"
        (tmp_path / "a.eml").write_bytes(head + base64.encodebytes(body))
        assert [u["format"] for u in scanned(tmp_path / "a.eml")["unread"]] == [called]


CODED = base64.encodebytes(PHONE.encode()).decode()
PARTED = f'multipart/mixed; boundary="y"\n\n--y\nContent-Transfer-Encoding: base64\n\n{CODED}--y--\n'


@pytest.mark.parametrize(
    "mail",
    [
        "Content-Transfer-Encoding: base64\nContent-Transfer-Encoding: 7bit\n\n13900000000\n",
        f"Content-Transfer-Encoding: 7bit\ncontent-transfer-encoding: base64\n\n{CODED}13900000000\n",
        f"Content-Type: text/plain\nContent-Type: {PARTED}13900000000\n",
        "Content-Type: text/plain; charset=cp037\nContent-Type: text/plain\n\ntel 13900000000\n",
        "Content-Disposition: inline\nContent-Disposition: attachment; filename=a.png\n\ntel 13900000000\n",
    ],
)
def test_a_field_that_stands_twice_is_lost_and_heeded_in_neither(tmp_path: Path, mail: str) -> None:
    """Readers of mail heed different ones: it exits 4, and what follows is scanned as it stands."""
    (tmp_path / "a.eml").write_text("MIME-Version: 1.0\n" + mail)
    report = scanned(tmp_path / "a.eml")
    assert found(report) == {("a.eml", "CN_MOBILE")}
    assert [(u["lost"], "写了两次" in u["zh"]) for u in report["unread"]] == [(True, True)]
    (tmp_path / "a.eml").write_text("MIME-Version: 1.0\n" + mail.replace("13900000000", ""))
    assert scan(tmp_path / "a.eml").exit_code == 4


@pytest.mark.parametrize(
    "line", ["begin 644 a.csv", "begin-base64 0644 客户.csv", "=ybegin line=128 size=9 name=a.csv"]
)
@pytest.mark.parametrize("before", [0, (1 << 18) - 17, (1 << 18) - 1])
@pytest.mark.parametrize("cte", ["8bit", "base64"])
def test_files_in_codes_older_than_mime_are_named(tmp_path: Path, line: str, before: int, cte: str) -> None:
    """In the body of a text, wherever it is cut to be read; a text that begins to speak of it is none."""
    (tmp_path / "a.eml").write_bytes(bytes(mail(f"{'-' * before}\n{line}\n#86)C\n`\nend\n", cte=cte)))
    said = [(u["format"], u["lost"]) for u in scanned(tmp_path / "a.eml")["unread"]]
    assert said == [("yEnc" if "=y" in line else "uuencode", False)]
    assert "没有读 " + said[0][0] in scan(tmp_path / "a.eml").stdout
    (tmp_path / "a.eml").write_bytes(bytes(mail(f"we {line}\nbegin again\n=ybegin\nbegin 644\n", cte=cte)))
    assert scanned(tmp_path / "a.eml")["unread"] == []
