"""The table of lies: every field of every act type is lied in with every key of the executive body, and something refuses it."""

from __future__ import annotations

import pytest

from gongyue.governance.acts import ACT_TYPES, Act, Book, Received

from .table import ENVELOPE, LAWFUL
from .telling import Lawful, Lie, fields_of, told

HARMLESS = 8
"""At most one field in so many may be lied in without anything in the book that refuses it."""


EVERY = [*LAWFUL, *ENVELOPE["open"], *ENVELOPE["sealed"]]


def _every_lie() -> list[pytest.param]:  # type: ignore[valid-type]
    found = []
    for number, lawful in enumerate(EVERY):
        for one in lawful.lies:
            name = f"{lawful.type}-{number}-{one.field}-{one.caught or 'harmless'}"
            marks = [pytest.mark.xfail(strict=True, reason=f"open hole: {one.why}")] if one.hole else []
            found.append(pytest.param(lawful, one, id=name, marks=marks))
    return found


@pytest.mark.parametrize("lawful", EVERY, ids=[f"{one.type}-{n}" for n, one in enumerate(EVERY)])
def test_the_act_is_lawful_as_it_is(lawful: Lawful) -> None:
    """Without the lie verify has nothing to say: what it says of the lie, it says of the lie."""
    report = told(lawful)
    assert (report.code, report.failure) == (0, None)


@pytest.mark.parametrize(("lawful", "one"), _every_lie())
def test_the_lie_is_caught(lawful: Lawful, one: Lie) -> None:
    """Verify names it under the code that is stated; a harmless one verifies."""
    report = told(lawful, one)
    code = report.failure.code.removeprefix("out-of-turn/") if report.failure else ""
    assert code == one.caught, report.failure
    assert (report.code in (2, 3)) == bool(one.caught)


def test_every_field_of_every_act_type_is_lied_in() -> None:
    """A new field without its lie is named here, and so is the lie of a field that is no more."""
    there = {f"{type} {field}" for type, kind in ACT_TYPES.items() for field in fields_of(kind.body)}
    lied = {f"{lawful.type} {one.field}" for lawful in LAWFUL for one in lawful.lies}
    assert not there - lied, f"not lied in: {' · '.join(sorted(there - lied))}"
    assert not lied - there, f"no such field: {' · '.join(sorted(lied - there))}"
    assert {lawful.type for lawful in LAWFUL} == set(ACT_TYPES)


@pytest.mark.parametrize("book", Book)
def test_every_field_of_the_envelope_is_lied_in(book: Book) -> None:
    """The same of what every act has, and of what the office adds to it; in each book."""
    there = {f"act.{field}" for field in fields_of(Act)} | {f"rx.{field}" for field in fields_of(Received)}
    there -= {"act.body"}  # which is the table of its type
    lied = {one.field for lawful in ENVELOPE[book] for one in lawful.lies}
    assert not there - lied, f"not lied in: {' · '.join(sorted(there - lied))}"
    assert not lied - there, f"no such field: {' · '.join(sorted(lied - there))}"
    assert {ACT_TYPES[lawful.type].book for lawful in ENVELOPE[book]} == {book}


def test_few_lies_are_told_unrefused() -> None:
    """At most one field in eight; each says whom it does not harm, or what shows it."""
    lies = [(lawful.type, one) for lawful in LAWFUL for one in lawful.lies]
    lies += [(book, one) for book, acts in ENVELOPE.items() for lawful in acts for one in lawful.lies]
    caught = {(type, one.field) for type, one in lies if one.caught}
    free = {(type, one.field) for type, one in lies} - caught
    assert HARMLESS * len(free) <= len(free | caught), sorted(free)
    assert all(one.why for _, one in lies)
