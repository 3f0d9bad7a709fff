"""The time for a reply, to the day: what it runs from, what has to happen before it passes, and what others said in the accused's name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest

from gongyue.governance import reply
from gongyue.governance.course import Ask, Rest, Said, Service
from gongyue.governance.reply import (
    RESTING,
    UNRECEIVED,
    UNTOLD,
    Reply,
    conclude_by,
    ends_after,
    lapses,
    last_said,
    panel_size,
    reply_by,
    rested,
    result_by,
    told_until,
)
from support.case_times import ACCUSED, DAY, case, counted, law, said, served

CITED = ("e1", "e2")


@pytest.fixture(autouse=True)
def no_holidays() -> Iterator[None]:
    """A period ends so many days after the day it runs from."""
    with mock.patch.object(reply, "deadline", counted):
        yield


NOTICE = served("notice", 3, DAY + 1, "n")


def replying(*services: Service, **other: Any) -> Reply:
    """The reply to what was served."""
    return Reply.to(law(), case(services=services, **other), CITED)


# -- what it runs from


def test_it_runs_from_the_last_receipt_of_the_notice_and_of_what_is_cited() -> None:
    """P2 is ten days: from the later of the two; not from evidence that is not cited, nor from what else was served."""
    assert replying(NOTICE) == Reply("", DAY + 1, DAY + 11, False, 3)
    cited = served("evidence", 5, DAY + 4, "e2", "x")
    assert replying(NOTICE, cited) == replying(cited, NOTICE) == Reply("", DAY + 4, DAY + 14, False, 5)
    early = served("evidence", 5, DAY, "e1")
    assert replying(NOTICE, early) == Reply("", DAY + 1, DAY + 11, False, 5)
    assert replying(NOTICE, served("evidence", 5, 0, "x"), served("proposal", 6, 0, "e1")) == replying(NOTICE)


def test_it_does_not_begin_before_all_of_it_was_received() -> None:
    """The notice, each notice, and what is cited; what did not open and was served again is not waited for."""
    waits = Reply(UNRECEIVED, 0, 0, False)
    cited = served("evidence", 5, DAY + 4, "e1")
    assert waits.said == 0
    assert replying() == replying(cited) == replying(served("notice", 0, 0, "n")) == waits
    shut = served("evidence", 0, 0, "e1", n=4)
    assert replying(NOTICE, shut) == replying(NOTICE, served("notice", 0, 0, "m", n=4)) == waits
    again = served("evidence", 7, DAY + 6, "e1", "e2", n=6)
    assert replying(NOTICE, shut, again).received == DAY + 6
    assert replying(NOTICE, shut, served("evidence", 7, DAY + 7, "e1", n=6)).received == DAY + 7
    for other in (served("evidence", 7, DAY + 6, "e2", n=6), served("evidence", 7, DAY + 6, "e1", n=4)):
        assert replying(NOTICE, shut, other) == waits
    assert replying(NOTICE, served("evidence", 5, DAY + 9, "e1", n=4), again).received == DAY + 9


# -- what it said


NOTES = (
    ("case.open/1", "exec", DAY),
    ("dossier.note/1", ACCUSED, DAY + 2),
    ("dossier.note/1", "exec", DAY + 3),
    ("dossier.note/1", ACCUSED, DAY + 5),
    ("dossier.receive/1", ACCUSED, DAY + 5),
)


def test_the_last_word_of_the_accused() -> None:
    """Its own notes up to that day; not others', not what is no note, not what is void; of its own alone, not what others can have said."""
    words = case(entries=said(*NOTES), said=(Said(4, (), False),))
    assert [last_said(words, day) for day in (DAY + 1, DAY + 2, DAY + 4, DAY + 5, DAY + 9)] == [0, 2, 2, 4, 4]
    assert [last_said(words, day, itself=True) for day in (DAY + 1, DAY + 5)] == [0, 2]
    assert last_said(case(entries=said(*NOTES, void=(4,))), DAY + 9) == 2
    assert last_said(case(), DAY + 9) == 0


def test_the_last_place_in_its_time_is_to_be_seen() -> None:
    """What it said until the last day counts, the place of the receipt where that is later; a word after that is not waited for."""
    notes = [("case.open/1", "exec", DAY)] * 5 + [
        ("dossier.note/1", ACCUSED, DAY + 11),
        ("dossier.note/1", ACCUSED, DAY + 12),
    ]
    assert replying(NOTICE, entries=said(*notes)).said == 6
    assert replying(NOTICE, entries=said(*NOTES[:2])).said == 3


@pytest.mark.parametrize(("completed", "complete"), [(-1, False), (2, False), (3, True), (4, True)])
def test_it_has_replied_once_it_says_so_after_it_had_all(completed: int, complete: bool) -> None:
    """It was received at place 3."""
    assert replying(NOTICE, completed=completed).complete is complete


# -- how long it lasts


