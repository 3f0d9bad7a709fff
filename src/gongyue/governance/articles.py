"""Everything about one article: its words and which of them are carried out, values, rules, acts, refusals.

Pure data for `gongyue article`, the documents and the pages; nothing here decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.resources import files
from itertools import groupby

from msgspec import Struct

from gongyue.covenant.binding.catalogue import catalogue as catalogued
from gongyue.covenant.counting import Share
from gongyue.covenant.edition import Edition
from gongyue.covenant.edition_builder import BUNDLED, bundled_choices, compose
from gongyue.covenant.numerals import to_chinese
from gongyue.covenant.parser import outline
from gongyue.covenant.procedure import package
from gongyue.covenant.refusals import WHOM, catalogue, in_general, share_words
from gongyue.covenant.rulings import RULES, Rule
from gongyue.covenant.shares import COUNTED, share_in
from gongyue.covenant.text import Term
from gongyue.covenant.values import Meaning
from gongyue.governance import step
from gongyue.governance.acts import ACT_TYPES, ActType, Book, GoverningDate
from gongyue.governance.performers import who
from gongyue.governance.sheet import SHEETS


class Mark(Struct, frozen=True):
    """Words of the article that rules carry out, and the name of the clause they are."""

    words: str
    name: str


class ValueCard(Struct, frozen=True):
    """A number or choice: T stated by the text, P a procedure rule, R a reading; `adopted` where it is known.

    `missing`: of a later package than was adopted, so that it does not hold.
    """

    layer: str
    name: str
    zh: str
    en: str
    value: int | str
    unit: str = ""
    floor: int | None = None
    ceiling: int | None = None
    choices: tuple[str, ...] = ()
    adopted: int | str | None = None
    missing: bool = False

    @property
    def now(self) -> int | str:
        """What holds: as adopted, else as the package proposes it."""
        return self.value if self.adopted is None else self.adopted


class RuleCard(Struct, frozen=True):
    """A rule: where it stands, what it says, the provision and words it carries out, the code it refuses with."""

    rule: str
    says: str
    provision: str
    words: str
    code: str


class ActCard(Struct, frozen=True):
    """An act type: who does it, in which book, by which date it counts."""

    type: str
    zh: str
    en: str
    who_zh: str
    who_en: str
    book: str
    governing: str
    paper: bool
    article: int


class RefusalCard(Struct, frozen=True):
    """A refusal: its layer, both texts, the article it cites (0: none in this text) and its address, the rules that raise it."""

    code: str
    layer: str
    article: int
    at: str
    zh: str
    en: str
    rules: tuple[str, ...]


class ArticleCard(Struct, frozen=True):
    """One article of an edition with everything that hangs on it: its position, its address, what it is cited as."""

    number: int
    at: str
    label: str
    chapter: str
    text: str
    marks: tuple[Mark, ...]
    notes: tuple[str, ...]
    values: tuple[ValueCard, ...]
    rules: tuple[RuleCard, ...]
    acts: tuple[ActCard, ...]
    refusals: tuple[RefusalCard, ...]


@cache
def bundled_edition() -> Edition:
    """The covenant that comes with the software, as it was read and bound."""
    data = files("gongyue.covenant").joinpath("texts", BUNDLED).read_bytes()
    return compose(outline(data, BUNDLED), bundled_choices())


def article_card(edition: Edition | None, number: int, adopted: Mapping[str, int | str] | None = None) -> ArticleCard:
    """The card of article `number`; IndexError outside the text. `adopted`: the procedure, where it was adopted."""
    text = edition or bundled_edition()
    article = text.article(number)
    rules = [rule for rule in _rules() if article_of(text, rule) == number]
    names = {rule.name for rule in rules}
    marks = [Mark(t.words, t.name) for t in text.terms if t.article == number and is_carried_out(t.name)]
    marks += [Mark(c.words, c.name) for c in text.clauses if c.article == number and is_carried_out(c.name)]
    return ArticleCard(
        number,
        article.at,
        article.label,
        chapter_title(text, article.chapter),
        article.text,
        tuple(marks),
        tuple(f"“{n.words}”：{n.note}" for n in text.notes if n.at == article.at),
        tuple(_values(text, number, adopted or {})),
        tuple(_rule_card(text, rule) for rule in rules),
        tuple(act_card(kind, text) for kind in kinds() if position(text, kind.clause) == number),
        tuple(card for card in refusal_cards(text) if card.article == number or names & set(card.rules)),
    )


@cache
def is_carried_out(name: str) -> bool:
    """Whether acts of this version rest on a capability, so that its words are carried out; else they are bound for acts to come."""
    return any("/" in act for act in catalogued().capabilities[name].acts)


def _rules() -> list[Rule]:
    """Every rule, in the order of its code, then as written."""
    return sorted(RULES.values(), key=lambda rule: (rule.code, rule.name.partition(":")[0]))


def kinds() -> list[ActType]:
    """Every act type, matter by matter."""
    return [ACT_TYPES[type] for type in SHEETS]


def chapter_title(edition: Edition, position: int | None) -> str:
    """第四章　附则: a chapter as the text heads it; empty for none."""
    if position is None:
        return ""
    chapter = edition.chapters[position - 1]
    return f"第{to_chinese(chapter.number)}章　{chapter.title}" if chapter.number else chapter.title


def article_of(edition: Edition, rule: Rule) -> int:
    """The article a rule belongs to: where this text has its clause, or that of its procedure rule or reading; 0 where it has none."""
    known = package().of(rule.provision)
    return position(edition, known.clause if known else rule.provision)


def position(edition: Edition, name: str) -> int:
    """The position of the article that has that clause; 0 where this text has none."""
    clause = edition.clause(name)
    return clause.article if clause else 0


def _values(edition: Edition, number: int, adopted: Mapping[str, int | str]) -> Iterator[ValueCard]:
    for term in edition.terms:
        if term.article == number:
            zh, en = ("含本数", "itself included") if term.inclusive else ("不含本数", "itself excluded")
            whom_zh, whom_en = _of_whom(edition, term)
            zh, en = f"“{term.words}”（{zh}{whom_zh}）", f"“{term.words}” ({en}{whom_en})"
            yield ValueCard("T", term.name, zh, en, term.value, term.unit)
    for card, clause in settings(adopted):
        if position(edition, clause) == number and (card.layer == "P" or Meaning(edition).applies(card.name)):
            yield card


def settings(adopted: Mapping[str, int | str]) -> Iterator[tuple[ValueCard, str]]:
    """Every procedure rule and reading of the package with what was adopted, and the clause it belongs to."""
    for name, rule in package().procedure.items():
        now, missing = adopted.get(name), bool(adopted) and name not in adopted
        bounds = rule.floor, rule.ceiling
        card = ValueCard("P", name, rule.zh, rule.en, rule.value, rule.unit, *bounds, adopted=now, missing=missing)
        yield card, rule.clause
    for name, one in package().readings.items():
        now, missing, first = adopted.get(name), bool(adopted) and name not in adopted, one.choices[0]
        card = ValueCard("R", name, one.zh, one.en, first, choices=one.choices, adopted=now, missing=missing)
        yield card, one.clause


def _of_whom(edition: Edition, term: Term) -> tuple[str, str]:
    """Of whom a share of a vote is counted; empty for any other number."""
    if term.name not in COUNTED:
        return "", ""
    share = share_in(edition, term.name)
    zh, en = WHOM[share.base] if share else ("", "")
    return f"，以{zh}计", f", of {en}"


def _rule_card(edition: Edition, rule: Rule) -> RuleCard:
    clause = edition.clause(rule.provision)
    known = package().of(rule.provision)
    return RuleCard(
        rule.name, rule_meaning(rule), rule.provision, clause.words if clause else known.zh if known else "", rule.code
    )


def rule_meaning(rule: Rule) -> str:
    """What a rule means: the first line of its docstring."""
    module, _, function = rule.name.partition(":")
    return (getattr(import_module(module), function).__doc__ or "").strip().partition("\n")[0]


def rule_subject(rule: Rule) -> str:
    """What a rule is about, in Chinese: the clause or the procedure rule it carries out."""
    return (package().of(rule.provision) or catalogued().capabilities[rule.provision]).zh


def act_card(kind: ActType, edition: Edition | None = None) -> ActCard:
    """The card of an act type."""
    zh, en = who(kind)
    return ActCard(
        kind.type,
        kind.sheet.zh,
        kind.does,
        zh,
        en,
        "公开簿 open" if kind.book is Book.OPEN else "密封簿 sealed",
        GOVERNING[kind.governing],
        kind.paper or kind.by.who != "unit",
        position(edition or bundled_edition(), kind.clause),
    )


GOVERNING = {
    GoverningDate.ARRIVAL: "到达之日 arrival",
    GoverningDate.INSTRUMENT: "成文之日 the instrument's date",
    GoverningDate.OWN: "行为之日 the act's own date",
}


def refusal_cards(edition: Edition | None = None) -> list[RefusalCard]:
    """Every refusal of the catalogue, in its order."""
    text = edition or bundled_edition()
    cards, by_code = [], {code: list(rules) for code, rules in groupby(_rules(), lambda rule: rule.code)}
    for code, entry in catalogue()["refusals"].items():
        rules = by_code.get(code, [])
        article = next((n for rule in rules if (n := article_of(text, rule))), 0)
        zh, en = _share_filled(text, rules, entry["zh"], entry["en"])
        cards.append(
            RefusalCard(code, entry["layer"], article, text.address(article), zh, en, tuple(r.name for r in rules))
        )
    return cards


def _share_filled(edition: Edition, rules: list[Rule], zh: str, en: str) -> tuple[str, str]:
    """The texts with the share that this text states; other figures, known only when an act is refused, in general words."""
    if "{share}" not in zh:
        return in_general(zh, en)
    share = _share_of(edition, rules)
    said = [share_words(share.text, share.base, language) if share else NO_SHARE[language] for language in ("zh", "en")]
    zh, en = zh.replace("（{arithmetic}）", ""), en.replace(" ({arithmetic})", "")
    return zh.format(**said[0]), en.format(**said[1])


def _share_of(edition: Edition, rules: list[Rule]) -> Share | None:
    """The share that one of the rules counts by, None where this text states none."""
    return next((s for rule in rules if (s := share_in(edition, rule.provision)) is not None), None)


NO_SHARE = {
    "zh": {"short": "不足", "whom": "全体成员单位", "share": "所定比例"},
    "en": {"short": "Fewer than", "whom": "all member units", "share": "the share asked"},
}
"""What a refusal says where the text states no share."""


REGISTERED = step.step
"""Importing the step of the institution registers every matter's act types and rules, which the cards are made of."""
