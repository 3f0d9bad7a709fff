"""Lists of another sort than that of who joined and left: 失信名单, 红黑榜, 光荣榜. The association keeps those itself; no rule publishes them.

Proposed for the list of members, they would give it the day and the name of another; they are set aside, with what is said of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongyue.covenant.binding.folding import fold

LISTS = ("publication.list", "publication.list_period")
_KINDS = "名单|名录|名册|榜"
_OTHER = re.compile(
    f"(?:失信|黑|红黑?|灰|违规|违约|违法|曝光|惩戒|除名|警示|不良|光荣|表彰|守信|先进|优秀|欠费|处分|处罚){{1,2}}(?:的|行为|单位|会员|成员|企业|村民|人员|记录)*(?:{_KINDS})"
)
_OF_MEMBERS = re.compile(
    f"(?:加入|退出|入会|退会|新增)[^，。；]{{0,12}}(?:{_KINDS})|(?<!失信)(?<!违规)(?<!违约)(?:会员|成员|成员单位|社员|盟员)(?:单位)?(?:{_KINDS})"
)
Said = tuple[str, str]


def named_in(words: str) -> str:
    """The list of another sort that some words name, where they name none of members; empty otherwise."""
    plain = fold("".join(words.split()))
    found = _OTHER.search(plain)
    return found[0] if found and not _OF_MEMBERS.search(plain) else ""


def refused(name: str, sentences: Sequence[str]) -> Said | None:
    """Why nothing is proposed for the list of members where every passage is of another list, and what to answer."""
    named = [named_in(s) for s in sentences] if name in LISTS else []
    if not named or not all(named):
        return None
    other = "、".join(dict.fromkeys(named))
    return (
        f"说的是“{other}”：软件只公布加入及退出的名单，这样的名单由本会自行公布，簿册不记。请记为另一事项（或声明本文无此规定）；条文另有会员名单的，绑定那里的字句",
        f"it is about “{other}”: only the list of who joined and left is published here; lists of this sort the association publishes itself, and the book"
        " has none. Decide it as another matter (or declare this absent); where the text has a list of members besides, bind its words",
    )
