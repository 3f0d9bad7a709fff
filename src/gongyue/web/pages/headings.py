"""What an article is about, in a few words of ours: no part of the covenant."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

from gongyue.covenant.edition import Edition
from gongyue.covenant.text import Article
from gongyue.web.templatetags.words import pick


class _Heading(msgspec.Struct, frozen=True):
    has: str
    zh: str
    en: str


@cache
def _headings() -> tuple[_Heading, ...]:
    text = files("gongyue.web.pages").joinpath("headings.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text)["heading"], tuple[_Heading, ...])


@lru_cache(maxsize=1024)
def _heading(text: str) -> tuple[str, str]:
    return next(((h.zh, h.en) for h in _headings() if re.search(h.has, text)), ("", ""))


def heading(article: Article) -> str:
    """What an article is about; empty where we have no word for it."""
    return pick(*_heading(article.text))


def number_about(edition: Edition, zh: str) -> int:
    """The number of the article with that heading; 0 where this covenant has none."""
    return next((a.number for a in edition.articles if _heading(a.text)[0] == zh), 0)
