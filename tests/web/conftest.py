"""The pages over a demonstration: built once a run, its office copied for every test."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


PORT = free_port()
ADDRESS = f"http://localhost:{PORT}"


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration with its pages' tables and one login per role."""
    from gongyue.covenant.parser import outline
    from gongyue.demo.demo_folder import build
    from gongyue.web import bootstrap

    folder = tmp_path_factory.mktemp("web") / "demo"
    folder.mkdir()
    text = files("gongyue.covenant").joinpath("texts", "zgc-big-data.txt").read_bytes()
    build(folder, outline(text, "zgc-big-data.txt"), lambda told: None, [ADDRESS])
    bootstrap.start(folder / "office", [ADDRESS])
    _passwords_are_stretched_a_little()
    bootstrap.prepare()
    from gongyue.web import demo_accounts, installation

    demo_accounts.logins()
    installation.office().save()  # every test's copy goes on from here, instead of folding the whole book again
    installation.close()
    _database(folder / "office" / "web.db")
    return folder


def _passwords_are_stretched_a_little() -> None:
    """A password costs its guesser a third of a second; a hundred sign in here. Served processes stretch it as they should."""
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    PBKDF2PasswordHasher.iterations = 1_000


def _database(path: Path) -> None:
    from django.db import connections

    connections.close_all()
    for kept in (connections.databases["default"], connections["default"].settings_dict):
        kept["NAME"] = str(path)


class House:
    """An installation of its own: `directory`, its `office`, and clients signed in as whom a test names."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    @property
    def office(self) -> Any:
        """The office."""
        from gongyue.web import installation

        return installation.office()

    def client(self, email: str = "", **settings: Any) -> Any:
        """A test client, signed in as the person of that address."""
        from django.test import Client

        client = Client(headers={"host": f"localhost:{PORT}"}, **settings)
        if email:
            from gongyue.web.accounts.models import Person

            person = Person.objects.get(email=email)
            client.cookies["sessionid"] = _session_of(person)
        return client


def _session_of(person: Any) -> str:
    """The key of an open session. Django's own `force_login` writes one four times over, and keeps account of who signed in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def _copied(prepared: Path, folder: Path) -> None:
    """Its office; what stands beside an office nobody writes to, and is there without being copied."""
    folder.mkdir()
    for beside in prepared.iterdir():
        if beside.name == "office":
            shutil.copytree(beside, folder / beside.name)
        else:
            (folder / beside.name).symlink_to(beside)


@pytest.fixture
def house(prepared: Path, tmp_path: Path) -> Iterator[House]:
    """The demonstration, copied, opened, closed again; the language a request of another test chose is not spoken on."""
    from django.utils.translation import deactivate

    from gongyue.web import installation

    folder = tmp_path / "demo"
    _copied(prepared, folder)
    _database(folder / "office" / "web.db")
    installation.open(folder / "office")
    deactivate()
    yield House(folder)
    installation.close()
    _database(prepared / "office" / "web.db")


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


class _Threading(WSGIServer):
    daemon_threads = True
    request_queue_size = 64

    def process_request(self, request: Any, client_address: Any) -> None:
        """Each request in a thread of its own, as the real server does."""
        threading.Thread(target=self._one, args=(request, client_address), daemon=True).start()

    def _one(self, request: Any, client_address: Any) -> None:
        from django.db import connections

        try:
            self.finish_request(request, client_address)
        finally:
            self.shutdown_request(request)
            connections.close_all()


@pytest.fixture
def address(house: House) -> Iterator[str]:
    """The pages served for a browser, page cache included, at an address where passkeys work."""
    from gongyue.web.wsgi import application

    server = make_server("127.0.0.1", PORT, application, server_class=_Threading, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield ADDRESS
    server.shutdown()
    server.server_close()
    thread.join()


# -- a real browser

CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
"""Debian's Chromium without the windows and menus around its pages, where it is installed: half the work of the whole one."""
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-sandbox",
)
AXE = Path(__file__).with_name("axe.min.js")
"""axe-core 4.14.1, MPL-2.0 (axe.LICENSE beside it), as the npm registry has it; only injected by tests."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, started once a run."""
    import os

    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright's loop runs in the thread that asks the database
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


class Visitor:
    """Somebody at a browser: `page` is playwright's, `at(path)` goes there, `signs_in(email)` opens a session."""

    def __init__(self, browser: Any, address: str, house: House, **context: Any) -> None:
        settings = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": {"width": 1280, "height": 900}}
        self.context = browser.new_context(**(settings | context))
        self.address, self.house = address, house
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message: Any) -> None:
        if message.type == "error" and "favicon" not in message.location.get("url", ""):
            self.complaints.append(message.text)

    def signs_in(self, email: str) -> Visitor:
        """As the person of that address, without going through the sign-in page."""
        client = self.house.client(email)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.address}
        self.context.add_cookies([cookie])
        return self

    def at(self, path: str) -> Any:
        """Go there; gives playwright's page."""
        answer = self.page.goto(self.address + path)
        assert answer is not None and answer.status < 400, (path, answer and answer.status)
        return self.page

    def presses(self, button: str) -> Any:
        """Press it and wait for the page it leads to, loaded: a change of the history alone is none; gives playwright's page."""
        with self.page.expect_event("load"):
            self.page.locator(button).click()
        return self.page

    def violations(self) -> list[str]:
        """What axe finds wrong with the page as it is."""
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE.read_text("utf-8"))
        found = self.page.evaluate('async () => (await axe.run({ resultTypes: ["violations"] })).violations')
        return [f"{v['id']}: {v['nodes'][0]['html'][:200]} ({len(v['nodes'])})" for v in found]

    def too_wide(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth"))


@pytest.fixture
def visitor(chromium: Any, address: str, house: House) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors at the served pages: `visitor()`, `visitor(viewport=…, java_script_enabled=False)`."""
    made: list[Visitor] = []

    def make(**context: Any) -> Visitor:
        made.append(Visitor(chromium, address, house, **context))
        return made[-1]

    yield make
    for one in made:
        one.context.close()


@pytest.fixture
def browser_page(visitor: Callable[..., Visitor]) -> Any:
    """A page of a fresh visitor who is not signed in."""
    return visitor().page
