"""Shares of the ballots that were cast: what consents, or what somebody receives."""

from __future__ import annotations

import re

from gongyue.covenant.forms import COMPARED

_OF_BALLOTS = re.compile("(?:以上)?[的之]?(?:绝对)?(多数(?:票|投票|表决)|(?:赞成|同意|支持)票)")
_BY_VOTE = re.compile("(投票|表决)(?:的?方式)?(?:[来以]?(?:决定|通过|按照?|依照?))?[（(]$")
"""以投票方式决定（2/3多数）, 投票（2/3）决定."""
_RECEIVED = re.compile("(?:以上)?[的之]?((?:有效)?(?:票数|选票|选举票|票(?!权)))")
_RECEIVES = re.compile("获得?|取得|得到|赢得")
_BALLOTS_BEFORE = re.compile(
    f"((?:同意|赞成|支持|反对|弃权|得|获)票(?:数|率)?|(?:同意|赞成|支持|通过)率)(?:[的之在为需占超]|{COMPARED})*$"
)
"""Ballots that consent, or that somebody receives, are a share of those that were cast (赞成票达到三分之二, 以三分之二多数票)."""


def base_of(before: str, after: str) -> tuple[str, str] | None:
    """Those voting, and the words that say so, from what stands before and after the share in its clause."""
    found = _OF_BALLOTS.match(after) or _BALLOTS_BEFORE.search(before) or _BY_VOTE.search(before)
    found = found or (_RECEIVED.match(after) if _RECEIVES.search(before) else None)
    return ("voting", found[1]) if found else None
