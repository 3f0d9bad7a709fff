"""What a question offers of what the text in force states: its activities, its branches, its grounds."""

from __future__ import annotations

import pytest

from gongyue.cli.book_source import BookSource
from gongyue.cli.errors import BilingualUsageError
from gongyue.cli.listed_activities import require_listed
from gongyue.office.facts import joining
from gongyue.office.labels import ACTIVITIES
from support.alliance import Alliance
from support.editions import TEXT, edition_of

SAID = TEXT[TEXT.index("从事大数据基础设施") : TEXT.index("的总称")]
"""The activities that the covenant's own text lists."""
ANNEX, SCOPE = "annex.initiate/1", "scope"


def founded(activities: str = SAID) -> Alliance:
    """An alliance whose text lists these activities."""
    return Alliance(members=3, initiators=3, text=edition_of(TEXT.replace(SAID, activities))).in_force()


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        (SAID, tuple(ACTIVITIES)),
        ("从事大数据科研、教育的行业", ("research", "education")),
        ("从事餐饮外卖的行业", None),
    ],
)
def test_an_annex_is_offered_the_branches_that_the_text_lists(said: str, offered: tuple[str, ...] | None) -> None:
    """All, two, none: where none has a name here, the hint says that the names are not the text's and where it is said."""
    inst = founded(said).inst
    assert joining.stated_by_the_text(inst, ANNEX, SCOPE) == offered
    assert joining.stated_by_the_text(inst, "vote.open/1", SCOPE) is None
    hint = joining.hint(inst, SCOPE)
    assert hint is not None
    assert ("写进附件的文本" in hint[0] and "the annex's own text" in hint[1]) is (offered is None)
    assert ("本文所说的范围" in hint[0]) is (offered is not None)


def test_the_command_line_takes_no_branch_that_the_text_does_not_list() -> None:
    """Named with those it lists, and where another is said."""
    inst = founded("从事大数据科研、教育的行业").inst

    class _Place:
        def __init__(self) -> None:
            self.inst = inst

    place: BookSource = _Place()  # type: ignore[assignment]
    require_listed(place, ["research", "education"], SCOPE)
    with pytest.raises(
        BilingualUsageError, match="--scope vertical：本文没有列出；所列的有 research, education；其他的写进附件的文本"
    ):
        require_listed(place, ["vertical"], SCOPE)
