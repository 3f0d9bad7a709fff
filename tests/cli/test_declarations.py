"""Declarations of interests at the office: read from a table, kept in the vault, offered to an assignment."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongyue.governance.institution import Institution
from gongyue.governance.interests import read
from gongyue.office import office_folder
from gongyue.office.declaration_tables import declared_in
from gongyue.office.invalid_input import InvalidInput

from .desk import Desk

TABLE = "类别,单位,自,至,卷\n受雇,u:0002,2020-01-01,,\npaid,u:0003,2025-01-01,2025-12-31,\n".encode()


def test_a_table_is_a_declaration_in_either_language() -> None:
    """Chinese columns and words, or identifiers; an empty table declares that there is nothing."""
    found = read(declared_in(TABLE, "i.csv", Institution()))
    assert [(i.kind, i.unit, i.until) for i in found.interests] == [
        ("employed", "u:0002", None),
        ("paid", "u:0003", "2025-12-31"),
    ]
    assert read(declared_in(b"kind,unit,since,until,dossier\n", "text.txt", Institution())).interests == ()


@pytest.mark.parametrize(
    "wrong", ["类别,单位,自\n朋友,u:0002,2020-01-01\n", "类别,单位,自,备注\n受雇,u:0002,2020-01-01,x\n"]
)
def test_a_table_that_says_something_else_is_told(wrong: str) -> None:
    """A kind there is not, a column there is not."""
    with pytest.raises(InvalidInput):
        declared_in(wrong.encode(), "i.csv", Institution())


def test_a_signed_paper_is_kept_as_it_is() -> None:
    """A scan, or words: nobody computes with it."""
    assert declared_in(b"%PDF-1.7 \xff", "i.pdf", Institution()) == b"%PDF-1.7 \xff"
    for said in ("见所附签字件", "受雇于某成员单位", "无，但配偶受雇于 u:0002"):
        assert declared_in(said.encode(), "text.txt", Institution()) == said.encode()


@pytest.mark.parametrize("said", ["无", "没有", "无利害关系。", "None", " 无 \n"])
def test_whoever_has_nothing_to_declare_says_so_in_a_word(said: str) -> None:
    """It is a declaration that names nothing, not a paper that nobody computes with."""
    assert read(declared_in(said.encode(), "text.txt", Institution())).interests == ()


def test_what_is_written_line_by_line_is_a_table(in_force: Desk) -> None:
    """Without a head, with either comma; a unit by its id, its code or its name; a name there is not is told in words."""
    inst = office_folder.open_office(Path("office")).inst
    code = inst.units["u:0003"].code
    said = f"受雇，单位2，2024-03-01\n持股,{code},2020-01-01,2025-12-31\npaid, u:0001, 2025-01-01\n"
    found = read(declared_in(said.encode(), "text.txt", inst)).interests
    assert [(i.kind, i.unit, i.since, i.until) for i in found] == [
        ("employed", "u:0002", "2024-03-01", None),
        ("owning", "u:0003", "2020-01-01", "2025-12-31"),
        ("paid", "u:0001", "2025-01-01", None),
    ]
    for wrong, why in (
        ("受雇，某外人，2024-03-01", "某外人"),
        ("受雇，单位2，去年", "去年"),
        ("受雇，单位2", "没有写"),
    ):
        with pytest.raises(InvalidInput, match=why):
            declared_in(wrong.encode(), "text.txt", inst)


def test_what_an_officer_declared_is_offered_where_it_is_assigned(in_force: Desk) -> None:
    """By its id alone: the units it declared stand in the assignment; without reading rights only the dates are told."""
    Path("i.csv").write_bytes(TABLE)
    in_force.run("office", "declare", "--officer", "o:qin", "--interests", "i.csv", "--key", "qin.key", "--yes")
    (told,) = [one for one in in_force.json("office", "interests", "--officer", "o:qin") if one["officer"] == "o:qin"]
    assert told["units"] == ["u:0002", "u:0003"] and told["late"] == 0
    (closed,) = [one for one in in_force.json("office", "interests") if one["officer"] == "o:qin"]
    assert closed["interests"] is None and closed["units"] == []
    assert json.dumps(told).find("u:0002") > 0
