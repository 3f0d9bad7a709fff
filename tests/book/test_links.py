"""What is wrong with an opened link, and which acts stand: on entries made up, so that each condition is tried alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from gongyue.book.links import another, mistaken, place_of, replaced_by, stands, unrelated
from gongyue.governance.acts import Entry
from gongyue.sealing.link import OpenedLink, Place
from support.made_entries import digest, entry, link

REPORT, CASE, OTHER = ("d:" + digit * 64 for digit in "123")
LINK, FIRST_LINK, LATER_LINK, BACK = map(digest, ("link", "first", "later", "back"))


def result(replaces: int | None, dossier: str = "d:members", n: int = 3, value: str = LINK) -> Entry:
    """The result of a case, told to the members."""
    body = {"text": digest("text"), "link": value, "names": None, "replaces": replaces, "review": None}
    return entry("bulletin.result/1", body, dossier, n)


def answer(said: str, n: int, value: str = LINK, dossier: str = REPORT, ground: str | None = None) -> Entry:
    """An answer to a report."""
    body = {"answer": said, "ground": ground, "reasons": digest("reasons"), "link": value}
    return entry("report.answer/1", body, dossier, n)


def opened_case(value: str = BACK) -> Entry:
    """The opening of a case, with a link to what it came from."""
    body = {
        "accused": "u:0002",
        "begins": "2026-05-01",
        "ends": "2026-05-20",
        "articles": ["8"],
        "panel": [],
        "link": value,
    }
    return entry("case.open/1", body, CASE, 1)


def ended() -> Entry:
    """The end of a membership, in the open book."""
    return entry("membership.end/1", {"unit": "u:0002", "link": LINK})


def test_where_an_entry_stands() -> None:
    """An open one at its index; a sealed one where it was placed and when it came; of a sealed one in no dossier nothing is known."""
    assert place_of(ended(), 0) == Place(0) and place_of(ended(), 7) == Place(7)
    assert place_of(result(None)) == Place(10, "d:members", 3)
    assert place_of(entry("vote.ballot/1", {}, size=5)) is None


def test_what_an_act_takes_the_place_of() -> None:
    """The place that it names in its own dossier; 0 where it names none, and of an act in the open book."""
    assert [replaced_by(result(n)) for n in (None, 1, 2)] == [0, 1, 2]
    assert replaced_by(entry("bulletin.publish/1", {"replaces": 4})) == 0
    assert replaced_by(ended()) == 0


@pytest.mark.parametrize(
    ("named", "wrong"),
    [
        ([], ""),
        ([None], ""),
        ([answer("opened", 2)], "type"),
        ([entry("case.decide/1", {}, CASE, 9)], ""),
        ([entry("case.decide/1", {}, CASE, 9), None, entry("case.conclude/1", {}, CASE, 8)], "type"),
    ],
)
def test_a_membership_ends_on_decisions_alone(named: list[Entry | None], wrong: str) -> None:
    """What cannot be opened is nothing wrong; one of another type among several is."""
    assert mistaken(ended(), named) == wrong
    assert mistaken(entry("dossier.note/1", {"docs": []}, CASE, 2), named) == ""  # an act that may rest on anything


def book(void: tuple[int, ...] = (), corrected: dict[int, str] | None = None, left: int = 0) -> Any:
    """An institution with these void sealed entries, these open ones corrected, and a false time that ended at 500."""
    corrections = {index: SimpleNamespace(what=what) for index, what in (corrected or {}).items()}
    recoveries = [SimpleNamespace(sealed=left, time=500)] if left else []
    return SimpleNamespace(void=void, corrections=corrections, recoveries=recoveries)


def test_an_open_act_stands_unless_it_was_voided() -> None:
    """Corrected in another way it stands; a void entry of that number in the sealed book is another one."""
    assert (
        stands(book(), 4, None) and stands(book(corrected={4: "amend"}), 4, None) and stands(book(void=(4,)), 4, None)
    )
    assert not stands(book(corrected={4: "void"}), 4, None)


def test_a_sealed_act_stands_unless_it_is_void() -> None:
    """By name, or as an officer's of a false time; a voided open entry of that number is another one."""
    one = result(None)
    assert stands(book(), 4, one) and stands(book(void=(5,)), 4, one) and stands(book(corrected={4: "void"}), 4, one)
    assert not stands(book(void=(4,)), 4, one)
    assert not stands(book(left=5), 4, one) and stands(book(left=4), 4, one)


