"""Chapters on joining and leaving: the first batch, applications, lists, a lost key ."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from gongyue.book.receipts import Receipt
from gongyue.covenant.parties import fictional_code
from gongyue.covenant.periods import from_iso, iso
from gongyue.demo.simulated_office import commitment_to, json_object, paper, public_of
from gongyue.demo.story.founding import register_key
from gongyue.demo.story.script import SECRETARY, TWO, Script
from gongyue.demo.world import Company
from gongyue.governance.institution import Institution
from gongyue.office import links
from gongyue.office.openings import named
from gongyue.transparency import canonical


def members(inst: Institution) -> str:
    """How many members there are."""
    return f"成员 {len(inst.members)} 家 / {len(inst.members)} members"


def invite(script: Script) -> None:
    """The alliance invites its own members; nobody becomes a member by it."""
    script.chapter("首批加入", "The first batch")
    script.at("2026-03-20 15:00")
    units = [{"id": u.id, "name": u.zh, "code": u.code} for u in script.world.joining("first")]
    digest, roll = json_object({"v": "gongyue/roll@1", "units": units})
    body: dict[str, Any] = {"roll": digest, "alliance": True, "standing": "member"}
    zh, en = "把会员名录整批登记为成员", "enters the alliance's whole roll as members"
    script.refused("membership.invite/1", "exec", body, zh, en, signers=["o:bai"], files=[roll])
    body |= {"standing": "invited"}
    zh, en = f"邀请联盟会员 {len(units)} 家", f"invites {len(units)} alliance members"
    script.do("membership.invite/1", "exec", body, zh, en, signers=["o:bai"], files=[roll], figures=members)
    for unit in script.world.joining("first"):
        register_key(script, unit.id)


def first_batch(script: Script) -> None:
    """Each alliance member joins by its own declaration, by 30 April."""
    start = date(2026, 3, 23)
    joining = script.world.joining("first")
    for place, unit in enumerate(joining):
        day = start + timedelta(days=place * 38 // (len(joining) - 1))
        script.at(f"{day} 10:{place:02}")
        body: dict[str, Any] = {"accepts": True, "activities": unit.activities, "other": ""}
        if place == 0:
            for_it = {**body, "activities": unit.activities}
            zh, en = "由经办代为加入", "is joined by a clerk on its behalf"
            script.refused("membership.enrol/1", unit.id, for_it, zh, en, signers=["o:bai"])
            script.refused(
                "membership.enrol/1",
                unit.id,
                {**body, "accepts": False},
                "加入而不接受规则",
                "joins without accepting the rules",
            )
        receipt = script.do(
            "membership.enrol/1", unit.id, body, "首批加入", "joins in the first batch", figures=members
        )
        if unit.slug in ("tingyu", "muduo"):
            script.keep_receipt(unit.slug, "enrol", receipt)


def apply(script: Script, unit: Company, **changed: Any) -> Receipt:
    """A unit applies, sealed, with the key it will sign with."""
    body = application(unit) | changed
    return script.do("membership.apply/1", unit.id, body, "申请加入（密封）", "applies to join (sealed)")


def application(unit: Company) -> dict[str, Any]:
    """What an application says."""
    return {
        "name": unit.zh,
        "code": unit.code,
        "domestic": True,
        "accepts": True,
        "activities": unit.activities,
        "other": "",
        "key": public_of(unit.id),
        "alg": "ed25519",
    }


def grant(script: Script, receipt: Receipt, unit: Company, late: str = "") -> None:
    """The secretary grants the application, which opens it."""
    digest, opening = _opening(script, receipt)
    zh, en = f"启封申请，准予{unit.zh}加入{late}", f"opens the application and admits {unit.en}"
    body = {"application": digest}
    script.do("membership.grant/1", "exec", body, zh, en, signers=[SECRETARY], files=[opening], figures=members)


def compare(script: Script, unit: Company) -> None:
    """Two officers compare the words of the key that the application brought with those on the stamped form."""
    body = {"unit": unit.id, "key": public_of(unit.id), "form": commitment_to(f"{unit.zh}的盖章申请表")}
    zh, en = f"核对{unit.zh}申请所带的密钥与盖章的申请表", f"compare the key of {unit.en} with its stamped form"
    script.do("membership.compare/1", "exec", body, zh, en, signers=TWO)


def _opening(script: Script, receipt: Receipt) -> tuple[str, bytes]:
    opened = named(script.stage.office.store, f"sealed:{receipt.name}")
    assert opened is not None
    return canonical.digest(opened.line), opened.line


def applications(script: Script) -> None:
    """Eight join by application before the end of June; two may not even apply."""
    script.chapter("申请加入", "Joining by application")
    script.at("2026-05-06 10:00")
    units = [{"id": u.id, "name": u.zh, "code": u.code} for u in script.world.joining("applies")]
    digest, roll = json_object({"v": "gongyue/roll@1", "units": units})
    body = {"roll": digest, "alliance": False, "standing": "invited"}
    zh, en = f"倡议行业从业者 {len(units)} 家加入", f"calls on {len(units)} practitioners to join"
    script.do("membership.invite/1", "exec", body, zh, en, signers=["o:bai"], files=[roll], figures=members)
    waiting: list[tuple[str, Receipt, Company]] = []
    for place, unit in enumerate(script.world.joining("applies")):
        day = date(2026, 5, 7) + timedelta(days=place * 5)
        waiting = _granted_by(script, waiting, day.isoformat())
        script.at(f"{day} 11:00")
        if place == 0:
            _cannot_apply(script, unit)
        receipt = apply(script, unit)
        if place == 0:
            script.keep_receipt(unit.slug, "apply", receipt)
        waiting.append(((day + timedelta(days=12)).isoformat(), receipt, unit))
    _granted_by(script, waiting, "2026-06-30")
    script.at("2026-06-30 17:00")
    script.keep_checkpoint("tingyu")


def _granted_by(
    script: Script, waiting: list[tuple[str, Receipt, Company]], day: str
) -> list[tuple[str, Receipt, Company]]:
    for due, receipt, unit in waiting:
        if due <= day:
            script.at(f"{due} 09:00").tick()  # the application is anchored before it is opened
            script.at(f"{due} 15:00")
            grant(script, receipt, unit)
            script.at(f"{due} 16:00")
            compare(script, unit)
    return [row for row in waiting if row[0] > day]


def _cannot_apply(script: Script, unit: Company) -> None:
    caterer = Company(
        "caterer", f"u:{fictional_code(90).lower()}", "巷口餐饮", "Xiangkou Catering", fictional_code(90), (), "outside"
    )
    zh, en = "巷口餐饮未申报任何大数据活动即申请", "Xiangkou Catering applies, declaring no big-data activity"
    body = application(caterer)
    script.refused("membership.apply/1", caterer.id, body, zh, en)
    wrong = unit.code[:-1] + ("0" if unit.code[-1] != "0" else "1")
    body = application(unit) | {"code": wrong}
    script.refused("membership.apply/1", unit.id, body, "信用代码抄错一位", "gets one digit of its credit code wrong")


def first_list(script: Script) -> None:
    """The first list runs from effect to the end of the first full quarter."""
    script.chapter("名单与日历", "Lists and the calendar")
    script.at("2026-07-02 09:00").tick()


def calendar(script: Script) -> None:
    """The holiday calendar is logged; years it lacks are not rolled."""
    script.at("2026-07-06 10:00")
    digest, data = json_object(script.world.calendar)
    zh, en = (
        "载入 2026 年节假日历（2027 年未载，不顺延）",
        "logs the holiday calendar of 2026 (2027 is not in it and not rolled)",
    )
    notice = paper("演办发〔2025〕7号", "2025-11-04", "2025-11-05")
    script.do("law.calendar/1", "exec", {"calendar": digest}, zh, en, paper=notice, files=[data])


def lost_key(script: Script) -> None:
    """A member loses its key and gets a new one after a visible delay; another disavows a forged request."""
    script.chapter("丢失密钥", "A lost key")
    unit = script.unit("yiwei")
    script.at("2026-07-20 10:00")
    lost = paper("一苇函〔2026〕3号", "2026-07-17", "2026-07-20")
    body: dict[str, Any] = {"key": public_of(f"{unit}#2"), "alg": "ed25519"}
    zh, en = "凭纸面恢复密钥，公示 7 日", "recovers its key on paper, after a visible delay of 7 days"
    script.do("key.recover/1", unit, body, zh, en, signers=["o:qin", "o:bai"], paper=lost, figures="→ 2026-07-27")
    script.at("2026-07-22 10:00")
    script.key_of[unit] = f"{unit}#2"
    says = {"activities": ["computing", "research"], "other": ""}
    script.refused("membership.declare/1", unit, says, "公示期内使用新密钥", "uses the new key within the delay")
    other = script.unit("yanchi")
    script.at("2026-07-23 10:00")
    forged = paper("砚池函〔2026〕9号", "2026-07-22", "2026-07-23")
    body = {"key": public_of("impostor"), "alg": "ed25519"}
    zh, en = "有人持函为其“恢复”密钥", "has its key “recovered” by somebody with a letter"
    receipt = script.do("key.recover/1", other, body, zh, en, signers=["o:qin", "o:bai"], paper=forged)
    script.at("2026-07-24 09:00")
    zh, en = "公示期内否认：原密钥继续有效", "disavows it within the delay: its own key stays valid"
    script.do("key.disavow/1", other, {"entry": receipt.index}, zh, en, figures=f"#{receipt.index}")
    script.at("2026-07-27 11:00")
    zh, en = "以新密钥补充申报活动", "declares a further activity with the new key"
    script.do("membership.declare/1", unit, says, zh, en)


def second_list(script: Script) -> None:
    """A quarter in which nothing changed has its list too."""
    script.chapter("第二期名单", "The second list")
    script.at("2026-10-09 09:00").tick()
    script.keep_checkpoint("yanchi")


def ended(script: Script) -> None:
    """A membership ends otherwise than by withdrawal: what it rests on is told to its unit alone, which others see in form only."""
    unit = script.unit("yehang")
    if unit not in script.inst.members:
        return
    script.at("2026-11-20 16:00")
    zh, en = (
        "夜航数据资格终止（依据只告知该单位，他人只核形式）",
        "ends a membership (its ground is told to the unit alone: form only)",
    )
    link, line = links.made(script.stage.office.entropy(32), [script.decided] if script.decided else [])
    body = {"unit": unit, "link": link}
    script.do("membership.end/1", "exec", body, zh, en, signers=["o:lu", "o:qin"], files=[line], figures=members)


def foreigner(script: Script) -> None:
    """A firm of Singapore may not join."""
    script.chapter("外国申请人", "A foreign applicant")
    script.at("2026-12-01 10:00")
    firm = script.world.named("northlake")
    body = application(firm) | {"domestic": False}
    script.refused("membership.apply/1", firm.id, body, "申请加入", "applies to join")


def withdraws(script: Script) -> None:
    """A member leaves on arrival of its notice; nobody can refuse it."""
    unit = script.unit("hengtang")
    if unit not in script.inst.members:
        return
    script.at("2026-12-07 16:20")
    zh, en = "通知退出，到达即生效", "gives notice and has left on its arrival"
    receipt = script.do("membership.withdraw/1", unit, {"effective": None}, zh, en, figures=members)
    script.keep_receipt("hengtang", "withdraw", receipt)
    script.at("2026-12-08 09:00")
    refusal = {"unit": unit, "of": commitment_to("hengtang"), "ground": "practitioner", "reasons": commitment_to("r")}
    zh, en = "“不予批准”横塘支付退出", "“rejects” the withdrawal"
    script.refused("membership.refuse/1", "exec", refusal, zh, en, signers=[SECRETARY])


def waiting_applicant(script: Script) -> None:
    """An applicant that is to wait longer than P8."""
    script.at("2027-01-04 14:00")
    script.waiting = apply(script, script.world.named("shibei"))
    script.takes("2027-01-04", "2027-01-25", script.inst.deadline("P8", script.today).last + 1)


def admitted_late(script: Script) -> None:
    """The day after its end: overdue by a day, and admitted; the delay costs the applicant nothing but time."""
    receipt = script.waiting
    assert receipt is not None
    script.at("2027-01-25 09:00").tick()
    script.at("2027-01-25 10:00")
    end = script.inst.deadline("P8", from_iso(script.moved("2027-01-04")))
    late = end.overdue(script.today)
    grant(script, receipt, script.world.named("shibei"), f"（逾期 {late} 日，{iso(end.last)} 到期）" if late else "")
