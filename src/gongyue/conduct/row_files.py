"""Rows of a file, by its name: JSON lines, CSV, TSV, Parquet; one at a time, with their line."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from gongyue.conduct.csv_rows import csv_head, csv_rows
from gongyue.conduct.findings import BadInput
from gongyue.conduct.rows import Bad, Row, json_lines, told_apart

JSON = frozenset({".jsonl", ".ndjson", ".json"})
COMMAS = {".csv": ",", ".tsv": "\t"}
"""What ends the names of files of JSON lines, and of those of fields, with what parts these."""


def rows_of(path: str | Path) -> Iterator[Row]:
    """The rows of a file, by its name: .jsonl, .csv, .tsv, .parquet; BadInput for another kind, OSError if not there."""
    path = Path(path)
    kind = path.suffix.lower()
    if kind in JSON:
        with path.open("rb") as stream:
            yield from json_lines(stream)
    elif kind in COMMAS:
        yield from csv_rows(path, COMMAS[kind])
    elif kind == ".parquet":
        yield from _parquet_rows(path)
    else:
        raise BadInput(
            f"{path}：只读 .jsonl、.csv、.tsv 与 .parquet", f"{path}: only .jsonl, .csv, .tsv and .parquet are read"
        )


def heads_of(path: str | Path) -> Iterator[Collection[str]]:
    """The names of a file's columns: once, or the keys of one JSON object after another."""
    path = Path(path)
    kind = path.suffix.lower()
    if kind in COMMAS:
        yield csv_head(path, COMMAS[kind])
    elif kind == ".parquet":
        yield from (row[1] for row in islice(rows_of(path), 1) if not isinstance(row, Bad))
    else:
        yield from (row[1] for row in rows_of(path) if not isinstance(row, Bad))


def _parquet_rows(path: Path) -> Iterator[Row]:
    """Numbered from 1; a few thousand are held. BadInput where the file is not whole, Unreadable where a cell is not."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq

        from gongyue.conduct.auditing.cells import values_of
    except ImportError:
        raise BadInput("读 Parquet 需安装 gongyue[conduct]", "Parquet needs gongyue[conduct]") from None
    path.stat()
    number = 0
    try:
        with pq.ParquetFile(path) as file:
            names = [name.strip() for name in file.schema_arrow.names]
            told_apart(names, path)
            for batch in _batches(file):
                columns = [values_of(column) for column in batch.columns]
                for row in zip(*columns, strict=True) if columns else [()] * len(batch):
                    number += 1
                    yield number, dict(zip(names, row, strict=True))
    except (pa.ArrowException, OSError, ValueError) as error:
        raise BadInput(f"{path} 读不出：{error}", f"{path} cannot be read: {error}") from None


def _batches(file: Any) -> Iterator[Any]:
    """Group by group, so that what was read of one is let go with its reader; OSError where rows are missing."""
    for group in range(file.num_row_groups):
        stated = file.metadata.row_group(group).num_rows
        for batch in file.iter_batches(10_000, [group]):
            stated -= len(batch)
            yield batch
        if stated > 0:
            raise OSError(f"row group {group} has {stated} rows less than it says")
