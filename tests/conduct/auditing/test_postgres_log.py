"""PostgreSQL's own logs: a real server of our own, a real workload, its log audited; and records of every odd kind."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from gongyue.conduct.auditing.audit_run import audit
from gongyue.conduct.auditing.postgres_log import PostgresLog, instant_of, statement_of
from gongyue.conduct.auditing.run_inputs import Request, Result
from gongyue.conduct.auditing.statements import NotUnderstood, touched
from gongyue.conduct.rows import Bad
from gongyue.conduct.verdict import KINDS
from tests.conduct.auditing.test_audit import GRANT, asked, lines
from tests.conduct.world import EXAMPLE

PROMISE = EXAMPLE.replace('SELECT = "view"', 'SELECT = "view"\nINSERT = "view"\nUPDATE = "view"\nCOPY = "transfer"')
BIN = max(Path("/usr/lib/postgresql").glob("*/bin/initdb")).parent
PGAUDIT = any(Path("/usr/share/postgresql").glob(f"{BIN.parent.name}/extension/pgaudit.control"))
METHODS = ["log_statement", *(["pgaudit"] if PGAUDIT else [])]


def as_owner(*command: object) -> None:
    """Run a server's program, not as root, which it refuses."""
    before = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    subprocess.run([*before, *map(str, command)], check=True, capture_output=True, cwd="/")


@contextmanager
def server(settings: dict[str, str]) -> Iterator[tuple[str, Path]]:
    """(URL of its superuser, the folder of its log) of a server that is stopped at the end."""
    root = Path(tempfile.mkdtemp(prefix="gongyue-pg-"))
    if os.getuid() == 0:
        shutil.chown(root, "postgres")
    data = root / "data"
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    as_owner(BIN / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
    said = {"logging_collector": "on", "log_destination": "csvlog,jsonlog", "log_directory": str(root / "log"), "fsync": "off",
            "log_file_mode": "0644", "log_timezone": "UTC", "unix_socket_directories": str(root), **settings}  # fmt: skip
    options = " ".join(f"-c {name}='{value}'" for name, value in said.items())
    as_owner(BIN / "pg_ctl", "-D", data, "-w", "-l", root / "start.log", "-o", f"-p {port} {options}", "start")
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres", root / "log"
    finally:
        as_owner(BIN / "pg_ctl", "-D", data, "-m", "fast", "-w", "stop")
        shutil.rmtree(root)


def workload(url: str) -> None:
    """Three accounts at work: what is promised, what is not, what nobody knows the purpose of, and what is odd."""
    with psycopg.connect(url, autocommit=True) as link:
        link.execute("CREATE SCHEMA shop")
        link.execute("CREATE TABLE shop.orders (id int PRIMARY KEY, phone text, amount int)")
        link.execute("CREATE TABLE shop.tracks (id int, place text)")
        link.execute("CREATE FUNCTION shop.peek() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM shop.orders'")
        for role in ("etl_delivery", "crm_campaign", "stranger"):
            link.execute(f"CREATE ROLE {role} LOGIN".encode())
            link.execute(
                f"GRANT USAGE ON SCHEMA shop TO {role}; GRANT ALL ON ALL TABLES IN SCHEMA shop TO {role}".encode()
            )
    for role, work in WORK.items():
        with psycopg.connect(url.replace("postgres@", f"{role}@"), autocommit=True) as link:
            for text, many in work:
                for i in range(many):
                    if text.startswith("COPY"):
                        with link.cursor() as cursor, cursor.copy(text.encode()) as copy:
                            assert all(True for _ in copy)
                    else:
                        link.execute(text.encode(), (i,) if "%s" in text else None)


WORK = {
    "etl_delivery": [
        ("SELECT phone, amount FROM shop.orders WHERE id = %s", 40),
        ("INSERT INTO shop.orders VALUES (%s, '虚构', 1)", 20),
        ('WITH late AS (SELECT id FROM shop.orders\nWHERE amount > 1)\nSELECT count(*) FROM late -- 多行, "引号"', 5),
        ("SELECT o.phone, t.place FROM shop.orders o JOIN shop.tracks t ON t.id = o.id", 5),
        ("COPY shop.orders (phone) TO STDOUT", 3),
        ("SET work_mem = '8MB'", 2),
        ("SELECT shop.peek()", 2),
    ],
    "crm_campaign": [("SELECT phone FROM shop.orders", 7), ("UPDATE shop.orders SET amount = 2 WHERE id = %s", 4)],
    "stranger": [("SELECT * FROM shop.orders", 6), ("SELECT 1", 3), ("SELECT relname FROM pg_class", 2)],
}


@pytest.fixture(scope="module", params=METHODS)
def logged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """(how it was logged, a folder with the log of the workload, a promise and authorisations)."""
    settings = {"log_statement": "all"}
    if request.param == "pgaudit":
        settings = {"shared_preload_libraries": "pgaudit", "pgaudit.log": "read,write", "pgaudit.log_relation": "on"}
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "promise.toml").write_text(PROMISE, "utf-8")
    lines(folder / "auth.jsonl", [GRANT])
    with server(settings) as (url, log):
        workload(url)
        time.sleep(0.5)  # the collector writes what it was sent
        shutil.copytree(log, folder / "log")
    return request.param, folder


