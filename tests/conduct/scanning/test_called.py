"""Names of files, members, sheets and tables that hold a value: never shown, and found; paths on the disk stay as they are."""

from __future__ import annotations

import io
import json
import sqlite3
import tarfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote

import pytest

from gongyue.conduct.scanning.report import ScanOptions
from gongyue.conduct.scanning.report import scan as run
from gongyue.conduct.scanning.source_discovery import everything, shown_place
from gongyue.conduct.scanning.sources import Log
from tests.conduct.scanning.running import ods, scan, scanned

PLAIN = "a,b\nx,1\ny,2\n"
ROWS = [["a", "b"], ["x", "1"], ["y", "2"]]
NAMED = ("13900000001", "13911111101", "u@mail.example")
WANTED = {("(names)", "CN_MOBILE"), ("(names)", "EMAIL")}


def _workbook(folder: Path, names: tuple[str, ...]) -> Path:
    ods(folder / "t.ods", dict.fromkeys(names, ROWS))
    return folder / "t.ods"


def _database(folder: Path, names: tuple[str, ...]) -> Path:
    with closing(sqlite3.connect(folder / "t.db")) as link:
        for name in names:
            link.execute(f'CREATE TABLE "{name}" (a TEXT, b TEXT)')
            link.execute(f'INSERT INTO "{name}" VALUES (?, ?)', ("x", "1"))
        link.commit()
    return folder / "t.db"


def _zip(folder: Path, names: tuple[str, ...]) -> Path:
    with zipfile.ZipFile(folder / "t.zip", "w") as archive:
        for name in names:
            archive.writestr(f"客户/{name}.csv", PLAIN)
    return folder / "t.zip"


def _tar(folder: Path, names: tuple[str, ...]) -> Path:
    with tarfile.open(folder / "t.tar.gz", "w:gz") as archive:
        for name in names:
            member = tarfile.TarInfo(f"{name}.csv")
            member.size = len(PLAIN)
            archive.addfile(member, io.BytesIO(PLAIN.encode()))
    return folder / "t.tar.gz"


MAKERS = [_workbook, _database, _zip, _tar]


@pytest.mark.parametrize("make", MAKERS)
def test_a_value_that_is_a_name_inside_a_file_is_masked_and_found(
    tmp_path: Path, make: Callable[[Path, tuple[str, ...]], Path]
) -> None:
    """In every output; two that look alike once they are masked are told apart, and a baseline knows each of them."""
    path, html, sarif, known = make(tmp_path, NAMED), tmp_path / "h", tmp_path / "s", tmp_path / "k"
    result = scan(path, "--json", "--html", html, "--sarif", sarif)
    outputs = [result.stdout, scan(path).output, scan(path, "--write-baseline", known).output]
    outputs += [written.read_text("utf-8") for written in (html, sarif, known)]
    assert not [name for name in NAMED for text in outputs if name in text or name.partition("@")[0] + "@mail" in text]
    report = json.loads(result.stdout)
    assert {(f["column"], f["type"]) for f in report["findings"]} == WANTED and len(report["findings"]) == 3
    assert len({t["name"] for t in report["tables"]}) == 3 and "13*******01" in result.stdout
    assert scan(path, "--baseline", known).exit_code == 0
    known.write_text(
        json.dumps(json.loads(known.read_text()) | {"findings": json.loads(known.read_text())["findings"][1:]})
    )
    assert len(json.loads(scan(path, "--baseline", known, "--json").stdout)["findings"]) == 3
    assert scan(path, "--baseline", known).exit_code == 1


@pytest.mark.parametrize(("make", "found"), list(zip(MAKERS, [True, True, False, False], strict=True)))
def test_a_persons_name_is_masked_and_found_where_names_are_chosen(
    tmp_path: Path, make: Callable[[Path, tuple[str, ...]], Path], found: bool
) -> None:
    """As of columns: of a sheet and a table. Files are called after people in many ways: masked inside an archive, no finding."""
    result = scan(make(tmp_path, ("张伟", "明细")), "--json")
    assert "张伟" not in result.stdout and "明细" in result.stdout
    assert [(f["column"], f["type"]) for f in json.loads(result.stdout)["findings"]] == [("(names)", "PERSON")] * found


