"""What the words that are proposed must name: the capability's own object, and the number of a term of office.

An approval is of the text and of no report or appointment that goes by it, an application is to join, a result is told and not
received. Of proposals only, like `other_subjects`: a passage that is not proposed is asked about all the same. Everything is folded.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from gongyue.covenant.binding import other_lists
from gongyue.covenant.binding.folding import LABEL, fold
from gongyue.covenant.binding.passages import Reader
from gongyue.covenant.binding.sentences import Sentence

APPROVAL, FILING, SANCTIONS = "founding.approval", "founding.filing", "sanction.list"
_OF_THE_TEXT = (APPROVAL, FILING, "founding.effect", "founding.in_force", "amendment.approval")
_N = "[一二三四五六七八九十两半零〇0-9]+"
_W = "[^，。；：,;:]"
_GOES_BY = (
    "退出|脱离|加入|违反|违背|遵守|遵照|履行|承认|接受|认同|符合|依照|依据|按照|根据|参照|适用|执行|本着|以|依|按"
)
_ACTORS = "成员|会员|社员|(?:签署|签约|缔约|参与|加盟)(?:方|单位|机构|企业|者)|执行机构|执行机关|秘书处|发起|组织|标识|标志|另有|未规定|未尽"
_ITS_OWN = "修|变|制|订|签|施|生|全文|文本|内容|批|核|备|通过|公布|发布|草案|议案|提案|方案|动议|效力|解释|规定的?(?:施行|生效)"
_APPROVED = "批准|核准|核备|核定|核可|同意|审[查核批定]|许可|备案|备查|报备|存查|登记"
_JOINING = re.compile(
    "入会(?!费)|入社(?!费)|加入|入盟|接纳|吸收|新(?:会|社|成)员|成为[^，。；]{0,10}(?:会|社|成|盟)员|为[^，。；]{0,6}(?:会|社|成|盟)员(?!大会|的权)"
)
_APPLIES = re.compile("申请(?=[人者书表]|单位|企业|机构|材料|经|由|被|须|应|通过|[，。；：]|$)")
_ALREADY_IN = re.compile(
    f"(?:会|社|成|盟)员(?:单位)?(?:可以?|得|有权|如需|因故|需要|向){_W}{{0,12}}申请|(?:会|社|成|盟)员(?:单位)?申请"
)
_STAYS_OUT = re.compile(
    "注销|筹备|设立|成立登记|变更|使用|经费|项目|活动|恢复|中止|延期|缓[缴交]|退[会社出]|复核|复议|资助|补助"
)
_GROUNDS = re.compile(
    f"加入|入[会社盟](?!费)|申请|成为|具备|具有|符合|限于|凡(?!本?[会社]?的?(?:会|社|成|盟|团)员)|为本?{_W}{{0,8}}(?:会|社|成|盟)员"
    "|(?:资格|条件)(?:如下|为|是|[：:])|(?:均|都|皆|当然)为"
)
_FOR_OFFICE = re.compile(
    f"(?:会长|社长|理事|监事|秘书长|主任|委员|候选人|负责人|[干幹]部|代表|组长|总干事|执行长){_W}{{0,10}}(?:应当?|须|必须|需)?(?:具备|符合|具有)"
)
_RECEIVED = (
    f"(?:收到|接到|接获|自){_W}{{0,16}}(?:通知|送达|公布|告知|公告|通报|公示)书?(?:之日|之次日|后|时)?|(?:内部|公开|书面|行业|全会|会内)通报|通报批评"
    f"|(?:告知|通知|报告|反馈)(?:{_W}{{0,4}}(?:秘书处|理事会|本会|协会|执行机构|管理组))"
    f"|(?:通知|告知){_W}{{0,10}}(?:到场|到会|出席|改正|整改|说明|陈述|申辩|参加|缴纳)"
)
_BAN = f"不[得能可应准许]以?{_W}{{0,8}}(?:委托|委任|由他人|代理)|(?:禁止|严禁|不接受|不允许){_W}{{0,6}}(?:委托|委任|代理){_W}{{0,8}}"
_UNIT = "个?(?:学年|学期|年|月|届|任|日)"
_LOST = re.compile(f"(?:[（(]?{_N}[）)、.．]?)?(?:丧失|失去)(?:会|社|成|盟)员资格[者的]")
"""Who has lost the standing, and not when anybody does."""
_TERM = re.compile(
    f"(?:任期|每届|届期)(?!届满|期满|内|期间|未满|终了|结束){_W}{{0,16}}?{_N}{_UNIT}|每{_N}{_UNIT}{_W}{{0,6}}(?:改选|换届|选举|改组|一届|一任)"
    f"|{_N}{_UNIT}(?:为|一)?(?:一届|一任|任期)|任期{_W}{{0,16}}(?:至|到|以){_W}{{0,16}}(?:日|月|年|止)"
)
"""A term of office with its number: 任期二年, 每三年改选一次."""
_ENDS = re.compile(
    "解散|终止|废止|注销(?!登记|申请|手续)(?=.{0,80}(?:决议|表决|大会|通过|同意|决定))|(?:决议|表决|大会|通过|同意|决定).{0,80}注销(?!登记|申请|手续)"
)
_OF_THE_BODY = re.compile(
    f"(?:管理组|管理员|版主|秘书处|理事会|理事|监事|执行机构|工作人员|干部|委员会){_W}{{0,12}}(?:滥用|违反|违规|失职|徇私|不作为|不公){_W}{{0,60}}[，,]{_W}{{0,60}}(?:检举|举报|投诉)"
)
"""Who is reported is the body that should hear it: a complaint against it."""
_MADE_AND_KEPT = re.compile("(?:制定|制订|订立|订定|缔结)(?:并|和|、|及|与)?(?:共同|自觉)?遵守")
_CHANGES = re.compile("修改|修订|修正|变更|增订|增删|修章")
_POWER = re.compile("(?:制定|制订|订定)(?:、|和|及|与|或者?|以及)(?:修改|修订|变更)")
"""A power of an assembly (制定和修改章程), and not how a change comes before it."""
_PROPOSES = re.compile("分之|提议|提案|联名|连署|联署|动议")
_OF_A_MEETING = re.compile("代表(?:的|之)?任期|(?:大会|会议)(?:[(（][^)）]{0,20}[)）])?每届")
"""The term of an assembly or of those who sit in it, which is no office."""
_MADE = "通过|议决|决议|表决|制定|制订|订定|审议"
_COMPETES = re.compile("竞争|成本|不正当手段|价格|[压降抬]价|倾销|垄断|串通|诋毁|贬低|同行|同业|市场|商业|[抢拉挖]")
_TOLD = re.compile(f"(?:处理|调查|处分)(?:结果|决定|意见|情况){_W}{{0,60}}(?:通报|公布|公告|公示|告知|通知)")
_KIND = re.compile(
    "警告|通报|谴责|除名|开除|劝退|清退|出会|停权|暂停|停止|取消|剥夺|终止|撤[销消]|罚|违约金|封[号禁]|禁言|限制|责令|批评|提醒|约谈|删除|下架|记过|扣[分除]|整改"
    "|下列|如下|左列"
)
"""A kind of sanction by its name: 由理事会处理 says none."""
_PROTECTS = re.compile(
    "保护|保守|不得|不利用|尊重|授权|承诺|保密|不泄露|维护(?=[^，。；]{0,12}(?:用户|消费者|客户|个人|隐私|秘密|伙伴|权益|权利|利益))"
)
_ONLY_FOUND = "(?:一?经)(?:调查|核实|查证|查明|核查|查)+(?:后)?(?:属实|核实|确认|无误|认定)?"

_SAYS = {"membership.practitioner": _GROUNDS, "competition.fair": _COMPETES, "users.rights": _PROTECTS}
"""What a sentence of these must say of their object."""
_SAYS_NOT = {"membership.practitioner": _FOR_OFFICE, "report.file": _OF_THE_BODY}
"""What a sentence of these says of another's."""


