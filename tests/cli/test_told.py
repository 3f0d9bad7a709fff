"""What the command line tells a new user is true: where to go on, at which address, in which language, under which name."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongyue.book.entry import SignedAct
from gongyue.cli.account import _addresses
from gongyue.cli.act_commands import example_words
from gongyue.cli.act_text import act_lines
from gongyue.governance.acts import ACT_TYPES
from gongyue.governance.admission import own_id

from .desk import Desk

HTTPS, HERE = "https://covenant.example", "http://localhost:8123"


@pytest.mark.parametrize("origins", [(), (HERE,), (HTTPS, "https://www.covenant.example")])
def test_an_invitation_names_the_address_the_book_was_founded_with(empty: Desk, origins: tuple[str, ...]) -> None:
    """Where web.toml says nothing; what it says comes first, and then the book is not asked."""
    empty.run("key", "new", "qin.key")
    empty.run("key", "new", "bai.key")
    officers = ("--officer", "qin:qin.key", "--officer", "bai:bai.key")
    where = [word for origin in origins for word in ("--web-origin", origin)]
    empty.run("init", "office", "--origin", "gongyue.example/test", "--executive", "测试联盟", *officers, *where)
    assert _addresses(Path("office")) == list(origins)
    Path("office/web.toml").write_text(f'origins = ["{HTTPS}"]\n', "utf-8")
    assert _addresses(Path("office")) == []


def test_after_the_office_comes_the_binding(empty: Desk) -> None:
    """Whoever imports a text unbound cannot freeze it: binding is named first."""
    empty.run("key", "new", "qin.key")
    empty.run("key", "new", "bai.key")
    officers = ("--officer", "qin:qin.key", "--officer", "bai:bai.key")
    told = empty.run("init", "office", "--origin", "gongyue.example/test", "--executive", "测试联盟", *officers)
    assert (
        told.index("founding bind 公约.docx")
        < told.index("--edition 公约.json")
        < told.index("founding import 公约.json")
    )


def test_rules_are_told_in_the_chosen_language(empty: Desk) -> None:
    """In Chinese by what is told where a rule does not hold; in English by what the rule says."""
    chinese, english = empty.run("article", "22"), empty.run("article", "22", "--lang", "en")
    rule = "rules.amendment:may_be_proposed"
    line = next(one for one in chinese.splitlines() if rule in one)
    assert line.endswith("。") and "The executive body alone" not in chinese
    assert "The executive body alone may propose" in next(one for one in english.splitlines() if rule in one)


def test_what_is_written_is_told_as_written() -> None:
    """Before it is signed: a choice in words, a text that is spelt like one as it stands."""
    body = {"name": "service", "activities": ["research"], "other": "education"}
    lines = list(act_lines(SignedAct({"type": "membership.apply/1", "body": body}), None, {}.get))
    assert [line.partition("：")[2] for line in lines[-3:]] == ["service", "科研", "education"]


def test_who_applies_acts_under_the_id_that_is_its_own() -> None:
    """The example of the help, copied, is not refused for joining in another's name (GY-04-01)."""
    kind = ACT_TYPES["membership.apply/1"]
    words = example_words(kind)
    assert words[words.index("--as") + 1] == own_id(kind.example["code"]) == "u:91000000000000078k"
    withdrawing = example_words(ACT_TYPES["membership.withdraw/1"])
    assert withdrawing[withdrawing.index("--as") + 1] == "u:0001"
