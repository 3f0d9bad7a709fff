"""Which tables and columns a statement touches, and by which verb: by sqlglot's parser, never by guessing."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import lru_cache

from sqlglot import exp, parse
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.normalize_identifiers import normalize_identifiers

LONGEST = 1 << 16
"""Characters of one statement; what is longer is not parsed."""
SYSTEM = frozenset({"pg_catalog", "information_schema", "pg_toast"})
_WRITES = {exp.Insert: "INSERT", exp.Update: "UPDATE", exp.Delete: "DELETE", exp.Merge: "MERGE"}
_QUIET = (
    exp.Transaction, exp.Commit, exp.Rollback, exp.Set, exp.Show, exp.Create, exp.Drop, exp.Alter, exp.Comment, exp.Analyze,
    exp.TruncateTable, exp.Grant, exp.Use, exp.Describe, exp.Semicolon,
)  # fmt: skip
_QUIET_COMMANDS = frozenset({
    "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE", "SET", "RESET", "SHOW", "DISCARD", "VACUUM",
    "ANALYZE", "CHECKPOINT", "LISTEN", "UNLISTEN", "NOTIFY", "LOCK", "ALTER", "DROP", "CREATE", "GRANT", "REVOKE", "COMMENT",
    "REINDEX", "CLUSTER", "REFRESH", "CLOSE", "DEALLOCATE", "MOVE", "LOAD", "SECURITY", "REASSIGN",
})  # fmt: skip
_PARAMETER = re.compile(r"(?<![\w$])\$\d+")
"""$1: the parser would take `$1,$` for the beginning of a text, and not see what stands before the next of these."""
_MAKES = re.compile(
    r"\s*(?:(?:or|replace|global|local|temp|temporary|unlogged|recursive|materialized)\s+)*(?:table|view)\b.*\bas\b",
    re.IGNORECASE | re.DOTALL,
)
_BEFORE = {
    word: re.compile(pattern, re.IGNORECASE)
    for word, pattern in {"EXPLAIN": "", "PREPARE": r"\bas\b", "DECLARE": r"\bfor\b"}.items()
}
"""What stands before the statement that such a one holds."""
_BEGINS = re.compile(r"\b(?:select|insert|update|delete|merge|with)\b", re.IGNORECASE)
Touched = tuple[tuple[str, str, tuple[str, ...]], ...]

logging.getLogger("sqlglot").setLevel(logging.ERROR)  # it warns of commands it passes through; they are told here


class NotUnderstood(Exception):
    """A statement that may touch data, and cannot be said to which; its text is not repeated."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh, self.en = zh, en


@lru_cache(maxsize=1 << 14)
def touched(text: str, verb: str = "", table: str = "") -> Touched:
    """(verb, schema.table, columns) for each table; no columns where they are not certain: then the whole table counts.

    `verb` and `table` where an audit record names them: then only that table, and the text for its columns alone.
    NotUnderstood where the text may touch data in a way that cannot be told.
    """
    if table.rpartition(".")[0] in SYSTEM:
        return ()
    if table:
        return (_named_use(text, verb, table),)
    if len(text) > LONGEST:
        raise NotUnderstood("语句过长", "it is too long")
    if not text.strip():
        raise NotUnderstood("日志里没有语句的文字", "the log has not its text")
    try:  # a name that is not quoted is one of small letters
        trees = [
            normalize_identifiers(t, dialect="postgres") for t in parse(_PARAMETER.sub("0", text), read="postgres") if t
        ]
    except (SqlglotError, RecursionError):
        if _word(text) in _QUIET_COMMANDS - {"CREATE"} and ";" not in text.rstrip("; \r\n"):
            return ()
        raise NotUnderstood("不是可解析的 SQL", "no SQL that could be parsed") from None
    return tuple(use for tree in trees for use in _of(tree))


def _word(text: str) -> str:
    """The first word of a statement."""
    return (text.split() or [""])[0].upper()