def test_the_time_for_a_reply_is_doubled_where_it_was_extended_or_that_was_asked_in_time() -> None:
    """Ten days, or twenty: on the tenth day asked in time, on the eleventh not; nor something else, nor by others in its name."""
    assert reply_by(law(), case(), DAY).last == DAY + 10
    assert reply_by(law(), case(extensions=("party_request",)), DAY).last == DAY + 20
    assert reply_by(law(), case(extensions=("complexity",)), DAY).last == DAY + 10
    for what, day, last in (("extension", 10, 20), ("extension", 11, 10), ("hearing", 5, 10)):
        asks = (Ask(what, ACCUSED, 6, "x", DAY + day),)
        assert reply_by(law(), case(asks=asks), DAY).last == DAY + last
        assert reply_by(law(), case(asks=asks, said=(Said(6, (), False),)), DAY).last == DAY + 10
        assert reply_by(law(), case(asks=asks, said=(Said(5, (), False),)), DAY).last == DAY + last


def test_what_follows_by_the_rules_as_they_were_when_it_was_opened() -> None:
    """P4 of 90 days since the opening, twice where it is complex; P13 of 30 since the conclusion; a panel of three."""
    assert conclude_by(law(), case()).last == DAY + 90
    assert conclude_by(law(), case(extensions=("complexity",))).last == DAY + 180
    assert conclude_by(law(), case(extensions=("party_request",))).last == DAY + 90
    assert result_by(law(), case()).last == DAY + 70
    assert told_until(law(), case(), DAY + 5).last == DAY + 8
    assert panel_size(law(), case()) == 3


@pytest.mark.parametrize(
    ("begins", "ends", "days"),
    [
        (5, 8, 3),
        (5, 0, 0),
        (-3, 2, 2),
        (-3, 0, 0),
        (-3, -1, 0),
        (10, 12, 0),
        (9, 12, 3),
        (11, 12, 0),
        (0, 1, 1),
        (5, 5, 0),
    ],
)
def test_a_rest_within_a_period_is_added_to_it(begins: int, ends: int, days: int) -> None:
    """Of ten days: what rests from the day after `begins` to `ends`; not what began on the last day, or goes on; of one before, the rest."""
    rest = Rest(DAY + begins, DAY + ends if ends else 0)
    assert rested(rest, DAY, DAY + 10) == days
    assert ends_after(law(), case(rests=(rest,)), DAY, 10).last == DAY + 10 + days


def test_rests_are_added_one_after_another() -> None:
    """The second falls into the period only because the first lengthened it."""
    rests = (Rest(DAY + 5, DAY + 8), Rest(DAY + 11, DAY + 13))
    assert ends_after(law(), case(rests=rests), DAY, 10).last == DAY + 15


# -- what others may have written


def test_nothing_lapses_that_paper_began_before_its_unit_could_deny_it() -> None:
    """P18 of three days after it was told, if that is later; untold, or while the dossier rests, it does not pass at all."""
    paper = [served("notice", 3, DAY, paper=True, told=told) for told in (0, DAY + 4, DAY + 9)]
    own = served("notice", 3, DAY, told=DAY + 30)
    for services, words, found in (
        ([own], (), (DAY + 10, "")),
        (paper[1:2], (), (DAY + 10, "")),
        (paper[2:], (), (DAY + 12, "")),
        (paper[:1], (), (DAY + 10, UNTOLD)),
        (paper, (), (DAY + 12, UNTOLD)),
        ([own], (Said(4, (), False, DAY + 9),), (DAY + 12, "")),
        ([own], (Said(4, (), False),), (DAY + 10, UNTOLD)),
    ):
        assert lapses(law(), case(), services, DAY + 10, words) == found
        assert lapses(law(), case(paused=True), services, DAY + 10, words)[1] == RESTING


def test_what_is_cited_of_others_words_is_told_before_the_time_passes() -> None:
    """Documents that others can have given in its name: of those cited, its unit is told, and may deny it."""
    assert replying(NOTICE, said=(Said(4, ("x",), False),)).waits == ""
    assert replying(NOTICE, said=(Said(4, ("e1",), False),)).waits == UNTOLD
    assert replying(NOTICE, said=(Said(4, ("e1",), False, DAY + 10),)) == Reply("", DAY + 1, DAY + 13, False, 3)


@pytest.mark.parametrize(
    ("word", "own", "last"),
    [
        (Said(5, (), True, DAY + 4), 0, 7),  # it may deny that within P18
        (Said(5, (), True, DAY + 4), 6, 11),  # which it did, by another word of its own
        (Said(5, (), True, DAY + 4), 5, 7),
        (Said(5, (), True, DAY + 4), 4, 7),
        (Said(5, (), True), 0, 11),  # nobody told it
        (Said(5, (), False, DAY + 4), 0, 11),
        (Said(3, (), True, DAY + 4), 0, 11),  # before it had all
        (Said(4, (), True, DAY + 4), 0, 7),
    ],
)
def test_that_it_has_replied_in_full_others_can_have_said(word: Said, own: int, last: int) -> None:
    """The time is over, once it could deny that, and did not; a later day of its own counts no more."""
    notes = [("case.open/1", "exec", DAY)] * 7
    if own:
        notes[own - 1] = ("dossier.note/1", ACCUSED, DAY + 7)
    assert replying(NOTICE, said=(word,), entries=said(*notes)).last == DAY + last
    if own == 6:
        notes[own - 1] = ("dossier.note/1", ACCUSED, DAY + 8)
        assert replying(NOTICE, said=(word,), entries=said(*notes)).last == DAY + 7
