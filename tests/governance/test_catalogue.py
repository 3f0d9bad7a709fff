"""The catalogue and the tests: every refusal and every step out of turn is provoked by a test."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from gongyue.covenant.binding.catalogue import catalogue as clauses
from gongyue.covenant.procedure import package
from gongyue.covenant.refusals import catalogue
from gongyue.covenant.rulings import RULES
from gongyue.governance.acts import ACT_TYPES, Entry
from gongyue.governance.institution import Institution
from gongyue.governance.step import step

TESTS = Path(__file__).parent


def provoked(helper: str) -> set[str]:
    """The first arguments of every call of a helper in the tests of governance."""
    return {name for path in sorted(TESTS.glob("test_*.py")) for name in _first_arguments(path, helper)}


def _first_arguments(path: Path, helper: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == helper
        if called and node.args and isinstance(node.args[0], ast.Constant):  # type: ignore[union-attr,attr-defined]
            yield str(node.args[0].value)  # type: ignore[attr-defined]


def test_every_code_is_provoked_by_a_test() -> None:
    """A code nobody can provoke is no rule; a test of a code that is not in the catalogue is a slip."""
    assert provoked("refused") == set(catalogue()["refusals"])


def test_every_step_out_of_turn_is_provoked_by_a_test() -> None:
    """The same for the steps that cannot be taken now."""
    assert provoked("out_of_turn") | NOT_BY_A_TEST == set(catalogue()["out_of_turn"])


NOT_BY_A_TEST = {"missing-opening"}
"""Only a caller that forgets the openings meets it: the replay hands them in or says which object is missing."""


def test_every_code_is_refused_by_a_rule_and_every_rule_has_a_code() -> None:
    """One rule, one code; no code without a rule. What is common to all acts stands beside `step`."""
    assert step
    assert {rule.code for rule in RULES.values()} == set(catalogue()["refusals"])


def test_every_rule_carries_out_words_of_the_text_or_an_adopted_reading() -> None:
    """The provision is a capability of the catalogue, a procedure rule or a reading."""
    known = set(clauses().capabilities) | set(package().procedure) | set(package().readings)
    assert {rule.provision for rule in RULES.values()} <= known


@pytest.mark.parametrize("kind", ["refusals", "out_of_turn", "findings"])
def test_both_texts_are_there_and_have_the_same_figures(kind: str) -> None:
    """Chinese and English, ending as sentences end."""
    import re

    for name, entry in catalogue()[kind].items():
        assert entry["zh"].endswith("。"), name
        assert entry["en"].endswith("."), name
        assert set(re.findall(r"{\w+}", entry["zh"])) == set(re.findall(r"{\w+}", entry["en"])), name


def test_an_opening_that_was_not_handed_in_is_asked_for() -> None:
    """missing-opening, from the core itself."""
    from gongyue.covenant.rulings import OutOfTurn
    from gongyue.governance.acts import Filing, VerifiedInputs
    from support.alliance import Alliance

    world = Alliance(members=3, initiators=3)
    act = world.stage.entry(0).act
    filing = Filing(act, act.actor, (), (), 0, 0, 0, 0, VerifiedInputs())
    with pytest.raises(OutOfTurn) as caught:
        filing.opening("sha256:" + "00" * 32)
    assert caught.value.refusal["code"] == "out-of-turn/missing-opening"


def test_every_act_type_is_done_in_a_test() -> None:
    """A type no story ever does is not tested."""
    done = {
        node.value
        for path in [*TESTS.glob("test_*.py"), TESTS.parent / "support" / "alliance.py"]
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in ACT_TYPES
    } | {"vote.open/1", "vote.turnout/1", "book.anchor/1"}
    assert done == set(ACT_TYPES)
    assert Institution().size == 0


def _structs(form: msgspec.inspect.Type) -> Iterator[msgspec.inspect.StructType]:
    """Every object that a JSON value of this form can hold, at any depth."""
    if isinstance(form, msgspec.inspect.StructType):
        yield form
        for field in form.fields:
            yield from _structs(field.type)
    for inner in ("item_type", "key_type", "value_type"):
        if (found := getattr(form, inner, None)) is not None:
            yield from _structs(found)
    for inner in ("types", "item_types"):
        for found in getattr(form, inner, ()):
            yield from _structs(found)


@pytest.mark.parametrize("form", [Entry, *(kind.body for kind in ACT_TYPES.values())], ids=lambda form: form.__name__)
def test_no_object_of_a_leaf_takes_a_field_that_its_form_does_not_name(form: type[msgspec.Struct]) -> None:
    """A whitelist at every depth: the view and the paper's data too, so that nothing is smuggled into the open book."""
    for struct in _structs(msgspec.inspect.type_info(form)):
        assert struct.forbid_unknown_fields, struct.cls.__name__
