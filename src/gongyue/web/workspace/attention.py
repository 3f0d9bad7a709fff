"""What needs a unit's attention: what it has to do, what it may do, and what it waits for, each with its deadline.

Overdue first, then by deadline. Duties come from the duty list of the office; nothing here decides what is lawful.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongyue.covenant.periods import start_of
from gongyue.governance import annex as annexes
from gongyue.governance.annex import Annex
from gongyue.governance.key import able
from gongyue.governance.poll import Vote
from gongyue.governance.proposal import Proposal, supports
from gongyue.governance.publication import next_period
from gongyue.governance.registry import Disavowal, known
from gongyue.governance.sheet import SHEETS
from gongyue.office import keyless_parties
from gongyue.office.facts.proposals import may_be_taken_up, support
from gongyue.office.notices import Notice
from gongyue.web.memo import Remembered
from gongyue.web.workspace import pending
from gongyue.web.workspace.item import DONE, OFFER, TODO, WAIT, AttentionItem
from gongyue.web.workspace.own_unit import OwnUnit
from gongyue.web.workspace.titles import matter_title, support_words

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
        *_votes(ours, confidential),
        *_proposals(ours),
        *_annexes(ours),
        *_annexes_again(ours),
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


def _votes(ours: OwnUnit, confidential: bool) -> Iterator[AttentionItem]:
    for vote in ours.inst.votes.values():
        if vote.outcome or ours.unit not in vote.roll:
            continue
        yield _vote(ours, vote, confidential)


def _vote(ours: OwnUnit, vote: Vote, confidential: bool) -> AttentionItem:
    cast = ours.ballot(vote.id) if confidential else None
    over = vote.closes <= ours.now.time
    if over:
        state, note = WAIT, ("表决期已届满，待启封计票", "the window is over; the ballots are to be opened and counted")
    elif cast is not None:
        state, note = DONE, ("已投票；截止前可以改投，以最后一次为准", "voted; until the end a later ballot counts")
    else:
        state = TODO if confidential else WAIT
        note = ("尚未投票；沉默不算同意", "no ballot yet; silence is not consent")
        if not confidential:
            note = ("由签署人投票", "the signatory votes")
    zh, en = matter_title(ours.inst, vote.id)
    return AttentionItem(
        f"vote:{vote.id}",
        state,
        f"表决：{zh}",
        f"Vote: {en}",
        vote.id,
        ours.at("amendment.file/1" if vote.id in ours.inst.proposals else "annex.initiate/1"),
        "P6",
        "unit_vote",
        (vote.id,),
        0 if over else vote.closes,
        *note,
    )


def _proposals(ours: OwnUnit) -> Iterator[AttentionItem]:
    for proposal in ours.inst.proposals.values():
        if proposal.stage == "collecting" and ours.is_member and not proposal.lapses.overdue(ours.now.day):
            yield _support(ours, proposal)
        elif ours.is_member and _is_its_own(ours, proposal) and may_be_taken_up(ours.now, proposal):
            yield _again(ours, proposal)


def _is_its_own(ours: OwnUnit, proposal: Proposal) -> bool:
    return supports(ours.inst, proposal, ours.unit) or ours.unit == proposal.by


def _again(ours: OwnUnit, proposal: Proposal) -> AttentionItem:
    zh, en = matter_title(ours.inst, proposal.id)
    return AttentionItem(
        f"again:{proposal.id}",
        OFFER,
        f"可以重新提交表决：{zh}",
        f"You may put it to the vote again: {en}",
        proposal.id,
        ours.at("amendment.initiate/1"),
        "amendment.proposal",
        "unit_proposal",
        (proposal.id,),
        0,
        f"已被先通过的 {proposal.superseded_by} 取代；同一修改无须重新附议",
        f"superseded by {proposal.superseded_by}, adopted earlier; the same change needs no new supporters",
    )


def _support(ours: OwnUnit, proposal: Proposal) -> AttentionItem:
    count = support(ours.now, proposal)
    joined = _is_its_own(ours, proposal)
    if joined and count.holds:
        state, what = TODO, ("已够法定数，可以提出：", "Enough support, it can be filed: ")
    elif joined:
        state, what = WAIT, ("征集附议中：", "Collecting support: ")
    else:
        state, what = OFFER, ("可以附议：", "You may support: ")
    zh, en = matter_title(ours.inst, proposal.id)
    return AttentionItem(
        f"proposal:{proposal.id}",
        state,
        what[0] + zh,
        what[1] + en,
        proposal.id,
        ours.at("amendment.support/1"),
        "P15",
        "unit_proposal",
        (proposal.id,),
        start_of(proposal.lapses.last + 1),
        *support_words(count, proposal),
        proposal.lapses.calendar_known,
    )


def _annexes(ours: OwnUnit) -> Iterator[AttentionItem]:
    for annex in ours.inst.annexes.values():
        if _to_sign(ours, annex):
            yield AttentionItem(
                f"annex:{annex.id}",
                OFFER,
                f"可以签署附件《{annex.title}》",
                f"You may sign annex “{annex.title}”",
                annex.id,
                ours.at("annex.sign/1"),
                "annex.publication",
                "unit_annexes",
                (),
                0,
                "贵单位申报的活动属于其适用分支；签署后受其约束",
                "your declared activities are in its branch; it binds you once signed",
            )


def _annexes_again(ours: OwnUnit) -> Iterator[AttentionItem]:
    """What the unit initiated and another has superseded, until the same is initiated again."""
    for annex in ours.inst.annexes.values():
        if annex.by != ours.unit or not ours.is_member or annexes.stage_of(ours.inst, annex) != "superseded":
            continue
        vote, stands = ours.inst.votes.get(annex.id), annexes.present(ours.inst, annex)
        if (vote is not None and not vote.outcome) or stands is None or _taken_up(ours, annex, stands):
            continue
        yield AttentionItem(
            f"again:{annex.id}",
            OFFER,
            f"可以重新发起：附件《{annex.title}》",
            f"You may initiate it again: annex “{annex.title}”",
            annex.id,
            ours.at("annex.initiate/1"),
            "annex.initiation",
            "unit_annexes",
            (),
            0,
            f"已被表决先结束的 {annex.superseded_by} 取代",
            f"superseded by {annex.superseded_by}, whose vote ended earlier",
        )


def _taken_up(ours: OwnUnit, annex: Annex, stands: Annex) -> bool:
    """Whether the same was initiated again for what stands now, or is what stands now."""
    same = [a for a in ours.inst.annexes.values() if (a.text, a.kind) == (annex.text, annex.kind) and a.id != annex.id]
    return any(stands.id in (a.id, a.target) for a in same)


def _to_sign(ours: OwnUnit, annex: Annex) -> bool:
    known = ours.known
    if annex.stage != "published" or known is None or not ours.is_member or annexes.signs(ours.inst, annex, ours.unit):
        return False
    return bool(set(annex.scope) & set(known.activities)) and not annexes.binds(ours.inst, annex, ours.unit)


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
