"""Cheats with history itself: each book is sound and lawful alone, and another one than members have seen."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from gongyue.demo.cheats.catalogue import BOOK, TIME, cheat
from gongyue.demo.cheats.desk import Desk, NoScene
from gongyue.demo.cheats.forged_counts import body_of, first_vote, to_the_close
from gongyue.demo.cheats.forger import Forger
from gongyue.demo.cheats.lists import anchor

LATER, LAST, WITHDRAWAL = (
    "checkpoints/2026-11-26-dukou.checkpoint",
    "checkpoints/2027-01-31-songyan.checkpoint",
    "receipts/hengtang-withdraw.tlog-proof",
)


@cheat(
    "jump-clock",
    TIME,
    "把时钟拨到表决截止之后，当场结束",
    "set the clock past the end of a vote and close it on the spot",
    caught=(
        "单凭 verify：距上一条过久，无人确认时间",
        "verify alone: too long after the entry before it, and nobody confirmed the time",
    ),
    code="out-of-turn/clock-ahead",
)
def jump_clock(desk: Desk) -> Forger:
    """Ten days are missing in which members would have voted."""
    matter = first_vote(desk)
    end, closing = desk.find("vote.close/1", lambda e: body_of(e)["matter"] == matter)
    stated = [i for i, e in desk.entries() if e.act.type == "vote.turnout/1" and i < end]
    if len(stated) < 3:
        raise NoScene("表决期间没有公布投票率", "no turnout was stated during the vote")
    forger = desk.keeping(stated[-3] + 1)
    to_the_close(forger, matter, closing)
    return forger


@cheat(
    "fork",
    BOOK,
    "给外人看另一本簿：从未有人提议修改",
    "show outsiders another book, in which nobody ever proposed an amendment",
    caught=("须成员留存的检查点：同一大小，两个根", "needs a checkpoint a member kept: one size, two roots"),
    code="tampered/fork",
    exits=2,
    option="--checkpoint",
    kept=LATER,
)
def fork(desk: Desk) -> Forger:
    """A quiet autumn, anchored day by day until the book is longer than the true one was."""
    forger, _ = desk.before("amendment.initiate/1")
    index, _ = desk.find("vote.close/1")
    while len(forger.ledger.leaves) < index + 10:
        anchor(forger.later(days=1))
    return forger


@cheat(
    "truncate",
    BOOK,
    "把簿册末尾截去：退出通知以后的一切都没有了",
    "cut the end off: everything since a member's withdrawal is gone",
    caught=("须较晚的检查点：簿册比它短", "needs a later checkpoint: the book is shorter than that"),
    code="tampered/fork",
    exits=2,
    option="--checkpoint",
    kept=LAST,
)
def truncate(desk: Desk) -> Forger:
    """An old backup shown as the present."""
    forger, _ = desk.before("membership.withdraw/1", nth=-1)
    return forger


@cheat(
    "swallow-act",
    BOOK,
    "收下退出通知，却从未载入，成员照旧在册",
    "take a notice of withdrawal and never enter it: the member stays on the roll",
    caught=("须该成员的回执：证明它曾在簿上", "needs that member's receipt: it proves the act was in the book"),
    code="tampered/fork",
    exits=2,
    option="--receipt",
    kept=WITHDRAWAL,
)
def swallow_act(desk: Desk) -> Forger:
    """The book goes on as if nothing had come; the office key even anchors the next day."""
    start, _ = desk.find("membership.withdraw/1", nth=-1)
    forger = desk.keeping(start)
    _, anchored = desk.find("book.anchor/1", start=start)
    _, stated = desk.find("vote.turnout/1", start=start)
    forger.ledger.take_sealed(body_of(anchored)["size"])
    forger.again(anchored)
    forger.again(stated)
    return forger


@cheat(
    "record-twice",
    BOOK,
    "把先前的邀请原样再记一次，无人重新签署",
    "record an earlier invitation once more, signed by nobody anew",
    caught=(
        "单凭 verify：同一行为不记两次，指明原条目",
        "verify alone: none is recorded twice, and it says where it stands",
    ),
    code="out-of-turn/recorded-before",
)
def record_twice(desk: Desk) -> Forger:
    """The same bytes with the same signatures, at a later time."""
    _, invitation = desk.find("membership.invite/1")
    forger = desk.keeping(desk.size)
    data = msgspec.json.encode(replace(invitation, rx=replace(invitation.rx, t=forger.inst.now)), order="sorted")
    forger.ledger.append(data)
    return forger
