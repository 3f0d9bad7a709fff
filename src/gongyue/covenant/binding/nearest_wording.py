"""The passage that comes nearest to what is about to be declared absent: where a word of its own object stands somewhere in the text.

Shown beside the absence before it is confirmed, and nothing more: what is a passage, and what is lawful, the catalogue alone decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from gongyue.covenant.binding.sentences import Sentence, split
from gongyue.covenant.text import Part

_LISTS = "名单|名录|名册|清册|[红黑]榜|光荣榜|曝光台|公示栏"
_OBJECTS = {
    "interpretation.authority": "解释",
    "founding.covenant": "制定|制订|订立|议定|起草",
    "founding.filing": "备案|备查|报备|存档",
    "founding.adoption": "(?:大会|会议|表决|审议)[^，。；]{0,12}通过",
    "founding.effect": "生效|起效|效力",
    "publication.covenant": "公布|公示|发布|张贴|公告",
    "publication.within": "[日天周月]内[^，。；]{0,8}(?:公布|公示|发布|张贴|公告)",
    "amendment.in_effect": "(?:期间|期内|随时|每[年届])[^，。；]{0,12}(?:修改|修订|修正)",
    "amendment.proposal": "提议|提案|动议|(?:提出|建议)[^，。；]{0,8}(?:修改|修订|修正)|(?:修改|修订|修正)[^，。；]{0,8}(?:提出|建议)",
    "amendment.adoption": "修改|修订|修正|修章",
    "amendment.approval": "(?:修改|修订|修正)[^。；]{0,40}(?:报[^，。；]{0,12}[批核备]|批准|核准|备案)",
    "vote.quorum": "出席|到会|参会|法定人数|投票率",
    "vote.resolution": "决议|(?:表决|决定|讨论)[^，。；]{0,16}(?:通过|同意)|半数|多数|分之",
    "vote.proxy": "委托|代理|代为|代投",
    "vote.secret": "无记名|不记名|匿名|秘密",
    "membership.industry": "适用|范围|所称|是指",
    "membership.invitation": "倡议|号召|欢迎|邀请",
    "membership.first_batch": "发起|首批|第一批|创始",
    "membership.practitioner": "条件|资格|凡|任何|均可|都可以",
    "membership.acceptance": "接受|承认|认同|拥护|同意本|遵守本",
    "membership.application": "申请|报名|登记|加入|入会",
    "membership.decision": "审核|审批|审查|批准|接纳|吸收",
    "membership.withdrawal": "退出|退会|退社|离开|脱离",
    "membership.withdrawal_condition": "退出|退会|退社|离开|脱离",
    "membership.lapse": "丧失|失去|自动|除名|取消[^，。；]{0,4}资格|视为[^，。；]{0,4}退",
    "publication.list": _LISTS,
    "publication.list_period": f"(?:{_LISTS})[^。；]{{0,20}}(?:每|定期|按[年季月])|(?:每|定期|按[年季月])[^。；]{{0,20}}(?:{_LISTS})",
    "office.term": "任期|换届|改选|连任|每届",
    "conduct.duties": "不得|严禁|禁止|应当|必须|自觉",
    "dispute.mediation": "纠纷|争议|调解|协商|矛盾",
    "report.file": "举报|检举|投诉|揭发|反映",
    "investigation": "调查|核实|查证|查明|取证",
    "result.publish": "(?:结果|处理|处分|处罚|违[反规约])[^。；]{0,20}(?:公布|通报|公示|公告|曝光|张贴)",
    "sanction.list": "警告|批评|通报|除名|取消|暂停|禁言|移除|处罚|处分|惩戒|扣除|罚|榜",
    "sanction.conditions": "违反|违约|违规|情节|屡教",
    "sanction.decider": "(?:由|经)[^，。；]{1,12}(?:处理|处分|处罚|给予|决定|批评|警告|除名)|(?:处理|处分|处罚|除名)[^，。；]{0,10}(?:由|经)",
    "appeal": "申诉|复核|复议|异议|申辩|陈述|不服",
    "oversight.complaint": "监事|监督",
    "conduct.other": "鼓励|倡导|提倡|支持|宗旨|原则",
    "law.observance": "法律|法规|守法",
    "competition.fair": "竞争|垄断|价格|商誉|诋毁|同行|同业",
    "users.rights": "用户|消费者|客户|顾客|隐私|权益",
    "society.supervision": "社会监督|舆论|公众|媒体",
    "bulletin.issue": "信息|动态|交流|通告|简报",
    "petition.forward": "诉求|意见|呼声|反映|困难",
    "inspection.plan": "检查|抽查|督促|巡查|评估|考核",
    "annex.initiation": "附件|细则|分支|专项|补充协议",
    "annex.consent": "(?:附件|细则|分支|专项|补充协议)[^。；]{0,20}(?:同意|通过)",
    "annex.publication": "(?:附件|细则|分支|专项|补充协议)[^。；]{0,20}(?:公布|公示|发布|附)",
    "termination": "解散|终止|注销|清算|废止",
}
"""Words of each capability's own object, known and unknown to the reader; not of guards, which no list has."""
LONGEST = 400
"""Characters of a sentence that are looked at: one that is longer was made to tire its reader."""


class Near(NamedTuple):
    """A sentence and the words in it that speak of the object."""

    sentence: Sentence
    words: str


def nearest(parts: Iterable[Part]) -> dict[str, Near]:
    """For each capability the sentence with most words of its object, the first of those alike; none where no word of it stands."""
    found: dict[str, tuple[int, Near]] = {}
    patterns = {name: re.compile(words) for name, words in _OBJECTS.items()}
    for part in parts:
        for s in split(part.at, part.text):
            plain = s.plain[:LONGEST]
            for name, pattern in patterns.items():
                several = dict.fromkeys(m[0] for m in pattern.finditer(plain))
                if len(several) > found.get(name, (0,))[0]:
                    found[name] = len(several), Near(s, "、".join(several))
    return {name: near for name, (_, near) in found.items()}
