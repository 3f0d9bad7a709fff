"""What says that a clause is about something else although it has a capability's words: their object, their subject, a name.

Of proposals only: a passage that is not proposed is asked about all the same. Everything is matched folded.
"""

from __future__ import annotations

import re
from functools import cache

from gongyue.covenant.binding import named_objects, offices, own_matters
from gongyue.covenant.binding.passages import Reader
from gongyue.covenant.binding.sentences import Sentence

_PARTY = "(?:机构|单位|企业|公司|组织|团体|成员|会员|各方|方|者|人)"
_WITHIN = "[^，。；：,;:]"
_OFFERED = f"(?:{_WITHIN}{{0,6}})(?:说明|名单|名册|名录|结果|信息|资料|数据|报告|摘要|情况|动态|消息|言论|内容|决定|意见|声明|通知|标准|指引|案例)"
_NOT_TO_MEMBERS = "向(?:社会|公众|政府|外界|市场|用户|消费者|秘书处|理事会|联盟|协会|本会|主管|有关)"
_VERBS = "(?:公布|公告|发布|公示|公开|刊登|颁布)"
_OPENLY = "公开(?:发行|募集|招标|招募|招聘|拍卖|竞价|竞争|征集)"
_AS_NOUNS = (
    "(?:收到|接到|受理|处理|被)的?(?:检举|举报|投诉)"
    "|(?:检举|举报|投诉)(?:人|者|制度|机制|处理|电话|渠道|信箱|之日|工作|材料|事项|内容|服务|率)"
)
_CONVENED = re.compile(
    f"(?:提议|要求|请求|建议|提请){_WITHIN}{{0,6}}召[开集]|召集|提议|提案|提名|联名|连署|联署|附议|提出$|提出(?!{_WITHIN}*(?:同意|通过))"
)
_DECIDES = re.compile("同意|通过|赞成|赞同|决议|议决|表决|参加|出席|到会")
_ADMITS = re.compile("决定|答复|审|批|核|通过|同意|接纳|接收|吸[收纳]|准[予许]|议|许可|认可")
"""Who only applies (均可书面申请加入) is not decided on yet."""
_SUBJECT = re.compile("决定|退出|退会|退社|除名|处理|处分|申请|资格|任命|聘任|名单|名册")
_DECISION_COUNTS = re.compile(
    f"(?:决议|决定|罢免|选举|任免|修改|修订){_WITHIN}{{0,40}}(?:通过|同意){_WITHIN}{{0,4}}(?:方能|方可|方|才能?|始得?|即)(?:生效|有效)"
)
"""What a decision takes to count (其决议须经半数以上通过方能生效) says nothing of when the text takes effect."""
_MADE = re.compile("制定|制订|订定|订立")
_AND_CHANGED = re.compile("(?:制定|制订|订定)(?:、|和|及|与|或者?|以及)(?:修改|修订|变更)")
_OF_THE_TEXT = ("founding.effect", "founding.in_force")
_BY_VOTE = ("amendment.adoption", "vote.resolution")
_ATTEND = re.compile(
    "(?:出席|到会|到场|与会|参会|参加|参与)(?:会议|大会|投票|表决)?(?:方[能可得]|始[得能]|才[能可]|即|时|者|为|$)|须有[^，。；]{0,20}投票$"
)
_ASSENT = re.compile("同意|通过|赞成|赞同|议决|可决|行之|决议(?!事项)")
_EXCEPTED = re.compile("除[^，。；]*(?:以|之)?外$")
_DECIDED = ("amendment.adoption", "vote.resolution", "vote.quorum")
_CONSENT = ("同意", "审查", "审核", "登记", "报审", "呈批", "核发")
"""What an approval is called besides the words of the catalogue; 备案 alone asks for none."""
_EXECUTIVE, _APPROVAL = "office.executive", "founding.approval"
_STANDING = "(?:会员|成员|社员|入会)(?:的)?资格"
_ENDED = "中止|停止|暂停|暂缓|取消|终止|丧失|失去|剥夺|撤销|注销|解除|恢复|保留|冻结"
_CHANGES_THE_TEXT = re.compile(
    "^[^，。；]{0,12}(?:修改|修订|修正|变更)[^，。；、]{0,4}(?:公约|章程|规约|守则|准则)(?!(?:、|以外|之外|外))|(?:公约|章程|规约|守则|准则)[^，。；、]{0,3}(?:修改|修订|修正|变更)"
)
_AND_OTHERS = re.compile("其他|其它|一般|普通|各项|以及|等|决议|议案|解散|罢免|选举|会费")
"""A sentence that changes the text alone gives general resolutions no share; one that names others beside may."""
_OF_A_BOARD = re.compile("[理监董干幹]事|[干幹]部|(?:常务|执行)?委员|常委|执委|秘书处|办公会")
_OF_MEMBERS = re.compile("会员|社员|盟员|成员|业主|住户|商户|村民|居民|股东|区分所有权人|签署|大会|总会|全体")
"""Whose meeting it is: a board's own says nothing of how members are present."""
_THEIR_BOARD = re.compile(
    "(?:会员|成员|社员)(?:代表)?(?:理事|监事)|(?:理事|监事|委员|董事)会?(?:全体)?(?:成员|会议成员)"
)
_DUTY = "(?:会员|社员|成员|盟员|业主|居民|村民|单位)(?:均|都)?(?:应当?|须|必须|有责任|要)"
_OBEYED = re.compile(f"(?:执行|贯彻|遵守|服从){_WITHIN}{{0,12}}(?:决议|决定|规定|规章|制度)")
_ELECTED = re.compile(
    f"{_WITHIN}{{0,16}}(?:同意|选举|推选|投票|表决|共同)(?:后)?(?:产生|选出|当选|加入|任命|制定|制订|订立)"
)


