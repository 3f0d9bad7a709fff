"""Mutation testing of what decides: change one thing in one function, and some test must fail.

    python tests/mutation.py [--all | module ...] [--seconds N] [--seed N] [--processes N] [--unnoted]

By default the modules changed since docs/mutation.md last noted them; a module of which all mutants were tried, and
none lives unexplained, is noted there. A mutant changes a comparison, a number by one, and/or, not, holds/fails, or
what stands before the comma of a call that finds (`either(x, …)`). Each runs in a process of its own, forked from one
that has collected the tests, and in which the changed function then gets its changed code; the tests that call that
function run until one fails, from the cheapest on. What stands in no function, or in one that no test calls, is tried by
all tests in a process that imports the changed module itself. Survivors are printed; those explained in docs/mutation.md
are not tried but with `--all`.
"""

from __future__ import annotations

import argparse
import ast
import copy
import gc
import importlib.util
import inspect
import os
import random
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import sha256
from importlib.abc import Loader, MetaPathFinder
from itertools import pairwise
from math import inf
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import IO, Any, NamedTuple

import pytest
from hypothesis import Phase, settings

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "gongyue"
MODULES = [
    *(f"gongyue.rules.{p.stem}" for p in sorted((SOURCE / "rules").glob("[!_]*.py"))),
    "gongyue.covenant.counting",
    "gongyue.verifying.heads",
    "gongyue.verifying.receipts",
    "gongyue.verifying.report",
    "gongyue.governance.paper_ballots",
    "gongyue.verifying.published_book",
    "gongyue.verifying.verify",
    "gongyue.book.sealed_judgement",
    "gongyue.book.replay",
    "gongyue.governance.vote",
    "gongyue.governance.close",
    "gongyue.governance.key",
    "gongyue.governance.papers",
    "gongyue.governance.institution",
    "gongyue.governance.step",
    "gongyue.governance.ballots",
    "gongyue.governance.poll",
    "gongyue.governance.tally",
    "gongyue.governance.key_comparison",
    "gongyue.governance.question",
    "gongyue.book.links",
    "gongyue.verifying.links",
    "gongyue.verifying.linked",
    "gongyue.book.heads",
    "gongyue.verifying.kept_heads",
    "gongyue.verifying.members",
    "gongyue.verifying.slots",
    "gongyue.verifying.audit",
    "gongyue.verifying.packs",
    "gongyue.book.dossiers",
    "gongyue.verifying.dossiers",
    "gongyue.verifying.state",
    "gongyue.governance.case",
    "gongyue.governance.course",
    "gongyue.governance.panels",
    "gongyue.governance.report",
    "gongyue.governance.sanction",
    "gongyue.governance.results",
    "gongyue.governance.hearing",
    "gongyue.governance.case_requests",
    "gongyue.governance.reply",
]
NOTES = ROOT / "docs" / "mutation.md"
OF_RULES = [
    "tests/rules/test_predicates.py",
    "tests/rules/test_counting.py",
    "tests/governance/test_amendment_acts.py",
    "tests/governance/test_rebasing.py",
    "tests/governance/test_annex_acts.py",
    "tests/governance/test_founding_acts.py",
    "tests/governance/test_membership_acts.py",
    "tests/governance/test_office_acts.py",
    "tests/governance/test_law_acts.py",
    "tests/governance/test_interpretation_acts.py",
]
OF_PAPER_BALLOTS = [
    "tests/governance/test_opened_ballots.py",
    "tests/governance/test_paper_ballots.py",
    "tests/governance/test_kept_back.py",
    "tests/governance/test_one_gate.py",
    "tests/attacks/test_fourth_look.py",
]
OF_VOTES = [
    "tests/governance/test_tally.py",
    *OF_PAPER_BALLOTS,
    "tests/governance/test_amendment_acts.py",
    "tests/governance/test_annex_acts.py",
    "tests/governance/test_recovery_acts.py",
    "tests/governance/test_leaving_votes.py",
    "tests/governance/test_false_keys.py",
    "tests/governance/test_bases.py::test_an_annex_of_a_branch_that_nobody_declared_is_adopted_by_nobody",
    "tests/governance/test_bases.py::test_the_worked_refusals_by_their_code",
    "tests/verifying/test_opened_acts.py",
    "tests/verifying/test_time_cheats.py",
    "tests/verifying/test_recoveries.py",
]
OF_KEYS = [
    "tests/governance/test_key_acts.py",
    "tests/governance/test_papers.py",
    "tests/governance/test_stale_papers.py",
    "tests/governance/test_recovery_acts.py",
    "tests/governance/test_kept_back.py",
    "tests/governance/test_office_acts.py",
    "tests/governance/test_one_gate.py",
    "tests/verifying/test_key_cheats.py",
    "tests/verifying/test_recoveries.py",
    "tests/office/test_notices.py",
    "tests/book/test_signatures.py",
    "tests/governance/test_false_keys.py",
    "tests/attacks/test_second_look.py",
]
OF_THE_FOLD = [
    "tests/governance/test_dossiers.py",
    "tests/verifying/test_dossiers.py::test_a_false_time_leaves_its_places_and_the_dossier_goes_on",
    "tests/governance/test_envelope.py",
    "tests/governance/test_permissions.py",
    "tests/governance/test_editions.py",
    "tests/governance/test_founding_acts.py",
    "tests/governance/test_membership_acts.py",
    "tests/governance/test_office_acts.py",
    "tests/governance/test_law_acts.py",
    "tests/governance/test_key_acts.py",
    "tests/governance/test_papers.py",
    "tests/governance/test_clock_acts.py",
    "tests/governance/test_recovery_acts.py",
    "tests/governance/test_annex_acts.py::test_where_the_text_has_no_annexes_the_capability_is_off",
    "tests/governance/test_inspection_acts.py",
    "tests/governance/test_links.py",
    "tests/governance/test_sanctions_meet.py",
    "tests/attacks/test_fourth_look.py",
    "tests/attacks/test_sealed_half.py::test_what_is_void_is_not_answered",
    "tests/attacks/test_sealed_half.py::test_a_petition_that_is_void_is_not_answered",
    "tests/attacks/test_signed_before.py",
]
OF_LIMITS = [
    "tests/verifying/test_limits.py::test_a_sparse_file_is_not_read",
    "tests/verifying/test_limits.py::test_the_bytes_of_a_run_are_counted",
    "tests/verifying/test_limits.py::test_the_seconds_of_a_run_are_counted",
    "tests/verifying/test_limits.py::test_an_object_as_long_as_its_bound_is_read",
]
"""Of the limits those that cost no process of their own."""
OF_FORM = [
    "tests/verifying/test_published_book.py",
    "tests/verifying/test_answering_twice.py",
    "tests/verifying/test_dishonest_office.py",
    "tests/verifying/test_history.py",
    "tests/verifying/test_kept.py",
    *OF_LIMITS,
    "tests/attacks/test_audit.py::test_both_halves_agree_and_the_rest_is_unaudited",
    "tests/attacks/test_links.py::test_an_end_on_a_decision_is_whole_once_that_is_opened",
    "tests/attacks/test_links.py::test_a_head_that_was_kept_shows_that_the_decision_was_the_last_word",
    "tests/verifying/test_members.py",
    "tests/governance/test_application_dossiers.py::test_verify_finds_a_grant_of_what_was_over",
    "tests/verifying/test_opened_acts.py",
    "tests/verifying/test_recoveries.py",
    "tests/verifying/test_reporting.py",
    "tests/verifying/test_tampering.py",
    "--deselect=tests/verifying/test_tampering.py::test_one_byte_changed_anywhere_is_tampering[objects]",
    "--deselect=tests/verifying/test_tampering.py::test_a_file_cut_short_lengthened_emptied_or_gone_is_tampering[objects]",
    "tests/verifying/test_time_cheats.py",
    "tests/governance/test_one_gate.py::test_a_ballot_that_is_not_among_those_handed_out_is_found_by_its_unit",
    "tests/governance/test_one_gate.py::test_whoever_was_handed_the_ballots_counts_again_and_nobody_else_is_handed_them",
]
OF_REPORTS = ["tests/verifying/test_report.py", "tests/verifying/test_reporting.py"]
OF_BOOKS = [
    "tests/book/test_leaves.py",
    "tests/book/test_past.py",
    "tests/governance/test_bulletins.py",
    "tests/governance/test_clock_acts.py",
    "tests/governance/test_dossiers.py::test_a_dry_run_in_a_dossier_says_which_rules_hold",
    "tests/governance/test_editions.py",
    "tests/governance/test_envelope.py",
    "tests/governance/test_inspection_acts.py",
    "tests/governance/test_interpretation_acts.py",
    "tests/governance/test_kept_back.py",
    "tests/governance/test_leaf_order.py",
    "tests/governance/test_membership_acts.py",
    "tests/governance/test_one_gate.py",
    "tests/governance/test_opened_ballots.py",
    "tests/governance/test_paper_ballots.py::test_a_letter_disavows_nothing_before_there_is_a_ballot_on_paper",
    "tests/governance/test_paper_ballots.py::test_a_unit_without_a_key_disavows_its_ballot_by_letter_that_others_record",
    "tests/governance/test_oversight_acts.py",
    "tests/governance/test_petition_publication.py",
    "tests/governance/test_recovery_acts.py",
    "tests/governance/test_yearly.py",
    "tests/verifying/test_history.py",
    "tests/verifying/test_kept.py",
    *OF_LIMITS,
    "tests/verifying/test_opened_acts.py",
    "tests/verifying/test_recoveries.py",
    "tests/verifying/test_time_cheats.py",
]
OF_QUESTIONS = ["tests/governance/test_question_acts.py", "tests/governance/test_key_comparison.py"]
OF_LINKS = [
    "tests/book/test_links.py",
    "tests/verifying/test_opened_links.py",
    "tests/attacks/test_links.py",
    "tests/attacks/test_links_between_matters.py",
    "tests/governance/test_links.py",
    "tests/attacks/test_audit.py::test_one_decision_for_two_units_without_a_party",
    "tests/attacks/test_audit.py::test_two_cases_of_one_report_and_a_report_answered_with_anothers",
]
OF_HEADS = [
    "tests/book/test_heads.py",
    "tests/verifying/test_kept_heads.py",
    "tests/verifying/test_holes.py",
    "tests/verifying/test_members.py",
]
OF_AUDITS = ["tests/verifying/test_audited_slots.py", "tests/verifying/test_slots.py", "tests/attacks/test_audit.py"]
OF_PACKS = [
    "tests/verifying/test_packed_dossier.py",
    "tests/verifying/test_packs.py",
    "--deselect=tests/verifying/test_packs.py::test_a_bomb_is_cut_off_at_its_bound",
]
OF_DOSSIERS = [
    "tests/verifying/test_shelves.py",
    "tests/verifying/test_dossiers.py",
    "tests/verifying/test_members.py",
]
OF_STATES = [
    "tests/verifying/test_state.py",
    "tests/verifying/test_reporting.py::test_a_state_has_256_mebibytes_at_most",
    "tests/verifying/test_reporting.py::test_a_file_that_is_no_state_is_never_written_over",
]
OF_CASES = [
    "tests/governance/test_panels.py",
    "tests/governance/test_case_bounds.py",
    "tests/governance/test_case_acts.py",
    "tests/attacks/test_challenges.py",
    "tests/attacks/test_links_between_matters.py",
    "tests/attacks/test_reasons.py",
    "tests/attacks/test_signed_before.py",
]
OF_ANSWERS = [
    "tests/governance/test_reports_answered.py",
    "tests/governance/test_case_bounds.py",
    "tests/governance/test_report_acts.py",
    "tests/attacks/test_links_between_matters.py",
    "tests/attacks/test_reasons.py",
]
OF_REPLIES = [
    "tests/governance/test_reply.py",
    "tests/governance/test_hearing_times.py",
    "tests/governance/test_results.py",
]
OF_SANCTIONS = [
    "tests/governance/test_sanction_times.py",
    "tests/governance/test_case_bounds.py",
    "tests/governance/test_results.py",
    "tests/governance/test_review_acts.py",
    "tests/governance/test_sanction_acts.py",
    "tests/governance/test_sanction_kinds.py",
    "tests/attacks/test_challenges.py",
    "tests/attacks/test_investigating.py",
    "tests/attacks/test_reasons.py",
]
FLOORS: dict[str, list[str]] = {}
"""The tests asked of a module, by its name without `gongyue.`; of the rules OF_RULES, of all others OF_BOOKS."""
for _tests, _modules in (
    (OF_VOTES, ("governance.ballots", "governance.poll", "governance.tally", "governance.vote", "governance.close")),
    (OF_PAPER_BALLOTS, ("governance.paper_ballots",)),
    (OF_KEYS, ("governance.key",)),
    ([*OF_KEYS, "tests/attacks/test_said_by_others.py"], ("governance.papers",)),
    (OF_THE_FOLD, ("governance.institution", "governance.step")),
    (OF_FORM, ("verifying.verify", "verifying.heads", "verifying.published_book")),
    ([*OF_FORM, "tests/attacks/test_sealed_half.py"], ("verifying.receipts",)),
    (OF_REPORTS, ("verifying.report",)),
    (OF_QUESTIONS, ("governance.key_comparison", "governance.question")),
    (OF_LINKS, ("book.links", "verifying.links", "verifying.linked")),
    (OF_HEADS, ("book.heads", "verifying.kept_heads", "verifying.members")),
    (OF_AUDITS, ("verifying.slots", "verifying.audit")),
    (OF_PACKS, ("verifying.packs",)),
    (OF_DOSSIERS, ("book.dossiers", "verifying.dossiers")),
    (OF_STATES, ("verifying.state",)),
    (OF_CASES, ("governance.case", "governance.course", "governance.panels")),
    (OF_ANSWERS, ("governance.report",)),
    (OF_REPLIES, ("governance.reply", "governance.hearing", "governance.case_requests")),
    (OF_SANCTIONS, ("governance.sanction", "governance.results")),
):
    FLOORS |= dict.fromkeys(_modules, _tests)
