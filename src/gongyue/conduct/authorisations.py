"""Reading authorisations from rows: names as in the promise file, times as instants, scope within the terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from gongyue.conduct.findings import BadInput
from gongyue.conduct.grants import MAX_ID, Authorisation, Scope, narrowed, scope_of
from gongyue.conduct.instants import LAST, instant, written, zone_of
from gongyue.conduct.promise import BASES, Promise
from gongyue.conduct.rows import Bad, rows_of
from gongyue.conduct.uses import named, names

LISTS = ("purposes", "categories", "actions", "recipients", "regions")
_NEEDED = ("purposes", "categories", "actions")
DIGITS = len(str(MAX_ID))


class Authorisations:
    """Reads rows as authorisations; keeps each scope once, whoever has it; an id stands once."""

    def __init__(self, promise: Promise) -> None:
        columns = promise.columns.authorisations
        self._promise, self.unit = promise, columns.time_unit
        self.zone = zone_of(columns.time_zone) if columns.time_zone else None
        self.columns = {ours: columns.name.get(ours, ours) for ours in COLUMNS}
        self._scopes: dict[tuple[str | None, tuple[tuple[str, ...] | None, ...]], Scope] = {}
        self._seen: set[int] = set()

    def read(self, row: Mapping[str, Any], position: int) -> Authorisation:
        """The authorisation a row states; without a number of its own it is known by `position`. BadInput if none."""
        subject = named(self._get(row, "subject"), "subject")
        if subject is None:
            raise BadInput("缺少主体（subject）", "the subject is missing")
        scope, basis = self.what(row)
        start = self._time(row, "valid_from")
        end, withdrawn = (LAST if self._get(row, k) is None else self._time(row, k) for k in ("valid_to", "revoked_at"))
        if end <= start:
            raise BadInput("终点不晚于起点", "it ends before it begins")
        controller = self.to_whom(row)
        return Authorisation(self._id(row, position), subject, controller, scope, start, end, withdrawn, basis)

    def what(self, row: Mapping[str, Any]) -> tuple[Scope, str]:
        """(what is authorised, on which basis)."""
        scope, default = self._scope(row)
        basis = named(self._get(row, "basis"), "basis") or default
        if basis not in BASES:
            raise BadInput(f"依据“{basis}”不在个人信息保护法第十三条之列", f'basis "{basis}" is not one of PIPL 13')
        return scope, basis

    def to_whom(self, row: Mapping[str, Any]) -> str:
        """The controller it was given to; the promise's own where none is stated."""
        return named(self._get(row, "controller"), "controller") or self._promise.controller.id

    def _get(self, row: Mapping[str, Any], ours: str) -> Any:
        value = row.get(self.columns[ours])
        return None if value == "" else value

    def _time(self, row: Mapping[str, Any], ours: str) -> int:
        try:
            return instant(self._get(row, ours), self.unit, self.zone)
        except BadInput as bad:
            raise BadInput(f"{ours}：{bad.zh}", f"{ours}: {bad.en}") from None

    def _id(self, row: Mapping[str, Any], position: int) -> int:
        id = self.numbered(self._get(row, "id"), position)
        if id in self._seen:
            raise twice(id)
        self._seen.add(id)
        return id

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
        name = named(self._get(row, "terms"), "terms")
        lists = tuple(None if self._get(row, k) is None else names(self._get(row, k), k) for k in LISTS)
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


def read_authorisations(path: str | Path, promise: Promise) -> Iterator[Authorisation | Bad]:
    """The authorisations of a JSONL, CSV or Parquet file, and a Bad for each row that is none."""
    reader = Authorisations(promise)
    for position, row in enumerate(rows_of(path), 1):
        if isinstance(row, Bad):
            yield row
            continue
        try:
            yield reader.read(row[1], position)
        except BadInput as bad:
            yield Bad(row[0], bad.zh, bad.en)
