"""The tables of the vault's register, and how those of the version before become the present ones."""

from __future__ import annotations

from collections.abc import Iterator

from pysqlite3 import dbapi2

VERSION = 2

SCHEMA = """
CREATE TABLE settled (erased_bytes INTEGER NOT NULL);
INSERT INTO settled VALUES (0);
CREATE TABLE document (
  c TEXT PRIMARY KEY, slot INTEGER NOT NULL UNIQUE, dossier TEXT NOT NULL, by TEXT NOT NULL, put INTEGER NOT NULL,
  readers TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('coming', 'here', 'erased')), kind TEXT, size INTEGER,
  used INTEGER NOT NULL DEFAULT 0, due INTEGER, restricted INTEGER NOT NULL DEFAULT 0,
  erased INTEGER, ground TEXT, replaced TEXT, act TEXT NOT NULL DEFAULT ''
);
CREATE INDEX document_dossier ON document (dossier, by, size);
CREATE INDEX document_coming ON document (state) WHERE state = 'coming';
CREATE INDEX document_due ON document (due) WHERE state = 'here';
CREATE TABLE hold (
  number INTEGER NOT NULL, c TEXT NOT NULL, ground TEXT NOT NULL, t INTEGER NOT NULL, released INTEGER,
  PRIMARY KEY (number, c)
);
CREATE INDEX hold_c ON hold (c) WHERE released IS NULL;
CREATE TABLE request (
  number INTEGER PRIMARY KEY, kind TEXT NOT NULL, letter TEXT NOT NULL, documents TEXT NOT NULL, received INTEGER NOT NULL,
  due INTEGER NOT NULL, answered INTEGER, outcome TEXT, reply TEXT
);
CREATE TABLE intended (act TEXT NOT NULL, what TEXT NOT NULL, c TEXT NOT NULL, ground TEXT NOT NULL, by TEXT NOT NULL);
CREATE TABLE log (seq INTEGER PRIMARY KEY AUTOINCREMENT, t INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, c TEXT NOT NULL);
CREATE INDEX log_c ON log (c);
CREATE TRIGGER log_stays BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER log_whole BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
"""

FROM_1 = """
ALTER TABLE document ADD COLUMN act TEXT NOT NULL DEFAULT '';
CREATE TABLE intended (act TEXT NOT NULL, what TEXT NOT NULL, c TEXT NOT NULL, ground TEXT NOT NULL, by TEXT NOT NULL);
"""
"""What makes version 2 of version 1."""


def statements(script: str) -> Iterator[str]:
    """The statements of a script, none of them empty; a trigger's inner ones belong to it."""
    pending = ""
    for line in script.splitlines():
        pending += line + "\n"
        if dbapi2.complete_statement(pending):
            yield pending.strip()
            pending = ""
