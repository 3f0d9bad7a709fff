"""The gate as a small local HTTP service: POST /decide, GET /health, GET /metrics, POST /reload.

POST /decide   {use} → {verdict}, or [{use}, …] → [{verdict}, …]
GET  /health   200 {"status", "authorisations", "withdrawals", "withdrawn", "bad_authorisations", "unused_columns", "loaded",
                    "reload_error", "lost", "lost_since", "max_loss"}
GET  /metrics  Prometheus text: decisions by verdict, requests, reloads, seconds spent deciding
POST /reload   read both files again; the old index answers until the new one stands (also on SIGHUP), and goes on where more would
               be lost than may be, with what was lost since the start or the last forced one, unless {"force": true} is sent
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address
from typing import Any

import msgspec
import orjson

from gongyue.conduct.findings import BadInput
from gongyue.conduct.gate_service import Service
from gongyue.conduct.graceful_server import GracefulServer
from gongyue.conduct.objects import doubled, exact, inexact
from gongyue.conduct.rows import no_json

METHODS = {"/decide": "POST", "/health": "GET", "/metrics": "GET", "/reload": "POST"}
LARGEST = 4 << 20
"""Bytes of a request's body: some 20,000 uses."""
MOST = 1 << 16
"""Items of a request: a body of nothing but commas and digits would else be answered with a hundred times its size."""
PASSED, PATIENCE = 16 * LARGEST, 5.0
"""Bytes of a body that is refused that are still taken, and seconds that each of them is waited for: a client that sends all
before it reads would else never see why it was refused."""
DIGITS = 20
"""Digits of a length: Python reads no more than 4,300 of them."""


