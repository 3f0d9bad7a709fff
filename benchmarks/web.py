"""Measure the pages and the API as they are served. Advisory; every figure beside a baseline of the same run.

python -m benchmarks.web                                            # 10,000 members on SQLite
python -m benchmarks.web --store postgresql://postgres@127.0.0.1/x  # an empty database, emptied by whoever made it

The load comes from this computer too: half of what it can do goes into asking.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from benchmarks.web_world import ballots, close, office_in
from benchmarks.world import unit

WRITERS = (8, 24, 64)
"""How many hand in ballots at once."""


class Measured(NamedTuple):
    """What was measured: answers a second, milliseconds at the median and the 99th percentile, wrong answers."""

    rate: float
    median: float
    p99: float
    errors: int

    def line(self, what: str, baseline: str = "") -> str:
        """A line of the report."""
        figures = f"{self.rate:>8,.0f}/s  p50 {self.median:6.1f} ms  p99 {self.p99:6.1f} ms  {self.errors} errors"
        return f"{what:<46} {figures}  {baseline}"


def get(path: str) -> bytes:
    """A request for a page."""
    return f"GET {quote(path, safe='/?=&%:')} HTTP/1.1\r\nHost: localhost:{{port}}\r\n\r\n".encode()


def post(path: str, body: bytes) -> bytes:
    """A request that hands something in."""
    head = f"POST {path} HTTP/1.1\r\nHost: localhost:{{port}}\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


class Connection:
    """A kept connection; `ask` gives the status."""

    def __init__(self, port: int) -> None:
        self.port = str(port).encode()
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.socket.makefile("rb")

    def ask(self, request: bytes) -> int:
        """Ask and read the whole answer."""
        self.socket.sendall(request.replace(b"{port}", self.port, 1))
        status = int(self.file.readline().split(b" ", 2)[1])
        length = 0
        while (line := self.file.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        self.file.read(length)
        return status

    def close(self) -> None:
        """Let go."""
        self.file.close()
        self.socket.close()


def _ask_all(port: int, requests: Sequence[bytes], wanted: int, into: multiprocessing.Queue[list[float]]) -> None:
    connection, taken = Connection(port), []
    for request in requests:
        begun = time.perf_counter()
        status = connection.ask(request)
        taken.append((time.perf_counter() - begun) * (1 if status == wanted else -1))
    connection.close()
    into.put(taken)


def measure(port: int, requests: Sequence[bytes], at_once: int, wanted: int = 200) -> Measured:
    """Ask everything, `at_once` at a time, each asker over one kept connection."""
    into: multiprocessing.Queue[list[float]] = multiprocessing.Queue()
    askers = [
        multiprocessing.Process(target=_ask_all, args=(port, requests[n::at_once], wanted, into))
        for n in range(at_once)
    ]
    begun = time.perf_counter()
    for asker in askers:
        asker.start()
    taken = list(itertools.chain.from_iterable(into.get() for _ in askers))
    seconds = time.perf_counter() - begun
    for asker in askers:
        asker.join()
    times = sorted(map(abs, taken))
    return Measured(
        len(taken) / seconds,
        1000 * times[len(times) // 2],
        1000 * times[int(len(times) * 0.99)],
        sum(t < 0 for t in taken),
    )


class Served:
    """The office served by the command line, in processes of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        command = [
            str(Path(sys.executable).with_name("gongyue")),
            "serve",
            "--office",
            str(folder),
            "--port",
            str(port),
        ]
        begun = time.perf_counter()
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        while True:
            try:
                connection = Connection(port)
                if connection.ask(get("/readyz")) == 200:
                    break
            except (OSError, IndexError):
                time.sleep(0.01)
        self.seconds = time.perf_counter() - begun
        connection.close()

    def stop(self) -> None:
        """Stop it as an operator does."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def pages(members: int) -> list[str]:
    """Public pages people read: the covenant, the register, units, votes, the log."""
    some = random.Random(1).sample(range(1, members + 1), 60)
    return [
        "/",
        "/covenant/",
        *(f"/covenant/{n}/" for n in range(1, 27)),
        "/register/",
        "/votes/",
        "/gazette/",
        "/executive/",
        *(f"/register/{unit(n)}/" for n in some),
        *(f"/api/register/{unit(n)}" for n in some),
    ]


def searches(members: int, count: int) -> Iterator[str]:
    """Searches nobody has made before: names, codes, pages of a filter."""
    draw = random.Random(2)
    for n in range(count):
        number = draw.randrange(1, members + 1)
        yield (
            f"/register/?q=单位{number}",
            f"/register/?q={unit(number)}&status=member",
            f"/register/?page={n % 400 + 1}&sector=analysis",
        )[n % 3]


def run(folder: Path, members: int, url: str, number: int, say: Callable[[str], None]) -> None:
    """The whole report."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    stage = office_in(folder, members, url, port)
    signed = ballots(stage, min(number, members))
    close(stage)
    Served(folder, port).stop()  # the pages' tables are made at the first start
    served = Served(folder, port)
    say(f"{'start to the first answer of /readyz':<46} {served.seconds:>8.2f} s")
    try:
        addresses = list(map(get, pages(members)))
        measure(port, addresses * 16, 16)  # so that every worker keeps them
        plain = measure(port, [get("/healthz")] * number, 8)
        kept = measure(port, (addresses * (1 + 4 * number // len(addresses)))[: 4 * number], 16)
        say(
            kept.line(
                "public pages from the cache, 16 at once", f"{kept.rate / plain.rate:.1f} × /healthz through Django"
            )
        )
        found = measure(port, [get(path) for path in searches(members, number)], 8)
        say(found.line("register searches, 8 at once", f"{found.rate / plain.rate:.2f} × /healthz"))
        bare, share = _commits(folder), len(signed) // len(WRITERS)
        for turn, writers in enumerate(WRITERS):
            handed_in = [post("/api/acts", one) for one in signed[turn * share : (turn + 1) * share]]
            voted = measure(port, handed_in, writers, 201)
            what = f"signed ballots through the API, {writers} at once"
            say(voted.line(what, f"{voted.rate / bare:.1f} × bare durable commits, {bare:,.0f}/s"))
    finally:
        served.stop()


def _commits(folder: Path) -> float:
    """Durable commits a second of an SQLite file in the same place: what the disk can do one by one."""
    from pysqlite3 import dbapi2

    connection = dbapi2.connect(folder / "bare.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE bare (data BLOB)")
    begun = time.perf_counter()
    for _ in range(200):
        connection.execute("INSERT INTO bare VALUES (?)", (b"x" * 700,))
    seconds = time.perf_counter() - begun
    connection.close()
    return 200 / seconds


def main() -> None:
    """Read the options and run."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--members", type=int, default=10_000)
    options.add_argument("--number", type=int, default=3_000, help="requests of each kind")
    options.add_argument("--store", default="", help="postgresql://… of an empty database; SQLite if none")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = "PostgreSQL" if given.store else "SQLite"
        print(f"{given.members:,} members, {where}", flush=True)
        run(Path(folder) / "office", given.members, given.store, given.number, lambda line: print(line, flush=True))


if __name__ == "__main__":
    main()
