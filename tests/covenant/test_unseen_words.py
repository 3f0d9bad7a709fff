"""What texts say in words that no passage is found by: proposed where it stands, and not from words that only look like it."""

from __future__ import annotations

import pytest

from gongyue.covenant.binding.draft import begin
from gongyue.covenant.binding.questions import is_asked

PROPOSED = [
    ("membership.application", "贡献半年以上的，可以申请成为核心成员。", "可以申请成为核心成员"),
    ("membership.application", "凡在本校就读的，经本人申请，秘书处登记，即为会员。", "经本人申请"),
    ("membership.decision", "商户申请加入本公约的，治理小组应当在二十日内作出决定。", "作出决定"),
    ("membership.decision", "学生可以提出入社申请，经社长团审核后成为社员。", "经社长团审核后成为社员"),
    ("sanction.decider", "社员违反本章程的，由社长团视情节给予以下处分：批评、警告。", "由社长团视情节给予"),
    ("sanction.decider", "违反本规约的处理由自律小组作出。", "由自律小组作出"),
    ("sanction.list", "违反行为准则的，版务组可以采取以下措施：\n（一）警告；\n（二）永久封禁。", "以下措施"),
    ("membership.decision", "填写登记表，由办公室审核，小组批准后吸收为会员。", "批准后吸收为会员"),
    ("sanction.decider", "違反前條者，由總幹事室視情節為勸導、警告或停權之處分。", "由總幹事室視情節"),
    ("sanction.list", "違反前條者，由總幹事室視情節為勸導、警告或停權之處分。", "警告或停權"),
    ("membership.lapse", "遷出園區者，當然喪失廠商資格。", "當然喪失廠商資格"),
    ("conduct.duties", "廠商不得有左列情事：\n一、任意排放廢水。\n二、占用車道。", "不得有左列情事"),
    ("vote.resolution", "廠商大會以出席廠商過半數決議之。", "過半數決議之"),
    ("law.observance", "村民应当爱国爱党，学法守法。", "学法守法"),
    ("law.observance", "店家遵守个人资料保护法等。", "遵守个人资料保护法"),
    ("publication.list", "维护者名单在仓库中公布。", "维护者名单在仓库中公布"),
    ("result.publish", "受理举报后三十日内办结，并将结果予以公示。", "并将结果予以公示"),
    ("report.file", "消费者可以通过平台入口进行投诉。", "投诉"),
    ("investigation", "秘书处应当调查，并将调查结果向社会公布。", "秘书处应当调查"),
    ("founding.adoption", "经村民会议讨论通过，制定本村规民约。", "经村民会议讨论通过"),
    ("vote.proxy", "住户可以委托代理人参加住户大会会议。", "委托代理人参加"),
    ("termination", "本基金会终止，应在表决通过后十五日内报审查同意。", "本基金会终止"),
    ("amendment.adoption", "修改草案经参加投票的商户三分之二以上同意。", "三分之二以上同意"),
]
NOT_PROPOSED = [
    ("membership.application", "会员申请退会的，即不再成为会员。"),
    ("membership.decision", "商户应当在七日内答复退货申请。"),
    ("membership.decision", "厂商申请加入，由总干事室于二十日内核定。"),  # no word by which its time could be bound
    ("membership.decision", "活动方案经审议通过，新同学入会自由。"),
    ("sanction.decider", "违反国家法律的，由公安机关给予处罚。"),
    ("sanction.decider", "由秘书处给予表彰。"),
    ("sanction.list", "违反消防法的，由主管部门采取以下措施。"),
    ("membership.lapse", "理事离职的，自动失去理事资格。"),
    ("conduct.duties", "理事不得有下列情形。"),
    ("vote.resolution", "大会之理事会以理事过半数决议之。"),
    ("amendment.proposal", "修改本倡议须有厂商四分之三以上书面同意。"),
    ("law.observance", "遵守议事方法。"),
    ("publication.list", "公布维护者候选名单。"),
    ("result.publish", "公布选举结果。"),
    ("report.file", "收到用户投诉后，单位应当答复。"),
    ("investigation", "秘书处可以调查研究行业状况。"),
    ("founding.adoption", "经会员大会表决通过，制定本年度计划。"),
    ("vote.proxy", "委托他人参加培训。"),
    ("termination", "平台终止账号，应当表决。"),
    ("amendment.adoption", "预算修改草案经参加投票的商户三分之二以上同意。"),
]


def drafting(sentence: str):
    """A text of which this is an article."""
    return begin(f"小公约\n第一条 本组织定名为小组。\n第二条 {sentence}\n第三条 爱护环境。\n".encode(), "小公约.txt")


@pytest.mark.parametrize(("name", "sentence", "words"), PROPOSED)
def test_it_is_proposed_and_asked(name: str, sentence: str, words: str) -> None:
    """In no list of what the text lacks; nobody decides on a passage that there is not."""
    d = drafting(sentence)
    assert all(p.capability != name for p, _ in d.read.seen)
    assert name in d.read.proposals and words in d.read.proposals[name].words
    assert is_asked(d, name) and name in d.accept(name).bound


@pytest.mark.parametrize(("name", "sentence"), NOT_PROPOSED)
def test_what_only_looks_like_it_is_not_proposed(name: str, sentence: str) -> None:
    """Another's matter, another list, another law's."""
    assert name not in drafting(sentence).read.proposals


@pytest.mark.parametrize(
    ("name", "other", "own"),
    [
        ("interpretation.authority", "帳目之解釋由財務長為之。", "本公約由秘書處解釋之。"),
        ("interpretation.authority", "器材的使用说明由器材组解释。", "本公约由理事会解释。"),
        ("petition.forward", "村民对处理有不同意见的，可以向小组反映。", "秘书处向政府反映会员的意见。"),
        ("oversight.complaint", "业主可以向业主委员会投诉。", "业主可以向街道办事处投诉业主委员会。"),
        ("office.executive", "本公约由秘书处负责解释。", "小城商会秘书处负责本公约的执行。"),
        ("appeal", "社员对处分有异议的，可以写信。", "社员不服处分的，可以向联合会申诉。"),
        ("sanction.decider", "除名由专家委员会提出意见。", "会员除名由理事会决定。"),
    ],
)
def test_of_two_sentences_its_own_is_proposed(name: str, other: str, own: str) -> None:
    """Whichever stands first."""
    for sentence in (f"{other}\n第三条 {own}", f"{own}\n第三条 {other}"):
        made = drafting(sentence).read.proposals[name]
        assert made.words in own, made
