"""The text as the secretary imports it: first with a typo that nobody saw, then as it should be."""

from __future__ import annotations

from msgspec.structs import replace

from gongyue.covenant.edition import BadEdition, Edition, confirm
from gongyue.covenant.text import Document
from gongyue.covenant.values import clause_patterns


def edition_of(document: Document) -> Edition:
    """The edition of a document; numbers that nothing in it names get a neutral name, and no rule uses them."""
    unknown = [t.name for t in document.terms if not t.confirmed_by_wording]
    return confirm(document, clause_patterns(), {name: f"text.{name}" for name in unknown})


def with_typo(document: Document) -> tuple[Edition, int] | None:
    """The edition with one character written twice, in an article no clause is quoted from; and which article."""
    edition = edition_of(document)
    quoted = {t.article for t in edition.terms} | {c.article for c in edition.clauses}
    for article in document.articles:
        if article.number in quoted or article.items or len(article.text) < 3:
            continue
        body = article.text.rstrip("。")
        slip = replace(article, text=article.text.replace(body, body + body[-1], 1))
        articles = tuple(slip if a.number == article.number else a for a in document.articles)
        try:
            return edition_of(replace(document, articles=articles)), article.number
        except BadEdition:
            continue
    return None
