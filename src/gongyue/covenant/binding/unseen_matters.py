"""What some texts say in words by which no passage is found: 作出决定是否准予加入, duties that are promised (承诺如下：), a change of the text.

Of proposals and questions only: a passage is what the catalogue's words find, and stays so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from msgspec.structs import replace

from gongyue.covenant.binding import unseen_words
from gongyue.covenant.binding.sentences import Sentence, split
from gongyue.covenant.text import Part

DECISION, DUTIES, ADOPTION = "membership.decision", "conduct.duties", "amendment.adoption"
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
UNSEEN = tuple(unseen_words.SAID)
_CHANGE = "(?:修改|修订|修正|修章|增订|增删)"
_ITSELF = "(?:公约|章程|宪章|规约|盟约)"
_CHANGED = re.compile(
    f"{_ITSELF}(?:的|之)?(?:进行|予以|加以|作出?|作必要的?|(?:制定|制订|起草|解释)(?:、|和|与|及|或))*(?:必要的?)?{_CHANGE}"
    f"|{_CHANGE}(?:和|与|及|、|或|补充|解释)*(?:本会|本社|本|协会|联盟|商会|学会)*的?{_ITSELF}"
)
_RULES = "(?:规则|规范|守则|准则|约定|协议|条款|制度)"
_HERE = "(?:本|该|社区|群|治理|管理|上述|以上|这些|对|将)"
_CHANGED_BY = re.compile(
    f"(?:可以?|有权|负责|应当?|须|自行|随时|适时|共同|决定|[^，。；]对){_CHANGE}(?:和|与|及|、|或|补充|解释|完善)*{_HERE}{{0,2}}{_RULES}(?!草案|的?(?:建议|意见))"
    f"|(?:^|[，。；、：:]|{_HERE}){_RULES}(?:的|之)?(?:进行|予以|加以)?{_CHANGE}(?!案|稿|版|日期|时间|记录|历史|的?(?:建议|意见|草案))"
    f"|(?:^|[，。；、：:]|{_HERE}){_RULES}由[^，。；]{{1,12}}{_CHANGE}"
    f"|本(?:{_ITSELF[3:-1]}|{_RULES[3:-1]})(?:可以?|得|应当?|须)?(?:由[^，。；]{{1,12}})?(?:可以?|有权|负责)?(?:根据[^，。；]{{1,12}}|视情况?|随时|适时|定期)?(?:进行|予以|作出?)?(?:调整|更新|变更)"
)
"""Of rules that call themselves by no name of a covenant: 管理员可修改规则, 规则的修改由维护者决定, 本公约可以由执委会根据需要调整."""
_FORBIDDEN = re.compile("(?:不得|不能|不可|不应|禁止|严禁|擅自|无权|未经)[^，。；]*")
_GRAVE = re.compile("(?:重大|重要|特别|特殊)(?:事项|决议|议案|决定)")
_BY_A_SHARE = re.compile("(?:分之|过半|半数)[^。；]*(?:同意|通过|赞成)")
_CHANGED_ALREADY = re.compile(f"{_CHANGE}(?:之?后|过)的?")


def sentences(parts: Iterable[Part], seen: Collection[str]) -> Iterator[tuple[str, Sentence]]:
    """The sentences that say so, of those of these capabilities that have no passage."""
    if all(name in seen for name in (*UNSEEN, ADOPTION)):
        return
    parts = list(parts)
    if ADOPTION not in seen:
        yield from ((ADOPTION, s) for s in _of_grave_matters(parts))
    for part in parts:
        for s in split(part.at, part.text):
            yield from ((n, s) for n, said in unseen_words.SAID.items() if n not in seen and said.holds(s))
            if DECISION not in seen and _admits(s) and not unseen_words.SAID[DECISION].holds(s):
                yield DECISION, s
            if ADOPTION not in seen and unseen_words.ADOPTED.holds(s):
                yield ADOPTION, s
            promised = _PROMISED.search(s.plain) and not _ACCEPTS.search(s.plain)
            if DUTIES not in seen and promised and not unseen_words.SAID[DUTIES].holds(s):
                yield DUTIES, s


def of_a_change(parts: Iterable[Part]) -> Sentence | None:
    """The first sentence that speaks of changing the text: 应组织进行公约修订, 管理中心可对本章程进行修改.

    Asked about where no passage says how a change is adopted: confirmed in a list as absent, it would go by unseen.
    """
    return next(changes(parts), None)


def changes(parts: Iterable[Part]) -> Iterator[Sentence]:
    """Every sentence that speaks of changing the text in words by which no passage is found."""
    for part in parts:
        for s in split(part.at, part.text):
            plain = _FORBIDDEN.sub("", _CHANGED_ALREADY.sub("", s.plain))
            if _speaks_of_a_change(s) or _CHANGED_BY.search(plain):
                yield s


def _speaks_of_a_change(s: Sentence) -> bool:
    """Whether it names the text as a covenant, charter or the like, and its change."""
    return bool(_CHANGED.search(_CHANGED_ALREADY.sub("", s.plain)))


def _of_grave_matters(parts: Collection[Part]) -> Iterator[Sentence]:
    """The sentences that say what grave matters take, where the change of the text is named as one (重大事项指章程的修改)."""
    change = next((s for p in parts for s in split(p.at, p.text) if _speaks_of_a_change(s)), None)
    named = _GRAVE.search(change.plain + change.context) if change else None
    for part in parts if named else ():
        for s in split(part.at, part.text):
            if change and named and named[0] in s.plain and _BY_A_SHARE.search(s.plain):
                yield replace(s, context=f"{s.context}\n{change.plain}")


def _admits(s: Sentence) -> bool:
    """Whether a sentence says that somebody decides whether an applicant is let in."""
    if not _DECIDED.search(s.plain):
        return False
    return bool(_ADMITTED.search(s.plain) or _JOINING.search(s.plain) or _JOINING.search(s.context))
