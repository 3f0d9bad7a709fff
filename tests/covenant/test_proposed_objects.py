"""What is proposed names the capability's own object, whoever must be named, and the number that the capability needs."""

from __future__ import annotations

import time

import pytest

from gongyue.covenant.binding import draft as binding_draft
from gongyue.covenant.binding import named_bodies, named_objects, sentences
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.passages import reader
from gongyue.covenant.binding.questions import of_capability
from gongyue.covenant.binding.records import Binding
from gongyue.covenant.text import Part

MEETING, FORCE = "本会设会员大会，每年召开一次。", "本公约自公布之日起施行。"


def draft(*clauses: str) -> Drafting:
    """A draft on these articles, with an assembly before and one on force behind."""
    text = "\n".join(
        ["邻里公约", *(f"第{n}条 {c}" for n, c in zip("一二三四五六", [MEETING, *clauses, FORCE], strict=False))]
    )
    return binding_draft.begin(text.encode(), "公约.txt")


def proposed(capability: str, *clauses: str) -> Binding | None:
    """What of these articles is proposed for a capability."""
    found = draft(*clauses).read.proposals.get(capability)
    return found if found and found.at not in ("1", str(len(clauses) + 2)) else None


OF_ANOTHER = [
    # an office approves or is told of something that only goes by the text
    ("founding.approval", "指導老師由本社依本章程推薦，報學校核定後聘任。"),
    ("founding.approval", "經校長核定之活動，始得依本章程請領補助，並自公布之日起施行。"),
    ("founding.approval", "重大活动应当依照本章程报学校团委批准。"),
    ("founding.approval", "本会依据章程设立分支机构，须经登记管理机关批准。"),
    ("founding.approval", "本公约适用于所有经主管部门审批成立的社团（由所在学院指导）。"),
    ("founding.filing", "本社应当依本章程制订年度工作计划，报团委备案。"),
    ("founding.filing", "社長依本章程選出後，應將幹部名冊送學務處備查。"),
    ("founding.filing", "会员签订的合同应符合本公约，并报秘书处备案。"),
    ("founding.filing", "本章程經社員大會通過，送學生事務處核備後實施。"),  # asks for its consent
    ("founding.covenant", "专业委员会应当根据本公约制定工作细则。"),
    ("founding.adoption", "社团应当召开会员大会，通过章程，产生负责人，并自公布之日起施行。"),
    # the meeting of a board, a ban
    ("vote.proxy", "理事、監事應親自出席，不得委託出席。"),
    ("vote.proxy", "幹部會議應親自出席，不得委託他人代理。"),
    ("vote.proxy", "委员不能出席的，可以委托其他委员代为表决。"),
    ("vote.proxy", "会员应当亲自投票，不得委托他人代理投票。"),
    ("vote.quorum", "理事会会议须有三分之二以上理事出席方能召开。"),
    ("vote.resolution", "理事会决议须经出席理事过半数同意。"),
    # no number
    ("office.term", "副社長一人，任期與社長相同。"),
    ("office.term", "会长连选可以连任。"),
    ("office.term", "理事会任期届满前一个月内应当组织换届选举。"),
    # members, standing, results
    ("membership.decision", "会员申请延期缴纳会费的，由理事会审核同意。"),
    ("membership.decision", "会员可以向秘书处申请项目资助，由理事会审议通过。"),
    ("membership.decision", "会员中止资格后申请恢复的，由理事会审议通过。"),
    ("membership.decision", "會員大會審議通過理事會關於入會費標準之提案。"),
    ("membership.practitioner", "会员资格不得转让、不得继承。"),
    ("membership.practitioner", "秘书处负责审查会员资格。"),
    ("membership.practitioner", "凡会员均可使用本会场地。"),
    ("membership.practitioner", "理事应当具备下列条件：（一）会员单位代表；（二）热心会务。"),
    ("membership.lapse", "会员有下列情形之一的，为退会：\n（一）丧失会员资格的；\n（二）死亡的。"),
    ("termination", "会员大会可以查询，本会办理注销登记应当提交材料，并清算。"),
    ("sanction.list", "会员违反本公约的，由理事会处理。"),
    ("sanction.list", "会员应当履行下列义务：\n（一）明码标价；\n（二）缴纳会费。\n会员违反前款规定的，由理事会处理。"),
    ("result.publish", "会员对处理决定不服的，可以在收到通知后十五日内申诉。"),
    ("result.publish", "会员收到处理决定书后，应当在十日内改正并告知秘书处。"),
    ("result.publish", "理事会收到调查结论后，通知会员到场说明。"),
    ("report.file", "管理员滥用权限、违反本公约的，会员可以向站方举报。"),
    ("investigation", "经查证属实的违反本公约的行为，由理事会处理。"),
    ("users.rights", "社区鼓励用户友善交流，共同维护社区秩序。"),
    ("competition.fair", "禁止人身攻击、辱骂、歧视性言论及恶意挑衅。"),
    # nobody carries the text out
    ("office.executive", "秘书长由协会会长提名。"),
    ("office.executive", "负责组织实施本公约的有关工作。"),
    ("office.executive", "日常工作经费由会费支出。"),
    ("office.executive", "会员大会产生执行机构和负责人。"),
    ("office.executive", "经秘书处审查通过即可注册为会员。"),
    ("office.executive", "全体会员负责执行本公约。"),
    ("office.executive", "会费负责支付执行本公约的日常工作。"),
    ("office.executive", "本公约由全部会员负责实施。"),
    # the change is another item's
    ("amendment.proposal", "会员大会的职责如下：\n（一）制定和修改章程；\n（二）讨论通过有关提案决议。"),
    ("amendment.proposal", "会员大会制定和修改章程，并授权理事会起草章程草案。"),
]


