"""Cheats with a ballot that is not counted: by itself each book is sound and lawful, and its unit holds what proves it."""

from __future__ import annotations

from gongyue.book.entry import decode
from gongyue.demo.cheats.catalogue import BOOK, COUNT, cheat
from gongyue.demo.cheats.desk import Desk, NoScene
from gongyue.demo.cheats.forged_counts import (
    body_of,
    close,
    first_vote,
    turnout,
)
from gongyue.demo.cheats.forger import Forger
from gongyue.demo.world import world
from gongyue.governance.acts import Entry
from gongyue.office.store import SealedEntry
from gongyue.office.store.words import cast_in


def _unit_of(kept: str) -> str:
    """The unit of the demonstration's world whose paper lies there."""
    return world().named(kept.partition("/")[2].partition("-")[0]).id


def _without(desk: Desk, unit: str, swallow: bool) -> Forger:
    """The rest of the first vote all over again without a unit's last ballot, from the moment it was handed in.

    No member did anything in between, so nobody's act pins the true branch.
    """
    matter = first_vote(desk)
    end, closing = desk.find("vote.close/1", lambda e: body_of(e)["matter"] == matter)
    sealed = body_of(desk.find("book.anchor/1", lambda e: e.rx.t <= closing.rx.t, nth=-1)[1])["size"]
    ballot, arrived = _last_ballot(desk, unit, matter)
    index = ballot.index or 0
    start = next(i for i, e in desk.entries() if e.rx.t > arrived or _holds(e, index))
    forger = desk.keeping(start)
    if swallow:
        slot = next(body_of(e)["size"] for _, e in desk.entries(start) if _holds(e, index))
        forger.ledger.take_slot(slot, ballot.commitment, forger.nothing())
    forger.ledger.take_sealed(sealed)
    unopened = "" if swallow else ballot.commitment
    for _, entry in list(desk.entries(start))[: end - start]:
        forger.now = entry.rx.t
        if entry.act.type == "vote.turnout/1":
            turnout(forger, matter, unopened)
        elif entry.act.type == "book.anchor/1":
            forger.again(entry, root=forger.ledger.sealed_root(body_of(entry)["size"]))
        else:
            forger.again(entry)
    forger.now = closing.rx.t
    close(forger, matter, unopened)
    return forger


def _holds(entry: Entry, sealed: int) -> bool:
    """Whether it anchors the sealed entry of that index."""
    return entry.act.type == "book.anchor/1" and body_of(entry)["size"] > sealed


def _last_ballot(desk: Desk, unit: str, matter: str) -> tuple[SealedEntry, int]:
    """A unit's last ballot as the office keeps it, and when it arrived."""
    for one in reversed(list(desk.store.sealed_with([cast_in(matter)]))):
        entry = decode(one.entry).entry
        if entry.act.type == "vote.ballot/1" and entry.act.actor == unit and body_of(entry)["vote"] == matter:
            return one, entry.rx.t
    raise NoScene(f"{unit} 没有投票", f"{unit} has not voted")


HIDDEN, SWALLOWED = "receipts/caiwei-ballot-2026-01.disclosure", "receipts/dukou-ballot-2026-01-anew.promise"


@cheat(
    "hide-ballot",
    COUNT,
    "把一张反对票既不计入投票率，也不启封",
    "neither count one ballot against in the turnout nor open it",
    caught=(
        "须该成员自己的启封内容：它的票在密封簿里，却未计入",
        "needs that member's own disclosure: its ballot is in the book, and not counted",
    ),
    code="GY-22-08",
    option="--disclosures",
    kept=HIDDEN,
)
def hide_ballot(desk: Desk) -> Forger:
    """By itself the forged book is sound and lawful."""
    return _without(desk, _unit_of(HIDDEN), swallow=False)


@cheat(
    "swallow-ballot",
    BOOK,
    "收下成员改投的票、给了承诺书，却不载入密封簿",
    "take a member's changed ballot, give a promise for it, and never enter it in the sealed book",
    caught=("须该成员的承诺书：承诺未兑现", "needs that member's receipt: the promise is broken"),
    code="tampered/promise",
    exits=2,
    option="--receipt",
    kept=SWALLOWED,
)
def swallow_ballot(desk: Desk) -> Forger:
    """By itself the forged book is sound and lawful; not even the turnout differs."""
    return _without(desk, _unit_of(SWALLOWED), swallow=True)
