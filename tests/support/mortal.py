"""A process that forks others, which work until they are killed: hundreds of deaths take seconds.

It forks instead of starting Python anew. On each line of input it forks one child; the child prints `pid N`, then a line
for everything that was acknowledged to it; once it is dead, this process prints `end`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, NamedTuple

import psycopg  # noqa: F401 - here once: it would take each child a quarter of a second


class Mortal(NamedTuple):
    """The process that forks: lines in, lines out."""

    asks: IO[str]
    says: IO[str]

    def live(self, seconds: float, from_birth: bool = False) -> list[str]:
        """Let one work and kill it so long after its birth, or after its first line; what was acknowledged to it."""
        self.asks.write("live\n")
        self.asks.flush()
        pid = int(self.says.readline().removeprefix("pid "))
        said = [] if from_birth else [self.says.readline()]
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)
        while (line := self.says.readline()) != "end\n":
            said.append(line)
        assert all(line.endswith("\n") for line in said), said
        return [line.rstrip("\n") for line in said]


@contextmanager
def mortal(module: str, *words: object) -> Iterator[Mortal]:
    """The process of a module that forks, ended afterwards."""
    command = [sys.executable, "-m", module, *map(str, words)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        yield Mortal(process.stdin, process.stdout)
        process.stdin.close()


def fork(work: Callable[[], None]) -> None:
    """In that process: one child a line of input, which works for ever."""
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            say(f"pid {os.getpid()}")
            try:
                work()
            finally:
                os._exit(1)
        os.waitpid(child, 0)
        say("end")


def say(line: str) -> None:
    """One write, so that a kill never cuts a line."""
    os.write(1, f"{line}\n".encode())
