"""Another authority by the command line: its document along, the first day it can be, and what `status` says until that day."""

from __future__ import annotations

from .desk import TWO, Desk

NEW = "示范数据管理局"


def _name(desk: Desk, role: str, day: str, code: int = 0) -> str:
    desk.write("新部门.json", f'{{"name":"{NEW}","basis":"basis.txt"}}')
    words = ("founding", "redesignate", "--role", role, "--authority", "@新部门.json", "--effective", day)
    return desk.run(*words, *TWO, code=code)


def test_a_day_too_early_is_refused_with_the_first_that_can_be(in_force: Desk) -> None:
    """Seven days of visible delay: today and the seventh day after are refused by GY-21-10, naming the eighth, which is taken."""
    for early in (0, 7):
        said = _name(in_force, "supervisor", in_force.day(early), code=1)
        assert "GY-21-10" in said and in_force.day(8) in said
    _name(in_force, "supervisor", in_force.day(8))


def test_status_tells_its_day_beforehand(in_force: Desk) -> None:
    """The approver stays and the next one stands beside it with its day; in words of both languages and as data."""
    day = in_force.day(8)
    _name(in_force, "approver", day)
    said = in_force.run("status")
    assert "批准公约：示范主管部门" in said and f"批准公约（自 {day} 起）：{NEW}" in said
    assert f"(from {day}): {NEW}" in in_force.run("status", "--lang", "en")
    told = [(one["role"], one["name"], one["since"], one["coming"]) for one in in_force.json("status")["authorities"]]
    assert told == [("approver", "示范主管部门", None, False), ("approver", NEW, day, True)]
    assert f"自 {day} 起：{NEW}" in in_force.run("founding", "status")
    assert in_force.json("founding", "status")["next_approver"] == {"name": NEW, "since": day}
