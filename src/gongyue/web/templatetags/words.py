"""Words in two languages, where they are used: `{% t "中文" "English" %}` (docs/decisions: no catalogue to keep)."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from typing import Any

from django import template
from django.template import base as lexing
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from gongyue.covenant.periods import iso
from gongyue.web import installation

register = template.Library()

# A tag may go over lines: a sentence in two languages has no room on one. Django's lexer does not look past the line's end; this
# library is built into the engine, so it is set before any template is read.
lexing.tag_re = re.compile(lexing.tag_re.pattern, re.DOTALL)

BEIJING = timezone(timedelta(hours=8))


_LINE_END = re.compile(r"\s*\n\s*")


def speaks_chinese() -> bool:
    """Whether this answer is in Chinese."""
    return (get_language() or "zh").startswith("zh")


def pick(zh: str, en: str) -> str:
    """The text in the language of this answer."""
    return zh if speaks_chinese() else en


@register.simple_tag
def t(zh: str, en: str, **values: Any) -> SafeString:
    """One text in both languages; `{name}` in it is replaced by the value of that name, escaped: of one day, {n} days is 1 day.

    Where a text goes over lines in the template, a line's end and what stands before the next is one space.
    """
    text = _LINE_END.sub(" ", pick(zh, en))
    if values.get("n") == 1:
        text = text.replace("{n} days", "{n} day")
    return format_html(text.replace("{}", ""), **values) if values else SafeString(conditional_escape(text))


@register.filter
def both(text: str) -> str:
    """The half of "中文 / English" that is in the language of this answer, its days as that language writes them."""
    zh, slash, en = str(text).partition(" / ")
    said = pick(zh, en if slash else zh)
    if pick("zh", "en") == "zh":  # Chinese sets no space about a day
        said = _SPACED.sub(lambda found: found[1], said)
    return _ISO.sub(lambda found: day(found[0]), said)


@register.filter
def in_language(pair: tuple[str, str]) -> str:
    """Of words in Chinese and English, those in the language of this answer."""
    return pick(*pair)


@register.filter
def day(value: int | str | date | None) -> str:
    """A Beijing day, as the language writes it: 2026年11月25日, 25 November 2026. Of a moment of the pages' own tables, by the office's clock."""
    if not value:
        return ""
    if isinstance(value, datetime):
        at: date = installation.by_office_clock(value).astimezone(BEIJING)
    else:
        at = (
            value
            if isinstance(value, date)
            else datetime.fromisoformat(iso(value) if isinstance(value, int) else value)
        )
    return f"{at.year}年{at.month}月{at.day}日" if speaks_chinese() else f"{at.day} {at:%B} {at.year}"


@register.filter
def moment(value: int | datetime | None) -> str:
    """A Unix time, or a moment of the pages' own tables by the office's clock, as Beijing date and time."""
    if not value:
        return ""
    at = (
        installation.by_office_clock(value).astimezone(BEIJING)
        if isinstance(value, datetime)
        else datetime.fromtimestamp(value, BEIJING)
    )
    return (
        f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"
        if speaks_chinese()
        else f"{at.day} {at:%B} {at.year}, {at:%H:%M} Beijing time"
    )


@register.filter
def machine_day(value: int | str | None) -> str:
    """A day for `datetime=`."""
    return iso(value) if isinstance(value, int) else str(value or "")


@register.filter
def short_digest(value: str | None) -> str:
    """A digest to be read aloud: 9f3c 71ab … e08d."""
    digits = (value or "").rpartition(":")[2]
    return f"{digits[:4]} {digits[4:8]} … {digits[-4:]}" if len(digits) > 16 else digits


@register.filter
def chinese(value: object) -> SafeString:
    """What exists in Chinese only (names, the covenant's text): its language is marked on English pages."""
    if speaks_chinese() or not value:
        return format_html("{}", value)
    return format_html('<span lang="zh-Hans">{}</span>', value)


@register.filter
def mark_chinese(text: str) -> SafeString:
    """An English sentence with Chinese words in it: these are marked as such."""
    pieces = _CHINESE.split(str(text))
    return SafeString(
        "".join((chinese if place % 2 else conditional_escape)(piece) for place, piece in enumerate(pieces))
    )


_ISO = re.compile(r"[12]\d{3}-\d\d-\d\d")
_SPACED = re.compile(r" ?([12]\d{3}-\d\d-\d\d) ?")
_CHINESE = re.compile(
    "([\u2e80-\u9fff\u3000-\u303f\uff00-\uffef\u201c\u201d]*[\u2e80-\u9fff][\u2e80-\u9fff\u3000-\u303f\uff00-\uffef\u201c\u201d]*)"
)
