"""Sheets of act types: each is whole, or nothing starts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongyue.governance import acts, sheet
from gongyue.governance.acts import KINDS, UNIT, Body, act
from gongyue.governance.institution import Institution  # noqa: F401  (registers every act type)
from gongyue.governance.sheet import MATTERS, SHEETS, Incomplete, names_of, read

ANNEX = (Path(sheet.__file__).parent / "annex.toml").read_text("utf-8")


def test_every_act_type_has_one_sheet_and_no_sheet_is_left_over() -> None:
    """As many sheets as act types, each under its matter, in the order of the catalogue."""
    assert set(SHEETS) == set(KINDS)
    assert [kind.sheet for kind in KINDS.values()] == [SHEETS[type] for type in KINDS]
    assert {kind.matter for kind in KINDS.values()} == set(MATTERS)
    assert list(SHEETS)[:2] == ["book.genesis/1", "book.anchor/1"]


def test_an_act_type_without_a_sheet_is_not_registered() -> None:
    """Declared without an entry in its matter's file: refused at import, with the file and the entry that is missing."""
    with pytest.raises(Incomplete, match=r"annex\.toml.*acts\.'annex\.remind/1'"):
        act("annex.remind/1", by=UNIT, article=24, example={})(Body)
    assert "annex.remind/1" not in acts.KINDS


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ('do = "Sign an annex"\n', "", r"missing required field `do` - at `\$\.acts\[\.\.\.\]`"),
        ('do = "Sign an annex"', 'do = ""', r"length >= 1"),
        ('do = "Sign an annex"', 'does = "Sign an annex"', "unknown field `does`"),
        ('name = ["附件", "annexes"]', 'name = ["附件"]', "length"),
        ('[acts."annex.sign/1"]', '[acts."vote.sign/1"]', "vote.sign/1 is no act type of this matter"),
        ('do = "Sign an annex"', "do = Sign", r"annex\.toml: Invalid"),
    ],
)
def test_a_sheet_that_is_not_whole_stops_the_start(was: str, becomes: str, told: str) -> None:
    """An entry missing, empty, misspelt, in one language only, of another matter, or no TOML: refused, saying which."""
    assert was in ANNEX
    with pytest.raises(Incomplete, match=told):
        read("annex", ANNEX.replace(was, becomes, 1).encode())


def test_names_in_both_languages() -> None:
    """Chinese has one form of a verb; English says doing and done apart. Whatever is no act type is called by itself."""
    assert names_of("annex.sign/1") == ("签署附件", "annex signed")
    assert SHEETS["annex.sign/1"].do == "Sign an annex"
    assert names_of("annex.remind/1") == ("annex.remind/1", "annex.remind/1")
    assert all(re.search("[一-鿿]", s.zh) and s.do.isascii() and s.done.isascii() for s in SHEETS.values())
