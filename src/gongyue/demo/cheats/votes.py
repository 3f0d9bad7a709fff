"""Cheats at a vote (articles 22, 24): what the opened ballots and the turnout between them give away."""

from __future__ import annotations

from typing import Any

import msgspec

from gongyue.book import disclosure
from gongyue.book.entry import decode
from gongyue.covenant.parties import SYSTEM
from gongyue.demo.cheats.catalogue import cheat
from gongyue.demo.cheats.desk import Desk, NoScene
from gongyue.demo.cheats.forger import Forger
from gongyue.demo.cheats.lists import admit, anchor
from gongyue.demo.world import world
from gongyue.governance import ballots as counting
from gongyue.governance.acts import Entry, Opening


def first_vote(desk: Desk) -> str:
    """The first vote of the demonstration."""
    _, opened = desk.find("vote.open/1")
    return str(body_of(opened)["matter"])


def body_of(entry: Entry) -> dict[str, Any]:
    """An act's body."""
    body: dict[str, Any] = msgspec.json.decode(bytes(entry.act.body))
    return body


def ballots(forger: Forger, matter: str, without: int = -1) -> list[tuple[int, bytes, bytes]]:
    """The openings of a vote's ballots; `without` leaves the one at that index out."""
    rows = []
    for index, (salt, data) in sorted(forger.ledger.openings.items()):
        act = decode(data).entry.act
        of_vote = (
            act.type in ("vote.ballot/1", "vote.disavow/1") and msgspec.json.decode(bytes(act.body))["vote"] == matter
        )
        if of_vote and index != without:
            rows.append((index, salt, data))
    return rows


def statement(forger: Forger, matter: str, rows: list[tuple[int, bytes, bytes]]) -> dict[str, Any]:
    """What closing the vote on these ballots states, counted as the rules count."""
    last = forger.inst.anchors[-1]
    casts = [counting.cast(Opening(index, "", decode(data).entry)) for index, _, data in rows]
    counted = counting.tally(forger.inst, forger.inst.votes[matter], counting.standing_choices(casts, last.size))
    lines = b"".join(disclosure.line(*row) for row in rows)
    stated = {name: getattr(counted, name) for name in ("consents", "against", "abstain", "consents_left", "roll_left")}
    opened = {"matter": matter, "anchor": last.slot, "ballots": forger.object(lines), "outcome": counted.outcome}
    return stated | opened


def close(forger: Forger, matter: str, without: int = -1, **changed: Any) -> None:
    """Close the vote on the ballots the forger chooses to open."""
    body = statement(forger, matter, ballots(forger, matter, without)) | changed
    forger.act("vote.close/1", SYSTEM, body, [SYSTEM])


def turnout(forger: Forger, matter: str, without: int = -1) -> None:
    """State the turnout after the last anchor, leaving one ballot out."""
    last = forger.inst.anchors[-1]
    casts = [counting.cast(Opening(i, "", decode(data).entry)) for i, _, data in ballots(forger, matter, without)]
    voted = len(counting.standing_choices(casts, last.size))
    forger.act("vote.turnout/1", SYSTEM, {"matter": matter, "anchor": last.slot, "voted": voted}, [SYSTEM])


def _one_against(forger: Forger, matter: str) -> int:
    """The first ballot against by a unit that stood by it."""
    for index, _, data in ballots(forger, matter):
        act = decode(data).entry.act
        once = sum(decode(d).entry.act.actor == act.actor for _, _, d in ballots(forger, matter)) == 1
        if once and msgspec.json.decode(bytes(act.body)).get("choice") == "against":
            return index
    raise NoScene("没有反对票", "nobody voted against")


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


@cheat(
    "friend-votes",
    "表决中途接纳“自己人”，让它投票",
    "admit a friend in mid-vote and let it vote",
    caught=("单凭 verify：第22条，不在冻结名册", "verify alone: article 22, not on the frozen roll"),
    code="GY-22-04",
)
def friend_votes(desk: Desk) -> Forger:
    """A shell company joins lawfully; its ballot is one too many."""
    forger, matter, closing = before_last_week(desk)
    friend = admit(forger.later(hours=2), "空壳数据", 98)
    forger.later(hours=1).seal("vote.ballot/1", friend, {"vote": matter, "choice": "consent"}, [friend])
    to_the_close(forger, matter, closing)
    return forger


