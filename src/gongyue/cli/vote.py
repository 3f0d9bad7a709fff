"""`gongyue vote`: opening, turnout and closing are computed by the office; `show` says how a vote stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from gongyue.cli.place import place_of, reading
from gongyue.cli.system import system_command
from gongyue.cli.telling import pick, show, spoken
from gongyue.covenant.counting import voters_needed
from gongyue.covenant.periods import day_of, iso
from gongyue.governance.poll import CHOICES, Vote, vote_on
from gongyue.office import ticking
from gongyue.office.counts import OUTCOMES, remarks, share_said


def _by_the_office(type: str, example: str) -> click.Command:
    return system_command(type, lambda office, matter: [ticking.do(office, type, matter)], example, "matter")


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
    shown = [vote_on(place.inst, matter)] if matter is not None else place.inst.votes.values()
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
    "open": _by_the_office("vote.open/1", "gongyue vote open p:2026-01"),
    "turnout": _by_the_office("vote.turnout/1", "gongyue vote turnout p:2026-01"),
    "close": _by_the_office("vote.close/1", "gongyue vote close p:2026-01"),
    "show": show_vote,
}
