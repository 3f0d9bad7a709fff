"""Clients that are slow, greedy or never finish, at the default server without a proxy: everybody else is answered."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from web.serving.process import Server

HEAD = "POST /api/acts HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/json\r\n"
UNFINISHED = {
    "nothing": "",
    "half a head": "GET / HTTP/1.1\r\nHo",
    "one byte of a body": HEAD + "Content-Length: 100\r\n\r\n{{",
    "one chunk of a body": HEAD + "Transfer-Encoding: chunked\r\n\r\n1\r\n{{\r\n",
    "a body nobody asked for": "GET / HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: 100\r\n\r\nx",
}
"""What a client sends before it stops."""


@pytest.fixture(scope="module")
def server(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("slow") / "demo"
    shutil.copytree(prepared, folder)
    with Server("serve", "--office", folder / "office") as server:
        yield server.ready()


def connect(server: Server, said: str, count: int, stack: contextlib.ExitStack) -> list[socket.socket]:
    """So many clients that say this and stop."""
    clients = []
    for _ in range(count):
        clients.append(stack.enter_context(socket.create_connection(("127.0.0.1", server.port))))
        clients[-1].sendall(said.format(port=server.port).encode())
    return clients


def slowest(server: Server, path: str, times: int = 100) -> float:
    """The 99th percentile of the seconds an answer takes, each on a connection of its own."""
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        assert requests.get(server.address + path, timeout=30).ok
        took.append(time.perf_counter() - begun)
    return sorted(took)[int(times * 0.99) - 1]


def patience(server: Server) -> float:
    """Within how many seconds others are answered: one, or, on a machine that has other work, four times what they wait for anyway."""
    return max(1.0, 4 * max(slowest(server, path) for path in ("/healthz", "/")))


def memory(server: Server) -> int:
    """MiB resident in the server's processes."""
    pids = [server.process.pid]
    with contextlib.suppress(subprocess.CalledProcessError):
        pids += map(int, subprocess.check_output(["pgrep", "-P", str(server.process.pid)], text=True).split())
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids)
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


@pytest.mark.parametrize("said", UNFINISHED.values(), ids=UNFINISHED)
def test_five_hundred_that_stop_leave_the_others_answered(server: Server, said: str) -> None:
    """Whatever they stop in the middle of: 99 of 100 answers of /healthz, and of a page, take less than a second."""
    within = patience(server)
    with contextlib.ExitStack() as stack:
        connect(server, said, 500, stack)
        assert slowest(server, "/healthz") < within
        assert slowest(server, "/") < within


def test_two_hundred_that_read_nothing_leave_the_others_answered(server: Server) -> None:
    """Each asks for the text and the whole book four times and takes none of it: no thread waits for them, and memory stays."""
    wanted = "".join(
        f"GET {path} HTTP/1.1\r\nHost: localhost:{{port}}\r\n\r\n" for path in ["/covenant/", "/log/book.zip"] * 4
    )
    within = patience(server)
    before = memory(server)
    with contextlib.ExitStack() as stack:
        connect(server, wanted, 200, stack)
        assert slowest(server, "/healthz") < within
        assert slowest(server, "/") < within
        assert memory(server) - before < 200


def test_a_body_that_is_too_large_is_refused_before_it_is_sent(server: Server) -> None:
    """413 by what it says of itself, in both languages."""
    head = HEAD.format(port=server.port)
    with socket.create_connection(("127.0.0.1", server.port)) as client:
        client.settimeout(10)
        client.sendall(f"{head}Content-Length: {32 * 2**20 + 1}\r\n\r\n".encode())
        answer = client.recv(65_536)
    assert (
        answer.startswith(b"HTTP/1.1 413") and "什么也没有记录".encode() in answer and b"Nothing was recorded" in answer
    )


def test_a_body_in_chunks_is_refused(server: Server) -> None:
    """411, and how to mend it: whether the last chunk is missing cannot be told."""
    told = requests.post(f"{server.address}/api/acts", iter([b'{"act"', b":{}}"]), timeout=30)
    assert told.status_code == 411 and told.json()["code"] == "length-wanted"


@pytest.mark.parametrize("group", [False, True], ids=["process", "group"])
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_within_five_seconds_whoever_is_connected(
    prepared: Path, tmp_path: Path, by: signal.Signals, group: bool
) -> None:
    """Ctrl-C sends the signal to the whole group; clients that never finish hold nothing up."""
    shutil.copytree(prepared, tmp_path / "demo")
    with Server("serve", "--office", tmp_path / "demo" / "office") as server, contextlib.ExitStack() as stack:
        server.ready()
        for said in UNFINISHED.values():
            connect(server, said, 3, stack)
        connect(server, "GET /log/book.zip HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n", 3, stack)
        begun = time.monotonic()
        if group:
            os.killpg(server.process.pid, by)
        else:
            server.process.send_signal(by)
        assert server.process.wait(10) == 0
        assert time.monotonic() - begun < 5