DEAREST = 2.0
"""Seconds of processor time: a test that takes longer is asked of no mutant in place."""
QUIET = ("-o", "addopts=", "-q", "-p", "no:cacheprovider", "--assert=plain", "--tb=no", "--show-capture=no")
"""Nobody reads why a mutant was killed: to compare two institutions in words takes longer than the test."""
LIBRARIES = ("hypothesis", "msgspec", "cryptography.hazmat.primitives.asymmetric.ec", "nacl.bindings", "orjson",
             "immutables", "pysqlite3", "click", "zipfile")  # fmt: skip
"""Imported once; nothing of ours, which some processes import anew."""
LONGEST = 10
"""Seconds of processor time a test may take beyond five times its own: then the mutant does not end, and is killed."""

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
    text = _source(module).read_text("utf-8")
    tree, written = ast.parse(text), text.splitlines()
    named: Counter[str] = Counter()  # no two of a module have one name: an explanation is of one
    told = _told_only(tree)
    for number, node in enumerate(ast.walk(tree)):
        for what, change in () if id(node) in told else _changes(node):
            other = copy.deepcopy(tree)
            change(next(n for i, n in enumerate(ast.walk(other)) if i == number))
            line = getattr(node, "lineno", 0)
            if isinstance(node, ast.Constant):
                what += f" in {written[line - 1].strip()}"
            named[what] += 1
            what += f" ({named[what]})" if named[what] > 1 else ""
            yield Mutant(module, line, what, ast.unparse(ast.fix_missing_locations(other)))


