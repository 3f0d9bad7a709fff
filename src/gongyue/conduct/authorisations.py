"""Reading authorisations from rows: names as in the promise file, times as instants, scope within the terms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from gongyue.conduct.findings import BadInput
from gongyue.conduct.grants import MAX_ID, Authorisation, Scope, narrowed, scope_of
from gongyue.conduct.input_columns import GRANTED, Unused, require
from gongyue.conduct.instants import LAST, instant, written
from gongyue.conduct.promise import BASES, Promise
from gongyue.conduct.row_files import heads_of, rows_of
from gongyue.conduct.rows import Bad
from gongyue.conduct.uses import read_name, read_names

LISTS = Scope._fields
_NEEDED = ("purposes", "categories", "actions")
ENDLESS = "infinity"
"""How PostgreSQL writes an end that never comes: it is read as none."""
DIGITS = len(str(MAX_ID))


class Authorisations:
    """Reads rows as authorisations; keeps each scope once, whoever has it. `unused`: the columns that nobody reads."""

    def __init__(self, promise: Promise) -> None:
        columns = promise.columns.authorisations
        self._promise, self.unit = promise, columns.time_unit
        self.zone = columns.zone
        self.columns = columns.theirs(c for c in COLUMNS if c != "revoked_at" or promise.withdrawals == "column")
        self._scopes: dict[tuple[str | None, tuple[tuple[str, ...] | None, ...]], Scope] = {}
        self.unused = Unused(self.columns)

    def require(self, name: str, heads: Iterable[Collection[str]]) -> None:
        """BadInput where the input of this name and these heads lacks a column that is needed: see `heads.require`."""
        require(name, heads, self.columns, GRANTED, "authorisations")

    def read(self, row: Mapping[str, Any], position: int) -> Authorisation:
        """The authorisation a row states; without a number of its own it is known by `position`. BadInput if none."""
        subject = read_name(self._get(row, "subject"), "subject")
        if subject is None:
            raise BadInput("缺少主体（subject）", "the subject is missing")
        scope, basis = self.what(row)
        start = self._time(row, "valid_from")
        end, withdrawn = (self._end(row, k) for k in ("valid_to", "revoked_at"))
        if end <= start:
            raise BadInput("终点不晚于起点", "it ends before it begins")
        controller = self.to_whom(row)
        id = self.numbered(self._get(row, "id"), position)
        return Authorisation(id, subject, controller, scope, start, end, withdrawn, basis)

    def stated(self, row: Mapping[str, Any]) -> int | None:
        """The id that a row states, also one that is otherwise not to be read; None where it states none."""
        try:
            id = self.numbered(self._get(row, "id"), -1)
        except BadInput:
            return None
        return None if id < 0 else id

    def what(self, row: Mapping[str, Any]) -> tuple[Scope, str]:
        """(what is authorised, on which basis)."""
        scope, default = self._scope(row)
        basis = read_name(self._get(row, "basis"), "basis") or default
        if basis not in BASES:
            raise BadInput(f"依据“{basis}”不在个人信息保护法第十三条之列", f'basis "{basis}" is not one of PIPL 13')
        return scope, basis

    def to_whom(self, row: Mapping[str, Any]) -> str:
        """The controller it was given to; the promise's own where none is stated."""
        return read_name(self._get(row, "controller"), "controller") or self._promise.controller.id

    def _get(self, row: Mapping[str, Any], ours: str) -> Any:
        theirs = self.columns.get(ours)
        value = None if theirs is None else row.get(theirs)
        return None if value == "" else value

    def _list(self, row: Mapping[str, Any], ours: str) -> tuple[str, ...] | None:
        value = self._get(row, ours)
        return None if value is None or (isinstance(value, str) and not value.strip()) else read_names(value, ours)

    def _end(self, row: Mapping[str, Any], ours: str) -> int:
        return LAST if self._get(row, ours) in (None, ENDLESS) else self._time(row, ours)

    def _time(self, row: Mapping[str, Any], ours: str) -> int:
        try:
            return instant(self._get(row, ours), self.unit, self.zone)
        except BadInput as bad:
            raise BadInput(f"{ours}：{bad.zh}", f"{ours}: {bad.en}") from None

    def numbered(self, value: Any, position: int) -> int:
        """The id a value states, `position` where it states none."""
        stated = None if value is None else written(value).strip() or None
        if stated is None:
            return position
        if not stated.isdecimal():
            raise BadInput(
                f"编号“{stated[:40]}”应为整数；文字编号写在 record",
                f'id "{stated[:40]}" should be an integer; put text in record',
            )
        digits = stated.lstrip("0") or "0"
        if len(digits) > DIGITS or int(digits) > MAX_ID:
            raise twice(digits)
        return int(digits)

    def _scope(self, row: Mapping[str, Any]) -> tuple[Scope, str]:
        """(the scope, kept once; the basis of the terms)."""
        name = read_name(self._get(row, "terms"), "terms")
        lists = tuple(self._list(row, k) for k in LISTS)
        terms = self._promise.terms_by_id.get(name or "")
        if (name, lists) not in self._scopes:
            if name is not None and terms is None:
                raise BadInput(f"terms“{name}”不在承诺文件里", f'terms "{name}" is not in the promise file')
            self._scopes[name, lists] = self._made(None if terms is None else scope_of(terms), lists)
        return self._scopes[name, lists], terms.basis if terms else "consent"

    def _made(self, promised: Scope | None, lists: tuple[tuple[str, ...] | None, ...]) -> Scope:
        given = {k: frozenset(v) for k, v in zip(LISTS, lists, strict=True) if v is not None}
        if promised is not None:
            return narrowed(promised, self._promise, given)
        if missing := [k for k in _NEEDED if k not in given]:
            listed = "、".join(missing)
            raise BadInput(f"没有 terms，也没有 {listed}", f"neither terms nor {listed} is given")
        return Scope(**given)


