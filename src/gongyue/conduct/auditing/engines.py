"""The engines by name, and which one `auto` takes and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from gongyue.conduct.auditing.index import Index
from gongyue.conduct.auditing.kernel import judged
from gongyue.conduct.auditing.kernel_arrays import Judged
from gongyue.conduct.auditing.log_reader import Block
from gongyue.conduct.auditing.packed_ledger import TooMany
from gongyue.conduct.auditing.use_encoder import UseEncoder
from gongyue.conduct.findings import BadInput
from gongyue.conduct.jit import cores

ELSEWHERE = ("spark", "spark-kernel", "postgres")
"""These send the question to where the log is; the others read it on this machine."""


class Engine(Protocol):
    """Blocks in, verdicts out, in the same order. `why`: why this one was taken, in both languages."""

    name: str
    why: tuple[str, str]
    workers: int
    parts: int

    def begin(self, folder: Path) -> None:
        """Before the first block: the run's folder, where what memory does not hold may be put."""
        ...

    def judge(self, blocks: Iterator[Block], cite: bool) -> Iterator[tuple[Block, Judged]]:
        """The verdicts on some blocks; `cite`: with the ids of what covers."""
        ...

    def stop(self) -> None:
        """Break off what another thread has it do at this moment, if anything."""
        ...


class Kernel:
    """The compiled kernel over the packed ledger."""

    name, parts = "kernel", 1

    def __init__(self, index: Index, coder: UseEncoder, why: tuple[str, str]) -> None:
        self._packed, self._coder, self.why = index.packed(), coder, why
        self.workers = cores()

    def begin(self, folder: Path) -> None:
        """All is in memory."""

    def judge(self, blocks: Iterator[Block], cite: bool) -> Iterator[tuple[Block, Judged]]:
        """Block by block."""
        for block in blocks:
            yield block, judged(self._packed, self._coder.held(), block.coded, cite)

    def stop(self) -> None:
        """A block is soon done."""


def engine_of(name: str, index: Index, coder: UseEncoder) -> Engine:
    """The engine called so; BadInput where the kernel was asked for and the ledger does not fit it."""
    if name in {"auto", "kernel"}:
        try:
            return Kernel(index, coder, _requested(name) or ("授权装得下", "the authorisations fit it"))
        except TooMany as many:
            if name == "kernel":
                raise BadInput(
                    f"内核装不下：{many.zh}；用 --engine duckdb",
                    f"the kernel cannot hold: {many.en}; use --engine duckdb",
                ) from None
            why = (f"内核装不下：{many.zh}", f"the kernel cannot hold: {many.en}")
    else:
        why = _requested(name) or ("", "")
    from gongyue.conduct.auditing.duckdb_engine import DuckDB

    return DuckDB(index, coder, why)


def _requested(name: str) -> tuple[str, str] | None:
    return None if name == "auto" else ("由 --engine 指定", "asked for by --engine")
