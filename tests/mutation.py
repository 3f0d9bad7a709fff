"""Mutation testing of the rules: change one thing in one rule, and some test must fail.

    python tests/mutation.py [module ...]

A mutant changes a comparison, a number by one, and/or, not, holds/fails, or what stands before the comma of a call
that finds (`either(x, …)`), in `rules/` and in `covenant/counting.py`. Each runs in a process of its own, forked
from one that has collected the tests of the rules and of governance, and in which the changed function then gets its
changed code; the tests run until one fails. What lives on, or stands in no function, is tried once more in a process
that imports the changed module itself. Survivors are printed; those explained in docs/mutation.md are expected.
"""

from __future__ import annotations

import ast
import copy
import importlib.util
import inspect
import os
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.abc import Loader, MetaPathFinder
from math import inf
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "gongyue"
MODULES = [
    *(f"gongyue.rules.{p.stem}" for p in sorted((SOURCE / "rules").glob("[!_]*.py"))),
    "gongyue.covenant.counting",
]
TESTS = [
    "tests/rules/test_predicates.py",
    "tests/rules/test_counting.py",
    "tests/governance/test_amendment_acts.py",
    "tests/governance/test_annex_acts.py",
    "tests/governance/test_founding_acts.py",
    "tests/governance/test_membership_acts.py",
    "tests/governance/test_office_acts.py",
    "tests/governance/test_law_acts.py",
    "tests/governance/test_interpretation_acts.py",
]
QUIET = ("-o", "addopts=", "-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")
LIBRARIES = ("hypothesis", "msgspec", "cryptography.hazmat.primitives.asymmetric.ec", "nacl.bindings", "orjson",
             "immutables", "pysqlite3", "click", "zipfile")  # fmt: skip
"""Imported once; nothing of ours, which some processes import anew."""
LONGEST = 120.0
"""Seconds after which a mutant counts as killed: it does not end."""

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
CALLS = {"holds": "fails", "fails": "holds"}


class Mutant(NamedTuple):
    """One change: the module, the line, what was changed, and the changed source."""

    module: str
    line: int
    what: str
    source: str

    @property
    def name(self) -> str:
        return f"{self.module}:{self.line} {self.what}"


def mutants(module: str) -> Iterator[Mutant]:
    """Every mutant of a module."""
    tree = ast.parse(_source(module).read_text("utf-8"))
    for number, node in enumerate(ast.walk(tree)):
        for what, change in _changes(node):
            other = copy.deepcopy(tree)
            change(next(n for i, n in enumerate(ast.walk(other)) if i == number))
            line = getattr(node, "lineno", 0)
            yield Mutant(module, line, what, ast.unparse(ast.fix_missing_locations(other)))


def _source(module: str) -> Path:
    return SOURCE.joinpath(*module.split(".")[1:]).with_suffix(".py")


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[Any], None]]]:
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            for other in COMPARISONS.get(type(operator), ()):
                yield (
                    f"{type(operator).__name__} → {other.__name__} in {ast.unparse(node)}",
                    _set_operator(place, other()),
                )
    if isinstance(node, ast.Constant) and type(node.value) is int:
        for step in (1, -1):
            yield f"{node.value} → {node.value + step}", _set("value", node.value + step)
    if isinstance(node, ast.Constant) and type(node.value) is bool:
        yield f"{node.value} → {not node.value}", _set("value", not node.value)
    if isinstance(node, ast.BoolOp):
        other_op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield f"and ↔ or in {ast.unparse(node)}", _set("op", other_op)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield f"not dropped in {ast.unparse(node)}", _drop_not
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub | ast.Mult):
        swapped = ast.Sub() if isinstance(node.op, ast.Add | ast.Mult) else ast.Add()
        yield f"operator in {ast.unparse(node)}", _set("op", swapped)
    if isinstance(node, ast.IfExp):
        yield f"branches of {ast.unparse(node)}", _swap_branches
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in CALLS:
            yield f"{ast.unparse(node)} → {CALLS[node.func.id]}", _rename(CALLS[node.func.id])
        if node.func.id == "either":
            for value in {"True", "False"} - {ast.unparse(node.args[0])}:
                yield f"{ast.unparse(node.args[0])} → {value}", _set_condition(value == "True")
        if node.func.id == "max":
            yield f"{ast.unparse(node)} → min", _rename("min")


def _set(field: str, value: object) -> Callable[[Any], None]:
    return lambda node: setattr(node, field, value)


def _set_operator(place: int, operator: ast.cmpop) -> Callable[[Any], None]:
    return lambda node: node.ops.__setitem__(place, operator)


def _set_condition(value: bool) -> Callable[[Any], None]:
    return lambda node: node.args.__setitem__(0, ast.Constant(value))


def _rename(name: str) -> Callable[[Any], None]:
    return lambda node: setattr(node.func, "id", name)


def _drop_not(node: Any) -> None:
    node.op = ast.Not()
    node.operand = ast.UnaryOp(ast.Not(), node.operand)


def _swap_branches(node: Any) -> None:
    node.body, node.orelse = node.orelse, node.body


