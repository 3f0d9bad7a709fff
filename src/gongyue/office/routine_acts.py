"""Acts without discretion, done when their time has come: `tick` is idempotent over what is due.

Only `tick` anchors, one anchor in a slot, never prompted by a sealed act.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gongyue.book import disclosure
from gongyue.book.disclosure import read
from gongyue.book.drafting import draft_act
from gongyue.book.entry import SignedAct
from gongyue.book.receipts import Receipt
from gongyue.book.signing import sign
from gongyue.covenant.parties import SYSTEM
from gongyue.covenant.periods import day_of, iso
from gongyue.covenant.rulings import OutOfTurn
from gongyue.covenant.shares import ADOPTION
from gongyue.governance import ballots as counting
from gongyue.governance import paper_ballots, poll, tally
from gongyue.governance import vote as votes
from gongyue.governance.ballots import Cast
from gongyue.governance.book import Anchor
from gongyue.governance.oversight import next_year
from gongyue.governance.poll import Vote
from gongyue.governance.publication import list_content, next_period
from gongyue.governance.slots import lapsed
from gongyue.governance.yearly import counted
from gongyue.governance.yearly_figures import told
from gongyue.office import owed_acts
from gongyue.office.office import WORTH_SAVING, Office
from gongyue.office.openings import opened
from gongyue.office.store import OPEN, SEALED
from gongyue.office.store.words import cast_in
from gongyue.transparency import canonical, checkpoint
from gongyue.transparency.notes import parse_note


def tick(office: Office) -> list[Receipt]:
    """Do whatever is due now: lists, openings of votes, the slot's anchor, turnout, closing. Returns the receipts.

    OutOfTurn where the office's clock is too far from the last entry: then nothing is done.
    """
    office.clock().require()
    inst = office.inst
    done: list[Receipt] = []
    if inst.genesis is None:
        return done
    waiting = [m for m in sorted({**inst.proposals, **inst.annexes}) if m not in inst.votes and _votable(office, m)]
    done += [open_vote(office, matter) for matter in waiting]
    done += publish_lists(office)
    done += draw(office)  # before the next anchor, at which a draw would lapse
    done += anchor(office)
    done += report_years(office)
    office.guard.sync()
    if owed_acts.is_worth_saving(office.store):
        with office.store.writing() as tx:
            owed_acts.save(office.catch_up(), tx)
    if office.unsaved >= WORTH_SAVING:
        office.save()
    return done


def system_act(
    office: Office, type: str, body: Mapping[str, Any], files: Mapping[str, bytes] | None = None
) -> SignedAct:
    """An act signed with the office key."""
    act = draft_act(
        office.inst,
        office.rev,
        office.view(),
        type,
        SYSTEM,
        body,
        seq=None,
        at=office.now,
        nonce=office.entropy(32),
        files=files,
    )
    return sign(act, office.keys.system)


def _votable(office: Office, matter: str) -> bool:
    """Whether the last day for opening the vote (P7) has come; an officer may open it earlier.

    Never of a change where the text in force no longer says what share adopts one: nothing can open its vote.
    """
    proposal, annex = office.inst.proposals.get(matter), office.inst.annexes.get(matter)
    if proposal and office.inst.meaning.share_or_none(ADOPTION) is None:
        return False
    open_by = proposal.open_by if proposal else annex.open_by if annex else None
    return open_by is not None and day_of(office.now) >= open_by.last


def open_vote(office: Office, matter: str) -> Receipt:
    """Open the vote on a proposed amendment or an initiated annex: the roll freezes now."""
    return do(office, "vote.open/1", matter)


def publish_lists(office: Office) -> list[Receipt]:
    """Publish the list of every period that has ended, also when nothing changed in it."""
    done: list[Receipt] = []
    while office.inst.in_force and office.inst.meaning.procedure is not None:
        if office.inst.meaning.suspended("publication.list"):
            break
        _, ends = next_period(office.inst)
        if day_of(office.now) <= ends:
            break
        done.append(do(office, "publication.list/1"))
    return done


def draw(office: Office) -> list[Receipt]:
    """Make the draw that was announced, once the book is past the size it waits for."""
    drawing = office.inst.drawing
    if drawing is None or lapsed(office.inst, drawing) or office.view().size <= drawing.size:
        return []
    return [do(office, "inspection.seed/1")]


def report_years(office: Office) -> list[Receipt]:
    """State the figures of every year of which nothing can come any more."""
    done: list[Receipt] = []
    while next_year(office.inst) is not None:
        done.append(do(office, "oversight.report/1"))
    return done


def _slot(office: Office) -> int:
    """The slot in which an act arrives now."""
    assert office.inst.genesis is not None
    return max(office.now, office.inst.now) // office.inst.genesis.slot_seconds


def anchor(office: Office) -> list[Receipt]:
    """Anchor the sealed book for the present slot, then state turnouts and close what has ended."""
    if office.inst.anchors and office.inst.anchors[-1].slot >= _slot(office):
        return []
    done = [do(office, "book.anchor/1")]
    for vote in sorted(office.inst.votes.values(), key=lambda v: v.opened_index):
        if not vote.outcome:
            done += _after_anchor(office, vote)
    return done


def _after_anchor(office: Office, vote: Vote) -> list[Receipt]:
    done = [do(office, "vote.turnout/1", vote.id)]
    if is_over(office, vote) and not paper_waits(office, vote):
        done.append(close_vote(office, vote.id))
    return done


def is_over(office: Office, vote: Vote) -> bool:
    """Whether, at the last anchor, the vote is past its end, or everybody awaited has signed a ballot: then it may be counted."""
    anchors = office.inst.anchors
    return bool(anchors) and (anchors[-1].time >= vote.closes or all_have_signed(office, vote))


def paper_waits(office: Office, vote: Vote) -> bool:
    """Whether the close waits, at the last anchor, for ballots on paper that may still be disavowed (P18)."""
    if office.inst.anchors[-1].time >= paper_ballots.waits_until(office.inst, vote):
        return False
    return bool(_counted(office, vote).waiting)


def _counted(office: Office, vote: Vote) -> paper_ballots.Counted:
    """What counts at a close after the last anchor."""
    opened = ballots(office, vote.id, office.inst.anchors[-1].size)
    return paper_ballots.counted(office.inst, vote, [o.opening for o in opened])


def effective_ballots(office: Office, vote: Vote, size: int) -> dict[str, Cast]:
    """What each unit stands by among the first `size` sealed leaves."""
    openings = (o.opening for o in ballots(office, vote.id, size))
    return counting.standing_choices(counting.casts(office.inst, vote, openings), size)


def all_have_signed(office: Office, vote: Vote) -> bool:
    """Whether, at the last anchor, every unit of the roll that is still a member stood by a ballot it signed."""
    inst, day = office.inst, day_of(office.now)
    size = inst.anchors[-1].size if inst.anchors else 0
    return tally.all_signed(effective_ballots(office, vote, size), poll.awaited(inst.on(day), vote, day))


def ballots(office: Office, vote: str, size: int) -> list[disclosure.DisclosedEntry]:
    """The opened ballots of a vote among the first `size` sealed leaves."""
    return list(read(ballot_lines(office, vote, size), lambda index: office.store.leaf(SEALED, index)))


def ballot_lines(office: Office, vote: str, size: int) -> bytes:
    """The disclosure object of a vote: every ballot, superseded ones too."""
    placed = ((one.index, one) for one in office.store.sealed_with([cast_in(vote)]) if one.index is not None)
    within = sorted(one for one in placed if one[0] < size)
    return b"".join(disclosure.line(index, one.salt, one.entry) for index, one in within)


def close_vote(office: Office, matter: str) -> Receipt:
    """Close a vote after an anchor past its end: open the ballots, count, apply both tests."""
    return do(office, "vote.close/1", matter)


# -- what acts without discretion say

ANCHOR = "book.anchor/1"
Statement = tuple[dict[str, Any], dict[str, bytes]]
"""A body, and the objects it names."""


def statement(office: Office, type: str, matter: str = "") -> Statement:
    """What an act without discretion must say now, on that matter where its type has one; OutOfTurn where it cannot.

    Not an anchor: what that says is known once the sealed book is padded, in the commit that records it.
    """
    return _STATEMENTS[type](office, matter)


def do(office: Office, type: str, matter: str = "") -> Receipt:
    """Do one of them now; OutOfTurn or Refused where it is not lawful."""
    if type == ANCHOR:
        office.clock().require()
        slot = _slot(office)
        return office.anchor(slot, lambda size, root: system_act(office, ANCHOR, _anchored(slot, size, root)))
    return office.handle(system_act(office, type, *statement(office, type, matter)))


def _opening(office: Office, matter: str) -> Statement:
    return {"matter": matter, **votes.opening_statement(office.inst, matter, day_of(office.now))}, {}


def _list(office: Office, _: str) -> Statement:
    begins, ends = next_period(office.inst)
    number = len(office.inst.lists) + 1
    data = canonical.encode(list_content(office.inst, number, begins, ends))
    body = {"number": number, "begins": iso(begins), "ends": iso(ends), "list": canonical.digest(data)}
    return body, {canonical.digest(data): data}


def _anchored(slot: int, size: int, root: bytes) -> dict[str, Any]:
    return {"slot": slot, "size": size, "root": "sha256:" + root.hex()}


def _turnout(office: Office, matter: str) -> Statement:
    vote, last = poll.vote_on(office.inst, matter), _last_anchor(office, "vote.turnout/1")
    counted = tally.turnout(effective_ballots(office, vote, last.size), last.slot, last.size, office.inst.size)
    return {"matter": vote.id, "anchor": last.slot, "voted": counted.voted, "paper": counted.paper}, {}


def _closing(office: Office, matter: str) -> Statement:
    vote, last = poll.vote_on(office.inst, matter), _last_anchor(office, "vote.close/1")
    lines = ballot_lines(office, matter, last.size)
    day = day_of(office.now)
    counted = tally.tally(office.inst.on(day), vote, _counted(office, vote).choices, day)
    digest = canonical.digest(lines)
    opened = {"ballots": digest, "handed": ""} if vote.public else {"ballots": "", "handed": digest}
    return {"matter": matter, "anchor": last.slot, **opened, **counted.fields}, {digest: lines}


def _last_anchor(office: Office, type: str) -> Anchor:
    if not office.inst.anchors:
        raise OutOfTurn("anchor-order", type, can="book.anchor/1")
    return office.inst.anchors[-1]


def _seed(office: Office, _: str) -> Statement:
    """The first checkpoint that was signed past the size announced, with what witnesses made of it."""
    drawing = office.inst.drawing
    if drawing is None:
        raise OutOfTurn("not-found", "inspection.seed/1", what="inspection.plan")
    signed = (office.store.note(OPEN, size) for size in range(drawing.size + 1, office.inst.size + 1))
    root, note = next(filter(None, signed), (b"", b""))
    if not note:
        raise OutOfTurn("draw-checkpoint", "inspection.seed/1", size=office.inst.size, past=drawing.size, seen=0)
    size, digest = checkpoint.parse(parse_note(note)[0]).size, canonical.digest(note)
    return {"plan": drawing.index, "size": size, "root": "sha256:" + root.hex(), "checkpoint": digest}, {digest: note}


def _figures(office: Office, _: str) -> Statement:
    """A year's sealed acts, counted; they are read once a year."""
    year = next_year(office.inst)
    if year is None:
        raise OutOfTurn("not-yet", "oversight.report/1", ends=iso(day_of(office.now)))
    sealed = (opened(one).opening for one in office.store.sealed_entries())
    return {"year": year, "figures": told(counted(office.inst, sealed, year))}, {}


_STATEMENTS: dict[str, Callable[[Office, str], Statement]] = {
    "vote.open/1": _opening,
    "publication.list/1": _list,
    "vote.turnout/1": _turnout,
    "vote.close/1": _closing,
    "inspection.seed/1": _seed,
    "oversight.report/1": _figures,
}
