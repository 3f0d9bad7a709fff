"""An edition of the covenant: its articles, the terms it states, the clauses that rules carry out.

An edition's truth is its confirmed canonical JSON; the original document is never parsed again.
Everything said of an edition is checked when it is loaded: a quoted clause must stand in its article,
and a number must be the number those words state (house §2).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

import msgspec

from gongyue.covenant.counting import share_of
from gongyue.covenant.periods import Period
from gongyue.covenant.stating import Stated
from gongyue.covenant.text import MOST_CHARACTERS, Article, Chapter, Document, Term

USED_TERMS = ("amendment.proposal", "amendment.adoption", "publication.within")
"""The terms that rules use: the first two are shares, the last a period."""

LONGEST = 3_650
"""Days, working days or months: a longer period would leave the calendar."""

MOST_QUOTES, MOST_QUOTED = 4_000, 100_000
"""Terms, clauses and notes, and the characters they quote: each is looked up in its article."""
MOST_EDITS = 1_000
"""Places that one change may alter."""

EDITION_VERSION = "gongyue/edition@1"


class Clause(msgspec.Struct, frozen=True):
    """A clause 条款 that rules carry out: its name here, its article, its words."""

    name: str
    article: int
    words: str


class Note(msgspec.Struct, frozen=True):
    """An annotation 编者注 of our edition: how doubtful words are read; it decides nothing."""

    article: int
    words: str
    note: str


class BadEdition(ValueError):
    """An edition that does not hold together; `code` is GY-01-01 for a gap in the numbering, else empty."""

    def __init__(self, zh: str, en: str, code: str = "", **figures: int | str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh, self.en, self.code, self.figures = zh, en, code, figures


class NotApplicable(ValueError):
    """A change that does not apply to the edition it names; `article` and `why` say where."""

    def __init__(self, article: int, why: str) -> None:
        super().__init__(f"art. {article}: {why}")
        self.article, self.why = article, why


class Edition(msgspec.Struct, frozen=True, dict=True):
    """One edition, as agreed by the parties; load with `load`, which checks it."""

    title: str
    original: str
    chapters: tuple[Chapter, ...]
    articles: tuple[Article, ...]
    terms: tuple[Term, ...]
    clauses: tuple[Clause, ...]
    notes: tuple[Note, ...] = ()
    v: str = EDITION_VERSION

    @cached_property
    def _clause_by_name(self) -> dict[str, Clause]:
        named = {t.name: Clause(t.name, t.article, t.words) for t in self.terms}
        return named | {c.name: c for c in self.clauses}

    @cached_property
    def values(self) -> dict[str, Fraction | Period]:
        """The numbers the text states, by term name."""
        return {t.name: term_value(t) for t in self.terms}

    def clause(self, name: str) -> Clause | None:
        """The clause or term of that name; None where this text has no such clause (the capability is off)."""
        return self._clause_by_name.get(name)

    def article(self, number: int) -> Article:
        """Article `number`, counted from 1; IndexError outside the text."""
        if not 1 <= number <= len(self.articles):
            raise IndexError(number)
        return self.articles[number - 1]

    def unconfirmed(self) -> list[Term]:
        """Terms still named by their article alone (art22.1): to be confirmed before the text is frozen."""
        return [t for t in self.terms if re.fullmatch(r"art\d+\.\d+", t.name)]


def term_value(term: Term) -> Fraction | Period:
    """A share as a Fraction, anything else as a Period."""
    if term.unit == "share":
        return share_of(str(term.value), term.inclusive)
    return Period(int(term.value), term.unit)


def load(data: Mapping[str, Any]) -> Edition:
    """An edition from its decoded JSON, checked; raises BadEdition."""
    try:
        edition = msgspec.convert(data, Edition, strict=True)
    except msgspec.ValidationError as error:
        raise BadEdition(f"文本格式不符：{error}", f"not an edition: {error}") from None
    if edition.v != EDITION_VERSION:
        raise BadEdition(f"未知的文本版式 {edition.v}", f"unknown edition version {edition.v}")
    _require_bounded(edition)
    _continuous(edition.articles)
    for article, words in _quoted(edition):
        _stands(edition, article, words)
    stated = {number: Stated(edition.article(number).text) for number in {t.article for t in edition.terms}}
    for term in edition.terms:
        _term_holds(term, stated[term.article])
    names = Counter([t.name for t in edition.terms] + [c.name for c in edition.clauses])
    if twice := {n for n, count in names.items() if count > 1}:
        raise BadEdition(f"条款名称重复：{sorted(twice)}", f"named twice: {sorted(twice)}")
    return edition


def _require_bounded(edition: Edition) -> None:
    """Whoever verifies a book loads every edition it names: one made to tire its reader is none."""
    quoted = [len(words) for _, words in _quoted(edition)]
    for found, most, zh, en in (
        (sum(len(a.text) for a in edition.articles), MOST_CHARACTERS, "条文字数", "characters in its articles"),
        (len(quoted), MOST_QUOTES, "数额、条款与注的项数", "terms, clauses and notes"),
        (sum(quoted), MOST_QUOTED, "所引文字的字数", "characters quoted"),
    ):
        if found > most:
            raise BadEdition(f"{zh} {found:,}，至多 {most:,}", f"{found:,} {en}, at most {most:,}")


def _continuous(articles: Iterable[Article]) -> None:
    expected = 1
    for article in articles:
        if article.number != expected:
            raise BadEdition(
                f"第{expected - 1}条之后是第{article.number}条",
                f"article {article.number} follows article {expected - 1}",
                "GY-01-01",
                expected=expected,
                found=article.number,
            )
        expected += 1
    if expected == 1:
        raise BadEdition("没有条文", "no articles")


def _term_holds(term: Term, stated: Stated) -> None:
    """A term's words state its number, in a length that can be counted, and of the unit the rules use it in."""
    if not stated.states(term.words, term.value, term.unit):
        raise BadEdition(
            f"第{term.article}条“{term.words}”所载数额与所填 {term.value} 不符",
            f"article {term.article}: the words “{term.words}” do not state {term.value}",
        )
    if term.unit != "share" and int(term.value) > LONGEST:
        raise BadEdition(f"{term.name}：期限过长 {term.value}", f"{term.name}: the period {term.value} is too long")
    if (term.unit == "share") != term.name.startswith("amendment.") and term.name in USED_TERMS:
        raise BadEdition(f"{term.name} 的单位不符", f"{term.name} has the wrong unit: {term.unit}")


