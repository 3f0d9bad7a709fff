"""The audit as one Ibis expression, for every engine that joins and compares integers.

A use comes with five masks of the scopes that fail it. A ledger line carries the first four authorisations of a pair
side by side, so that one left join, without any grouping, finds what covers and, where nothing does, the least key.
Pairs that have more, or scopes beyond the first page, spill over into further lines, which are folded by MIN.

All keys are doubled, + 1 where the basis is statutory: the least of them carries the basis of what it cites.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import msgspec
import numpy as np
import pyarrow as pa

from gongyue.conduct import verdict as meaning
from gongyue.conduct.auditing.columns import Subjects
from gongyue.conduct.auditing.kernel import K
from gongyue.conduct.auditing.kernel_arrays import Ints
from gongyue.conduct.auditing.use_encoder import PAGE, Table, UseEncoder
from gongyue.conduct.findings import BadInput
from gongyue.conduct.grants import Authorisation, Scope, promised, statutory_grants
from gongyue.conduct.promise import Promise

SLOTS = 4
FIVE = Scope._fields
"""The masks of a use, in order of their bits in the key."""
FIGURES = ("bit", "start", "end", "ended", "cite")
"""What a slot of a line says: scope's bit, times, the key of having ended, the id doubled + basis."""
FAILED = meaning.BITS + 1
"""From this bit on a doubled key says what failed."""


LINE = {"subject": "string", "low": "int64", "high": "int64", "controller": "int64", "page": "int64", "line": "int64",
        "first": "boolean", "more": "boolean"} | {
    f"{name}{slot}": "int64" for slot in range(SLOTS) for name in FIGURES
}  # fmt: skip
"""The form of lines."""
MASKS = {
    "purpose": {"purpose": "int32", "page": "int64", "purposes": "int64"},
    "touch": {"touch": "int32", "page": "int64", "categories": "int64"},
    "way": {"way": "int32", "page": "int64", **dict.fromkeys(FIVE[2:], "int64")},
}
"""The form of the masks of every page."""


def _doubled(bits: int) -> int:
    return 2 << meaning.COUNT | 2 * bits << meaning.BITS


STATIC = {name: _doubled(1 << place) for place, name in enumerate(FIVE)}
EXPIRED, WITHDRAWN, NOT_YET = (_doubled(b) for b in (meaning.EXPIRED, meaning.WITHDRAWN, meaning.NOT_YET))


class Known(msgspec.Struct, frozen=True):
    """What the expression has to know of the promise: its own grants as constants, their scopes on the first page."""

    standing: list[Authorisation]
    promised: list[Authorisation]
    places: list[int]
    """For each [[terms]], by its id - 1: the place of its scope."""


def known(promise: Promise, scopes: Iterable[Any]) -> Known:
    """What the expression has to know; BadInput where the promise has more scopes of its own than a page."""
    place = {scope: number for number, scope in enumerate(scopes)}
    made = list(promised(promise))
    places = [place[grant.scope] for grant in made]
    if max(places) >= PAGE:
        raise BadInput(f"承诺文件的不同范围多于 {PAGE}；用 --engine kernel",
                       f"the promise has more than {PAGE} different scopes; use --engine kernel")  # fmt: skip
    return Known(list(statutory_grants(promise)), made, places)


def verdicts(
    coded: ir.Table, lines: ir.Table, on: list[str], promise: Known, spilled: Spilled | None = None
) -> ir.Table:
    """row → kind (its place in KINDS), nearest (null for none), failed (bits), of_terms.

    `coded`: row, time, state (0 subject, 1 none, 2 not parsed), unknown (purpose), ours, the five masks, and what `lines`
    is joined on; with `spilled` also the codes purpose, touch, way.
    """
    return decided(coded.left_join(lines.select(*on, "more", *figures(FIGURES)), on), on, promise, spilled)


def decided(first: ir.Table, on: list[str], promise: Known, spilled: Spilled | None = None) -> ir.Table:
    """The verdicts where each use stands beside the first line of its pair."""
    if spilled is not None:
        further = spilled.folded(first.filter(first.more), on)
        kept = first.drop(*[c for c in first.columns if c.endswith("_right")])
        first = kept.left_join(further, "row")
        own = ibis.least(_own(first), first.further)
        own = first.more.fill_null(False).ifelse(own, _own(first))
    else:
        own = _own(first)
    return _decided(first, own, promise)


