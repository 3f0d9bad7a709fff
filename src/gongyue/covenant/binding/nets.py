"""Nets beside the catalogue's expressions: forms by which a text says when it is in force, who approves it, who changes it.

They go by the form of a clause (自…开始, …日期：, a change that somebody hands in), where the catalogue goes by words: what it misses
would be declared absent in silence. They belong to no version of it and hold for every edition: a clause that was overlooked is a
mistake of ours. Everything is matched folded, the text's own name written over (`self_names`), what the catalogue masks blanked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from gongyue.covenant.binding.catalogue import Catalogue

EFFECT, FORCE, APPROVAL, MADE = "founding.effect", "founding.in_force", "founding.approval", "founding.adoption"
BODY, LIST, APPLICATION = "office.executive", "publication.list", "membership.application"
PROPOSAL, ADOPTION = "amendment.proposal", "amendment.adoption"
SUGGESTED, RIGHT, ASSENTED = "suggested", "right", "assented"
_ALSO = {SUGGESTED: PROPOSAL, RIGHT: ADOPTION, ASSENTED: ADOPTION}
"""Second nets, and whose they are."""

_N = "[0-9〇○零一二三四五六七八九十]"
_BINDS = "生效|起效|有效|发生效力"
_DONE = f"{_BINDS}|施行|实施|执行|试行|实行|推行|启用|适用"
_LABEL = r"(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．]|[-—–*•●·#]+|第.{1,6}[条款项])?"
_DAY = f"(?:{_N}|之|公布|发布|颁布|通过|签署|批准|核准|成立|登记|备案)[日号年月]"
_SINCE = f"[自从由于](?![^，。；]{{0,3}}每)[^，。；：:]{{0,24}}?{_DAY}(?:之?起)?(?:开始|正式|始|即|全面|方|统一)*"
_STEP = "[自从由经待于]|签[署字约]|批准|公布|发布|颁布|公示|通过|审议|表决|讨论|报"
_ANOTHER = "会费|年费|费用|收费|价格|合同|任期|证书|会员证|资格|会籍|处分|处理决定|任命|聘任|决议|标准自|退出|退会"
"""Subjects of a clause that are not the text: since when these hold is no force of it, and would be a guard that nothing satisfies."""
_CHANGE = "修改|修订|修正|变更|增订|修章"
_HANDS_IN = (
    "提交|提呈|递交|呈交|呈送|呈报|上报|报请|报送|送交|交由|提报|发起|启动|牵头|主导|动议|提案"
    "|(?:报|交|送)[^，。；]{1,12}(?:表决|审议|通过|审定|决定|讨论)"
)
_TURNED_IN = f"(?:提交|提出|递交|发起|提议|启动)[^，。；]{{0,8}}?(?:{_CHANGE})(?:的)?(?:建议|意见|案|草案|提案|动议|申请|方案|请求|议案)"
_MUST = "须|应当?|需|已|业"
_OF_ALL = f"^{_LABEL}|[，；：]|(?:重大|任何|所有|一切|实质性?|每次|凡)的?"
_PASSES = "批准|通过|同意|决定|审议|表决|投票|公示|评议|审批|签名|多签|共识"


class Net(msgspec.Struct, frozen=True):
    """What a sentence says; `of`: what it, or its context, has to be about."""

    says: re.Pattern[str]
    of: re.Pattern[str] | None = None

    def holds(self, plain: str, context: str) -> bool:
        """Whether a sentence, as it is matched, is caught."""
        return bool(self.says.search(plain)) and (
            self.of is None or bool(self.of.search(plain) or self.of.search(context))
        )


def _force(verbs: str) -> str:
    """By a day: 由2028年5月22日开始生效; 生效日期：2028年3月1日; 生效：自公布之日; 有效期自…起; or by a step: 经签署后生效."""
    dated = f"{_SINCE}(?:{verbs})"
    of_day = f"(?:{verbs})(?:日期|时间|之?日|起始日?)(?:[：:]|定?为|是|即|由|另)"
    bare = f"^{_LABEL}(?:{verbs})[：:](?=[^，。；]{{0,6}}{_N}|[自从由]|公布|发布|通过|签署|批准)"
    valid = f"^{_LABEL}(?:[^，。；：:]{{0,8}}的)?有效期(?:限|间)?(?:[自从由]|[：:])"
    voted = "(?!(?=[^。；]*(?:分之|半数|多数))[^。；]*(?:同意|赞成|投票|表决|决议))"
    step = f"^{_LABEL}{voted}(?:{_STEP})[^，。；]{{0,24}}?(?:之?后|之?日|起|时)(?:正式|开始|即|全面)*(?:{verbs})(?=[。；]|$)"
    alone = f"{_N}年[^，。；]{{0,8}}?{_N}[日号](?:之?起|正式|开始|即|全面)*(?:{verbs})(?!的)"
    clause = f"(?:^|[，。；：:])(?:(?!{_ANOTHER})[^，。；：:])*?"
    return f"{clause}(?:{dated}|{of_day}|{alone})|{bare}|{valid}|{step}"


def _written(words: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, str]]:
    own, text, approves = _any(words["self"]), _any((*words["self"], *words["text"])), _any(words["approve"])
    assembly = _any((*words["assembly"], "发起人会议", "理事会"))
    inner = _any((*words["body"], *words["assembly"], "会员", "成员", "全体", "发起"))
    others = f"(?:(?!{inner})[^，。；]){{0,20}}?"
    change = f"(?:{_CHANGE})[^。；]{{0,12}}?{text}|{text}[^。；]{{0,12}}?(?:{_CHANGE})"
    carried = "组织|实施|执行|落实|推行|推进|管理|运作"
    passed = f"(?:{_CHANGE})(?:须|需|应当?|必须|要|将|得|由)[^。；]{{0,40}}?(?:{_PASSES})"
    return {
        EFFECT: (_force(_BINDS), ""),
        FORCE: (_force(_DONE), ""),
        APPROVAL: (
            f"{own}[，]?(?:{_MUST})?(?:经|由|报|呈|送|待|获得?|得){others}{approves}"
            f"|^{_LABEL}(?:{_MUST})?[经由报呈]{others}{approves}[^，。；]{{0,4}}(?:发布|公布|颁布|签署|执行|试行|印发)",
            "",
        ),
        MADE: (f"{own}(?:{_MUST})?[经由于自是在][^，。；]{{0,24}}?{assembly}[^，。；]{{0,10}}?(?:通过|议决|决议|表决|审议)", ""),
        BODY: (f"负责[^，。；]{{0,12}}?{own}[^，。；]{{0,6}}?(?:{carried})|负责(?:{carried})[^，。；]{{0,8}}?{own}", ""),
        LIST: ("公开的?(?:名录|名册|名单)", ""),
        APPLICATION: ("申请列入", ""),
        PROPOSAL: (f"{_HANDS_IN}|{_any([w for w in words['propose'] if '…' not in w])}", change),
        SUGGESTED: (_TURNED_IN, ""),
        ADOPTION: (
            f"{own}(?:通过|经|由|按照?|依照?|依据)[^，。；]{{1,40}}?(?:{_CHANGE}|更新)|(?:{_OF_ALL}){passed}"
            f"|{own}的?(?:{_CHANGE})(?:工作)?(?:由|归|属)|(?:可以?|有权|得|随时)[^，。；]{{0,8}}(?:{_CHANGE})[^，。；]{{0,4}}{own}",
            "",
        ),
        ASSENTED: (_any([w for w in words["assent"] if "…" not in w]), change),
        RIGHT: (f"(?:{_CHANGE})权", text),
    }  # fmt: skip


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


def nets(by: Catalogue) -> dict[str, tuple[Net, ...]]:
    """The nets of the capabilities that a catalogue has, with its names of texts, bodies and approvals."""
    made: dict[str, tuple[Net, ...]] = {}
    for written, (says, of) in _written(by.words).items():
        name = _ALSO.get(written, written)
        if name in by.capabilities:
            made[name] = (*made.get(name, ()), Net(re.compile(says), re.compile(of) if of else None))
    return made
