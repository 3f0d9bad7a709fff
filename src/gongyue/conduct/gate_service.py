"""The gate as a service keeps it: loaded, replaced without loss, and what it counted; how it is asked is `gate_http`."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec

from gongyue.conduct import os_errors
from gongyue.conduct.findings import BadInput
from gongyue.conduct.gate_stream import Loaded, answer, load, unparsed
from gongyue.conduct.promise_loader import BadPromise
from gongyue.conduct.reload_losses import MAX_LOSS, Loss, loss, refused

_NOTHING = Loss(0, 0, 0, 0)


class Service:
    """The loaded gate, and how it is replaced without loss; `max_loss`: per cent that reloads may lose until one is forced (`reload_losses`)."""

    def __init__(self, promise: str | Path, authorisations: str | Path, max_loss: Fraction = MAX_LOSS) -> None:
        self._files, self.max_loss = (promise, authorisations), max_loss
        self._reloading, self._counting = threading.Lock(), threading.Lock()
        self.loaded: Loaded = load(*self._files)
        self.loaded_at = time.time()
        self.decisions: Counter[str] = Counter()
        self.requests: Counter[str] = Counter()
        self.reloads: Counter[str] = Counter()
        self.seconds = 0.0
        self.reload_error: dict[str, str] | None = None
        self.lost: Loss | None = None
        """What the reload lost that what stands is from; None before any."""
        self.lost_since = _NOTHING
        """What all reloads lost since the start, or since the last that was forced."""
        self.told: Callable[[], None] = lambda: None
        """Called after every reload, whoever asked for it."""

    def decide(self, rows: list[Any], twice: list[BadInput | None]) -> list[dict[str, Any]]:
        """The answers, all by the index that stood when they were asked; `twice` as `doubled` gives it for these rows."""
        loaded, begun, answers = self.loaded, time.perf_counter(), []
        counts: Counter[str] = Counter()
        for row, doubt in zip(rows, twice, strict=True):
            if isinstance(row, dict):
                verdict, said = answer(loaded, row, doubt)
                kind = verdict.kind
            else:
                kind, said = "UNPARSED", unparsed("每一项应为一个 JSON 对象", "each item should be a JSON object")
            counts[kind] += 1
            answers.append(said)
        with self._counting:
            self.decisions += counts
            self.seconds += time.perf_counter() - begun
        return answers

    def asked(self, what: str) -> None:
        """Count a request."""
        with self._counting:
            self.requests[what] += 1

    def reload(self, force: bool = False) -> bool:
        """Read the files again; whether it went well. If not, the old index stays and /health says why.

        `force`: also where more would be lost than may be; what is lost is counted anew from there.
        """
        with self._reloading:
            try:
                fresh = _readable(load(*self._files))
                lost = loss(self.loaded.gate, fresh.gate)
                since = _NOTHING if force else lost.with_earlier(self.lost_since)
                if not force:
                    _refuse_loss(since, self.loaded.gate.size, fresh.gate.size, self.max_loss)
            except BadPromise as bad:
                said = f"gongyue promise check {self._files[0]}"
                self.reload_error = {"zh": f"{bad.zh}；全部列出：{said}", "en": f"{bad.en}; {said} lists them"}
            except BadInput as bad:
                self.reload_error = {"zh": bad.zh, "en": bad.en}
            except OSError as error:
                (zh, en), file = os_errors.why(error), error.filename or ""
                self.reload_error = {"zh": f"无法读取 {file}：{zh}", "en": f"{file} cannot be read: {en}"}
            else:
                self.loaded, self.loaded_at, self.reload_error = fresh, time.time(), None
                self.lost, self.lost_since = lost, since
            self.reloads["failed" if self.reload_error else "done"] += 1
            good = self.reload_error is None
            self.told()
            return good

    def health(self) -> dict[str, Any]:
        """How it stands."""
        bad = len(self.loaded.bad)
        return {
            "status": "ok" if self.reload_error is None and not bad else "degraded",
            "authorisations": self.loaded.gate.size,
            "withdrawals": self.loaded.gate.promise.withdrawals,
            "withdrawn": self.loaded.gate.withdrawn,
            "bad_authorisations": bad,
            "unused_columns": list(self.loaded.unused),
            "loaded": int(self.loaded_at),
            "reload_error": self.reload_error,
            "lost": None if self.lost is None else msgspec.to_builtins(self.lost),
            "lost_since": {
                "authorisations": self.lost_since.authorisations,
                "withdrawals": self.lost_since.withdrawals,
            },
            "max_loss": float(self.max_loss),
        }

    def metrics(self) -> str:
        """Prometheus text exposition format 0.0.4."""
        with self._counting:
            groups = [
                ("gongyue_gate_decisions_total", "Decisions by verdict.", "verdict", dict(self.decisions)),
                ("gongyue_gate_requests_total", "HTTP requests by path.", "path", dict(self.requests)),
                ("gongyue_gate_reloads_total", "Reloads by outcome.", "outcome", dict(self.reloads)),
            ]
            seconds = self.seconds
        lines = []
        for name, help, label, counts in groups:
            lines += [f"# HELP {name} {help}", f"# TYPE {name} counter"]
            lines += [f'{name}{{{label}="{value}"}} {n}' for value, n in sorted(counts.items())]
        for name, kind, help, value in (
            ("gongyue_gate_seconds_total", "counter", "Seconds spent deciding.", f"{seconds:.6f}"),
            ("gongyue_gate_authorisations", "gauge", "Authorisations in the index.", self.loaded.gate.size),
            ("gongyue_gate_withdrawn", "gauge", "Those of them that were withdrawn.", self.loaded.gate.withdrawn),
            (
                "gongyue_gate_withdrawals_none",
                "gauge",
                "1 where the promise file declares that there are no withdrawals.",
                int(self.loaded.gate.promise.withdrawals == "none"),
            ),
            ("gongyue_gate_bad_authorisations", "gauge", "Authorisations not read.", len(self.loaded.bad)),
            (
                "gongyue_gate_lost_authorisations",
                "gauge",
                "Authorisations that reloads lost since the start or the last forced one.",
                self.lost_since.authorisations,
            ),
            (
                "gongyue_gate_lost_withdrawals",
                "gauge",
                "Withdrawals that reloads undid since the start or the last forced one.",
                self.lost_since.withdrawals,
            ),
        ):
            lines += [f"# HELP {name} {help}", f"# TYPE {name} {kind}", f"{name} {value}"]
        return "\n".join(lines) + "\n"


def _readable(fresh: Loaded) -> Loaded:
    """What was loaded; BadInput where no row of it could be read: it does not take the old one's place."""
    if fresh.bad and not fresh.gate.size:
        first, n = fresh.bad[0], len(fresh.bad)
        raise BadInput(
            f"{n} 行授权没有一行可读，仍用原来的；第 {first.line} 行：{first.zh}",
            f"none of {n} authorisation row(s) can be read, the old ones stand; line {first.line}: {first.en}",
        )
    return fresh


def _refuse_loss(lost: Loss, held: int, left: int, max_loss: Fraction) -> None:
    """BadInput where more would be lost than may be; and where nothing would be left of some, whatever may be lost: such a file
    may be one that is still being written."""
    if held and not left:
        raise BadInput(
            f'授权文件里一行也没有，像是正在写入，仍用原来的 {held} 项；确要清空，向 /reload 送 {{"force": true}}，或重新启动 gate serve',
            f"the authorisation file has no row, as if it were being written; the {held} held before stand. To really have"
            ' none, send {"force": true} to /reload, or restart gate serve',
        )
    if lost.beyond(max_loss):
        raise refused(lost, max_loss)
