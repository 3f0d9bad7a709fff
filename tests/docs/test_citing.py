"""What a user reads of the software itself names no article of the seed: another covenant has its own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from pkgutil import iter_modules

import pytest

from gongyue import rules
from gongyue.covenant.numerals import CHINESE
from gongyue.covenant.rulings import RULES
from gongyue.governance.articles import refusal_cards, rule_meaning
from support.editions import edition_of

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "gongyue"
CITES = re.compile(rf"(?<!误记时间的)(?<!恢复时间的)第[0-9{CHINESE}]+条|\b[Aa]rticles? [0-9]|\bart\. ?[0-9]")
"""An article by its number; 误记时间的第一条 is an entry of the book."""
STATES = re.compile(
    r"三分之二|十分之一|三十日|\btwo thirds\b|\bone in ten\b|\bone member unit in ten\b|\bthirty days\b"
)
MATTERS = {one.name for one in iter_modules(rules.__path__)}
EXAMPLES = ("found.html", "bind_doubt.html")
"""Their forms show what may be typed in, by an example."""
TEMPLATES = [
    *(PACKAGE / "web" / "templates" / "acting" / "intro").glob("*.html"),
    *(p for p in (PACKAGE / "web" / "templates" / "desk").glob("*.html") if p.name not in EXAMPLES),
]


def texts(value: object) -> Iterator[str]:
    """Every text of a table, wherever it stands."""
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts(part)


SHEETS = sorted(path.relative_to(PACKAGE).as_posix() for path in (PACKAGE / "governance").glob("*.toml"))


@pytest.mark.parametrize("name", ["covenant/refusals.toml", *SHEETS])
def test_no_table_of_words_cites_an_article_or_states_a_number_of_the_seed(name: str) -> None:
    """Refusals, and what fields are called and how they are filled in."""
    table = tomllib.loads((PACKAGE / name).read_text("utf-8"))
    table.pop("help", None)  # what a matter's commands are for names the articles of the bundled text
    assert [t for t in texts(table) if CITES.search(t) or STATES.search(t)] == []


def test_no_rules_sentence_states_a_number_of_the_seed() -> None:
    """Every rule's, as the article page and `gongyue article` print it."""
    assert {rule.name.partition(":")[0].rpartition(".")[2] for rule in RULES.values()} == MATTERS
    found = [
        sentence for rule in RULES.values() if CITES.search(sentence := rule_meaning(rule)) or STATES.search(sentence)
    ]
    assert found == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.name))
def test_no_introduction_or_desk_page_cites_an_article_by_itself(template: Path) -> None:
    """The article comes from the binding, beside the form's title."""
    assert CITES.search(template.read_text("utf-8")) is None


SECOND = """湖上行业公约
第一条　为规范行业，制定本公约。
第二条　本公约经五分之一以上成员单位提议，并经四分之三以上成员单位同意，可以修改。
第三条　本公约由湖上联盟负责解释。
"""


def test_the_refusals_of_another_covenant_cite_its_own_article_and_share() -> None:
    """As the public page lists them: article 2, three quarters; article 3 interprets; the codes are names and stay."""
    bound = {
        "amendment__adoption": ("2", "四分之三以上成员单位同意"),
        "amendment__proposal": ("2", "五分之一以上成员单位提议"),
        "interpretation__authority": ("3", "本公约由湖上联盟负责解释"),
    }
    cards = {card.code: card for card in refusal_cards(edition_of(SECOND, **bound))}
    assert [card.code for card in cards.values() if CITES.search(card.zh) or CITES.search(card.en)] == []
    assert [card.code for card in cards.values() if STATES.search(card.zh) or STATES.search(card.en)] == []
    assert (cards["GY-22-02"].article, cards["GY-22-02"].zh) == (
        2,
        "同意单位不足全体成员单位的四分之三，不得公布为通过。",
    )
    assert (cards["GY-22-01"].article, cards["GY-22-01"].zh) == (2, "提议单位不足全体成员单位的五分之一。")
    assert cards["GY-25-01"].article == 3


def test_a_refusal_that_is_only_listed_shows_no_place_of_a_figure() -> None:
    """What is known only once an act is refused is said in general; beside it the share that the text states is filled in."""
    cards = {card.code: card for card in refusal_cards()}
    assert [card.code for card in cards.values() if "{" in card.zh + card.en] == []
    assert cards["GY-17-09"].zh.startswith("文书里有若干个证件或账户号码、若干个联系号码没有遮盖")
    assert cards["GY-22-02"].zh == "同意单位不足全体成员单位的三分之二，不得公布为通过。"
