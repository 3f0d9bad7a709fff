"""`verdicts.parquet`: one row a use, in the order of the input; the form is in docs/conduct/audit.md."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from gongyue.conduct.auditing.kernel_arrays import Judged
from gongyue.conduct.os_errors import why
from gongyue.conduct.outputs import begins, half_of
from gongyue.conduct.verdict import KINDS, Verdict
from gongyue.conduct.write_check import unwritable

FORM = "gongyue/verdicts/2"
META = b"gongyue.audit"
"""The key of the Parquet file's metadata under which the run is described, as JSON."""
_ARTICLES = sorted({Verdict(kind).article for kind in KINDS})
_ARTICLE = np.array([_ARTICLES.index(Verdict(kind).article) for kind in KINDS], np.int8)
_NAME = pa.dictionary(pa.int8(), pa.string())
SCHEMA = pa.schema(
    [pa.field("row", pa.int64(), False), pa.field("verdict", _NAME, False), pa.field("authorisation", pa.int64()),
     pa.field("terms", pa.int32()), pa.field("failed", pa.uint8(), False), pa.field("article", _NAME, False)]
)  # fmt: skip


def batch_of(judged: Judged, first: int) -> pa.RecordBatch:
    """Rows numbered from `first`."""
    n = len(judged.kind)
    of_terms, none = judged.of_terms.astype(np.bool_), judged.nearest < 0
    columns = [
        pa.array(np.arange(first, first + n)),
        pa.DictionaryArray.from_arrays(pa.array(judged.kind.astype(np.int8)), pa.array(KINDS)),
        pa.array(judged.nearest, mask=none | of_terms),
        pa.array(judged.nearest.astype(np.int32), mask=none | ~of_terms),
        pa.array(judged.failed),
        pa.DictionaryArray.from_arrays(pa.array(_ARTICLE[judged.kind]), pa.array(_ARTICLES)),
    ]
    return pa.record_batch(columns, schema=SCHEMA)


def writer(path: Path, about: Mapping[str, Any] | None = None) -> pq.ParquetWriter:
    """A writer of verdicts; `about` describes the run."""
    schema = SCHEMA.with_metadata({META: json.dumps(about, ensure_ascii=False).encode()}) if about else SCHEMA
    return pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        compression_level=1,
        use_dictionary=["verdict", "article"],
        write_page_checksum=True,
    )


def aside_of(out: Path) -> Path:
    """Where the rows set aside stand: beside the verdicts."""
    return out.with_name(out.name + ".quarantine.jsonl")


def places_of(out: Path) -> dict[Path, Callable[[Path], bool]]:
    """The files that a run writes, and how each is known for that of an earlier run."""
    return {out: _is_ours, aside_of(out): begins(rb'\{"line":'), half_of(out): begins(b"PAR1")}


def _is_ours(path: Path) -> bool:
    try:
        return META in (pq.read_schema(path).metadata or {})
    except (pa.ArrowException, OSError):
        return False


@contextmanager
def atomic_output(out: Path, then: tuple[str, str] = ("", "")) -> Iterator[Path]:
    """Where verdicts are written until they are whole and stand at `out`. Of what is broken off nothing is left; BadInput
    where it cannot be written, with what to do `then`."""
    half = half_of(out)
    try:
        yield half
        half.rename(out.resolve())
    except OSError as error:
        zh, en = why(error)
        raise unwritable(out, zh + then[0], en + then[1]) from None
    finally:
        half.unlink(missing_ok=True)


def joined(parts: Iterable[Path], half: Path, about: Mapping[str, Any]) -> None:
    """The parts' rows in one file."""
    with writer(half, about) as file:
        for part in parts:
            with pq.ParquetFile(part) as verdicts:
                for group in range(verdicts.num_row_groups):
                    file.write_table(verdicts.read_row_group(group))


def set_aside(out: Path, lines: Iterable[bytes]) -> None:
    """Write the rows set aside beside the verdicts, as JSON lines; where there are none, no file is left of earlier ones."""
    aside = aside_of(out)
    with aside.open("wb") as file:
        file.writelines(lines)
        empty = not file.tell()
    if empty:
        aside.unlink()
