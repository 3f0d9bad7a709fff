"""What parties, acts, offices, activities and stages are called on pages: one word for one thing, in both languages."""

from __future__ import annotations

from gongyue.covenant.numerals import to_chinese
from gongyue.covenant.parties import AUTHORITY, EXECUTIVE, SYSTEM
from gongyue.governance.institution import Institution
from gongyue.governance.naming import ACTS, OFFICES_ZH
from gongyue.web.templatetags.words import pick, speaks_chinese

ACTS_EN = {
    "book.genesis/1": "book founded",
    "book.anchor/1": "sealed book anchored",
    "book.rotate/1": "book key changed",
    "key.register/1": "key registered",
    "key.add/1": "key added",
    "key.rotate/1": "key replaced",
    "key.revoke/1": "key revoked",
    "key.retire/1": "office key retired",
    "key.recover/1": "key recovered",
    "key.disavow/1": "act recorded from paper disavowed",
    "office.appoint/1": "appointment to office",
    "office.end/1": "end of office",
    "founding.import/1": "text imported",
    "founding.designate/1": "authority designated",
    "founding.freeze/1": "text frozen",
    "founding.reopen/1": "text reopened",
    "founding.sign/1": "covenant signed",
    "founding.step_out/1": "initiator stepped out",
    "founding.submit/1": "submitted for approval",
    "founding.approval/1": "answer of the authority",
    "founding.publish/1": "covenant published",
    "interpretation.adopt/1": "interpretations and procedure rules adopted",
    "interpretation.issue/1": "interpretation issued",
    "interpretation.withdraw/1": "interpretation withdrawn",
    "interpretation.ask/1": "interpretation asked for",
    "membership.invite/1": "invitation to join",
    "membership.enrol/1": "joined in the first batch",
    "membership.apply/1": "application to join",
    "membership.grant/1": "admitted",
    "membership.refuse/1": "not admitted",
    "membership.withdraw/1": "withdrew from the covenant",
    "membership.end/1": "membership ended",
    "membership.declare/1": "activities declared",
    "publication.list/1": "list of joins and leaves published",
    "amendment.initiate/1": "amendment initiated",
    "amendment.support/1": "amendment supported",
    "amendment.file/1": "amendment filed",
    "amendment.report/1": "amendment filed with the authority",
    "amendment.approval/1": "amendment approved by the authority",
    "amendment.publish/1": "amendment published",
    "vote.open/1": "vote opened",
    "vote.ballot/1": "ballot",
    "vote.disavow/1": "paper ballot disavowed",
    "vote.turnout/1": "turnout stated",
    "vote.close/1": "vote closed",
    "annex.review/1": "legal review of an annex",
    "annex.initiate/1": "annex initiated",
    "annex.publish/1": "annex published",
    "annex.sign/1": "annex signed",
    "annex.leave/1": "annex left",
    "law.order/1": "order recorded",
    "law.lift/1": "lifting of an order recorded",
    "law.pack/1": "law pack logged",
    "law.calendar/1": "holiday calendar logged",
    "correction.correct/1": "correction",
    "correction.void/1": "voiding",
}
"""The short English name of every act type; a test holds it to the register."""

MATTERS = {
    "founding": ("订立", "founding"),
    "membership": ("成员", "membership"),
    "publication": ("名单", "lists"),
    "amendment": ("修改", "amendment"),
    "vote": ("表决", "votes"),
    "annex": ("附件", "annexes"),
    "interpretation": ("解释", "interpretation"),
    "correction": ("更正与撤销", "corrections"),
    "law": ("法律", "law"),
    "office": ("职务", "offices"),
    "key": ("密钥", "keys"),
    "book": ("簿册", "the book"),
}

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

STATUSES = {
    "invited": ("受邀", "invited"),
    "initiator": ("发起单位", "initiator"),
    "member": ("成员", "member"),
    "left": ("退出", "left"),
    "ended": ("资格终止", "membership ended"),
}
"""Where a unit stands; neutral words (domain reading `membership.end`)."""

EVENTS = {"joined": ("加入", "joined"), "left": ("退出", "left"), "ended": ("资格终止", "membership ended")}

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
    "lapsed": ("已失效", "lapsed"),
}
"""Where a matter stands, in a word."""

LAYERS = {
    "T": ("公约文本", "text"),
    "P": ("程序规则", "procedure"),
    "R": ("解读", "reading"),
    "L": ("法律", "law"),
}
"""On whose authority a number or a refusal rests (docs: T, P, R, L)."""

WORK = {
    "case": ("办理检举", "handling a report"),
    "case.conclude": ("对检举作出结论", "concluding a case"),
    "sanction.reconsider": ("复核处理决定", "reconsidering a sanction"),
    "dispute.mediate": ("调解争议", "mediating a dispute"),
}
"""Work of several acts that needs staff."""

UNITS = {
    "day": ("日", " days"),
    "workday": ("个工作日", " working days"),
    "month": ("个月", " months"),
    "person": ("人", " persons"),
}


def said(words: dict[str, tuple[str, str]], name: str) -> str:
    """The word for a name in the language of this answer; the name itself where there is none."""
    zh, en = words.get(name, (name, name))
    return pick(zh, en)


def act_name(type: str) -> str:
    """What an act type is called."""
    return pick(ACTS.get(type, type), ACTS_EN.get(type, type))


def office_name(office: str) -> str:
    """What an office is called."""
    return pick(OFFICES_ZH.get(office, office), office)


def work_name(what: str) -> str:
    """What an act or a stage of work that needs staff is called."""
    return said(WORK, what) if what in WORK else act_name(what)


def staff_needed(needs: str) -> str:
    """Whom it takes, in words: `3 × panellist (+3)`, three of whom none took part before."""
    count, _, rest = needs.partition(" × ")
    offices, others, _ = rest.partition(" (+")
    zh, en = ("（未参与原处理）", " who took no part in it before") if others else ("", "")
    return pick(
        f"{count} 名{'或'.join(OFFICES_ZH.get(o, o) for o in offices.split('|'))}{zh}",
        f"{count} × {' or '.join(offices.split('|'))}{en}",
    )


def activity_names(activities: tuple[str, ...]) -> str:
    """Activities in a row."""
    return pick("、", ", ").join(said(ACTIVITIES, one) for one in activities)


def party_name(inst: Institution, party: str) -> str:
    """What a party is called: units by name (Chinese only), officers by their opaque id."""
    if unit := inst.units.get(party):
        return unit.name
    if party == EXECUTIVE:
        return pick("执行机构", "Executive body")
    if party == SYSTEM:
        return pick("办公密钥（无裁量）", "Office key (no discretion)")
    if party == AUTHORITY:
        return pick("主管部门", "Authority")
    return pick(f"职员 {party[2:]}", f"Officer {party[2:]}") if party.startswith("o:") else party


def article_name(number: int) -> str:
    """第二十二条, article 22."""
    return pick(f"第{to_chinese(number)}条", f"Article {number}")


def is_chinese_name(inst: Institution, party: str) -> bool:
    """Whether a party's name is Chinese on an English page, so that its language is marked."""
    return party in inst.units and not speaks_chinese()
