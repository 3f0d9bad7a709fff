"""`gongyue vote`: opening, turnout and closing are computed by the office; `show` says how a vote stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from gongyue.book.receipts import Receipt
from gongyue.cli.place import place_of, reading
from gongyue.cli.system import system_command
from gongyue.cli.telling import pick, show, spoken
from gongyue.covenant.citing import OutOfTurn
from gongyue.covenant.counting import voters_needed
from gongyue.covenant.periods import day_of, iso
from gongyue.governance.ballots import CHOICES, Vote
from gongyue.office import ticking
from gongyue.office.counts import OUTCOMES, remarks, share_said
from gongyue.office.office import Office


def _known(office: Office, matter: str) -> Vote:
    if matter not in office.inst.votes:
        raise OutOfTurn("not-found", "vote", what=matter)
    return office.inst.votes[matter]


def _anchored(office: Office, type: str) -> int:
    if not office.inst.anchors:
        raise OutOfTurn("anchor-order", type, can="book.anchor/1")
    return office.inst.anchors[-1].slot


def _open(office: Office, matter: str) -> list[Receipt]:
    office.inst.meaning.period("P6")
    return [ticking.open_vote(office, matter)]


def _close(office: Office, matter: str) -> list[Receipt]:
    _known(office, matter)
    _anchored(office, "vote.close/1")
    return [ticking.close_vote(office, matter)]


def _turnout(office: Office, matter: str) -> list[Receipt]:
    _known(office, matter)
    return [
        office.handle(
            ticking.system_act(office, "vote.turnout/1", *ticking.statement(office, "vote.turnout/1", matter))
        )
    ]


@spoken
@reading
@click.command("show", short_help="表决进行得怎样 / How votes stand")
@click.argument("matter", required=False, metavar="[MATTER]")
def show_vote(matter: str | None, **where: Any) -> None:
    """一项或全部表决：名册、期限、已投票数、结果。

    One vote or all: roll, window, turnout, outcome.

    \b
    例 / Example:
      gongyue vote show p:2026-01
    """
    place = place_of(**where)
    if matter is not None and matter not in place.inst.votes:
        raise OutOfTurn("not-found", "vote", what=matter)
    shown = [v for v in place.inst.votes.values() if matter in (None, v.id)]
    data = [vote_data(v) for v in sorted(shown, key=lambda v: v.opened)]
    none = [pick("还没有表决。", "There has been no vote.")]
    show(data[0] if matter else data, lambda: [line for row in data for line in vote_lines(row)] or none)


def vote_data(vote: Vote) -> dict[str, Any]:
    """A vote as JSON data; counts only once it is closed."""
    data: dict[str, Any] = {
        "matter": vote.id,
        "opened": iso(day_of(vote.opened)),
        "last_day": iso(day_of(vote.closes) - 1),
        "roll": len(vote.roll),
        "share": vote.share.text,
        "base": vote.share.base,
        "quorum": vote.quorum.text if vote.quorum else None,
        "needed": vote.needed,
        "must_vote": voters_needed(vote.quorum, len(vote.roll)),
        "of_whom": list(share_said(vote.share)),
        "remarks": [list(said) for said in remarks(vote)],
        "ballots": "public" if vote.public else "members",
        "voted": vote.turnouts[-1].voted if vote.turnouts else None,
        "voted_on_paper": vote.turnouts[-1].paper if vote.turnouts else None,
        "outcome": vote.outcome or "open",
    }
    if vote.outcome:
        data |= {
            "consents": vote.consents,
            "against": vote.against,
            "abstain": vote.abstain,
            "on_paper": dict(zip(CHOICES, vote.on_paper, strict=True)),
            "consents_left": vote.consents_left,
            "voted_left": vote.voted_left,
            "roll_left": vote.roll_left,
            "closed_by": vote.closed_index,
        }
    return data


def vote_lines(data: dict[str, Any]) -> Iterator[str]:
    """A vote as prose."""
    zh, en = OUTCOMES[data["outcome"]]
    whom_zh, whom_en = data["of_whom"]
    yield pick(
        f"表决 {data['matter']}：{zh}。{data['opened']} 开始，{data['last_day']} 24:00 止；名册 {data['roll']} 家，须 {data['needed']} 家同意（{whom_zh}）",
        f"Vote {data['matter']}: {en}. From {data['opened']} to {data['last_day']} 24:00; roll {data['roll']}, {data['needed']} must consent ({whom_en})",
    )
    for zh, en in data["remarks"]:
        yield pick(f"  {zh}", f"  {en}")
    if data["voted"] is not None:
        paper = data["voted_on_paper"]
        yield pick(
            f"  已投票 {data['voted']} 家，其中凭纸面 {paper} 家（最近一次锚定）",
            f"  {data['voted']} have voted, {paper} of them on paper (as of the last anchor)",
        )
    if data["outcome"] != "open":
        paper = data["on_paper"]
        yield pick(
            f"  同意 {data['consents']}，反对 {data['against']}，弃权 {data['abstain']}"
            f"（其中凭纸面 {paper['consent']}、{paper['against']}、{paper['abstain']}）；"
            f"在册 {data['roll_left']} 家中投票 {data['voted_left']}、同意 {data['consents_left']}",
            f"  consent {data['consents']}, against {data['against']}, abstain {data['abstain']}"
            f" (on paper {paper['consent']}, {paper['against']}, {paper['abstain']});"
            f" of the {data['roll_left']} still members {data['voted_left']} voted, {data['consents_left']} consent",
        )


COMMANDS = {
    "open": system_command("vote.open/1", _open, "gongyue vote open p:2026-01", "matter"),
    "turnout": system_command("vote.turnout/1", _turnout, "gongyue vote turnout p:2026-01", "matter"),
    "close": system_command("vote.close/1", _close, "gongyue vote close p:2026-01", "matter"),
    "show": show_vote,
}
