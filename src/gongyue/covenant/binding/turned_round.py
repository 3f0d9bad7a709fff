"""Bound words that their own sentence turns round: 不可以对本公约进行修改 lets nobody change the text, 暂缓施行 puts nothing in force.

What negates, forbids, suspends or unsays the verb that a rule goes by is refused. 不少于, 无记名 and 未经…不得 turn nothing round, and
where no rule tells, the sheet and `verify` quote the clause. Of words that are prohibitions by nature nothing is asked.
"""

from __future__ import annotations

import re

from gongyue.covenant.binding.catalogue import en_of, zh_of
from gongyue.covenant.binding.folding import fold, joined
from gongyue.covenant.binding.records import Binding, Fault, place_of
from gongyue.covenant.binding.requirements import clause_around
from gongyue.covenant.text import Part

_BY_NATURE = (
    "conduct.", "law.", "competition.", "users.", "society.", "bulletin.", "petition.", "inspection.", "dispute.",
    "membership.lapse", "vote.proxy", "vote.secret", "termination",
)  # fmt: skip
"""Capabilities whose words forbid, leave or end something by nature, or that no rule goes by."""
_ASKING = ("founding.", "amendment.", "annex.", "vote.")
"""Capabilities that ask for something: whoever dispenses with it turns them round; who leaves without asking does not."""
_SANCTIONS = "sanction."

_CHANGED = "修改|修订|修正|变更|增删|增订"
_AGREED = "同意|通过|赞成|议决|决议|表决"
_PUBLISHED = "公布|公告|发布|公示|公开|颁布|通报|告知|通知"
_STANDS = "生效|起效|施行|实施|执行|成立|有效|具有|产生|发生"
_JOINS = "加入|申请|邀请|参加|接纳|吸收|成为|入会|提出|接受"
_VERBS = {
    "founding.covenant": "制定|制订|订立|订定|缔结|遵守",
    "founding.signature": f"签字|签署|签章|签名|签订|盖章|{_STANDS}",
    "founding.approval": f"批准|核准|核备|核定|同意|审查|审核|登记|许可|{_STANDS}",
    "founding.filing": "备案|备查|报备|存查",
    "founding.adoption": _AGREED,
    "founding.effect": _STANDS,
    "founding.in_force": f"{_STANDS}|适用|公布",
    "publication.": _PUBLISHED,
    "membership.withdrawal": f"有权|退出|退会|退社|退盟|离会|脱离|{_PUBLISHED}",
    "membership.decision": f"决定|答复|审核|审查|审议|{_JOINS}",
    "membership.industry": "[所是]?[指称]",
    "membership.": _JOINS,
    "office.executive": "作为|担任|负责|执行|为|是|设",
    "report.file": "有权|检举|举报|投诉|告发|揭发",
    "investigation": "调查|核查|查证|查处|核实",
    "result.publish": _PUBLISHED,
    "sanction.": "给予|予以|处以|作出|决定",
    "appeal": "申诉|申辩|陈述|复核|复议|听证|申请|提出",
    "oversight.complaint": "有权|监督|检举|举报|投诉|质询|批评",
    "amendment.proposal": f"提议|提案|提出|提请|动议|联名|连署|{_CHANGED}",
    "amendment.approval": f"批准|核准|核备|同意|审查|审核|备案|备查|报|亦同|{_CHANGED}",
    "amendment.": f"{_AGREED}|{_CHANGED}",
    "vote.resolution": _AGREED,
    "vote.presence": "视为|视同|即为|计为|算作|作为",
    "annex.": f"同意|赞成|批准|作为|发起|制订|制定|订立|{_PUBLISHED}|{_STANDS}",
    "interpretation.authority": "解释",
}
"""By the first of these names that a capability begins with: the verbs that a rule carries out."""
_NOT = "(?:不|未|无法|无从|勿|莫|毋|没有?|非(?=[经由以为可]))"
_BARRED = "(?:并非|暂缓|暂停|停止|中止|禁止|严禁|无权|没有权)"
_MAY = "(?:可以?|得以?|能够?|应当?|准许?|许|予以?|再|曾|必|宜|会|进行)+"
_BY = "[经由对将向自以在就与被][^的者，。；不未]{0,40}?"
_HOW = "[^的者，。；不未时后也均都可]{0,6}?"
"""A negation governs the verb that follows: what may be, by whom or how stands between, but no other who (的, 者) and no when."""
_THEN = {
    "amendment.": f"{_CHANGED}|通过|成立|有效",
    "annex.": f"作为|制订|制定|{_PUBLISHED}|{_STANDS}",
    "founding.": f"生效|起效|施行|实施|成立|有效|{_AGREED}",
}
"""What the clause after a condition lets happen, by the beginning of the capability's name."""

