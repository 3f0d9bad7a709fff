"""What needs a unit's attention: what it has to do, what it may do, and what it waits for, each with its deadline.

Overdue first, then by deadline. Duties come from the duty list of the office; nothing here decides what is lawful.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongyue.covenant.periods import start_of
from gongyue.governance.key import able
from gongyue.governance.publication import next_period
from gongyue.governance.registry import Disavowal, known
from gongyue.governance.sheet import SHEETS
from gongyue.office import keyless_parties
from gongyue.office.notices import Notice
from gongyue.web.memo import Remembered
from gongyue.web.workspace import open_matters, pending
from gongyue.web.workspace.item import DONE, OFFER, TODO, WAIT, AttentionItem
from gongyue.web.workspace.own_unit import OwnUnit

_ORDER = {TODO: 0, OFFER: 1, WAIT: 2, DONE: 3}


_known: Remembered[list[AttentionItem]] = Remembered()


def items(ours: OwnUnit, confidential: bool = True) -> list[AttentionItem]:
    """Everything for that unit as of now; without `confidential` nothing that only its signatory and officers see."""
    return _known.of(ours.now, (ours.unit, confidential), lambda: _items(ours, confidential))


def _items(ours: OwnUnit, confidential: bool) -> list[AttentionItem]:
    found = [
        *_without_a_key(ours),
        *_founding(ours),
        *_first_batch(ours),
        *open_matters.votes(ours, confidential),
        *open_matters.proposals(ours),
        *open_matters.annexes_to_sign(ours),
        *open_matters.annexes_again(ours),
        *pending.leaving(ours),
    ]
    if confidential:
        found += [
            *pending.joining(ours),
            *pending.application(ours),
            *_from_paper(ours),
            *pending.pending_answers(ours),
            *pending.dossiers(ours),
        ]
    found += pending.duties(ours, {item.key for item in found})
    time = ours.now.time
    return sorted(found, key=lambda i: (not i.late(time), _ORDER[i.state], i.ends or 1 << 62, i.key))


def _without_a_key(ours: OwnUnit) -> Iterator[AttentionItem]:
    """That the unit can sign nothing, above what it has to do: a member always has something."""
    inst, time = ours.inst, ours.now.time
    concerned = ours.is_member or (inst.founding.stage == "frozen" and ours.unit in inst.founding.initiators)
    if not concerned or able(inst, ours.unit, time):
        return
    waits = known(keyless_parties.waiting(inst, ours.unit, time))
    yield AttentionItem(
        "no-key",
        WAIT if waits else TODO,
        "没有有效密钥，不能签署",
        "No valid key: nothing can be signed",
        "key",
        ours.at("key.recover/1"),
        "executive.keys",
        "unit_keys",
        (),
        waits,
        *keyless_parties.way_back(inst, ours.unit, time),
    )


def _founding(ours: OwnUnit) -> Iterator[AttentionItem]:
    founding = ours.inst.founding
    if ours.unit not in founding.initiators or founding.stage not in ("frozen", "submitted", "effective"):
        return
    signed, whole = len(founding.signatures), len(founding.initiators)
    note_zh, note_en = f"已签署 {signed}/{whole} 家", f"{signed} of {whole} have signed"
    if founding.stage == "frozen" and ours.unit not in founding.signatures:
        what = ("签署公约定稿文本", "Sign the frozen text of the covenant")
        state = TODO
    elif founding.stage == "frozen":
        what, state = ("等待其余发起单位签署", "The other initiators are to sign"), WAIT
    elif founding.stage == "submitted":
        what, state = ("等待主管部门批复", "The authority is to answer"), WAIT
    else:
        return  # the duty to publish is in the duty list
    yield AttentionItem(
        "founding",
        state,
        *what,
        "founding",
        ours.at("founding.sign/1"),
        "founding.signature",
        "unit_founding",
        (),
        0,
        note_zh,
        note_en,
    )


def _first_batch(ours: OwnUnit) -> Iterator[AttentionItem]:
    inst = ours.inst
    if not ours.may_enrol or inst.meaning.procedure is None:
        return
    ends = start_of(next_period(inst)[1] + 1)
    yield AttentionItem(
        "first-batch",
        OFFER,
        "联盟会员可在首批加入",
        "As a member of the alliance you may join in the first batch",
        "membership",
        ours.at("membership.enrol/1"),
        "membership.first_batch",
        "unit_membership",
        (),
        ends,
        "第一期名单公布后改为申请加入",
        "once the first list is published, joining is by application",
    )


def _from_paper(ours: OwnUnit) -> Iterator[AttentionItem]:
    time = ours.now.time
    for notice in ours.acts:
        if notice.disavow is not None and notice.can_be_disavowed(time):
            yield AttentionItem(
                f"paper:{notice.id}",
                OFFER if notice.by_letter else TODO,
                f"核对凭纸面记录的行为：{notice.zh}",
                f"Check an act recorded from paper: {SHEETS[notice.type].done}",
                notice.id,
                notice.at,
                "",
                "unit_act",
                (notice.book, notice.place),
                0 if notice.disavow.untold else notice.disavow.ends,
                *_how(notice, notice.disavow),
                sealed=notice.book == "sealed",
                since=notice.recorded,
            )


def _how(notice: Notice, way: Disavowal) -> tuple[str, str]:
    """How the unit disavows it, and by when: of what it was not told it has no end yet."""
    letter = ("以盖章的函件", " by a sealed letter") if notice.by_letter else ("", "")
    if way.untold:
        return (
            f"请确认获知；如非贵单位所为，可{letter[0]}否认：确认或被告知后 {way.days} 日内，此前没有截止",
            f"please confirm that you know of it; if it is not yours, disavow it{letter[1]}: within {way.days} days of"
            " your confirmation or of being told, until then without end",
        )
    return f"如非贵单位所为，可在此前{letter[0]}否认", f"if it is not yours, disavow it{letter[1]} by then"
