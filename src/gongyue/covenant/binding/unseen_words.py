"""The words by which some texts say what no passage of the catalogue finds: 由社长团视情节给予以下处分, 可以申请成为核心成员.

Of proposals and questions only, like `unseen_matters`, and of a capability without any passage: a person decides. Folded.
"""

from __future__ import annotations

import re

from gongyue.covenant.binding.sentences import Sentence

_W = "[^，。；：,;:]"
_IN = "(?:会员|社员|成员|盟员|维护者)"
_WHO = "会员|社员|成员|盟员|维护者|商户|签约|签署|加盟|业主|单位"
_BREACH = re.compile("违反|违约|违规|处分|处理|惩戒|情节")
_LAWS = "(?:法律|法规|法令|(?:[护全络务费争同]|民)法(?=[等及和与、，。；]|$))"


class _Said:
    """`says` in the sentence, `about` in it or around it, nothing of `unless` in it."""

    def __init__(self, says: str, about: str = "", unless: str = "(?!)") -> None:
        self.says, self.about, self.unless = re.compile(says), re.compile(about), re.compile(unless)

    def holds(self, s: Sentence) -> bool:
        """Whether the sentence says it."""
        around = f"{s.plain}\n{s.context}"
        return bool(self.says.search(s.plain) and self.about.search(around) and not self.unless.search(s.plain))


_IMPOSES = "(?:给予|予以|处以|作出|采取)"
_LISTS = f"{_IMPOSES}(?:以下|下列|如下|左列)(?:的?一种或(?:几|多|数)种)?{_W}{{0,10}}(?:措施|处理|处分|处罚|惩戒)"
SAID: dict[str, _Said] = {
    "membership.application": _Said(
        f"申请成为{_W}{{0,8}}{_IN}|申请[^。；]{{0,40}}(?:即为|即?可?成为){_W}{{0,8}}{_IN}|提交申请[^。；]{{0,40}}签署本",
        unless="退出|退会|退社",
    ),
    "membership.decision": _Said(
        "(?:审核|审查|审议|讨论|审定)(?:决定|通过|同意|合格|后)"
        f"|(?:日|天|周|月)内?(?:应当?)?(?:作出|予以|给予)?(?:决定|答复|核定|核准|审定)(?:之|[，。；]|$)|申请{_W}{{0,20}}作出决定"
        f"|批准后?(?:吸收|接纳|成为){_W}{{0,6}}{_IN}",
        about=f"申请加入|(?:吸收|接纳)为{_W}{{0,6}}{_IN}|加入申请|入会|入社|入盟|成为{_W}{{0,8}}{_IN}|申请[^。；]{{0,40}}签署本|加入本",
        unless="退出|退会|退社|退货|除名|处分|申诉|投诉|举报|检举|经费|会费|项目|活动|决议",
    ),
    "sanction.decider": _Said(
        f"由{_W}{{2,14}}?视情节{_W}{{0,4}}为{_W}{{2,24}}之处[分罚]|由{_W}{{2,14}}?(?:视{_W}{{0,8}}|根据{_W}{{0,8}}|决议|决定|研究|分别)?{_IMPOSES}|处[理分]由{_W}{{2,12}}(?:作出|决定)"
        f"|{_W}{{2,12}}(?:可以?|有权|应当?|得)(?:视{_W}{{0,6}})?{_LISTS}",
        about=_BREACH.pattern,
        unless="主管|登记管理|公安|司法|法院|行政|奖励|表彰|称号|赔偿|解释",
    ),
    "sanction.list": _Said(
        f"{_LISTS}|情节{_W}{{0,4}}，?可以?{_IMPOSES}|视情节{_W}{{0,4}}为{_W}{{2,24}}之处[分罚]",
        about="违反|违约|违规|情节",
        unless="主管|登记管理|公安|司法|行政|奖励"
    ),
    "membership.lapse": _Said(f"(?:当然|自动|即行?|自行)(?:丧失|失去){_W}{{0,8}}资格", unless="理事|监事|职务|候选|表决权"),
    "conduct.duties": _Said("不得有(?:下列|左列|以下|如下)", unless="理事|监事|委员|工作人员|职员|候选"),
    "vote.resolution": _Said(
        f"(?:过半数|分之[一二三四]){_W}{{0,8}}(?:之)?(?:决议|议决)之?(?=[，。；]|$)", about="大会|全体会议", unless="理事|监事|委员|修改|修订|修正"
    ),
    "law.observance": _Said(f"遵守{_W}{{0,16}}{_LAWS}|(?:遵纪|学法|知法|懂法)[、]?守法"),
    "publication.list": _Said(
        f"(?:公布|公示|公开|公告|发布){_W}{{0,10}}(?:名单|名册|名录)|(?:名单|名册|名录){_W}{{0,20}}(?:公布|公示|公开|公告|发布)",
        about=_WHO,
        unless="候选|[理监]事名|委员名|失信|获奖|当选|捐赠|黑名单|违规|选民",
    ),
    "result.publish": _Said(
        f"(?:公布|公示|公开|通报|告知|反馈){_W}{{0,6}}结果|结果{_W}{{0,8}}(?:公布|公示|公开|通报|告知|反馈)",
        about="调查|检举|举报|投诉|办结",
        unless="选举|表决|评选|评审|审计|考核|投票|检测|评议",
    ),
    "report.file": _Said(
        f"(?:任何人|消费者|用户|公众|个人){_W}{{0,16}}(?:投诉|举报|检举)", unless="秘书处|理事会|执行机构|受理|处理|收到|接到"
    ),
    "investigation": _Said(
        "(?:应当?即?|可以?|进行|予以|组织)(?:调查|核查|核实)(?!研究|问卷)",
        about="举报|检举|投诉|违反|违规|调查结果",
        unless="市场|行业调|问卷|统计|选举",
    ),
    "founding.adoption": _Said(
        f"经{_W}{{0,8}}(?:大会|村民会议|居民会议|代表会议)(?:讨论|审议|表决)*通过，?(?:制定|制订|订立)本", unless="修改|修订"
    ),
    "vote.proxy": _Said(
        f"委托{_W}{{0,8}}(?:代理人|他人|代表)(?:参加|参与){_W}{{0,8}}(?:大会|会议)", unless="理事会|委员会会议|诉讼"
    ),
    "termination": _Said(
        "(?:基金会|研究会|促进会|平台|社区)(?:的)?(?:终止|解散|注销)[^。；]{0,20}(?:表决|决议|决定|动议|审查同意)",
        unless="合同|资格|任期|账号",
    ),
}  # fmt: skip
"""What each of these capabilities is said by."""
ADOPTED = _Said(
    "(?:修改|修订|修正)(?:草案|文本|稿)[^。；]{0,60}(?:分之|过半|半数)[^。；]{0,16}(?:同意|通过|赞成)",
    unless="预算|标准|制度|细则|计划|会费|规则|办法",
)
"""A share for a draft of changes that names no text, where nothing else says how a change is adopted."""