@cache
def blanked_also(name: str) -> str:
    """More words that look like the capability's and are none: `other_subjects` blanks them with its own; empty for most."""
    return {
        FILING: "核备",  # whoever asks for that waits for it: an approval
        "vote.proxy": _BAN,
        "result.publish": _RECEIVED,
        "investigation": _ONLY_FOUND,  # a condition of something else
        "membership.decision": "[入会社]+费",
        "membership.invitation": "本倡议书?",
    }.get(name, "")


def is_of_another(name: str, s: Sentence, by: Reader) -> bool:
    """Whether a sentence names another object than the capability's, or the text only as what somebody goes by."""
    if name in _OF_THE_TEXT:
        return _goes_by_the_text(s, by, name)
    if name == "founding.covenant":
        return not _MADE_AND_KEPT.search(s.plain) and _goes_by_the_text(s, by, name)
    if name == "founding.adoption":
        return not _adopts_it(s, by)
    if name == "amendment.proposal":
        return _is_of_another_item(s)
    if name == "membership.decision":
        return not _is_of_joining(s)
    if name in other_lists.LISTS:
        return bool(other_lists.named_in(s.plain))
    says, says_not = _SAYS.get(name), _SAYS_NOT.get(name)
    return bool((says and not says.search(s.plain)) or (says_not and says_not.search(s.plain)))


def is_of_no_object(name: str, plain: str) -> bool:
    """Whether a clause by itself names what is not the capability's object, or no number where one is needed."""
    if name in (APPROVAL, FILING):
        return _asks_for_something_else(plain)
    if name == "membership.lapse":
        return bool(_LOST.fullmatch(plain))
    if name == SANCTIONS:
        return not _KIND.search(_TOLD.sub("", plain))
    if name == "termination":
        return not _ENDS.search(plain)
    return name == "office.term" and not _TERM.search(plain)


