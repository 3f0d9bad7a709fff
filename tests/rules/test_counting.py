"""Shares of a roll: 以上 includes the number itself, and of an empty roll there is no share."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.covenant.counting import (
    Count,
    MoreThan,
    Share,
    at_least,
    consents_needed,
    enough_of,
    minority_decides,
    quorate,
    reaches,
    share_of,
    share_text,
    voters_needed,
)

BASES = ("roll", "voting", "present", "branch")

TENTH, TWO_THIRDS, THREE_QUARTERS = Fraction(1, 10), Fraction(2, 3), Fraction(3, 4)


@pytest.mark.parametrize(
    ("share", "roll", "enough"),
    [
        (TENTH, 37, 4),
        (TENTH, 30, 3),
        (TENTH, 1, 1),
        (TWO_THIRDS, 37, 25),
        (TWO_THIRDS, 30, 20),
        (TWO_THIRDS, 36, 24),
        (TWO_THIRDS, 35, 24),
        (THREE_QUARTERS, 37, 28),
        (THREE_QUARTERS, 36, 27),
        (THREE_QUARTERS, 4, 3),
        (Fraction(1, 2), 37, 19),
        (Fraction(1, 1), 37, 37),
    ],
)
def test_one_below_fails_the_number_itself_and_one_above_hold(share: Fraction, roll: int, enough: int) -> None:
    """Below, at and above every threshold; `enough` is the least number that holds."""
    below, at = at_least(share, enough - 1, of=roll), at_least(share, enough, of=roll)
    assert not below.holds
    assert at.holds
    assert at_least(share, enough + 1, of=roll).holds
    assert below.enough == at.enough == enough == enough_of(share, roll)


def test_the_arithmetic_is_shown_as_it_is_done() -> None:
    """The figures are those of the domain's examples."""
    assert at_least(TENTH, 3, of=37).figures == {
        "count": 3,
        "roll": 37,
        "share": "1/10",
        "arithmetic": "10×3=30<37",
    }
    assert at_least(TWO_THIRDS, 24, of=37).figures["arithmetic"] == "3×24=72<2×37=74"
    assert at_least(TWO_THIRDS, 25, of=37).figures["arithmetic"] == "3×25=75≥2×37=74"


def test_of_an_empty_roll_nothing_passes() -> None:
    """Zero members: there is no share, and nothing would be enough."""
    empty = at_least(TWO_THIRDS, 0, of=0)
    assert not empty.holds
    assert empty.enough is None


def test_counting_is_the_comparison_of_exact_fractions_for_every_roll_to_500() -> None:
    """At and next to each threshold, and at both ends, the finding is the exact comparison."""
    for share in (TENTH, Fraction(1, 3), Fraction(1, 2), TWO_THIRDS, THREE_QUARTERS, Fraction(99, 100), Fraction(1)):
        for roll in range(1, 501):
            edge = enough_of(share, roll)
            for part in {0, edge - 1, edge, edge + 1, roll}:
                assert at_least(share, part, of=roll).holds == (Fraction(part, roll) >= share)


@settings(deadline=None)  # nothing is asserted about time
@given(st.fractions(min_value=Fraction(1, 500), max_value=1, max_denominator=500), st.integers(1, 500), st.data())
def test_counting_agrees_with_exact_fractions_for_any_share(share: Fraction, roll: int, data: st.DataObject) -> None:
    """Any share, any roll, any count."""
    part = data.draw(st.integers(0, roll))
    found = at_least(share, part, of=roll)
    assert found.holds == (Fraction(part, roll) >= share)
    assert isinstance(found.enough, int)
    assert Fraction(found.enough, roll) >= share > Fraction(found.enough - 1, roll)


@settings(deadline=None)  # nothing is asserted about time
@given(
    st.fractions(min_value=Fraction(1, 500), max_value=Fraction(499, 500), max_denominator=500),
    st.integers(1, 500),
    st.data(),
)
def test_a_share_that_excludes_the_number_itself_is_the_strict_comparison(
    share: Fraction, roll: int, data: st.DataObject
) -> None:
    """过半数、超过三分之二: Civil Code 1259."""
    part = data.draw(st.integers(0, roll))
    found = at_least(MoreThan(share), part, of=roll)
    assert found.holds == (Fraction(part, roll) > share)
    assert isinstance(found.enough, int)
    assert Fraction(found.enough, roll) > share >= Fraction(found.enough - 1, roll)


