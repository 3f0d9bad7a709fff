"""A vote as a forger counts it: which anchored ballots it opens, what turnout and closing it states on them."""

from __future__ import annotations

from typing import Any

import msgspec

from gongyue.book import disclosure
from gongyue.book.entry import decode
from gongyue.covenant.parties import SYSTEM
from gongyue.covenant.periods import day_of
from gongyue.demo.cheats.desk import Desk
from gongyue.demo.cheats.forger import Forger
from gongyue.demo.cheats.lists import anchor
from gongyue.governance import ballots as counting
from gongyue.governance import paper_ballots, tally
from gongyue.governance.acts import Entry, Opening
from gongyue.sealing.commitment import commit


def first_vote(desk: Desk) -> str:
    """The first vote of the demonstration."""
    _, opened = desk.find("vote.open/1")
    return str(body_of(opened)["matter"])


def body_of(entry: Entry) -> dict[str, Any]:
    """An act's body."""
    body: dict[str, Any] = msgspec.json.decode(bytes(entry.act.body))
    return body


def ballots(forger: Forger, matter: str, without: str = "") -> list[tuple[int, bytes, bytes]]:
    """The openings of a vote's anchored ballots; `without` leaves the one of that commitment out."""
    rows = []
    for commitment, index in forger.ledger.places.items():
        salt, data = forger.ledger.kept[commitment]
        act = decode(data).entry.act
        of_vote = (
            act.type in counting.BALLOTS + counting.NOTICES and msgspec.json.decode(bytes(act.body))["vote"] == matter
        )
        if of_vote and commitment != without:
            rows.append((index, salt, data))
    return sorted(rows)


def statement(forger: Forger, matter: str, rows: list[tuple[int, bytes, bytes]]) -> dict[str, Any]:
    """What closing the vote on these ballots states, counted as the rules count."""
    last = forger.inst.anchors[-1]
    openings = [Opening(index, commit(salt, data), decode(data).entry) for index, salt, data in rows]
    vote = forger.inst.votes[matter]
    choices = paper_ballots.counted(forger.inst, vote, openings).choices
    counted = tally.tally(forger.inst, vote, choices, day_of(forger.now))
    lines = b"".join(disclosure.line(*row) for row in rows)
    return {"matter": matter, "anchor": last.slot, "ballots": forger.object(lines), "handed": "", **counted.fields}


def close(forger: Forger, matter: str, without: str = "", **changed: Any) -> None:
    """Close the vote on the ballots the forger chooses to open."""
    body = statement(forger, matter, ballots(forger, matter, without)) | changed
    forger.act("vote.close/1", SYSTEM, body, [SYSTEM])


def turnout(forger: Forger, matter: str, without: str = "") -> None:
    """State the turnout after the last anchor, leaving one ballot out."""
    last = forger.inst.anchors[-1]
    openings = (Opening(i, "", decode(data).entry) for i, _, data in ballots(forger, matter, without))
    casts = counting.casts(forger.inst, forger.inst.votes[matter], openings)
    choices = counting.standing_choices(casts, last.size)
    counted = tally.turnout(choices, last.slot, last.size, forger.inst.size)
    body = {"matter": matter, "anchor": last.slot, "voted": counted.voted, "paper": counted.paper}
    forger.act("vote.turnout/1", SYSTEM, body, [SYSTEM])


def before_last_week(desk: Desk) -> tuple[Forger, str, Entry]:
    """A forger in the last week of the first vote, after a turnout; and the true closing."""
    matter = first_vote(desk)
    index, closing = desk.find("vote.close/1", lambda e: body_of(e)["matter"] == matter)
    stated = [i for i, e in desk.entries() if e.act.type == "vote.turnout/1" and i < index - 1]
    return desk.keeping(stated[-1] + 1), matter, closing


def to_the_close(forger: Forger, matter: str, closing: Entry) -> None:
    """Anchor, state the turnout and close, all at the time of the true closing."""
    forger.now = closing.rx.t
    anchor(forger)
    turnout(forger, matter)
    close(forger, matter)
