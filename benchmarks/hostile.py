"""What honest visitors wait while others try to hold the site up. Advisory; every figure beside the quiet site's of the same run.

python -m benchmarks.hostile                         # 1,000 members on SQLite, 500 hostile connections of each kind
python -m benchmarks.hostile --connections 4000

Everything is on this computer: what the hostile clients cost here is in the figures too.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import socket
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from benchmarks.web import Measured, Served, get, measure, pages
from benchmarks.web_world import close, office_in

HEAD = "Host: localhost:{port}\r\nContent-Type: application/json\r\n"
IDLE = {
    "nothing sent": "",
    "half a head": "GET / HTTP/1.1\r\nHost",
    "one byte of a body": f"POST /api/acts HTTP/1.1\r\n{HEAD}Content-Length: 100\r\n\r\nx",
    "one chunk of a body": f"POST /api/acts HTTP/1.1\r\n{HEAD}Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n",
    "long answers not read": f"GET /log/book.zip HTTP/1.1\r\n{HEAD}\r\n" * 4,
}
"""What a connection says before it falls silent."""
FLOODS = {
    "addresses nobody asked before": "/covenant/?x={n}",
    "searches nobody made before": "/register/?q={n}",
    "pages that are not there": "/register/u:{n}/",
}
"""What four clients ask as fast as they are answered."""
FLOODERS = 4


@contextlib.contextmanager
def silent(port: int, said: str, connections: int) -> Iterator[None]:
    """That many connections that say this and stop."""
    with contextlib.ExitStack() as stack:
        for _ in range(connections):
            with contextlib.suppress(OSError):  # this computer's own limit of open files
                one = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
                one.sendall(said.format(port=port).encode())
        yield


@contextlib.contextmanager
def flood(port: int, path: str) -> Iterator[None]:
    """Clients that ask for another address each time, as fast as they are answered."""
    over, numbers = threading.Event(), itertools.count()

    def ask() -> None:
        while not over.is_set():
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)) as one:
                address = path.format(n=next(numbers))
                one.sendall(f"GET {address} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n".encode())
                while one.recv(1 << 16):
                    pass

    askers = [threading.Thread(target=ask) for _ in range(FLOODERS)]
    for asker in askers:
        asker.start()
    yield
    over.set()
    for asker in askers:
        asker.join()


def main() -> None:
    """Read the options and run."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--members", type=int, default=1_000)
    options.add_argument("--connections", type=int, default=500)
    options.add_argument("--number", type=int, default=400, help="honest requests of each kind")
    given = options.parse_args()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with tempfile.TemporaryDirectory() as folder:
        close(office_in(Path(folder) / "office", given.members, port=port))
        served = Served(Path(folder) / "office", port)
        try:
            _report(port, given.members, given.connections, given.number)
        finally:
            served.stop()


def _report(port: int, members: int, connections: int, number: int) -> None:
    addresses = list(map(get, pages(members)))
    honest = (addresses * (1 + number // len(addresses)))[:number]

    def visit() -> Measured:
        return measure(port, honest, 4)

    visit()
    quiet = visit()
    print(quiet.line("public pages, 4 at once, nobody hostile"), flush=True)
    for what, said in IDLE.items():
        with silent(port, said, connections):
            found = visit()
        print(found.line(f"{connections} × {what}", f"p99 {found.p99 / quiet.p99:.1f} × the quiet site's"), flush=True)
    for what, path in FLOODS.items():
        with flood(port, path):
            found = visit()
        print(found.line(f"{FLOODERS} × {what}", f"p99 {found.p99 / quiet.p99:.1f} × the quiet site's"), flush=True)


if __name__ == "__main__":
    main()
