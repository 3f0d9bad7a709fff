"""What the matters before the members ask of a unit: votes, proposals that collect support, annexes to be signed."""

from __future__ import annotations

from collections.abc import Iterator

from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import start_of
from gongyue.governance import annex as annexes
from gongyue.governance.annex import Annex
from gongyue.governance.poll import Vote, is_still_here
from gongyue.governance.proposal import Proposal, supports
from gongyue.office.facts.matter_names import matter_title
from gongyue.office.facts.proposals import may_be_taken_up, support
from gongyue.web.workspace.item import DONE, OFFER, TODO, WAIT, AttentionItem
from gongyue.web.workspace.own_unit import OwnUnit
from gongyue.web.workspace.titles import support_words


def votes(ours: OwnUnit, confidential: bool) -> Iterator[AttentionItem]:
    """Votes that are not counted yet and in which it may vote; how it voted itself is confidential."""
    for vote in ours.inst.votes.values():
        if vote.outcome or ours.unit not in vote.roll:
            continue
        yield _vote(ours, vote, confidential)


def _vote(ours: OwnUnit, vote: Vote, confidential: bool) -> AttentionItem:
    cast = ours.ballot(vote.id) if confidential else None
    over = vote.closes <= ours.now.time
    if over:
        state, note = WAIT, ("表决期已届满，待启封计票", "the window is over; the ballots are to be opened and counted")
    elif not is_still_here(ours.inst, vote, ours.unit):
        note = (
            "名册冻结以后退出过，或者资格终止过：不再投票",
            "it left, or its membership ended, after the roll froze: it votes no more",
        )
        state = WAIT
    elif cast is not None:
        state, note = DONE, ("已投票；截止前可以改投，以最后一次为准", "voted; until the end a later ballot counts")
    else:
        state = TODO if confidential else WAIT
        note = ("尚未投票；沉默不算同意", "no ballot yet; silence is not consent")
        if not confidential:
            note = (
                "由签署人投票；投了没有，这里不显示",
                "the signatory votes; whether it has is not shown here",
            )
    zh, en = matter_title(ours.inst, vote.id)
    return AttentionItem(
        f"vote:{vote.id}",
        state,
        f"表决：{zh}",
        f"Vote: {en}",
        vote.id,
        ours.at("amendment.file/1" if vote.id in ours.inst.proposals else "annex.initiate/1"),
        "P6",
        "unit_vote" if confidential else "vote",
        (vote.id,),
        0 if over else vote.closes,
        *note,
    )


def proposals(ours: OwnUnit) -> Iterator[AttentionItem]:
    """Proposals that it may support or file, and those of its own that it may put to the vote again."""
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
    if proposal.by == EXECUTIVE:
        state, what = WAIT, ("待执行机构提出：", "The executive body is to file: ")
    elif joined and count.holds:
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


def annexes_to_sign(ours: OwnUnit) -> Iterator[AttentionItem]:
    """Published annexes of its branches that do not bind it yet."""
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


def annexes_again(ours: OwnUnit) -> Iterator[AttentionItem]:
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
