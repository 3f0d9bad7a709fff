"""Editions of the covenant that were in force: any of them readable, any two comparable."""

from __future__ import annotations

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString

from gongyue.covenant.binding.records import Binding
from gongyue.covenant.binding.saying import number_of
from gongyue.covenant.changing import dropped
from gongyue.covenant.edition import Clause, Edition
from gongyue.covenant.numerals import to_chinese
from gongyue.covenant.periods import from_iso
from gongyue.covenant.text import Article
from gongyue.covenant.values import Meaning
from gongyue.web import naming
from gongyue.web.access import asks
from gongyue.web.asking import now
from gongyue.web.installation import Now
from gongyue.web.pages.diffing import marked
from gongyue.web.pages.headings import heading
from gongyue.web.pages.indexing import index_of, standing
from gongyue.web.pages.objects import body_at, edition_of, path_of
from gongyue.web.pages.showing import page
from gongyue.web.templatetags.words import pick


class Issue(msgspec.Struct, frozen=True):
    """An edition as it was published: its number, its object, since which day (until which), by which entry."""

    number: int
    digest: str
    begins: int
    index: int
    proposal: str
    until: int = 0

    @property
    def edition(self) -> Edition:
        """The edition itself."""
        return edition_of(self.digest)

    @property
    def path(self) -> str:
        """Where its object stands among the book's files."""
        return path_of(self.digest)

    @property
    def before(self) -> int:
        """The number of the edition before."""
        return self.number - 1

    @property
    def next(self) -> int:
        """The number of the edition after."""
        return self.number + 1


class TermChange(msgspec.Struct, frozen=True):
    """A bound clause that says something else, or stands elsewhere, in two editions; empty where there is none."""

    name: str
    words: str
    article: int
    before: str
    after: str


class ArticleChange(msgspec.Struct, frozen=True):
    """An article that differs between two editions, with what was struck out and put in."""

    number: int
    name: str
    heading: str
    paragraphs: tuple[SafeString, ...]


class Chapter(msgspec.Struct, frozen=True):
    """A chapter of an edition with its articles."""

    title: str
    articles: tuple[Article, ...]


def issues(now: Now) -> list[Issue]:
    """Every edition that was or is in force, the first at founding, one more by each published amendment."""
    index = index_of(now)
    places = standing(now, "founding.publish/1", "amendment.publish/1")
    return index.kept("editions", (len(places), *places[-1:]), lambda: _issues(now, places))


def _issues(now: Now, places: tuple[int, ...]) -> list[Issue]:
    bodies = [body_at(now, place) for place in places]
    days = [from_iso(body["in_force"]) for body in bodies]
    ends = [*(day - 1 for day in days[1:]), 0]
    return [
        Issue(n, body["edition"], days[n - 1], places[n - 1], body.get("proposal", ""), ends[n - 1])
        for n, body in enumerate(bodies, 1)
    ]


def issue(now: Now, number: int) -> Issue:
    """The edition of that number; Http404 if there is none."""
    known = issues(now)
    if not 1 <= number <= len(known):
        raise Http404(number)
    return known[number - 1]


def chapters(edition: Edition) -> list[Chapter]:
    """The chapters of an edition with their articles; articles in no chapter come under an empty title."""
    grouped: dict[int | None, list[Article]] = {}
    for article in edition.articles:
        grouped.setdefault(article.chapter, []).append(article)
    return [Chapter(chapter_title(edition, place), tuple(articles)) for place, articles in grouped.items()]


def chapter_title(edition: Edition, place: int | None) -> str:
    """第四章 附则: a chapter as the text heads it."""
    if place is None:
        return ""
    chapter = edition.chapters[place - 1]
    return f"第{to_chinese(chapter.number)}章　{chapter.title}" if chapter.number else chapter.title


def changed_articles(old: Edition, new: Edition) -> list[ArticleChange]:
    """The articles whose words differ."""
    count = max(len(old.articles), len(new.articles))
    return [_article_change(old, new, n) for n in range(1, count + 1) if _text(old, n) != _text(new, n)]


def _text(edition: Edition, number: int) -> str:
    return edition.articles[number - 1].text if number <= len(edition.articles) else ""


def _article_change(old: Edition, new: Edition, number: int) -> ArticleChange:
    article = new.articles[number - 1] if number <= len(new.articles) else old.articles[number - 1]
    paragraphs = marked(_text(old, number), _text(new, number)).split("\n")
    return ArticleChange(number, naming.article_name(article.at), heading(article), tuple(map(SafeString, paragraphs)))


def changed_terms(old: Edition, new: Edition) -> list[TermChange]:
    """The clauses whose number differs, or that were bound anew: what they say before and after, empty where there is none."""
    names = dict.fromkeys(b.capability for b in (*old.bindings, *new.bindings))
    changes = []
    for name in sorted(names):
        one, two = old.binding(name), new.binding(name)
        if _says(one) != _says(two):
            place = new.position(two.at) if two else old.position(one.at) if one else 0
            words = two.words if two else one.words if one else ""
            changes.append(TermChange(name, words, place, _told(one), _told(two)))
    return changes


def _says(b: Binding | None) -> tuple[object, ...]:
    return () if b is None else (b.value, b.unit, b.inclusive, b.delay, b.base, b.start, b.items, b.words)


def _told(b: Binding | None) -> str:
    """A binding's number with of whom and from when, or its words; empty where there is none."""
    return (pick(*number_of(b)) or b.words) if b else ""


def suspended_between(old: Edition, new: Edition) -> list[Clause]:
    """The clauses of the old edition that the new one no longer has, where the rules carrying them out are suspended."""
    return [c for c in dropped(old, new) if Meaning(new).suspended(c.name)]


@page
def editions(request: HttpRequest) -> HttpResponse:
    """Every edition, the present one first, with what each changed."""
    known = issues(now(request))
    changes = [changed_articles(known[i - 1].edition, known[i].edition) if i else [] for i in range(len(known))]
    rows = list(zip(known, changes, strict=True))[::-1]
    return render(request, "pages/editions.html", {"here": "covenant", "rows": rows})


@page
def edition(request: HttpRequest, number: int) -> HttpResponse:
    """One edition's whole text."""
    shown = issue(now(request), number)
    known = issues(now(request))
    context = {
        "here": "covenant",
        "issue": shown,
        "issues": known,
        "chapters": chapters(shown.edition),
        "latest": len(known),
    }
    return render(request, "pages/edition.html", context)


@page
def compare(request: HttpRequest, old: int, new: int) -> HttpResponse:
    """Two editions side by side: articles, numbers, rules suspended."""
    one, two = issue(now(request), old), issue(now(request), new)
    context = {
        "here": "covenant",
        "old": one,
        "new": two,
        "issues": issues(now(request)),
        "articles": changed_articles(one.edition, two.edition),
        "terms": changed_terms(one.edition, two.edition),
        "suspended": suspended_between(one.edition, two.edition),
    }
    return render(request, "pages/compare.html", context)


@asks("old", "new")
def choose(request: HttpRequest) -> HttpResponse:
    """From the form of two editions to their comparison; a form needs an address of its own."""
    old, new = (request.GET.get(name, "") for name in ("old", "new"))
    if not (old.isascii() and old.isdigit() and new.isascii() and new.isdigit()) or len(old + new) > 8:
        raise Http404
    return redirect("compare", int(old), int(new))