class Spilled(msgspec.Struct, frozen=True):
    """The further lines, and the masks of every page by code."""

    lines: ir.Table
    masks: dict[str, ir.Table]

    def folded(self, uses: ir.Table, on: list[str]) -> ir.Table:
        """row → the least key of its further lines."""
        kept = uses.select("row", "time", *on, "purpose", "touch", "way")
        found = kept.inner_join(self.lines.select(*on, "page", *figures(FIGURES)), on)
        for name, table in self.masks.items():
            found = found.inner_join(table, [name, "page"])
        return found.group_by("row").agg(further=_least(found).min())


def figures(names: Iterable[str]) -> list[str]:
    """The columns of a line that hold these, slot by slot."""
    return [f"{name}{slot}" for slot in range(SLOTS) for name in names]


def _slot(table: ir.Table, slot: int) -> dict[str, Any]:
    return {name: table[f"{name}{slot}"] for name in FIGURES}


def _own(table: ir.Table) -> ir.IntegerColumn:
    """The key of the first slot that covers, else the least of all; null for no line."""
    failing = table.purposes
    for name in FIVE[1:]:
        failing |= table[name]
    time, cases = table.time, []
    for slot in range(SLOTS):
        said = _slot(table, slot)
        covers = ((failing & said["bit"]) == 0) & (time >= said["start"]) & (time < said["end"])
        cases.append((covers, said["cite"]))
    return ibis.cases(*cases, else_=_least(table))


def _least(table: ir.Table) -> ir.IntegerColumn:
    return ibis.least(*(_key(table, _slot(table, slot)) for slot in range(SLOTS)))


def _key(table: ir.Table, said: dict[str, Any]) -> ir.IntegerValue:
    """The doubled key of one authorisation; null where the slot is empty."""
    key, time = said["cite"], table.time
    for name, worth in STATIC.items():
        key += _worth((table[name] & said["bit"]) != 0, worth)
    ended = time >= said["end"]
    return key + _worth(ended, said["ended"]) + _worth((time < said["start"]) & ~ended, NOT_YET)


def _worth(condition: ir.BooleanValue, value: Any) -> ir.IntegerValue:
    """The value where the condition holds, else 0."""
    return condition.ifelse(value, ibis.literal(0, "int64"))


def _constant(table: ir.Table, grant: Authorisation, place: int) -> ir.IntegerValue:
    said = {"bit": 1 << place, "start": grant.valid_from, "end": grant.valid_to, "ended": EXPIRED, "cite": 2 * grant.id}
    return _key(table, {name: ibis.literal(value, "int64") for name, value in said.items()})


def _decided(table: ir.Table, own: ir.IntegerColumn, promise: Known) -> ir.Table:
    none = ibis.null("int64")
    lawful: Any = none
    for grant in sorted(promise.standing, key=lambda g: -g.id):  # the lowest id is asked first
        covers = _constant(table, grant, promise.places[grant.id - 1]) >> FAILED == 0
        lawful = covers.ifelse(ibis.literal(grant.id, "int64"), lawful)
    lawful = table.ours.ifelse(lawful, none) if promise.standing else none
    made = [_constant(table, grant, promise.places[grant.id - 1]) for grant in promise.promised]
    promises = table.ours.ifelse(ibis.least(*made) if len(made) > 1 else made[0], none)
    asked = table.select("row", "time", "state", "unknown", own=own, lawful=lawful, promises=promises)
    settled = (asked.state == 0) & (asked.own >> FAILED == 0)
    return _verdict_columns(asked, settled.fill_null(False))


def _verdict_columns(asked: ir.Table, covered: Any) -> ir.Table:
    """Kind, nearest, failed, of_terms from the keys; each is looked at only where the one before settles nothing."""
    skipped = (asked.state == 2) | asked.unknown
    by_law = asked.lawful.notnull() & ~covered & ~skipped
    nobody = asked.state == 1
    key = nobody.ifelse(asked.promises, asked.own)
    failing = key >> FAILED & 127
    rest = ibis.cases(
        (key.isnull(), K["NO_AUTH"]),
        (key >> FAILED == 0, K["SUBJECT_UNKNOWN"]),
        *((failing & bit != 0, K[kind]) for bit, kind in ((1, "PURPOSE"), (2, "SCOPE"), (4, "ACTION"), (8, "RECIPIENT"), (16, "REGION"))),
        (failing == meaning.EXPIRED, K["EXPIRED"]),
        (failing == meaning.WITHDRAWN, K["WITHDRAWN"]),
        else_=K["NOT_YET"],
    )  # fmt: skip
    kind = ibis.cases(
        (covered & ~skipped, K["OK"] + (asked.own & 1)),
        (asked.state == 2, K["UNPARSED"]),
        (asked.unknown, K["PURPOSE_UNKNOWN"]),
        (asked.lawful.notnull(), K["STATUTORY"]),
        else_=rest,
    )
    cited = (key >> 1) & meaning.ID_MASK
    nearest = ibis.cases((skipped, ibis.null("int64")), (by_law, asked.lawful), else_=cited)
    failed = ibis.cases((skipped | by_law | covered | key.isnull(), 0), else_=failing)
    of_terms = ~skipped & (by_law | (nobody & key.notnull()))
    return asked.select(
        "row", kind=kind.cast("int16"), nearest=nearest, failed=failed.cast("int16"), of_terms=of_terms, time=asked.time
    )