@cache
def _blanked_for(name: str) -> re.Pattern[str] | None:
    """Words that look like the capability's and are none: blanked before they are looked for."""
    body = "(?:公约)?(?:执行机构|执行机关|秘书处|理事会|委员会|协会|本会|商会|学会|联盟|会长|理事长)"
    found = {
        "founding.signature": f"(?:签署|签约){_PARTY}",  # who signed, not the signing
        "founding.approval": "通报批评",  # no 报批
        "publication.covenant": f"{_OPENLY}|{_VERBS}{_OFFERED}|{_OFFERED}(?:[应须]?当?予以|[应须]当?)?{_VERBS}",  # another thing is published
        "membership.invitation": f"(?:倡议|号召|欢迎|鼓励|邀请)(?!{_WITHIN}*(?:加入|入会|签署(?!{_PARTY})|遵守本|参加本))",
        "report.file": _AS_NOUNS,
        "oversight.complaint": f"{_AS_NOUNS}|向{_WITHIN}{{0,6}}?{body}(?!的?(?:主管|上级)){_WITHIN}{{0,8}}(?:检举|举报|投诉|申诉|反映|质询|批评)"
        f"|{body}(?:应当?|须|可以?|负责|有权|依法)*对(?:其|他们|会员|成员|单位|被){_WITHIN}{{0,8}}监督",  # a body that watches others
        "office.executive": f"{_DUTY}{_WITHIN}{{0,12}}{_OBEYED.pattern}",
        "founding.covenant": f"(?<!特)(?:制定|制订|订立|缔结)(?!本|并遵守本){_WITHIN}{{0,6}}行业{_WITHIN}{{0,6}}公约",  # what a body makes
        "society.supervision": f"接受(?![^，。；：对]*(?:社会|公众|舆论|用户|各界|群众|消费者){_WITHIN}*(?:监督|批评)){_WITHIN}*监督",  # an authority
        "membership.practitioner": f"(?:{_ENDED}|不再具备|不再符合|不具备|不符合){_WITHIN}{{0,6}}{_STANDING}"
        f"|{_STANDING}(?:自动|自行|即|当然|予以|被|应当?|可以?)*(?:{_ENDED})",  # a standing that ends admits nobody
        "bulletin.issue": f"可?对外(?:发布|宣传|提供)|{_NOT_TO_MEMBERS}{_WITHIN}{{0,8}}(?:传递|宣传|传达|提供|发布|宣讲)"
        f"|(?:不得|未经|禁止|严禁|不准){_WITHIN}{{0,16}}(?:传递|宣传|传达|提供|发布|宣讲)",
        "interpretation.authority": f"(?:[账帐]目|[账帐]册|许可证|合同|报表|财务|会计){_WITHIN}{{0,4}}解释",  # of something else than the text
        "amendment.proposal": "(?:本|该|修改|修订|对)倡议书?",  # the text is called so; nobody proposes by it
        "petition.forward": f"对{_WITHIN}{{0,8}}(?:处理|处分|决定|结果){_WITHIN}{{0,6}}(?:意见|异议)的?，?{_WITHIN}{{0,16}}反映",  # an appeal
    }  # fmt: skip
    several = [p for p in (found.get(name, ""), named_objects.blanked_also(name)) if p]
    return re.compile("|".join(several)) if several else None


def blanked(name: str, plain: str) -> str:
    """The folded words without those that only look like the capability's; as long as they were."""
    pattern = _blanked_for(name)
    return pattern.sub(lambda m: "\0" * len(m[0]), plain) if pattern else plain


