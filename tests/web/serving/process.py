"""A server of our own in a process of its own: started by the command line, asked over HTTP, stopped by a signal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Self

import requests

from web.conftest import free_port


class Server:
    """`gongyue …` with a port of its own; `greeting` is the first line it says once it answers."""

    def __init__(self, *words: str | Path, port: int = 0, **environment: str) -> None:
        self.port = port or free_port()
        self.address = f"http://localhost:{self.port}"
        command = [Path(sys.executable).with_name("gongyue"), *words, "--port", str(self.port)]
        self.process = subprocess.Popen(
            [str(word) for word in command],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | environment,
            start_new_session=True,  # a group of its own, as in a terminal
        )
        self.said: list[str] = []
        self.logged: list[str] = []
        self._readers: list[threading.Thread] = []
        for stream, lines in ((self.process.stdout, self.said), (self.process.stderr, self.logged)):
            self._readers.append(threading.Thread(target=self._read, args=(stream, lines), daemon=True))
            self._readers[-1].start()

    @staticmethod
    def _read(stream: Any, lines: list[str]) -> None:
        with stream:
            lines.extend(iter(stream.readline, ""))

    def ready(self, seconds: float = 180) -> Server:
        """Wait until it has said its address and answers there."""
        self.hears(self.address, seconds)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process.poll() is None, (self.said, self.logged)
            try:
                if requests.get(f"{self.address}/readyz", timeout=5).ok:
                    return self
            except (requests.ConnectionError, requests.Timeout):
                pass
            time.sleep(0.05)
        raise AssertionError(("not ready", self.said, self.logged))

    def hears(self, words: str, seconds: float = 180) -> str:
        """Wait until it has said these words; all it said until then."""
        end = time.monotonic() + seconds
        while words not in "".join(self.said):
            assert self.process.poll() is None and time.monotonic() < end, ("not heard", words, self.said, self.logged)
            time.sleep(0.05)
        return "".join(self.said)

    def stop(self, by: int = signal.SIGTERM, seconds: float = 40) -> int:
        """Ask it to stop; its exit code."""
        self.process.send_signal(by)
        code = self.process.wait(seconds)
        for reader in self._readers:
            reader.join()
        return code

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.process.kill()
        for reader in self._readers:
            reader.join()


def gongyue(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """The command line, run to its end."""
    command = [str(Path(sys.executable).with_name("gongyue")), *map(str, words)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


class Browser(requests.Session):
    """Somebody with cookies, who signs in on the sign-in page."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    def at(self, path: str) -> requests.Response:
        """A page."""
        return self.get(self.address + path, timeout=30)

    def signs_in(self, email: str, password: str) -> requests.Response:
        """The page after signing in."""
        self.at("/account/login/")
        fields = {"login": email, "password": password, "csrfmiddlewaretoken": self.cookies["csrftoken"]}
        return self.post(f"{self.address}/account/login/", fields, headers={"Referer": self.address}, timeout=30)
