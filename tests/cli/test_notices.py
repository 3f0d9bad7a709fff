"""Notices through the command line: told when recorded, listed until sent, written as letters, acted upon as printed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from .desk import TWO, Desk, paper

BALLOT = ("vote", "ballot", "--vote", "p:1", "--choice", "against", "--as", "u:0002", *paper("乙函1号"), *TWO)


@pytest.fixture
def voting(in_force: Desk) -> Desk:
    """A vote is open, with three units on its roll."""
    in_force.run("membership", "enrol", "--accepts", "--activities", "analysis", "--key", "u3.key")
    words = ("--replace", 4, "积极推进行业自律", "大力推进行业自律")
    in_force.run("amendment", "initiate", "--proposal", "p:1", *words, "--key", "u1.key")
    in_force.run("amendment", "file", "--proposal", "p:1", "--key", "u1.key")
    in_force.run("vote", "open", "p:1", "--yes")
    in_force.run("notices", "--sent", "all")  # the keys registered on the way here
    return in_force


def test_recording_a_paper_ballot_says_that_a_notice_is_due_and_how_to_send_it(voting: Desk) -> None:
    """In prose and in JSON, in both languages; the list of what is due keeps saying so until it is noted as sent."""
    told = voting.run(*BALLOT)
    assert "须通知单位2：" in told and "gongyue notices --as u:0002 --letter letters" in told
    assert "notify 单位2 of “" in voting.run(*BALLOT, "--lang", "en")
    notice = voting.json(*BALLOT)["notice"]
    assert notice["sent"] == f"gongyue notices --sent {notice['id']}"
    owed = [n["id"] for n in voting.json("due")["notices"]]
    assert len(owed) == 3 and owed[-1] == notice["id"] and all(re.fullmatch("sealed:[0-9a-f]{16}", id) for id in owed)
    assert notice["id"] in voting.run("due") and "notify 单位2 of “" in voting.run("due", "--lang", "en")
    assert voting.json("status")["notices"] == 3
    voting.run(*shlex.split(notice["sent"])[1:])
    assert [n["id"] for n in voting.json("due")["notices"]] == owed[:2]
    voting.run("notices", "--sent", "all")
    assert "没有尚未通知的" in voting.run("notices") and "Nothing is owed" in voting.run("notices", "--lang", "en")
    assert voting.json("status")["notices"] == 0


def test_what_a_unit_signs_itself_owes_no_notice(voting: Desk) -> None:
    """Also where it records its own paper."""
    words = ("vote", "ballot", "--vote", "p:1", "--choice", "consent")
    assert voting.json(*words, "--key", "u2.key")["notice"] is None
    own = ("--as", "u:0002", *paper("乙函2号"), "--key", "u2.key")
    assert voting.json(*words, *own)["notice"] is None
    assert voting.json("due")["notices"] == []


def test_the_letter_names_the_ballot_and_no_other_and_its_command_disavows_it(voting: Desk) -> None:
    """The printed command, with the unit's key in its place, is all it takes; then the notice says so."""
    consent = ("vote", "ballot", "--vote", "p:1", "--choice", "consent", "--as", "u:0003", *paper("丙函1号"), *TWO)
    theirs, ours = (voting.json(*words)["notice"]["id"] for words in (consent, BALLOT))
    (notice,) = voting.json("notices", "--letter", "letters", "--as", "u:0002", "--since", "today")[-1:]
    text = Path(notice["letter"]).read_text("utf-8")
    assert "choice = against" in text and "乙函1号" in text and ours in text
    assert "consent;" not in text and "u:0003" not in text and theirs not in text
    assert all(n["unit"] == "u:0002" for n in voting.json("notices", "--as", "u:0002"))
    command = notice["command"]
    assert command in text
    voting.run(*shlex.split(command.replace("unit.key", "u2.key"))[1:])
    after = voting.json("notices", "--as", "u:0002")[-2]
    assert (after["id"], after["state"], after["can_be_disavowed"]) == (ours, "disavowed", False)
    assert "已否认" in voting.run("notices", "--as", "u:0002")


def test_after_the_close_the_notice_says_that_it_is_too_late(voting: Desk) -> None:
    """All have signed, the unit too, and the vote is closed: the printed command is refused as out of turn."""
    voting.run(*BALLOT)
    command = voting.json("notices", "--as", "u:0002")[-1]["command"]
    for i in (1, 2, 3):
        voting.run("vote", "ballot", "--vote", "p:1", "--choice", "consent", "--key", f"u{i}.key")
    voting.run("tick")
    notice, own = (n for n in voting.json("notices", "--as", "u:0002") if n["type"] == "vote.ballot/1")
    assert (notice["state"], notice["can_be_disavowed"], own["state"]) == ("replaced", False, "stands")
    voting.run(*shlex.split(command.replace("unit.key", "u2.key"))[1:], code=3)


def test_without_a_unit_letters_are_written_for_all_that_is_owed(voting: Desk) -> None:
    """One file a notice; what is noted as sent is written no more."""
    voting.run(*BALLOT)
    voting.run("membership", "withdraw", "--as", "u:0003", *paper("丙函2号"), *TWO)
    written = sorted(voting.json("notices", "--letter", "letters"), key=lambda n: n["unit"])
    assert [n["unit"] for n in written] == ["u:0002", "u:0003"]
    assert {Path(n["letter"]).name for n in written} == {p.name for p in Path("letters").iterdir()}
    withdrawal = Path(written[1]["letter"]).read_text("utf-8")
    assert "gongyue key disavow --entry" in withdrawal
    voting.run("notices", "--sent", written[0]["id"])
    assert [n["unit"] for n in voting.json("notices", "--letter", "more")] == ["u:0003"]


def test_what_does_not_exist_is_said(voting: Desk) -> None:
    """A unit, a notice, a day."""
    assert "没有单位 u:0099" in voting.run("notices", "--as", "u:0099", code=4)
    assert "no unit u:0099" in voting.run("notices", "--as", "u:0099", "--lang", "en", code=4)
    assert "没有应通知的 sealed:99" in voting.run("notices", "--sent", "sealed:99", code=4)
    assert "--since" in voting.run("notices", "--since", "2026-02-31", code=2)
    assert "没有以其名义的行为" in voting.run("notices", "--as", "u:0004")