def is_of_another_matter(name: str, sentence: Sentence, by: Reader) -> bool:
    """Whether a passage would not be bound to the capability by anybody who reads it."""
    if name == offices.APPROVAL and (named := offices.asked_for_nothing(sentence.plain, by.catalogue)):
        return not by.is_left(name, sentence, named)
    plain = blanked(name, sentence.plain)
    if name != _EXECUTIVE and plain != sentence.plain and not by.opens(name, plain):
        return True
    if name == "publication.covenant" and not re.search(_selves(by), _without_object(sentence.plain, by)):
        return True
    if named_objects.is_of_another(name, sentence, by) or _does_nothing(name, sentence, by):
        return True
    if name in ("vote.resolution", "vote.presence", "vote.proxy") and _is_of_another_meeting(name, sentence):
        return True
    if name in (*_BY_VOTE, "vote.quorum") and own_matters.names_its_own(sentence):
        return True
    decision = _DECISION_COUNTS.search(sentence.plain) and not (
        _MADE.search(sentence.plain) and not _AND_CHANGED.search(sentence.plain)
    )
    return name in _OF_THE_TEXT and bool(decision or _has_another_subject(sentence.plain, by))


def _is_of_another_meeting(name: str, sentence: Sentence) -> bool:
    """Whether a share is of changes alone and of no other resolution, or a board's members are present and not the text's."""
    if name in ("vote.presence", "vote.proxy"):
        return is_of_a_board(sentence)
    return bool(_CHANGES_THE_TEXT.search(sentence.plain)) and not _AND_OTHERS.search(sentence.plain)


def is_of_a_board(sentence: Sentence) -> bool:
    """Whether those who are present are a board's (理事以视频方式参加的，视为出席): by the sentence, or where it names nobody by what it stands in."""
    for said in (_THEIR_BOARD.sub("理事", sentence.plain), sentence.context):
        if _OF_MEMBERS.search(said):
            return False
        if _OF_A_BOARD.search(said):
            return True
    return False


def _does_nothing(name: str, sentence: Sentence, by: Reader) -> bool:
    """Whether nobody executes, or nobody approves, in a sentence of that capability."""
    if name == _EXECUTIVE:
        return _executes_nothing(sentence, by)
    return name == _APPROVAL and not _approves(sentence, by)


def _executes_nothing(sentence: Sentence, by: Reader) -> bool:
    """Whether members carry out resolutions, which is a duty of theirs (社员应当执行本社决议), or maintainers are elected."""
    plain = blanked(_EXECUTIVE, sentence.plain)
    if "义务" in sentence.plain + sentence.context or re.search(f"{_DUTY}[:：]", sentence.context):
        plain = _OBEYED.sub("", plain)
    plain = _ELECTED.sub("", plain)
    return plain != sentence.plain and not (
        by.opens(_EXECUTIVE, plain) or any(e.search(plain) for _, e in by.preferred[_EXECUTIVE])
    )


def _approves(sentence: Sentence, by: Reader) -> bool:
    """Whether anybody approves: the net has every sentence with an office in it (由民政部门指导, 园区管理部门可采取以下措施)."""
    return any(w in sentence.plain for w in (*by.catalogue.words["approve"], *_CONSENT))


def _has_another_subject(plain: str, by: Reader) -> bool:
    """Whether what takes effect is a member's leaving, a decision or the like: the text is named as what is left or kept, or not at all."""
    left = _without_object(plain, by)
    return not re.search(_selves(by), left) and bool(_SUBJECT.search(plain))


def _selves(by: Reader) -> str:
    return "|".join(sorted(map(re.escape, by.catalogue.words["self"]), key=len, reverse=True))


def _without_object(plain: str, by: Reader) -> str:
    """The words without the text where it is only what somebody leaves, joins or keeps (退出本公约的企业)."""
    left = "退出|脱离|加入|违反|违背|遵守|履行|承认|接受|认同|依照|按照|根据|依"
    return re.sub(f"(?:{left})(?:了|并遵守)?(?:{_selves(by)}|公约|章程|规约)", "", plain)


def names_who_decides(plain: str, by: Reader) -> bool:
    """Whether a folded clause says who decides a sanction (经理事会表决通过), not what is decided (予以除名)."""
    bodies = "|".join(
        sorted(map(re.escape, (*by.catalogue.words["body"], *by.catalogue.words["assembly"])), key=len, reverse=True)
    )
    return bool(
        re.search(
            f"(?:[经由报]|提交){_WITHIN}{{0,6}}(?:{bodies})(?!{_WITHIN}{{0,4}}(?:提出|提供|建议|协助))|(?:{bodies})(?:可以?|有权|得|应当?)?(?:决定|作出|给予|予以)",
            plain,
        )
    )


def decides_nothing(name: str, words: str) -> bool:
    """Whether a clause says who may propose, convene, must attend or applies, or what is excepted: by it nothing is decided."""
    plain = "".join(words.split())
    if name == "membership.decision" and not _ADMITS.search(plain):
        return True
    if name in _BY_VOTE and ((_ATTEND.search(plain) and not _ASSENT.search(plain)) or _EXCEPTED.search(plain)):
        return True
    return name in _DECIDED and bool(_CONVENED.search(plain)) and not _DECIDES.search(plain)
