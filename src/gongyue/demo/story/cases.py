"""What goes on beside the year: reports and cases, from a member's first word to what all members are told (articles 17, 18)."""

from __future__ import annotations

from typing import Any

from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import iso
from gongyue.demo.simulated_office import commitment_to, document_of, public_of
from gongyue.demo.story.casework import (
    CASEWORKER,
    PANELLISTS,
    Case,
    Matter,
    answer,
    panel_size,
    report,
    reviewers,
    rows,
)
from gongyue.demo.story.script import SECRETARY, TWO, Course, Script
from gongyue.demo.world import WATERMARK
from gongyue.governance.office import earliest

NEEDS = ("report.file", "investigation", "sanction.list", "users.rights", "result.publish")
"""The clauses without which no case is told."""


def begin(script: Script) -> None:
    """From May on cases go on beside what is told."""
    for zh, en, course in (
        ("备齐承办与审议的人", "officers for cases", _staffed(script)),
        ("榆钱案", "the Yuqian case", _yuqian(script)),
        ("砚池案", "the Yanchi case", _yanchi(script)),
        ("夜航案", "the Yehang case", _yehang(script)),
        ("飞白案", "the Feibai case", _feibai(script)),
        ("横塘被检举", "a report on Hengtang", _hengtang(script)),
    ):
        script.beside(zh, en, course)


def _staffed(script: Script) -> Course:
    """A caseworker, a full panel and as many who review: without them no report could lawfully be handled."""
    yield "2026-05-12 10:00"
    script.chapter("备齐人员", "Officers for reports and cases")
    for one in (CASEWORKER, *PANELLISTS[: 2 * panel_size(script) - 2]):
        begins = iso(earliest(script.inst, script.stage.now))
        body = {"officer": one.id, "offices": one.offices, "begins": begins, "ends": "2028-12-31"}
        interests = {"interests": commitment_to(one.id)}
        script.do("office.appoint/1", EXECUTIVE, body | interests, f"任命{one.zh}", f"appoints {one.en}", signers=TWO)
        key = {"holder": one.id, "key": public_of(one.id), "alg": "ed25519"}
        script.do(
            "key.register/1", EXECUTIVE, key, f"登记{one.zh}的密钥", f"registers the key of {one.en}", signers=TWO
        )


def _yuqian(script: Script) -> Course:
    """北辰 reports 榆钱: repayment data used for marketing. Established; a circular, and nobody asks for a review."""
    beichen, yuqian = script.unit("beichen"), script.unit("yuqian")
    yield "2026-06-01 10:00"
    script.chapter("检举：榆钱案", "A report: the Yuqian case")
    filed = report(script, ("北辰检举榆钱", "Beichen on Yuqian"), beichen, yuqian, "还款数据用于营销，千行中二十五行")
    yield "2026-06-10 15:00"
    case = Case(script, ("榆钱案", "Yuqian case"), yuqian, filed)
    answer(filed, "opened", case.target("case.open/1"), "答复检举：已立案", "answers the report: a case was opened")
    case.told()
    yield "2026-06-24 11:00"
    case.replies()
    yield "2026-08-18 10:00"
    case.conclude(established=True)
    yield "2026-08-28 10:00"
    case.propose(1)
    yield "2026-08-31 10:00"
    case.note(yuqian, "申请听取申辩", "asks to be heard", asks="hearing")
    yield "2026-09-07 14:00"
    case.heard()
    yield "2026-09-15 10:00"
    case.decide(1)
    yield "2026-10-09 11:00"
    case.result(f"{script.world.named('yuqian').zh}超出承诺使用还款数据，造成不良影响，予以内部通报。", named=True)
    zh, en, found = "告知检举单位结果", "tells its reporter what came of it", case.target("case.conclude/1")
    answer(
        filed,
        "outcome",
        found,
        zh,
        en,
        said="经调查，所检举的事实查证属实，且造成不良影响；已作内部通报，并告知全体成员。",
    )


def _yanchi(script: Script) -> Course:
    """听雨 reports 砚池 four times: a case, two joined to it, one declined; no breach, and 砚池 wishes to go unnamed."""
    tingyu, yanchi = script.unit("tingyu"), script.unit("yanchi")
    filed: list[Matter] = []
    for number, day in enumerate(("2026-06-03", "2026-06-16", "2026-06-22", "2026-06-29"), 1):
        yield f"{day} 16:00"
        if number == 1:
            script.chapter("检举：听雨四次检举砚池", "Reports: Tingyu on Yanchi, four times")
        name = (f"听雨检举砚池之{number}", f"Tingyu on Yanchi, no. {number}")
        filed.append(report(script, name, tingyu, yanchi, f"听雨检举 {number}"))
        if number == 1:
            yield "2026-06-12 15:00"
            case = Case(script, ("砚池案", "Yanchi case"), yanchi, filed[0])
            opened = case.target("case.open/1")
            answer(filed[0], "opened", opened, "答复检举：已立案", "answers the report: a case was opened")
            case.told()
    yield "2026-07-03 10:00"
    for joined in filed[1:3]:
        answer(joined, "joined", opened, "答复检举：事实相同，并案", "answers the report: the same facts, joined")
    last = filed[3]
    answer(
        last,
        "declined",
        last.target("report.file/1"),
        "不予受理：没有写明事实",
        "declines it: no fact is alleged",
        "no_fact",
    )
    case.replies()
    yield "2026-08-19 10:00"
    case.conclude(established=False)
    yield "2026-08-26 10:00"
    case.result("对某成员单位的检举经调查不成立。", named=False)
    for told in filed[:3]:
        zh, en, found = "告知检举单位结果", "tells its reporter what came of it", case.target("case.conclude/1")
        answer(told, "outcome", found, zh, en, said="经调查，所检举的事实不成立；结果已告知全体成员。")