COLUMNS = ("id", "subject", "controller", "terms", *LISTS, "valid_from", "valid_to", "revoked_at", "basis")


def twice(id: int | str) -> BadInput:
    """What is wrong with an id that stands already, or is too large for the key of a verdict."""
    shown = str(id)[:40]
    return BadInput(f"编号 {shown} 重复，或超过四十位二进制", f"id {shown} is used twice or exceeds 40 bits")


def joined(id: int) -> BadInput:
    """What became of a further row of an id, which says the same but for its times."""
    return BadInput(
        f"编号 {id} 重复：与前一行合为一项，取最晚的起点与最早的终点（含撤回）",
        f"id {id} stands twice: one with the row before, from the latest start to the earliest end or withdrawal",
    )


def contradicted(id: int) -> BadInput:
    """What became of a row whose id another row has that says something else, or cannot be read."""
    return BadInput(
        f"编号 {id} 重复：另一行所说不同或读不出，各行都不采信",
        f"id {id} stands twice: another row says something else or cannot be read, so none of them is believed",
    )


@contextmanager
def unchanged(path: str | Path) -> Iterator[None]:
    """BadInput where a file was written to between the beginning and the end: a part of it, or two states, would be believed."""
    before = _stamp(Path(path))
    yield
    if _stamp(Path(path)) != before:
        raise BadInput(
            f"{path} 在读取期间被改写了：等它写完，或先复制一份，再读",
            f"{path} was written to while it was read: wait until it is whole, or use a copy",
        )


def _stamp(path: Path) -> tuple[int, ...] | None:
    """What changes when a file is written again, or another takes its place; None for a pipe, which is read once."""
    if not path.is_file():
        return None
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def read_authorisations(
    path: str | Path, promise: Promise, unused: dict[str, None] | None = None
) -> Iterator[Authorisation | Bad]:
    """The authorisations of a JSONL, CSV or Parquet file, and a Bad for each row that is none; those of one id at the end.

    `unused` is told the columns that nobody reads. BadInput where a column is missing, or seems to be meant as another, and at
    the end where the file was written to meanwhile.
    """
    with unchanged(path):  # it is read for its columns, its repeated ids and its rows: all three are to be the same
        yield from _authorisations(path, promise, unused)


def _authorisations(
    path: str | Path, promise: Promise, unused: dict[str, None] | None
) -> Iterator[Authorisation | Bad]:
    reader = Authorisations(promise)
    reader.require(str(path), heads_of(path))
    repeated = _repeated(path, reader)
    held: dict[int | None, list[tuple[int, Authorisation | None]]] = {}
    for position, row in enumerate(rows_of(path), 1):
        if isinstance(row, Bad):
            yield row
            continue
        found = _read(reader, row[1], row[0], position)
        id = reader.stated(row[1]) if isinstance(found, Bad) else found.id
        if id in repeated:
            held.setdefault(id, []).append((row[0], None if isinstance(found, Bad) else found))
        if isinstance(found, Bad) or id not in repeated:
            yield found
    for rows in held.values():
        yield from _once(rows)
    if unused is not None:
        unused |= reader.unused.names


def _read(reader: Authorisations, row: Mapping[str, Any], line: int, position: int) -> Authorisation | Bad:
    try:
        return reader.read(row, position)
    except BadInput as bad:
        return Bad(line, bad.zh, bad.en)


def _repeated(path: str | Path, reader: Authorisations) -> set[int]:
    """The ids that stand in more than one row; every row's columns are looked at."""
    seen: set[int] = set()
    repeated: set[int] = set()
    for position, row in enumerate(rows_of(path), 1):
        if not isinstance(row, Bad):
            reader.unused.look(row[1].keys())
            id = reader.stated(row[1])
            id = position if id is None else id
            (repeated if id in seen else seen).add(id)
    return repeated


def _once(rows: list[tuple[int, Authorisation | None]]) -> Iterator[Authorisation | Bad]:
    """The rows of one id: one where they say the same but for their times, from the latest start to the earliest end."""
    grants = [grant for _, grant in rows if grant is not None]
    same = len({(g.subject, g.controller, g.scope, g.basis != "consent") for g in grants}) == 1
    if len(grants) < len(rows) or not same:
        for line, grant in rows:
            if grant is not None:
                bad = contradicted(grant.id)
                yield Bad(line, bad.zh, bad.en)
        return
    yield msgspec.structs.replace(
        grants[0],
        valid_from=max(g.valid_from for g in grants),
        valid_to=min(g.valid_to for g in grants),
        revoked_at=min(g.revoked_at for g in grants),
    )
    bad = joined(grants[0].id)
    yield from (Bad(line, bad.zh, bad.en) for line, _ in rows[1:])
