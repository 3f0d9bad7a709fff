"""What every page shows: whose covenant this is, how large the book, what day it is in Beijing, which language."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve, translate_url
from django.utils.translation import get_language

from gongyue.covenant.periods import iso
from gongyue.office.facts.authorities import authorities
from gongyue.web import installation
from gongyue.web.django_settings import WEB
from gongyue.web.notices.dispatch import sends

SITE_NAV = (
    ("covenant", "公约正文", "Covenant"),
    ("register", "成员名录", "Members"),
    ("gazette", "公告", "Gazette"),
    ("votes", "表决", "Votes"),
    ("executive", "执行机构", "Executive body"),
    ("verify", "核验", "Verify"),
)
"""The public navigation: route, Chinese, English."""


def shown_everywhere(request: HttpRequest) -> dict[str, Any]:
    """The context of every page."""
    now: installation.Now | None = getattr(request, "now", None)
    inst = now.inst if now else None
    edition = inst.meaning.edition if inst else None
    zh = (get_language() or "zh").startswith("zh")
    return {
        "zh": zh,
        "lang": "zh-Hans" if zh else "en",
        "other_language": other_language(request.get_full_path(), zh),
        "inst": inst,
        "covenant_title": edition.title if edition else "",
        "titled_draft": edition is not None and "草案" in edition.title,
        "executive": inst.genesis.executive if inst and inst.genesis else "",
        "book_size": now.size if now else 0,
        "today": iso(now.day) if now else "",
        "authorities": authorities(now) if now else (),
        "shown_at": now.time if now else 0,
        "demo": WEB.demo,
        "sends_mail": sends(),
        "mirror": "gongyue.mirror" in request.META,
        "contact": WEB.written.contact,
        "site_address": WEB.address,
        "site_nav": SITE_NAV if inst is None or inst.in_force else (),  # before that its pages lead nowhere (art. 21)
    }


def other_language(path: str, zh: bool) -> str:
    """The same page in the other language; of an address where there is none, the address under which the other would say so."""
    found = translate_url(path, "en" if zh else "zh-hans")
    if found != path:
        return found
    try:
        resolve(path.partition("?")[0])
    except Resolver404:
        return f"/en{path}" if zh else "/" + path.removeprefix("/en").lstrip("/")
    return found
