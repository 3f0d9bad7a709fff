"""Editions of the covenant that were in force: any of them readable, any two comparable."""

from __future__ import annotations

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString

from gongyue.covenant.binding.binding_text import number_of
from gongyue.covenant.binding.records import Binding
from gongyue.covenant.changes import dropped
from gongyue.covenant.edition import Clause, Edition
from gongyue.covenant.text import Article
from gongyue.covenant.values import Meaning
from gongyue.governance.absences import added_left
from gongyue.governance.articles import chapter_title
from gongyue.office.facts.covenant import EditionInfo, edition_of
from gongyue.office.facts.covenant import editions as editions_of
from gongyue.office.facts.numbers_changed import NumbersChanged, numbers_changed
from gongyue.web import names
from gongyue.web.access import asks
from gongyue.web.installation import Now
from gongyue.web.pages.approvals import approval_of
from gongyue.web.pages.decorators import page
from gongyue.web.pages.headings import heading
from gongyue.web.pages.text_diff import paragraphs
from gongyue.web.request_state import now
from gongyue.web.templatetags.words import pick


class TermChange(msgspec.Struct, frozen=True):
    """A bound clause that says something else, or stands elsewhere, in two editions; empty where there is none."""

    name: str
    words: str
    article: int
    before: str
    after: str


class ArticleChange(msgspec.Struct, frozen=True):
    """An article that differs between two editions, with what was struck out and put in, of words and of numbers."""

    number: int
    name: str
    heading: str
    paragraphs: tuple[SafeString, ...]
    numbers: NumbersChanged


class Chapter(msgspec.Struct, frozen=True):
    """A chapter of an edition with its articles."""

    title: str
    articles: tuple[Article, ...]


def issue(now: Now, number: int) -> EditionInfo:
    """The edition of that number; Http404 if there is none."""
    known = editions_of(now)
    if not 1 <= number <= len(known):
        raise Http404(number)
    return known[number - 1]


def chapters(edition: Edition) -> list[Chapter]:
    """The chapters of an edition with their articles; articles in no chapter come under an empty title."""
    grouped: dict[int | None, list[Article]] = {}
    for article in edition.articles:
        grouped.setdefault(article.chapter, []).append(article)
    return [Chapter(chapter_title(edition, place), tuple(articles)) for place, articles in grouped.items()]


def changed_articles(old: Edition, new: Edition) -> list[ArticleChange]:
    """The articles whose words differ."""
    count = max(len(old.articles), len(new.articles))
    return [_article_change(old, new, n) for n in range(1, count + 1) if _text(old, n) != _text(new, n)]


def _text(edition: Edition, number: int) -> str:
    return edition.articles[number - 1].text if number <= len(edition.articles) else ""


def _article_change(old: Edition, new: Edition, number: int) -> ArticleChange:
    article = new.articles[number - 1] if number <= len(new.articles) else old.articles[number - 1]
    before, after = _text(old, number), _text(new, number)
    said, changed = names.article_name(article.at), numbers_changed(before, after)
    return ArticleChange(number, said, heading(article), paragraphs(before, after), changed)


def changed_terms(old: Edition, new: Edition) -> list[TermChange]:
    """The clauses whose number differs, or that were bound anew: what they say before and after, empty where there is none."""
    names = dict.fromkeys(b.capability for b in (*old.bindings, *new.bindings))
    changes = []
    for name in sorted(names):
        one, two = old.binding(name), new.binding(name)
        if _binding_key(one) != _binding_key(two):
            place = new.position(two.at) if two else old.position(one.at) if one else 0
            words = two.words if two else one.words if one else ""
            changes.append(TermChange(name, words, place, _binding_text(one), _binding_text(two)))
    return changes


def _binding_key(b: Binding | None) -> tuple[object, ...]:
    return () if b is None else (b.value, b.unit, b.inclusive, b.delay, b.base, b.start, b.items, b.words)


def _binding_text(b: Binding | None) -> str:
    """A binding's number with of whom and from when, or its words; empty where there is none."""
    return (pick(*number_of(b)) or b.words) if b else ""


def suspended_between(old: Edition, new: Edition) -> list[Clause]:
    """The clauses of the old edition that the new one no longer has, where the rules carrying them out are suspended."""
    return [c for c in dropped(old, new) if Meaning(new).suspended(c.name)]


def changes_between(old: Edition, new: Edition) -> dict[str, object]:
    """What `parts/changes.html` shows of a change: words, clauses, rules suspended, sentences that nothing carries out."""
    return {
        "articles": changed_articles(old, new),
        "terms": changed_terms(old, new),
        "suspended": suspended_between(old, new),
        "added_left": [
            (names.article_name(e.at) if e.at else "", e.words, pick(e.zh, e.en)) for e in added_left(old, new)
        ],
    }


@page
def editions(request: HttpRequest) -> HttpResponse:
    """Every edition, the present one first, with what each changed."""
    at = now(request)
    known = editions_of(at)
    texts = [edition_of(at, one.digest) for one in known]
    changes = [changed_articles(texts[i - 1], texts[i]) if i else [] for i in range(len(known))]
    rows = list(zip(known, changes, [approval_of(at, one) for one in known], strict=True))[::-1]
    return render(request, "pages/editions.html", {"here": "covenant", "rows": rows})


@page
def edition(request: HttpRequest, number: int) -> HttpResponse:
    """One edition's whole text."""
    at = now(request)
    shown = issue(at, number)
    known, text = editions_of(at), edition_of(at, shown.digest)
    context = {
        "here": "covenant",
        "issue": shown,
        "issues": known,
        "approval": approval_of(at, shown),
        "title": text.title,
        "chapters": chapters(text),
        "latest": len(known),
    }
    return render(request, "pages/edition.html", context)


@page
def compare(request: HttpRequest, old: int, new: int) -> HttpResponse:
    """Two editions side by side: articles, numbers, rules suspended."""
    at = now(request)
    one, two = issue(at, old), issue(at, new)
    before, after = edition_of(at, one.digest), edition_of(at, two.digest)
    context = {
        "here": "covenant",
        "old": one,
        "new": two,
        "issues": editions_of(at),
        **changes_between(before, after),
    }
    return render(request, "pages/compare.html", context)


@asks("old", "new")
def choose(request: HttpRequest) -> HttpResponse:
    """From the form of two editions to their comparison; a form needs an address of its own."""
    old, new = (request.GET.get(name, "") for name in ("old", "new"))
    if not (old.isascii() and old.isdigit() and new.isascii() and new.isdigit()) or len(old + new) > 8:
        raise Http404
    return redirect("compare", int(old), int(new))
