"""Refusals and rulings as pages show them: the code, the article with the words marked, the figures in words.

What a member sees after a refused act, such as a late ballot, is its draft again (`drafts.page` with 409, from `signing._add`) with
`parts/refusal.html`; the words are those of `covenant/refusals.toml`, the next step what the refusal `can` name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongyue.book.digest_words import digest_words
from gongyue.book.dossier_names import DossierNames
from gongyue.covenant.addresses import in_chinese
from gongyue.covenant.cited_words import source
from gongyue.covenant.procedure import package
from gongyue.covenant.refusals import figure_name
from gongyue.covenant.rulings import RULES, Rule
from gongyue.governance.articles import rule_meaning, rule_subject
from gongyue.governance.figure_words import figure_words
from gongyue.governance.institution import Institution
from gongyue.governance.sheet import SHEETS
from gongyue.web import names
from gongyue.web.accounts.officers import called
from gongyue.web.installation import Now
from gongyue.web.templatetags.words import pick


def refusal_context(now: Now, refusal: Mapping[str, Any]) -> dict[str, Any]:
    """A refusal, or a step out of turn, for `parts/refusal.html`."""
    article = int(refusal.get("article") or 0)
    words = str(refusal.get("words") or "")
    return {
        "code": refusal["code"],
        "out_of_turn": str(refusal["code"]).startswith("out-of-turn"),
        "text": named(now, pick(str(refusal["zh"]), str(refusal["en"]))),
        "article": article,
        "article_name": names.article_name(str(refusal.get("at") or "")),
        "source": _source(str(refusal.get("provision") or ""), str(refusal.get("at") or "")),
        "quoted": marked("" if _is_procedural(refusal) else _article_text(now, article), words),
        "words": words,
        "figures": list(_figures(now, {k: v for k, v in (refusal.get("figures") or {}).items() if k != SAID})),
        "enough": _said(now, "enough", refusal.get("enough", "")),
        "stands": names.localise(names.STAGES, str(refusal.get("stands") or "")),
        "can": [(type, names.act_name(type)) for type in _types(str(refusal.get("can") or ""))],
        "anchor": refusal["code"] if article else "",
    }


def ruling(now: Now, found: Mapping[str, Any]) -> dict[str, Any]:
    """A ruling that an act satisfies, for the list of the dry run."""
    return {
        "suspended": found["suspended"],
        "article": found["article"],
        "source": _source(found["provision"], found["at"]),
        "words": found["words"],
        "says": _says(RULES[found["rule"]], found["words"]),
        "rule": found["rule"],
        "figures": list(_figures(now, found["figures"], called)),
    }


def _says(rule: Rule, words: str) -> str:
    """What a rule asks: rules are described in English alone, so in Chinese what it is about and how it would refuse."""
    subject = rule_subject(rule)
    said = "" if subject == words else f"所查：{subject}；"  # of a procedure rule the words beside it are its subject
    return pick(f"{said}不合的，以 {rule.code} 拒绝", rule_meaning(rule))


def _source(provision: str, at: str) -> str:
    zh, en = source(provision, at, in_chinese)
    return pick(zh, en[:1].upper() + en[1:])


def _is_procedural(refusal: Mapping[str, Any]) -> bool:
    """Whether its words are those of a procedure rule or reading."""
    return package().of(str(refusal.get("provision") or "")) is not None


def _article_text(now: Now, article: int) -> str:
    edition = now.inst.meaning.edition or now.inst.founding.draft
    if edition is None or not 1 <= article <= len(edition.articles):
        return ""
    return edition.article(article).text


def marked(text: str, words: str) -> SafeString:
    """The article's text with the words marked; the words alone where the text does not have them."""
    before, found, after = text.partition(words) if words else (text, "", "")
    if not found:
        return format_html("<mark>{}</mark>", words) if words else SafeString("")
    return format_html("{}<mark>{}</mark>{}", before, found, after)


SAID = "what"
"""The figure that stands in its sentence alone, in words; for programs it is what it is."""

Call = Callable[[Institution, str], str]
"""How an officer is called: by its name to those who sign in, by its place in the book to everybody."""


def _figures(now: Now, figures: Mapping[str, Any], call: Call = names.party_name) -> Iterator[tuple[str, str]]:
    for name, value in figures.items():
        yield pick(*figure_name(name)), _said(now, name, value, call)


def _said(now: Now, name: str, value: Any, call: Call = names.party_name) -> str:
    return "" if value is None else named(now, pick(*figure_words(name, value)), call)


_OFFICER = re.compile(r"\bo:[0-9a-z-]+")
_UNIT = re.compile(r"u:[0-9a-z]+")
_DOSSIER = re.compile(r"d:[0-9a-f]{64}")
_HEX = re.compile(r"(?:sha256:|k:(?:[0-9a-f]{2})?)([0-9a-f]{64})")


def named(now: Now, text: str, call: Call = names.party_name) -> str:
    """A text with units, officers and dossiers by name, and digests and keys by their words, where people read it."""
    text = _DOSSIER.sub(lambda m: DossierNames([m[0]]).of(m[0], pick("zh", "en")), text)
    text = _OFFICER.sub(lambda m: call(now.inst, m[0]), text)
    text = _UNIT.sub(lambda m: names.party_name(now.inst, m[0]), text)
    return _HEX.sub(lambda m: " ".join(digest_words(f"sha256:{m[1]}", pick("zh", "en"))), text)


def _types(can: str) -> list[str]:
    """The act types named as what can be done instead."""
    return [one for one in can.replace("|", " ").split() if one in SHEETS]