KNOWN = {FIRST_LINK: link(FIRST_LINK, (digest("c"), CASE, 1)), LATER_LINK: link(LATER_LINK, (digest("o"), OTHER, 1))}


@pytest.mark.parametrize(
    ("before", "to", "wrong"),
    [
        ([], OTHER, ""),
        ([answer("joined", 2, FIRST_LINK)], CASE, ""),
        ([answer("joined", 2, FIRST_LINK)], OTHER, "another"),
        ([answer("joined", 2, digest("nobody's"))], OTHER, ""),  # nobody opened it
        ([answer("joined", 2, FIRST_LINK, dossier=OTHER)], OTHER, ""),  # of another report
        ([answer("joined", 5, FIRST_LINK)], OTHER, ""),  # at its own place
        ([answer("joined", 6, FIRST_LINK)], OTHER, ""),  # later
        ([answer("joined", 4, FIRST_LINK)], OTHER, "another"),
        ([answer("outcome", 2, FIRST_LINK)], OTHER, ""),  # begins nothing
        ([answer("declined", 2, FIRST_LINK, ground="no_fact")], OTHER, ""),
        ([entry("dossier.note/1", {"docs": []}, REPORT, 3), answer("opened", 2, FIRST_LINK)], OTHER, "another"),
        ([answer("joined", 2, FIRST_LINK), answer("opened", 3, LATER_LINK)], OTHER, ""),  # the last that began
        ([answer("opened", 3, LATER_LINK), answer("joined", 2, FIRST_LINK)], OTHER, ""),
        ([answer("joined", 2, FIRST_LINK), answer("opened", 3, LATER_LINK)], CASE, "another"),
    ],
)
def test_an_outcome_is_of_the_case_that_the_answer_before_it_named(before: list[Entry], to: str, wrong: str) -> None:
    """Of all of it: an outcome that names that case and one more is of another; so it is of no act that goes on with nothing."""
    assert another(answer("outcome", 5), link(LINK, (digest("x"), to, 4)), before, KNOWN.get) == wrong
    assert another(answer("joined", 5), link(LINK, (digest("x"), to, 4)), before, KNOWN.get) == ""
    if wrong:
        more = link(LINK, (digest("x"), CASE, 4), (digest("y"), OTHER, 4))
        assert another(answer("outcome", 5), more, before, KNOWN.get) == wrong
    assert another(ended(), link(LINK, (digest("x"), to, 4)), before, KNOWN.get) == ""


@pytest.mark.parametrize(
    ("back", "wrong"),
    [
        (None, ""),
        (link(BACK), "unrelated"),
        (link(BACK, (digest("r"), REPORT, 1)), ""),
        (link(BACK, (digest("r"), REPORT, 2)), "unrelated"),
        (link(BACK, (digest("r"), OTHER, 1)), "unrelated"),
        (link(BACK, (digest("q"), OTHER, 1), (digest("r"), REPORT, 1)), ""),
    ],
)
def test_a_case_opened_on_a_report_names_it(back: OpenedLink | None, wrong: str) -> None:
    """Its opening act, among its origins; where nobody opened that link, or the case, nothing tells. One joined to a case need not be named."""
    known = {BACK: back}
    assert unrelated(answer("opened", 3), [opened_case()], known.get) == wrong
    assert unrelated(answer("opened", 3), [None, opened_case()], known.get) == wrong
    assert unrelated(answer("opened", 3), [None], known.get) == ""
    assert unrelated(answer("joined", 3), [opened_case()], known.get) == ""


def test_one_that_is_unrelated_among_several() -> None:
    """Each is asked."""
    other = opened_case(LATER_LINK)
    known = {BACK: link(BACK, (digest("r"), REPORT, 1)), LATER_LINK: link(LATER_LINK, (digest("o"), OTHER, 1))}
    assert unrelated(answer("opened", 3), [opened_case(), other], known.get) == "unrelated"
