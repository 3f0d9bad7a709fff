"""Walking through the pages by their links, and what no page may contain under the strict policy."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

MOST = 260
"""Pages a walk looks at, at most: of many of a kind a few are enough."""
A_KIND = 4
"""Pages of one kind, that is of one route."""


class Page(HTMLParser):
    """A page: its links, and whatever of it a strict Content-Security-Policy would stop or is otherwise not ours."""

    def __init__(self, html: str, base: str) -> None:
        super().__init__()
        self.base, self.links = base, list[str]()
        self.faults: list[str] = []
        self._open = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._open = "" if given.get("type") == "application/json" else tag  # data, which nothing runs
        for name, value in attrs:
            if name.startswith("on"):
                self.faults.append(f"<{tag} {name}>: a handler")
            if name == "style":
                self.faults.append(f"<{tag} style={value!r}>: an inline style")
            if (value or "").strip().lower().startswith(("javascript:", "data:text", "vbscript:")):
                self.faults.append(f"<{tag} {name}={value!r}>: a script for an address")
        if self._open == "script" and not given.get("src"):
            self.faults.append("<script> without src: an inline script")
        if tag in {"script", "link", "img", "iframe", "source"}:
            self._from_here(tag, given.get("src") or given.get("href") or "")
        if tag in {"iframe", "object", "embed", "base"}:
            self.faults.append(f"<{tag}>")
        if tag == "form":
            self._form(given)
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")

    def handle_data(self, data: str) -> None:
        if self._open in {"script", "style"} and data.strip():
            self.faults.append(f"<{self._open}> with content: {data[:60]!r}")

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def _from_here(self, tag: str, address: str) -> None:
        if urlsplit(address).netloc and "localhost" not in address:
            self.faults.append(f"<{tag} {address}>: from elsewhere")

    def _form(self, given: dict[str, str | None]) -> None:
        if urlsplit(given.get("action") or "").netloc:
            self.faults.append(f"<form action={given['action']!r}>: to elsewhere")


def walk(client: Any, *starts: str) -> Iterator[tuple[str, Any]]:
    """(address, answer) of what is found by links from `starts`; downloads are not looked into."""
    waiting, seen, kinds = deque(starts), set(starts), dict[str, int]()
    while waiting and len(seen) < MOST * 4:
        address = waiting.popleft()
        kind = kind_of(address)
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] > A_KIND or sum(kinds.values()) > MOST:
            continue
        answer = client.get(address)
        yield address, answer
        answer.close()
        if answer.status_code == 200 and not answer.streaming and "html" in answer.headers["Content-Type"]:
            for link in Page(answer.content.decode(), address).links:
                found = urldefrag(urljoin(address, link)).url
                if found.startswith("/") and not found.startswith("//") and found not in seen:
                    seen.add(found)
                    waiting.append(found)


def kind_of(address: str) -> str:
    """The route of an address, with its language."""
    from django.urls import Resolver404, resolve

    try:
        return ("en " if address.startswith("/en/") else "") + resolve(urlsplit(address).path).route
    except Resolver404:
        return "nowhere"
