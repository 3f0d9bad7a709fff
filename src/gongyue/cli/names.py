"""What matters, acts and their fields are called in help texts and listings: Chinese, then English."""

from __future__ import annotations

from gongyue.governance.naming import ACTS

MATTERS = {
    "founding": "订立公约：导入、定稿、签署、报批、公布。\n\nFounding: from an imported text to a covenant in force.",
    "office": "执行机构的职务：任命、免去、能办什么。\n\nOffices of the executing body.",
    "interpretation": "解释：一次通过的解释包、单项解释、请求解释。\n\nInterpretations and procedure rules.",
    "membership": "成员：邀请、首批加入、申请、准予、退出。\n\nMembership: invited, joined, left.",
    "publication": "定期公布加入及退出名单。\n\nPeriodic lists of joins and leaves.",
    "amendment": "修改公约：提议、附议、表决后备案、公布。\n\nAmending the covenant.",
    "annex": "分支附件：发起、审查、公布、签署。\n\nBranch annexes.",
    "vote": "表决：开始、投票、结束。\n\nVotes: the frozen roll, sealed ballots, the count.",
    "law": "法律：法院或监管命令、规则包、节假日。\n\nThe law above the covenant.",
    "correction": "更正与撤销：原载内容保留。\n\nCorrecting and voiding; nothing is deleted.",
    "key": "密钥：生成、登记、增加、更换（登记与终止一步办成）、作废、补办、否认。\n\n"
    "Keys: made, registered, added, rotated (registered and ended in one step), revoked, recovered, disavowed.",
    "book": "簿册：创立与锚定。\n\nThe book itself: genesis and anchors.",
    "clock": "时间：停了太久之后由两名职员确认；误记了将来则恢复。\n\nThe time: confirmed after a long silence, recovered from a false future.",
}
"""Matter → what its commands are for."""

FIELDS = {
    "accepts": ("接受自律规则", "accepts the rules"),
    "activities": ("业务活动，可重复", "an activity; repeatable"),
    "alg": ("密钥算法", "the key's algorithm"),
    "alliance": ("名册上的是联盟会员", "the roll is the alliance's own members"),
    "annex": ("附件编号，如 a:health", "the annex, e.g. a:health"),
    "answers": ("所答问题：密封序号或其承诺值", "the question answered: sealed index or commitment"),
    "application": ("申请：sealed:序号，或申请单位 u:…", "the application: sealed:INDEX, or the applicant u:…"),
    "addressee": ("收受反映的部门：{name, basis}", "addressee of petitions: {name, basis}"),
    "approver": ("主管部门：{name, basis}，basis 为依据文件", "the authority: {name, basis}, basis a file"),
    "article": ("条", "the article"),
    "attorney": ("授权委托书：{document, begins, ends}", "power of attorney: {document, begins, ends}"),
    "begins": ("起始日", "first day"),
    "calendar": ("节假日安排：每行一段放假或上班日", "the holiday calendar: a line a stretch of days"),
    "capacity": ("签署人身份：legal_representative 或 delegate", "legal_representative or delegate"),
    "change": ("修改内容 JSON", "the change, JSON"),
    "choice": ("同意、反对、弃权", "consent, against or abstain"),
    "code": ("统一社会信用代码", "unified social credit code"),
    "content": ("规则包文件", "the pack's file"),
    "domestic": ("是国内从业者", "is a domestic practitioner"),
    "edition": ("文本（文件或摘要）", "the edition (file or digest)"),
    "effective": ("生效日", "day it takes effect"),
    "ends": ("截止日", "last day"),
    "entry": ("公开簿序号", "index in the open book"),
    "fields": ("改为：字段=值", "corrected: FIELD=VALUE"),
    "first": ("误记时间的第一条", "the first entry of the false time"),
    "forbids": ("禁止的行为类型", "act types forbidden"),
    "from_the_beginning": ("自始无效", "void from the beginning"),
    "ground": ("理由；资格终止时为不公开的文件", "the ground; a private file where membership ends"),
    "holder": ("持有人：u:… o:… authority", "the holder: u:… o:… authority"),
    "in_force": ("施行日", "day it is in force"),
    "initiators": ("发起单位 JSON", "initiators, JSON"),
    "interests": ("利益申报（文件不公开，只载承诺值）", "declaration of interests (private, only its commitment)"),
    "key": ("公钥，或存有密钥的文件", "a public key, or a key file"),
    "kind": ("新订、修订或废止", "new, amend or repeal"),
    "last": ("末条的到达时间，北京时间", "when the last entry arrived, Beijing time"),
    "name": ("名称", "name"),
    "number": ("编号", "number"),
    "of": ("所答申请：sealed:序号，或申请单位 u:…", "the application: sealed:INDEX, or the applicant u:…"),
    "officer": ("职员编号 o:…", "the officer o:…"),
    "offices": ("职务，可重复", "an office; repeatable"),
    "opinion": ("法律意见（文件不公开，只载承诺值）", "the opinion (private, only its commitment)"),
    "order": ("命令编号，如 l:court-2026-7", "the order, e.g. l:court-2026-7"),
    "other": ("另行载明：其他活动，或不同的数值", "stated otherwise: other activities, or other values"),
    "outcome": ("结果", "the outcome"),
    "pack": ("规则包编号", "the pack"),
    "package": ("解释包版本", "the package's version"),
    "party": ("所涉单位，空为全部", "the party concerned, empty for all"),
    "places": ("公布处：[{url, evidence}]，evidence 为证据文件", "where: [{url, evidence}], evidence a file"),
    "proposal": ("提议编号，如 p:2026-01", "the proposal, e.g. p:2026-01"),
    "question": ("问题（文件不公开，只载承诺值）", "the question (private, only its commitment)"),
    "reasons": ("理由（文件）", "reasons (a file)"),
    "roll": ("名册文件", "the roll, a file"),
    "root": ("密封簿现有的根", "the sealed book's root now"),
    "scope": ("适用分支，可重复", "the branch; repeatable"),
    "sealed": ("密封簿现有条数", "the sealed book's size now"),
    "sets": ("所定的值：{name, value}", "what it sets: {name, value}"),
    "signatory": (
        "签署人（文件或 text:姓名，不公开，只载承诺值）",
        "the signatory (file or text:NAME, private, only its commitment)",
    ),
    "source": ("发出机关", "who issued it"),
    "standing": ("名册上单位的身份", "the standing of the roll's units"),
    "supervisor": ("监督执行机构的部门：{name, basis}", "the executing body's supervisor: {name, basis}"),
    "target": ("所改的附件", "the annex it changes"),
    "text": ("文本文件", "the text, a file"),
    "time": ("现在的时间，北京时间", "the time now, Beijing time"),
    "unit": ("单位 u:…", "the unit u:…"),
    "verifier": ("新的验证密钥（vkey）", "the new verifier key (vkey)"),
    "vote": ("表决事项，如 p:2026-01", "the matter voted on, e.g. p:2026-01"),
}
"""Field → (Chinese, English)."""


OF_TYPE = {
    ("key.revoke/1", "last"): (
        "这是最后一把有效密钥：此后不能签署，直至补办",
        "it is the last valid key: nothing can be signed until one is recovered",
    ),
}
"""(act type, field) → (Chinese, English), where it means something of its own."""


def field(name: str, type: str = "") -> str:
    """A field's help: Chinese, then English."""
    zh, en = OF_TYPE.get((type, name)) or FIELDS.get(name, (name, name))
    return f"{zh} / {en}" if zh != en else zh


def act(type: str) -> str:
    """What an act type is called in Chinese; the type itself where it has no name yet."""
    return ACTS.get(type, type)
