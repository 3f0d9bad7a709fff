"""Screenshots of every page, in both languages and two widths, of a demonstration built for them.

    python tools/screenshots.py OUT [--only WORDS]

For every face a login of the demonstration; the addresses come from the pages themselves, so that a new page is
photographed without a list. Needs Chromium (GONGYUE_CHROMIUM names another than /usr/bin/chromium).
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, Error, Page, sync_playwright

FACES = {
    "site": "",
    "workspace": "yunling@demo.invalid",
    "applicant": "northlake@demo.invalid",
    "newcomer": "shibei@demo.invalid",
    "desk": "qin@demo.invalid",
    "clerk": "bai@demo.invalid",
    "caseworker": "xu@demo.invalid",
    "panellist": "hu@demo.invalid",
    "authority": "authority@demo.invalid",
}
"""Face → the login it is seen from; the public site from none."""
DESKS = ("desk", "clerk", "caseworker", "panellist")
STARTS = {"site": "/", "authority": "/authority/"} | dict.fromkeys(DESKS, "/desk/")
UNLINKED = {"desk": ("/desk/covenant/bind/",)}
"""Face → pages that nothing leads to in the demonstration, whose covenant is founded."""
WIDTHS = {"wide": 1280, "phone": 360}
MOST_ALIKE = 2
"""Pages of one form (numbers and ids left out) photographed at most."""
CHROMIUM = os.environ.get("GONGYUE_CHROMIUM", "/usr/bin/chromium")
GONGYUE = "from gongyue.cli.main import main; main(prog_name='gongyue')"
ARGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-sandbox",
]


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """A demonstration, built and served: its address, and the password of each login."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-c", GONGYUE, "demo", "--dir", str(folder), "--port", str(port), "--quiet", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        told = json.loads(server.stdout.readline())
        try:
            yield told["address"].rstrip("/"), {login["email"]: told["password"] for login in told["logins"]}
        finally:
            server.send_signal(signal.SIGINT)


def sign_in(page: Page, address: str, email: str, password: str) -> None:
    """Sign in as that person."""
    page.goto(address + "/account/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state()


def form_of(path: str) -> str:
    """The form of an address: every part that has a digit or a colon is one of many alike."""
    return "/".join("*" if any(c.isdigit() or c == ":" for c in part) else part for part in path.split("/"))


def title_of(path: str, titles: dict[str, str]) -> str:
    """The name of its pictures; addresses that differ only in what a form is filled with are counted up."""
    name = (path.split("?", maxsplit=1)[0].strip("/").replace("/", "_").replace(":", "-") or "home")[:80]
    title, number = name, 1
    while titles.setdefault(title, path) != path:
        number += 1
        title = f"{name}.{number}"
    return title


def addresses(page: Page, address: str, starts: list[str], own: bool) -> list[str]:
    """The addresses of pages of this site reached from some, breadth first; `own`: not those that all see alike."""
    seen: dict[str, int] = {}
    queue, found = list(starts), []
    known = set(starts)
    while queue:
        path = queue.pop(0)
        form = form_of(path)
        if seen.get(form, 0) >= MOST_ALIKE or path.startswith(("/en/", "/static", "/book", "/api")):
            continue
        try:
            answer = page.goto(address + path)
        except Error as error:
            if "Download is starting" not in str(error):
                raise
            continue
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        if own and "public" in answer.headers.get("cache-control", ""):
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


def shoot(browser: Browser, address: str, passwords: dict[str, str], face: str, out: Path, only: str) -> int:
    """Photograph one face; returns how many pictures."""
    made = 0
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", accept_downloads=False)
    page = context.new_page()
    if email := FACES[face]:
        sign_in(page, address, email, passwords[email])
    starts = [STARTS.get(face, "/workspace/"), *UNLINKED.get(face, ())]
    titles: dict[str, str] = {}
    for path in addresses(page, address, starts, bool(email)):
        if only not in path:
            continue
        title = title_of(path, titles)
        for language, prefix in (("zh", ""), ("en", "/en")):
            for name, width in WIDTHS.items():
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(address + prefix + path)
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
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder)) as (address, passwords),
        sync_playwright() as run,
    ):
        browser = run.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        for face in given.face or FACES:
            print(face, shoot(browser, address, passwords, face, given.out, given.only))
        browser.close()


if __name__ == "__main__":
    main()
