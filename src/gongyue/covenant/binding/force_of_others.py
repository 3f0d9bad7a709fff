"""Where force is mentioned and the text does not say when it is in force: a duty 监督本公约的实施, and force of later versions alone.

The net of force catches every sentence with the text's name and such a verb, so that no unknown wording hides one. What is let go are three
forms: a body's duty to watch over or help with the text's being carried out, and a member's to carry out resolutions, where the clause has no
word by which force begins, and the latter neither says 施行 nor names the text but as what is obeyed; and a sentence on nothing but versions
changed later, in force on publication as every change is here anyhow.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gongyue.covenant.binding.catalogue import Catalogue
from gongyue.covenant.binding.folding import LABEL

FORCE = "founding.in_force"
_CLAUSE = re.compile("[^，。；：！？,;:!?\n]+")
BEGINS = re.compile(
    "[自从于起后前至始方日年月周届待经须应得可批]|生效|公布|公告|发布|公示|颁布|通过|签署|签字|登记|备案|[0-9]"
)
"""A clause with one of these may say since when, or upon what, the text is in force."""
_DUTY = "监督|督促|检查|督查|指导|保障|保证|推动|推进|促进|协助|配合|参与|组织|负责|评估|宣传"
_WHOSE = "对|各|本|全体|会员|社员|成员|盟员|业主|住户|居民|村民|单位|企业|机构"
"""Between a duty and the text's name nothing else: 配合下元旦本公约实施 says when."""
_CHANGE = "修改|修订|修正|变更|增订"
_PUBLISHED = "(?:自|从)?(?:公布|公告|发布|颁布)(?:之日|日)?(?:起|后|即)?(?:生效|施行|实施|执行)"


def asked_for_nothing(plain: str, by: Catalogue) -> set[int]:
    """The places of folded words that mention force and do not say when the text is in force."""
    duty, obeyed, later, kept = _forms(by.words["self"], by.words["text"])
    if later.fullmatch(_unlabelled(plain).rstrip("。；;")):
        return set(range(len(plain)))
    found = set[int]()
    for clause in _CLAUSE.finditer(plain):
        said = _unlabelled(clause[0])
        resolved = obeyed.fullmatch(kept.sub("", said))
        if (duty.fullmatch(said) or resolved) and not BEGINS.search(said):
            found.update(range(*clause.span()))
    return found


def _unlabelled(words: str) -> str:
    label = LABEL.match(words)
    return words[label.end() :] if label else words


@lru_cache(maxsize=8)
def _forms(own: tuple[str, ...], text: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted(map(re.escape, {*own, *text}), key=len, reverse=True))
    return (
        re.compile(
            f"(?:[^的]{{0,12}}?)(?:{_DUTY})(?:和|并|、|{_DUTY})*(?:{_WHOSE}){{0,4}}?(?:{names})(?:的|之)?(?:贯彻|落实|有效|全面)*(?:实施|施行|执行)(?:情况|工作|状况)?"
        ),
        re.compile(
            f"(?:(?!实施|施行|生效|起效|启用|{names})[^的]){{0,12}}?"
            "(?:遵守|执行|服从|贯彻|维护|拥护)(?:和|并|、|遵守|执行|服从|贯彻|维护)*本[^的章程规约公守]{1,6}?(?:的|之)?(?:各项)?(?:决议|决定|任务|制度|纪律)"
            "(?:(?:和|及|、|以及)(?:各项)?(?:决议|决定|任务|制度|纪律|规章制度))*"
        ),
        re.compile(
            f"(?:凡|每次|历次|今后|以后|经)?(?:{_CHANGE})(?:之?后的|过的)(?:{names}|文本|版本|条款|内容){_PUBLISHED}"
        ),
        re.compile(f"(?:遵守|维护|拥护)(?:{names})"),
    )
