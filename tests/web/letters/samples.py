"""One letter of each kind, and the form of each act, all fictional."""

from __future__ import annotations

import msgspec

from gongyue.covenant.parties import fictional_code
from gongyue.covenant.values import Meaning
from gongyue.demo.simulated_office import beijing
from gongyue.governance.acts import ACT_TYPES, Paper
from gongyue.governance.articles import bundled_edition
from gongyue.governance.registry import Disavowal
from gongyue.office.link_words import link_words
from gongyue.office.notices import Notice
from gongyue.sealing.link import link_line
from gongyue.web.letters.dossiers import FoundOn, InDossier, PrintedHead, Slip
from gongyue.web.letters.forms import Form, printable
from gongyue.web.letters.layout import LetterHead, Matter
from gongyue.web.letters.members import AccountInvitation, Admitted, Invitation, MembershipOver, NotAdmitted
from gongyue.web.letters.offices import Appointed
from gongyue.web.letters.paper_notice import RecordedFromPaper
from gongyue.web.letters.publications import CovenantPublished, InterpretationIssued, Listed, ListPublished, Submission
from gongyue.web.letters.votes import CallToVote, ResultOfVote

DIGEST = "sha256:" + "9f86d081884c7d65" * 4
ADDRESS = "https://alliance.example/log/156/"
COVENANT = "中关村大数据产业联盟行业自律公约"
HEAD = LetterHead(
    issuer="示范联盟（演示）",
    covenant=COVENANT,
    written="2026-10-26",
    number="示联函〔2026〕31号",
    published="2026-10-26",
    index="GY-2026-0031",
    checkpoint=f"156 条　{DIGEST}",
    address=ADDRESS,
    demo=True,
)


def article(number: int) -> str:
    """The words of an article of the bundled text."""
    return bundled_edition().article(number).text


BALLOT = Notice(
    id="sealed:3f9a62d0c1b2e4f5",
    unit="u:0009",
    name="一苇计算（演示）",
    book="sealed",
    place="3f9a62d0c1b2e4f5",
    index=37,
    type="vote.ballot/1",
    zh="投票",
    en="Votes.",
    at="22",
    fields={"vote": "p:2026-01", "choice": "consent"},
    recorded=beijing("2026-10-28 15:04"),
    act=DIGEST,
    commitment=DIGEST,
    own=False,
    recorded_by=("o:qin", "o:bai"),
    paper=Paper("2026-10-28", "2026-10-27", "苇函〔2026〕3号", DIGEST),
    disavow=Disavowal("vote.disavow/1", {"vote": "p:2026-01"}, beijing("2026-11-26 00:00")),
)
APPLICANT = "拾贝科技有限公司（演示）"


def listed(number: int, day: str, beside: str = "") -> Listed:
    """A unit on a list."""
    return Listed(f"演示单位{number}信息技术有限公司", fictional_code(number), day, beside)


