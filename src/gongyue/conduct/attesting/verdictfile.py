"""`verdicts.parquet` as an audit writes it: what it says of its run, and its rows, chunk by chunk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gongyue.conduct.attesting.leaves import CHUNK, NONE, Rows
from gongyue.conduct.auditing.writing import FORM, META
from gongyue.conduct.findings import BadInput
from gongyue.conduct.verdict import KINDS

COLUMNS = ["row", "verdict", "authorisation"]


def about(path: Path) -> dict[str, Any]:
    """What the file says of the run that wrote it; BadInput if it is no such file, OSError if it is not there."""
    with _opened(path) as file:
        raw = (file.schema_arrow.metadata or {}).get(META)
        missing = [name for name in COLUMNS if name not in file.schema_arrow.names]
    try:
        said = json.loads(raw or b"null")
    except ValueError:
        said = None
    if not isinstance(said, dict) or said.get("form") != FORM or missing:
        raise BadInput(
            f"{path} 不是核对写出的裁断文件（{FORM}）：用 gongyue audit --out 生成",
            f"{path} is not a file of verdicts ({FORM}): gongyue audit --out writes one",
        )
    return said


def count(path: Path) -> int:
    """How many rows the file holds."""
    with _opened(path) as file:
        return int(file.metadata.num_rows)


def chunks(path: Path) -> Iterator[Rows]:
    """The rows in chunks of CHUNK; BadInput where they are not numbered 1, 2, 3 … without a gap, or not whole."""
    expected, kinds, ids = 1, np.empty(0, np.uint8), np.empty(0, np.int64)
    with _opened(path) as file:
        groups = range(file.num_row_groups)  # group by group: what was read of one is let go with its reader
        for batch in chain.from_iterable(file.iter_batches(CHUNK, [group], COLUMNS) for group in groups):
            _numbered(batch.column("row"), expected + len(kinds), path)
            kinds, ids = np.concatenate([kinds, _kinds(batch, path)]), np.concatenate([ids, _ids(batch)])
            while len(kinds) >= CHUNK:
                yield Rows(expected, kinds[:CHUNK], ids[:CHUNK])
                expected, kinds, ids = expected + CHUNK, kinds[CHUNK:], ids[CHUNK:]
    if len(kinds):
        yield Rows(expected, kinds, ids)


@contextmanager
def _opened(path: Path) -> Iterator[pq.ParquetFile]:
    path.stat()
    try:
        with pq.ParquetFile(path) as file:
            yield file
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} 不是完整的 Parquet：{error}", f"{path} is no whole Parquet file: {error}") from None


def _numbered(column: pa.Array, first: int, path: Path) -> None:
    expected = np.arange(first, first + len(column))
    if column.null_count:
        raise BadInput(f"{path}：有行没有行号", f"{path}: a row has no number")
    wrong = np.flatnonzero(column.to_numpy() != expected)
    if len(wrong):
        row, found = int(expected[wrong[0]]), column[int(wrong[0])].as_py()
        raise BadInput(
            f"{path}：应为第 {row} 行，实为 {found}：有行缺失或被移动",
            f"{path}: row {row} was due and {found} stands there: rows are missing or were moved",
        )


def _kinds(batch: pa.RecordBatch, path: Path) -> npt.NDArray[np.uint8]:
    column = batch.column("verdict")
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    column.validate(full=True)  # an index beyond the dictionary
    names = column.dictionary.to_pylist()
    unknown = [name for name in names if name not in KINDS]
    if unknown or column.null_count:
        raise BadInput(f"{path}：有不认识的裁断", f"{path}: there is a verdict that is not known")
    place = np.array([KINDS.index(name) for name in names], np.uint8)
    found: npt.NDArray[np.uint8] = place[column.indices.to_numpy()]
    return found


def _ids(batch: pa.RecordBatch) -> npt.NDArray[np.int64]:
    found: npt.NDArray[np.int64] = pc.fill_null(batch.column("authorisation").cast(pa.int64()), NONE).to_numpy()
    return found