_HARMLESS = re.compile(
    "不[得应能可宜]?(?:少于|低于|超过|多于|高于|大于|小于|迟于|晚于|早于|逾)|[无不]记名|无(?:条件|偿|关|限|异议|人反对|故|正当理由)"
    "|不得?(?:无故)?(?:拒绝|阻止|阻挠|阻碍|妨碍|干涉|限制|剥夺|无故)|不受(?:限制|约束|影响)|不以[营盈]利为目的|不经常|不满意"
    "|不(?:同(?!意)|良|当|正当|适当|法|利|特定|定期|可抗力|断|仅|但|设区|动产|限于|同意见)|[不无]论(?![^，。；]{0,30}与否)"
    "|非(?:会员|成员|营利|盈利|政府|法|公有?制|公开|正式|正当|现场|常)|未(?:尽事宜|成年|来|公开)|免(?:费|职)|[避难以]免|[是能可与]否|否[则决]"
    "|(?:原|旧|此前|以前|同时)[^，。；]{0,20}(?:废止|作废|失效|停止[施执]行)|停[业权车]|封禁|缓[解和冲]"
)
"""Standard forms in which such a character turns nothing round."""
_GROUNDS = re.compile("拒不|屡教不改|[逾仍]期?不|不(?:履行|遵守|执行|改正|缴纳|服从|配合|按|依)")
"""For what sanctions are imposed."""
_PENALTIES = re.compile("暂停|停止|中止|禁言|禁止[^，。；]{0,6}|停权|免除|不予|不得")
_ANY = re.compile("[不未非无勿莫毋免禁否]|没有|暂缓|缓[办行议期]|暂停|停止|中止|废止|作废|失效")

_DENIED = "[不无]论|并非|绝非|决非|禁止|严禁|暂缓|缓行|暂停|暂不|停止|中止|不再|勿论|纵未"
_BEGINS = re.compile(f"^(?:并且?|且|也|均|都|应当?|应予)?(?:{_DENIED})")
_ENDS = re.compile("(?:不足为[凭据信训]|不算数|不作数|云云|之说|一节|(?:一节|一款|一项|此句|[之的]规定)作废)$")
_UNREAL = re.compile(f"{_DENIED}|作废")
_OF_PEOPLE = (_SANCTIONS, "membership.", "report.", "oversight.")
"""Of those that are sanctioned, leave or complain such words are part of the matter, but where they begin or end the clause."""
_HEARSAY = re.compile(
    "据传|据说|据闻|传闻|传言|听说|相传|谣传"
    "|(?:会长|理事长|主席|秘书长|执行机构|联盟|协会|理事会|发起单位)(?:愿意|乐意|高兴|情愿|有意)(?:时|的话|之时|的)?(?:[，,]|$)"
)
"""What is only told, or holds as somebody pleases: anywhere in the sentence up to the end of the clause."""
_DISPENSED = re.compile("(?:无须|无需|毋须|毋需|不须|不需|不必|毋庸|无庸)|免(?:经|于|予|除|去)|豁免")
_WITHOUT = re.compile("(?:未|非|不|没有?)(?:能)?(?:经过?|获得?|得到|取得|达到?|满|足)|不[足到待]|少于|低于|除非")
"""What a consequence is missing for: 未经…不得, 不足…无效 ask for what they name."""
_REFUSED = re.compile(
    "不(?:得|能|可|予|应|准|许|(?:发生|产生)?效力|生效|成立|通过|作为|具|视为|受理|施行|实施|公布|算)|无效|作废|禁止|无权|流会|延期|另行|重新"
)


def fault(b: Binding, part: Part) -> Fault | None:
    """Why what is bound is not what the text says: its sentence negates, forbids, suspends or unsays it."""
    if b.capability.startswith(_BY_NATURE) or not (words := _turning(b, part)):
        return None
    return Fault(
        "against", b.capability, b.at,
        f"{zh_of(b.capability)}：{part.label}“{b.words}”所在的句子写“{words}”，把它否定、禁止、暂停或说成不实，软件不能当作有此规定执行；"
        "请改选字句，或记为另一事项，或改写条文",
        f"{en_of(b.capability)}: the sentence of {part.label} “{b.words}” says “{words}”, which negates, forbids, suspends or unsays it, and"
        " it cannot be carried out as if it held: select other words, decide it as another matter, or write the clause anew",
    )  # fmt: skip