NOTE = (
    f"gongyue/head@1\ngongyue.example/demo/sealed\nd:{'3f' * 32}\n12\n{DIGEST}\n1787020200\n\n"
    f"— gongyue.example/demo/sealed {'A' * 92}\n"
)
CONCLUSION = InDossier(
    "青禾健康（演示）",
    "调查结论书",
    "Conclusion of an investigation",
    "石桥-天平",
    10,
    "2026-08-18",
    "职员 mo、职员 ge",
    "抽样表明用于营销，超出承诺。",
    "窗户 柠檬",
    (
        FoundOn("第八条", article(8), True, "用户与伙伴权益", ("第 4 件：证据，2026年6月12日送达",)),
        FoundOn("第三条", article(3), False, "", ()),
    ),
    adverse=True,
    nature=True,
)
LETTERS: dict[str, Matter] = {
    "conclusion": CONCLUSION,
    "draft": msgspec.structs.replace(CONCLUSION, n=0, ends="", nature=False, findings=()),
    "served": msgspec.structs.replace(
        CONCLUSION,
        called="送达证据",
        called_en="Serve documents: evidence",
        findings=(),
        enclosed=("文书 2：抽样.pdf",),
        kept=PrintedHead(12, "2026-08-18 10:30:00", "窗户 柠檬 骆驼", NOTE),
        slip=Slip("石桥-天平", 10, ("文书 1", "文书 2：抽样.pdf")),
    ),
    "appointed": Appointed(
        "o:hu", ("panellist",), "2026-05-20", "2028-12-31", 71, "https://alliance.example/desk/", at="5"
    ),
    "recorded": RecordedFromPaper(
        BALLOT,
        beijing("2026-10-28 16:00"),
        "https://alliance.example/workspace/acts/",
        {"p:2026-01": "修改第二十三条（编号 2026-01）", "o:qin": "秦", "o:bai": "白"},
    ),
    "invitation": Invitation(APPLICANT, article(23), "https://alliance.example/join/", "2026-06-30", at="23"),
    "account": AccountInvitation(APPLICANT, "张三", ADDRESS, beijing("2026-11-02 10:09")),
    "admitted": Admitted(
        APPLICANT, "u:0038", "2026-12-28", "2027-01-26", 171, "https://alliance.example/workspace/", at="23"
    ),
    "not-admitted": NotAdmitted(
        APPLICANT, "2026-12-28", "acceptance", article(23), "申请书“是否接受自律规则”一栏填“否”，并附有保留意见。", "3f9a62d0c1b2e4f5", at="23"
    ),
    "over": MembershipOver("夜航数据（演示）", "u:0011", "2026-04-02", "2026-12-07", "withdrawn", 163),
    "ended": MembershipOver(
        "夜航数据（演示）",
        "u:0011",
        "2026-04-02",
        "2026-11-20",
        "ended",
        163,
        link_line(bytes(range(32)), ()).decode().strip(),
        link_words(ACT_TYPES["membership.end/1"], ()),
    ),
    "call": CallToVote(
        "一苇计算（演示）",
        "修改第二十三条（编号 2026-01）",
        "amendment of article 23 (no. 2026-01)",
        DIGEST,
        "第二十三条“定期公布加入及退出本公约的单位名单”前增加“按季”二字；其余不变。",
        "22",
        article(22),
        beijing("2026-10-26 00:00"),
        beijing("2026-11-26 00:00"),
        "须 25 家同意（全体成员单位的三分之二以上）",
        "25 must consent (2/3 of all member units)",
        37,
        "https://alliance.example/votes/p:2026-01/",
    ),
    "result": ResultOfVote(
        "一苇计算（演示）", "修改第二十三条（编号 2026-01）", "amendment of article 23 (no. 2026-01)", DIGEST, "22", article(22),
        37, 34, 26, 6, 2, "26 × 3 = 78 ≥ 37 × 2 = 74", "adopted", "https://alliance.example/votes/p:2026-01/",
    ),
    "list": ListPublished(
        1,
        "2026-03-20",
        "2026-06-30",
        tuple(listed(n, "2026-04-02") for n in range(1, 27)),
        (listed(40, "2026-06-11"),),
        (),
        (listed(7, "2026-05-06", "单位七（演示）"),),
        (listed(9, "2026-03-31", "退出"),),
        36,
        article(23),
        at="23",
    ),
    "covenant": CovenantPublished(
        DIGEST, "2026-03-20", "示范主管部门（演示）", "示主管函〔2026〕7号", 5, article(26),
        ("https://alliance.example/covenant/", "https://press.example/2026/covenant"),
        at="26",
    ),
    "interpretation": InterpretationIssued(
        3,
        "17",
        article(17),
        "第十七条所称“证据”，包括可以核验其来源与形成时间的电子数据。\n以非法方法取得的材料，不作为受理检举的依据。",
        "2026-11-01",
        ("程序规则 P4（调查期限，说明理由可延长一次）：60 日", "procedure rule P4 (investigation, extendable once with reasons by as much): 60 days"),
        "25",
    ),
    "submission": Submission(
        "示范主管部门（演示）", "founding", DIGEST, "本联盟 5 家发起单位已于2026年2月6日前全部签署本公约。", "21", article(21),
        "https://alliance.example/authority/", "联盟秘书处，电话 000-0000000",
    ),
    "report": Submission(
        "示范主管部门（演示）", "amendment", DIGEST, "本公约第二十三条的修改已经 37 家成员单位中的 26 家同意。", "22", article(22),
        "https://alliance.example/authority/", "联盟秘书处，电话 000-0000000",
    ),
}  # fmt: skip

MEANING = Meaning(bundled_edition())

FORMS: dict[str, Matter] = {
    kind.type: Form(kind.type, MEANING.at(n), article(n))
    for kind in printable()
    for n in (MEANING.article(kind.clause),)
}
