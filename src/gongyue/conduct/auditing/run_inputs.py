"""What an audit is asked, its inputs opened, and what it says of itself: for whichever engine does it."""

from __future__ import annotations

import errno
import hashlib
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec

from gongyue.conduct.auditing.engines import ELSEWHERE
from gongyue.conduct.auditing.file_locks import MONTH, sweep, sweep_unused, temporary_folder
from gongyue.conduct.auditing.index import FORM, Index, beside, index_of
from gongyue.conduct.auditing.sources import Source, source_of
from gongyue.conduct.auditing.stdin_spool import PIPE, piped
from gongyue.conduct.auditing.tally import Tally
from gongyue.conduct.auditing.verdict_writer import FORM as VERDICTS
from gongyue.conduct.auditing.verdict_writer import places_of
from gongyue.conduct.findings import BadInput
from gongyue.conduct.input_columns import USED, doubtful, require
from gongyue.conduct.instants import iso
from gongyue.conduct.outputs import refuse_input, refuse_inside, refuse_other
from gongyue.conduct.promise import Promise
from gongyue.conduct.promise_loader import read_promise
from gongyue.conduct.rows import Bad
from gongyue.conduct.tables import table_of
from gongyue.conduct.uses import Uses
from gongyue.conduct.verdict import KINDS
from gongyue.conduct.write_check import refuse_unwritable
from gongyue.transparency.canonical import digest

Progress = Callable[[int, int | None], None]


class Request(msgspec.Struct, frozen=True):
    """What is asked: inputs by path or URL, uses also from standard input (-); `out`: where verdicts row by row go; `work`:
    where the index is kept."""

    promise: str
    authorisations: str
    uses: str
    engine: str = "auto"
    out: Path | None = None
    work: Path | None = None

    @property
    def lasting(self) -> bool:
        """Whether a run that is broken off is gone on with: not by an engine elsewhere, of a pipe, or where a table is not known
        to be as it was."""
        once = (
            self.uses == PIPE or self.uses.startswith(("postgres://", "postgresql://")) or "://" in self.authorisations
        )
        return self.engine not in ELSEWHERE and not once


class Result(msgspec.Struct, frozen=True):
    """What was found, by which engine and why that one; `resumed`: units a killed run had finished."""

    tally: Tally
    engine: str
    why: tuple[str, str]
    about: dict[str, Any]
    authorisations: int
    unread: int
    unread_rows: list[Bad]
    resumed: int
    seconds: float
    unused: list[str] = []
    """Columns of the authorisations that nobody reads."""
    skipped: list[str] = []
    """Files of the folders that are of no kind that is read."""
    doubtful: list[str] = []
    """Columns of the log that nobody reads, and that have nearly the name of one that is not there."""


class RunInputs(msgspec.Struct, frozen=True):
    """The inputs of a run, opened: what it is known by, and where its work is kept."""

    promise: Promise
    index: Index
    uses: Source
    work: Path
    key: str
    digests: dict[str, str]
    skipped: list[str]
    doubtful: list[str]
    stamp: list[list[Any]]
    """The log's as it was opened."""


def open_inputs(request: Request, stack: ExitStack) -> RunInputs:
    """Open and index the inputs; OSError or BadInput if one cannot be read at all. `stack` removes what is of use but once."""
    promise, data = read_promise(request.promise)
    told = digest(data)
    grants = source_of(request.authorisations)
    work = request.work or beside(grants)
    refuse_inside(work, *filter(None, map(_place, (request.authorisations, request.uses))))
    work.mkdir(parents=True, exist_ok=True)
    for kind in ("pipe", "half", "once"):
        sweep(work, kind)
    stack.enter_context(_room(work))
    pipe = stack.enter_context(piped(work)) if request.uses == PIPE else None
    uses = source_of(str(pipe or request.uses))
    found, stamp = grants.stamp(), uses.stamp()
    ledger = grants.digest()
    given = ledger or secrets.token_hex(16)
    named = list(dict.fromkeys(part.file for part in grants.parts))  # what is set aside there is told by its file
    key = hashlib.sha256(msgspec.json.encode([FORM, told, given, named])).hexdigest()[:24]
    unsure = _looked(uses, Uses(promise).columns)
    once = pipe and pipe.parent
    if once is None and not (ledger and stamp):
        once = stack.enter_context(temporary_folder(work, "once"))
    index = stack.enter_context(index_of(grants, found, promise, key, work if ledger or once is None else once))
    sweep_unused(work, "index", MONTH)
    asked = msgspec.json.encode([stamp or secrets.token_hex(16), bool(request.out), version("gongyue")])
    run = hashlib.sha256(key.encode() + asked).hexdigest()[:24]
    digests = {"promise": told, "authorisations": ledger}
    skipped = [*grants.skipped, *uses.skipped]
    return RunInputs(promise, index, uses, once or work, run, digests, skipped, unsure, stamp)


