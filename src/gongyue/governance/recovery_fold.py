"""Folding on after a recovery: windows that run again, units' acts at the time they count, everything else void."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from gongyue.covenant.periods import day_of, start_of
from gongyue.governance.acts import ACT_TYPES, Entry, VerifiedInputs
from gongyue.governance.correction import Correction
from gongyue.governance.inspection import seen_in
from gongyue.governance.institution import Institution
from gongyue.governance.step import step


def returned(before: Institution, time: int) -> Institution:
    """The institution before the false time, whatever protects a member and ended in it running again from `time` on."""
    return _collections(_keys(_votes(before, time), time), time)


def _votes(before: Institution, time: int) -> Institution:
    votes = before.votes
    for vote in before.votes.values():
        if not vote.outcome and before.now < vote.closes <= time:
            last = day_of(time + vote.closes - before.now - 1)  # a window ends with a day
            votes = votes.set(vote.id, replace(vote, closes=start_of(last + 1)))
    return replace(before, votes=votes)


def _keys(before: Institution, time: int) -> Institution:
    """Keys on their way, and those that paper is to end: whoever may disavow it has the rest of the delay again."""
    after = before
    for kid, key in before.keys.items():
        if key != (moved := key.run_again(before.now, time)):
            after = after.with_key(kid, moved)
    return after


def _collections(before: Institution, time: int) -> Institution:
    proposals = before.proposals
    for proposal in before.proposals.values():
        end = proposal.lapses
        if proposal.stage == "collecting" and before.now < start_of(end.last + 1) <= time:
            by = day_of(time) - before.today
            lapses = replace(end, target=end.target + by, last=end.last + by)
            proposals = proposals.set(proposal.id, replace(proposal, lapses=lapses))
    return replace(before, proposals=proposals)


def again(inst: Institution, entry: Entry, given: VerifiedInputs, at: int) -> Institution:
    """The institution after a unit's act of the false time, which arrived `at`; raises as `step` does."""
    index, time = inst.size, max(at, inst.now)
    after = step(inst, arrived(entry, time), replace(given, again=True))
    return replace(after, arrivals=after.arrivals.set(index, time))


def arrived(entry: Entry, time: int) -> Entry:
    """A unit's act of the false time as it arrived at `time`, done then at the latest."""
    return replace(entry, act=replace(entry.act, at=min(entry.act.at, time)), rx=replace(entry.rx, t=time))


def passed_over(inst: Institution, entry: Entry, by: int, day: int) -> Institution:
    """The institution after a void entry: it takes its place and its key's number, and shows as void by entry `by`."""
    if entry.act.type == "vote.close/1":
        body = msgspec.json.decode(entry.act.body)
        if body["ballots"]:
            known = inst.reopened.get(body["matter"], ())
            inst = replace(inst, reopened=inst.reopened.set(body["matter"], (*known, body["ballots"])))
    kind = ACT_TYPES.get(entry.act.type)
    link = kind.link_in(entry.act.body) if kind is not None else ""
    inst = seen_in(inst, entry.act.view.size)
    void = Correction(inst.size, "void", by, day, from_the_beginning=True)
    return replace(
        inst,
        size=inst.size + 1,
        seqs=inst.seqs if entry.act.seq is None else inst.seqs.set(entry.sigs[0].key, entry.act.seq),
        links=inst.links.set(link, inst.size)
        if link
        else inst.links,  # whatever becomes of the act, its link stands in the book
        corrections=inst.corrections.set(inst.size, void),
    )
