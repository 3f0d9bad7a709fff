"""A threaded HTTP server that closes at once: what is idle is dropped, and only answers under way are waited for."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATIENCE = 10.0
"""Seconds that closing waits for answers under way: who reads none, or does not finish asking, holds nobody up."""


class GracefulServer(ThreadingHTTPServer):
    """One thread a connection, and which of them are in the middle of an answer.

    Of those that were not waited for in the end, `unreceived` had not sent all of their request, `unsent` the others.
    """

    daemon_threads = True  # server_close waits, with an end
    request_queue_size = 1024  # the library's 5 are full as soon as some ask at one time, and the rest are turned away

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        self._changed = threading.Condition()
        self._answering: dict[Any, bool] = {}
        self._receiving: set[Any] = set()
        self._closing = False
        self.unsent = self.unreceived = 0
        super().__init__(address, handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """A connection comes in."""
        with self._changed:
            self._answering[request] = False
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """A connection is over."""
        super().shutdown_request(request)
        with self._changed:
            self._answering.pop(request, None)
            self._changed.notify_all()

    def answering(self, request: Any, under_way: bool) -> bool:
        """Note whether an answer is under way on this connection; whether it is to be closed after it."""
        with self._changed:
            self._answering[request] = under_way
            return self._closing

    @contextmanager
    def receiving(self, request: Any) -> Iterator[None]:
        """Note that meanwhile a body is waited for on this connection."""
        with self._changed:
            self._receiving.add(request)
        try:
            yield
        finally:
            with self._changed:
                self._receiving.discard(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who goes away before the answer is nobody's error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def server_close(self) -> None:
        """Listen no more, close what is idle, and wait for the answers under way, PATIENCE at most."""
        super().server_close()
        with self._changed:
            self._closing = True
            for request in (one for one, under_way in self._answering.items() if not under_way):
                with suppress(OSError):
                    request.shutdown(socket.SHUT_RD)  # what has come in already is still answered
            self._changed.wait_for(lambda: not self._answering, PATIENCE)
            self.unreceived = len(self._receiving)
            self.unsent = sum(self._answering.values()) - self.unreceived
