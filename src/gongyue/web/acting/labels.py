"""What the fields of acts are called on forms, and a hint where one helps: Chinese and English, for every field.

A field is named by its path in the body (`places.url`); a label for one act type stands under (type, path). A test
holds this to the register of act types.
"""

from __future__ import annotations

from typing import NamedTuple

from gongyue.governance.acts import Kind
from gongyue.web.templatetags.words import pick


class Label(NamedTuple):
    """A field's name, and what helps to fill it in."""

    zh: str
    en: str
    hint_zh: str = ""
    hint_en: str = ""

    @property
    def text(self) -> str:
        """The name in the language of this answer."""
        return pick(self.zh, self.en)

    @property
    def hint(self) -> str:
        """The hint in the language of this answer."""
        return pick(self.hint_zh, self.hint_en)


DO = {
    "book.genesis/1": "Found the book",
    "book.anchor/1": "Anchor the sealed book",
    "book.rotate/1": "Change a book's key",
    "key.register/1": "Register a key",
    "key.add/1": "Add a key",
    "key.rotate/1": "Replace a key",
    "key.revoke/1": "Revoke a key",
    "key.retire/1": "Retire an officer's key",
    "key.recover/1": "Recover after a lost key",
    "key.disavow/1": "Disavow an act recorded from paper",
    "office.appoint/1": "Appoint to office",
    "office.end/1": "End an office",
    "founding.import/1": "Import a text",
    "founding.designate/1": "Designate the authority",
    "founding.freeze/1": "Freeze the text for signing",
    "founding.reopen/1": "Reopen the text",
    "founding.sign/1": "Sign the covenant",
    "founding.step_out/1": "Step out as an initiator",
    "founding.submit/1": "Submit for approval",
    "founding.approval/1": "Answer of the authority",
    "founding.publish/1": "Publish the covenant",
    "interpretation.adopt/1": "Adopt interpretations and procedure rules",
    "interpretation.issue/1": "Issue an interpretation",
    "interpretation.withdraw/1": "Withdraw an interpretation",
    "interpretation.ask/1": "Ask for an interpretation",
    "membership.invite/1": "Invite to join",
    "membership.enrol/1": "Join in the first batch",
    "membership.apply/1": "Apply to join",
    "membership.grant/1": "Admit an applicant",
    "membership.refuse/1": "Refuse an applicant",
    "membership.withdraw/1": "Withdraw from the covenant",
    "membership.end/1": "End a membership",
    "membership.declare/1": "Declare activities",
    "publication.list/1": "Publish a list of joins and leaves",
    "amendment.initiate/1": "Initiate an amendment",
    "amendment.support/1": "Support an amendment",
    "amendment.file/1": "File an amendment",
    "amendment.report/1": "File an adopted amendment with the authority",
    "amendment.approval/1": "The authority's approval of an amendment",
    "amendment.publish/1": "Publish an amendment",
    "vote.open/1": "Open a vote",
    "vote.ballot/1": "Vote",
    "vote.disavow/1": "Disavow a ballot on paper",
    "vote.turnout/1": "State the turnout",
    "vote.close/1": "Close a vote",
    "annex.review/1": "Record a lawyer's review of an annex",
    "annex.initiate/1": "Initiate an annex",
    "annex.publish/1": "Publish an annex",
    "annex.sign/1": "Sign an annex",
    "annex.leave/1": "Leave an annex",
    "law.order/1": "Record an order of law",
    "law.lift/1": "Record that an order was lifted",
    "law.pack/1": "Log a law pack",
    "law.calendar/1": "Log the holiday calendar",
    "correction.correct/1": "Correct a slip",
    "correction.void/1": "Void an act",
}
"""Doing an act, in English; the Chinese is in `governance.naming`."""

_DAY = ("按北京日期。", "A Beijing date.")
_PRIVATE = (
    "不公开：簿册只载其加盐承诺值；内容与盐存于办公室，可依法删除。",
    "Private: the book holds its salted commitment only; content and salt stay with the office and can be erased.",
)
_PUBLIC = ("任何人都能读到。", "Anyone can read it.")