@pytest.mark.parametrize(("capability", "clause"), OF_ANOTHER)
def test_words_of_another_object_are_not_proposed(capability: str, clause: str) -> None:
    """Of the passage, where it is one, somebody decides."""
    assert proposed(capability, clause) is None


OF_ITS_OWN = [
    ("founding.approval", "本章程经校长核定后施行。", ""),
    ("founding.approval", "本章程由会员大会通过。经主管机关核准后施行。", "经主管机关核准后施行"),
    ("founding.approval", "本公约草案经社员大会讨论，报学生会审核同意后公布施行。", "报学生会审核同意后公布施行"),
    ("founding.approval", "本章程经表决通过，报经业务主管单位审查同意后生效。", "报经业务主管单位审查同意后生效"),
    ("founding.filing", "本公约签署后，由秘书处报民政部门备案。", "由秘书处报民政部门备案"),
    ("founding.filing", "本章程經社員大會通過後送課外活動組備查。", ""),
    ("founding.filing", "村民会议可以制定村规民约，报乡镇人民政府备案。", "报乡镇人民政府备案"),
    ("founding.covenant", "各单位共同制定并遵守本公约。", ""),
    ("founding.adoption", "首届会员大会通过本公约，自通过之日起施行。", "首届会员大会通过本公约"),
    ("vote.proxy", "社员可以委托其他社员投票，受托人不得再委托他人。", "社员可以委托其他社员投票"),
    ("vote.proxy", "會員不能親自出席時，得以書面委託其他會員代理。", "得以書面委託其他會員代理"),
    ("vote.quorum", "会员大会须有三分之二以上的会员出席方能召开。", ""),
    ("office.term", "社長任期一學年，連選得連任。", "社長任期一學年"),
    ("office.term", "委员会每三年改选一次，可以连选连任。", "委员会每三年改选一次"),
    ("office.term", "會長任期自每年八月一日至翌年七月三十一日止。", ""),
    ("membership.decision", "申请人经理事会同意后成为会员。", ""),
    ("membership.decision", "申请加入的单位由理事会审核，三十日内决定。", "申请加入的单位由理事会审核"),
    ("membership.practitioner", "凡在本小区居住的居民均为本会会员。", ""),
    ("membership.lapse", "会员有下列情形之一的，丧失会员资格：\n（一）破产的；\n（二）解散的。",
     "会员有下列情形之一的，丧失会员资格"),
    ("membership.withdrawal_condition", "自愿退会的：应由会员本人提出，确认身份，并通知全体会员。",
     "自愿退会的：应由会员本人提出，确认身份，并通知全体会员"),
    ("termination", "本会解散须经会员大会决议。", ""),
    ("result.publish", "處分決定應以書面通知當事人，當事人得於收到通知後七日內申訴。", "處分決定應以書面通知當事人"),
    ("result.publish", "由秘书处给予内部通报等措施，并将处理结果向会员通报。", "并将处理结果向会员通报"),
    ("report.file", "任何人发现会员违反本公约的，可以向秘书处举报。", "可以向秘书处举报"),
    ("investigation", "经秘书处调查核实会员违约的，由理事会处理。", "经秘书处调查核实会员违约的"),
    ("users.rights", "用户的个人信息，会员应当依法保护。", "用户的个人信息"),
    ("competition.fair", "会员不得恶意压价。", ""),
    ("office.executive", "楼长负责执行本公约。", ""),
    ("office.executive", "本公约由楼管会负责执行。", ""),
    ("office.executive", "本公约由工会负责实施。", ""),
    ("office.executive", "本公约由家委会负责执行。", ""),
    ("office.executive", "本公约由物管会负责执行。", ""),
    ("office.executive", "志愿服务队负责本公约的日常管理与执行。", ""),
    ("office.executive", "基金会负责执行本公约。", ""),
    ("office.executive", "执行机构为协会秘书处。", ""),
    ("office.executive", "秘书处负责本公约的日常事务，秘书长由会长提名。", "秘书处负责本公约的日常事务"),
    ("office.executive", "业主委员会每届任期五年，为本规约的执行机构。",
     "业主委员会每届任期五年，为本规约的执行机构"),
    ("office.executive", "本會置秘書長一人，承理事長之命處理本會事務。", "本會置秘書長一人，承理事長之命處理本會事務"),
    ("office.executive", "理事会的职权：\n（一）执行会员大会的决议；\n（二）起草报告。",
     "理事会的职权：\n（一）执行会员大会的决议"),
    ("amendment.proposal", "修改本公约，由十分之一以上会员提议。", "由十分之一以上会员提议"),
]  # fmt: skip


