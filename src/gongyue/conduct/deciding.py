"""The gate over rows: a JSON line in, a JSON line out; a bad line is UNPARSED, counted, and never stops the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import orjson

from gongyue.conduct.authorisations import read_authorisations
from gongyue.conduct.findings import BadInput
from gongyue.conduct.gate import Gate
from gongyue.conduct.opening import open_promise
from gongyue.conduct.rows import Bad, json_lines
from gongyue.conduct.uses import Uses
from gongyue.conduct.verdict import KINDS, Verdict

_UNPARSED = Verdict("UNPARSED")


class Loaded(msgspec.Struct, frozen=True):
    """A gate ready to serve, the reader of its rows, and the authorisations that could not be read."""

    gate: Gate
    uses: Uses
    bad: tuple[Bad, ...] = ()


def load(promise: str | Path, authorisations: str | Path) -> Loaded:
    """The gate on these two files; OSError, BadInput or BadPromise if either cannot be read at all."""
    promised = open_promise(promise)
    bad: list[Bad] = []

    def good() -> Iterator[Any]:
        for row in read_authorisations(authorisations, promised):
            if isinstance(row, Bad):
                bad.append(row)
            else:
                yield row

    gate = Gate(promised, good())
    return Loaded(gate, Uses(promised), tuple(bad))


def answer(loaded: Loaded, row: dict[str, Any]) -> tuple[Verdict, dict[str, Any]]:
    """The verdict on one row, and what is said about it."""
    try:
        use = loaded.uses.read(row)
    except BadInput as bad:
        return _UNPARSED, told(_UNPARSED) | {"reason": {"zh": bad.zh, "en": bad.en}}
    verdict = loaded.gate.decide(use)
    said = told(verdict)
    return verdict, said | {"id": row["id"]} if "id" in row else said


def told(verdict: Verdict) -> dict[str, Any]:
    """A verdict as data: {verdict, allow, article, law, code, failed, authorisation | terms}."""
    words = verdict.words
    said: dict[str, Any] = {"verdict": verdict.kind, "allow": verdict.clean, "article": words["article"]}
    said |= {"law": words["law"], "code": words["code"]}
    if verdict.failed:
        said["failed"] = verdict.all_failed
    if verdict.nearest is not None:
        said["terms" if verdict.of_terms else "authorisation"] = verdict.nearest
    return said


def decided(loaded: Loaded, stream: BinaryIO, counts: Counter[str]) -> Iterator[bytes]:
    """One line of JSON for each line of JSON, with the number of its line; `counts` grows by verdict."""
    for row in json_lines(stream):
        if isinstance(row, Bad):
            counts["UNPARSED"] += 1
            said = told(_UNPARSED) | {"reason": {"zh": row.zh, "en": row.en}}
            yield orjson.dumps({"line": row.line} | said, option=orjson.OPT_APPEND_NEWLINE)
            continue
        verdict, said = answer(loaded, row[1])
        counts[verdict.kind] += 1
        yield orjson.dumps({"line": row[0]} | said, option=orjson.OPT_APPEND_NEWLINE)


def in_rank(counts: Counter[str]) -> dict[str, int]:
    """Counts by verdict, in rank, those that occurred."""
    return {kind: counts[kind] for kind in KINDS if counts[kind]}