def _of(tree: exp.Expression) -> Touched:
    if isinstance(tree, exp.Command):
        return _of_command(tree)
    if isinstance(tree, exp.Copy):
        return _of_copy(tree)
    if isinstance(tree, exp.Create) and isinstance(tree.expression, exp.Query):  # CREATE TABLE … AS SELECT reads
        return _of(tree.expression)
    if isinstance(tree, exp.Create) and tree.find(exp.ExecuteAsProperty):
        raise NotUnderstood("CREATE … AS EXECUTE 语句", "a statement CREATE … AS EXECUTE")
    if isinstance(tree, _QUIET):
        return ()
    writes = dict(_written_tables(tree))
    tables = {id(t): t for t in tree.find_all(exp.Table) if not isinstance(t.parent, exp.Into)}  # that one is made
    uses: dict[tuple[str, str], tuple[str, ...]] = {}
    for found in tables.values():
        if not found.name:
            raise NotUnderstood("FROM 里是函数", "a function stands in FROM")
        verb = writes.get(id(found), "")
        if found.db in SYSTEM or (not found.db and (found.name.startswith("pg_") or (not verb and _of_with(found)))):
            continue
        use = verb or "SELECT", name_of(found)
        columns = _columns(tree, found, len(tables))
        uses[use] = tuple(sorted({*columns, *uses.get(use, columns)})) if columns and uses.get(use, columns) else ()
    if not uses and any(isinstance(f, exp.Anonymous) for f in tree.find_all(exp.Func)):
        raise NotUnderstood("只调用函数，读写什么无从得知", "it only calls a function; what that touches is not known")
    return tuple((verb, name, columns) for (verb, name), columns in uses.items())


def _written_tables(tree: exp.Expression) -> Iterator[tuple[int, str]]:
    """The tables that a statement, or a part of it within WITH, writes to, and by which verb."""
    for node in tree.find_all(*_WRITES):
        target = node.this.find(exp.Table) if isinstance(node.this, exp.Expression) else None
        if target is not None:
            yield id(target), _WRITES[type(node)]


def _of_with(table: exp.Table) -> bool:
    """Whether a name without its schema is that of a part of WITH which can be seen from there: one before it, one above it,
    or, where it is RECURSIVE, any of the same."""
    below: exp.Expression = table
    node = table.parent
    while node is not None:
        if isinstance(node, exp.With):
            parts = node.expressions
            seen = parts if node.args.get("recursive") else parts[: next(i for i, p in enumerate(parts) if p is below)]
        else:
            own = next((part for part in node.args.values() if isinstance(part, exp.With)), None)
            seen = [] if own is None or own is below else own.expressions
        if any(part.alias == table.name for part in seen):
            return True
        below, node = node, node.parent
    return False


def _of_command(tree: exp.Command) -> Touched:
    word = str(tree.this).upper().split(" ")[0]
    rest = tree.expression.name if isinstance(tree.expression, exp.Expression) else str(tree.expression)
    if word in _QUIET_COMMANDS and not (word == "CREATE" and _MAKES.match(rest)):
        return ()
    if word in _BEFORE:
        before = _BEFORE[word].search(rest)
        begins = before and _BEGINS.search(rest, before.end())
        if begins:
            return touched(rest[begins.start() :])
    raise NotUnderstood(f"{word} 语句", f"a statement {word}")


def _of_copy(tree: exp.Copy) -> Touched:
    source = tree.this
    if isinstance(source, exp.Subquery | exp.Query):
        return tuple(("COPY", name, columns) for _, name, columns in _of(source))
    table = source if isinstance(source, exp.Table) else source.find(exp.Table)
    if table is None:
        raise NotUnderstood("COPY 语句", "a statement COPY")
    columns = tuple(c.name for c in source.expressions) if isinstance(source, exp.Schema) else ()
    return (("INSERT" if tree.args.get("kind") else "COPY", name_of(table), columns),)


def name_of(table: exp.Table) -> str:
    """schema.table; a table without its schema is taken to be in public (with pgaudit.log_relation it is always named)."""
    return f"{table.db or 'public'}.{table.name}"


def _columns(tree: exp.Expression, table: exp.Table, tables: int) -> tuple[str, ...]:
    """The columns of this table that the statement names; none if it may touch others (*, or whose it is not certain)."""
    if next(tree.find_all(exp.Star), None) is not None:
        return ()
    own = {table.alias_or_name, table.name}
    found = set()
    for column in tree.find_all(exp.Column):
        if column.table in own or (not column.table and tables == 1):
            found.add(column.name)
        elif not column.table:
            return ()
    if isinstance(tree.this, exp.Schema) and tree.this.find(exp.Table) is table:
        found |= {c.name for c in tree.this.expressions}
    return tuple(sorted(found))


def _named_use(text: str, verb: str, table: str) -> tuple[str, str, tuple[str, ...]]:
    """The use of a table that the audit record names: its columns as far as the text says them with certainty.

    pgaudit calls COPY … TO a SELECT; the text says that data left.
    """
    try:
        uses = touched(text) if text else ()
    except NotUnderstood:
        uses = ()
    name = table.rpartition(".")[2]
    found = [(said, columns) for said, other, columns in uses if other in {table, f"public.{name}"}]
    if any(said == "COPY" for said, _ in found):
        verb = "COPY"
    certain = found and all(columns for _, columns in found)
    return verb, table, tuple(sorted({c for _, columns in found for c in columns})) if certain else ()
