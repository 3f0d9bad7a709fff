"""How much a report, a case and what follows in it may hold: the form of each act at its bounds."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.acts import act_type_of, decode_body
from gongyue.governance.institution import REGISTERS
from support.made_entries import digest

FOUND = {"article": "8", "clause": None, "established": False, "evidence": [], "signed": None}
OFFICER = {"officer": "o:mo", "interests": []}
BODIES: dict[str, dict[str, Any]] = {
    "case.open/1": {"accused": "u:0002", "articles": ["8"], "begins": "2026-05-01", "ends": "2026-05-20",
                    "caseworker": OFFICER, "panel": [OFFICER], "link": digest("link")},
    "case.conclude/1": {"findings": [FOUND], "reasons": digest("reasons")},
    "case.propose/1": {"kind": "内部通报", "reasons": digest("reasons")},
    "report.file/1": {"kind": "own", "begins": "2026-05-01", "ends": "2026-05-20", "facts": digest("facts")},
    "report.answer/1": {"answer": "declined", "ground": "x", "reasons": digest("reasons"), "link": digest("link")},
}  # fmt: skip
DIGESTS = [digest(str(n)) for n in range(30)]


def is_of_the_form(type: str, **other: Any) -> bool:
    """Whether such a body, with other fields, can be decoded."""
    try:
        decode_body(act_type_of(type), msgspec.json.encode(BODIES[type] | other))
    except OutOfTurn:
        return False
    return True


@pytest.mark.parametrize(
    ("type", "field", "one", "least", "most"),
    [
        ("case.open/1", "articles", "8", 1, 20),
        ("case.open/1", "panel", OFFICER, 1, 7),
        ("case.conclude/1", "findings", FOUND, 1, 20),
        ("report.file/1", "articles", "8", 0, 20),
        ("report.file/1", "evidence", DIGESTS[0], 0, 20),
        ("report.file/1", "shown", DIGESTS[0], 0, 20),
    ],
)
def test_how_many_a_list_may_hold(type: str, field: str, one: object, least: int, most: int) -> None:
    """At both bounds, and one beyond each."""
    assert REGISTERS
    for count in (least, most):
        assert is_of_the_form(type, **{field: [one] * count})
    assert not is_of_the_form(type, **{field: [one] * (most + 1)})
    assert least == 0 or not is_of_the_form(type, **{field: [one] * (least - 1)})


def test_a_finding_cites_at_most_twenty_pieces_of_evidence() -> None:
    """Twenty, and one more; another field than it has is none of its form."""
    for count, sound in ((0, True), (20, True), (21, False)):
        assert is_of_the_form("case.conclude/1", findings=[FOUND | {"evidence": DIGESTS[:count]}]) is sound
    assert not is_of_the_form("case.conclude/1", findings=[FOUND | {"more": 1}])


def test_how_long_words_may_be() -> None:
    """A kind of sanction has 1 to 60 characters, a ground at most 40."""
    assert [is_of_the_form("case.propose/1", kind="类" * n) for n in (0, 1, 60, 61)] == [False, True, True, False]
    assert [is_of_the_form("report.answer/1", ground="x" * n) for n in (0, 40, 41)] == [True, True, False]


def test_what_is_not_said_is_not_so() -> None:
    """Of a conclusion no adverse effect; of a report no articles, no evidence, nothing to be shown, nobody accused."""
    concluded: Any = decode_body(act_type_of("case.conclude/1"), msgspec.json.encode(BODIES["case.conclude/1"]))
    filed: Any = decode_body(act_type_of("report.file/1"), msgspec.json.encode(BODIES["report.file/1"]))
    assert concluded.adverse is False and concluded.findings[0].established is False
    assert (filed.articles, filed.evidence, filed.shown, filed.accused) == ((), (), (), None)


@pytest.mark.parametrize(
    ("type", "empty", "once", "two"),
    [
        ("case.open/1", True, True, True),
        ("case.conclude/1", False, False, True),
        ("case.propose/1", False, False, True),
        ("case.decide/1", False, False, True),
        ("case.review/1", False, False, True),
        ("bulletin.result/1", False, True, True),
        ("report.answer/1", False, False, False),
    ],
)
def test_who_signs_and_what_a_link_may_be(type: str, empty: bool, once: bool, two: bool) -> None:
    """By two officers or one; naming nothing, or once; and only where the text provides for it."""
    kind = act_type_of(type)
    assert (kind.empty_link, kind.link_once, kind.by.two, kind.capability) == (empty, once, two, True)