def _told_only(tree: ast.Module) -> set[int]:
    """What decides nothing: an act's example and article (`make_docs --check` reads them), a private name that only these use.

    And that a structure is frozen, or that what is zipped is of one length.
    """
    every = list(ast.walk(tree))
    zipped = [node for node in every if isinstance(node, ast.Call) and ast.unparse(node.func) == "zip"]
    parts = [n for n in every if isinstance(n, ast.keyword) and n.arg in {"example", "article", "frozen"}]
    told = {id(node) for part in [*parts, *(k for z in zipped for k in z.keywords)] for node in ast.walk(part)}
    used = {n.id for n in every if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load) and id(n) not in told}
    for part in tree.body:
        given = [ast.unparse(name) for one in getattr(part, "targets", ()) for name in getattr(one, "elts", [one])]
        if given and all(name.startswith("_") and name not in used for name in given):
            told |= {id(node) for node in ast.walk(part)}
    return told


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
        function = _function(eval(name, module.__dict__)) if "<" not in name else None
        if not isinstance(function, FunctionType) or _told(code) == _told(ours[name]):
            continue
        if len(function.__closure__ or ()) == len(code.co_freevars):  # else it cannot be exchanged
            changed.append((function, code))
    return changed


def _function(found: Any) -> object:
    """The function behind a decorated one, a property or a method of the class."""
    for within in ("fget", "func", "__func__"):
        found = getattr(found, within, found)
    return inspect.unwrap(found)