FIELDS: dict[str | tuple[str, str], Label] = {
    "accepts": Label("接受本公约的自律规则", "Accepts the covenant's rules", "第二十三条。", "Article 23."),
    "activities": Label(
        "业务活动", "Activities", "第二条所列；可选多项。", "As article 2 lists them; choose all that fit."
    ),
    "addressee": Label(
        "收受反映的部门", "Addressee of petitions", "第十四条；可不填。", "Article 14; may be left out."
    ),
    "addressee.basis": Label("依据文件", "Legal basis", *_PUBLIC),
    "addressee.name": Label("部门名称", "Name of the office"),
    "against": Label("不同意", "Against", "所开启选票之数。", "As counted from the ballots opened."),
    "abstain": Label("弃权", "Abstentions", "所开启选票之数。", "As counted from the ballots opened."),
    "alg": Label(
        "密钥算法",
        "Kind of key",
        "通行密钥选 webauthn，文件密钥选 ed25519。",
        "webauthn for a passkey, ed25519 for a key file.",
    ),
    "algorithms": Label("允许的密钥算法", "Kinds of key allowed"),
    "alliance": Label(
        "名册上的是联盟会员",
        "They are the Alliance's own members",
        "联盟会员可首批加入。",
        "These may join in the first batch.",
    ),
    "anchor": Label("锚定时段", "Slot of the anchor", "计数所依的锚定。", "The anchor the count is taken at."),
    "annex": Label("附件", "Annex", "编号如 a:health。", "An id such as a:health."),
    "answers": Label("所答问题", "Question answered", "没有则不选。", "Leave empty if none."),
    "application": Label(
        "申请", "Application", "准予时，申请由此启封。", "Granting it opens the application in the book."
    ),
    "approver": Label("主管部门", "Authority that approves", "第二十一条。", "Article 21."),
    "approver.basis": Label("依据文件", "Legal basis", *_PUBLIC),
    "approver.name": Label("部门名称", "Name of the office"),
    "article": Label("第几条", "Article", "填数字。", "A number."),
    "attorney": Label("授权委托书", "Power of attorney", "由委托代表签署时须有。", "Needed when a delegate signs."),
    "attorney.begins": Label("授权起", "From", *_DAY),
    "attorney.document": Label("委托书", "The document", *_PRIVATE),
    "attorney.ends": Label("授权止", "Until", *_DAY),
    "ballots": Label(
        "所开启的选票",
        "Ballots opened",
        "启封文件；不公开选票时留空。",
        "The object of openings; empty where ballots stay with members.",
    ),
    "begins": Label("起始日", "First day", *_DAY),
    "book": Label("哪一簿", "Which book"),
    "calendar": Label(
        "节假日安排",
        "Holiday calendar",
        "JSON 文件：年份、放假日、调休上班日。",
        "A JSON file: years, holidays, working days.",
    ),
    "capacity": Label("签署人身份", "Capacity of the signatory"),
    "change": Label(
        "修改内容", "The change", "JSON 文件：文本前后对照与数额。", "A JSON file: text diff and term diff."
    ),
    "choice": Label(
        "表决",
        "Your vote",
        "截止前可以更改，以最后一次为准。",
        "It can be changed until the close; the last one counts.",
    ),
    "closes": Label("截止时间", "Closes at", "Unix 秒。", "Unix seconds."),
    "code": Label("统一社会信用代码", "Unified social credit code", "18 位。", "18 characters."),
    "consents": Label("同意", "Consents", "所开启选票之数。", "As counted from the ballots opened."),
    "consents_left": Label("同意（仍在册者）", "Consents by those still members"),
    "content": Label("规则包文件", "The pack", *_PUBLIC),
    "demo": Label("这是演示", "It is a demonstration"),
    "domestic": Label("是国内从业者", "Is a domestic practitioner", "第二条、第二十三条。", "Articles 2 and 23."),
    "edition": Label("文本", "Text", "默认为现在办理的文本。", "By default the text now in hand."),
    "effective": Label("生效日", "Effective on", *_DAY),
    "ends": Label("截止日", "Last day", *_DAY),
    "entry": Label("公开簿序号", "Entry in the open book", "如 41。", "A number such as 41."),
    "executive": Label("执行机构名称", "Name of the executing body"),
    "fields": Label(
        "改为", "Corrected to", "每行一项：字段=值；值可写 JSON。", "One a line: FIELD=VALUE; the value may be JSON."
    ),
    "forbids": Label(
        "禁止的行为", "Acts forbidden", "每行一种，如 annex.publish/1。", "One a line, such as annex.publish/1."
    ),
    "forbids.source": Label("法律名称", "Name of the law"),
    "forbids.types": Label(
        "禁止的行为", "Acts forbidden", "每行一种，如 annex.publish/1。", "One a line, such as annex.publish/1."
    ),
    "from_the_beginning": Label(
        "自始无效", "Void from the beginning", "否则自今日起无效。", "Otherwise void from today."
    ),
    "holder": Label(
        "持有人", "Holder", "单位 u:…、职员 o:…，或 authority。", "A unit u:…, an officer o:…, or authority."
    ),
    "in_force": Label(
        "施行日", "In force on", "只能为公布之日（第二十六条）。", "Only the day of publication (article 26)."
    ),
    "initiators": Label("发起单位", "Initiators", "至少两家。", "At least two."),
    "initiators.code": Label("统一社会信用代码", "Unified social credit code"),
    "initiators.id": Label("编号", "Id", "如 u:0001。", "Such as u:0001."),
    "initiators.name": Label("单位名称", "Name"),
    "interests": Label("利益申报", "Declaration of interests", *_PRIVATE),
    "key": Label("公钥", "Public key", "k: 开头；可用通行密钥建立。", "Begins with k:; a passkey can be made for it."),
    "kind": Label("新订、修订或废止", "New, amended or repealed"),
    "list": Label("名单文件", "The list", "JSON。", "JSON."),
    "matter": Label("事项", "Matter", "提议 p:… 或附件 a:…。", "A proposal p:… or an annex a:…."),
    "name": Label("单位名称", "Name of the unit"),
    "number": Label("编号", "Number"),
    "of": Label("所答申请", "Application answered"),
    "officer": Label("职员", "Officer", "编号如 o:qin，不写姓名。", "An id such as o:qin, never a name."),
    "officers": Label("首批职员", "First officers"),
    "officers.begins": Label("起始日", "First day", *_DAY),
    "officers.ends": Label("截止日", "Last day", *_DAY),
    "officers.id": Label("编号", "Id"),
    "officers.key": Label("公钥", "Public key"),
    "officers.offices": Label("职务", "Offices"),
    "offices": Label("职务", "Offices", "不得兼任的，系统会拒绝。", "Offices that exclude each other are refused."),
    "open_vkey": Label("公开簿验证密钥", "Key of the open book"),
    "opinion": Label("法律意见", "The opinion", *_PRIVATE),
    "order": Label("命令编号", "The order", "如 l:court-2026-7。", "Such as l:court-2026-7."),
    "origins": Label("网页地址", "Addresses of the pages", "每行一个。", "One a line."),
    "other": Label("其他活动", "Other activities", "没有则留空。", "Leave empty if none."),
    "outcome": Label("结果", "Outcome"),
    "pack": Label("规则包编号", "The pack", "如 l:pack-2026-1。", "Such as l:pack-2026-1."),
    "package": Label("解释包版本", "Version of the package"),
    "party": Label("所涉单位", "Unit concerned", "留空为全部单位。", "Empty: every unit."),
    "places": Label(
        "公布处", "Where it was published", "每处附证据，如网页快照。", "Each with its evidence, such as a snapshot."
    ),
    "places.evidence": Label("证据", "Evidence", *_PUBLIC),
    "places.url": Label("网址", "Address", "以 https:// 开头。", "Begins with https://."),
    "proposal": Label("修改提议", "Proposal", "编号如 p:2026-01。", "An id such as p:2026-01."),
    "quantum": Label("锚定补足单位", "Padding quantum"),
    "question": Label("问题", "Question", *_PRIVATE),
    "reasons": Label("理由", "Reasons", *_PUBLIC),
    "recovery_days": Label("补办密钥的等待期（日）", "Delay of recovery, days"),
    "roll": Label(
        "名册",
        "Roll",
        "表格（CSV：名称、统一社会信用代码、可选编号）或 JSON。",
        "A table (CSV: name, code, optional id) or JSON.",
    ),
    "roll_left": Label("名册上仍在册者", "Of the roll, still members"),
    "root": Label("密封簿根", "Root of the sealed book"),
    "scope": Label("适用分支", "Branch it applies to", "可选多项。", "Choose all that fit."),
    "sealed_vkey": Label("密封簿验证密钥", "Key of the sealed book"),
    "sets": Label(
        "所定的值",
        "What it sets",
        "只有此处有效力，文字部分没有；没有则留空。",
        "Only this has effect, prose has none; empty if nothing.",
    ),
    "sets.name": Label("程序规则或解释", "Rule or reading", "如 P2。", "Such as P2."),
    "sets.value": Label("值", "Value"),
    "signatory": Label("签署人姓名", "Name of the signatory", *_PRIVATE),
    "size": Label("密封簿条数", "Size of the sealed book"),
    "slot": Label("锚定时段", "Slot"),
    "slot_seconds": Label("锚定间隔（秒）", "Seconds between anchors"),
    "source": Label("发出机关", "Issued by"),
    "standing": Label(
        "名册上单位的身份",
        "Standing of the units",
        "任何单位都不因被导入而成为成员。",
        "Nobody becomes a member by being imported.",
    ),
    "strength": Label("最低签署强度", "Least strength of signature"),
    "supervisor": Label(
        "监督执行机构的部门", "Supervisor of the executing body", "第十九条；可不填。", "Article 19; may be left out."
    ),
    "supervisor.basis": Label("依据文件", "Legal basis", *_PUBLIC),
    "supervisor.name": Label("部门名称", "Name of the office"),
    "system_key": Label("办公密钥", "Office key"),
    "target": Label("所改的附件", "Annex it changes", "新订时不选。", "Leave empty for a new one."),
    "text": Label("文本", "Text", "任何人都能读到；首行为名称。", "Anyone can read it; the first line is its title."),
    "unit": Label("单位", "Unit"),
    "verifier": Label("新的验证密钥", "New verifier key", "由 gongyue book-key 生成。", "As gongyue book-key made it."),
    "vote": Label("表决事项", "Matter voted on"),
    "voted": Label("已投单位数", "Units that have voted"),
    # -- where one act type means something of its own
    ("membership.withdraw/1", "effective"): Label(
        "退出日", "Leaves on", "留空：通知到达即退出（第二十三条）。", "Empty: on arrival of this notice (article 23)."
    ),
    ("membership.end/1", "ground"): Label("理由文件", "Ground", *_PRIVATE),
    ("membership.refuse/1", "ground"): Label(
        "条文理由",
        "Ground in the text",
        "只能是条文的两项之一（第二十三条）。",
        "One of the two in the text only (article 23).",
    ),
    ("membership.refuse/1", "reasons"): Label("理由", "Reasons", "只给申请人。", "For the applicant only."),
    ("membership.refuse/1", "unit"): Label("申请单位", "Applicant"),
    ("founding.approval/1", "outcome"): Label("批复", "Answer"),
    ("founding.publish/1", "reasons"): Label(
        "逾期理由", "Reasons for delay", "逾期公布时须有，任何人都能读到。", "Needed when late; anyone can read it."
    ),
    ("founding.sign/1", "edition"): Label("所签文本", "Text to be signed", "即定稿文本。", "The frozen text."),
    ("founding.import/1", "edition"): Label(
        "公约文本",
        "Covenant",
        "文本文件 .txt .md .docx，或做好的 .json。",
        "A .txt, .md or .docx file, or an edition's .json.",
    ),
    ("founding.import/1", "original"): Label(
        "原文件", "Original document", "原样公开留存。", "Kept as it is, in public."
    ),
    ("amendment.initiate/1", "edition"): Label("修改后的文本", "Text as amended", "JSON 文件。", "A JSON file."),
    ("interpretation.adopt/1", "other"): Label(
        "不同的选择",
        "Other choices",
        "每行一项：名称=值；留空即全部照建议。",
        "One a line: NAME=VALUE; empty: all as proposed.",
    ),
    ("interpretation.issue/1", "text"): Label("解释文字", "Text", *_PUBLIC),
    ("interpretation.ask/1", "article"): Label("问哪一条", "Article asked about", "填数字。", "A number."),
    ("key.revoke/1", "key"): Label("作废哪一把", "Key to revoke"),
    ("key.retire/1", "key"): Label("停用哪一把", "Key to retire"),
    ("key.recover/1", "key"): Label(
        "新公钥",
        "New public key",
        "等待期满后有效，期间本单位可否认。",
        "Valid after the visible delay, in which the unit may disavow it.",
    ),
    ("law.order/1", "ends"): Label("截止日", "Last day", "没有期限则留空。", "Empty if it has none."),
    ("law.pack/1", "ends"): Label("截止日", "Last day", "没有期限则留空。", "Empty if it has none."),
    ("vote.open/1", "roll"): Label("冻结名册单位数", "Units on the frozen roll"),
    ("annex.review/1", "text"): Label(
        "所审文本", "Text reviewed", "与发起附件的文本一致。", "The same as will be initiated."
    ),
}
"""Path, or (type, path) → label."""

