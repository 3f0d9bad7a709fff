"""Flows from tables of databases: what a file of the same rows comes to."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from gongyue.conduct.findings import BadInput
from gongyue.conduct.flows import Flow, read_all, read_flows
from gongyue.conduct.tables import redacted_url
from tests.conduct.running import gongyue
from tests.office.store.places import SERVER, to_server

HEAD = ("flow", "date", "region", "person", "sensitive", "important")
ROWS: list[tuple[object, ...]] = [
    ("客服", "2026-03-01", "SG", "u-jia", 0, 0),
    ("客服", "2026-03-02", "SG", "u-jia", 0, 0),
    ("健康", "2026/6/1", "SG", "u-yi", 1, 0),
    ("健康", "2026-06-01", "Singapore", "u-bing", 1, 0),
    ("他年", "2025-12-31", None, 12, None, None),
]


def check(*flows: object) -> tuple[int, Any]:
    """(exit code, what it says) of these flows on a day in June."""
    given = [word for one in flows for word in ("--flows", one)]
    result = gongyue("export-check", *given, "--ciio", "no", "--on", "2026-06-30", "--json")
    return result.exit_code, json.loads(result.stdout)


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A file of SQLite with the table `flows`."""
    place = tmp_path / "流动.sqlite"
    with closing(sqlite3.connect(place)) as link, link:
        link.execute(f"CREATE TABLE flows ({', '.join(HEAD)})")
        link.executemany("INSERT INTO flows VALUES (?, ?, ?, ?, ?, ?)", ROWS)
    return place


def test_a_table_of_sqlite_comes_to_what_its_file_does(tmp_path: Path, stored: Path) -> None:
    """The route, the persons, what is missing, the row that is not read; also through a view that renames a column."""
    with (tmp_path / "flows.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *ROWS])
    code, found = check(f"sqlite:///{stored}#flows")
    told = check(tmp_path / "flows.csv")[1]
    for said in (found, told):
        assert [row.pop("line") for row in said["unreadable"]] == ([4] if said is found else [5])  # a head is a line
    assert (code, found) == (1, told) and found["counted"]["ordinary"] == found["counted"]["sensitive"] == 1
    with closing(sqlite3.connect(stored)) as link, link:
        link.execute(
            "CREATE TABLE theirs AS SELECT flow, date AS left_on, region, person, sensitive, important FROM flows"
        )
        link.execute(
            "CREATE VIEW ours AS SELECT flow, left_on AS date, region, person, sensitive, important FROM theirs"
        )
    assert check(f"sqlite:///{stored}#ours")[1]["counted"] == found["counted"]


def test_tables_and_files_are_counted_together_and_no_table_twice(stored: Path, tmp_path: Path) -> None:
    """A person in both counts once; what is not read is told by its table; the same table by another path is refused."""
    (tmp_path / "more.jsonl").write_text(json.dumps(dict(zip(HEAD, ROWS[0], strict=True))), "utf-8")
    url = f"sqlite:///{stored}#flows"
    found = check(url, tmp_path / "more.jsonl")[1]
    assert (found["rows"], found["counted"]["ordinary"], found["unreadable"][0]["file"]) == (6, 1, url)
    twice = f"sqlite:///{stored.parent}/../{stored.parent.name}/{stored.name}#flows"
    with pytest.raises(BadInput, match="只给一次"):
        read_all([url, twice])


@pytest.mark.parametrize(
    ("flows", "says"),
    [("#none", "no such table"), ("#empty", "一笔流动也没有"), ("x#flows", "没有这个文件"), ("", "sqlite:///文件#表")],
)
def test_what_is_no_table_of_flows_is_told(stored: Path, flows: str, says: str) -> None:
    """Another table, one without rows, a file that is not there, a URL without a table: exit 4, nothing judged."""
    with closing(sqlite3.connect(stored)) as link, link:
        link.execute("CREATE TABLE empty (flow)")
    result = gongyue("export-check", "--flows", f"sqlite:///{stored}{flows}", "--on", "2026-06-30")
    assert result.exit_code == 4 and says in result.stderr


def test_a_server_is_shown_without_its_password() -> None:
    """Neither before its host nor among its parameters; a file is shown as it is written."""
    assert redacted_url("postgresql://u:secret@h:5432/db?password=x#s.t") == "postgresql://h:5432/db#s.t"
    for file in ("出境?#1.csv", "sqlite:///a@b?.db#t"):
        assert redacted_url(file) == file
    result = gongyue("export-check", "--flows", "mysql://u:secret@h/db#t", "--on", "2026-06-30")
    assert result.exit_code == 4 and "mysql://h/db" in result.stderr and "secret" not in result.stderr


@pytest.mark.postgres
def test_a_table_of_postgresql() -> None:
    """Dates, moments of the Beijing day, truth values and numbers as columns have them."""
    name = f"flows_{os.getpid()}"
    with to_server() as link:
        link.execute(
            f"CREATE TABLE {name} (flow text, date timestamptz, region char(2), persons numeric, sensitive boolean,"
            " important boolean, negative_list_date date)".encode()
        )
        row = ("客服", datetime(2026, 3, 1, 17, tzinfo=UTC), "SG", 12, False, None, date(2025, 2, 8))
        link.execute(f"INSERT INTO {name} VALUES (%s, %s, %s, %s, %s, %s, %s)".encode(), row)
    try:
        stated, rows = read_flows(f"{SERVER}#{name}")
        (found,) = rows
    finally:
        with to_server() as link:
            link.execute(f"DROP TABLE {name}".encode())
    assert stated is None and isinstance(found, Flow)
    assert (found.on, found.region, found.persons) == (date(2026, 3, 2), "SG", 12)
    assert (found.sensitive, found.important, found.negative_list_date) == (False, None, date(2025, 2, 8))
