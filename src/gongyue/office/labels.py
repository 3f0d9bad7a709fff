"""What fields, figures and values are called by every face: Chinese and English, in words and never as a hash.

A field is named by its path in the body (`places.url`); a label for one act type stands under (type, path). The labels
stand in `fields.toml`; a test holds them to the register of act types.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, NamedTuple

from gongyue.governance.naming import PROSE


class Label(NamedTuple):
    """A field's name, and what helps to fill it in."""

    zh: str
    en: str
    hint_zh: str = ""
    hint_en: str = ""


_TABLE: dict[str, Any] = tomllib.loads(files("gongyue.office").joinpath("fields.toml").read_text("utf-8"))


def _read(rows: Mapping[str, list[str]]) -> dict[str, Label]:
    hints: dict[str, list[str]] = _TABLE["hints"]
    return {path: Label(*said[:2], *hints.get(said[2], said[2:])) for path, said in rows.items()}


PAPER = _read(_TABLE["paper"])
"""The fields of the paper an act is recorded from."""
FIELDS: dict[str | tuple[str, str], Label] = {}
FIELDS.update(_read(_TABLE["fields"]))
for _type, _rows in _TABLE["types"].items():
    FIELDS.update({(_type, path): label for path, label in _read(_rows).items()})
"""Path, or (type, path) → label."""

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


FIGURES = {
    "says": ("解释所写", "the interpretation says"),
    "binds": ("条文所写", "the article says"),
    "actor": ("行为人", "actor"),
    "adopted": ("通过的文本", "adopted text"),
    "alg": ("算法", "kind of key"),
    "annex": ("附件", "annex"),
    "approved": ("已批准", "approved"),
    "arithmetic": ("算式", "arithmetic"),
    "clause": ("条款", "clause"),
    "more": ("此外", "more"),
    "arrived": ("到达", "arrived"),
    "base": ("基数", "of whom"),
    "at": ("时间", "time"),
    "book": ("簿", "book"),
    "capacity": ("身份", "capacity"),
    "clock": ("时钟", "clock"),
    "code": ("信用代码", "credit code"),
    "consented": ("已同意", "consented"),
    "consents_left": ("同意（仍在册）", "consents left"),
    "count": ("现有", "there are"),
    "counted": ("清点所得", "counted"),
    "dated": ("成文", "dated"),
    "digest": ("摘要", "digest"),
    "due": ("应为", "due"),
    "effective": ("生效日", "effective"),
    "ends": ("止", "ends"),
    "begins": ("起", "begins"),
    "entry": ("条目", "entry"),
    "expected": ("应为", "expected"),
    "fields": ("字段", "fields"),
    "first": ("首条", "first entry"),
    "found": ("现为", "found"),
    "frozen": ("冻结名册", "frozen roll"),
    "ground": ("理由", "ground"),
    "holder": ("持有人", "holder"),
    "index": ("序号", "index"),
    "initiators": ("发起单位", "initiators"),
    "key": ("密钥", "key"),
    "last": ("末条", "last entry"),
    "missing": ("尚缺", "missing"),
    "name": ("名称", "name"),
    "officer": ("职员", "officer"),
    "offices": ("职务", "offices"),
    "order": ("命令", "order"),
    "matter": ("事项", "matter"),
    "units": ("单位", "units"),
    "proposal": ("提议", "proposal"),
    "recomputed": ("重算", "recomputed"),
    "roll": ("名册", "roll"),
    "sealed": ("密封", "sealed"),
    "seconds_left": ("余秒", "seconds left"),
    "seen": ("所见", "seen"),
    "sequence": ("次序", "sequence"),
    "share": ("比例", "share"),
    "signed": ("已签", "signed"),
    "signed_by": ("签署者", "signed by"),
    "size": ("簿长", "size"),
    "slot": ("时段", "slot"),
    "source": ("来源", "source"),
    "stage": ("阶段", "stage"),
    "stated": ("所载", "stated"),
    "terms": ("数额", "terms"),
    "text": ("文本", "text"),
    "time": ("时间", "time"),
    "unit": ("单位", "unit"),
    "value": ("值", "value"),
    "voted": ("已投", "voted"),
    "voted_left": ("已投（仍在册）", "voted, left"),
    "what": ("所指", "what"),
    "why": ("原因", "why"),
    "activities": ("活动", "activities"),
    "approver": ("主管部门", "authority"),
    "branches": ("分支", "branches"),
    "by": ("由", "by"),
    "day": ("日期", "day"),
    "in_force": ("施行日", "in force"),
    "issued": ("发布", "issued"),
    "keys": ("密钥数", "keys"),
    "line": ("行", "line"),
    "members": ("成员", "members"),
    "officers": ("职员数", "officers"),
    "on": ("日期", "on"),
    "present": ("现有文本", "present text"),
    "published": ("公布", "published"),
    "reading": ("读法", "reading"),
    "rule": ("规则", "rule"),
    "since": ("不早于", "not before"),
    "today": ("今日", "today"),
    "valid_from": ("有效自", "valid from"),
    "valid_to": ("有效至", "valid to"),
    "waiting": ("待办", "waiting"),
    "where": ("何处", "where"),
}
"""The names of figures; one that has none is shown as it is."""

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

STAGES = {
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

ENOUGH = {
    "主管部门 + 批准依据": "an authority with its legal basis",
    "执行机构": "the executive body",
    "授权委托书": "a power of attorney",
    "法定代表人 | 委托代表": "the legal representative or a delegate",
    "法律审查": "a legal review",
    "联盟": "the Alliance",
}
"""What would be enough, where a rule says it in Chinese; the English."""


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
