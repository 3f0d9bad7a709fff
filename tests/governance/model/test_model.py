"""Random institutions of at most six units, held against a model written from the covenant's words."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from .amending import Amending
from .annexing import Annexing
from .keying import Keying
from .machine import Against, Beside


@pytest.mark.parametrize(
    ("file", "more"),
    [("model.py", set()), ("amendments.py", {"model"}), ("annexes.py", {"model"}), ("keys.py", {"model"})],
)
def test_the_model_imports_nothing_of_ours(file: str, more: set[str]) -> None:
    """Only the standard library: what it says cannot be what the product says because both ask the same."""
    tree = ast.parse(Path(__file__).with_name(file).read_text(encoding="utf-8"))
    named = {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    named |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    allowed = {"__future__", "collections.abc", "dataclasses", "datetime", "fractions"}
    assert more <= named <= allowed | more
    called = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert not called & {"__import__", "importlib", "exec", "eval"}


@pytest.mark.short
def test_the_product_does_what_the_words_say() -> None:
    """What is taken is lawful and what is refused is not; the members and every count are the model's."""
    run_state_machine_as_test(
        Against,
        settings=settings(max_examples=100, stateful_step_count=40, derandomize=True, report_multiple_bugs=False),
    )  # type: ignore[no-untyped-call]


@pytest.mark.short
def test_amendments_are_what_the_words_say() -> None:
    """The text in force, the stage of every proposal, and what is due of it, are the model's."""
    run_state_machine_as_test(
        Amending,
        settings=settings(max_examples=60, stateful_step_count=40, derandomize=True, report_multiple_bugs=False),
    )  # type: ignore[no-untyped-call]


@pytest.mark.short
def test_annexes_are_what_the_words_say() -> None:
    """The stage and number of every annex, change and repeal, and what is due of it, are the model's."""
    run_state_machine_as_test(
        Annexing,
        settings=settings(max_examples=5, stateful_step_count=12, derandomize=True, report_multiple_bugs=False),
    )  # type: ignore[no-untyped-call]


@pytest.mark.short
def test_keys_are_what_the_words_say() -> None:
    """Which keys of a unit sign, second by second: first ones, further ones, ends, recoveries, letters and disavowals."""
    run_state_machine_as_test(
        Keying,
        settings=settings(max_examples=20, stateful_step_count=20, derandomize=True, report_multiple_bugs=False),
    )  # type: ignore[no-untyped-call]


@pytest.mark.slow(80)
@pytest.mark.parametrize(("machine", "stories"), [(Against, 450), (Amending, 150), (Annexing, 150), (Keying, 150)])
def test_the_product_does_what_the_words_say_at_length(
    machine: type[Beside], stories: int, pytestconfig: pytest.Config
) -> None:
    """The same, more of them: other ones each time with `--hypothesis-seed=random`."""
    always_the_same = pytestconfig.getoption("--hypothesis-seed") is None
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=stories, stateful_step_count=40, derandomize=always_the_same, report_multiple_bugs=False
        ),
    )  # type: ignore[no-untyped-call]
