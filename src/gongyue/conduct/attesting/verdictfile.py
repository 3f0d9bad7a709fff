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
from gongyue.conduct.auditing.cells import is_text, no_parquet
from gongyue.conduct.auditing.verdict_writer import FORM, META
from gongyue.conduct.findings import BadInput
from gongyue.conduct.grants import MAX_ID
from gongyue.conduct.verdict import KINDS

COLUMNS = ["row", "verdict", "authorisation"]


def about(path: Path) -> dict[str, Any]:
    """What the file says of the run that wrote it; BadInput if it is no such file, OSError if it is not there."""
    with _open_parquet(path) as file:
        raw = (file.schema_arrow.metadata or {}).get(META)
    try:
        said = json.loads(raw or b"null")
    except (ValueError, RecursionError):
        said = None
    if isinstance(said, dict) and said.get("form") == "gongyue/verdicts/1":
        raise BadInput(
            f"{path} 是以前的格式（gongyue/verdicts/1），没有写明对照了撤回：用 gongyue audit --out 重新核对",
            f"{path} is of an earlier form (gongyue/verdicts/1), which does not say whether uses were held to withdrawals: audit"
            " again with gongyue audit --out",
        )
    if not isinstance(said, dict) or said.get("form") != FORM:
        raise _no_verdicts(path)
    return said


def count(path: Path) -> int:
    """How many rows the file holds."""
    with _open_parquet(path) as file:
        return int(file.metadata.num_rows)


def chunks(path: Path) -> Iterator[Rows]:
    """The rows in chunks of CHUNK; BadInput where they are not numbered 1, 2, 3 … without a gap, or not whole."""
    expected, kinds, ids = 1, np.empty(0, np.uint8), np.empty(0, np.int64)
    with _open_parquet(path) as file:
        groups = range(file.num_row_groups)  # group by group: what was read of one is let go with its reader
        for batch in chain.from_iterable(file.iter_batches(CHUNK, [group], COLUMNS) for group in groups):
            _numbered(batch.column("row"), expected + len(kinds), path)
            kinds, ids = np.concatenate([kinds, _kinds(batch, path)]), np.concatenate([ids, _ids(batch, path)])
            while len(kinds) >= CHUNK:
                yield Rows(expected, kinds[:CHUNK], ids[:CHUNK])
                expected, kinds, ids = expected + CHUNK, kinds[CHUNK:], ids[CHUNK:]
    if len(kinds):
        yield Rows(expected, kinds, ids)


@contextmanager
def _open_parquet(path: Path) -> Iterator[pq.ParquetFile]:
    path.stat()
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            if not _has_verdicts(file.schema_arrow):
                raise _no_verdicts(path)
            yield file
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise no_parquet(path, error) from None


def _has_verdicts(schema: pa.Schema) -> bool:
    """Whether each of COLUMNS is there once, and of a type that can hold what an audit writes."""
    if any(schema.names.count(name) != 1 for name in COLUMNS):
        return False
    row, verdict, authorisation = (schema.field(name).type for name in COLUMNS)
    text = verdict.value_type if pa.types.is_dictionary(verdict) else verdict
    numbers = pa.types.is_integer(row) and (pa.types.is_integer(authorisation) or pa.types.is_null(authorisation))
    return numbers and is_text(text)


def _no_verdicts(path: Path) -> BadInput:
    return BadInput(
        f"{path} 不是核对写出的裁断文件（{FORM}）：用 gongyue audit --out 生成",
        f"{path} is not a file of verdicts ({FORM}): gongyue audit --out writes one",
    )


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


def _ids(batch: pa.RecordBatch, path: Path) -> npt.NDArray[np.int64]:
    """The ids, NONE where there is none: one that no authorisation can have is hashed as another, or as none."""
    column = batch.column("authorisation")
    ends = pc.min_max(column)
    if ends["min"].is_valid and not 0 <= ends["min"].as_py() <= ends["max"].as_py() <= MAX_ID:
        wrong = ends["min"].as_py() if ends["min"].as_py() < 0 else ends["max"].as_py()
        raise BadInput(
            f"{path}：授权编号 {wrong} 不在 0 与 {MAX_ID} 之间，不是核对所写",
            f"{path}: the id of an authorisation, {wrong}, is not between 0 and {MAX_ID}: no audit wrote it",
        )
    found: npt.NDArray[np.int64] = pc.fill_null(column.cast(pa.int64()), NONE).to_numpy()
    return found
