"""Screenshots of every page, in both languages and two widths, of a demonstration built for them.

    python tools/screenshots.py OUT [--only WORDS]

For every face a login of the demonstration; the addresses come from the pages themselves, so that a new page is
photographed without a list. Needs Chromium (GONGYUE_CHROMIUM names another than /usr/bin/chromium).
"""

from __future__ import annotations

import argparse
import os
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from socketserver import ThreadingMixIn
from urllib.parse import urljoin, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from playwright.sync_api import Browser, Page, sync_playwright

FACES = {
    "site": "",
    "workspace": "yunling@demo.invalid",
    "applicant": "shibei@demo.invalid",
    "desk": "qin@demo.invalid",
    "clerk": "bai@demo.invalid",
    "authority": "authority@demo.invalid",
}
"""Face → the login it is seen from; the public site from none."""
STARTS = {"site": "/", "authority": "/authority/", "desk": "/desk/", "clerk": "/desk/"}
WIDTHS = {"wide": 1280, "phone": 360}
MOST_ALIKE = 2
"""Pages of one form (numbers and ids left out) photographed at most."""
ARGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-sandbox",
]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A demonstration, built and served; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    address = f"http://localhost:{port}"
    from gongyue.covenant.reading import read
    from gongyue.demo.building import build
    from gongyue.web import starting

    text = files("gongyue.covenant").joinpath("texts", "zgc-big-data.txt").read_bytes()
    build(folder, read(text, "zgc-big-data.txt"), lambda told: None, (address,))
    starting.start(folder / "office", [address])
    starting.prepare()
    from gongyue.web import demonstration
    from gongyue.web.wsgi import application

    demonstration.logins()
    server = make_server("127.0.0.1", port, application, server_class=_Server, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield address
    server.shutdown()


def sign_in(page: Page, address: str, email: str) -> None:
    """Sign in as that person."""
    from gongyue.web.demonstration import PASSWORD

    page.goto(address + "/account/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state()


def form_of(path: str) -> str:
    """The form of an address: every part that has a digit or a colon is one of many alike."""
    return "/".join("*" if any(c.isdigit() or c == ":" for c in part) else part for part in path.split("/"))


def addresses(page: Page, address: str, start: str) -> list[str]:
    """The addresses of pages of this site reached from one page, breadth first."""
    seen: dict[str, int] = {}
    queue, found = [start], []
    known = {start}
    while queue:
        path = queue.pop(0)
        form = form_of(path)
        if seen.get(form, 0) >= MOST_ALIKE or path.startswith(("/en/", "/static", "/book", "/api")):
            continue
        answer = page.goto(address + path)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        seen[form] = seen.get(form, 0) + 1
        found.append(path)
        for href in page.eval_on_selector_all("a[href]", "links => links.map(a => a.getAttribute('href'))"):
            link = urlsplit(urljoin(address + path, href))
            if f"{link.scheme}://{link.netloc}" != address or "." in link.path.rsplit("/", 1)[-1]:
                continue
            there = link.path + (f"?{link.query}" if link.path.startswith("/acts/new/") and link.query else "")
            if there not in known:
                known.add(there)
                queue.append(there)
    return found


def shoot(browser: Browser, address: str, face: str, out: Path, only: str) -> int:
    """Photograph one face; returns how many pictures."""
    made = 0
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", accept_downloads=False)
    page = context.new_page()
    if FACES[face]:
        sign_in(page, address, FACES[face])
    for path in addresses(page, address, STARTS.get(face, "/workspace/")):
        if only not in path:
            continue
        for language, prefix in (("zh", ""), ("en", "/en")):
            for name, width in WIDTHS.items():
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(address + prefix + path)
                title = (path.split("?")[0].strip("/").replace("/", "_").replace(":", "-") or "home")[:80]
                page.screenshot(path=out / f"{face}.{title}.{language}.{name}.png", full_page=True)
                made += 1
    context.close()
    return made


def main() -> None:
    """Photograph everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="", help="only addresses that contain this")
    parser.add_argument("--face", choices=FACES, action="append")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as address, sync_playwright() as playwright:
        path = os.environ.get("GONGYUE_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        for face in given.face or FACES:
            print(face, shoot(browser, address, face, given.out, given.only))
        browser.close()


if __name__ == "__main__":
    main()
