"""Declarations of interests at the office: read from a table, kept in the vault, offered to an assignment."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongyue.governance.interests import read
from gongyue.office.declaration_tables import declared_in
from gongyue.office.invalid_input import InvalidInput

from .desk import Desk

TABLE = "类别,单位,自,至,卷\n受雇,u:0002,2020-01-01,,\npaid,u:0003,2025-01-01,2025-12-31,\n".encode()


def test_a_table_is_a_declaration_in_either_language() -> None:
    """Chinese columns and words, or identifiers; an empty table declares that there is nothing."""
    found = read(declared_in(TABLE, "i.csv"))
    assert [(i.kind, i.unit, i.until) for i in found.interests] == [
        ("employed", "u:0002", None),
        ("paid", "u:0003", "2025-12-31"),
    ]
    assert read(declared_in(b"kind,unit,since,until,dossier\n", "text.txt")).interests == ()


@pytest.mark.parametrize(
    "wrong", ["类别,单位,自\n朋友,u:0002,2020-01-01\n", "类别,单位,自,备注\n受雇,u:0002,2020-01-01,x\n"]
)
def test_a_table_that_says_something_else_is_told(wrong: str) -> None:
    """A kind there is not, a column there is not."""
    with pytest.raises(InvalidInput):
        declared_in(wrong.encode(), "i.csv")


def test_a_signed_paper_is_kept_as_it_is() -> None:
    """A scan, or words: nobody computes with it."""
    assert declared_in(b"%PDF-1.7 \xff", "i.pdf") == b"%PDF-1.7 \xff"
    assert declared_in("无利害关系".encode(), "text.txt") == "无利害关系".encode()


def test_what_an_officer_declared_is_offered_where_it_is_assigned(in_force: Desk) -> None:
    """By its id alone: the units it declared stand in the assignment; without reading rights only the dates are told."""
    Path("i.csv").write_bytes(TABLE)
    in_force.run("office", "declare", "--officer", "o:qin", "--interests", "i.csv", "--key", "qin.key", "--yes")
    (told,) = [one for one in in_force.json("office", "interests", "--officer", "o:qin") if one["officer"] == "o:qin"]
    assert told["units"] == ["u:0002", "u:0003"] and told["late"] == 0
    (closed,) = [one for one in in_force.json("office", "interests") if one["officer"] == "o:qin"]
    assert closed["interests"] is None and closed["units"] == []
    assert json.dumps(told).find("u:0002") > 0
