"""Shares that a clause counts in a way nobody carries out: by weights beside heads, in each class, over ballots without abstentions."""

from __future__ import annotations

import re
from collections.abc import Sequence

NO_ABSTENTIONS = re.compile(
    "(?:扣除|剔除|除去|排除|不含|不包括|不计|除)[^，。；]{0,12}弃权[^，。；]{0,4}?(?:后|外|的|票)"
    "|弃权(?:票|者)?[^，。；]{0,6}(?:不计|不算|不列|除外|扣除|剔除|排除|除去)(?!为?(?:同意|赞成|支持))"
)
"""Ballots without abstentions: the rules count an abstention as a ballot."""
_DECIDES = re.compile("同意|赞成|通过|表决|决议|协商一致")
_BESIDES = re.compile("[，,](?:且|并且|并|同时|以及|其)[^，。；\n]{0,40}")
_SHARE = re.compile("分之|[过半]半|半数|[0-9]/[0-9]|[%﹪]")
_EACH = "各(?:个)?(?:类|组|界|片区|地区|分会|行业|级|方)(?:别|界)?(?:的)?(?:成员|会员|单位|社员|代表|人数)*"
_IN_EACH = re.compile(f"(?:分别|各自|均|都)[^，。；]{{0,8}}({_EACH})|({_EACH})[^，。；]{{0,4}}(?:分别|各自|均|都)")


def base_of(
    plain: str, begin: int, end: int, clause: tuple[str, str], weights: Sequence[str]
) -> tuple[str, str] | None:
    """The base of such a share and the words that say so; `clause`: what stands before and after the number in it."""
    before, after = clause
    if _DECIDES.search(before + after):
        near, far = max(0, begin - FAR), min(len(plain), end + FAR)
        start, stop = plain.rfind("\n", near, begin), plain.find("\n", end, far)
        if found := NO_ABSTENTIONS.search(plain, start + 1 if start >= 0 else near, stop if stop >= 0 else far):
            return "weight", found[0]
    beside = _BESIDES.match(plain, end + len(after))
    lead = _BESIDES.match(plain, begin - len(before) - 1) if begin > len(before) else None
    above = plain[max(0, begin - len(before) - FAR) : begin - len(before)] if lead else ""
    above = re.split("[。；\n]", above)[-1].rstrip("，,").rpartition("，")[2]
    for words in (beside[0] if beside else "", above):
        if _SHARE.search(words) and (weighed := next((w for w in weights if w in words), "")):
            return "weight", weighed
    if found := _IN_EACH.search(before):
        return "branch", found[1] or found[2]
    return None


FAR = 120