def exchange(changed: list[tuple[FunctionType, CodeType]]) -> None:
    """Give functions their changed code; whoever imported them by name runs it too."""
    for function, code in changed:
        function.__code__ = code


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

    def pytest_collection(self) -> None:
        """One failing example is enough: no smaller one is looked for, and none is kept for the next mutant."""
        phases = [phase for phase in settings.default.phases if phase not in (Phase.shrink, Phase.explain)]
        settings.register_profile("mutation", settings.default, phases=phases, database=None)
        settings.load_profile("mutation")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        assert not session.testsfailed
        self.then(session)
        return True


def tests_of(module: str) -> list[str]:
    """The tests that must notice a change of that module."""
    if module.startswith(("gongyue.rules.", "gongyue.covenant.")):
        return OF_RULES
    return FLOORS.get(module.removeprefix("gongyue."), OF_BOOKS)


def collect(tests: list[str], then: Callable[[pytest.Session], None]) -> int:
    """pytest over the tests, in silence; its exit code."""
    os.chdir(ROOT)
    # To read the plugins of other packages takes longer than most mutants live.
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    return int(pytest.main([*QUIET, "-m", "not slow", *tests], plugins=[Collected(then)]))


def pass_all(session: pytest.Session, before: Callable[[pytest.Item], object] = lambda _: None) -> bool:
    """Whether every test passes; the first that fails is the last."""
    items = session.items
    for item, following in zip(items, [*items[1:], None], strict=True):
        before(item)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return False
    return True


