"""SARIF 2.1.0, as code scanning platforms read it: a rule a type, a result a column or a line of a text."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from gongyue.conduct.outputs import begins
from gongyue.conduct.scanning.empty_scan import nothing_scanned
from gongyue.conduct.scanning.entity_types import kinds, numbers
from gongyue.conduct.scanning.report import ARTICLE, Report, ScanFinding
from gongyue.conduct.scanning.sources import Unread

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
is_sarif = begins(rb'\s*\{\s*"\$schema"\s*:\s*"[^"]*sarif-2\.1\.0')
"""Whether a file is such a log."""
LEVELS = {"secret": "error", "personal": "warning", "trade": "warning", "organisation": "note"}


def sarif(report: Report, version: str, *, compared: bool = False) -> dict[str, Any]:
    """The log, to be written as JSON. Paths are relative where they were given so; no value is in it.

    `compared` says that there was a baseline: only then results have a state (3.27.24).
    """
    lines = {table.path: table.lines for table in report.tables}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {"name": "gongyue scan", "version": version, "rules": [_rule(name) for name in numbers()]}
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding, lines[finding.path], compared) for finding in report.findings],
                "invocations": [
                    {
                        "executionSuccessful": report.scanned and not any(u.lost for u in report.unread),
                        "toolExecutionNotifications": [
                            {"level": "error", "message": {"text": " / ".join(said)}}
                            for said in [nothing_scanned(report)]
                            if said
                        ]
                        + [
                            {"level": _level(u), "message": {"text": f"{u.where}: {u.zh} / {u.en}"}}
                            for u in report.unread
                        ]
                        + [
                            {"level": "note", "message": {"text": f"{t.path} {t.name}: {' / '.join(t.part)}"}}
                            for t in report.tables
                            if t.sampled
                        ],
                    }
                ],
            }
        ],
    }


def _level(unread: Unread) -> str:
    """Of a notification: a file of a format that no scan reads is no failure, and no detail either."""
    return "error" if unread.lost else "warning" if unread.format else "note"


def _rule(name: str) -> dict[str, Any]:
    kind = kinds()[numbers()[name]]
    return {
        "id": name,
        "name": name,
        "shortDescription": {"text": f"{kind.zh} / {kind.en}"},
        "help": {
            "text": f"《中关村大数据产业联盟行业自律公约》第八条、第九条（一）；articles {ARTICLE} of the Zhongguancun covenant。"
            "在承诺文件中声明所属类别，或移除。Declare its category in the promise file, or remove it."
        },
        "defaultConfiguration": {"level": LEVELS[kind.group]},
    }


def _result(finding: ScanFinding, lined: bool, compared: bool) -> dict[str, Any]:
    place = f"{finding.path}\0{finding.table}\0{finding.column}\0{finding.type}"
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.path)}}
    if lined and finding.row >= 0 and "!" not in finding.path:
        physical["region"] = {"startLine": finding.row + 1}
    kind = kinds()[numbers()[finding.type]]
    return {
        "ruleId": finding.type,
        "ruleIndex": numbers()[finding.type] - 1,
        "level": "note" if finding.tier == "masked" else LEVELS[finding.group],
        "message": {
            "text": f"{finding.table}.{finding.column}：{kind.zh}，{finding.cells} 处 / {kind.en}, {finding.cells} place(s), {finding.tier}"
        },
        "locations": [
            {
                "physicalLocation": physical,
                "logicalLocations": [{"fullyQualifiedName": f"{finding.table}.{finding.column}", "kind": "member"}],
            }
        ],
        "partialFingerprints": {"gongyue/v1": hashlib.sha256(place.encode()).hexdigest()},
        **({"baselineState": "unchanged" if finding.known else "new"} if compared else {}),
    }


def _uri(path: str) -> str:
    if path.startswith("postgresql://"):
        return path
    return quote(PurePath(path.split("!", 1)[0]).as_posix(), safe="/:")
