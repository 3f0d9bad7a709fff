"""Serving the pages with granian: a parent that watches, workers that answer, each with the office opened once.

SQLite: one worker with threads. PostgreSQL: two workers. On SIGTERM or Ctrl-C no request is cut off: workers answer
what they have begun, close the store and let go of the fork guard; then the parent ends.
"""

from __future__ import annotations

import gc
import io
import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from granian.constants import HTTPModes, Interfaces
from granian.server import Server

from gongyue.office.setup import BadOffice
from gongyue.web import starting

THREADS = 16
"""Requests a worker answers at once; most wait for the disk."""
WORKERS_ON_POSTGRES = 2
GRACE = 30
"""Seconds requests under way may take after a stop is asked for."""

_log = logging.getLogger("gongyue.serving")


class Place(NamedTuple):
    """What is served, and where. `origins`: the addresses it is reached by; `greeting`: printed once it answers."""

    directory: Path
    origins: tuple[str, ...]
    host: str
    port: int
    workers: int
    greeting: str = ""


class PortInUse(BadOffice):
    """Somebody else listens there."""


def require_free(host: str, port: int) -> None:
    """PortInUse, or BadOffice for an address that is not this computer's, before anything is begun."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen()
        except OSError as error:
            raise PortInUse(
                f"{host} 的 {port} 端口不能用（{error.strerror}）；请用 --port 另选一个。",
                f"Port {port} of {host} cannot be used ({error.strerror}): choose another with --port.",
            ) from None


def serve(place: Place) -> None:
    """Serve until a signal asks to stop. The pages were started and prepared in this process, and closed again."""
    server: Any = Server(
        "gongyue",
        address=place.host,
        port=place.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=place.workers,
        blocking_threads=THREADS,
        workers_kill_timeout=GRACE,
        log_enabled=False,
    )
    server.serve(spawn_target=partial(_work, place, server._spawn_wsgi_worker), target_loader=_nothing)


def _nothing(target: str) -> None:
    """Workers load the pages themselves."""


def _work(place: Place, answer: Callable[..., None], number: int, name: str, loader: object, *rest: Any) -> None:
    """A worker's whole life."""
    from gongyue.web import logs
    from gongyue.web.routines import Routines

    routines: list[Routines] = []
    threading.Thread(target=_end_with, args=(os.getppid(),), name="gongyue-parent", daemon=True).start()

    def load() -> Any:
        logs.to_standard_error()
        starting.start(place.directory, place.origins, starting.clock_of(place.directory))
        from gongyue.web.wsgi import application

        if number == 1:
            _greet(place, application)
        gc.freeze()  # what is there now stays: walking all of it again and again would hold up every answer
        routines.append(Routines(place.directory))
        routines[0].start()
        return application

    try:
        answer(number, name, load, *rest)
    finally:
        for one in routines:
            one.stop()
        starting.close()
        _log.info("已停止 stopped: worker %d", number)


def _end_with(parent: int) -> None:
    """Stop as for any signal once the parent is gone: killed, it cannot say so, and its port would stay taken."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def _greet(place: Place, application: Callable[..., Any]) -> None:
    """Say where the pages are once they can answer; what they lack is written down otherwise."""
    answered: list[str] = []
    body = b"".join(
        application(_asking(place, "/readyz"), lambda status, headers, exc_info=None: answered.append(status))
    )
    if answered != ["200 OK"]:
        _log.error("未就绪 not ready: %s %s", answered, body.decode("utf-8", "replace"))
        return
    print(place.greeting, flush=True)  # noqa: T201  (for whoever started it)


def _asking(place: Place, path: str) -> dict[str, Any]:
    scheme, _, host = place.origins[0].partition("://")
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "HTTP_HOST": host,
        "HTTP_X_FORWARDED_PROTO": scheme,
        "SERVER_NAME": place.host,
        "SERVER_PORT": str(place.port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
    }