def _quoted(edition: Edition) -> Iterator[tuple[int, str]]:
    yield from ((t.article, t.words) for t in edition.terms)
    yield from ((c.article, c.words) for c in edition.clauses)
    yield from ((n.article, n.words) for n in edition.notes)


def _stands(edition: Edition, number: int, words: str) -> None:
    if not 1 <= number <= len(edition.articles) or not words or words not in edition.articles[number - 1].text:
        raise BadEdition(f"第{number}条没有“{words}”", f"article {number} does not contain “{words}”")


def to_data(edition: Edition) -> dict[str, Any]:
    """The edition as JSON data; its canonical encoding is what its digest is taken of."""
    data: dict[str, Any] = msgspec.to_builtins(edition)
    return data


def confirm(
    document: Document,
    clauses: Mapping[str, str],
    names: Mapping[str, str] | None = None,
    notes: Iterable[Note] = (),
) -> Edition:
    """Make an edition of a document that was read.

    `clauses` maps a clause's name to the pattern its words match (see `provisions.toml`); those the text
    does not have are left out. `names` confirms unknown terms: {"art9.1": "share.of.ours"}. A note whose
    words the text does not contain is left out. Raises BadEdition.
    """
    renamed = tuple(msgspec.structs.replace(t, name=(names or {}).get(t.name, t.name)) for t in document.terms)
    term_names = {t.name for t in renamed}
    found = tuple(
        clause
        for name, pattern in sorted(clauses.items())
        if name not in term_names and (clause := _find(document.articles, name, pattern))
    )
    texts = {a.number: a.text for a in document.articles}
    kept = tuple(n for n in notes if n.words in texts.get(n.article, ""))
    edition = Edition(document.title, document.digest, document.chapters, document.articles, renamed, found, kept)
    return load(to_data(edition))


def _find(articles: Iterable[Article], name: str, pattern: str) -> Clause | None:
    for article in articles:
        if match := re.search(pattern, article.text):
            return Clause(name, article.number, match.group())
    return None


class TextEdit(msgspec.Struct, frozen=True):
    """Replace `old`, which must stand exactly once in the article, by `new`."""

    article: int
    old: str
    new: str


class TermEdit(msgspec.Struct, frozen=True):
    """A term's words and value after the change; `words` empty: the term is struck out.

    `inclusive` is false where the new words exclude the number itself (过半数).
    """

    name: str
    words: str
    value: int | str = ""
    inclusive: bool = True