def is_of_a_meeting(name: str, plain: str) -> bool:
    """Whether a clause gives its term to an assembly and not to an office: proposed only where no office has one."""
    return name == "office.term" and bool(_OF_A_MEETING.search(plain))


def tells_a_result(clause: str) -> bool:
    """Whether a clause only says that a result is told (并将处理结果向会员通报): no sanction, although it has the word of one."""
    return bool(_TOLD.search(fold(clause)))


def _goes_by_the_text(s: Sentence, by: Reader, name: str) -> bool:
    """Whether the text is named, and only as what something goes by (依本章程報請核定), as whose members or rules somebody speaks of."""
    own, selves = _patterns(tuple(by.catalogue.words["self"]), tuple(by.catalogue.words["text"]))
    named = selves if name == "amendment.approval" else own
    said = f"{s.plain}\n{s.context}"
    left = _only_gone_by(tuple(by.catalogue.words["self"]), tuple(by.catalogue.words["text"])).sub("", said)
    if named.search(left):
        return False
    return bool(named.search(said)) or name in (APPROVAL, FILING)


@lru_cache(maxsize=8)
def _patterns(own: tuple[str, ...], texts: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(_any(own)), re.compile(_any((*own, *texts)))


@lru_cache(maxsize=8)
def _only_gone_by(own: tuple[str, ...], texts: tuple[str, ...]) -> re.Pattern[str]:
    text = _any((*own, *texts))
    return re.compile(
        f"(?:{_GOES_BY})(?:了|并遵守|着)?(?:本[会社协学团]{{1,2}})?(?:的)?{text}"
        f"|{text}(?:的|之|所)*(?:规定|所定|所列|所称|第)(?!(?:施行|生效))|{text}(?:{_ACTORS})|{text}(?:的|之)(?!{_ITS_OWN})"
    )


def _any(words: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


_NAMES_TEXT = re.compile(
    "公约|章程|规约|守则|准则|协议|宪章|规程|规则|办法|条例|约定|倡议|规范|文本|简则|要点|细则|制度|本[法约]|会章"
)
_THING = re.compile(
    f"(?:计划|预算|决算|报告|报表|名册|名单|结果|合同|活动|经费|账[目册]|收支|资料|材料|会议记录|人选|干部|机构的?设立|工作|事项|项目|方案|财务|业务(?!主管))(?:等|表|书)?(?={_W}{{0,60}}(?:{_APPROVED}))"
)
_GIVEN = re.compile(
    f"(?:{_APPROVED})后?(?:之|的)?(?:任职|聘用|发给|始得动支|组织|举办|立案|筹备|设立|活动|单位|企业|经营)|聘任|聘请|任命|聘免|聘期"
)
_OF_SUCH = re.compile(
    f"(?:{_APPROVED}|审批){_W}{{0,12}}的(?:社团|团体|单位|企业|活动|会员|项目|机构|人员|申请)(?=[（(]|$)"
)
"""Who or what has been approved, and no more: 经批准成立的社团."""


def _asks_for_something_else(plain: str) -> bool:
    """Whether a clause asks for the approval of an appointment, a plan, an event: 工作计划报团委备案, 送課外活動組核定後聘任."""
    if _OF_SUCH.search(plain):
        return True
    return not _NAMES_TEXT.search(plain) and bool(_THING.search(plain) or _GIVEN.search(plain))


def _is_of_another_item(s: Sentence) -> bool:
    """Whether a change is named by another item of the same list alone (（一）制定和修改章程；（四）讨论通过有关提案)."""
    lead = s.context.partition("\n")[0]
    if _POWER.search(s.plain) and not _CHANGES.search(_POWER.sub("", s.plain)) and not _PROPOSES.search(s.plain):
        return True
    return bool(LABEL.match(s.plain)) and not _CHANGES.search(s.plain) and not _CHANGES.search(lead)


def _adopts_it(s: Sentence, by: Reader) -> bool:
    """Whether what is adopted is this text: 本章程 wherever it stands, or a bare name before the verb; not 通过章程 of another's."""
    said = f"{s.plain}\n{s.context}"
    bare = _any(tuple(w for w in by.catalogue.words["self"] if w[0] not in "本该上以前"))
    return bool(
        re.search("本[^，。；人日年月地会社市省县校次届]|该公约", said) or re.search(f"{bare}[^。；]*(?:{_MADE})", said)
    )


def _is_of_joining(s: Sentence) -> bool:
    """Whether what is decided is whether somebody joins, and not what a member applies for."""
    said = re.sub("[入会社]+费", "", f"{s.plain}\n{s.context}")
    if _STAYS_OUT.search(s.plain) and not _JOINING.search(re.sub("[入会社]+费", "", s.plain)):
        return False
    return bool(_JOINING.search(said) or (_APPLIES.search(said) and not _ALREADY_IN.search(said)))
