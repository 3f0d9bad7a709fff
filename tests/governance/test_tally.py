"""The tally of a vote: both tests by its share and its quorum, each at its bound (articles 22, 24)."""

from __future__ import annotations

import pytest
from immutables import Map

from gongyue.covenant.counting import Count, Share
from gongyue.covenant.periods import Period
from gongyue.governance.ballots import Cast
from gongyue.governance.poll import Vote
from gongyue.governance.tally import outcome_of, tally_of


def vote(quorum: str = "") -> Vote:
    """Of six units, two thirds of the roll must consent; where a quorum is asked, so many must vote."""
    roll = Map({f"u:{n}": 1 for n in range(1, 7)})
    return Vote("p:1", roll, 0, 10, Share("2/3"), True, 0, Period(3), Share(quorum) if quorum else None)


def cast(choices: str, paper: str = "") -> dict[str, Cast]:
    """Units 1, 2 … with their choice each (c, a, o); those numbered in `paper` on paper."""
    names = {"c": "consent", "a": "against", "o": "abstain"}
    return {f"u:{n}": Cast(f"u:{n}", names[one], n, str(n) in paper, (n, 1, "")) for n, one in enumerate(choices, 1)}


@pytest.mark.parametrize(("whole", "left", "outcome"), [
    (Count(4, 4, 6), Count(4, 4, 6), "adopted"),
    (Count(3, 4, 6), Count(4, 4, 6), "rejected"),
    (Count(4, 4, 6), Count(3, 4, 5), "rejected"),
    (Count(4, 4, 6), Count(2, 3, 3), "adopted"),
])  # fmt: skip
def test_both_tests_reach_the_share(whole: Count, left: Count, outcome: str) -> None:
    """4 of 6 and 2 of 3 do, 3 of 6 and 3 of 5 do not; without a quorum it does not matter how many voted."""
    assert outcome_of(vote(), whole, left) == outcome


@pytest.mark.parametrize(("whole", "left", "outcome"), [
    (Count(5, 5, 6), Count(5, 5, 6), "adopted"),
    (Count(4, 4, 6), Count(4, 5, 6), "no_quorum"),
    (Count(5, 5, 6), Count(4, 4, 6), "no_quorum"),
    (Count(4, 4, 6), Count(4, 4, 6), "no_quorum"),
    (Count(3, 5, 6), Count(3, 5, 6), "rejected"),
    (Count(3, 4, 6), Count(3, 4, 6), "no_quorum"),
])  # fmt: skip
def test_nothing_is_adopted_or_rejected_unless_as_many_voted_as_the_quorum_asks_in_both(
    whole: Count, left: Count, outcome: str
) -> None:
    """Five sixths must vote: 5 of 6 are enough, 4 are not, whether of the whole roll or of those left, whatever they said."""
    assert outcome_of(vote("5/6"), whole, left) == outcome


def test_the_count_says_each_choice_whole_on_paper_and_of_those_left() -> None:
    """Three consent, one of them on paper, one is against and one abstains, on paper both; the first and the fifth have left."""
    counted = tally_of(vote(), cast("cccao", "345"), {f"u:{n}" for n in (2, 3, 4, 6)})
    assert (counted.consents, counted.against, counted.abstain, counted.voted) == (3, 1, 1, 5)
    assert counted.on_paper == (1, 1, 1)
    assert counted.left == Count(2, 3, 4)
    assert counted.summary == "3+1+1 (1+1+1 paper), 2/3/4, rejected"
    assert counted.fields["paper_abstain"] == 1 and "on_paper" not in counted.fields
    assert tally_of(vote(), cast("cc"), set()).summary == "2+0+0, 0/0/0, rejected"
