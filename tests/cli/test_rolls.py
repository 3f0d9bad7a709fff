"""Rolls as associations keep them: encodings, headings, bad rows all at once; invitations, never members."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongyue.covenant.parties import fictional_code

from .desk import COVENANT, TWO, Desk

INVITE = ("membership", "invite", "--key", "bai.key", "--alliance", "--roll")
ROWS = [f"单位{i},{fictional_code(i)}" for i in range(10, 13)]
TABLE = "\n".join(["名称,统一社会信用代码", *ROWS])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_roll_is_read_in_any_common_encoding(encoding: str, founded: Desk) -> None:
    """Spreadsheets save what they like; the names arrive whole, as invitations."""
    founded.run(*INVITE, founded.write("roll.csv", TABLE, encoding))
    units = founded.json("membership", "roll", "--all")
    assert [u["name"] for u in units] == ["单位10", "单位11", "单位12"]
    assert {u["status"] for u in units} == {"invited"}
    assert founded.json("membership", "roll") == []


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_roll_may_be_separated_as_spreadsheets_do(separator: str, founded: Desk) -> None:
    """Comma, semicolon, tab; columns in any order, others ignored; blank lines skipped; codes in small letters."""
    rows = [["代码", "备注", "单位名称"], [fictional_code(7).lower(), "x", "单位7"], ["", "", ""]]
    founded.run(*INVITE, founded.write("roll.csv", "\n".join(separator.join(r) for r in rows)))
    (unit,) = founded.json("membership", "roll", "--all")
    assert (unit["name"], unit["code"], unit["id"]) == ("单位7", fictional_code(7), f"u:{fictional_code(7).lower()}")


def test_a_roll_may_be_json(founded: Desk) -> None:
    """An array of units, with Chinese or English names of the fields."""
    rows = [
        {"name": "甲", "code": fictional_code(1)},
        {"名称": "乙", "统一社会信用代码": fictional_code(2), "id": "u:0002"},
    ]
    founded.run(*INVITE, founded.write("roll.json", json.dumps(rows)))
    assert {u["id"] for u in founded.json("membership", "roll", "--all")} == {
        f"u:{fictional_code(1).lower()}",
        "u:0002",
    }


def test_every_bad_row_is_told_with_its_line_and_nothing_is_recorded(founded: Desk) -> None:
    """One run finds all there is to mend."""
    good, bad = fictional_code(1), fictional_code(2)
    wrong = bad[:-1] + ("0" if bad[-1] != "0" else "1")
    rows = [
        "名称,代码,编号",
        f"甲,{good},",
        f",{fictional_code(3)},",
        f"乙,{wrong},",
        f"丙,{good},",
        "丁,9.1E+17,",
        f"戊,{fictional_code(4)},U 1",
        "己,123,",
        "庚,,",
    ]
    told = founded.json(*INVITE, founded.write("roll.csv", "\n".join(rows)), code=4)
    assert [r["line"] for r in told["rows"]] == [3, 4, 5, 6, 7, 8, 9]
    reasons = " ".join(r["zh"] for r in told["rows"])
    for reason in (
        "没有单位名称",
        "GY-23-07",
        "与第 2 行重复",
        "表格软件",
        "u:0001",
        "应为 18 位",
        "没有统一社会信用代码",
    ):
        assert reason in reasons
    assert founded.json("status")["size"] == 1
    assert "第 4 行" in founded.run(*INVITE, "roll.csv", code=4)
    assert "line 4" in founded.run(*INVITE, "roll.csv", "--lang", "en", code=4)


def test_a_table_without_the_headings_is_told_what_they_are(founded: Desk) -> None:
    """It quotes what stands there instead."""
    told = founded.run(*INVITE, founded.write("roll.csv", "甲,乙\n1,2"), code=4)
    assert "名称" in told and "甲" in told
    assert "没有单位" in founded.run(*INVITE, founded.write("roll.csv", "name,code\n"), code=4)


def test_a_roll_cannot_make_members(founded: Desk) -> None:
    """Nobody is enrolled by another (art. 4)."""
    assert founded.json(*INVITE, founded.write("roll.csv", TABLE), "--standing", "member", code=1)["code"] == "GY-04-01"


def test_initiators_come_from_a_table_too(founded: Desk) -> None:
    """Freezing names them; a bad code stops it before the book."""
    from .desk import COVENANT, TWO

    founded.run("founding", "import", COVENANT, *TWO)
    founded.run("founding", "designate", "--approver", '{"name":"部门","basis":"basis.txt"}', *TWO)
    assert founded.json("founding", "freeze", "--initiators", founded.write("i.csv", "name,code\n甲,1"), *TWO, code=4)[
        "rows"
    ]
    founded.run("founding", "freeze", "--initiators", founded.write("i.csv", TABLE), *TWO)
    assert len(founded.json("founding", "status")["initiators"]) == 3


def test_the_roll_prints_as_csv(in_force: Desk) -> None:
    """For a spreadsheet; only members, unless --all."""
    lines = in_force.run("membership", "roll", "--csv").splitlines()
    assert lines[0].startswith("id,name,code,status") and len(lines) == 3
    assert len(in_force.run("membership", "roll", "--csv", "--all").splitlines()) == 5
    assert Path("roll.csv").exists()


def test_the_ids_of_initiators_are_told_once_they_are_frozen(founded: Desk) -> None:
    """In words and in JSON: those given in the table, and those made of the credit code."""
    founded.run("founding", "import", COVENANT, *TWO)
    founded.run("founding", "designate", "--approver", '{"name":"部门","basis":"basis.txt"}', *TWO)
    table = founded.write("first.csv", f"名称,代码,编号\n甲,{fictional_code(7)},u:0007\n乙,{fictional_code(8)},\n")
    freeze = ("founding", "freeze", "--initiators", table, *TWO)
    made = [{"id": "u:0007", "name": "甲", "code": fictional_code(7)}]
    made.append({"id": f"u:{fictional_code(8).lower()}", "name": "乙", "code": fictional_code(8)})
    assert founded.json(*freeze)["initiators"] == made
    founded.run("founding", "reopen", "--reasons", "basis.txt", *TWO)
    told = founded.run(*freeze)
    assert "u:0007" in told and made[1]["id"] in told and "--as" in told
