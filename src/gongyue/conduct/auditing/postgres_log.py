"""PostgreSQL's own log as uses: csvlog or jsonlog, with pgaudit's lines (SESSION or OBJECT), log_statement or durations.

Who (the account and application), when, by which verb, on which tables and columns. Whose data it was no such log says:
such a use is judged at the level of the dataset. A statement that cannot be understood is a Bad, never passed over; what
touches no table of the member's (connections, transactions, settings, catalogues) is passed over and counted.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from gongyue.conduct.auditing.statements import NotUnderstood, Touched, touched
from gongyue.conduct.csv_rows import csv_rows
from gongyue.conduct.instants import written
from gongyue.conduct.rows import Bad, Row, json_lines

CSVLOG = (
    "timestamp", "user", "dbname", "pid", "connection_from", "session_id", "line_num", "ps", "session_start", "vxid", "txid",
    "error_severity", "state_code", "message", "detail", "hint", "internal_query", "internal_position", "context", "statement",
    "cursor_position", "location", "application_name", "backend_type", "leader_pid", "query_id",
)  # fmt: skip
"""The columns of csvlog in order; PostgreSQL 12 has 23 of them, 13 has 24, since 14 there are 26."""
SESSIONS = 10_000
"""Sessions whose last statement is remembered."""
TEXTS = 16
"""Statements of a session whose tables are remembered until its next duration is told."""
_STATEMENT = re.compile(
    r"((?:duration|[^\x00-\x7f]+): [\d.]+ (?:ms|毫秒)  )?(?:statement|execute [^:]*|语句|(?:执行|執行)[^:]*|[陈陳]述式): (.*)",
    re.DOTALL,
)
"""In English and in Chinese, which a server writes by its lc_messages; what pgaudit writes is never translated."""
_NAME = r'("(?:[^"]|"")+"|\w+)'
_DECLARED = re.compile(rf"\s*DECLARE\s+{_NAME}\s", re.IGNORECASE)
_FETCHED = re.compile(rf"\s*FETCH\s+(?:[\w\s+-]*\b(?:FROM|IN)\s+)?{_NAME}[\s;]*", re.IGNORECASE)
"""Rows of a cursor: they are told of where it is declared."""
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?) ?(\S*)")
"""When something was logged: every line says so."""
_DATA = frozenset({"READ", "WRITE"})
"""pgaudit's classes that touch data; FUNCTION, ROLE, DDL, MISC do not."""
_TABLES = frozenset({"TABLE", "VIEW", "MATERIALIZED VIEW", "FOREIGN TABLE", "PARTITIONED TABLE", "COMPOSITE TYPE"})
_NO_OBJECT = frozenset({"INDEX", "SEQUENCE", "TOAST TABLE", "FUNCTION"})


class Statement(msgspec.Struct, frozen=True):
    """One logged statement; `verb` and `table` where pgaudit names them."""

    text: str
    verb: str = ""
    table: str = ""
    number: str = ""
    """pgaudit's numbers of the statement and of the statement within it, which are a session's own."""
    timed: bool = False
    """Logged with its duration, once it had ended: another line may have told of it before."""