class Reload(msgspec.Struct, forbid_unknown_fields=True):
    """What may be asked of a reload."""

    force: bool = False


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "gongyue-gate", ""
    timeout = 30
    disable_nagle_algorithm = True

    def parse_request(self) -> bool:
        """Read the head; from then on an answer is under way. One that may be read in two ways is refused."""
        if not super().parse_request():
            return False
        self._under_way(True)
        objection = self._ambiguous()
        if objection is None:
            return True
        self.close_connection = True
        self._refuse(400, *objection)
        if self._length() != 0:
            self._pass_over()
        return False

    def _ambiguous(self) -> tuple[str, str] | None:
        """Why somebody else may take this head for another, in both languages: where a request ends, or whom it is for, is
        said twice, or not at all."""
        hosts, lengths = (self.headers.get_all(name, []) for name in ("Host", "Content-Length"))
        if len(hosts) > 1 or not (hosts or self.request_version in {"HTTP/0.9", "HTTP/1.0"}):  # RFC 9112 3.2
            return "HTTP/1.1 的请求须有 Host，且只有一个", "a request by HTTP/1.1 has one Host, and one alone"
        if len(lengths) > 1:  # RFC 9112 6.3: it may refuse them also where they are equal
            return "Content-Length 写了不止一次：只写一次", "Content-Length stands more than once: state it once"
        if lengths and "Transfer-Encoding" in self.headers:  # RFC 9112 6.1
            return (
                "Content-Length 与 Transfer-Encoding 不能同有：只写 Content-Length",
                "Content-Length and Transfer-Encoding cannot stand together: state Content-Length alone",
            )
        if self.headers.defects:  # the library takes the head to end there: what follows would be the next request
            return "请求头里有一行不合格式：写作“名称: 值”", 'a line of the head is malformed: write "Name: value"'
        return None

    def handle_one_request(self) -> None:
        """Wait for a request and answer it; afterwards the connection is idle."""
        super().handle_one_request()
        self._under_way(False)

    def _under_way(self, answering: bool) -> None:
        if self.server.answering(self.connection, answering):
            self.close_connection = True

    def do_GET(self) -> None:
        """GET /health and /metrics."""
        self.close_connection |= self._length() != 0  # a body that nobody reads is not taken for the next request
        if not self._admitted():
            return
        if self.path == "/health":
            self._json(200, self.server.service.health())
        else:
            self._send(200, self.server.service.metrics().encode(), "text/plain; version=0.0.4; charset=utf-8")

    def do_POST(self) -> None:
        """POST /decide and /reload."""
        if not self._admitted():
            return
        body = self._body()
        if body is None:
            return
        if self.path == "/reload":
            self._reload(body)
        else:
            self._decide(body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the library refuses by itself, as JSON: a broken request, or a method that nobody has a use for."""
        self.close_connection = True
        if code == HTTPStatus.NOT_IMPLEMENTED:
            self._admitted()
        else:
            said = message or HTTPStatus(code).phrase
            self._refuse(code, f"请求不合格式（{said}）", f"a bad request ({said})")

    def _admitted(self) -> bool:
        """Whether the request is for an address that is here, by its method, and from no other site; else it is refused."""
        known = self.path if self.path in METHODS else "other"  # labels do not grow with what strangers ask
        self.server.service.asked(known)
        objection = self._objection()
        if objection is None:
            return True
        unread = self._length() != 0
        self.close_connection |= unread
        self._refuse(*objection)
        if unread:
            self._pass_over()
        return False

    def _objection(self) -> tuple[int, str, str, dict[str, str]] | None:
        allowed = METHODS.get(self.path)
        if not self._ours():
            zh, en = "只答本机：Host 或 Origin 是别处的", "only this machine is answered: Host or Origin is another's"
            return 403, zh, en, {}
        if allowed is None:
            return 404, f"没有这个地址；有 {'、'.join(METHODS)}", f"no such address; there are {', '.join(METHODS)}", {}
        if self.command != allowed:
            return 405, f"{self.path} 用 {allowed}", f"{self.path} takes {allowed}", {"Allow": allowed}
        return None

    def _ours(self) -> bool:
        """Not a browser on another site's behalf: bound to loopback the Host is local; an Origin is the service's own."""
        host, origin = self.headers.get("Host", ""), self.headers.get("Origin")
        if is_local(str(self.server.server_address[0])) and host and not is_local(_name_of(host)):
            return False
        return origin is None or origin.lower() == f"http://{host}".lower()

    def _reload(self, body: bytes) -> None:
        try:
            asked = msgspec.json.decode(body, type=Reload) if body.strip() else Reload()
        except msgspec.MsgspecError:
            self._refuse(
                400,
                '请求体不合格式，没有重读：不写，或写 {"force": true}',
                'the body is malformed, nothing was reloaded: leave it out, or send {"force": true}',
            )
            return
        (twice,) = doubled(body, [msgspec.to_builtins(asked)])
        if twice is not None:
            self._refuse(400, f"{twice.zh}，没有重读", f"{twice.en}, nothing was reloaded")
            return
        good = self.server.service.reload(asked.force)
        self._json(200 if good else 500, self.server.service.health())

    def _decide(self, body: bytes) -> None:
        try:
            asked = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            self._refuse(400, *no_json(body, error))
            return
        rows = asked if isinstance(asked, list) else [asked]
        if len(rows) > MOST:
            self._refuse(413, f"超过 {MOST} 项，请分批", f"over {MOST} items; send them in parts")
            return
        if any(inexact(row) for row in rows if isinstance(row, dict)):
            asked = exact(body) or asked
            rows = asked if isinstance(asked, list) else [asked]
        answers = self.server.service.decide(rows, doubled(body, rows))
        self._json(200, answers if isinstance(asked, list) else answers[0])

    def _body(self) -> bytes | None:
        """The body, or None once it has been refused: without a length, or too large."""
        length = self._length()
        if length is None or (self.path == "/decide" and "Content-Length" not in self.headers):
            self.close_connection = True
            self._refuse(411, "须有 Content-Length", "Content-Length is needed")
            return None
        if length > LARGEST:
            self.close_connection = True
            self._refuse(413, f"请求超过 {LARGEST} 字节，请分批", f"over {LARGEST} bytes; send it in parts")
            self._pass_over()
            return None
        with self.server.receiving(self.connection):
            body = self.rfile.read(length)
        if len(body) < length:
            self.close_connection = True
            self._refuse(
                400,
                f"请求不完整：应有 {length} 字节，只收到 {len(body)}",
                f"cut off: {len(body)} of {length} bytes came",
            )
            return None
        return body

    def _length(self) -> int | None:
        """Bytes of the body; None where the head does not say so, or not in a way that is read."""
        said, *more = self.headers.get_all("Content-Length", ["0"])
        if more or "Transfer-Encoding" in self.headers or not (said.isascii() and said.isdecimal()):
            return None
        return int(said) if len(said) <= DIGITS else PASSED

    def _pass_over(self) -> None:
        """Take a body that was refused, PASSED bytes of it at most."""
        length = self._length()
        left = PASSED if length is None else min(length, PASSED)
        self.connection.settimeout(PATIENCE)
        with self.server.receiving(self.connection):
            while left > 0 and (some := self.rfile.read1(min(left, 1 << 16))):
                left -= len(some)

    def _refuse(self, status: int, zh: str, en: str, more: Mapping[str, str] = {}) -> None:
        self._json(status, {"zh": zh, "en": en}, more)

    def _json(self, status: int, data: Any, more: Mapping[str, str] = {}) -> None:
        self._send(status, orjson.dumps(data), "application/json", more)

    def _send(self, status: int, body: bytes, kind: str, more: Mapping[str, str] = {}) -> None:
        self.send_response(status)
        for name, value in more.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Nothing: what is asked here is about persons."""


class Server(GracefulServer):
    """One service at one address, bound and not yet serving; port 0 takes a free one. BadInput where it cannot listen there."""

    def __init__(self, service: Service, host: str = "127.0.0.1", port: int = 0) -> None:
        self.service = service
        try:
            super().__init__((host, port), Handler)
        except OSError as error:
            raise _unbound(host, port, error) from None


def is_local(host: str) -> bool:
    """Whether a name or an address is this machine's own and nobody else's."""
    try:
        return host.lower() == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _name_of(host: str) -> str:
    """The name in a Host header, without its port."""
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]


def _unbound(host: str, port: int, error: OSError) -> BadInput:
    if error.errno == errno.EADDRINUSE:
        return BadInput(
            f"端口 {port} 已被占用：用 --port 换一个（0 任选），或先停下占用它的程序",
            f"port {port} is in use: choose another with --port (0 takes any), or stop what uses it",
        )
    return BadInput(
        f"不能在 {host} 端口 {port} 监听（{error.strerror}）：看 --host 是否本机地址、--port 是否允许使用",
        f"cannot listen on {host} port {port} ({error.strerror}): see whether --host is an address of this machine and"
        " --port may be used",
    )
