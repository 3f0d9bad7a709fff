"""By command line: what a later release brings is said to be missing, then adopted and bound for a book that is in force."""

from __future__ import annotations

import pytest

from support import later
from support.later import ENVIRONMENT, LANGUAGE, WORDS

from .desk import TWO, Desk

PANEL = ("--key", "qin.key", "--key", "mo.key")


def test_a_later_package_is_shown_and_adopted(in_force: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """status, article, package and verify name what is not adopted; the act takes the latest unless told otherwise."""
    later.bring(monkeypatch)
    assert "P21（复核作出决定的期限（演示））：后出的解释包所增，尚未通过，不适用" in in_force.run("status")
    assert "P21  后出的解释包所增，尚未通过" in in_force.run("article", "18")
    assert "尚未通过，不适用：P21、bulletin.times、review.by" in in_force.run("interpretation", "package")
    assert "GY-25-01" in in_force.run("interpretation", "supplement", "--other", "P2=20", *PANEL, code=1)
    in_force.run("interpretation", "supplement", "--package", later.FIRST_PACKAGE, *PANEL, code=3)
    in_force.run("interpretation", "supplement", "--other", "P21=45", *PANEL)
    rules = {r["name"]: r["adopted"] for r in in_force.json("interpretation", "package")["rules"]}
    assert (rules["P21"], rules["review.by"]) == (45, "other")
    assert "尚未通过，不适用" not in in_force.run("status")
    in_force.run("export", "public")
    assert "P21" not in in_force.run("verify", "public", "--vkey", "office/log.vkey")


def test_a_new_capability_is_shown_and_bound(in_force: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """status and verify name what is not bound; words that are not there are refused; then it is bound and absent."""
    later.bring_capabilities(monkeypatch)
    in_force.run("export", "public")
    for words in (("status",), ("verify", "public", "--vkey", "office/log.vkey")):
        assert f"发展环境（{ENVIRONMENT}）：后出的条款目录所增，尚未绑定，不执行" in in_force.run(*words)
    told = in_force.run("founding", "supplement", "--bind", ENVIRONMENT, "4", "自然环境", *TWO, code=4)
    assert "4" in told
    told = in_force.run("founding", "supplement", "--bind", ENVIRONMENT, "4", WORDS, *TWO, code=3)
    assert "公布文字" in told  # neither bound nor absent
    in_force.run("founding", "supplement", "--bind", ENVIRONMENT, "4", WORDS, "--absent", LANGUAGE, *TWO)
    assert "尚未绑定" not in in_force.run("status")
    in_force.run("export", "public")
    told = in_force.run("verify", "public", "--vkey", "office/log.vkey")
    assert ENVIRONMENT not in told
    assert "以中文公布" in told


def test_before_it_is_in_force_nothing_is_bound_by_it(effective: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The draft is bound instead."""
    later.bring_capabilities(monkeypatch)
    effective.run("founding", "supplement", "--absent", LANGUAGE, *TWO, code=3)
