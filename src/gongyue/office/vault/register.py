"""What the vault knows of its documents: an SQLite file without any content, and the log to which rows are only ever added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import msgspec
from pysqlite3 import dbapi2

from gongyue.office.vault.register_rows import Document, Done, Intended, LogLine, Request
from gongyue.office.vault.register_schema import FROM_1, SCHEMA, VERSION, statements

__all__ = ["PAPERS", "REQUESTS", "Document", "Done", "Intended", "LogLine", "Register", "Request"]

PAPERS, REQUESTS = "papers", "requests"
"""Where documents of no dossier are: what acts of the open book commit to; letters of persons and the answers to them."""
BUSY_SECONDS = 30.0

_COLUMNS = (
    "c, slot, dossier, by, put, readers, state, kind, size, used, due, restricted, erased, ground, replaced, act,"
    " (SELECT group_concat(number) FROM hold WHERE hold.c = document.c AND released IS NULL)"
)


class Register:
    """One connection to the file. Every writing method is one transaction, or part of the caller's `together`."""

    def __init__(self, path: Path, mode: Literal["ro", "rw", "rwc"] = "rw") -> None:
        uri = f"{path.resolve().as_uri()}?mode={mode}"
        self._db = dbapi2.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
        for pragma in ("synchronous = EXTRA", "secure_delete = ON", "trusted_schema = OFF", "cell_size_check = ON"):
            self._db.execute(f"PRAGMA {pragma}")

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @property
    def version(self) -> int:
        """The schema's version, 0 where nothing was made yet."""
        return int(self._row("PRAGMA user_version")[0])

    def create(self) -> None:
        """Make the tables, all or none."""
        with self.together():
            for statement in statements(SCHEMA):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {VERSION}")

    def update(self) -> None:
        """Make the present tables of those of the version before, all or none."""
        with self.together():
            if self.version == VERSION - 1:
                for statement in statements(FROM_1):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {VERSION}")

    @property
    def erased_bytes(self) -> int:
        """How much of the list of erasures is carried out."""
        return int(self._row("SELECT erased_bytes FROM settled")[0])

    @erased_bytes.setter
    def erased_bytes(self, size: int) -> None:
        self._db.execute("UPDATE settled SET erased_bytes = ?", (size,))

    def copy_to(self, path: Path) -> None:
        """A copy of the file as of now."""
        target = dbapi2.connect(path)
        try:
            self._db.backup(target)
        finally:
            target.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """All that is written inside, or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def _row(self, statement: str, *values: object) -> Any:
        return self._db.execute(statement, values).fetchone()

    # -- documents

    def document(self, c: str) -> Document | None:
        """The document with that commitment."""
        return next(self._documents("c = ?", c), None)

    def documents(self, dossier: str = "") -> list[Document]:
        """All of a dossier, or all there are, in the order of their coming."""
        return list(self._documents("dossier = ?", dossier) if dossier else self._documents("1"))

    def alike(self, dossier: str, by: str, size: int) -> list[Document]:
        """Those of a dossier that the same put and that have so many bytes."""
        return list(self._documents("dossier = ? AND state = 'here' AND by = ? AND size = ?", dossier, by, size))

    def coming(self) -> list[Document]:
        """Those whose putting was interrupted."""
        return list(self._documents("state = 'coming'"))

    def due(self, day: int) -> list[Document]:
        """Those whose retention was over before that day."""
        return list(self._documents("state = 'here' AND due < ?", day))

    def _documents(self, where: str, *values: object) -> Iterator[Document]:
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM document WHERE {where} ORDER BY slot", values)  # noqa: S608 (constants)
        for row in rows.fetchall():
            readers = tuple(row[5].split())
            holds = tuple(sorted(map(int, (row[16] or "").split(",")))) if row[16] else ()
            fields: list[Any] = [*row[:5], readers, *row[6:9], bool(row[9]), row[10], bool(row[11]), *row[12:16], holds]
            yield msgspec.convert(dict(zip(Document.__struct_fields__, fields, strict=True)), Document)

    def next_slot(self) -> int:
        """The first slot that no document ever had."""
        return int(self._row("SELECT coalesce(max(slot) + 1, 0) FROM document")[0])

    def announce(self, c: str, slot: int, dossier: str, by: str, t: int, readers: Iterable[str], act: str = "") -> None:
        """That a document is coming, with that act if any: whoever finds it so later undoes it, or asks for the act."""
        self._db.execute(
            "INSERT INTO document (c, slot, dossier, by, put, readers, state, act) VALUES (?, ?, ?, ?, ?, ?, 'coming', ?)",
            (c, slot, dossier, by, t, " ".join(readers), act),
        )

    def arrived(self, c: str, kind: str, size: int) -> None:
        """That all of it is there; one that comes with an act is here once that stands."""
        self._db.execute(
            "UPDATE document SET state = iif(act = '', 'here', 'coming'), kind = ?, size = ? WHERE c = ?",
            (kind, size, c),
        )

    def stands(self, c: str) -> None:
        """That the act it came with is recorded, and it is here."""
        self._db.execute("UPDATE document SET state = 'here', act = '' WHERE c = ?", (c,))

    def forget(self, c: str) -> None:
        """That it never came."""
        self._db.execute("DELETE FROM document WHERE c = ? AND state = 'coming'", (c,))

    def use(self, c: str) -> None:
        """That it was served or cited."""
        self._db.execute("UPDATE document SET used = 1 WHERE c = ?", (c,))

    def keep(self, c: str, until: int) -> None:
        """The last day it is kept, never an earlier one than was said before."""
        self._db.execute("UPDATE document SET due = max(coalesce(due, ?), ?) WHERE c = ?", (until, until, c))

    def restrict(self, c: str, to_parties: bool) -> None:
        """Whether only the parties may read it."""
        self._db.execute("UPDATE document SET restricted = ? WHERE c = ?", (to_parties, c))

    def erased(self, c: str, t: int, ground: str, replaced: str | None = None) -> None:
        """That it is erased; also one that this file never knew."""
        self._db.execute(
            "INSERT INTO document (c, slot, dossier, by, put, readers, state, erased, ground)"
            " SELECT ?, coalesce(max(slot) + 1, 0), '', '', 0, '', 'erased', ?, ? FROM document WHERE true"
            " ON CONFLICT (c) DO UPDATE SET state = 'erased', erased = excluded.erased, ground = excluded.ground,"
            " kind = NULL, size = NULL, restricted = 0, due = NULL",
            (c, t, ground),
        )
        self._db.execute("UPDATE document SET replaced = coalesce(?, replaced) WHERE c = ?", (replaced, c))

    # -- what an act does once it is recorded

    def intend(self, one: Intended) -> None:
        """That this is done once its act is recorded."""
        row = one.act, one.what, one.c, one.ground, one.by
        self._db.execute("INSERT INTO intended (act, what, c, ground, by) VALUES (?, ?, ?, ?, ?)", row)

    def intended(self) -> list[Intended]:
        """All that waits for its act."""
        rows = self._db.execute("SELECT act, what, c, ground, by FROM intended ORDER BY rowid")
        return [Intended(*row) for row in rows]

    def settled(self, act: str) -> None:
        """That nothing waits for that act any more."""
        self._db.execute("DELETE FROM intended WHERE act = ?", (act,))

    # -- holds, requests, the log

    def hold(self, cs: Sequence[str], ground: str, t: int) -> int:
        """A hold on documents; its number."""
        number = int(self._row("SELECT coalesce(max(number), 0) + 1 FROM hold")[0])
        rows = [(number, c, ground, t) for c in cs]
        self._db.executemany("INSERT INTO hold (number, c, ground, t) VALUES (?, ?, ?, ?)", rows)
        return number

    def held(self, number: int) -> list[str]:
        """The documents under that hold, none once it is released."""
        rows = self._db.execute("SELECT c FROM hold WHERE number = ? AND released IS NULL ORDER BY c", (number,))
        return [c for (c,) in rows]

    def release(self, number: int, t: int) -> None:
        """That the hold is over."""
        self._db.execute("UPDATE hold SET released = ? WHERE number = ? AND released IS NULL", (t, number))

    def release_ground(self, c: str, ground: str, t: int) -> None:
        """That every hold on a document on that ground is over."""
        where = "c = ? AND ground = ? AND released IS NULL"
        self._db.execute(f"UPDATE hold SET released = ? WHERE {where}", (t, c, ground))  # noqa: S608 (a constant)

    def ask(self, kind: str, letter: str, documents: Sequence[str], received: int, due: int) -> int:
        """A request; its number."""
        number = int(self._row("SELECT coalesce(max(number), 0) + 1 FROM request")[0])
        row = (number, kind, letter, " ".join(documents), received, due)
        self._db.execute(
            "INSERT INTO request (number, kind, letter, documents, received, due) VALUES (?, ?, ?, ?, ?, ?)", row
        )
        return number

    def answer(self, number: int, day: int, outcome: str, reply: str | None) -> None:
        """The answer to a request."""
        self._db.execute(
            "UPDATE request SET answered = ?, outcome = ?, reply = ? WHERE number = ?", (day, outcome, reply, number)
        )

    def requests(self) -> list[Request]:
        """Every request, in the order of its recording."""
        rows = self._db.execute("SELECT * FROM request ORDER BY number")
        found = ([*row[:3], tuple(row[3].split()), *row[4:]] for row in rows)
        return [msgspec.convert(dict(zip(Request.__struct_fields__, each, strict=True)), Request) for each in found]

    def note(self, t: int, who: str, what: Done, c: str = "") -> None:
        """Add a row to the log."""
        self._db.execute("INSERT INTO log (t, who, what, c) VALUES (?, ?, ?, ?)", (t, who, what, c))

    def log(self, c: str = "") -> list[LogLine]:
        """The log, of all or of one document."""
        where, values = ("WHERE c = ?", (c,)) if c else ("", ())
        rows = self._db.execute(f"SELECT seq, t, who, what, c FROM log {where} ORDER BY seq", values)  # noqa: S608 (constants)
        return [LogLine(*row) for row in rows]