@contextmanager
def _room(work: Path) -> Iterator[None]:
    """BadInput that names the folder where its disk is full, or that disk and DuckDB's memory are."""
    try:
        yield
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise full(work) from None
    except Exception as error:
        # an error of DuckDB's, which only its engine loads
        if not (type(error).__module__.endswith("duckdb") and re.search("Out of Memory|No space left", str(error))):
            raise
        raise BadInput(
            f"duckdb 的内存与工作文件夹 {work} 所在的磁盘都不够：给磁盘腾出空间，用 --work 换一处，或设更大的 GONGYUE_DUCKDB_MEMORY；"
            "再问一次即接着做",
            f"neither the memory of duckdb nor the disk of the work folder {work} suffices: make room there, choose another place"
            " with --work, or set a larger GONGYUE_DUCKDB_MEMORY; asking again goes on from here",
        ) from None


def full(work: Path) -> BadInput:
    """The error for a work folder whose disk is full."""
    return BadInput(
        f"工作文件夹 {work} 所在的磁盘已满：请腾出空间，或用 --work 换一处；再问一次即可",
        f"the disk of the work folder {work} is full: make room, or choose another place with --work; then ask again",
    )


def unchanged(given: RunInputs) -> bool:
    """Whether the files of the log are as they were opened; a table is no file whose digest is taken."""
    return given.uses.table is not None or given.uses.stamp() == given.stamp


def _looked(uses: Source, columns: dict[str, str]) -> list[str]:
    """The doubtful columns of a log, by the first row of each part; BadInput where a part lacks a column that is needed."""
    found: dict[str, None] = {}
    for part in uses.parts:
        require(part.name, part.heads(), columns, USED, "uses")
        found |= dict.fromkeys(doubtful(next(iter(part.heads()), ()), columns))
    return list(found)


def refuse_out(out: Path, request: Request) -> None:
    """BadInput where the verdicts, or the rows set aside, cannot be written, or only over an input or another's file."""
    refuse_unwritable(out)
    inputs = [request.promise, *filter(None, map(_place, (request.authorisations, request.uses)))]
    for written, ours in places_of(out).items():
        refuse_input(written, *inputs)
        refuse_other(written, ours)


def _place(text: str) -> str:
    """The file or folder that an input names; nothing for a table of a server."""
    table = table_of(text)
    return text.removeprefix("pglog:") if table is None else str(table.file or "")


def describe_run(given: RunInputs, tally: Tally, engine: str, digest: str) -> dict[str, Any]:
    """The run, as `verdicts.parquet` carries it."""
    counts = {kind: n for kind, n in zip(KINDS, tally.kinds, strict=True) if n}
    period = {"first": _instant(tally.first), "last": _instant(tally.last)}
    contents, withdrawals = given.index.contents, given.promise.withdrawals
    ledger = {"digest": given.digests["authorisations"], "rows": contents.rows, "unread": contents.unread}
    return {
        "form": VERDICTS,
        "tool": f"gongyue {version('gongyue')}",
        "engine": engine,
        "promise": given.digests["promise"],
        "authorisations": ledger | {"withdrawals": withdrawals},
        "uses": {"digest": digest, "rows": tally.rows},
        "counts": counts,
        "period": period,
    }


def _instant(ticks: int | None) -> str | None:
    """ISO 8601; of an instant before or after the years that it writes, the first or last one."""
    try:
        return None if ticks is None else iso(ticks)
    except OverflowError:
        return "0001-01-01T00:00:00Z" if ticks and ticks < 0 else "9999-12-31T23:59:59.999999Z"
