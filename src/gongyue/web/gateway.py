"""Between the server's connections and the pages: no client, however slow, holds one of the threads that answer.

A body is received whole, within a limit of time and size, before a thread is taken for it. A long answer is given to the
server as a file, which it sends at its reader's pace. What a slow client costs is a task and a connection.
"""

from __future__ import annotations

import asyncio
import io
import logging
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any, NamedTuple

import msgspec

from gongyue.web.environ import File, address_of, environ_of
from gongyue.web.fair_queue import Turns

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

LARGEST = 32 * 1024 * 1024
"""Bytes of the largest body: a form with its file, an act signed elsewhere with the files it names."""
MOST = 512 * 1024 * 1024
"""Bytes of all bodies under way; beyond, whoever has sent most loses the one begun first."""
SECONDS = 60.0
"""Seconds within which a body has to arrive."""
IN_MEMORY = 128 * 1024
"""Bytes of a body, or of an answer, that are held in memory; what is longer lies in a file meanwhile."""
OPENED = 5.0
"""Seconds after which a file handed to the server is closed here: by then the server has opened it."""
LONGEST_ADDRESS = 4 * 1024
"""Bytes of the longest path and query: pages repeat them, and no page's own come near."""

_log = logging.getLogger("gongyue.serving")


class RequestRejected(Exception):
    """A request that is not waited for or not answered; `status` and both texts say why."""

    def __init__(self, status: int, code: str, zh: str, en: str) -> None:
        super().__init__(code)
        self.status, self.code, self.zh, self.en = status, code, zh, en


LENGTH_WANTED = RequestRejected(
    411,
    "length-wanted",
    "请在 Content-Length 中写明长度，不要分块传送。什么也没有记录。",
    "Say how long the content is (Content-Length); it is not taken in chunks. Nothing was recorded.",
)
TOO_LONG = RequestRejected(
    414,
    "address-too-long",
    f"网址至多 {LONGEST_ADDRESS} 字节。什么也没有记录。",
    f"An address has at most {LONGEST_ADDRESS} bytes. Nothing was recorded.",
)
TOO_MANY = RequestRejected(
    503,
    "too-many-answers",
    "内容较长，而同时送出的长内容太多。请几秒后再打开。",
    "This is long, and too many long answers are being sent. Open it again in a few seconds.",
)
CUT_OFF = RequestRejected(
    400, "cut-off", "内容没有送完。什么也没有记录。", "The content was cut off. Nothing was recorded."
)


class _Body:
    """A body under way: from where, how much of it there is, until when it may take."""

    def __init__(self, address: str, limit: asyncio.Timeout) -> None:
        self.address, self.limit, self.size = address, limit, 0
        self.file: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  (whoever answers closes it)


class Bodies:
    """The bodies under way, oldest first."""

    def __init__(self, seconds: float = SECONDS, largest: int = LARGEST, most: int = MOST) -> None:
        self.seconds, self.largest, self.most = seconds, largest, most
        self._under_way: list[_Body] = []
        self._sent = 0

    async def receive(self, scope: Any, protocol: Any) -> IO[bytes]:
        """The whole body; NotTaken where it is too large, too slow, cut off, or one of too many."""
        declared = scope.headers.get("content-length", "0")
        if "transfer-encoding" in scope.headers:
            raise LENGTH_WANTED  # granian does not tell a body in chunks that is whole from one that was cut off
        if declared == "0":
            return io.BytesIO()
        if not (declared.isascii() and declared.isdecimal() and int(declared) <= self.largest):
            raise self._too_large()
        async with asyncio.timeout(self.seconds) as limit:
            body = _Body(address_of(scope), limit)
            self._under_way.append(body)
            try:
                async for piece in protocol:
                    self._add(body, piece)
                if body.size != int(declared):
                    raise CUT_OFF
            except BaseException:
                body.file.close()
                raise
            finally:
                self._under_way.remove(body)
                self._sent -= body.size
        body.file.seek(0)
        return body.file

    def _add(self, body: _Body, piece: bytes) -> None:
        body.size += len(piece)
        self._sent += len(piece)
        body.file.write(piece)
        if self._sent > self.most:
            by = Counter[str]()
            for one in self._under_way:
                by[one.address] += one.size
            (greediest, _), *_ = by.most_common(1)
            oldest = next(one for one in self._under_way if one.address == greediest)
            oldest.limit.reschedule(0)  # its time is over

    def _too_large(self) -> RequestRejected:
        return RequestRejected(
            413,
            "too-large",
            f"一次至多 {self.largest} 字节。什么也没有记录。",
            f"At most {self.largest} bytes are taken at once. Nothing was recorded.",
        )


