"""What is handed in at filing and must not lie in a dossier: active PDFs, macros, swelling files, names that mislead."""

from __future__ import annotations

import io
import random
import zipfile
import zlib

import pytest

from gongyue.office.vault.cipher import MAX_DOCUMENT, examined
from gongyue.office.vault.errors import BadDocument

PLAIN = (
    b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R /OpenAction [3 0 R /Fit] >>\nendobj\n"
    b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
)
SCRIPT = b"<< /Type /Action /S /JavaScript /JS (app.alert(1)) >>"


def pdf(dictionary: bytes) -> bytes:
    """A small PDF with one dictionary more."""
    return PLAIN.replace(b"trailer", b"4 0 obj\n" + dictionary + b"\nendobj\ntrailer")


def stream(content: bytes, dictionary: bytes, packed: bool = True) -> bytes:
    """A PDF with a stream more."""
    body = zlib.compress(content) if packed else content
    return pdf(dictionary + b"\nstream\n" + body + b"\nendstream")


def office(**parts: bytes) -> bytes:
    """A packed office file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        for name, data in parts.items():
            packed.writestr(name, data)
    return out.getvalue()


OBJECTS = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>"
BAD = {
    "a script": pdf(SCRIPT),
    "a script under an escaped name": pdf(SCRIPT.replace(b"/JavaScript /JS", b"/#4aava#53cript /#4A#53")),
    "a script in an object stream": stream(b"4 0 " + SCRIPT, OBJECTS),
    "a script in an object stream under an escaped name": stream(
        b"4 0 " + SCRIPT, OBJECTS.replace(b"/ObjStm", b"/Obj#53tm")
    ),
    "a script in an unpacked object stream": stream(
        b"4 0 " + SCRIPT, b"<< /Type /ObjStm /N 1 /First 4 >>", packed=False
    ),
    "an object stream that no one can look into": stream(b"\xff\xfe of another filter", OBJECTS, packed=False),
    "a program to be started": pdf(b"<< /S /Launch /F (cmd.exe) >>"),
    "a file within": pdf(b"<< /Names << /EmbeddedFiles 5 0 R >> >>"),
    "a password": pdf(b"<< /Encrypt 9 0 R >>"),
    "an object stream that swells": stream(b"4 0 " + bytes(80 << 20), OBJECTS),
}


@pytest.mark.parametrize("what", BAD)
def test_a_pdf_that_does_something_is_refused(what: str) -> None:
    """With words that say what it holds, in both languages."""
    with pytest.raises(BadDocument) as refused:
        examined(BAD[what], "证据.pdf")
    assert "证据.pdf" in refused.value.zh and "PDF" in refused.value.en


def test_ordinary_pdfs_are_kept() -> None:
    """One that says at which page it opens; one with pixels that happen to spell a script's name; packed text of a page."""
    noise = random.Random(4).randbytes(100_000) + b" /JS (" + b"/JavaScript "
    for data in (PLAIN, stream(noise, b"<< /Subtype /Image >>", packed=False), stream(b"BT (/JS) Tj ET" * 1000, b"<< >>"),
                 stream(b"4 0 << /Type /Page >>", OBJECTS)):  # fmt: skip
        assert examined(data, "证据.pdf").kind == "pdf"


def test_office_files_with_macros_or_that_swell_are_refused_and_others_kept() -> None:
    """A document of text; macros; a file within; a bomb; a packed file that is cut off."""
    text = office(**{"word/document.xml": "".join(f"第 {n} 条：成员应当妥善保管数据。" for n in range(9_000)).encode()})
    assert examined(text, "附件.docx").kind == "office"
    for data in (
        office(**{"word/vbaProject.bin": b"x"}),
        office(**{"word/embeddings/oleObject1.bin": b"x"}),
        office(**{"word/document.xml": bytes(40 << 20)}),
        office(**{f"part{n}": b"" for n in range(5_001)}),
        text[: len(text) // 2],
    ):
        with pytest.raises(BadDocument):
            examined(data, "附件.docx")


@pytest.mark.parametrize(
    "name", ["证\u202efdp.exe", "证\u2066据.pdf", "a/b.pdf", "a\\b.pdf", "a\nb.pdf", "", "长" * 201]
)
def test_a_name_that_misleads_is_refused(name: str) -> None:
    """Turned about, with a slash or a line's end, of no letter or of too many."""
    with pytest.raises(BadDocument):
        examined(PLAIN, name)


@pytest.mark.parametrize("data", [b"", bytes(MAX_DOCUMENT + 1), b"\x7fELF\x02\x01\x01\xff", b"MZ\x90\x00\xff"])
def test_nothing_too_much_and_programs_are_refused(data: bytes) -> None:
    """0 bytes, a byte over the limit (70 MB is over it), a program of either kind."""
    assert MAX_DOCUMENT < 70_000_000
    with pytest.raises(BadDocument):
        examined(data, "证据.pdf")
