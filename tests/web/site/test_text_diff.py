"""Two wordings in one text: numbers are marked whole, so that no reader who does not see the marks takes 30 → 20 for 320."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongyue.web.pages.text_diff import excerpt, marked_runs, paragraphs


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("应于30日内答复", "应于20日内答复", "应于<del>30</del> → <ins>20</ins>日内答复"),
        ("应于30日内答复", "应于35日内答复", "应于<del>30</del> → <ins>35</ins>日内答复"),
        ("应于30日内答复", "应于300日内答复", "应于<del>30</del> → <ins>300</ins>日内答复"),
        ("应于三十日内答复", "应于三十五日内答复", "应于<del>三十</del> → <ins>三十五</ins>日内答复"),
        ("经三分之二以上同意", "经三分之一以上同意", "经<del>三分之二</del> → <ins>三分之一</ins>以上同意"),
        ("共10005件", "共20006件", "共<del>10005</del> → <ins>20006</ins>件"),
        ("三十日", "日", "<del>三十</del>日"),
        ("积极推进", "大力推进", "<del>积极</del><ins>大力</ins>推进"),
        ("甲", "甲", "甲"),
    ],
)
def test_numbers_are_marked_whole(old: str, new: str, shown: str) -> None:
    """One or all digits changed, at either end, longer than before; words stay as they were."""
    assert excerpt(old, new) == shown == "".join(paragraphs(old, new))


@given(st.text("甲乙三十分之120，\n", max_size=30), st.text("甲乙三十分之120，\n", max_size=30))
def test_the_runs_are_both_wordings(old: str, new: str) -> None:
    """But for the arrows nothing is added or lost, and none is empty."""
    shown = [run for run in marked_runs(old, new) if run != ("=", " → ")]
    assert "".join(words for kind, words in shown if kind != "+") == old
    assert "".join(words for kind, words in shown if kind != "-") == new
    assert all(words for _, words in shown)
    assert not re.search("<(del|ins)></", excerpt(old, new))