def masks(coder: UseEncoder, codes: tuple[Any, Any, Any]) -> dict[str, Ints]:
    """The five masks of uses with these codes, on the first page."""
    purpose, touch, way = codes
    found = {"purposes": coder.purposes.rows[purpose, 0], "categories": coder.touches.rows[touch, 0]}
    return found | {name: coder.ways.rows[way, place * coder.pages] for place, name in enumerate(FIVE[2:])}


def write_lines(rows: pa.Table, keys: Subjects, out: Path) -> None:
    """The ledger's lines, made by DuckDB: every pair has one `first`; `more` says that there are further ones.

    They carry the subject as text, and `low` and `high`, its key.
    """
    import duckdb

    said = {
        "bit": f"1::BIGINT << (scope % {PAGE})",
        "start": '"start"',
        "end": '"end"',
        "ended": f"CASE WHEN withdrawn THEN {WITHDRAWN} ELSE {EXPIRED} END::BIGINT",
        "cite": "2 * id + statutory::BIGINT",
    }
    slots = ", ".join(
        f'max(CASE WHEN place % {SLOTS} = {slot} THEN {value} END) AS "{name}{slot}"'
        for slot in range(SLOTS)
        for name, value in said.items()
    )
    ledger = rows.append_column("low", pa.array(keys.low)).append_column("high", pa.array(keys.high))
    with breaking_off(), duckdb.connect() as link:
        link.execute("SET preserve_insertion_order = false")
        link.execute("SET enable_progress_bar = false")
        link.register("ledger", ledger)
        link.execute(f"""
            COPY (
                WITH ranked AS (
                    SELECT *, scope // {PAGE} AS page,
                        row_number() OVER (PARTITION BY low, high, controller, scope // {PAGE} ORDER BY id) - 1 AS place
                    FROM ledger
                ), complete AS (
                    FROM ranked UNION ALL BY NAME
                    SELECT any_value(subject) AS subject, low, high, controller, 0 AS page, 0 AS place
                    FROM ranked GROUP BY low, high, controller HAVING min(page) > 0
                ), grouped AS (
                    SELECT any_value(subject)::VARCHAR AS subject, low, high, controller::BIGINT AS controller,
                        page::BIGINT AS page, (place // {SLOTS})::BIGINT AS line, {slots}
                    FROM complete GROUP BY low, high, controller, page, place // {SLOTS}
                )
                SELECT *, page = 0 AND line = 0 AS first, count(*) OVER (PARTITION BY low, high, controller) > 1 AS more
                FROM grouped
            ) TO {quoted_path(out)} (FORMAT parquet)""")  # noqa: S608 - constants, and our own path


@contextmanager
def breaking_off() -> Iterator[None]:
    """A Ctrl-C during a statement of the main thread, of which DuckDB makes a RuntimeError, as the KeyboardInterrupt it is."""
    try:
        yield
    except RuntimeError as error:
        if isinstance(error.__cause__, KeyboardInterrupt):
            raise error.__cause__ from None
        raise


def quoted_path(path: Path) -> str:
    """A path as SQL writes it."""
    return "'" + str(path).replace("'", "''") + "'"


def all_pages(coder: UseEncoder) -> dict[str, pa.Table]:
    """The masks by code and page, one table each for purposes, touches and ways."""
    tables = {"purpose": (coder.purposes, FIVE[:1]), "touch": (coder.touches, FIVE[1:2]), "way": (coder.ways, FIVE[2:])}
    return {name: _pages(table, name, columns, coder.pages) for name, (table, columns) in tables.items()}


def _pages(table: Table, name: str, columns: tuple[str, ...], count: int) -> pa.Table:
    codes = len(table)
    rows = table.rows[:codes].reshape(codes, len(columns), count)
    found = {name: np.repeat(np.arange(codes, dtype=np.int32), count), "page": np.tile(np.arange(count), codes)}
    return pa.table(found | {column: rows[:, place, :].ravel() for place, column in enumerate(columns)})
