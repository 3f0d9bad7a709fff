"""The relational audit on Spark: the log is read by the cluster, from wherever the cluster reads.

The session is the one at hand (spark-submit, pyspark), else one of the member's own configuration (spark-defaults.conf,
PYSPARK_SUBMIT_ARGS); the work folder, where the ledger's lines are, must be one that executors reach.
"""

from __future__ import annotations

import re
import shutil
from bisect import bisect_left
from collections.abc import Iterator
from os.path import relpath
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import pyarrow.parquet as pq

from gongyue.conduct.auditing.columns import SPACES
from gongyue.conduct.auditing.postgres import unsuited
from gongyue.conduct.auditing.pushdown import FACTORS, NULL, OWN, PART, VALUE
from gongyue.conduct.auditing.sources import ParquetPart, Source
from gongyue.conduct.auditing.spark_batches import BATCH, TOLD, Judging
from gongyue.conduct.findings import BadInput
from gongyue.conduct.instants import AFTER, BEYOND, EARLIEST, FIRST, UNITS, offset_of
from gongyue.conduct.uses import Uses

_NUMBERS = frozenset({"tinyint", "smallint", "int", "bigint"})


class Spark:
    """One session; its temporary views are gone at the end."""

    name, dialect = "spark", "pyspark"

    def __init__(self, uses: Source) -> None:
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            raise BadInput(
                "spark 引擎需安装 gongyue[conduct,spark] 与 Java 17", "spark needs gongyue[conduct,spark] and Java 17"
            ) from None
        if uses.table is not None or not uses.columnar:
            raise BadInput("spark 引擎只核对 Parquet", "the spark engine audits Parquet only")
        _said_once(uses)
        self._path = uses.name
        builder = SparkSession.builder.appName("gongyue audit")
        self._spark = builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()
        self._views: list[str] = []
        self._firsts: list[tuple[str, int]] = []
        """Of each file, by its URI, how many rows come before."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for view in self._views:
            self._spark.table(view).unpersist()
            self._spark.catalog.dropTempView(view)

    def stage(self, uses: Uses) -> int:
        """The log's files in order of their paths, rows in the order of each file."""
        from pyspark.sql import functions as F  # noqa: N812 - as Spark's users know it

        spark = self._spark
        spark.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
        spark.conf.set("spark.sql.session.timeZone", "UTC")
        spark.conf.set("spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED")  # days of old are as they stand
        log = spark.read.option("recursiveFileLookup", "false").parquet(self._path)
        log = log.withColumnsRenamed({name: name.strip() for name in log.columns})
        kinds = dict(log.dtypes)
        whole = log.select(
            "*", F.col("_metadata.file_path").alias("_file"), F.col("_metadata.row_index").alias("_index")
        )
        counts = {row["_file"]: row["count"] for row in whole.groupBy("_file").count().collect()}
        total = 0
        for file in sorted(counts, key=_path):
            self._firsts.append((file, total))
            total += counts[file]
        schema = "_file string, _first bigint"
        numbered = whole.join(F.broadcast(spark.createDataFrame(self._firsts, schema)), "_file")
        columns = [(F.col("_first") + F.col("_index") + 1).alias("row"), _time(F, uses, kinds).alias("time"),
                   _subject(F, uses, kinds).alias("subject")]  # fmt: skip
        columns += [_key(F, uses, kinds, ours).alias(factor) for factor, ours in FACTORS.items()]
        self._view("staged", numbered.select(*columns))
        return total

    def upload(self, name: str, table: pa.Table) -> None:
        """A view on rows sent from here."""
        self._view(name, self._spark.createDataFrame(table))

    def lines(self, path: Path) -> None:
        """A view on the file, which executors read themselves."""
        self._view("lines", self._spark.read.parquet(path.absolute().as_uri()))

    def keep(self, name: str, sql: str) -> None:
        """Kept on the executors' disks, so that it is found once."""
        self._keep(name, self._spark.sql(sql))

    def _keep(self, name: str, frame: Any) -> None:
        from pyspark import StorageLevel

        self._view(name, frame.persist(StorageLevel.DISK_ONLY))

    def rows(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """As they come to the driver."""
        for row in self._spark.sql(sql).toLocalIterator():
            yield tuple(row)

    def place(self, row: int) -> tuple[str, int]:
        """By how many rows come before each file."""
        file, before = self._firsts[bisect_left(self._firsts, row, key=lambda one: one[1]) - 1]
        return relpath(_path(file), self._path) if Path(self._path).is_dir() else "", row - before

    def sorted(self, sql: str, folder: Path) -> Iterator[pa.RecordBatch]:
        """Sorted by the cluster into files beside the result, which are read in order."""
        shutil.rmtree(folder, ignore_errors=True)
        self._spark.sql(sql).sort("row").write.parquet(folder.absolute().as_uri())
        for file in sorted(folder.glob("part-*.parquet")):
            with pq.ParquetFile(file) as part:
                yield from part.iter_batches()
        shutil.rmtree(folder)

    def _view(self, name: str, frame: Any) -> None:
        frame.createOrReplaceTempView(name)
        self._views.append(name)


class SparkKernel(Spark):
    """The same with the compiled kernel: executors need gongyue[conduct], and to reach the work folder by the same path."""

    name = "spark-kernel"

    def map(self, name: str, sql: str, judge: Judging) -> None:
        """The kernel's verdicts, kept as `keep` does."""
        self._spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(BATCH))
        self._keep(name, self._spark.sql(sql).mapInArrow(judge, TOLD))

    def rows(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """As they come to the driver; BadInput where the executors' Python cannot run the kernel."""
        from pyspark.errors import PythonException

        try:
            yield from super().rows(sql)
        except PythonException as error:
            lacking = re.search(r"No module named '[\w.]+'|PYTHON_VERSION_MISMATCH", str(error))
            if lacking is None:
                raise
            raise BadInput(
                f"执行器的 Python 跑不了内核（{lacking[0]}）：令 PYSPARK_PYTHON 指向同一版本、装有 gongyue[conduct] 的 Python，或用 --engine spark",
                f"the executors' Python cannot run the kernel ({lacking[0]}): have PYSPARK_PYTHON name one of the driver's version"
                " with gongyue[conduct], or use --engine spark",
            ) from None


def _said_once(uses: Source) -> None:
    """BadInput where a column stands in a file and in its folder's name: Spark takes the folder's word, the other engines the file's."""
    parts = [part for part in uses.parts if isinstance(part, ParquetPart)]
    said = {name: part.name for part in parts for name in part.constants if name in part.names}
    for name, file in said.items():
        raise BadInput(f"{file}：列 {name} 文件里有，文件夹名里也有；用 --engine kernel，它以文件里的为准",
                       f"{file}: column {name} is in the file and in its folder's name; use --engine kernel, which goes by the file")  # fmt: skip


def _path(uri: str) -> Path:
    return Path(unquote(urlsplit(uri).path))


def _named(functions: Any, uses: Uses, kinds: dict[str, str], ours: str) -> Any:
    theirs = uses.columns[ours]
    kind = kinds.get(theirs)
    if kind is None:
        return functions.lit(None).cast("string")
    if kind != "string" and kind not in _NUMBERS:
        raise unsuited(theirs, kind)
    return functions.col(f"`{theirs}`").cast("string")


def _key(functions: Any, uses: Uses, kinds: dict[str, str], columns: tuple[str, ...]) -> Any:
    lit, parts = functions.lit, []
    for ours in columns:
        value = functions.replace(_named(functions, uses, kinds, ours), lit(PART), lit(OWN))
        parts.append(functions.coalesce(functions.concat(lit(VALUE), value), lit(NULL)))
    return functions.concat_ws(PART, *parts)


def _subject(functions: Any, uses: Uses, kinds: dict[str, str]) -> Any:
    trimmed = functions.btrim(_named(functions, uses, kinds, "subject"), functions.lit(SPACES))
    return functions.nullif(trimmed, functions.lit(""))


def _time(functions: Any, uses: Uses, kinds: dict[str, str]) -> Any:
    theirs = uses.columns["time"]
    kind, column = kinds.get(theirs), functions.col(f"`{theirs}`")
    if kind is None:
        return functions.lit(None).cast("bigint")
    if kind in _NUMBERS:
        worth = UNITS[uses.unit]
        good = column.between(FIRST // worth, BEYOND // worth - 1)
        return functions.when(good, column.cast("bigint") * worth)
    zoned = kind == "timestamp"
    if zoned or (kind == "timestamp_ntz" and uses.zone is not None):
        offset = 0 if zoned else offset_of(uses.zone)
        ticks = functions.unix_micros(column.cast("timestamp"))
        return functions.when(ticks.between(EARLIEST, AFTER - 1), ticks - offset)
    raise unsuited(theirs, kind)