class Change(msgspec.Struct, frozen=True):
    """An amendment's text diff and term diff against the edition with digest `base`."""

    base: str
    text: tuple[TextEdit, ...]
    terms: tuple[TermEdit, ...] = ()
    v: str = "gongyue/change@1"


def amend(edition: Edition, change: Change) -> Edition:
    """The edition after `change`; raises NotApplicable where it does not apply cleanly or leaves a term behind.

    A clause whose words no longer stand is dropped: rules that carry it out are suspended.
    """
    articles = list(edition.articles)
    if len(change.text) > MOST_EDITS:
        raise NotApplicable(0, f"{len(change.text)} > {MOST_EDITS} 处 / places")
    for edit in change.text:
        articles[_index(edition, edit.article)] = _edited(articles[_index(edition, edit.article)], edit)
    terms = _terms_after(edition, change, articles)
    clauses = tuple(c for c in edition.clauses if c.words in articles[c.article - 1].text)
    notes = tuple(n for n in edition.notes if n.words in articles[n.article - 1].text)
    amended = msgspec.structs.replace(edition, articles=tuple(articles), terms=terms, clauses=clauses, notes=notes)
    try:
        return load(to_data(amended))
    except BadEdition as error:
        raise NotApplicable(0, str(error)) from None


def rebase(change: Change, before: Edition, now: Edition) -> Edition:
    """The edition after `change`, made on `before`, on another text; NotApplicable where what it changes was changed.

    Every `old` must stand exactly once in the other text, and every number it restates be there as it was.
    """
    for edit in change.terms:
        was, stands = before.clause(edit.name), now.clause(edit.name)
        if was != stands or before.values.get(edit.name) != now.values.get(edit.name):
            here = f"“{stands.words}”" if stands else "— / struck out"
            raise NotApplicable(
                was.article if was else 0, f"数额 {edit.name} 已另作修改 / was changed meanwhile：{here}"
            )
    return amend(now, change)


def unlike(data: Any, edition: Edition) -> str:
    """Where decoded JSON differs from the edition's own: an article, or the rest; empty where it does not."""
    expected = _listed(to_data(edition))
    if data == expected:
        return ""
    found = data.get("articles") if isinstance(data, dict) else None
    pairs = zip(found, expected["articles"], strict=False) if isinstance(found, list) else ()
    different = [right["number"] for left, right in pairs if left != right]
    return f"art.{different[0]}" if different else "edition"


def _listed(value: Any) -> Any:
    """The value as JSON has it: no tuples."""
    if isinstance(value, dict):
        return {name: _listed(part) for name, part in value.items()}
    return [_listed(part) for part in value] if isinstance(value, (list, tuple)) else value


def _index(edition: Edition, number: int) -> int:
    if not 1 <= number <= len(edition.articles):
        raise NotApplicable(number, "无此条 / no such article")
    return number - 1


def _edited(article: Article, edit: TextEdit) -> Article:
    if not edit.old or article.text.count(edit.old) != 1:
        times = article.text.count(edit.old)
        raise NotApplicable(
            article.number, f"“{edit.old}”出现 {times} 次，应为 1 次 / stands {times} times, it must be once"
        )
    items = tuple(msgspec.structs.replace(i, text=i.text.replace(edit.old, edit.new)) for i in article.items)
    return msgspec.structs.replace(article, text=article.text.replace(edit.old, edit.new), items=items)


def _terms_after(edition: Edition, change: Change, articles: list[Article]) -> tuple[Term, ...]:
    edits = {t.name: t for t in change.terms}
    if unknown := edits.keys() - {t.name for t in edition.terms}:
        raise NotApplicable(0, f"无此数额 / no such number：{sorted(unknown)}")
    after = []
    for term in edition.terms:
        edit = edits.get(term.name)
        if edit is None:
            if term.words not in articles[term.article - 1].text:
                raise NotApplicable(
                    term.article,
                    f"“{term.words}”已改，须同时载明 {term.name} 的新数额 / is changed: restate the number {term.name}",
                )
            after.append(term)
        elif edit.words:
            after.append(msgspec.structs.replace(term, words=edit.words, value=edit.value, inclusive=edit.inclusive))
    return tuple(after)


def dropped(before: Edition, after: Edition) -> list[Clause]:
    """The clauses that `after` no longer has: the rules carrying them out are suspended."""
    return [c for c in before._clause_by_name.values() if after.clause(c.name) is None]