def test_without_a_quorum_nobody_need_vote_and_one_that_does_may_suffice() -> None:
    """Of those voting one consent at least; with a quorum of two thirds 25 of 37 vote, and 17 of them consent."""
    assert (voters_needed(None, 37), voters_needed(Share("2/3"), 37)) == (0, 25)
    assert consents_needed(Share("2/3", "voting"), None, 37) == 1
    assert consents_needed(Share("2/3", "voting"), Share("2/3"), 37) == 17
    assert consents_needed(Share("2/3", "voting"), None, 37, 12) == 8


SHARES = st.tuples(st.sampled_from(["1/3", "1/2", "2/3", "3/4", "1/1", ">1/2", ">2/3"]), st.sampled_from([*BASES]))


@settings(deadline=None)  # nothing is asserted about time
@given(SHARES, st.sampled_from([None, "1/3", "2/3", ">1/2", "1/1"]), st.integers(1, 40), st.data())
def test_the_consents_needed_are_the_fewest_with_which_any_count_can_be_adopted(
    said: tuple[str, str], quorum: str | None, roll: int, data: st.DataObject
) -> None:
    """Of all counts with so many ballots or more: adopted with that many consents, and with no fewer."""
    share, must = Share(*said), Share(quorum) if quorum else None
    voted = data.draw(st.integers(0, roll))
    counts = [Count(c, v, roll) for v in range(voted, roll + 1) for c in range(v + 1)]
    adopted = [n for n in counts if reaches(share, n).holds and (must is None or quorate(must, n).holds)]
    assert consents_needed(share, must, roll, max(1, voted)) == min((n.consents for n in adopted), default=roll + 1)
    fewest = min((n.consents for n in _all(roll) if _adopts(share, must, n)), default=roll + 1)
    assert minority_decides(share, must, roll) == (2 * fewest <= roll)


def _all(roll: int) -> list[Count]:
    return [Count(c, v, roll) for v in range(roll + 1) for c in range(v + 1)]


def _adopts(share: Share, quorum: Share | None, count: Count) -> bool:
    return reaches(share, count).holds and (quorum is None or quorate(quorum, count).holds)


@given(SHARES, st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_a_share_is_of_those_that_its_base_names(
    said: tuple[str, str], consents: int, others: int, silent: int
) -> None:
    """Of voters the silent count for nothing, of a roll they count against; abstentions are among the others."""
    count = Count(consents, consents + others, consents + others + silent)
    share = Share(*said)
    of = count.voted if share.base in ("voting", "present") else count.roll
    part, least = Fraction(consents, of or 1), Fraction(said[0].removeprefix(">"))
    assert reaches(share, count).holds == (of > 0 and (part > least if said[0][0] == ">" else part >= least))
    assert reaches(share, count).figures["base"] == share.base


def test_exactly_half_is_not_more_than_half() -> None:
    """Below, at and above: 4, 5, 6 of 10; of an empty roll nothing passes either."""
    half = MoreThan(1, 2)
    assert [at_least(half, count, of=10).holds for count in (4, 5, 6)] == [False, False, True]
    assert [at_least(half, count, of=11).holds for count in (5, 6)] == [False, True]
    assert at_least(half, 5, of=10).figures["arithmetic"] == "2×5=10≤10"
    assert at_least(half, 6, of=10).figures["arithmetic"] == "2×6=12>10"
    assert not at_least(half, 0, of=0).holds


def test_the_two_kinds_of_share_are_told_apart_and_written_down() -> None:
    """ ">1/2" is more than half, "1/2" at least half; neither equals the other."""
    for text, kind in ((">1/2", MoreThan), ("1/2", Fraction), (">2/3", MoreThan)):
        share = share_of(text)
        assert type(share) is kind
        assert share_text(share) == text
    assert share_of("1/2", inclusive=False) == share_of(">1/2") != share_of("1/2")
    assert Fraction(1, 2) != MoreThan(1, 2)
    assert MoreThan(1, 2) != Fraction(1, 2)
    assert MoreThan(1, 2) == MoreThan(2, 4)
