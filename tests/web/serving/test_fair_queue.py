"""Whose turn it is: each address in turn, nobody who is gone, and one that floods the server waits for itself alone."""

from __future__ import annotations

import asyncio
import shutil
import socket
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from web.serving.looping import run
from web.serving.process import Server


async def _stays() -> None:
    await asyncio.Event().wait()


def test_each_address_has_its_turn() -> None:
    """Ten requests of one address, then one each of two others: these are the second and the third."""
    from gongyue.web.fair_queue import Turns

    async def order() -> list[str]:
        turns, order = Turns(1), list[str]()
        assert await turns.take("first", _stays)

        async def wait(address: str) -> None:
            assert await turns.take(address, _stays)
            order.append(address)
            turns.give_back()

        waiting = [asyncio.create_task(wait(one)) for one in ["greedy"] * 10 + ["one", "other"]]
        await asyncio.sleep(0)
        turns.give_back()
        await asyncio.gather(*waiting)
        assert await turns.take("again", _stays)  # every turn was given back
        return order

    assert run(order()) == ["greedy", "one", "other"] + ["greedy"] * 9


@pytest.mark.parametrize("stays", [True, False])
def test_whoever_is_gone_takes_no_turn(stays: bool) -> None:
    """It is taken out of the line at once, and the next one has the turn."""
    from gongyue.web.fair_queue import Turns

    async def taken() -> tuple[bool, bool]:
        turns, left = Turns(1), asyncio.Event()
        gone: Callable[[], Awaitable[object]] = _stays if stays else left.wait
        assert await turns.take("first", _stays)
        leaving = asyncio.create_task(turns.take("one", gone))
        other = asyncio.create_task(turns.take("other", _stays))
        await asyncio.sleep(0)
        left.set()
        await asyncio.sleep(0.01)
        turns.give_back()
        if stays:
            assert await leaving
            turns.give_back()
        return await leaving, await other

    assert run(taken()) == (stays, True)


def test_one_that_floods_the_server_waits_for_itself_alone(prepared: Path, tmp_path: Path) -> None:
    """Thousands of searches from one address whose sender waits for none: another's pages take less than two seconds."""
    shutil.copytree(prepared, tmp_path / "demo")
    with Server("serve", "--office", tmp_path / "demo" / "office") as server:
        server.ready()
        over = threading.Event()
        said = f"GET /register/?q=x HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\n".encode()

        def flood() -> None:
            while not over.is_set():
                with _from("127.0.0.2", server) as client:
                    client.sendall(said)

        flooding = [threading.Thread(target=flood) for _ in range(3)]
        for one in flooding:
            one.start()
        try:
            time.sleep(3)
            took = [_took(server, "127.0.0.3") for _ in range(10)]
        finally:
            over.set()
            for one in flooding:
                one.join()
        assert max(took) < 2, took
        assert _took(server, "127.0.0.2") < 5  # nothing is left of the flood


def _from(address: str, server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), 30, (address, 0))


def _took(server: Server, address: str) -> float:
    begun = time.perf_counter()
    with _from(address, server) as client:
        client.sendall(f"GET /covenant/ HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\n".encode())
        assert client.recv(65_536).startswith(b"HTTP/1.1 200")
    return time.perf_counter() - begun
