"""Modules have at most 300 lines, but those of which decision 0010 says why they are one."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "src" / "gongyue"
MOST = 300


def long_modules() -> set[str]:
    """Every module of ours with more than 300 lines, by its path below the package."""
    lengths = {
        path.relative_to(SOURCES).as_posix(): len(path.read_text("utf-8").splitlines())
        for path in SOURCES.rglob("*.py")
    }
    return {name for name, length in lengths.items() if length > MOST}


def reasons() -> dict[str, str]:
    """The table of decision 0010: why each module in it is one."""
    text = (ROOT / "docs" / "decisions" / "0010-long-modules.md").read_text("utf-8")
    return dict(re.findall(r"^\| `([\w/]+\.py)` \| (.+) \|$", text, re.MULTILINE))


def test_no_module_is_long_without_a_reason() -> None:
    """Whoever lets a module grow beyond 300 lines cuts it, or says in decision 0010 why it is one."""
    assert sorted(long_modules() - reasons().keys()) == []


def test_the_decision_names_no_module_that_is_short() -> None:
    """Every row of its table is a module that is still longer, with its reason in both languages."""
    table = reasons()
    assert sorted(table.keys() - long_modules()) == []
    assert [name for name, why in table.items() if not re.search(r"[\u4e00-\u9fff].*[a-z]{3}", why)] == []


def test_every_row_of_the_decision_is_read() -> None:
    """A row that is written otherwise than these tests read it would excuse nothing, and nobody would know."""
    text = (ROOT / "docs" / "decisions" / "0010-long-modules.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert len(reasons()) == len(rows) > 0
