"""A text that lets its council alone propose: who files is said with the command, and the README's two officers get through."""

from __future__ import annotations

import shlex

from .desk import Desk
from .own_text import brought_into_force, voted
from .test_readme import _between

TEXT = """云州商会章程
第一条 秘书处是本会的执行机构。
第二条 会员应当公平竞争。
第三条 本章程的修改，由理事会提出，经全体会员三分之二以上同意通过。
第四条 会员从维护国家利益出发。本章程自发起会员全体签署之日起生效，自公布之日起施行。
"""
OFFICE = ("init", "office", "--origin", "gongyue.example/test", "--executive", "测试商会", "--slot-seconds", 60)
CHANGE = ("amendment", "initiate", "--proposal", "p:1", "--replace", "2", "公平竞争", "公平诚信竞争")


def _office(desk: Desk, first: str) -> None:
    desk.write("basis.txt", "依据（演示）")
    for name in ("qin", "bai"):
        desk.run("key", "new", f"{name}.key")
    desk.run(*OFFICE, "--officer", f"{first}:qin.key", "--officer", "bai:bai.key")
    brought_into_force(desk, TEXT, ("bai.key", "bai.key"))


def test_two_officers_file_a_change_by_the_readmes_own_lines(empty: Desk) -> None:
    """One of whom is secretary and panellist from the beginning: passed by two consents, and sound."""
    _office(empty, "qin:secretary,panellist")
    for line in _between("council").splitlines():
        empty.run(*shlex.split(line)[1:])
    assert "通过" in voted(empty, "p:1", "consent", "consent")
    empty.run("export", "public")
    assert empty.json("verify", "public", "--vkey", "office/log.vkey")["code"] == 0


def test_a_change_that_lacks_one_consent_is_not_adopted(empty: Desk) -> None:
    """One of two consents, where two thirds are asked for."""
    _office(empty, "qin:secretary,panellist")
    for line in _between("council").splitlines():
        empty.run(*shlex.split(line)[1:])
    assert "未通过" in voted(empty, "p:1", "consent", "against")


def test_who_may_file_is_said_with_the_command_that_makes_somebody_it(empty: Desk) -> None:
    """To a member, to officers without the office, and beforehand by `status`; in both languages."""
    _office(empty, "qin")
    said = empty.run(*CHANGE, "--key", "u1.key", code=1)
    assert (
        "GY-22-13" in said
        and "执行机构由两名审议人签署" in said
        and "--officer qin:secretary,panellist:qin.key" in said
    )
    assert "two panellists sign for the executive body" in empty.run(*CHANGE, "--key", "u1.key", "--lang", "en", code=1)
    said = empty.run(*CHANGE, "--key", "qin.key", "--key", "bai.key", code=1)
    assert "GY-05-01" in said and "gongyue office appoint --officer o:… --offices panellist" in said
    assert "现任审议人 1 名" in (told := empty.run("status")) and "gongyue office appoint" in told
    assert "1 panellist" in empty.run("status", "--lang", "en")


def test_where_members_propose_nothing_is_said_of_panellists(founded: Desk) -> None:
    """The council alone is what it is about."""
    brought_into_force(founded, TEXT.replace("由理事会提出，", ""), ("mo.key", "lu.key"))
    assert "审议人" not in founded.run("status")
    founded.run(*CHANGE, "--key", "u1.key")