def audited(folder: Path, kind: str) -> Result:
    """The audit of one form of the log."""
    (log,) = (folder / "log").glob(f"*.{kind}")
    return audit(
        Request(
            str(folder / "promise.toml"), str(folder / "auth.jsonl"), f"pglog:{log}", "auto", folder / f"{kind}.parquet"
        )
    )


def counts(found: Result) -> Counter[str]:
    """Rows by verdict."""
    return Counter({kind: n for kind, n in zip(KINDS, found.tally.kinds, strict=True) if n})


@pytest.mark.postgres
@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_real_servers_log_is_audited(logged: tuple[str, Path], kind: str) -> None:
    """Every access by its account's purpose and its columns' categories: promised, not promised, unknown; none is lost."""
    method, folder = logged
    found = audited(folder, kind)
    delivered = 40 + 20 + 5 + 5  # within the promise, of persons the log does not name
    expected = Counter(SUBJECT_UNKNOWN=delivered, SCOPE=5, PURPOSE=7 + 4, PURPOSE_UNKNOWN=6, RECIPIENT=3)
    expected["UNPARSED"] = 2  # what a bare call of a function touches its text does not say: it is never passed over
    if method == "pgaudit":  # and here a record of its own does
        expected["SUBJECT_UNKNOWN"] += 2
    assert counts(found) == expected
    assert found.tally.datasets["shop.tracks"][KINDS.index("SCOPE")] == 5
    assert found.tally.passed > 5
    share = 1 - expected["UNPARSED"] / sum(expected.values())
    print(f"{method} {kind}: {found.tally.rows} uses, {share:.1%} usable, {found.tally.passed} lines touch no data")


