"""A published book at an address: every answer has a deadline, kept also by a server that drips or leads in circles."""

from __future__ import annotations

import io
import socket
import time
import urllib.error
import urllib.request
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from typing import Any

from gongyue.transparency.regular import TooLong, gather
from gongyue.verifying.budget import Budget
from gongyue.verifying.failures import Unreadable
from gongyue.verifying.locations import Fetch, bound_of

ANSWER_SECONDS = 120
"""For one answer with all that leads to it: 64 MiB, the largest object, at 0.6 MB/s."""


def from_address(base: str, budget: Budget, seconds: float = ANSWER_SECONDS) -> Fetch:
    """A reader of the files below an address; KeyError, Unreadable, TooLong and Spent as of any place."""

    def fetch(path: str) -> bytes:
        address = f"{base}/{path}"
        budget.go_on(address)
        try:
            with _ask(address, min(seconds, budget.left)) as answer:
                data = gather(answer.read, address, bound_of(path), lambda count: budget.take(address, count))
                if answer.length:  # broken off: no fault of the book
                    raise IncompleteRead(data, answer.length)
                return data
        except urllib.error.HTTPError as error:
            with error:
                if error.code in (404, 410):
                    raise KeyError(path) from None
                raise _no_answer(address, error) from None
        except TooLong:
            raise
        except (OSError, HTTPException, ValueError) as error:  # no answer, half of one, no address at all
            budget.go_on(address)
            raise _no_answer(address, error) from None

    return fetch


def _no_answer(address: str, error: Exception) -> Unreadable:
    why = error if isinstance(error, urllib.error.HTTPError) else getattr(error, "reason", error)
    return Unreadable(
        f"{address}：没有得到可用的回答（{why}）；请核对网址，或稍后再试",
        f"{address}: no answer that can be used ({why}); see whether the address is right, or try again later",
        "answer",
        file=address,
    )


def _ask(address: str, seconds: float) -> Any:
    until = time.monotonic() + seconds
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.UnknownHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Plain(until),
        _Encrypted(until),
    ):
        opener.add_handler(handler)
    return opener.open(address, timeout=seconds)


class _Plain(urllib.request.HTTPHandler):
    def __init__(self, until: float) -> None:
        super().__init__()
        self._until = until

    def http_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(partial(_connection, HTTPConnection, self._until), req)


class _Encrypted(urllib.request.HTTPSHandler):
    def __init__(self, until: float) -> None:
        super().__init__()
        self._until = until

    def https_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(partial(_connection, HTTPSConnection, self._until), req)


def _connection(kind: type[HTTPConnection], until: float, host: str, **options: Any) -> HTTPConnection:
    """A connection of which nothing is read after `until`; one that another leads to has what is left."""
    connection = kind(host, **(options | {"timeout": _left(until)}))
    connection.response_class = partial(_Answer, until)  # type: ignore[assignment]
    return connection


class _Answer(HTTPResponse):
    def __init__(self, until: float, sock: socket.socket, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self.fp.close()
        self.fp = io.BufferedReader(_Timed(sock, until))


class _Timed(io.RawIOBase):
    """A socket's bytes until a moment: a timeout of the socket's own would begin anew with every byte."""

    def __init__(self, sock: socket.socket, until: float) -> None:
        self._sock, self._until = sock, until
        self._raw = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(_left(self._until))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("没有及时答完 / not answered in time")
    return left