def _yehang(script: Script) -> Course:
    """Unasked: 夜航 traded lists. Referred at once as a crime is suspected; cancelled, reviewed by others, and upheld."""
    yehang = script.unit("yehang")
    yield "2026-08-03 10:00"
    script.chapter("直接调查：夜航案", "Unasked: the Yehang case")
    case = Case(script, ("夜航案", "Yehang case"), yehang)
    referral = Matter(script, ("移送", "Referral"))
    link, files = referral.link(case.target("case.open/1"))
    facts = [referral.paper("移送的事实", "涉嫌交易未经授权的名单，疑涉犯罪。")]
    body = {"authority": "public_security", "ground": "crime", "facts": facts, "link": link}
    zh, en = "疑涉犯罪，当日移送主管机关", "refers the facts the same day: a crime is suspected"
    referral.do("referral.make/1", body, zh, en, SECRETARY, CASEWORKER.id, files=files)
    yield "2026-08-20 10:00"
    case.told()
    yield "2026-09-03 10:00"
    case.replies()
    yield "2026-09-28 10:00"
    case.conclude(established=True)
    yield "2026-09-30 10:00"
    case.propose(2)
    yield "2026-10-08 15:00"
    case.note(yehang, "说已无可申辩", "says that it has said all", complete=True)
    yield "2026-10-16 10:00"
    case.decide(2)
    yield "2026-10-23 10:00"
    case.note(yehang, "申请复核", "asks for a review", asks="review")
    assigned: dict[str, Any] = {"role": "reviewers", "officers": rows(*reviewers(script))}
    case.do("dossier.assign/1", assigned, "另指派其他人复核", "assigns others to review it", SECRETARY)
    yield "2026-11-18 15:00"
    case.review()
    yield "2026-11-19 10:00"
    case.result(
        f"{script.world.named('yehang').zh}交易未经授权的名单，造成不良影响，取消公约成员资格；复核维持。", named=True
    )
    script.decided = case.target("case.decide/1")


def _feibai(script: Script) -> Course:
    """A result on 飞白, and months later its reputation restored: the same members are told, as prominently."""
    feibai = script.unit("feibai")
    yield "2026-07-13 10:00"
    script.chapter("直接调查：飞白案", "Unasked: the Feibai case")
    case = Case(script, ("飞白案", "Feibai case"), feibai)
    case.told()
    case.replies()
    yield "2026-07-28 10:00"
    case.conclude(established=True)
    yield "2026-08-05 10:00"
    name = script.world.named("feibai").zh
    place = case.result(f"{name}超出承诺使用数据，造成不良影响。", named=True)
    yield "2026-12-14 10:00"
    if not script.has("bulletin.issue"):
        zh, en = "略去“恢复名誉”：本公约没有 bulletin.issue", "left out: a reputation restored (no bulletin.issue)"
        script.remark(zh, en)
        return
    text, document = document_of(f"恢复名誉（{WATERMARK}）\n{name}：前次通报所依的记录经查有误，现予恢复名誉。")
    body = {"kind": "rehabilitation", "audience": "internal", "text": text, "replaces": place, "review": None}
    zh, en = (
        "为飞白识字恢复名誉，同样告知全体成员（密封）",
        "restores Feibai's reputation, told to the same members (sealed)",
    )
    script.do("bulletin.issue/1", EXECUTIVE, body, zh, en, signers=TWO, files=[document])


def _hengtang(script: Script) -> Course:
    """横塘 leaves while a report on it waits: its leaving takes effect, and the report is answered all the same."""
    yield "2026-12-02 10:00"
    script.chapter("检举：横塘", "A report: Hengtang")
    filed = report(
        script, ("踏莎检举横塘", "Tasha on Hengtang"), script.unit("tasha"), script.unit("hengtang"), "横塘的接口",
        begins="2026-11-10", ends="2026-11-20",
    )  # fmt: skip
    yield "2026-12-11 10:00"
    zh, en = "不予受理：对方已非成员", "declines it: the accused is no member any more"
    answer(filed, "declined", filed.target("report.file/1"), zh, en, "not_member")