@pytest.mark.postgres
def test_the_command_says_which_share_was_usable(logged: tuple[str, Path]) -> None:
    """In the terminal and as JSON; no statement's text is shown."""
    _, folder = logged
    (log,) = (folder / "log").glob("*.csv")
    text = asked(folder, f"pglog:{log}")
    data = json.loads(asked(folder, f"pglog:{folder / 'log'}", "--json").stdout)
    assert data["rows"] == audited(folder, "csv").tally.rows  # both forms of one log are one log
    assert text.exit_code == 1 and "可用" in text.stdout and "虚构" not in text.output
    assert data["log"]["uses"] == data["rows"] and data["log"]["usable"] == data["rows"] - data["verdicts"].get(
        "UNPARSED", 0
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("select a, b from s.t where c = 1", [("SELECT", "s.t", ("a", "b", "c"))]),
        ("select * from t", [("SELECT", "public.t", ())]),
        ("select t.a, u.b from s.t, s.u", [("SELECT", "s.t", ("a",)), ("SELECT", "s.u", ("b",))]),
        ("select a from s.t, s.u", [("SELECT", "s.t", ()), ("SELECT", "s.u", ())]),
        ("with x as (select a from s.t) select a from x", [("SELECT", "s.t", ())]),
        ("insert into s.t (a, b) select a, b from s.u", [("INSERT", "s.t", ()), ("SELECT", "s.u", ())]),
        ("insert into s.t (a, b) values (1, 2)", [("INSERT", "s.t", ("a", "b"))]),
        ("update s.t set a = 1 where b = 2", [("UPDATE", "s.t", ("a", "b"))]),
        ("delete from s.t where b = 2", [("DELETE", "s.t", ("b",))]),
        ("copy s.t (a) to stdout", [("COPY", "s.t", ("a",))]),
        ("copy s.t (a) from stdin", [("INSERT", "s.t", ("a",))]),
        ("copy (select a from s.t) to stdout", [("COPY", "s.t", ("a",))]),
        ("explain analyze select a from s.t", [("SELECT", "s.t", ("a",))]),
        ("create table x as select a from s.t", [("SELECT", "s.t", ("a",))]),
        ("select a from s.t; select b from s.u", [("SELECT", "s.t", ("a",)), ("SELECT", "s.u", ("b",))]),
        ("WITH t AS (SELECT * FROM t) SELECT a FROM T", [("SELECT", "public.t", ())]),  # within its own part t is the table
        ("with x as (select a from t), t as (select 1) select a from x", [("SELECT", "public.t", ())]),
        ("with t as (select a from s.u) insert into t select a from t", [("INSERT", "public.t", ()), ("SELECT", "s.u", ())]),
        ("select a from t where b in (with t as (select 1 b) select b from t)", [("SELECT", "public.t", ())]),
        ("with recursive x as (select a from s.t union select a from x) select a from x", [("SELECT", "s.t", ())]),
        ("with y as (select a from s.t), x as (select a from y) select (select a from y) from x", [("SELECT", "s.t", ())]),
        ("with x as (delete from s.t returning *) insert into s.u select * from x", [("DELETE", "s.t", ()), ("INSERT", "s.u", ())]),
        ("SELECT A, \"B\" FROM S.T", [("SELECT", "s.t", ("B", "a"))]),
        ('select a from "S"."T"', [("SELECT", "S.T", ("a",))]),
        ("select a into s.u from s.t", [("SELECT", "s.t", ("a",))]),
        ("select a from s.t union all select b from s.t", [("SELECT", "s.t", ())]),
        ("insert into s.t (a,b) values ($1,$2) on conflict (a) do nothing", [("INSERT", "s.t", ("a", "b"))]),
        (
            "select * from s.t where a in ($1,$2) and b in (select b from s.u where c in ($1,$2))",
            [("SELECT", "s.t", ()), ("SELECT", "s.u", ())],
        ),
        ("select a from s.t$1 where a = '$1,$2'", [("SELECT", "s.t$1", ("a",))]),
        ("declare c scroll cursor with hold for select a from s.t", [("SELECT", "s.t", ("a",))]),
        ("declare update cursor for select a from s.t", [("SELECT", "s.t", ("a",))]),
        ("prepare with_p (int) as update s.t set a = $1", [("UPDATE", "s.t", ("a",))]),
        ("explain (analyze, costs off) with x as (select a from s.t) select a from x", [("SELECT", "s.t", ())]),
        ("lock table s.t in access share mode", []), ("create function s.f() returns int as $$ select 1 $$ language sql", []),
        ("begin", []), ("commit", []), ("set x = 1", []), ("show x", []), ("select 1", []), ("select relname from pg_class", []),
        ("create table s.t (a int)", []), ("vacuum s.t", []), ("discard all", []), ("drop table s.t", []),
    ],
)  # fmt: skip
def test_tables_and_columns_of_statements(text: str, expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    """By a parser; where a column's table is not certain, the whole table counts."""
    assert sorted(use for use in touched(text) if not use[1].endswith(".x")) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "do $$ begin end $$",
        "call s.f()",
        "execute p(1)",
        "select s.f()",
        "select from from",
        "select * from s.f(1)",
        "create table s.x as table s.t",
        "create unlogged table if not exists s.x as execute p",
        "lock table s.t in access share mode; table s.u",
        "x" * 70_000,
    ],
)
def test_what_cannot_be_told_is_never_passed_over(text: str) -> None:
    """Code, calls, prepared names, no SQL at all: NotUnderstood."""
    with pytest.raises(NotUnderstood):
        touched(text)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("statement: select 1", ("select 1", "", "")),
        ("execute <unnamed>: select\n1", ("select\n1", "", "")),
        ("duration: 1.234 ms  statement: select\n1", ("select\n1", "", "")),
        ("duration: 0.2 ms  execute s1/portal: select 1", ("select 1", "", "")),
        ("duration: 0.2 ms  execute fetch from <unnamed>: select 1", ("select 1", "", "")),
        ("duration: 0.2 ms  parse <unnamed>: select a from s.t", None),
        ("duration: 0.2 ms  bind <unnamed>: select a from s.t", None),
        ("duration: 0.2 ms", None),
        ("connection received: host=x", None),
        ("语句: select 1", ("select 1", "", "")),
        ("耗时: 0.2 ms  语句: select\n1", ("select\n1", "", "")),
        ("执行 <unnamed>: select 1", ("select 1", "", "")),
        ("耗时: 0.2 ms  执行提取，来源为 <unnamed>: select 1", ("select 1", "", "")),
        ("持續時間: 0.2 毫秒  執行 s1: select 1", ("select 1", "", "")),
        ("陳述式: select 1", ("select 1", "", "")),
        ("耗时: 0.2 ms  绑定 <unnamed>: select 1", None),
        ("耗时: 0.2 ms  解析 <unnamed>: select 1", None),
        ("耗时: 0.2 ms", None),
        (
            'AUDIT: SESSION,1,1,READ,SELECT,TABLE,"""商城"".""订单 """"一""""""",<not logged>,<none>',
            ("", "SELECT", '商城.订单 "一"'),
        ),
        (
            'AUDIT: SESSION,1,1,READ,SELECT,TABLE,s.t,"select a, b from s.t",<none>',
            ("select a, b from s.t", "SELECT", "s.t"),
        ),
        ("AUDIT: SESSION,1,1,READ,SELECT,,,select a from s.t,<none>", ("select a from s.t", "SELECT", "")),
        (
            'AUDIT: SESSION,1,1,READ,SELECT,TABLE,s.t,"select a -- it\nfrom s.t",<none>',
            ("select a -- it\nfrom s.t", "SELECT", "s.t"),
        ),
        ("AUDIT: OBJECT,1,1,WRITE,INSERT,TABLE,s.t,<not logged>,<not logged>", ("", "INSERT", "s.t")),
        ("AUDIT: SESSION,1,1,DDL,CREATE TABLE,TABLE,s.t,create table s.t (),<none>", None),
    ],
)
def test_messages_of_both_forms(message: str, expected: tuple[str, str, str] | None) -> None:
    """log_statement's and pgaudit's; of what touches data only."""
    found = statement_of(message)
    assert (None if found is None else (found.text, found.verb, found.table)) == expected


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "time,action,dataset\n2026-01-01T00:00:00+08:00,view,shop.orders\n"),
        ("a.csv", "a\nb\n"),
        ("a.json", '{"a": 1}\n{"time": "2026-01-01 00:00:00.000 UTC", "msg": "statement: SELECT 1"}\n'),
    ],
)
def test_what_is_no_log_of_postgresql_is_not_passed_over(tmp_path: Path, name: str, text: str) -> None:
    """Two lines of another file are no lines without a use: each is set aside, and says so."""
    (tmp_path / name).write_text(text, "utf-8")
    rows = list(PostgresLog(tmp_path / name).rows())
    assert [row.line for row in rows if isinstance(row, Bad) and "csvlog" in row.en] == [1, 2]