class Calls:
    """Which tests call which function, seen once with nothing else changed; what each test costs, and how many it killed.

    The situations that the tests begin with are told then, once for all mutants, most of which live for less time than that
    takes: what only these call is not seen, and is tried anew.
    """

    def __init__(self, session: pytest.Session, modules: list[str]) -> None:
        self.callers: dict[str, list[int]] = {}
        self.spent: list[float] = []
        telling = [one for name in modules for one in changed_functions(Mutant(name, 0, "seen", _telling(name)))]
        unchanged = [(function, function.__code__) for function, _ in telling]
        exchange(telling)
        assert self._see(session, modules), "the tests fail without any mutant"
        exchange(unchanged)
        gc.collect()
        gc.freeze()
        self.killers, path = tempfile.mkstemp()  # written by the children
        Path(path).unlink()
        self.place = {item.nodeid: number for number, item in enumerate(session.items)}

    def _see(self, session: pytest.Session, modules: list[str]) -> bool:
        clock: list[float] = []
        situations = getattr(sys.modules.get("support.alliance"), "telling", ())

        def see(place: str) -> None:
            numbers = self.callers.setdefault(place, [])
            if not situations and len(clock) - 1 not in numbers[-1:]:
                numbers.append(len(clock) - 1)

        for module in modules:
            vars(sys.modules[module])["see"] = see
        passed = pass_all(session, lambda _: clock.append(time.process_time()))
        self.spent = [end - start for start, end in pairwise([*clock, time.process_time()])]
        return passed

    def of(self, items: list[pytest.Item], functions: list[FunctionType]) -> list[pytest.Item]:
        """The tests that call one of the functions: first those that killed other mutants, most first, then the cheapest."""
        killed = Counter(map(int, os.pread(self.killers, 1_000_000, 0).split()))
        numbers = {number for function in functions for number in self.callers.get(place_of(function), ())}
        cheap = [number for number in numbers if self.spent[number] <= DEAREST]
        return [items[number] for number in sorted(cheap, key=lambda number: (-killed[number], self.spent[number]))]

    def bound(self, item: pytest.Item) -> int:
        """End this process where the test takes far longer than it did: of its own time, so not on a busy machine. Its number."""
        number = self.place[item.nodeid]
        soon = time.process_time() + LONGEST + 5 * self.spent[number]
        resource.setrlimit(resource.RLIMIT_CPU, (int(soon), resource.RLIM_INFINITY))
        return number


