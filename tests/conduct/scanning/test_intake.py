"""Documents handed in: what stands in a text, a table, a workbook, a letter; and what nobody can look into."""

from __future__ import annotations

import io
import json
import zipfile
from html import escape

import pytest

from gongyue.conduct.scanning import intake
from gongyue.office.evidence_scan import Counted, EvidenceScanner
from gongyue.office.vault.cipher import Content
from tests.conduct.scanning.inventing import Inventor

DRAW = Inventor(30)
IDS = [DRAW.citizen() for _ in range(200)]


def packed(**parts: str) -> bytes:
    """An office file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/") + ".xml", text)
    return out.getvalue()


def letter(*words: str) -> bytes:
    """A text document of these paragraphs, each in two runs, as it is once a word was corrected."""
    runs = (f"<w:r><w:t>{escape(w[:5])}</w:t></w:r><w:r><w:t>{escape(w[5:])}</w:t></w:r>" for w in words)
    return packed(word__document="<w:document>" + "".join(f"<w:p>{run}</w:p>" for run in runs) + "</w:document>")


def workbook(*cells: str) -> bytes:
    """A workbook of one column."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{cell}</t></is></c></row>' for n, cell in enumerate(cells, 1)
    )
    sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        )
        made.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{related}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
        )
        made.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{sheet}" xmlns:r="{related}"><sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        made.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{related}/worksheet"'
            ' Target="worksheets/sheet1.xml"/></Relationships>',
        )
        made.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{sheet}"><sheetData>{rows}</sheetData></worksheet>'
        )
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind", "name"),
    [
        ("\n".join(IDS).encode(), "text", "a.txt"),
        (" ".join(IDS).encode(), "text", "one line.txt"),
        ("\n".join(["证件号码", *IDS]).encode(), "text", "a.csv"),
        (letter(*IDS), "office", "a.docx"),
        (workbook("证件号码", *IDS), "office", "a.xlsx"),
    ],
    ids=["lines", "one line", "csv", "docx", "xlsx"],
)
def test_two_hundred_numbers_are_found_wherever_they_stand(data: bytes, kind: str, name: str) -> None:
    """In lines, on one line, in a table, in a letter, in a workbook."""
    assert intake.found_in(data, kind, name)["CN_ID"] == 200


def test_what_is_covered_is_no_number() -> None:
    """Masked numbers are what was asked for."""
    covered = "\n".join(one[:6] + "********" + one[14:] for one in IDS)
    assert "CN_ID" not in intake.found_in(covered.encode(), "text", "a.txt")


@pytest.mark.parametrize(
    ("data", "kind"), [(b"%PDF-1.7", "pdf"), (b"PK\x03\x04", "office"), (packed(other="<a/>"), "office")]
)
def test_what_nobody_can_look_into(data: bytes, kind: str) -> None:
    """A picture, what is damaged, what is no document."""
    with pytest.raises(intake.Unseen):
        intake.found_in(data, kind, "a")


def test_the_process_itself_answers_one_document_after_another() -> None:
    """Asked through its pipes, as the office asks it; what it cannot look into ends nothing."""
    asked = io.BytesIO()
    for kind, data in (("pdf", b"%PDF-"), ("text", IDS[0].encode())):
        asked.write(json.dumps({"kind": kind, "name": "a.txt", "size": len(data)}).encode() + b"\n" + data)
    asked.seek(0)
    told = io.BytesIO()
    intake.answer(asked, told)
    ready, first, second = map(json.loads, told.getvalue().splitlines())
    assert (ready, first) == ({"ready": True}, {"found": {}, "read": False})
    assert second == {"found": {"CN_ID": 1}, "read": True}


@pytest.mark.slow
def test_the_office_starts_it_as_a_process_of_its_own() -> None:
    """The real one, compiled."""
    scanner = EvidenceScanner()
    try:
        assert scanner.count(Content("a.txt", "text", "\n".join(IDS).encode())) == Counted(200, 0)
        assert scanner.count(Content("a.png", "png", b"\x89PNG\r\n\x1a\n")) == Counted(read=False)
    finally:
        scanner.stop()
