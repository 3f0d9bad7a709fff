"""What stands between connections and pages: what a request becomes, which bodies are waited for, how an answer is sent."""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from web.serving.looping import run


class Headers(list[tuple[str, str]]):
    def items(self) -> list[tuple[str, str]]:
        return list(self)

    def get(self, key: str, default: Any = None) -> Any:
        return next((value for name, value in self if name == key), default)

    def __contains__(self, key: object) -> bool:
        return any(name == key for name, _ in self)


class Scope:
    """A request as RSGI hands it over."""

    server, scheme, http_version, query_string = "127.0.0.1:8000", "http", "1.1", "a=%20b"

    def __init__(
        self, *headers: tuple[str, str], path: str = "/", client: str = "10.0.0.1:9", method: str = "POST"
    ) -> None:
        self.headers, self.path, self.client, self.method = Headers(headers), path, client, method


class Exchange:
    """A body that arrives in pieces, `pause` seconds apart, and the answer to it."""

    def __init__(self, *pieces: bytes, pause: float = 0) -> None:
        self.pieces, self.pause = pieces, pause
        self.status, self.body, self.path = 0, b"", ""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            yield piece
            await asyncio.sleep(self.pause)

    async def client_disconnect(self) -> None:
        await asyncio.Event().wait()

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.headers, self.body = status, dict(headers), body

    def response_file(self, status: int, headers: list[tuple[str, str]], path: str) -> None:
        self.status, self.headers, self.path = status, dict(headers), path
        self.body = Path(path).read_bytes()


def answered(application: Callable[..., Iterable[bytes]], scope: Scope, exchange: Exchange, **limits: Any) -> Exchange:
    """The exchange once it is answered."""
    from gongyue.web.gateway import Bodies, Gateway

    run(Gateway(application, 2, bodies=Bodies(**limits))(scope, exchange))
    return exchange


def echo(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    """Answers with the body it was sent."""
    start("200 OK", [("Content-Type", "text/plain")])
    return [environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))]


LENGTH = ("content-length", "4")


def test_a_body_in_pieces_is_whole_before_the_pages_are_asked() -> None:
    """In whatever pieces it came; also one longer than is held in memory."""
    assert answered(echo, Scope(LENGTH), Exchange(b"a", b"bc", b"d")).body == b"abcd"
    long = [b"x" * 100_000] * 5
    assert answered(echo, Scope(("content-length", "500000")), Exchange(*long)).body == b"".join(long)


def test_a_body_that_was_cut_off_is_not_taken_for_whole() -> None:
    """Neither one shorter than was said, nor one in chunks, of which nobody can tell: the pages are never asked."""
    short = answered(_never, Scope(LENGTH), Exchange(b"abc"))
    assert short.status == 400 and b"cut off" in short.body
    chunked = answered(_never, Scope(("transfer-encoding", "chunked")), Exchange(b"abc"))
    assert chunked.status == 411 and b"Content-Length" in chunked.body


def test_a_body_that_does_not_come_in_time_is_not_waited_for() -> None:
    """408 after the limit, in JSON below /api/; the pages are never asked."""
    late = answered(_never, Scope(LENGTH), Exchange(b"a", b"b", pause=5), seconds=0.1)
    assert late.status == 408 and "0.1 秒".encode() in late.body and late.headers["Connection"] == "close"
    late = answered(_never, Scope(LENGTH, path="/api/acts"), Exchange(b"a", pause=5), seconds=0.1)
    assert late.status == 408 and b'"code":"too-slow"' in late.body


@pytest.mark.parametrize(("size", "status"), [(9, 200), (10, 200), (11, 413)])
def test_a_body_may_be_as_large_as_the_limit(size: int, status: int) -> None:
    """As it says of itself; a length that is none is refused."""
    said = answered(echo, Scope(("content-length", str(size))), Exchange(b"x" * size), largest=10)
    assert said.status == status
    for none in ("-1", "+1", "1_0", "١"):
        assert answered(_never, Scope(("content-length", none)), Exchange(), largest=10).status == 413


def test_of_too_many_bodies_the_greediest_sender_loses_its_oldest() -> None:
    """One address has sent 90 of 100 bytes in two bodies; another's 20 are taken, and only the first of the two is lost."""
    from gongyue.web.gateway import Bodies, Gateway

    gateway = Gateway(echo, 2, bodies=Bodies(most=100))
    first, second = Exchange(b"x" * 45, b"x", pause=0.3), Exchange(b"y" * 45, b"y", pause=0.3)
    other, greedy_length = Exchange(b"z" * 20), ("content-length", "46")

    async def all_at_once() -> None:
        greedy = [asyncio.create_task(gateway(Scope(greedy_length), one)) for one in (first, second)]
        await asyncio.sleep(0.1)
        await gateway(Scope(("content-length", "20"), client="10.0.0.2:1"), other)
        await asyncio.gather(*greedy)

    run(all_at_once())
    assert (first.status, second.status, other.status) == (408, 200, 200)


def test_a_long_answer_is_sent_from_a_file() -> None:
    """Made for it where it is none; a short one, and one in pieces, at once."""
    long = answered(lambda e, start: _said(start, [b"x" * 100_000] * 3), Scope(method="GET"), Exchange())
    assert long.path and long.body == b"x" * 300_000
    short = answered(lambda e, start: _said(start, [b"x"] * 3), Scope(method="GET"), Exchange())
    assert not short.path and short.body == b"xxx"


