"""What a unit waits for: decisions, answers, and what the executive body has to do for it."""

from __future__ import annotations

from collections.abc import Iterator

from gongyue.book.receipts import short
from gongyue.covenant.addresses import in_chinese, in_english
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import from_iso, start_of
from gongyue.governance.proposal import supports
from gongyue.office.applications import is_to_compare
from gongyue.office.due_list import Due, due
from gongyue.web.workspace.item import OFFER, TODO, WAIT, AttentionItem
from gongyue.web.workspace.own_unit import OwnUnit


def leaving(ours: OwnUnit) -> Iterator[AttentionItem]:
    """The day that its notice to leave states."""
    day = ours.now.inst.leaving.get(ours.unit)
    if day is not None and ours.is_member:
        yield AttentionItem(
            "leaving",
            WAIT,
            "已通知退出，尚未到所定之日",
            "Notice to leave has been given; the day it states has not come",
            "membership",
            ours.at("membership.withdraw/1"),
            "membership.withdrawal",
            "unit_membership",
            (),
            start_of(day),
        )


def joining(ours: OwnUnit) -> Iterator[AttentionItem]:
    """To apply, the first thing to do for whoever was invited to these pages and is no member; who left is not asked back."""
    if not ours.inst.in_force or ours.status not in {"invited", "stranger", "refused"}:
        return
    if ours.may_enrol or not ours.has("membership.apply/1"):
        return
    again = ours.refused is not None  # nobody has to: what stands in the way is to be mended first
    yield AttentionItem(
        "apply",
        OFFER if again else TODO,
        "再次申请加入本公约" if again else "申请加入本公约",
        "Apply again to join the covenant" if again else "Apply to join the covenant",
        "membership",
        ours.at("membership.apply/1"),
        "P8",
        "unit_membership",
        (),
        0,
        "两项条件；申请时带上今后签署用的密钥，当场得到收到的承诺",
        "two conditions; the application brings the key you will sign with, and is promised at once",
    )


def application(ours: OwnUnit) -> Iterator[AttentionItem]:
    """The decision on its application to join."""
    applied = ours.application
    if applied is None or applied.state != "waiting":
        return
    sends = is_to_compare(ours.inst, ours.unit, applied.said.key)
    yield AttentionItem(
        "application",
        WAIT,
        "等待执行机构决定加入申请",
        "The executive body is to decide on the application",
        "membership",
        ours.at("membership.grant/1"),
        "P8",
        "unit_membership",
        (),
        start_of(applied.due.last + 1),
        "还须寄交盖章的申请表，写明密钥的核对词" if sends else "",
        "still to be sent: the form under your seal, with the words of your key" if sends else "",
        calendar_known=applied.due.calendar_known,
        sealed=True,
    )


def pending_answers(ours: OwnUnit) -> Iterator[AttentionItem]:
    """The answers to its questions, by when each is due."""
    for asked in ours.questions:
        if asked.question.waits:
            days = ours.now.day - asked.question.day
            about, end = ours.inst.meaning.at(asked.article), asked.question.end
            name = f"sealed:{short(asked.commitment)}"
            yield AttentionItem(
                f"question:{name}",
                WAIT,
                f"等待联盟答复：{in_chinese(about)}的解释",
                f"The alliance is to answer: how {in_english(about)} is read",
                name,
                ours.at("interpretation.ask/1"),
                "P10" if end else "",
                "unit_questions",
                (),
                start_of(end.last + 1) if end else 0,
                f"已提出 {days} 日；不答复不视为任何答复",
                f"asked {days} days ago; silence is no answer of any kind",
                calendar_known=end is None or end.calendar_known,
                sealed=True,
            )


TOLD_ELSEWHERE = frozenset({"membership.grant/1", "interpretation.explain/1"})
"""What a dossier waits for and another item of the unit's names already."""


def dossiers(ours: OwnUnit) -> Iterator[AttentionItem]:
    """What comes next in its dossiers: what it has to do, and what it waits for."""
    for one in ours.dossiers:
        for step in one.next:
            if step.act not in TOLD_ELSEWHERE:
                yield AttentionItem(
                    f"dossier:{one.id}:{step.n}",
                    TODO if step.whose == ours.unit else WAIT,
                    step.zh,
                    step.en[:1].upper() + step.en[1:],
                    one.id,
                    step.at,
                    step.basis,
                    "my_dossier",
                    (one.name.zh,),
                    start_of(from_iso(step.last) + 1) if step.last else 0,
                    f"{one.title.zh} · {one.name.zh}",
                    f"{one.title.en} · {one.name.en}",
                    calendar_known=step.calendar_known,
                    sealed=True,
                )


def duties(ours: OwnUnit, known: set[str]) -> list[AttentionItem]:
    """The duties of the executive body that this unit waits for: the vote on what it started, publication, lists."""
    return [
        _duty(duty)
        for duty in due(ours.inst, (), ours.now.day)
        if duty.whose == EXECUTIVE and f"vote:{duty.matter}" not in known and _concerns(ours, duty)
    ]


def _concerns(ours: OwnUnit, duty: Due) -> bool:
    inst = ours.inst
    if duty.matter in inst.proposals:
        return supports(inst, inst.proposals[duty.matter], ours.unit)
    if duty.matter in inst.annexes:
        return inst.annexes[duty.matter].by == ours.unit
    if duty.matter == "founding":
        return ours.unit in inst.founding.initiators
    return ours.is_member and bool(duty.late)


def _duty(duty: Due) -> AttentionItem:
    return AttentionItem(
        f"duty:{duty.act}:{duty.matter}",
        WAIT,
        f"执行机构应办：{duty.zh}",
        f"The executive body is to: {duty.en}",
        duty.matter,
        duty.at,
        duty.basis,
        "executive",
        (),
        start_of(from_iso(duty.last) + 1),
        calendar_known=duty.calendar_known,
    )
