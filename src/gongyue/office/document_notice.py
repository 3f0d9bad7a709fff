"""What whoever hands in a document for a dossier is told beforehand: what is never uploaded, and what is done with personal data.

Every face says it in these words: the pages' forms, the command line, the forms on paper.
"""

from __future__ import annotations

from gongyue.governance.acts import ActType
from gongyue.governance.fields import Private
from gongyue.governance.institution import Institution
from gongyue.office.facts.shapes import Said
from gongyue.office.retention_by_book import years_of

EARLIER = frozenset({"dossier.hold/1", "dossier.erase/1", "dossier.receive/1"})
"""Acts that name documents which came with others before."""

SECRETS = Said(
    "涉密信息不得上传：国家秘密、情报不进本系统，另走法定渠道。",
    "Classified information must not be uploaded: state secrets never enter this system and go by their lawful channels.",
)
NEED = Said(
    "只交办理所必需的：与事实无关的个人信息，交来以前请遮盖。",
    "Hand in what the matter needs and no more: cover personal data that the facts do not need.",
)

SCANNED = Said(
    "检举和案件里的文书收下以前由软件查一遍：文字和表格里没有遮盖的证件、账户号码不予收下；图片和 PDF 软件看不进去，请自己看一遍；"
    "哪一份没有读过，签署前列出，卷里一直标明，答复检举、作出结论的人须先打开看过。",
    "Documents of reports and cases are scanned before they are taken: identity and account numbers that were not covered"
    " in texts and tables are refused. Software cannot look into pictures and PDF: look yourself."
    " Which ones were not read is listed before you sign and marked in the dossier; whoever answers or concludes has opened them.",
)


def brings_documents(kind: ActType) -> bool:
    """Whether documents come into a dossier with acts of that type: reports, replies, evidence, whatever is attached."""
    return kind.in_dossier and kind.type not in EARLIER and any(sort is Private for sort in kind.digests.values())


def document_notice(inst: Institution, handler: str = "", contact: str = "") -> tuple[Said, ...]:
    """The notice, a sentence each; `handler`: who processes the data, `contact`: where it is reached, where a face knows."""
    years = years_of(inst)
    reached = f"，{contact}" if contact else "，联系方式见本站或公告"
    reach = f", {contact}" if contact else ", reached as its pages or notices say"
    return (
        SECRETS,
        NEED,
        SCANNED,
        # PIPL 17 (1): who handles it, and how to be reached
        Said(
            f"个人信息由谁处理：{handler or '公约执行机构'}{reached}。",
            f"Who handles personal data: {handler or 'the executive body'}{reach}.",
        ),
        # PIPL 17 (2): purpose, ways, kinds, for how long
        Said(
            "为了什么：只用于办理这一卷。处理的是您填写的和文书里的内容：加密存放，本卷当事方和承办、审议的人能读，每次打开都有记录；"
            f"系统的保管人在技术上能读到。卷终结后保存 {years} 年（程序规则 P17），随即删除；簿册里只有打不开的承诺值。",
            "What for: to handle this dossier and nothing else. What you write and what the documents hold is kept encrypted; its"
            " parties and those who handle and judge it read it, and each reading is logged; whoever keeps the system can"
            f" technically read it. It is kept {years} years after the dossier ends (procedure rule P17), then erased; the book holds commitments alone.",
        ),
        # PIPL 17 (3), 44-47: rights and how they are used
        Said(
            "您和文书里写到的人，可以查阅、复制、更正、请求删除：向上述处理者提出；不同意答复的，可以向履行个人信息保护职责的部门投诉。",
            "You and whomever the documents mention may read, copy, correct it and ask for its erasure: turn to whoever handles it,"
            " or complain to the departments that protect personal information.",
        ),
    )
