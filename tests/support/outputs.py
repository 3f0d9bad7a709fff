"""Everything a user sees of the demonstration of the second covenant, as JSON {where: text}; run in a process of its own.

    python -m support.outputs FOLDER

Pages are settings and tables of one office, so that no other test's office may be open in the process.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec

ADDRESS = "http://localhost:8000"
SPOKEN = ("aria-label", "title", "alt", "placeholder", "content", "value")
SKIPPED = ("script", "style")
LIKE = re.compile(r"u:[0-9a-z]+|[pal]:[\w-]+|k:[\w-]+|sha256:[0-9a-f]+|\b[0-9a-f]{16,}\b|\d+")
PER_KIND = 2
"""Of addresses that differ in a number or an id alone, how many are read."""

READING = (
    "status", "due --all", "due --all --on 2027-12-31", "log --limit 500", "article", "notices", "founding status", "office staffing",
    "interpretation package", "interpretation list", "membership roll", "membership applications", "publication lists",
    "amendment list", "amendment show p:2026-01", "annex list", "annex show a:health", "vote show p:2026-01", "vote show a:health",
)  # fmt: skip
"""Reading commands, as far as there are such; what is none answers with its help, which is read too."""


class _Said(HTMLParser):
    """What a page says: its text, and the attributes that people are told."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.words: list[str] = []
        self._in = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._in = tag if tag in SKIPPED else self._in
        self.links += [given["href"] or ""] if tag == "a" and "href" in given else []
        if tag in ("p", "li", "td", "th", "h1", "h2", "h3", "div", "dt", "dd", "br", "tr", "section"):
            self.words.append("\n")
        chosen = tag == "option" or given.get("type") in ("checkbox", "radio")  # by its words; its value is not shown
        self.words += [f"\n{given[name]}\n" for name in SPOKEN if given.get(name) and not (chosen and name == "value")]

    def handle_endtag(self, tag: str) -> None:
        self._in = "" if tag == self._in else self._in

    def handle_data(self, data: str) -> None:
        if not self._in:
            self.words.append(data)


def built(folder: Path) -> dict[str, str]:
    """The story as it is told, in each form; leaves the demonstration in the folder."""
    from gongyue.demo.demo_folder import build
    from gongyue.demo.narration import json_line, line
    from support.second import OUTLINE, PROCEDURE, choices

    told: dict[str, list[str]] = {"story zh": [], "story en": [], "story json": []}

    def tell(step: Any) -> None:
        told["story zh"].append(line(step, "zh"))
        told["story en"].append(line(step, "en"))
        told["story json"].append(json_line(step))

    build(folder, OUTLINE, tell, [ADDRESS], choices(), PROCEDURE, to_today=True)
    return {name: "\n".join(lines) for name, lines in told.items()}


def helps() -> Iterator[tuple[str, str]]:
    """The help of every command."""
    import click
    from click.testing import CliRunner

    from gongyue.cli.main import main

    def walk(words: tuple[str, ...], command: click.Command) -> Iterator[tuple[str, str]]:
        result = CliRunner().invoke(main, [*words, "--help"], prog_name="gongyue")
        yield f"help {' '.join(words)}", result.output
        if isinstance(command, click.Group):
            with click.Context(command) as ctx:
                for name in command.list_commands(ctx):
                    if (found := command.get_command(ctx, name)) is not None:
                        yield from walk((*words, name), found)

    yield from walk((), main)


def commands(folder: Path) -> Iterator[tuple[str, str]]:
    """What the reading commands print of that office, in both languages and as JSON."""
    from click.testing import CliRunner

    from gongyue.cli.main import main

    os.chdir(folder)
    verify = [f"verify {name} --vkey log.vkey" for name in ("public", "tampered", "unlawful")]
    articles = [f"article {at}" for at in ("1/2", "1/3", "1/4", "1/5", "2/1", "2/4", "2/6", "3/1", "3/2", "3/3", "4/1")]
    for words in (*READING, *articles, *verify):
        for more in ((), ("--lang", "en"), ("--json",)):
            result = CliRunner().invoke(main, [*words.split(), *more], prog_name="gongyue")
            yield " ".join((*words.split(), *more)), result.output


