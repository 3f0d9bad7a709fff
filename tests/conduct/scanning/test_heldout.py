from __future__ import annotations

from typing import Any

import pytest

from gongyue.conduct.scanning.entity_types import kinds
from gongyue.conduct.scanning.tables import Column
from gongyue.conduct.scanning.texts import spans
from tests.conduct.scanning.heldout import documents, tables
from tests.conduct.scanning.scoring import f1, of_spans

CORE = ("CN_ID", "CN_MOBILE", "BANK_CARD", "EMAIL", "PERSON", "ADDRESS")
STRUCTURED = ("CN_ID", "CN_MOBILE", "BANK_CARD", "EMAIL", "IMEI", "MAC", "USCC", "VIN", "LANDLINE", "PLATE")


@pytest.fixture(scope="module")
def scores() -> dict[str, tuple[int, int, int]]:
    """Counts by type on texts drawn from another seed than any before."""
    gold = documents(77, each=12)
    return of_spans(gold, spans([d["text"] for d in gold]))


def test_texts_reach_their_aims(scores: dict[str, tuple[int, int, int]]) -> None:
    """F1 .92 over all, .95 on the Chinese core, .98 on the structured types."""
    assert f1(*(sum(n) for n in zip(*scores.values(), strict=True))) >= 0.92
    assert {k: f1(*scores[k]) for k in CORE if f1(*scores[k]) < 0.95} == {}
    assert {k: f1(*scores[k]) for k in STRUCTURED if f1(*scores[k]) < 0.98} == {}


def decided(table: Any) -> dict[str, set[str]]:
    """Column → types found."""
    found = {}
    for name in table.column_names:
        column = Column(name)
        for chunk in table[name].chunks:
            column.add(chunk)
        found[name] = {kinds()[d.kind].name for d in column.types()}
    return found


@pytest.mark.parametrize("seed", [5, 6, 7])
def test_columns_are_decided_and_clean_ones_left_alone(seed: int) -> None:
    """Mixed, joined, masked, full-width, old, damaged ones; numbers that pass Luhn or look like ids are not flagged."""
    data, labels = tables(seed)
    wrong = {
        (name, column): (types, held)
        for name, table in data.items()
        for column, held in decided(table).items()
        if held != (types := set(labels[name][column]))
    }
    assert wrong == {}


def test_a_few_rows_are_enough_and_none_are_too_few() -> None:
    """Twenty rows decide as three hundred do for numbers with a check; no rows, no types."""
    data, labels = tables(9, rows=20)
    flagged = [c for n, t in data.items() for c, held in decided(t).items() if held and not labels[n][c]]
    assert flagged == []
    empty, _ = tables(9, rows=0)
    assert all(not held for table in empty.values() for held in decided(table).values())
