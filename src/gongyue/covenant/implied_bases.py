"""Of whom a share is counted whose own clause does not say: of those that its sentence has just had attend, or vote.

应有半数以上会员出席，三分之二以上同意 asks for two thirds of those present, not of all; who sits on a body, of that body.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from gongyue.covenant.numerals import CHINESE

FAR = 120
_N = f"[0-9{CHINESE}]{{1,4}}"
_SHARE = f"(?:{_N}分之{_N}|[0-9]{{1,3}}/[0-9]{{1,3}}|[0-9.]{{1,5}}[%﹪]|过?半数|过半)"
_SHARES = re.compile(_SHARE)
_COME = "出席|到会|参会|与会|到场|参加"
_QUORUM = re.compile(
    f"{_SHARE}(?:以上|多数)?(?:[（(][^（）()]{{0,8}}[）)])?[的之]?[^，。；：\\n]{{0,12}}?(?P<come>{_COME})(?!率|表决|投票)"
    f"|(?P<rate>(?:{_COME}|签到)率)[^，。；：\\n]{{0,8}}{_SHARE}"
)
_ATTENDING = re.compile(
    "(?P<come>出席|到会|参会|与会|到场|在场|实到)(?:本次)?(?:会议|大会)?[的之]?"
    "(?P<who>全体|会员|成员|社员|代表|理事|监事|董事|委员|议员|单位|业主|住户|居民|村民|人员|人|者)"
)
_SEATED = re.compile("理事|监事|董事|委员|议员|代表")
_VOTING = re.compile("(?P<vote>(?:参加|参与)(?:投票|表决))")
_DECIDES = re.compile(
    "(?:以上|多数)?(?:[（(][^（）()]{0,8}[）)])?(?:以上|多数)?[的之]?(?:票数?)?(?:表决)?[的之]?"
    "(?:同意|赞成|支持|通过|表决|决议|可决|议决|认可|决定)"
)
_NAMED = re.compile(
    "会员|成员|社员|盟员|代表|理事|监事|董事|委员|议员|[干幹]部|业主|住户|居民|村民|股东|单位|用户|同学|学生|全[体系班校员]|[总名]数"
)
"""Who is named in the clause itself: then it says of whom."""
_ASSEMBLIES = re.compile("(?:会员|成员|社员|业主|住户|居民|村民|股东|学生|用户)?(?:代表)?大会")
_TOOK_PART = re.compile("参加[的之]?(?:成员|会员|社员|人员|人数)")
_GOES_ON = re.compile("[（(0-9一二三四五六七八九十）)、.]{0,4}(?:其|该会|会议|大会|决议|决定)")
_OPENS = re.compile("[，,：:、]|且|并|而")


def base_of(
    plain: str, begin: int, end: int, before: str, of: Callable[[str, int, int], tuple[str, str] | None]
) -> tuple[str, str] | None:
    """The base that the sentence implies and its words; `before` is the share's clause up to it, `of` reads another share.

    None where the share decides nothing, its clause names somebody, or nothing above it says who is there.
    """
    if not _DECIDES.match(plain, end, end + 24):
        return None
    own = _OPENS.split(before)[-1]
    if _NAMED.search(_ASSEMBLIES.sub("", _TOOK_PART.sub("", own))):
        return None
    start = _sentence(plain, begin)
    found = _last(plain, start, begin - len(own))
    if found is None and start and _GOES_ON.match(plain, start):
        found = _last(plain, _sentence(plain, start - 1), start, _QUORUM)
    if found is None:
        return None
    if found.re is _VOTING:
        return "voting", found["vote"]
    if found.re is _ATTENDING:
        return ("body", found["who"]) if _SEATED.fullmatch(found["who"]) else ("present", found["come"])
    share = _SHARES.search(plain, found.start(), found.end())
    assert share is not None
    base, words = of(plain, share.start(), share.end()) or ("", "")
    return (
        (base, words) if base in ("body", "weight", "branch") and words else ("present", found["come"] or found["rate"])
    )


def _sentence(plain: str, at: int) -> int:
    near = max(0, at - FAR)
    return max(near, *(plain.rfind(stop, near, at) + 1 for stop in "。；\n"))


def _last(plain: str, start: int, end: int, *only: re.Pattern[str]) -> re.Match[str] | None:
    found = [m for p in only or (_QUORUM, _ATTENDING, _VOTING) for m in p.finditer(plain, start, end)]
    return max(found, key=lambda m: m.end(), default=None)
