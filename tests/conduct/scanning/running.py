"""Running `gongyue scan` as the command line does."""

from __future__ import annotations

import json
from typing import Any

from click.testing import CliRunner, Result

from gongyue.cli.main import Main

SECTIONS = {"conduct": {"scan": ("gongyue.cli.scan:scan", "")}}


def scan(*args: object) -> Result:
    """The result of `gongyue scan ARGS`."""
    return CliRunner().invoke(Main("gongyue", SECTIONS, ""), ["scan", *(str(a) for a in args)])


def scanned(*args: object) -> dict[str, Any]:
    """What `gongyue scan ARGS --json` prints."""
    return dict(json.loads(scan(*args, "--json").stdout))


def types(report: dict[str, Any]) -> dict[tuple[str, str], set[str]]:
    """(table, column) → types."""
    return {(t["name"], c["name"]): set(c["types"]) for t in report["tables"] for c in t["columns"]}