class _Answer(NamedTuple):
    """An answer ready to be sent: its body, or the descriptor of the open file that holds it."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes = b""
    file: int = -1


class Handed:
    """Files handed to the server, which opens them by itself within OPENED seconds. One handed many times is held once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: dict[tuple[int, int], int] = {}
        self._times = Counter[tuple[int, int]]()

    def path(self, file: int) -> str:
        """A path to that open file, whose descriptor is taken over; TOO_MANY where so many others are held.

        By the descriptor, so that it may have no name, or lose it to a newer one meanwhile.
        """
        status = os.fstat(file)
        key = status.st_dev, status.st_ino
        if key in self._held:
            os.close(file)
        elif len(self._held) < self._most:
            self._held[key] = file
        else:
            os.close(file)
            raise TOO_MANY
        self._times[key] += 1
        asyncio.get_running_loop().call_later(OPENED, self._let_go, key)
        return f"/dev/fd/{self._held[key]}"

    def _let_go(self, key: tuple[int, int]) -> None:
        self._times[key] -= 1
        if not self._times[key]:
            del self._times[key]
            os.close(self._held.pop(key))


class Gateway:
    """An RSGI application around a WSGI one, which is asked in a pool of threads. `files`: how many it hands on at once."""

    def __init__(self, application: Wsgi, threads: int, files: int = 256, bodies: Bodies | None = None) -> None:
        self._application = application
        self._threads, self._turns = ThreadPoolExecutor(threads, "gongyue-answer"), Turns(threads)
        self._bodies, self._handed = bodies or Bodies(), Handed(files)

    async def __call__(self, scope: Any, protocol: Any) -> None:
        """Answer one request."""
        loop = asyncio.get_running_loop()
        try:
            if len(scope.path.encode()) + len(scope.query_string) > LONGEST_ADDRESS:
                raise TOO_LONG
            body = await self._bodies.receive(scope, protocol)
            with body:
                if not await self._turns.take(address_of(scope), protocol.client_disconnect):
                    return
                try:
                    answer = await loop.run_in_executor(self._threads, self._ask, scope, body)
                finally:
                    self._turns.give_back()
            path = self._handed.path(answer.file) if answer.file >= 0 else ""
        except (RequestRejected, TimeoutError) as error:
            answer, path = _refusal(scope, error if isinstance(error, RequestRejected) else self._too_slow()), ""
        if path:
            protocol.response_file(answer.status, answer.headers, path)
        else:
            protocol.response_bytes(answer.status, answer.headers, answer.body)

    def _too_slow(self) -> RequestRejected:
        return RequestRejected(
            408,
            "too-slow",
            f"内容没有在 {self._bodies.seconds:g} 秒内送完，或同时送来的太多。什么也没有记录，请再试一次。",
            f"The content did not arrive within {self._bodies.seconds:g} seconds, or too much was sent at once. "
            "Nothing was recorded: try again.",
        )

    def _ask(self, scope: Any, body: IO[bytes]) -> _Answer:
        """In a thread: the pages' answer, whole."""
        begun: list[Any] = []

        def begin(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
            begun[:] = [int(status.partition(" ")[0]), headers]
            return lambda data: None

        try:
            parts = self._application(environ_of(scope, body), begin)
            try:
                return self._whole(begun[0], begun[1], parts)
            finally:
                getattr(parts, "close", lambda: None)()
        except Exception:  # noqa: BLE001  (whatever breaks, the client is told that it is our fault)
            _log.exception("%s", scope.method)
            return _Answer(500, [("Content-Type", "text/plain; charset=utf-8")], "程序出错 / Internal error\n".encode())

    def _whole(self, status: int, headers: list[tuple[str, str]], parts: Iterable[bytes]) -> _Answer:
        if isinstance(parts, File) and parts.whole and os.fstat(parts.file.fileno()).st_size > IN_MEMORY:
            return _Answer(status, headers, file=os.dup(parts.file.fileno()))
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as held:
            held.writelines(parts)
            if held.tell() > IN_MEMORY:
                held.flush()
                return _Answer(status, headers, file=os.dup(held.fileno()))
            held.seek(0)
            return _Answer(status, headers, held.read())


def _refusal(scope: Any, error: RequestRejected) -> _Answer:
    """What was wrong, as JSON below /api/; the connection ends, as the rest of a body may still come."""
    if scope.path.startswith("/api/"):
        kind, body = "application/json", msgspec.json.encode({"code": error.code, "zh": error.zh, "en": error.en})
    else:
        kind, body = "text/plain; charset=utf-8", f"{error.zh}\n{error.en}\n".encode()
    return _Answer(error.status, [("Content-Type", kind), ("Cache-Control", "no-store"), ("Connection", "close")], body)