def place_of(function: FunctionType) -> str:
    """The function by its names."""
    return f"{function.__module__} {function.__qualname__}"


def _telling(module: str) -> str:
    """The module's source, in which every function that is called tells `see` first."""
    tree = ast.parse(_source(module).read_text("utf-8"))
    holders = [("", tree), *((f"{node.name}.", node) for node in tree.body if isinstance(node, ast.ClassDef))]
    for within, holder in holders:
        for node in holder.body:
            if isinstance(node, ast.FunctionDef):
                node.body[:0] = ast.parse(f"see({f'{module} {within}{node.name}'!r})").body
    return ast.unparse(ast.fix_missing_locations(tree))


def lives(run: Callable[[], bool]) -> bool:
    """What `run` says in a process of its own; false also where that is ended."""
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
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _lives_in_place(session: pytest.Session, calls: Calls, mutant: Mutant) -> bool | None:
    """With the code of the functions exchanged; None where that changes nothing that a test calls."""
    changed = changed_functions(mutant)
    asked = calls.of(session.items, [function for function, _ in changed])

    def run() -> bool:
        session.items = asked
        exchange(changed)
        last: list[int] = []

        def before(item: pytest.Item) -> None:
            last.append(calls.bound(item))

        passed = pass_all(session, before)
        if not passed:
            os.write(calls.killers, f"{last[-1]}\n".encode())
        return passed

    return lives(run) if asked else None


def _lives_anew(mutant: Mutant, killers: IO[str] | None = None, tests: Collection[str] = ()) -> bool:
    """With the changed module imported in the place of its own: what was computed from it at import changes too.

    The tests that failed are told to `killers`, and are the first for the next; where tests are named, those alone are run.
    """

    def run() -> bool:
        sys.meta_path.insert(0, _Finder(mutant))
        passed: list[bool] = []

        def then(session: pytest.Session) -> None:
            killed = Counter(os.pread(killers.fileno(), 1_000_000, 0).decode().split("\n") if killers else ())
            items = [item for item in session.items if not tests or item.nodeid in tests]
            session.items = sorted(items, key=lambda item: -killed[item.nodeid])
            last: list[str] = []

            def before(item: pytest.Item) -> None:
                last.append(item.nodeid)
                soon = int(time.process_time()) + 6 * LONGEST
                resource.setrlimit(resource.RLIMIT_CPU, (soon, resource.RLIM_INFINITY))

            passed.append(pass_all(session, before))
            if killers is not None and not passed[0]:
                os.write(killers.fileno(), f"{last[-1]}\n".encode())

        return collect(tests_of(mutant.module), then) == 0 and passed == [True]

    return lives(run)


def explained() -> set[str]:
    """The survivors that docs/mutation.md explains: `module` and what was changed, as the first two columns say."""
    rows = NOTES.read_text("utf-8").splitlines()
    cells = [[c.strip().strip("`") for c in row.strip("|").split("|")] for row in rows if row.startswith("| `gongyue")]
    return {f"{c[0]} {c[1]}" for c in cells}


def survivors(every: list[Mutant], processes: int, until: float = inf) -> tuple[list[Mutant], list[Mutant]]:
    """Of mutants with the same tests: those that no test notices, and those for which there was no time left.

    `processes`: how many mutants are tried at once.
    """
    modules = sorted({mutant.module for mutant in every})
    tests = tests_of(modules[0])
    unchanged = Mutant(modules[0], 0, "nothing", _source(modules[0]).read_text("utf-8"))

    def tried(how: Callable[[Mutant], bool | None], of: list[Mutant]) -> Iterator[tuple[Mutant, str]]:
        """Each with what became of it, one after another: `True` lives, `False` is killed, `None` is to be tried anew."""
        with ThreadPoolExecutor(processes) as pool:
            yield from zip(of, pool.map(lambda m: str(how(m)) if time.monotonic() < until else "late", of), strict=True)

    def first_in_place(session: pytest.Session) -> None:
        in_place = partial(_lives_in_place, session, Calls(session, modules))
        for mutant, fate in tried(in_place, every):
            os.write(told, f"{every.index(mutant)} {fate}\n".encode())

    read, told = os.pipe()
    child = ThreadPoolExecutor(1).submit(lives, lambda: collect(tests, first_in_place) == 0)
    fates: dict[str, list[Mutant]] = {"True": [], "False": [], "None": [], "late": []}
    with os.fdopen(read) as lines:
        child.add_done_callback(lambda _: os.close(told))
        for line in lines:
            number, fate = line.split()
            fates[fate].append(every[int(number)])
            if fate == "True":
                print("lives:", every[int(number)].name, file=sys.stderr, flush=True)
    with tempfile.TemporaryFile("w+") as killers:
        anew = list(tried(partial(_lives_anew, killers=killers), fates["None"]))
        killers.seek(0)
        killed_by = set(killers.read().splitlines())
    if not child.result() or (killed_by and not _lives_anew(unchanged, tests=killed_by)):
        raise SystemExit("the tests fail without any mutant")
    living = fates["True"] + [mutant for mutant, fate in anew if fate == "True"]
    return living, fates["late"] + [mutant for mutant, fate in anew if fate == "late"]


