"""The documents a reader of the site needs, as pages: how to do things, what words mean, what can go wrong."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from gongyue.web.access import public
from gongyue.web.django_settings import WEB
from gongyue.web.pages import markdown
from gongyue.web.pages.one_language import in_language, joined
from gongyue.web.templatetags.words import pick

FOLDER = Path(__file__).parents[1] / "guides"
GUIDES = ("how-to", "glossary", "threat-model")
GLOSSARY = "glossary"
TOUR = "tour"
"""Of the demonstration alone."""


def names() -> tuple[str, ...]:
    """The documents that are pages here."""
    return (*GUIDES, TOUR) if WEB.demo else GUIDES


@public
def guide(request: HttpRequest, name: str) -> HttpResponse:
    """One document in the language of the page; the glossary in both, which is what it is for."""
    if name not in names():
        raise Http404(name)
    text = read(name)
    zh, _, en = markdown.title(text).partition(" / ")
    context = {"here": "verify", "zh_title": zh, "en_title": en or zh, "body": _body(name), "name": name}
    return render(request, "pages/guide.html", context)


@cache
def read(name: str) -> str:
    """The document; it stands in docs/ of the repository, and in the package once that is built."""
    return (FOLDER / f"{name}.md").read_text("utf-8")


def _body(name: str) -> SafeString:
    if name == GLOSSARY:
        return markdown.rendered(read(name), _address)
    return markdown.rendered(joined(read(name)), _address, in_language)


def _address(target: str) -> str:
    """Where a link of a document leads: to its page here, or nowhere."""
    if target.startswith("#"):
        return target
    if target.startswith("site:"):
        return pick("", "/en") + target.removeprefix("site:")
    file, mark, fragment = target.partition("#")
    name = file.removesuffix(".md").rpartition("/")[2]
    return reverse("guide", args=[name]) + mark + fragment if name in GUIDES else ""
