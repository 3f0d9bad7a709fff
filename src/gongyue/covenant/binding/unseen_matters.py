"""What some texts say in words by which no passage is found: 作出决定是否准予加入, and duties that are promised (承诺如下：).

Of proposals and questions only: a passage is what the catalogue's words find, and stays so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from gongyue.covenant.binding.sentences import Sentence, split
from gongyue.covenant.text import Part

DECISION, DUTIES = "membership.decision", "conduct.duties"
_ADMIT = "准予|准许|接纳|接收|吸收|吸纳"
_WHETHER = f"是否(?:予以)?(?:{_ADMIT}|同意|批准|通过)(?!登记|注册|设立|成立|延期|立案|受理|变更|公开)"
_DECIDED = re.compile(
    f"(?:决定|讨论|议决|表决|答复|审定|作出)[^，。；]{{0,10}}{_WHETHER}|{_WHETHER}[^，。；]{{0,10}}(?:的决定|由[^，。；]{{1,12}}决定)"
    f"|决定(?:予以)?(?:{_ADMIT})"
)
_JOINING = re.compile("加入|入会|入社|入盟|申请(?!书?公开)|新(?:会员|成员)|[会成社盟]员(?:单位)?(?:资格)?$")
_ADMITTED = re.compile(
    f"是否(?:予以)?(?:接纳|吸收|吸纳)|决定(?:予以)?(?:接纳|吸收|吸纳)|(?:{_ADMIT})[^，。；]{{0,6}}(?:加入|入会|为[^，。；]{{0,6}}[会成]员)"
)
_PROMISED = re.compile(
    "(?:郑重|共同|自愿|庄严|公开|一致|特此|特)承诺|承诺(?:如下|[：:])"
    "|(?:成员|会员|签署|签约|缔约|加盟|参与|发起|倡议)(?:单位|企业|机构|各?方|者)?(?:均|都|共同|应当?)?承诺|^(?:我们|我单位|本单位|各单位)(?:共同)?承诺"
)
_ACCEPTS = re.compile("承诺(?:自愿)?(?:接受|遵守|履行|拥护)(?:本|该)")
"""Whoever joins promises to keep the text: that is accepting it."""
UNSEEN = (DECISION, DUTIES)


def sentences(parts: Iterable[Part], seen: Collection[str]) -> Iterator[tuple[str, Sentence]]:
    """The sentences that say so, of those of these capabilities that have no passage."""
    if all(name in seen for name in UNSEEN):
        return
    for part in parts:
        for s in split(part.at, part.text):
            if DECISION not in seen and _admits(s):
                yield DECISION, s
            if DUTIES not in seen and _PROMISED.search(s.plain) and not _ACCEPTS.search(s.plain):
                yield DUTIES, s


def _admits(s: Sentence) -> bool:
    """Whether a sentence says that somebody decides whether an applicant is let in."""
    if not _DECIDED.search(s.plain):
        return False
    return bool(_ADMITTED.search(s.plain) or _JOINING.search(s.plain) or _JOINING.search(s.context))