def test_a_file_called_so_keeps_its_path(tmp_path: Path) -> None:
    """It is what was given, and what leads to the file; the table's name is masked, and the name found once."""
    path, sarif = tmp_path / "张伟_13900000001.csv", tmp_path / "s"
    path.write_text(PLAIN)
    report = json.loads(scan(path, "--json", "--sarif", sarif).stdout)
    (table,) = report["tables"]
    assert (table["name"], table["path"]) == ("张*_13*******01", str(path))
    assert {(f["table"], f["column"], f["type"]) for f in report["findings"]} == {
        ("张*_13*******01", "(names)", "CN_MOBILE"),
        ("张*_13*******01", "(names)", "PERSON"),
    }
    results = json.loads(sarif.read_text("utf-8"))["runs"][0]["results"]
    places = [r["locations"][0]["physicalLocation"] for r in results]
    assert {unquote(p["artifactLocation"]["uri"]) for p in places} == {str(path)}
    assert not [p for p in places if "region" in p]
    assert "13900000001" not in scan(path).output


@pytest.mark.parametrize("name", ["张伟.csv", "export_20240131_123456.csv", "192.168.10.1.csv", "北京路88号.csv"])
def test_a_file_may_be_called_after_people_days_places(tmp_path: Path, name: str) -> None:
    """None of them is a finding by itself."""
    (tmp_path / name).write_text(PLAIN)
    assert scan(tmp_path / name).exit_code == 0


@pytest.mark.parametrize("name", ["s2.13900000001", "rec-20260101.13900000001.wav", "张伟.2.13900000001"])
@pytest.mark.parametrize("make", [_workbook, _database, _zip])
def test_names_are_no_decimal_fractions(
    tmp_path: Path, make: Callable[[Path, tuple[str, ...]], Path], name: str
) -> None:
    """A digit and a dot before a value: it is masked, and found."""
    result = scan(make(tmp_path, (name, "明细")), "--json")
    assert "13900000001" not in result.stdout
    assert ("(names)", "CN_MOBILE") in {(f["column"], f["type"]) for f in json.loads(result.stdout)["findings"]}


@pytest.mark.parametrize("name", ["v2.1390000000.csv", "s2.2026.csv", "release-1.13.9.csv"])
def test_versions_are_no_values(tmp_path: Path, name: str) -> None:
    """One digit less, a year, a version."""
    (tmp_path / name).write_text(PLAIN)
    assert scan(tmp_path / name).exit_code == 0


def test_an_archive_called_so_is_one_finding(tmp_path: Path) -> None:
    """Not one for each of its members; in a folder, its name counts as much."""
    with zipfile.ZipFile(tmp_path / "13900000001.zip", "w") as archive:
        for name in ("a.csv", "b.csv", "c.csv"):
            archive.writestr(name, PLAIN)
    for place in (tmp_path / "13900000001.zip", tmp_path):
        report = scanned(place)
        assert len(report["tables"]) == 3
        assert [(f["table"], f["column"]) for f in report["findings"]] == [("a", "(names)")]


def test_what_cannot_be_read_is_told_without_the_value(tmp_path: Path) -> None:
    """Of a member that is damaged, zipfile quotes the name."""
    path = tmp_path / "t.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("13900000001.csv", PLAIN)
        archive.writestr("b.csv", PLAIN)
    path.write_bytes(path.read_bytes().replace(PLAIN.encode(), PLAIN.replace("x", "z").encode(), 1))
    result = scan(path, "--json")
    assert [u["lost"] for u in json.loads(result.stdout)["unread"]] == [True]
    assert "13900000001" not in result.output and "13*******01" in json.loads(result.stdout)["unread"][0]["en"]


def test_an_address_of_mail_has_no_ending(tmp_path: Path) -> None:
    """A member called so is not called after the half of it."""
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.writestr("u@mail.example", "x\n")
    result = scan(tmp_path / "t.zip", "--json")
    assert "u@mail" not in result.stdout and "EMAIL" in result.stdout


def test_progress_shows_no_value(tmp_path: Path) -> None:
    """Nor does it show a sheet's name that is one."""
    told: list[str] = []
    log = Log()
    path = _workbook(tmp_path, NAMED)
    run(everything((str(path),), log, None, ()), log, ScanOptions(), lambda name, rows: told.append(name))
    assert len(set(told)) == 3 and not [name for name in NAMED for said in told if name in said]


def test_a_database_is_shown_without_its_password() -> None:
    """In the title of a page and where it cannot be reached; other places as they were given."""
    assert (
        shown_place("postgresql://reader:hush@db.example:5432/shop?sslpassword=hush") == "postgresql://db.example/shop"
    )
    assert shown_place("a b/13900000001.csv") == "a b/13900000001.csv"
    result = scan("postgresql://reader:hush@127.0.0.1:1/shop", "postgresql://reader:hush@127.0.0.1:1/other", "--json")
    assert result.exit_code == 4 and "hush" not in result.output
