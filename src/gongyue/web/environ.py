"""A request as PEP 3333 has it: the environment made of what RSGI hands over, and what it calls a file wrapper."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from typing import IO, Any

BLOCK = 128 * 1024
"""Bytes read of a file at once, at least."""


class File:
    """What WSGI calls a file wrapper: an answer that is a file on disk; the server may send it by itself."""

    def __init__(self, file: Any, block: int = BLOCK) -> None:
        self.file, self._block = file, max(block, BLOCK)
        self.close = getattr(file, "close", lambda: None)

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self.file.read(self._block), b"")

    @property
    def whole(self) -> bool:
        """Whether it is a file on disk that has not been read from."""
        return isinstance(getattr(self.file, "raw", None), io.FileIO) and self.file.tell() == 0


def address_of(scope: Any) -> str:
    """The address a request comes from, without its port."""
    return str(scope.client.rpartition(":")[0].strip("[]"))


def environ_of(scope: Any, body: IO[bytes]) -> dict[str, Any]:
    """The request as PEP 3333 has it. A header whose name has an underscore is left out: it could pass for one a proxy sets."""
    server, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode("utf-8").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": address_of(scope),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": File,
    }
    for name, value in scope.headers.items():
        if "_" in name:
            continue
        key = "HTTP_" + name.upper().replace("-", "_")
        key = key.removeprefix("HTTP_") if key in ("HTTP_CONTENT_TYPE", "HTTP_CONTENT_LENGTH") else key
        environ[key] = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}" if key in environ else value
    return environ