@pytest.mark.parametrize(("capability", "clause", "words"), OF_ITS_OWN)
def test_words_of_the_object_are_proposed(capability: str, clause: str, words: str) -> None:
    """All of the clause unless it is said which part."""
    found = proposed(capability, clause)
    assert found is not None and found.words == (words or clause.rstrip("。"))


def test_a_board_is_proposed_where_the_text_has_no_assembly() -> None:
    """Then it is the only one that meets."""
    text = "邻里公约\n第一条 理事会决议须经出席理事过半数同意。\n第二条 本公约自公布之日起施行。"
    made = binding_draft.begin(text.encode(), "公约.txt").read.proposals["vote.resolution"]
    assert (made.value, made.base) == ("1/2", "body")


def test_of_two_boards_and_an_assembly_the_assembly_is_proposed() -> None:
    """Wherever it stands, and however its words end."""
    made = proposed(
        "vote.quorum",
        "理事会须有三分之二以上理事出席方能召开。",
        "会员大会须有二分之一以上的会员出席才能召开。",
    )
    assert made is not None and (made.at, made.value, made.base) == ("3", "1/2", "roll")


def test_of_terms_that_of_an_office_is_proposed() -> None:
    """How long an assembly sits, or its delegates, says nothing of an office; it is proposed where nothing else is."""
    made = proposed("office.term", "会员代表任期三年。", "会员大会每届五年。", "理事、监事任期二年。")
    assert made is not None and made.words == "理事、监事任期二年"
    alone = proposed("office.term", "会员大会每届五年。")
    assert alone is not None and alone.value == 60


REGISTERED = "章程之變更應有出席會員三分之二以上同意。本會辦理法人登記後，章程之變更以出席會員四分之三以上之同意行之。"


def test_a_share_after_a_registration_is_proposed_with_its_condition() -> None:
    """Its words begin with the condition, and the question says that the condition is not looked at."""
    asked = of_capability(draft(REGISTERED), "amendment.adoption")
    assert asked.proposal is not None
    made = asked.proposal.binding
    assert (made.words, made.value) == ("本會辦理法人登記後，章程之變更以出席會員四分之三以上之同意行之", "3/4")
    assert "条文写明这一份额只适用于“本會辦理法人登記後”；软件不看是否登记，绑定后一律照此计算" in asked.proposal.zh
    assert "this share holds only “本會辦理法人登記後”" in asked.proposal.en


def test_a_share_without_a_condition_is_proposed_without_a_word_on_it() -> None:
    """Nothing is said where nothing is conditional."""
    asked = of_capability(draft("修改本公约，须经全体会员三分之二以上同意。"), "amendment.adoption")
    assert asked.proposal is not None and "只适用于" not in asked.proposal.zh