def test_broken_audit_records_are_set_aside(tmp_path: Path) -> None:
    """A record cut short, an object of an unknown kind, a ragged line: Bad with its line, and the rest is read."""
    log = tmp_path / "postgresql.json"
    good = {
        "timestamp": "2026-05-01 02:00:00.000 UTC",
        "user": "etl_delivery",
        "message": "statement: select a from shop.orders",
    }
    records = [
        "AUDIT: SESSION,1,1,READ",
        'AUDIT: SESSION,1,1,READ,SELECT,TABLE,s.t,"x',
        "AUDIT: SESSION,1,1,READ,SELECT,MIRROR,s.t,x,y",
    ]
    log.write_text(
        "".join(json.dumps(row) + "\n" for row in [good, *(good | {"message": m} for m in records), good]) + "{\n"
    )
    rows = list(PostgresLog(log).rows())
    assert [row.line for row in rows if isinstance(row, Bad)] == [2, 3, 4, 6]
    assert sum(not isinstance(row, Bad) for row in rows) == 2


AUDITED = "AUDIT: SESSION,{0},1,READ,SELECT,TABLE,{1},{2},<none>"
JOIN = "select a.x from shop.a join shop.b using (id)"


@pytest.mark.parametrize(
    ("messages", "tables"),
    [
        (["duration: 1 ms  statement: select x from shop.a"] * 2, ["shop.a", "shop.a"]),
        (["statement: select x from shop.a", "duration: 1 ms"], ["shop.a"]),
        (["statement: select x from shop.a", "duration: 1 ms  statement: select x from shop.a"], ["shop.a"]),
        ([AUDITED.format(1, "shop.a", "select x from a"), "duration: 1 ms  execute <unnamed>: select x from a"], ["shop.a"]),
        ([AUDITED.format(1, "shop.a", JOIN), f"duration: 1 ms  statement: {JOIN}"], ["shop.a", "shop.b"]),
        ([AUDITED.format(1, "shop.a", JOIN), AUDITED.format(1, "shop.b", "<previously logged>"),
          f"duration: 1 ms  statement: {JOIN}", f"duration: 1 ms  statement: {JOIN}"], ["shop.a", "shop.b"] * 2),
        (["duration: 1 ms  statement: select shop.f()"], [None]),
    ],
)  # fmt: skip
def test_statements_logged_with_their_duration_are_uses_and_no_use_is_told_twice(
    tmp_path: Path, messages: list[str], tables: list[str | None]
) -> None:
    """log_min_duration_statement alone, or beside another form of one session's log; a table the other did not tell is told."""
    row = {"timestamp": "2026-05-01 02:00:00.000 UTC", "user": "etl_delivery", "session_id": "1.a"}
    log = lines(tmp_path / "postgresql.json", [row | {"message": message} for message in messages])
    found = [None if isinstance(row, Bad) else row[1]["dataset"] for row in PostgresLog(log).rows()]
    assert found == tables