def test_an_answer_that_is_a_file_is_sent_as_it_lies(tmp_path: Path) -> None:
    """By its path, if it is long, whole and from its beginning."""
    from gongyue.web.environ import File

    path = tmp_path / "long"
    path.write_bytes(b"x" * 300_000)

    def wrapped(file: Any) -> Callable[..., Iterable[bytes]]:
        return lambda environ, start: _said(start, environ["wsgi.file_wrapper"](file))

    sent = answered(wrapped(path.open("rb")), Scope(method="GET"), Exchange())
    assert sent.path.startswith("/dev/fd/") and sent.body == b"x" * 300_000
    begun = path.open("rb")
    begun.read(10)
    assert answered(wrapped(begun), Scope(method="GET"), Exchange()).body == b"x" * 299_990
    assert answered(wrapped(io.BytesIO(b"abc")), Scope(method="GET"), Exchange()).body == b"abc"
    assert not File(io.BytesIO()).whole


def test_a_file_sent_to_many_is_held_once_and_only_so_many_files_are(tmp_path: Path) -> None:
    """A thousand answers of one file hold one descriptor; of two files where one may be held, the second is answered 503."""
    from gongyue.web.environ import File
    from gongyue.web.gateway import Gateway

    for name in ("one", "other"):
        (tmp_path / name).write_bytes(name.encode() * 100_000)

    def sent(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        return _said(start, File((tmp_path / environ["PATH_INFO"][1:]).open("rb")))

    gateway, exchanges = Gateway(sent, 2, files=1), [Exchange() for _ in range(1_000)]

    def descriptors() -> int:
        return len(list(Path("/dev/fd").iterdir()))

    async def all_of_them() -> tuple[int, Exchange]:
        before, other = descriptors(), Exchange()
        for exchange in exchanges:
            await gateway(Scope(path="/one", method="GET"), exchange)
        await gateway(Scope(path="/other", method="GET"), other)
        return descriptors() - before, other

    held, other = run(all_of_them())
    assert held == 1 and {exchange.body for exchange in exchanges} == {b"one" * 100_000}
    assert other.status == 503 and "太多".encode() in other.body and b"Open it again" in other.body


def test_a_file_is_let_go_when_the_server_has_opened_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the last time it was handed, not the first; then another takes its place."""
    from gongyue.web import gateway

    monkeypatch.setattr(gateway, "OPENED", 0.2)
    for name in ("one", "other"):
        (tmp_path / name).write_bytes(name.encode())

    def descriptor(name: str) -> int:
        return os.open(tmp_path / name, os.O_RDONLY)

    def read(path: str) -> bytes:
        return Path(path).read_bytes()

    async def handed() -> None:
        files = gateway.Handed(1)
        path = files.path(descriptor("one"))
        await asyncio.sleep(0.15)
        assert files.path(descriptor("one")) == path
        await asyncio.sleep(0.1)
        with pytest.raises(gateway.RequestRejected):
            files.path(descriptor("other"))
        await asyncio.sleep(0.15)
        assert read(files.path(descriptor("other"))) == b"other"

    run(handed())


@pytest.mark.parametrize(
    ("path", "query", "status"), [(4_096, 0, 200), (96, 4_000, 200), (4_097, 0, 414), (97, 4_000, 414)]
)
def test_an_address_is_as_long_as_the_limit_at_most(path: int, query: int, status: int) -> None:
    """Its path, in bytes, and its query together; beyond, the pages are never asked."""
    scope = Scope(path="/é" + "x" * (path - 3), method="GET")
    scope.query_string = "q" * query
    application = _never if status == 414 else lambda environ, start: _said(start, [b"ok"])
    assert answered(application, scope, Exchange()).status == status


def test_what_breaks_is_our_fault_and_closes_what_was_open() -> None:
    """500 without a word of what it was."""
    broken = answered(lambda environ, start: 1 / 0, Scope(method="GET"), Exchange())  # type: ignore[arg-type]
    assert broken.status == 500 and b"division" not in broken.body


def test_a_request_is_what_pep_3333_says() -> None:
    """Repeated headers joined, cookies by `; `; a name with an underscore, which could pass for a proxy's, is left out."""
    from gongyue.web.environ import environ_of

    headers = [("x-forwarded-for", "1.1.1.1"), ("x-forwarded-for", "2.2.2.2"), ("x_forwarded_for", "9.9.9.9"),
               ("cookie", "a=1"), ("cookie", "b=2"), ("content-type", "text/plain"), ("host", "localhost"), ("content-length", "3")]  # fmt: skip
    environ = environ_of(Scope(*headers, path="/名录/", client="[::1]:9"), io.BytesIO(b"abc"))
    expected = {
        "HTTP_X_FORWARDED_FOR": "1.1.1.1,2.2.2.2",
        "HTTP_COOKIE": "a=1; b=2",
        "CONTENT_TYPE": "text/plain",
        "CONTENT_LENGTH": "3",
        "HTTP_HOST": "localhost",
        "PATH_INFO": "/名录/".encode().decode("latin-1"),
        "QUERY_STRING": "a=%20b",
        "REMOTE_ADDR": "::1",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
    }
    assert {name: environ.get(name) for name in expected} == expected


def _never(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    raise AssertionError("asked")


def _said(start: Callable[..., Any], parts: Iterable[bytes]) -> Iterable[bytes]:
    start("200 OK", [])
    return parts
