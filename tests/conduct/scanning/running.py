"""Running `gongyue scan` as the command line does, on files made for it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from gongyue.cli.main import Main

SECTIONS = {"conduct": {"scan": ("gongyue.cli.scan:scan", "")}}


def scan(*args: object, piped: bytes = b"") -> Result:
    """The result of `gongyue scan ARGS`, with `piped` on standard input."""
    return CliRunner().invoke(Main("gongyue", SECTIONS, ""), ["scan", *(str(a) for a in args)], input=piped)


def scanned(*args: object, piped: bytes = b"") -> dict[str, Any]:
    """What `gongyue scan ARGS --json` prints."""
    return dict(json.loads(scan(*args, "--json", piped=piped).stdout))


def types(report: dict[str, Any]) -> dict[tuple[str, str], set[str]]:
    """(table, column) → types."""
    return {(t["name"], c["name"]): set(c["types"]) for t in report["tables"] for c in t["columns"]}


def ods(path: Path, sheets: dict[str, list[list[str]]]) -> None:
    """A minimal workbook of several sheets (OASIS OpenDocument)."""
    ns = "urn:oasis:names:tc:opendocument:xmlns"
    tables = "".join(
        f'<table:table table:name="{name}">' + "".join("<table:table-row>" + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        ) + "</table:table-row>" for row in rows) + "</table:table>"
        for name, rows in sheets.items()
    )  # fmt: skip
    names = f'xmlns:office="{ns}:office:1.0" xmlns:table="{ns}:table:1.0" xmlns:text="{ns}:text:1.0"'
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{ns}:manifest:1.0"/>')
        archive.writestr("content.xml", f"<office:document-content {names}>{body}</office:document-content>")