@cheat(
    "stuff-ballot",
    "以经办密钥，替沉默的成员投同意票",
    "cast a ballot for a silent member with a clerk's key",
    caught=(
        "单凭 verify：第22条，选票须以本单位名义签名",
        "verify alone: article 22, the ballot is not signed by its unit",
    ),
    code="GY-22-08",
)
def stuff_ballot(desk: Desk) -> Forger:
    """Silence is made to say yes."""
    forger, matter, closing = before_last_week(desk)
    voted = {decode(data).entry.act.actor for _, _, data in ballots(forger, matter)}
    silent = sorted(set(forger.inst.votes[matter].roll) - voted)
    if not silent:
        raise NoScene("没有沉默的单位", "nobody is silent")
    forger.later(hours=2).seal("vote.ballot/1", silent[0], {"vote": matter, "choice": "consent"}, ["o:bai"])
    to_the_close(forger, matter, closing)
    return forger


@cheat(
    "close-early",
    "票数够了，就提前结束表决",
    "close the vote early, once there are enough consents",
    caught=("单凭 verify：第22条与 P6，列明尚余秒数", "verify alone: article 22 and P6, the seconds left are named"),
    code="GY-22-05",
)
def close_early(desk: Desk) -> Forger:
    """The window has a week to go."""
    forger, matter, _ = before_last_week(desk)
    close(forger, matter)
    return forger


@cheat(
    "drop-ballot",
    "结束时不启封一张反对票",
    "leave a ballot against out when the ballots are opened",
    caught=(
        "单凭 verify：第22条，启封票数与已公布的投票率不符",
        "verify alone: article 22, fewer ballots than the turnout stated",
    ),
    code="GY-22-08",
)
def drop_ballot(desk: Desk) -> Forger:
    """The turnout was stated weeks ago."""
    matter = first_vote(desk)
    forger, _ = desk.before("vote.close/1", lambda e: body_of(e)["matter"] == matter)
    close(forger, matter, _one_against(forger, matter))
    return forger


@cheat(
    "drop-superseded",
    "只启封改投后的票，藏起先前的票",
    "open only a unit's later ballot and hide the one before",
    caught=("单凭 verify：第22条，票的序号有缺口", "verify alone: article 22, the sequence of its ballots has a gap"),
    code="GY-22-08",
)
def drop_superseded(desk: Desk) -> Forger:
    """Ballots are numbered per key within the vote."""
    matter = first_vote(desk)
    forger, _ = desk.before("vote.close/1", lambda e: body_of(e)["matter"] == matter)
    rows = ballots(forger, matter)
    units = [decode(data).entry.act.actor for _, _, data in rows]
    twice = next((n for n, unit in enumerate(units) if units.count(unit) > 1), None)
    if twice is None:
        raise NoScene("没有改投的单位", "nobody voted twice")
    body = statement(forger, matter, [row for n, row in enumerate(rows) if n != twice])
    forger.act("vote.close/1", SYSTEM, body, [SYSTEM])
    return forger


@cheat(
    "forge-tally",
    "票如实启封，同意数多报两票",
    "open the ballots truly and state two consents too many",
    caught=("单凭 verify：第22条，人人可重新计票", "verify alone: article 22, anyone counts again"),
    code="GY-22-08",
)
def forge_tally(desk: Desk) -> Forger:
    """The count stated is not the count."""
    matter = first_vote(desk)
    forger, true = desk.before("vote.close/1", lambda e: body_of(e)["matter"] == matter)
    close(forger, matter, consents=body_of(true)["consents"] + 2, against=max(0, body_of(true)["against"] - 2))
    return forger


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
    index, arrived = _last_ballot(desk, unit, matter)
    start = next(i for i, e in desk.entries() if e.rx.t > arrived)
    forger = desk.keeping(start, sealed=index)
    forger.ledger.take_sealed(sealed, {index: disclosure.padding(forger.draw(32))} if swallow else None)
    unopened = -1 if swallow else index
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


def _last_ballot(desk: Desk, unit: str, matter: str) -> tuple[int, int]:
    """The place of a unit's last ballot in the sealed book, and when it arrived."""
    for index, _, data in reversed(list(desk.store.openings(0, desk.sealed_size))):
        entry = decode(data).entry
        if entry.act.type == "vote.ballot/1" and entry.act.actor == unit and body_of(entry)["vote"] == matter:
            return index, entry.rx.t
    raise NoScene(f"{unit} 没有投票", f"{unit} has not voted")


HIDDEN, SWALLOWED = "receipts/caiwei-ballot-2026-01.disclosure", "receipts/dukou-ballot-2026-01-anew.promise"


@cheat(
    "hide-ballot",
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
    "收下成员改投的票、给了承诺回执，却不载入密封簿",
    "take a member's changed ballot, give a promise for it, and never enter it in the sealed book",
    caught=("须该成员的承诺回执：承诺未兑现", "needs that member's receipt: the promise is broken"),
    code="",
    exits=2,
    option="--receipt",
    kept=SWALLOWED,
)
def swallow_ballot(desk: Desk) -> Forger:
    """By itself the forged book is sound and lawful; not even the turnout differs."""
    return _without(desk, _unit_of(SWALLOWED), swallow=True)
