"""What a step out of turn is about is said in words, not by names of ours."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import gongyue.governance

SOURCES = sorted(Path(gongyue.governance.__file__).parent.glob("*.py"))
NAME = re.compile("[a-z]{2}")


def _named(call: ast.Call) -> bool:
    """Whether it raises OutOfTurn with `what` written out as a name of ours."""
    if not (isinstance(call.func, ast.Name) and call.func.id == "OutOfTurn"):
        return False
    texts = [one.value for keyword in call.keywords if keyword.arg == "what" for one in ast.walk(keyword.value)
             if isinstance(one, ast.Constant) and isinstance(one.value, str)]  # fmt: skip
    return any(NAME.search(text) for text in texts)


def test_every_name_of_ours_is_said_in_words() -> None:
    """Whoever writes `what="docs"` says beside it what a person reads, in both languages."""
    found = 0
    for source in SOURCES:
        tree = ast.parse(source.read_text("utf-8"))
        said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "saying"}
        named = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _named(node)]
        assert [f"{source.name}:{node.lineno}" for node in named if id(node) not in said] == []
        found += len(named)
    assert found > 9
