"""The gate over rows: a JSON line in, a JSON line out; a bad line is UNPARSED, counted, and never stops the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import orjson

from gongyue.conduct.authorisations import read_authorisations, unchanged
from gongyue.conduct.findings import BadInput
from gongyue.conduct.gate import Gate
from gongyue.conduct.objects import trimmed
from gongyue.conduct.promise import Promise
from gongyue.conduct.promise_loader import open_promise
from gongyue.conduct.rows import Bad, json_lines
from gongyue.conduct.uses import Uses
from gongyue.conduct.verdict import CLEAN, KINDS, Verdict

_UNPARSED = Verdict("UNPARSED")


class Loaded(msgspec.Struct, frozen=True):
    """A gate ready to serve, the reader of its rows, and the authorisations that could not be read."""

    gate: Gate
    uses: Uses
    bad: tuple[Bad, ...] = ()
    unused: tuple[str, ...] = ()
    """Columns of the authorisations that nobody reads."""


def load(promise: str | Path, authorisations: str | Path) -> Loaded:
    """The gate on these two files; OSError, BadInput or BadPromise if either cannot be read at all, or changes meanwhile."""
    with unchanged(promise):
        return _loaded(open_promise(promise), authorisations)


def _loaded(promised: Promise, authorisations: str | Path) -> Loaded:
    bad: list[Bad] = []
    unused: dict[str, None] = {}

    def good() -> Iterator[Any]:
        for row in read_authorisations(authorisations, promised, unused):
            if isinstance(row, Bad):
                bad.append(row)
            else:
                yield row

    gate = Gate(promised, good())
    return Loaded(gate, Uses(promised), tuple(bad), tuple(unused))


def answer(loaded: Loaded, row: dict[str, Any], twice: BadInput | None = None) -> tuple[Verdict, dict[str, Any]]:
    """The verdict on one row, and what is said about it; `twice`: that a key stands twice in it."""
    doubts: dict[str, Any] = {}
    try:
        if twice is not None:
            raise twice
        row = trimmed(row)
        if unread := loaded.uses.doubtful(row):
            doubts["doubtful"] = unread
        echoed = _echoed(row)
        use = loaded.uses.read(row)
    except BadInput as bad:
        known = {"id": row["id"]} if "id" in row and _plain(row["id"]) else {}
        return _UNPARSED, unparsed(bad.zh, bad.en) | doubts | known
    verdict = loaded.gate.decide(use)
    return verdict, verdict_data(verdict) | doubts | echoed


def _echoed(row: dict[str, Any]) -> dict[str, Any]:
    """The row's id, to be told apart by; BadInput for one that no answer can carry back as it came."""
    if "id" not in row:
        return {}
    if _plain(row["id"]):
        return {"id": row["id"]}
    raise BadInput("id 应为文字、整数或 null", "id should be text, an integer or null")


def _plain(id: Any) -> bool:
    integer = isinstance(id, int) and not isinstance(id, bool) and -(1 << 63) <= id < 1 << 64
    return id is None or isinstance(id, str) or integer


def unparsed(zh: str, en: str) -> dict[str, Any]:
    """What is said of something that is no use, and why."""
    return verdict_data(_UNPARSED) | {"reason": {"zh": zh, "en": en}}


def verdict_data(verdict: Verdict) -> dict[str, Any]:
    """A verdict as data: {verdict, allow, article, law, code, failed, authorisation | terms}."""
    said = _of_kind(verdict.kind).copy()
    if verdict.failed:
        said["failed"] = verdict.all_failed
    if verdict.nearest is not None:
        said["terms" if verdict.of_terms else "authorisation"] = verdict.nearest
    return said


@cache
def _of_kind(kind: str) -> dict[str, Any]:
    words = Verdict(kind).words
    return {"verdict": kind, "allow": kind in CLEAN, **{name: words[name] for name in ("article", "law", "code")}}


def decided(loaded: Loaded, stream: BinaryIO, counts: Counter[str]) -> Iterator[bytes]:
    """One line of JSON for each line of JSON, with the number of its line; `counts` grows by verdict."""
    for row in json_lines(stream):
        if isinstance(row, tuple):
            line, (verdict, said) = row[0], answer(loaded, row[1])
        else:
            line, verdict, said = row.line, _UNPARSED, unparsed(row.zh, row.en)
        counts[verdict.kind] += 1
        yield orjson.dumps({"line": line, **said}, option=orjson.OPT_APPEND_NEWLINE)


def in_rank(counts: Counter[str]) -> dict[str, int]:
    """Counts by verdict, in rank, those that occurred."""
    return {kind: counts[kind] for kind in KINDS if counts[kind]}