class _Finder(MetaPathFinder, Loader):
    """Imports the mutated source in place of the module's own."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, name: str, path: object, target: object = None) -> Any:
        return importlib.util.spec_from_loader(name, self) if name == self.mutant.module else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.mutant.source, str(_source(self.mutant.module)), "exec"), module.__dict__)


def changed_functions(mutant: Mutant) -> list[tuple[FunctionType, CodeType]]:
    """The module's functions that the mutant changes, each with its changed code; none where it changes something else."""
    path = str(_source(mutant.module))
    ours = _codes(compile(_source(mutant.module).read_text("utf-8"), path, "exec"))
    theirs = _codes(compile(mutant.source, path, "exec"))
    module = sys.modules[mutant.module]
    changed = []
    for name, code in theirs.items():
        function = inspect.unwrap(eval(name, module.__dict__)) if "<" not in name else None
        if isinstance(function, FunctionType) and _told(code) != _told(ours[name]):
            changed.append((function, code))
    return changed


def _codes(module: CodeType) -> dict[str, CodeType]:
    """The code of every function and method by its qualified name; what stands inside a function is part of it."""
    found: dict[str, CodeType] = {}
    for code in module.co_consts:
        if isinstance(code, CodeType):
            is_function = code.co_flags & inspect.CO_NEWLOCALS
            found |= {code.co_qualname: code} if is_function else _codes(code)
    return found


def _told(code: CodeType) -> object:
    """All of a code but where its lines stand."""
    consts = [_told(c) if isinstance(c, CodeType) else (type(c), repr(c)) for c in code.co_consts]
    return code.co_code, code.co_names, code.co_varnames, consts


class Collected:
    """A pytest plugin: the tests once collected, `then` is called in place of running them."""

    def __init__(self, then: Callable[[pytest.Session], None]) -> None:
        self.then = then

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        assert not session.testsfailed
        self.then(session)
        return True


def collect(then: Callable[[pytest.Session], None]) -> int:
    """pytest over the tests, in silence; its exit code."""
    os.chdir(ROOT)
    # To read the plugins of other packages takes longer than most mutants live.
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    return int(pytest.main([*QUIET, "-m", "not slow", *TESTS], plugins=[Collected(then)]))


def pass_all(session: pytest.Session) -> bool:
    """Whether every test passes; the first that fails is the last."""
    items = session.items
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return False
    return True


def lives(run: Callable[[], bool], longest: float = LONGEST) -> bool:
    """What `run` says in a process of its own; false also where it does not end."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            code = 0 if run() else 1
        finally:
            os._exit(code)
    deadline = time.monotonic() + longest
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) == 0
        if time.monotonic() > deadline:
            os.kill(child, 9)
            os.waitpid(child, 0)
            return False
        time.sleep(0.01)


def _lives_in_place(session: pytest.Session, mutant: Mutant) -> bool:
    """With the code of the functions exchanged; whoever imported them by name runs the changed ones too."""

    def run() -> bool:
        changed = changed_functions(mutant)
        for function, code in changed:
            function.__code__ = code
        return not changed or pass_all(session)

    return lives(run)


def _lives_anew(mutant: Mutant) -> bool:
    """With the changed module imported in the place of its own: what was computed from it at import changes too."""

    def run() -> bool:
        sys.meta_path.insert(0, _Finder(mutant))
        passed: list[bool] = []
        return collect(lambda session: passed.append(pass_all(session))) == 0 and passed == [True]

    return lives(run)


def explained() -> set[str]:
    """The survivors that docs/mutation.md explains: `module` and what was changed, as the first two columns say."""
    rows = (ROOT / "docs" / "mutation.md").read_text("utf-8").splitlines()
    cells = [[c.strip().strip("`") for c in row.strip("|").split("|")] for row in rows if row.startswith("| `")]
    return {f"{c[0]} {c[1]}" for c in cells}


def survivors(modules: list[str]) -> tuple[list[Mutant], int]:
    """The mutants that no test notices, and how many there were."""
    for name in LIBRARIES:
        __import__(name)
    assert not any(name.startswith("gongyue") for name in sys.modules)
    every = [mutant for module in modules for mutant in mutants(module)]
    unchanged = Mutant(modules[0], 0, "nothing", _source(modules[0]).read_text("utf-8"))

    def alive(are_alive: Callable[[Mutant], bool], of: list[Mutant]) -> list[Mutant]:
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            return [m for m, lives in zip(of, pool.map(are_alive, of), strict=True) if lives]

    def in_place(session: pytest.Session) -> None:
        assert lives(lambda: pass_all(session)), "the tests fail without any mutant"
        os.write(told, "".join(f"{every.index(m)}\n" for m in alive(partial(_lives_in_place, session), every)).encode())

    read, told = os.pipe()
    fine = lives(lambda: collect(in_place) == 0, inf)
    os.close(told)
    with os.fdopen(read) as lines:
        left = [every[int(line)] for line in lines]
    if not fine or (left and not _lives_anew(unchanged)):
        raise SystemExit("the tests fail without any mutant")
    return alive(_lives_anew, left), len(every)


if __name__ == "__main__":
    start = time.monotonic()
    left, count = survivors(sys.argv[1:] or MODULES)
    known = explained()
    for mutant in left:
        print("explained" if f"{mutant.module} {mutant.what}" in known else "SURVIVES", mutant.name)
    print(f"{count} mutants, {len(left)} survive, {time.monotonic() - start:.0f} s")
    sys.exit(any(f"{m.module} {m.what}" not in known for m in left))
