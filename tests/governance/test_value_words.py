"""What values are called: by the field that chose them, so that nothing written is taken for one."""

from __future__ import annotations

import pytest

from gongyue.governance.acts import ACT_TYPES
from gongyue.governance.institution import Institution  # noqa: F401  (registers every act type)
from gongyue.governance.sheet import VALUES
from gongyue.governance.value_words import words_of_choice, words_of_value


def test_every_value_that_a_field_chooses_has_its_words() -> None:
    """The values of literal types at any depth, and those that a sheet lists; each in both languages."""
    chosen = [
        (kind, path, value) for kind in ACT_TYPES.values() for path, some in kind.chosen.items() for value in some
    ]
    assert len(chosen) > 200
    assert all(words_of_value(kind, path, value, {}) == VALUES[value] for kind, path, value in chosen)
    assert {"activities", "alg"} <= set(ACT_TYPES["membership.apply/1"].chosen)
    assert "findings.clause" in ACT_TYPES["case.conclude/1"].chosen
    assert "officers.offices" in ACT_TYPES["book.genesis/1"].chosen


@pytest.mark.parametrize(
    ("type", "path", "value"),
    [
        ("membership.apply/1", "other", "research"),  # other activities, in the unit's own words, beside `activities`
        ("membership.apply/1", "name", "service"),
        ("membership.enrol/1", "other", "new"),
        ("case.conclude/1", "findings.evidence", "users.rights"),  # in the same row as `findings.clause`
        ("case.decide/1", "kind", "lighter"),  # in the words of article 18
        ("interpretation.issue/1", "sets.name", "value"),
    ],
)  # fmt: skip
def test_what_is_written_is_never_taken_for_a_value(type: str, path: str, value: str) -> None:
    """Text equal to a value that another field of the same act, or of any other, chooses from a list."""
    assert path in ACT_TYPES[type].labels
    assert value in VALUES
    assert words_of_value(ACT_TYPES[type], path, value, {}) is None


def test_a_choice_of_a_reading_is_named_by_its_reading() -> None:
    """In the map of what differs by its key, in an interpretation by the name beside it; a number has no words."""
    adopt, issue = ACT_TYPES["interpretation.adopt/1"], ACT_TYPES["interpretation.issue/1"]
    assert words_of_value(adopt, "other.annex.binds", "scope", {}) == VALUES["scope"]
    naming = {"name": "result.naming", "value": "established"}
    assert words_of_value(issue, "sets.value", "established", naming) == VALUES["result.naming.established"]
    assert words_of_value(issue, "sets.value", "scope", naming) is None  # it does not offer that
    assert words_of_value(issue, "sets.value", 20, {"name": "P2", "value": 20}) is None
    assert words_of_choice("report.reporter", "outcome") is None  # it leaves none
    assert words_of_choice("P2", "20") is None