def pages(folder: Path) -> Iterator[tuple[str, str]]:
    """Every kind of page and answer, for nobody in particular and for each who can sign in, in both languages."""
    from gongyue.web import bootstrap

    bootstrap.start(folder / "office", [ADDRESS])
    bootstrap.prepare()
    from django.test import Client
    from django.utils.translation import override

    from gongyue.web import demo_accounts, installation
    from gongyue.web.accounts.models import Person
    from gongyue.web.pages.catalogue import addresses

    demo_accounts.logins()
    site: dict[str, list[str]] = {}
    for language in ("zh-hans", "en"):
        with override(language):
            for path in addresses(installation.now()):
                site.setdefault(LIKE.sub("N", path), []).append(path)
    first = [
        p for kind, found in site.items() for p in (_entries(found) if kind.endswith("/log/N/") else found[:PER_KIND])
    ]
    first += [p for found in site.values() for p in found if re.search(r"/covenant/\d+/$", p)]
    for email in ("", *(login.email for login in demo_accounts.cast())):
        client = Client(headers={"host": "localhost:8000"})
        if email:
            person = Person.objects.get(email=email)
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        starts = [
            "/workspace/",
            "/en/workspace/",
            "/desk/",
            "/en/desk/",
            "/authority/",
            "/en/authority/",
            "/notices/",
            "/cheat/",
        ]
        yield from _crawl(client, email or "public", [*API, *first] if not email else starts)


API = (
    "/api/covenant", "/api/covenant/14", "/api/editions", "/api/editions/1", "/api/interpretations", "/api/refusals",
    "/api/log?limit=200", "/api/due", "/api/votes", "/api/proposals", "/api/annexes", "/api/register", "/api/lists",
    "/api/kinds", "/api/status", "/api/feed", "/api/openapi.json", "/feed.atom",
)  # fmt: skip


def _entries(paths: list[str]) -> list[str]:
    """One entry of each act type."""
    from gongyue.book.entry import decode
    from gongyue.web import installation

    store, seen, found = installation.office().store, set(), []
    for path in paths:
        leaf = store.leaf("open", int(re.findall(r"\d+", path)[-1]))
        type = decode(leaf).entry.act.type if leaf else ""
        if (type, path.startswith("/en/")) not in seen:
            seen.add((type, path.startswith("/en/")))
            found.append(path)
    return found


def _crawl(client: Any, who: str, waiting: list[str]) -> Iterator[tuple[str, str]]:
    """Pages from those addresses on; of addresses of one kind the first few, other than those named.

    A letter is not set in type: its words are read from `letters`.
    """
    seen: set[str] = set()
    kinds: dict[str, int] = {}
    named = len(waiting)
    for place, path in enumerate(waiting):
        path = path.partition("#")[0]
        kind = LIKE.sub("N", path.partition("?")[0])
        enough = place >= named and kinds.get(kind, 0) >= PER_KIND
        if path in seen or enough or "sign-out" in path or "/leaf" in path or path.partition("?")[0].endswith(".pdf"):
            continue
        seen.add(path)
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = client.get(path)
        form = answer.headers.get("Content-Type", "")
        if answer.status_code != 200 or "pdf" in form or "octet" in form or answer.streaming:
            continue
        text = answer.content.decode("utf-8", "replace")
        if "html" in form:
            said = _Said(text)
            yield f"{who} {path}", "".join(said.words)
            if who != "public":
                waiting += [link for link in said.links if link.startswith("/")]
        else:
            yield f"{who} {path}", text


def letters() -> Iterator[tuple[str, str]]:
    """The words of every letter that can be made, and of every paper form."""
    from gongyue.governance.acts import ACT_TYPES
    from gongyue.web import installation, letter_response
    from gongyue.web.desk.letter_catalogue import SORTS
    from gongyue.web.letters.forms import printable

    now = installation.now()
    head = letter_response.head(now, "2027-03-01", "#1", ADDRESS)
    for name, sort in SORTS.items():
        for sheet in list(sort.letters(now))[:40]:
            yield f"letter {name} {sheet.of}", msgspec.json.encode(sheet.make().said(head)).decode()
    for kind in printable():
        form = letter_response.form(now.inst, ACT_TYPES[kind.type])
        yield f"form {kind.type}", msgspec.json.encode(form.said(head)).decode()


if __name__ == "__main__":
    where = Path(sys.argv[1])
    where.mkdir(parents=True, exist_ok=True)
    everything = built(where)
    for found in (helps(), commands(where), pages(where), letters()):
        everything |= dict(found)
    json.dump(everything, sys.stdout, ensure_ascii=False)