PAPER = {
    "scan": Label("扫描件", "Scan of the paper", *_PRIVATE),
    "number": Label("发文字号", "Document number", "如 示函〔2026〕7号。", "Such as 示函〔2026〕7号."),
    "dated": Label("成文日期", "Date of the document", *_DAY),
    "arrived": Label("收到日期", "Received on", *_DAY),
}
"""The fields of the paper an act is recorded from."""

VALUES = {
    "A1": ("电子签名（A1）", "electronic signature (A1)"),
    "A3": ("纸面签署（A3）", "paper (A3)"),
    "adopted": ("通过", "adopted"),
    "rejected": ("未通过", "rejected"),
    "amend": ("修订", "amend"),
    "new": ("新订", "new"),
    "repeal": ("废止", "repeal"),
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


def label(type: str, path: str) -> Label:
    """The label of a field of an act type; what stands in a map is called by its own name. KeyError where it has none."""
    found = FIELDS.get((type, path)) or FIELDS.get(path)
    if found is not None:
        return found
    within, dot, name = path.rpartition(".")
    if not dot:
        raise KeyError(path)
    map_ = label(type, within)
    return Label(f"{map_.zh} {name}", f"{map_.en} {name}")


def label_of(kind: Kind, path: str) -> Label:
    """The label of a field; KeyError where it has none."""
    return label(kind.type, path)
