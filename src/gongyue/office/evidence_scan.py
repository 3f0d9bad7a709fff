"""The scanner at the office's door: a process of its own, one for each process of the office, that counts personal numbers.

It is started with the pages, so that what it runs on is compiled beforehand, and else with the first document. Where it cannot
answer, nothing is taken: `scan-unavailable`. What cannot be looked into (pictures, PDF) is taken, and whoever hands it in is told.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from msgspec import Struct

from gongyue.covenant.rulings import OutOfTurn
from gongyue.office.vault.cipher import Content

COMMAND = (sys.executable, "-m", "gongyue.conduct.scanning.intake")
IDENTITY = frozenset(
    {"CN_ID", "FOREIGNER_ID", "PASSPORT", "HKM_PERMIT", "TW_PERMIT", "SOCIAL_SEC", "US_SSN", "BANK_CARD", "IBAN"}
)
"""Numbers of identity documents and of accounts."""
CONTACT = frozenset({"CN_MOBILE", "PHONE_INTL", "EMAIL", "QQ", "WECHAT", "IMEI", "IMSI", "MAC", "PLATE", "VIN"})
"""Numbers by which a person is reached or followed. Names, addresses and an office's telephone stand in any statement."""
REMEMBERED = 256
"""Documents whose counts are remembered: the form asked about them, and recording asks again."""


PREPARING = (
    "正在准备，第一次要几分钟，请稍后再交（文件须重新选择）",
    "is being prepared, for some minutes the first time: hand it in later, and choose the file again",
)
BROKEN = (
    "不能用：请再试一次，仍不能用的，告知系统管理员（须装 gongyue[conduct]，或重启服务）",
    "does not work: try again, and where it still fails tell whoever keeps the system (it needs gongyue[conduct], or a restart)",
)
"""What is said where it is still being compiled, and where it cannot be started or ended."""


class Counted(Struct, frozen=True):
    """What stands in a document: numbers of identity documents and accounts, numbers to reach a person; whether it was looked into."""

    identities: int = 0
    contacts: int = 0
    read: bool = True


class EvidenceScanner:
    """The process, started when it is needed and again when it has ended. `wait`, `patience`: seconds for a start, for a document."""

    def __init__(self, command: Sequence[str] = COMMAND, wait: float = 900, patience: float = 120) -> None:
        self.command, self.wait, self.patience = tuple(command), wait, patience
        self._process: subprocess.Popen[bytes] | None = None
        self._turn, self._starting = threading.Lock(), threading.Lock()
        self._said, self._works, self._started = threading.Event(), False, 0.0
        self._known: dict[bytes, Counted] = {}

    def start(self, niceness: int = 0) -> None:
        """Start it, where it does not run; whoever asks first waits until it is ready. `niceness`: by how much it yields to the pages."""
        with self._starting:
            self._start(niceness)

    @property
    def state(self) -> str:
        """How it stands: off, preparing (it is being compiled), ready, failed."""
        if self._process is None:
            return "off"
        if not self._said.is_set():
            return "preparing"
        return "ready" if self._works and self._process.poll() is None else "failed"

    def _start(self, niceness: int) -> None:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            pipe = subprocess.PIPE
            process = subprocess.Popen(self.command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
            if niceness:
                with suppress(OSError):  # it ended at once: whoever asks is told
                    os.setpriority(os.PRIO_PROCESS, process.pid, os.getpriority(os.PRIO_PROCESS, 0) + niceness)
            self._process, self._started = process, time.monotonic()
            threading.Thread(target=self._awaited, args=(process,), daemon=True).start()

    def _awaited(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        works = bool(process.stdout.readline())
        if process is self._process:
            self._works = works
            self._said.set()

    def count(self, document: Content) -> Counted:
        """What stands in a document; OutOfTurn where nobody can say now."""
        key = hashlib.sha256(f"{document.kind} {document.name}\n".encode() + document.data).digest()
        with self._turn:
            if key not in self._known:
                found = self._asked(document)
                while len(self._known) >= REMEMBERED:
                    del self._known[next(iter(self._known))]
                self._known[key] = found
            return self._known[key]

    def _asked(self, document: Content) -> Counted:
        try:
            self.start()
            said = self._exchanged(document) if self._ready() and self._works else None
            found = {str(type): int(n) for type, n in said["found"].items()} if said else {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            said = None
        if not said:
            what = PREPARING if self.state == "preparing" else BROKEN
            self._give_up()
            raise OutOfTurn("scan-unavailable", "report.file/1").saying(what=what)
        identities = sum(n for type, n in found.items() if type in IDENTITY)
        contacts = sum(n for type, n in found.items() if type in CONTACT)
        return Counted(identities, contacts, bool(said["read"]))

    def _ready(self) -> bool:
        """Whether it said that it is ready. The wait runs from its start: a page asks several times, and waits once for all."""
        return self._said.wait(max(0.0, self._started + self.wait - time.monotonic()))

    def _give_up(self) -> None:
        """End what answers no more; what is still being compiled goes on."""
        if self._said.is_set():
            self.stop()

    def _exchanged(self, document: Content) -> dict[str, Any] | None:
        """The answer; None where there was none within its time."""
        process = self._process
        assert process is not None and process.stdin is not None and process.stdout is not None
        late = threading.Timer(self.patience, process.kill)
        late.start()
        try:
            head = {"kind": document.kind, "name": document.name, "size": len(document.data)}
            process.stdin.write(json.dumps(head).encode() + b"\n" + document.data)
            process.stdin.flush()
            line = process.stdout.readline()
        finally:
            late.cancel()
        said: dict[str, Any] | None = json.loads(line) if line else None
        return said

    def stop(self) -> None:
        """End the process."""
        process, self._process, self._works = self._process, None, False
        self._said.clear()
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()


SCANNER = EvidenceScanner()
"""The one of this process."""
atexit.register(SCANNER.stop)
