"""Before anything is declared absent, the passage that comes nearest to it is quoted, and whatever is not near is not."""

from __future__ import annotations

import pytest

from gongyue.covenant.binding import absences
from gongyue.covenant.binding.draft import begin
from gongyue.covenant.binding.nearest_wording import nearest
from gongyue.covenant.binding.questions import of_capability

TEXT = """竹溪村民约定
第一条 村务组为本约定的执行机构。
第二条 村民应当爱护环境，不得乱倒垃圾。
第三条 邻里有矛盾的，请村里的长辈说和。
第四条 本约定自签署之日起生效，自公布之日起施行。
"""


def _near(capability: str) -> str:
    d = begin(TEXT.encode(), "约定.txt")
    said = absences.near(d, of_capability(d, capability))
    return said[0] if said else ""


@pytest.mark.parametrize(
    ("capability", "quoted"),
    [
        ("conduct.duties", "第2条“村民应当爱护环境，不得乱倒垃圾。”说到“应当、不得”"),
        ("dispute.mediation", "第3条“邻里有矛盾的，请村里的长辈说和。”说到“矛盾”"),
        ("publication.covenant", "说到“公布”"),
    ],
)
def test_the_nearest_passage_is_quoted_with_the_words_that_speak_of_it(capability: str, quoted: str) -> None:
    """Whatever the reader did not find."""
    assert quoted in _near(capability)


@pytest.mark.parametrize("capability", ["vote.proxy", "office.term", "annex.initiation", "users.rights"])
def test_nothing_is_quoted_where_no_word_of_its_object_stands(capability: str) -> None:
    """An absence without anything near stays a line by itself."""
    assert _near(capability) == ""


def test_the_sentence_with_most_words_of_the_object_is_the_nearest() -> None:
    """Not the first that has one."""
    text = TEXT.replace("村民应当爱护环境，不得乱倒垃圾", "纠纷由村务组调解，协商解决")
    parts = begin(text.encode(), "约定.txt").read.parts.values()
    assert nearest(parts)["dispute.mediation"].sentence.at == "2"  # 矛盾 in article 3 is one word alone