def test_rows_of_a_cursor_are_told_where_it_is_declared(tmp_path: Path) -> None:
    """By the session that declared it; of another's cursor, and of one that nobody declared, it is not known what it reads."""
    declared = 'DECLARE "C 1" NO SCROLL CURSOR WITH HOLD FOR SELECT phone FROM shop.orders'
    said = [
        ("1.a", declared),
        ("1.a", 'FETCH FORWARD 100 FROM "C 1"'),
        ("1.a", 'fetch "C 1";'),
        ("1.b", 'FETCH ALL FROM "C 1"'),
        ("1.a", "FETCH ALL IN c"),
        ("1.a", "declare C cursor for select id from shop.orders"),
        ("1.a", "FETCH ALL IN c"),
        ("1.a", "FETCH ALL IN c; SELECT f()"),
    ]
    row = {"timestamp": "2026-05-01 02:00:00.000 UTC", "user": "etl_delivery"}
    log = PostgresLog(
        lines(tmp_path / "postgresql.json", [row | {"session_id": s, "message": f"statement: {q}"} for s, q in said])
    )
    found = [(None if isinstance(row, Bad) else row[1]["columns"]) for row in log.rows()]
    assert found == [["phone"], None, None, ["id"], None] and log.passed == 3


def test_values_nested_without_end_stop_no_log(tmp_path: Path) -> None:
    """Where text should stand: the lines around them are read."""
    log = tmp_path / "postgresql.json"
    good = {"timestamp": "2026-05-01 02:00:00.000 UTC", "message": "AUDIT: SESSION,1,1,READ,SELECT,TABLE,s.t,x,y"}
    deep: Any = "x"
    for _ in range(900):
        deep = [deep]
    rows = [good | {"session_id": 1}, *({"session_id": 2} | good | {name: deep} for name in (*good, "session_id"))]
    log.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert [row[0] for row in PostgresLog(log).rows() if not isinstance(row, Bad)] == [1, 2, 4]


@pytest.mark.parametrize(
    ("said", "iso"),
    [
        ("2026-05-01 02:00:00.123 UTC", "2026-05-01 02:00:00.123+00:00"),
        ("2026-05-01 10:00:00 +08", "2026-05-01 10:00:00+08:00"),
        ("2026-05-01 10:00:00 CST", "2026-05-01 10:00:00"),
        ("yesterday", "yesterday"),
    ],
)
def test_times_of_logs(said: str, iso: str) -> None:
    """UTC and offsets are instants; an abbreviation is not, and is left to the promise file's zone."""
    assert instant_of(said) == iso
