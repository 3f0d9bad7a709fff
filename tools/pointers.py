"""Where things stand, read off the code: what an act type is refused with, who else names it, where a value is asked for."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeGuard

from gongyue.covenant.refusals import catalogue
from gongyue.covenant.rulings import OutOfTurn, Rule
from gongyue.governance.acts import ActType, Filing
from gongyue.governance.institution import Institution

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "gongyue"
SHARED = {"inst": Institution, "filing": Filing}
"""What every check is handed, by the names that it has there."""


def refused_with(kind: ActType) -> tuple[list[str], list[str]]:
    """The codes and the reasons out of turn in the check of an act type and in what it calls, in the catalogue's order."""
    codes: set[str] = set()
    reasons: set[str] = set()
    seen: set[Callable[..., Any]] = set()

    def look(function: Callable[..., Any]) -> None:
        if function in seen:
            return
        seen.add(function)
        for node in ast.walk(_tree(function)):
            if isinstance(node, ast.Call) and _means(node.func, function, kind) is OutOfTurn and node.args:
                reasons.update(str(n.value) for n in ast.walk(node.args[0]) if isinstance(n, ast.Constant))
            meant = _means(node, function, kind) if isinstance(node, ast.Name | ast.Attribute) else None
            listed = list(meant.values()) if isinstance(meant, dict) else [meant]  # rules by what they are of
            if rules := [r for one in listed if isinstance(r := getattr(one, "rule", None), Rule)]:
                codes.update(rule.code for rule in rules)
            elif _is_of_governance(meant := inspect.unwrap(meant) if callable(meant) else None):
                look(meant)

    for check in ("check", "check_in", "check_linked"):
        look(getattr(kind.body, check))
    if kind.outsider is not None and isinstance(rule := getattr(kind.outsider, "rule", None), Rule):
        codes.add(rule.code)
    known = catalogue()
    return [c for c in known["refusals"] if c in codes], [r for r in known["out_of_turn"] if r in reasons]


def _is_of_governance(meant: object) -> TypeGuard[Callable[..., Any]]:
    return inspect.isfunction(meant) and meant.__module__.startswith("gongyue.governance.")


@cache
def _tree(function: Callable[..., Any]) -> ast.AST:
    return ast.parse(textwrap.dedent(inspect.getsource(function)))


def _means(node: ast.AST, function: Any, kind: ActType) -> Any:
    """What a name, or an attribute of one, is where the function stands; None for what it is given or makes itself."""
    if isinstance(node, ast.Attribute):
        return getattr(_means(node.value, function, kind), node.attr, None)
    if not isinstance(node, ast.Name):
        return None
    if node.id in function.__code__.co_varnames:
        return (
            kind.body
            if node.id == "self" and function.__qualname__.startswith(kind.body.__name__)
            else SHARED.get(node.id)
        )
    return function.__globals__.get(node.id)


def written_in(kind: ActType) -> str:
    """The file of its class."""
    return Path(inspect.getfile(kind.body)).relative_to(ROOT).as_posix()


def sheet_of(kind: ActType) -> str:
    """The file of its sheet."""
    return f"src/gongyue/governance/{kind.matter}.toml"


def named_in(kind: ActType) -> list[str]:
    """The files of the software that name the act type, below `src/gongyue`, besides its own two and the demonstration's."""
    own = {written_in(kind), sheet_of(kind)}
    named = _naming().get(kind.type.partition("/")[0], [])
    return [path.removeprefix("src/gongyue/") for path in named if path not in own]


@cache
def _naming() -> dict[str, list[str]]:
    """The files in which a name such as `annex.sign/` stands, by that name."""
    found: dict[str, list[str]] = {}
    for path in sorted(SOURCES.rglob("*")):
        if path.suffix in {".py", ".toml", ".html", ".js"} and "demo" not in path.parts:
            for name in sorted(set(_NAME.findall(path.read_text("utf-8")))):
                found.setdefault(name, []).append(path.relative_to(ROOT).as_posix())
    return found


_NAME = re.compile(r"\b([a-z]+\.[a-z_]+)/")


def asked_for_in(value: str) -> list[str]:
    """The functions of governance that name a value, where its period is counted or its number compared; not the lists of what is due."""
    return [place for place, names in _asking() if value in names]


@cache
def _asking() -> list[tuple[str, set[str]]]:
    """Every function of governance with the words that stand in it, by themselves or by the name of a constant of its module."""
    found = []
    for path in sorted((SOURCES / "governance").glob("*.py")):
        module = ast.parse(path.read_text("utf-8")).body
        constants = {k: v for one in module for k, v in _constant(one)}
        for place, one in _functions(module):
            if not one.name.endswith("duties"):
                words = {str(n.value) for n in ast.walk(one) if isinstance(n, ast.Constant)}
                words |= {constants[n.id] for n in ast.walk(one) if isinstance(n, ast.Name) and n.id in constants}
                found.append((f"governance/{path.name}:{place}", words))
    return found


def _constant(node: ast.stmt) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and isinstance(node.value, ast.Constant):
        yield node.targets[0].id, str(node.value.value)


def _functions(module: list[ast.stmt]) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in module:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{one.name}", one) for one in node.body if isinstance(one, ast.FunctionDef))


def provoking(code: str) -> list[str]:
    """The test files in which the code stands."""
    found = (p for p in sorted((ROOT / "tests").rglob("test_*.py")) if "docs" not in p.parts)
    return [p.relative_to(ROOT).as_posix() for p in found if code in p.read_text("utf-8")]
