"""Public pages are the same for everybody, may be kept, set no cookie, lead nowhere that is not there, and speak English."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest

from tests.demo.test_other_covenants import SMALL
from web.conftest import House
from web.site.walking import CHINESE, Reader, every_address, one_of_each, text_of

TEMPLATES = Path(__file__).parents[3] / "src" / "gongyue" / "web" / "templates"


def test_every_public_page_may_be_kept_and_sets_no_cookie(house: House) -> None:
    """Each says so itself, in both languages, and asks for no session."""
    client = house.client()
    for language in ("zh-hans", "en"):
        for path in one_of_each(language):
            answer = client.get(path)
            kept = (answer.status_code, answer.headers.get("X-Public"), answer.headers.get("Cache-Control"))
            assert kept == (200, "1", "public, no-cache"), path
            assert not answer.cookies, path
            assert "Cookie" not in answer.headers.get("Vary", ""), path
            assert b"csrfmiddlewaretoken" not in answer.content, path


def test_a_public_page_is_the_same_whoever_asks(house: House) -> None:
    """Byte by byte the same for a stranger and for somebody signed in: it is a function of book, day and language."""
    stranger, member = house.client(), house.client("yunling@demo.invalid")
    for path in one_of_each("zh-hans"):
        assert stranger.get(path).content == member.get(path).content, path


MACHINE = re.compile(
    r"\b1[6-9]\d{8}\b|\b20[2-9]\d-\d\d-\d\d\b|sha256:|\b(?:amendment|vote|annex|case|sanction|dispute|list)[.:][a-z0-9]"
)
"""Unix seconds, machine dates, digests, and names that only the software calls things by."""


def test_what_only_a_machine_reads_is_nowhere_in_a_pages_prose(house: House) -> None:
    """People are told days, titles and names; what is for machines is set apart as code."""
    client, found = house.client(), []
    for language in ("zh-hans", "en"):
        for path in one_of_each(language):
            words = text_of(client.get(path), code=False)
            found += [(path, words[max(0, one.start() - 30) : one.end() + 20]) for one in MACHINE.finditer(words)]
    assert not found, "\n".join(map(str, found))


def dead_links(client: Any, language: str) -> list[tuple[str, str, object]]:
    """The links of all public pages in a language that lead nowhere, or to a place that is not on the page."""
    pages: dict[str, Reader] = {}
    for path in every_address(language):
        answer = client.get(path)
        assert answer.status_code == 200, path
        if answer.headers["Content-Type"].startswith("text/html"):
            pages[path] = Reader(answer.content.decode())
        answer.close()
    answers: dict[str, int] = dict.fromkeys(pages, 200)
    dead: list[tuple[str, str, object]] = []
    for path, page in pages.items():
        for link in page.links:
            target, fragment = urldefrag(link)
            target = unquote(target) or path
            if target.startswith("/static/"):
                continue
            if target not in answers:
                answer = client.get(link)
                answers[target] = answer.status_code
                answer.close()
            if answers[target] not in (200, 302):
                dead.append((path, link, answers[target]))
            if fragment and target in pages and unquote(fragment) not in pages[target].ids:
                dead.append((path, link, "no such place"))
    return dead


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_link_of_the_public_site_is_dead(house: House, language: str) -> None:
    """Every link of every public page leads to a page that answers, and to a place that is on it."""
    dead = dead_links(house.client(), language)
    assert not dead, dead[:20]


def test_another_covenant_is_shown_as_far_as_it_goes(house: House, tmp_path: Path) -> None:
    """A covenant of seven articles, without annexes: every page answers, with its own numbers, and no link is dead."""
    from gongyue.covenant.parser import outline
    from gongyue.demo.demo_folder import build
    from gongyue.web import installation

    folder = tmp_path / "small"
    folder.mkdir()
    build(folder, outline(SMALL.encode(), "公约.txt"), lambda told: None)
    installation.open(folder / "office")
    client = house.client()
    assert dead_links(client, "en") == []
    said = text_of(client.get("/covenant/6/"))
    assert "28 家的五分之一为 5.6，须 6 家" in said
    assert "河湾码头自律公约" in text_of(client.get("/"))


def test_english_pages_mark_every_chinese_word(house: House) -> None:
    """On English pages Chinese stands only where it is marked as Chinese: nothing is left untranslated."""
    client = house.client()
    unmarked = []
    for path in [*one_of_each("en"), *every_address("en")]:
        answer = client.get(path)
        if answer.headers["Content-Type"].startswith("text/html"):
            unmarked += [(path, words) for words in Reader(answer.content.decode()).unmarked]
        answer.close()
    assert not unmarked, sorted({words for _, words in unmarked})[:60]


def test_templates_have_no_chinese_outside_the_words_of_both_languages() -> None:
    """Every Chinese word of a template stands in a `t` with its English, in a comment, or is marked as Chinese."""
    found = []
    for path in [*(TEMPLATES / "pages").rglob("*.html"), TEMPLATES / "base.html"]:
        text = re.sub(r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        text = re.sub(r"\{% t\s+((?:'[^']*'|\"[^\"]*\")\s*)*.*?%\}", "", text, flags=re.DOTALL)
        text = re.sub(r"<(\w+)[^>]*lang=\"zh-Hans\"[^>]*>[^<]*</\1>", "", text)
        text = re.sub(r"\{% if zh %\}English\{% else %\}中文\{% endif %\}|default:\"公约\"", "", text)
        text = re.sub("[：，、（）／“”—　]", "", text) if path.name != "base.html" else text
        found += [(path.name, words) for words in CHINESE.findall(text)]
    assert not found, found[:20]


def test_both_halves_of_every_text_are_there() -> None:
    """No template says something in Chinese and nothing in English, unless it is about the English page itself."""
    empty = []
    for path in (TEMPLATES / "pages").rglob("*.html"):
        for zh, en in re.findall(r"\{% t ['\"]([^'\"]*)['\"] ['\"]([^'\"]*)['\"]", path.read_text("utf-8")):
            if bool(zh) != bool(en) and not (zh and "短题" in zh) and "authoritative" not in en and en != "Vote":
                empty.append((path.name, zh, en))
    assert not empty