def test_sanctions_end_before_their_results_are_told() -> None:
    """将处理结果向会员通报 is no sanction, although 通报 is one."""
    found = proposed("sanction.list", "会员违反本公约的，由秘书处给予警告、公开谴责，并将处理结果向会员通报。")
    assert found is not None and found.items == ("警告", "公开谴责") and found.words.endswith("公开谴责")


def test_what_stands_beside_sanctions_and_is_none_is_named() -> None:
    """删除内容 between 提醒谈话 and 禁言 is left out of the items, and the question says so."""
    asked = of_capability(
        draft("会员违反本公约的，管理组可以给予提醒谈话、删除内容、禁言、除名等处理。"), "sanction.list"
    )
    assert asked.proposal is not None and asked.proposal.binding.items == ("禁言", "除名")
    assert "“提醒谈话”、“删除内容”不在各项之中，不能作出" in asked.proposal.zh


def test_a_deadline_of_publication_states_its_period() -> None:
    """Without one in the words nothing is proposed."""
    found = proposed("publication.within", "本公约应当在通过后三十日内公布。")
    assert found is not None and (found.kind, found.value) == ("period", 30)


@pytest.mark.parametrize(
    "piece",
    [
        "管理员违规", "秘书处", "定名", "平台", "大会", "理事会", "由秘书处", "大会决定", "处理结果", "计划", "工作",
        "注销", "注销大", "代表大会(", "依照本公约",
        "本公约的", "本公约规定", "负责由", "由甲会", "会员",
    ],
)  # fmt: skip
def test_nothing_repeated_without_end_tires_whoever_looks_for_the_object(piece: str) -> None:
    """One clause of 16,000 characters takes a few times as long as one of 4,000, and not as the square does."""
    by = reader()

    def took(length: int) -> float:
        part = Part("1", "第1条", None, piece * (length // len(piece)) + "举")
        (sentence, *_) = sentences.split("1", part.text)
        begun = time.process_time()
        for name in ("report.file", "founding.approval", "membership.decision", "amendment.proposal"):
            named_objects.is_of_another(name, sentence, by)
        for name in ("founding.approval", "sanction.list", "termination", "office.term"):
            named_objects.is_of_no_object(name, sentence.plain)
            named_objects.is_of_a_meeting(name, sentence.plain)
        named_bodies.words_of_the_body(part, 0, len(part.text))
        return time.process_time() - begun

    took(400)
    assert took(16_000) < 9 * max(took(4_000), 0.05)


def test_a_last_sanction_after_or_that_no_list_has_is_named() -> None:
    """移除 and 公开道歉 after 或者 are told; 其他处理 is none, and what every list has is an item."""
    for said, told in (("警告、禁言或者移除", "“移除”"), ("警告或者公开道歉", "“公开道歉”")):
        asked = of_capability(draft(f"会员违反本公约的，给予{said}。"), "sanction.list")
        assert asked.proposal is not None and f"{told}不在各项之中" in asked.proposal.zh
    for said in ("警告或者其他处理", "警告、通报批评或者除名"):
        asked = of_capability(draft(f"会员违反本公约的，给予{said}。"), "sanction.list")
        assert asked.proposal is not None and "不在各项之中" not in asked.proposal.zh


def test_the_approval_of_a_change_is_proposed_where_a_motion_for_it_is_named() -> None:
    """修改本章程的议案 names the text's own change; 本章程的工作方案 does not."""
    share = "经全体会员三分之二以上同意通过，并报业务主管单位批准后生效。"
    found = proposed("amendment.approval", f"理事会可以提出修改本章程的议案，{share}")
    assert found is not None and found.words == "并报业务主管单位批准后生效"
    assert proposed("amendment.approval", "依据本章程的工作方案，报主管部门批准。") is None


@pytest.mark.parametrize("since", ["自2027年1月1日起施行", "自2009年2月起施行", "自公布之日起施行"])
def test_of_effect_and_force_in_one_sentence_the_day_is_that_of_force(since: str) -> None:
    """经签字生效，自…起施行: what says from when is proposed for the force, not the clause on the effect."""
    text = f"云溪协会章程\n第一条 秘书处为本会的执行机构。\n第二条 本章程自发起会员全体签字之日起生效，{since}。\n"
    assert binding_draft.begin(text.encode(), "章程.txt").read.proposals["founding.in_force"].words == since
