"""A mail server of the tests' own: it keeps what it is given, and fails as it is told to."""

from __future__ import annotations

import email
import socket
import threading
from email import policy
from email.message import Message
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any


class Postbox(ThreadingTCPServer):
    """`kept`: (recipient, message); `recipient` and `data`: what RCPT and DATA are answered; `break_after_data`:
    close the connection instead of answering a message; `one_each`: close it after every message."""

    allow_reuse_address, daemon_threads = True, True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.kept: list[tuple[str, Message]] = []
        self.recipient, self.data = "250 ok", "250 kept"
        self.break_after_data = self.one_each = False
        self.commands: list[str] = []
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def keep(self, recipient: str, data: bytes) -> None:
        """Take a message in."""
        with self._lock:
            self.kept.append((recipient, email.message_from_bytes(data, policy=policy.default)))

    def close(self) -> None:
        """Listen no more."""
        self.shutdown()
        self.server_close()
        self._thread.join()


class _Session(StreamRequestHandler):
    def _say(self, line: str) -> None:
        self.wfile.write(line.encode("ascii") + b"\r\n")

    def handle(self) -> None:
        """One connection."""
        box: Any = self.server
        recipient = ""
        self._say("220 postbox")
        while line := self.rfile.readline():
            text = line.decode("ascii", "replace").strip()
            word = text.partition(" ")[0].upper()
            box.commands.append(word)
            if word == "DATA":
                self._say("354 go on")
                data = self._data()
                if box.break_after_data:
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                if box.data.startswith("2"):
                    box.keep(recipient, data)
                self._say(box.data)
                if box.one_each:
                    return
            elif word == "RCPT":
                recipient = text.partition("<")[2].partition(">")[0]
                self._say(box.recipient)
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _data(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) and line != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)
