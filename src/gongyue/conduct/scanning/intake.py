"""Documents handed in, one after another, by a process of its own: of each how many personal numbers stand in it, by type.

    python -m gongyue.conduct.scanning.intake

Standard input: a line of JSON {"kind","name","size"}, then so many bytes, and so on. Standard output: a line of JSON a document,
{"found": {"CN_ID": 200}, "read": true}; `read` is false where nobody can look into it: pictures, PDF, what is damaged. First
comes {"ready": true}, once the kernels are compiled. No value is ever told, and nothing is kept.
"""

from __future__ import annotations

import html
import io
import json
import re
import sys
import tempfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import IO, Any

from gongyue.conduct.findings import BadInput
from gongyue.conduct.scanning.report import ScanOptions, scan
from gongyue.conduct.scanning.source_discovery import everything
from gongyue.conduct.scanning.sources import Log
from gongyue.conduct.scanning.texts import scan_texts

MOST_TEXT = 64 << 20
"""Bytes of a document's words that are looked at; one with more is not looked into."""
TABLES = (".csv", ".tsv", ".json", ".jsonl", ".ndjson")
"""Texts that are tables too, whose columns' names tell what stands in them."""
_WORDS = re.compile(r"word/(document|comments|footnotes|endnotes|header\d*|footer\d*)\.xml")
_ENDS, _TAGS = re.compile(r"</w:(?:p|tc)>|<w:(?:br|tab)/>"), re.compile(r"<[^>]*>")


class Unseen(Exception):
    """Nobody can look into it."""


def found_in(data: bytes, kind: str, name: str) -> dict[str, int]:
    """How many of each type stand in a document of that kind (as the vault calls kinds); Unseen where none can be looked for."""
    if kind == "text":
        found = in_text(data.decode("utf-8"))
        ending = Path(name).suffix.lower()
        return found | in_table(data, ending) if ending in TABLES else found
    if kind == "office":
        return _in_office(data)
    raise Unseen


def in_text(text: str) -> dict[str, int]:
    """How many of each type stand in a text, masked ones left out."""
    found = scan_texts(text.splitlines())
    rows = zip(found["type"].to_pylist(), found["tier"].to_pylist(), strict=True)
    return dict(Counter(type for type, tier in rows if tier in ("valid", "plausible")))


def in_table(data: bytes, ending: str) -> dict[str, int]:
    """In how many cells of a table each type stands."""
    with tempfile.TemporaryDirectory() as folder:
        path, log = Path(folder) / f"document{ending}", Log()
        path.write_bytes(data)
        try:
            report = scan(everything((str(path),), log, None, ()), log, ScanOptions())
        except BadInput:
            raise Unseen from None
    if any(one.lost for one in report.unread):
        raise Unseen
    found: Counter[str] = Counter()
    for one in report.findings:
        if one.tier != "masked":
            found[one.type] += one.cells
    return dict(found)


def _in_office(data: bytes) -> dict[str, int]:
    """Of a workbook its cells, of a text document its words."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if any(part.filename.startswith("xl/") for part in parts):
                return in_table(data, ".xlsx")
            words = [part for part in parts if _WORDS.fullmatch(part.filename)]
            if not words or sum(part.file_size for part in words) > MOST_TEXT:
                raise Unseen
            return in_text("\n".join(_plain(packed.read(part).decode("utf-8")) for part in words))
    except (zipfile.BadZipFile, UnicodeDecodeError, OSError, ValueError, NotImplementedError) as error:
        raise Unseen from error


def _plain(xml: str) -> str:
    """The words of a part of a text document, a paragraph a line: what stands in several runs is one word again."""
    return html.unescape(_TAGS.sub("", _ENDS.sub("\n", xml)))


def answer(asked: IO[bytes], told: IO[bytes]) -> None:
    """Answer what is asked, until nothing more is."""
    in_text("01")  # compiled before the first document comes
    _tell(told, {"ready": True})
    while head := asked.readline():
        said = json.loads(head)
        data = asked.read(said["size"])
        try:
            _tell(told, {"found": found_in(data, said["kind"], said["name"]), "read": True})
        except Unseen:
            _tell(told, {"found": {}, "read": False})


def _tell(told: IO[bytes], what: dict[str, Any]) -> None:
    told.write(json.dumps(what).encode() + b"\n")
    told.flush()


if __name__ == "__main__":
    answer(sys.stdin.buffer, sys.stdout.buffer)
