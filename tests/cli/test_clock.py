"""A clock too far from the last entry, at the terminal: said with both times, confirmed by two officers."""

from __future__ import annotations

import re

import pytest

from gongyue.covenant.periods import DAY, moment
from gongyue.office import office_folder

from .desk import TWO, Desk


@pytest.fixture
def later(in_force: Desk, monkeypatch: pytest.MonkeyPatch) -> tuple[Desk, str]:
    """A week and a day have passed in silence: the desk, and the time now."""
    now = office_folder.wall_clock() + 8 * DAY
    monkeypatch.setattr(office_folder, "wall_clock", lambda: now)
    return in_force, moment(now)


def test_status_due_and_tick_say_so_with_both_times(later: tuple[Desk, str]) -> None:
    """In words and as data, in both languages; tick ends with 3 and records nothing."""
    desk, now = later
    before = desk.json("status")
    assert before["clock"]["time"] == now and before["clock"]["off"] == "ahead"
    for words in (["status"], ["due"]):
        assert now in desk.run(*words) and before["clock"]["last"] in desk.run(*words, "--lang", "en")
    assert desk.json("due")["clock"] == before["clock"]
    assert now in desk.run("tick", code=3)
    assert desk.json("tick", code=3)["code"] == "out-of-turn/clock-ahead"
    after = desk.json("status")
    assert (after["size"], after["root"], after["anchored"]) == (before["size"], before["root"], before["anchored"])


def test_two_officers_confirm_and_the_office_goes_on(later: tuple[Desk, str]) -> None:
    """The last entry's time is filled in; a time that is none is told; afterwards tick anchors and verify tells."""
    desk, now = later
    assert "2026-03-20 09:00" in desk.run("clock", "confirm", "--time", "yesterday", *TWO, code=2)
    assert desk.json("clock", "confirm", "--time", now, "--key", "qin.key", "--yes", code=1)["code"] == "GY-05-02"
    desk.run("clock", "confirm", "--time", now, *TWO, "--yes")
    assert desk.json("status")["clock"]["off"] == ""
    assert desk.json("tick")[0]["type"] == "book.anchor/1"
    desk.run("export", "public")
    told = desk.run("verify", "public", "--vkey", "office/log.vkey")
    assert re.search(rf"确认时间.*{now}", told)


def test_two_officers_return_from_a_false_future(in_force: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A day ahead an act is recorded; with the clock right again everything says so, and what is wrong is read off the book."""
    now = office_folder.wall_clock()
    monkeypatch.setattr(office_folder, "wall_clock", lambda: now + DAY)
    in_force.run("tick")
    size = in_force.json("status")["size"]
    monkeypatch.setattr(office_folder, "wall_clock", lambda: now + 60)
    assert in_force.json("status")["clock"]["off"] == "behind"
    assert "clock.recover" in in_force.run("tick", code=3)
    tried = in_force.run("clock", "recover", "--time", moment(now), *TWO, "--dry-run")
    assert f"#{size - 1}" in tried and moment(now + DAY) in tried and "1 条将无效" in tried
    in_force.run("clock", "recover", "--time", moment(now), *TWO, "--yes")
    assert in_force.json("status")["clock"]["off"] == ""
    in_force.run("export", "public")
    told = in_force.json("verify", "public", "--vkey", "office/log.vkey")
    (made,) = told["recoveries"]
    assert (made["first"], made["index"], made["void"], made["moved"]) == (size - 1, size, 1, 0)
    assert made["signers"] == ["o:qin", "o:bai"]
    assert f"#{size} 恢复时间" in in_force.run("verify", "public", "--vkey", "office/log.vkey")
    in_force.run("backup", "--office", "office", "--out", "kept.tar.gz")
    in_force.run("restore", "kept.tar.gz", "--office", "drilled", "--public", "public", "--keys", "office/keys")
    drilled, office = (in_force.json("status", "--office", name) for name in ("drilled", "office"))
    assert (drilled["size"], drilled["root"]) == (office["size"], office["root"])
    assert "已撤销" in in_force.run("log", "show", "--last", "2")


def test_where_nothing_is_false_the_terminal_says_so(in_force: Desk) -> None:
    """Exit 3, in words with the time, instead of an entry that does not exist."""
    now = moment(office_folder.wall_clock())
    assert "没有需要恢复的" in in_force.run("clock", "recover", "--time", now, *TWO, "--yes", code=3)


def test_the_example_of_a_time_is_one_that_the_option_takes() -> None:
    """A day and an hour as one writes them, not a count of seconds; copied, it is taken."""
    from gongyue.cli.act_commands import example_of
    from gongyue.governance.acts import ACT_TYPES

    assert "--time '2026-02-01 08:00' " in example_of(ACT_TYPES["clock.confirm/1"])


def test_what_the_sentence_says_is_not_said_again_as_a_figure(later: tuple[Desk, str]) -> None:
    """Both times once each, in a sentence; programs have them by name."""
    desk, now = later
    told = desk.run("tick", code=3)
    assert told.count(now) == 1 and "clock 2" not in told
    assert desk.json("tick", code=3)["figures"]["clock"] == now
