"""The annex: a branch agreement, judged by the share the amendment has just set."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongyue.covenant.counting import enough_of
from gongyue.covenant.periods import day_of, iso
from gongyue.demo.simulated_office import json_object, paper, text_object
from gongyue.demo.story import voting
from gongyue.demo.story.membership import withdraws
from gongyue.demo.story.script import PUBLISHING, Script
from gongyue.demo.world import WATERMARK
from gongyue.governance.institution import Institution

MATTER = "a:health"
TITLE = "医疗健康数据分支自律协议（演示·虚构）"
PRICED = "一、各单位对医疗数据接口统一定价，最低收费不得低于每次三元。"
FINED = "一、违反本协议的，处以罚款并没收所得。"
CLEAN = (
    "一、本协议适用于申报垂直行业融合活动、处理医疗健康数据的成员单位。\n"
    "二、健康数据的使用以向用户作出的承诺为限；用于训练或分析的，先作去标识处理。\n"
    "三、每年由本单位对照承诺自查一次，并向执行机构提交自查声明。"
)


def initiate(script: Script) -> None:
    """A draft with a price clause is stopped, one with fines too; a clean text is initiated."""
    script.chapter("附件一：发起", "Annex 1: initiation")
    by = script.member("qinghe")
    drafts = (
        ("2026-12-01 14:00", PRICED, "发起附件：草案含统一定价", "initiates an annex whose draft fixes prices"),
        ("2026-12-02 09:30", FINED, "发起附件：草案增设罚款", "initiates an annex whose draft adds fines"),
    )
    for time, text, zh, en in drafts:
        script.at(time)
        body, data = _initiation(text)
        script.refused("annex.initiate/1", by, body, zh, en, files=[data])
    script.at("2026-12-02 15:00")
    body, data = _initiation(CLEAN)
    script.do(
        "annex.initiate/1", by, body, "发起附件：改后的文本", "initiates the annex with a clean text", files=[data]
    )


def _initiation(text: str) -> tuple[dict[str, Any], bytes]:
    digest, data = json_object({"v": "gongyue/annex@1", "title": TITLE, "text": text})
    return {"annex": MATTER, "text": digest, "scope": ["vertical"], "kind": "new", "target": None}, data


def vote(script: Script) -> None:
    """A vote opened in December closes in January 2027, a year whose calendar is not loaded."""
    script.chapter("附件一：表决", "Annex 1: the vote")
    script.at("2026-12-04 09:00")
    voting.opened_by_secretary(script, MATTER)
    share = script.inst.meaning.consent(annex=True).size
    need = enough_of(share, len(script.inst.members))
    closes = day_of(script.inst.votes[MATTER].closes)
    script.takes("2026-12-04", "2027-01-04", closes)
    zh, en = _unrolled(date.fromordinal(closes - 1))
    zh = f"按现行的 {share.numerator}/{share.denominator} 判断{zh}"
    en = f"judged by {share.numerator}/{share.denominator} as it now stands{en}"
    script.remark(zh, en, f"≥ {need}/{len(script.inst.members)}")
    choices = voting.plan(script, [script.unit("qinghe")], script.unit("hengtang"))
    days = ("2026-12-05", "2026-12-10", "2026-12-15", "2026-12-22", "2026-12-29")
    ticks: dict[str, Any] = {"2026-12-08": None, "2026-12-14": None, "2026-12-21": None, "2026-12-28": None}
    first, rest = days[0], days[1:]
    early = {
        u: c
        for place, (u, c) in enumerate(choices.items())
        if place < len(choices) // 5 or u == script.unit("hengtang")
    }
    voting.over_weeks(script, MATTER, early, (first,), {}, "")
    withdraws(script)
    late = {u: c for u, c in choices.items() if u not in early and u in script.inst.members}
    voting.over_weeks(script, MATTER, late, rest, ticks, "")
    script.at("2027-01-04 09:00").tick()
    script.keep_checkpoint("qinghe")


def _unrolled(last: date) -> tuple[str, str]:
    """That the last day stays on a weekend, of a year whose calendar is not loaded."""
    if last.year != 2027 or last.weekday() < 5:
        return "", ""
    zh, en = (("周六", "Saturday"), ("周日", "Sunday"))[last.weekday() - 5]
    return (
        f"；{last.month} 月 {last.day} 日为{zh}，2027 年日历未载，不顺延",
        f"; {last.day} {last:%B} is a {en}, 2027 is not loaded, so not rolled",
    )


def into_force(script: Script) -> None:
    """Published as Annex 1; it binds the members that sign it."""
    if script.inst.votes[MATTER].outcome != "adopted":
        script.remark("附件未获通过", "the annex was not adopted")
        return
    script.chapter("附件一：公布与签署", "Annex 1: publication and signatures")
    script.at("2027-01-08 10:00")
    day = iso(script.today)
    evidence, page = text_object(f"{WATERMARK}　{day} 网页快照：附件一。")
    body = {
        "annex": MATTER,
        "text": script.inst.annexes[MATTER].text,
        "in_force": day,
        "places": [{"url": "https://alliance.example/annex-1", "evidence": evidence}],
    }
    zh, en = "公布附件一", "publishes Annex 1"
    script.do("annex.publish/1", "exec", body, zh, en, signers=PUBLISHING, files=[page], figures=_branch)
    _signatures(script)


def _branch(inst: Institution) -> str:
    vote_ = inst.votes[MATTER]
    count = f"{vote_.branch_consents}/{len(vote_.branch)}"
    return f"分支内同意 {count} / {count} of its branch"


def _signatures(script: Script) -> None:
    """The health members sign; one of them under a court's order cannot until it is lifted."""
    ordered = script.unit("nantang")
    script.at("2027-01-11 09:30")
    body: dict[str, Any] = {
        "order": "l:court-2027-1",
        "source": script.world.court,
        "forbids": ["annex.sign/1"],
        "party": ordered,
        "begins": iso(script.today),
    }
    letter = paper("（2027）示行保1号", script.moved("2027-01-08"), iso(script.today))
    zh, en = "记录法院裁定：南塘医联暂不得签署附件", "records a court order: Nantang may not sign annexes for now"
    script.do("law.order/1", "exec", body, zh, en, paper=letter)
    for minute, slug in enumerate(("qinghe", "lantian", "chunpu", "bailu")):
        unit = script.unit(slug)
        if unit in script.inst.members:
            script.at(f"2027-01-12 10:{minute:02}")
            script.do("annex.sign/1", unit, {"annex": MATTER}, "签署附件一", "signs Annex 1", figures=_signers)
    if ordered in script.inst.members:
        script.at("2027-01-12 15:00")
        script.refused("annex.sign/1", ordered, {"annex": MATTER}, "签署附件一", "signs Annex 1")


def order_lifted(script: Script) -> None:
    """The court lifts its order; the member signs."""
    ordered = script.unit("nantang")
    script.at("2027-01-26 10:00")
    letter = paper("（2027）示行保1号之二", script.moved("2027-01-25"), iso(script.today))
    zh, en = "记录裁定解除", "records that the order was lifted"
    script.do("law.lift/1", "exec", {"order": "l:court-2027-1"}, zh, en, paper=letter)
    if ordered in script.inst.members:
        script.do("annex.sign/1", ordered, {"annex": MATTER}, "签署附件一", "signs Annex 1", figures=_signers)


def _signers(inst: Institution) -> str:
    count = len(inst.annexes[MATTER].signers)
    return f"已签 {count} 家 / {count} signed"
