"""Ids that stand in more than one row of the authorisations."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from gongyue.conduct.auditing.cells import Bools
from gongyue.conduct.authorisations import contradicted, joined
from gongyue.conduct.findings import BadInput

Ints = npt.NDArray[np.int64]
Refuse = Callable[[int, BadInput], None]


def merge_duplicates(table: pa.Table, lost: Ints, refuse: Refuse) -> pa.Table:
    """In order of id, each id once, as `authorisations.read_authorisations` has it: the rows of one id that say the same but
    for their times are one, from the latest start to the earliest end; else none of them is believed, nor of a `lost` one.
    `refuse` is told the `row` of each that is not the ledger's own, and why."""
    ids = table.column("id").to_numpy()
    if not len(ids) or ((np.diff(ids) > 0).all() and not np.isin(ids, lost).any()):
        return table
    table = table.take(pa.array(np.argsort(ids, kind="stable")))
    ids, start, end, gone = (table.column(name).to_numpy() for name in ("id", "start", "end", "withdrawn"))
    firsts = np.flatnonzero(np.r_[True, np.diff(ids) != 0])
    group = np.repeat(np.arange(len(firsts)), np.diff(np.r_[firsts, len(ids)]))
    earliest = np.minimum.reduceat(end, firsts)
    times = {"start": np.maximum.reduceat(start, firsts), "end": earliest,
             "withdrawn": np.logical_or.reduceat(gone & (end == earliest[group]), firsts)}  # fmt: skip
    good = np.logical_and.reduceat(_as_first(table, firsts[group]), firsts) & ~np.isin(ids[firsts], lost)
    _tell(table, refuse, firsts, good[group])
    table = table.take(pa.array(firsts))
    for name, values in times.items():
        table = table.set_column(table.schema.get_field_index(name), name, pa.array(values))
    return table.filter(pa.array(good))


def _as_first(table: pa.Table, first: Ints) -> Bools:
    """Which rows say whose, to whom, what and on which ground as the row of this place does."""
    same = np.ones(len(table), np.bool_)
    for name in ("subject", "controller", "scope", "statutory"):
        column = table.column(name)
        same &= pc.equal(column, column.take(pa.array(first))).to_numpy()
    return same


def _tell(table: pa.Table, refuse: Refuse, firsts: Ints, good: Bools) -> None:
    """Refuse the rows that are not a ledger's own."""
    further = np.ones(len(table), np.bool_)
    further[firsts] = False
    rows, ids = table.column("row").to_numpy(), table.column("id").to_numpy()
    for place in np.flatnonzero(further | ~good):
        refuse(int(rows[place]), (joined if good[place] else contradicted)(int(ids[place])))