class PostgresLog:
    """The uses a log states; `passed` counts the lines that state none."""

    def __init__(self, path: Path) -> None:
        self.path, self.passed = path, 0
        self._seen: dict[str, set[Statement]] = {}
        self._told: dict[str, dict[str, set[str]]] = {}
        self._cursors: dict[str, set[str]] = {}

    def rows(self) -> Iterator[Row]:
        """One row a table that a statement touches, by our own names; a Bad for a statement that is not understood."""
        self.passed, self._seen, self._told, self._cursors = 0, {}, {}, {}
        for row in self._lines():
            if isinstance(row, Bad):
                yield row
                continue
            found = list(self._uses(*row))
            self.passed += not found
            yield from found

    def _lines(self) -> Iterator[Row]:
        if self.path.suffix.lower() == ".csv":
            yield from csv_rows(self.path, ",", CSVLOG)
        else:
            with self.path.open("rb") as stream:
                yield from json_lines(stream)

    def _uses(self, line: int, row: dict[str, Any]) -> Iterator[Row]:
        try:
            statement = statement_of(written(row.get("message") or ""))
            if statement is None and not _MOMENT.fullmatch(written(row.get("timestamp") or "")):
                yield Bad(
                    line, "不是 PostgreSQL 的 csvlog 或 jsonlog", "this is neither csvlog nor jsonlog of PostgreSQL"
                )
            if statement is None or self._again(row, statement) or self._fetched(row, statement):
                return
            for verb, table, columns in self._untold(row, statement):
                said = {
                    "time": instant_of(written(row.get("timestamp") or "")),
                    "actor": row.get("user"),
                    "dataset": table,
                }
                yield line, said | {"service": row.get("application_name"), "action": verb, "columns": list(columns)}
        except NotUnderstood as why:
            yield Bad(line, f"语句无法辨认：{why.zh}", f"the statement is not understood: {why.en}")

    def _untold(self, row: dict[str, Any], statement: Statement) -> Touched:
        """What the statement touches, but for the tables that a line before told of the same execution."""
        session = written(row.get("session_id"))
        told = self._told.get(session, {})
        if statement.timed:
            self._told.pop(session, None)
            before = told.get(statement.text)
            if before is not None:
                return tuple(use for use in touched(statement.text) if not _among(use[1], before))
            return touched(statement.text)
        found = touched(statement.text, statement.verb, statement.table)
        if len(self._told) >= SESSIONS or len(told) >= TEXTS:
            self._told.pop(next(iter(self._told)) if len(self._told) >= SESSIONS else session)
        texts = self._told.setdefault(session, {})
        texts.setdefault(statement.text or next(reversed(texts), ""), set()).update(table for _, table, _ in found)
        return found

    def _again(self, row: dict[str, Any], statement: Statement) -> bool:
        """Whether this access was told before: pgaudit's SESSION and OBJECT lines name one access twice."""
        if not statement.table:
            return False
        session = written(row.get("session_id"))
        seen = self._seen.get(session, set())
        if statement in seen:
            return True
        if not any(other.number == statement.number for other in seen):
            if len(self._seen) >= SESSIONS:
                self._seen.clear()
            seen = self._seen[session] = set()
        seen.add(statement)
        return False

    def _fetched(self, row: dict[str, Any], statement: Statement) -> bool:
        """Whether it takes rows of a cursor that the session declared before."""
        session = written(row.get("session_id"))
        if declared := _DECLARED.match(statement.text):
            if len(self._cursors) >= SESSIONS:
                self._cursors.clear()
            names = self._cursors.setdefault(session, set())
            if len(names) >= TEXTS:
                names.clear()
            names.add(_folded(declared[1]))
        fetched = _FETCHED.fullmatch(statement.text)
        return fetched is not None and _folded(fetched[1]) in self._cursors.get(session, ())


def _folded(name: str) -> str:
    """A name as PostgreSQL has it: in small letters where it is not quoted."""
    return name[1:-1] if name.startswith('"') else name.lower()


def _among(table: str, told: set[str]) -> bool:
    """Whether a table was told; what is written without its schema is read as in public, and an audit record knows better."""
    schema, _, name = table.rpartition(".")
    return table in told or (schema == "public" and any(other.rpartition(".")[2] == name for other in told))


def statement_of(message: str) -> Statement | None:
    """The statement a message logs; None for a message about something else, or about what touches no data."""
    if message.startswith("AUDIT: "):
        return _audited(message.removeprefix("AUDIT: "))
    found = _STATEMENT.fullmatch(message)
    return None if found is None else Statement(found[2], timed=found[1] is not None)


def _audited(record: str) -> Statement | None:
    """AUDIT_TYPE, STATEMENT_ID, SUBSTATEMENT_ID, CLASS, COMMAND, OBJECT_TYPE, OBJECT_NAME, STATEMENT, PARAMETER."""
    try:
        fields = next(csv.reader(io.StringIO(record, newline=""), strict=True))
    except (csv.Error, StopIteration):
        raise NotUnderstood("pgaudit 的记录残缺", "a broken pgaudit record") from None
    if len(fields) < 8:
        raise NotUnderstood("pgaudit 的记录残缺", "a broken pgaudit record")
    _, number, within, kind, command, object_type, name, text = fields[:8]
    if kind not in _DATA or object_type in _NO_OBJECT:
        return None
    if object_type and object_type not in _TABLES:
        raise NotUnderstood(f"对象类型 {object_type}", f"an object of type {object_type}")
    plain = _QUOTED.sub(lambda found: found[1].replace('""', '"'), name)  # it quotes names that are not a-z, 0-9 and _
    return Statement("" if text.startswith("<") else text, command.split(" ")[0], plain, f"{number}.{within}")


def instant_of(text: str) -> str:
    """A log's time as ISO 8601; a zone's abbreviation is dropped but for UTC: the promise file says which zone that is."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return text
    moment, zone = found[1], found[2]
    if zone in {"UTC", "GMT"}:
        return moment + "+00:00"
    offset = re.fullmatch(r"([+-]\d\d)(?::?(\d\d))?", zone)
    return moment if offset is None else f"{moment}{offset[1]}:{offset[2] or '00'}"
