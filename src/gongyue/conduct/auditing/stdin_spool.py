"""A log from a pipe: kept on disk for as long as its audit takes, for memory is bounded and a log is read more than once."""

from __future__ import annotations

import codecs
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gongyue.conduct.auditing.file_locks import temporary_folder
from gongyue.conduct.findings import BadInput

PIPE = "-"
"""How standard input is written."""
_HEAD = 1 << 16
_UNREADABLE = {b"\x1f\x8b": "gzip", b"PK\x03\x04": "zip", b"PAR1": "Parquet"}
"""By their first bytes."""


class NothingPiped(BadInput):
    """Standard input is a terminal, or closed."""


@contextmanager
def piped(root: Path) -> Iterator[Path]:
    """What standard input gives, as a file in a folder of its own below `root`, which is gone afterwards.

    NothingPiped, or BadInput where it gives neither JSON lines nor CSV nor TSV.
    """
    if sys.stdin is None or sys.stdin.isatty():
        raise NothingPiped(
            "--uses - 读管道，而标准输入没有接上数据：写作 zcat log.jsonl.gz | gongyue audit … --uses -，或写文件名",
            "--uses - reads a pipe, and nothing is piped in: write zcat log.jsonl.gz | gongyue audit … --uses -, or name a file",
        )
    stream = sys.stdin.buffer
    head = stream.read(_HEAD)
    kind = _kind(head)
    with temporary_folder(root, "pipe") as folder:
        file = folder / f"stdin.{kind}"
        with file.open("wb") as kept:
            kept.write(head)
            shutil.copyfileobj(stream, kept, 1 << 20)
        try:
            yield file
        except BadInput as bad:  # the file is gone by the time its name is read
            zh, en = bad.zh.replace(str(file), "标准输入"), bad.en.replace(str(file), "standard input")
            raise BadInput(zh, en, bad.rows) from None


def _kind(head: bytes) -> str:
    """jsonl, csv or tsv: a line of JSON begins with a brace, and a head has more tabs than commas or not. BadInput for others."""
    for mark, name in _UNREADABLE.items():
        if head.startswith(mark):
            raise BadInput(
                f"管道里是 {name}：只读 JSON 行、CSV 与 TSV；先解压（zcat），或写文件名",
                f"the pipe gives {name}: JSON lines, CSV and TSV are read; unpack it first (zcat), or name a file",
            )
    text = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if text[:1] in {b"", b"{", b"["}:
        return "jsonl"
    first = text.splitlines()[0]
    return "tsv" if first.count(b"\t") > first.count(b",") else "csv"
