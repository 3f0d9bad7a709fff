"""What figures and values are called by every face: Chinese and English, in words and never as a hash."""

from __future__ import annotations

from gongyue.governance.naming import PROSE

VALUES = {
    "letter": ("函告", "by letter"),
    "message": ("电子邮件或短信", "by e-mail or text message"),
    "telephone": ("电话", "by telephone"),
    "in_person": ("当面", "in person"),
    "quarter": ("按季度", "by quarter"),
    "year": ("按年度", "by year"),
    "file": ("向主管部门备案", "filed with the authority"),
    "approve": ("报主管部门批准", "approved by the authority"),
    "public": ("向社会公开", "opened to the public"),
    "members": ("仅向成员公开", "opened to members only"),
    "signers": ("签署该附件的成员", "the members that sign it"),
    "scope": ("申报相应分支的全部成员", "all members declared in its branch"),
    "A1": ("电子签名（A1）", "electronic signature (A1)"),
    "A3": ("纸面签署（A3）", "paper (A3)"),
    "adopted": ("通过", "adopted"),
    "rejected": ("未通过", "rejected"),
    "no_quorum": ("未达法定人数", "no quorum"),
    "roll": ("全体成员单位", "all member units"),
    "voting": ("参加表决的单位", "the units voting"),
    "present": ("出席的单位", "the units present"),
    "branch": ("该分支的单位", "the units of the branch"),
    "amend": ("修订", "amend"),
    "new": ("新订", "new"),
    "repeal": ("废止", "repeal"),
    "prose": PROSE,
    "value": ("设定程序规则的数值或解读的选择", "sets a procedure rule's value or a reading's choice"),
    "ed25519": ("文件密钥（ed25519）", "key file (ed25519)"),
    "webauthn": ("通行密钥（webauthn）", "passkey (webauthn)"),
    "granted": ("批准", "granted"),
    "refused": ("不予批准", "refused"),
    "returned": ("退回", "returned"),
    "invited": ("受邀", "invited"),
    "member": ("成员", "member"),
    "open": ("公开簿", "open book"),
    "sealed": ("密封簿", "sealed book"),
    "legal_representative": ("法定代表人", "legal representative"),
    "delegate": ("委托代表", "delegate"),
    "practitioner": ("不是国内从业者", "not a domestic practitioner"),
    "acceptance": ("未接受自律规则", "does not accept the rules"),
}
"""The words for values that are chosen from a list and have no words elsewhere."""


ACTIVITIES = {
    "infrastructure": ("基础设施", "infrastructure"),
    "application": ("应用服务", "application services"),
    "analysis": ("分析服务", "analysis services"),
    "computing": ("计算服务", "computing services"),
    "data-resources": ("数据资源服务", "data resource services"),
    "vertical": ("垂直行业融合", "vertical industries"),
    "research": ("科研", "research"),
    "education": ("教育", "education"),
    "service": ("服务", "other services"),
}
"""The activities of article 2."""

CHOICES = {"consent": ("同意", "consent"), "against": ("不同意", "against"), "abstain": ("弃权", "abstain")}

STATUSES = {
    "invited": ("受邀", "invited"),
    "initiator": ("发起单位", "initiator"),
    "member": ("成员", "member"),
    "left": ("退出", "left"),
    "ended": ("资格终止", "membership ended"),
}
"""Where a unit stands; neutral words (domain reading `membership.end`)."""

EVENTS = {
    "joined": ("加入", "joined"),
    "left": ("退出", "left"),
    "ended": ("资格终止", "membership ended"),
    "undone": ("误记的退出（已撤销）", "left, by a notice not its own: undone"),
}
"""What happens to a unit's membership."""

STAGES = {
    "empty": ("空簿，待创立", "empty, to be founded"),
    "draft": ("草案", "draft"),
    "frozen": ("已定稿，签署中", "frozen, being signed"),
    "submitted": ("已报批", "submitted"),
    "returned": ("被退回", "returned"),
    "refused": ("未获批准", "not approved"),
    "effective": ("已生效，待公布", "in effect, to be published"),
    "in_force": ("施行中", "in force"),
    "collecting": ("征集附议", "collecting support"),
    "proposed": ("已提出", "filed"),
    "published": ("已公布施行", "published and in force"),
    "consultation": ("征求意见", "consultation"),
    "replaced": ("已由新附件代替", "replaced"),
    "repealing": ("废止他件", "repeals another"),
    "repealed": ("已废止", "repealed"),
    "issued": ("有效", "in force"),
    "superseded": ("已被取代", "superseded"),
    "withdrawn": ("已撤回", "withdrawn"),
    "open": ("表决中", "vote open"),
    "adopted": ("通过", "adopted"),
    "rejected": ("未通过", "not adopted"),
    "no_quorum": ("未达法定人数", "no quorum"),
    "lapsed": ("已失效", "lapsed"),
}
"""Where a matter stands, in a word."""

WORK = {
    "case": ("办理检举", "handling a report"),
    "case.conclude": ("对检举作出结论", "concluding a case"),
    "sanction.reconsider": ("复核处理决定", "reconsidering a sanction"),
    "dispute.mediate": ("调解争议", "mediating a dispute"),
}
"""Work of several acts that needs staff."""

BECAME = {"corrected": ("已更正", "corrected"), "void": ("已撤销", "voided"), "disavowed": ("已否认", "disavowed")}
"""What becomes of entries of the open book, in a word."""