def doubt(b: Binding, part: Part) -> tuple[str, str] | None:
    """What the sheet and `verify` say of a clause with a negation of which no rule tells what it negates."""
    if b.capability.startswith(_BY_NATURE):
        return None
    head, clause, tail = _around(b, part)
    plain = _plain(b, clause)
    if not _ANY.search(plain) or _asks_for(head, plain, tail):
        return None
    return (
        f"{zh_of(b.capability)}：所绑定的句子里有否定：“{clause}”，软件照所绑定的字句执行，请核对它否定的是什么",
        f"{en_of(b.capability)}: the sentence that is bound has a negation: “{clause}”; what is bound is carried out, so see what it negates",
    )


def _turning(b: Binding, part: Part) -> str:
    """The words that turn the bound ones round, empty where nothing does."""
    head, clause, tail = _around(b, part)
    if m := _HEARSAY.search(head + clause):
        return m[0]
    plain, asking = _plain(b, clause), b.capability.startswith(_ASKING)
    if m := _BEGINS.search(plain) or _ENDS.search(plain):
        return m[0]
    if _asks_for(head, plain, tail):
        return ""
    if not b.capability.startswith(_OF_PEOPLE) and (m := _UNREAL.search(plain)):
        return m[0]
    if asking and b.kind not in ("share", "period") and (m := _DISPENSED.search(plain)):  # `not_asked` tells of numbers
        return m[0]
    if asking and b.capability != "vote.quorum" and (m := _WITHOUT.search(plain)) and m[0][0] not in "少低除":
        return m[0]
    return _negated(b.capability, plain) or _nothing_then(b.capability, tail)


def _negated(capability: str, plain: str) -> str:
    """The negation that governs a verb of the capability."""
    found = re.search(_governs(verbs), plain) if (verbs := _of(_VERBS, capability)) else None
    return found[0] if found else ""


def _nothing_then(capability: str, tail: str) -> str:
    """The clause after a condition, where it forbids what the condition is of: 经…同意，不可以对本公约进行修改."""
    then, verbs = next(iter(_clauses(tail)), ""), _of(_THEN, capability)
    found = re.match(f"(?:也|均|都|仍|即|则|亦|本公约)?{_governs(verbs)}", then) if verbs else None
    return found[0] if found else ""


def _of(verbs: dict[str, str], capability: str) -> str:
    return next((v for name, v in verbs.items() if capability.startswith(name)), "")


def _governs(verbs: str) -> str:
    """A pattern of these verbs negated, where the clause is not of somebody who does not do so (不同意修改的单位)."""
    return f"(?:{_NOT}(?:{_BY}|{_MAY}(?:{_BY}|{_HOW}))?|{_BARRED}[^的者，。；不未]{{0,40}}?)(?:{verbs})(?![^，。；]{{0,2}}[的者])"


def _asks_for(head: str, plain: str, tail: str) -> bool:
    """Whether two negations make a requirement, in the clause (未经同意不得) or with the one beside it."""
    if missing := _WITHOUT.search(plain):
        then = next((c for c in _clauses(tail) if not _WITHOUT.search(c)), "")
        return bool(_REFUSED.search(plain, missing.end()) or _REFUSED.search(then))
    before = next(iter(_clauses(head)[::-1]), "")
    return bool(_WITHOUT.search(before) and _REFUSED.search(plain))


def _plain(b: Binding, clause: str) -> str:
    """The clause with what turns nothing round blanked; of sanctions, those that may be imposed; of leaving, that nobody is asked."""
    plain = _HARMLESS.sub(_blank, clause)
    if b.capability.startswith("membership.withdrawal"):
        plain = _DISPENSED.sub(_blank, plain)
    if not b.capability.startswith(_SANCTIONS):
        return plain
    imposed = re.search("给予|予以|处以|作出", plain)
    place = imposed.end() if imposed else 0
    plain = _GROUNDS.sub(_blank, plain)
    if b.capability == "sanction.conditions":
        return plain
    return plain[:place] + _PENALTIES.sub(_blank, plain[place:])


def _blank(found: re.Match[str]) -> str:
    return "〇" * len(found[0])


def _clauses(text: str) -> list[str]:
    return [c for c in re.split("[，,：:]", text) if c.strip("。；！？;!?")]


def _around(b: Binding, part: Part) -> tuple[str, str, str]:
    """What the sentence says before the clauses of the bound words, these clauses, and what it says after them."""
    begin = place_of(part, b.words, b.nth)
    start, stop = clause_around(part.text, begin, begin + len(b.words))
    first, last = clause_around(part.text, start, stop, "。；！？;!?\n")
    first, last = min(first, start), max(last, stop)
    head, clause, tail = part.text[first:start], part.text[start:stop], part.text[stop:last]
    return fold(joined(head)[0]), fold(joined(clause)[0]).strip("，。；,;：:"), fold(joined(tail)[0])
