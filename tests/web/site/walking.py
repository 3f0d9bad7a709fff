"""Walking the public site: every address it has, and what stands in a page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

LANGUAGES = ("zh-hans", "en")
CHINESE = re.compile("[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SPOKEN = ("aria-label", "title", "alt", "placeholder", "content")
"""Attributes that people are told."""


class Reader(HTMLParser):
    """A page's links and targets, and the Chinese that is not marked as such."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.unmarked: list[str] = []
        self.open: list[tuple[str, str]] = []
        self.feed(page)

    @property
    def language(self) -> str:
        return self.open[-1][1] if self.open else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if "id" in given:
            self.ids.add(given["id"] or "")
        external = "external" in (given.get("rel") or "")
        self.links += [given[name] or "" for name in ("href", "src") if name in given and not external]
        language = given.get("lang") or self.language
        for name in SPOKEN:
            self._note(given.get(name) or "", language)
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self._note(data, self.language)

    def _note(self, words: str, language: str) -> None:
        if CHINESE.search(words) and not language.startswith("zh"):
            self.unmarked.append(words.strip())


def every_address(language: str) -> list[str]:
    """Every public address in a language, the raw books aside."""
    from django.utils.translation import override

    from gongyue.web import installation
    from gongyue.web.pages.catalogue import addresses

    with override(language):
        return list(addresses(installation.now()))


def one_of_each(language: str) -> list[str]:
    """One address of every public route that is a page, and those whose look differs."""
    paths = [
        "/", "/covenant/", "/covenant/8/", "/covenant/9/", "/covenant/22/", "/covenant/editions/",
        "/covenant/editions/1/", "/covenant/compare/1/2/", "/covenant/annexes/", "/covenant/annexes/a:health/",
        "/covenant/interpretations/", "/register/", "/register/?q=zzz", "/register/u:0009/", "/gazette/",
        "/gazette/lists/1/", "/gazette/lists/2/", "/petitions/", "/votes/", "/votes/p:2026-01/", "/votes/p:2026-01/recount/",
        "/proposals/p:2026-01/", "/executive/", "/executive/2026/", "/log/", "/log/?type=vote", "/log/54/", "/log/186/", "/log/295/",
        "/log/checkpoint/", "/log/verify/", "/log/receipt/", "/cheat/", "/join/", "/guides/glossary/", "/guides/threat-model/",
        "/guides/how-to/",
    ]  # fmt: skip
    return [path if language == "zh-hans" else f"/en{path}" for path in paths]


def text_of(answer: Any, *, code: bool = True) -> str:
    """A page's words, its tags left out; `code=False`: without commands, digests, ids and raw bytes."""
    import html

    page = answer.content.decode()
    if not code:
        page = re.sub(r"<(pre|code)\b.*?</\1>", "", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", page)))
