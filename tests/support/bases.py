"""Texts whose votes are counted of others than the whole roll, or need a quorum: the seed's articles 22 and 24 in other words."""

from __future__ import annotations

from functools import cache

from gongyue.covenant.edition import Edition
from support.editions import TEXT, edition_of

ADOPTION, CONSENT = "经三分之二以上成员单位同意", "经公约成员单位同意后"
PRESENCE = "以书面或者电子方式投票的，视为出席。"
TWO_THIRDS_ATTEND = "表决须有三分之二以上成员单位参加方为有效。"
MOST_ATTEND = "表决须有过半数成员单位参加方为有效。"
PRESENT = "经出席会议的三分之二以上成员单位同意"
MORE_PRESENT = "经出席会议的成员单位超过三分之二同意"
VOTING = "经参加表决的三分之二以上成员单位同意"
BRANCH = "经该分支三分之二以上成员单位同意后"


@cache
def text_with(adoption: str = ADOPTION, more: str = "", consent: str = CONSENT) -> Edition:
    """The seed's text with that share of consent, more sentences in article 22, and that consent to annexes, each bound."""
    text = TEXT.replace(ADOPTION, adoption).replace("可以对本公约进行修改。", f"可以对本公约进行修改。{more}")
    bound = {"amendment__adoption": ("22", adoption), "annex__consent": ("24", consent)}
    for sentence in (
        s for s in (PRESENCE, TWO_THIRDS_ATTEND, MOST_ATTEND, more.removeprefix(PRESENCE)) if s and s in more
    ):
        bound.setdefault("vote__presence" if sentence == PRESENCE else "vote__quorum", ("22", sentence.rstrip("。")))
    return edition_of(text.replace(CONSENT, consent), **bound)