def digest_of(module: str) -> str:
    """What the notes name a source by."""
    return sha256(_source(module).read_bytes()).hexdigest()[:16]


def noted() -> dict[str, str]:
    """The digest of every module's source when it was last noted."""
    return dict(re.findall(r"^\| (gongyue[\w.]+) \|.*\| ([0-9a-f]{16}) \|$", NOTES.read_text("utf-8"), re.MULTILINE))


def note(module: str, count: int, living: int, digest: str) -> None:
    """Write to the notes that of a module's mutants none lives unexplained."""
    lines = NOTES.read_text("utf-8").splitlines()
    heading = next(number for number, line in enumerate(lines) if line.startswith("| noted module"))
    rows = {line.split(" | ")[0][2:]: line for line in lines[heading + 2 :] if line.startswith("| gongyue")}
    last = heading + 2 + len(rows)
    rows[module] = f"| {module} | {count} | {living} | {digest} |"
    lines[heading + 2 : last] = [rows[name] for name in MODULES if name in rows]
    NOTES.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> int:
    """Print what survives; 1 where something unexplained does."""
    parser = argparse.ArgumentParser()
    parser.add_argument("modules", nargs="*", choices=[[], *MODULES], metavar="module")
    parser.add_argument("--all", action="store_true", help="all modules, the explained mutants too")
    parser.add_argument("--seconds", type=float, default=inf, help="after which no further mutant is tried")
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000), help="of the order of the mutants")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="mutants tried at once")
    parser.add_argument("--unnoted", action="store_true", help="write nothing to docs/mutation.md")
    given = parser.parse_args()
    for name in LIBRARIES:
        __import__(name)
    assert not any(name.startswith("gongyue") for name in sys.modules)

    start, known, before = time.monotonic(), explained(), noted()
    digests = {name: digest_of(name) for name in MODULES}
    changed = [name for name in MODULES if before.get(name) != digests[name]]
    chosen = MODULES if given.all else given.modules or changed
    print(f"{len(chosen)} modules, --seed {given.seed}")
    every = {module: list(mutants(module)) for module in chosen}
    living, untried = [], []
    for tests in {id(tests): tests for tests in map(tests_of, chosen)}.values():
        of = [m for module in chosen if tests_of(module) is tests for m in every[module]]
        if not given.all:
            of = [m for m in of if f"{m.module} {m.what}" not in known]
        random.Random(given.seed).shuffle(of)
        if of:
            found, rest = survivors(of, given.processes, start + given.seconds)
            living += found
            untried += rest
    failed = False
    for module, those in every.items():
        left = sorted((m for m in living if m.module == module), key=lambda m: m.line)
        unexplained = [m for m in left if f"{m.module} {m.what}" not in known]
        failed |= bool(unexplained)
        for mutant in left:
            print("SURVIVES" if mutant in unexplained else "explained", mutant.name)
        if not given.unnoted and not unexplained and not any(m.module == module for m in untried):
            note(module, len(those), sum(f"{m.module} {m.what}" in known for m in those), digests[module])
    count = sum(map(len, every.values()))
    print(f"{count} mutants, {len(living)} survive, {len(untried)} not tried, {time.monotonic() - start:.0f} s")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
