"""Changes of one text, one applied after the other: in whatever order, or not at all (article 22)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongyue.covenant.changes import Change, NotApplicable, TextEdit, amend, rebase
from support.editions import edition_of

WORDS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
"""Each stands once, so that every stretch of them stands once."""
TEXT = edition_of(
    f"公约\n第一条 为规范行为，制定本公约。\n第二条 甲会为本公约的执行机构。\n第三条 本公约自公布之日起施行。\n第四条 {WORDS}。"
)


def change(begin: int, end: int, new: str) -> Change:
    return Change("", (TextEdit("4", WORDS[begin:end], new),))


spans = st.tuples(st.integers(0, len(WORDS) - 1), st.integers(1, 5)).map(lambda s: (s[0], min(len(WORDS), sum(s))))


@given(spans, spans, st.sampled_from(["", "一", "二三"]), st.sampled_from(["", "四", "五六"]))
def test_two_changes_stand_together_exactly_where_they_share_no_words(
    one: tuple[int, int], other: tuple[int, int], first: str, second: str
) -> None:
    """Disjoint: both words stand, in either order the same text. Sharing a word: the later does not apply."""
    a, b = change(*one, first), change(*other, second)
    if max(one[0], other[0]) < min(one[1], other[1]):
        for early, late in ((a, b), (b, a)):
            with pytest.raises(NotApplicable):
                rebase(late, TEXT, amend(TEXT, early))
        return
    both = rebase(b, TEXT, amend(TEXT, a))
    assert both == rebase(a, TEXT, amend(TEXT, b))
    (left, put), (right, placed) = sorted([(one, first), (other, second)])
    expected = WORDS[: left[0]] + put + WORDS[left[1] : right[0]] + placed + WORDS[right[1] :]
    assert both.articles[3].text == expected + "。"


def test_a_place_that_is_no_article_is_refused() -> None:
    """Of a text with four articles, the fifth is not changed."""
    with pytest.raises(NotApplicable, match="no such article"):
        rebase(Change("", (TextEdit("5", "甲", "一"),)), TEXT, TEXT)
