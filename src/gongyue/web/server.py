"""Serving the pages with granian: a parent that watches, workers that answer, each with the office opened once.

SQLite: one worker with threads. PostgreSQL: two workers. On SIGTERM or Ctrl-C workers answer what they have begun, close
the store and let go of the fork guard; then the parent ends. A worker that is held up, by a client that never finishes,
say, is killed when the time is over: what was acknowledged is on the disk.
"""

from __future__ import annotations

import gc
import io
import logging
import os
import resource
import signal
import socket
import threading
import time
from collections.abc import Callable
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NamedTuple

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server import Server

from gongyue.office.office_folder import BadOffice
from gongyue.web import bootstrap

THREADS = 16
"""Requests a worker answers at once; most wait for the disk."""
WORKERS_ON_POSTGRES = 2
GRACE = 3
"""Seconds requests under way may take after a stop is asked for."""
LARGEST_HEAD = 64 * 1024
"""Bytes of the largest head of a request."""
HEAD_SECONDS = 10
"""Seconds within which the head of a request has to arrive, and for which a connection may be idle."""
MOST_CONNECTIONS = 16_384
"""Connections a worker holds at most, where the system allows it the files they take."""
LEAST_CONNECTIONS = 64
"""Connections below which it is not worth beginning."""
FILES_EACH = 3
"""Files a connection takes at most: itself, a body or an answer under way, an answer being handed to the server."""
OTHER_FILES = 256
"""Files a worker needs besides: the store, what its threads are working on."""

_log = logging.getLogger("gongyue.serving")


class ServerConfig(NamedTuple):
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
    """PortInUse, or BadOffice for an address that is none or not this computer's, before anything is begun."""
    try:
        family = socket.AF_INET6 if ip_address(host).version == 6 else socket.AF_INET
    except ValueError:
        raise BadOffice(
            f"--host 须是 IP 地址（例如 127.0.0.1、0.0.0.0、::1），不是“{host}”。",
            f"--host takes an IP address (127.0.0.1, 0.0.0.0 or ::1, say), not “{host}”.",
        ) from None
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen()
        except OSError as error:
            raise PortInUse(
                f"{host} 的 {port} 端口不能用（{error.strerror}）；请用 --port（或 --host）另选一个。",
                f"Port {port} of {host} cannot be used ({error.strerror}): choose another with --port (or --host).",
            ) from None


def serve(place: ServerConfig) -> None:
    """Serve until a signal asks to stop. The pages were started and prepared in this process, and closed again."""
    server: Any = Server(
        "gongyue",
        address=place.host,
        port=place.port,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEAD_SECONDS * 1000, max_buffer_size=LARGEST_HEAD),
        websockets=False,
        workers=place.workers,
        backpressure=_connections(),
        workers_kill_timeout=GRACE,
        log_enabled=False,
    )
    server.serve(spawn_target=partial(_work, place, server._spawn_rsgi_worker), target_loader=_nothing)


def _connections() -> int:
    """How many connections a worker takes at once; the limit of open files is raised as far as the system lets us.

    BadOffice where it lets us open too few for LEAST_CONNECTIONS.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS * FILES_EACH + OTHER_FILES
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    connections = min(MOST_CONNECTIONS, (soft - OTHER_FILES) // FILES_EACH)
    if connections < LEAST_CONNECTIONS:
        least = LEAST_CONNECTIONS * FILES_EACH + OTHER_FILES
        raise BadOffice(
            f"系统只许可打开 {soft} 个文件，至少要 {least} 个：请提高上限（ulimit -n，或 systemd 的 LimitNOFILE）。",
            f"The system allows {soft} open files and {least} are needed at least: raise the limit (ulimit -n, or systemd's LimitNOFILE).",
        )
    return connections


def _nothing(target: str) -> None:
    """Workers load the pages themselves."""


def _work(place: ServerConfig, answer: Callable[..., None], number: int, name: str, loader: object, *rest: Any) -> None:
    """A worker's whole life."""
    from gongyue.office import evidence
    from gongyue.web import server_log
    from gongyue.web.routines import Routines

    routines: list[Routines] = []
    threading.Thread(target=_end_with, args=(os.getppid(),), name="gongyue-parent", daemon=True).start()

    def load() -> Any:
        server_log.to_standard_error()
        bootstrap.start(place.directory, place.origins, bootstrap.clock_of(place.directory))
        from gongyue.web.gateway import Gateway
        from gongyue.web.wsgi import application

        if number == 1:
            threading.Thread(target=_greet, args=(place, application), name="gongyue-greeting", daemon=True).start()
            preparing = threading.Timer(
                evidence.SETTLED, evidence.get_ready
            )  # what it compiles serves the other workers too
            preparing.daemon = True
            preparing.start()
        gc.freeze()  # what is there now stays: walking all of it again and again would hold up every answer
        routines.append(Routines(place.directory))
        routines[0].start()
        return Gateway(application, THREADS, _connections())

    try:
        answer(number, name, load, *rest)
    finally:
        for one in routines:
            one.stop()
        bootstrap.close()
        _log.info("已停止 stopped: worker %d", number)


def _end_with(parent: int) -> None:
    """Stop as for any signal once the parent is gone: killed, it cannot say so, and its port would stay taken."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)  # held up, and nobody is left who would kill it


def _greet(place: ServerConfig, application: Callable[..., Any]) -> None:
    """Say where the pages are once they can answer; what they lack is written down otherwise."""
    answered: list[str] = []
    body = b"".join(
        application(_asking(place, "/readyz"), lambda status, headers, exc_info=None: answered.append(status))
    )
    if answered != ["200 OK"]:
        _log.error("未就绪 not ready: %s %s", answered, body.decode("utf-8", "replace"))
        return
    while not _listening(place):
        time.sleep(0.02)
    print(place.greeting, flush=True)  # noqa: T201  (for whoever started it)


def _listening(place: ServerConfig) -> bool:
    try:
        socket.create_connection((place.host, place.port), 1).close()
    except OSError:
        return False
    return True


def _asking(place: ServerConfig, path: str) -> dict[str, Any]:
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
