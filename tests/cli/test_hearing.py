"""`gongyue dossier hearing`: at a terminal what was not given is asked for, question by question; elsewhere it is named."""

from __future__ import annotations

import pytest

from .desk import Desk

NONE = "d:" + "0" * 64
TYPED = (
    "会议室，在场",
    "张三，单位2的代表",
    "莫，审议人",
    "",
    "张三：发现即停用。",
    "莫：问，是否致歉？",
    "",
    "",
    "读给张三听过",
)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits at a terminal."""
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda self: True)


def test_what_was_not_given_is_asked_for(in_force: Desk, terminal: None) -> None:
    """As many people and statements as are typed, to an empty line; what may be left out too; the record is shown before it is signed."""
    asked = ("dossier", "hearing", "--day", "today", "--dossier", NONE, "--key", "qin.key", "--key", "mo.key")
    told = in_force.try_(*asked, typed="\n".join(TYPED) + "\n")
    assert told.exit_code == 3 and "没有 d:" in told.output  # there is no such dossier
    record = told.output.partition("听取申辩记录")[2]
    for said in (
        "张三，单位2的代表",
        "莫，审议人",
        "1. 张三：",
        "发现即停用。",
        "2. 莫：",
        "没有。",
        "读给张三听过",
        in_force.day(),
    ):
        assert said in record, told.output


def test_nothing_is_asked_where_nobody_sits(in_force: Desk) -> None:
    """The questions that lack an answer are named, in either language."""
    asked = ("dossier", "hearing", "--dossier", NONE, "--key", "qin.key", "--lang", "en")
    told = in_force.run(*asked, code=2)
    assert "--day (Day): Fill this in" in told and "--corrected (Read back): Fill this in" in told
