"""`gongyue vote`: opening, turnout and closing are computed by the office; `show` says how a vote stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
import msgspec

from gongyue.cli.book_source import BookSource, place_of, reading
from gongyue.cli.output import emit_result, output_options, pick
from gongyue.cli.system import system_command
from gongyue.covenant.periods import day_of, iso
from gongyue.governance.poll import CHOICES, Vote, vote_on
from gongyue.office import routine_acts
from gongyue.office.count_text import OUTCOMES, remarks, share_said
from gongyue.office.facts.votes import closed_early, vote_out


def _by_the_office(type: str, example: str) -> click.Command:
    return system_command(type, lambda office, matter: [routine_acts.do(office, type, matter)], example, "matter")


@output_options
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
    data = [vote_data(place, v) for v in sorted(shown, key=lambda v: (v.opened, v.id))]
    none = [pick("还没有表决。", "There has been no vote.")]
    emit_result(data[0] if matter else data, lambda: [line for row in data for line in vote_lines(row)] or none)


def vote_data(place: BookSource, vote: Vote) -> dict[str, Any]:
    """A vote as the API tells it, with of whom its share is, what a reader must know beside it, and how many voted on paper."""
    stated = vote.turnouts[-1].paper if vote.turnouts else None
    told: dict[str, Any] = msgspec.to_builtins(vote_out(place, vote))
    return told | {
        "of_whom": list(share_said(vote.share)),
        "remarks": [list(said) for said in remarks(vote)],
        "opened_to": "public" if vote.public else "members",
        "voted_on_paper": sum(vote.on_paper) if vote.outcome else stated,
        "on_paper": dict(zip(CHOICES, vote.on_paper, strict=True)) if vote.outcome else None,
        "closed_early": iso(vote.closed_day) if closed_early(vote) else None,
    }


def vote_lines(data: dict[str, Any]) -> Iterator[str]:
    """A vote as prose."""
    (zh, en), (whom_zh, whom_en) = OUTCOMES[data["outcome"]], data["of_whom"]
    begins, ends = iso(day_of(data["opened"])), iso(day_of(data["closes"]) - 1)
    until = (f"{ends} 24:00 止", f"to {ends} 24:00")
    if early := data["closed_early"]:
        until = (f"都已投票，{early} 提前结束", f"to {early}, closed early as all had voted")
    so_far = ("", "")
    if data["outcome"] == "open" and data["base"] in ("voting", "present"):
        so_far = (f"按已投票的 {data['voted']} 家计", f"as {data['voted']} have voted so far, ")
    yield pick(
        f"表决 {data['id']}：{zh}。{begins} 开始，{until[0]}；名册 {data['roll']} 家，{so_far[0]}须 {data['enough']} 家同意（{whom_zh}）",
        f"Vote {data['id']}: {en}. From {begins} {until[1]}; roll {data['roll']}, {so_far[1]}{data['enough']} must consent ({whom_en})",
    )
    for zh, en in data["remarks"]:
        yield pick(f"  {zh}", f"  {en}")
    paper = data["voted_on_paper"]
    if data["outcome"] == "open" and paper is not None:
        yield pick(
            f"  已投票 {data['voted']} 家，其中凭纸面 {paper} 家（最近一次锚定）",
            f"  {data['voted']} have voted, {paper} of them on paper (as of the last anchor)",
        )
    if data["outcome"] != "open":
        by = data["on_paper"]
        yield pick(
            f"  已投票 {data['voted']} 家：同意 {data['consents']}，不同意 {data['against']}，弃权 {data['abstain']}"
            f"（其中凭纸面 {by['consent']}、{by['against']}、{by['abstain']}）；"
            f"在册 {data['roll_left']} 家中投票 {data['voted_left']}、同意 {data['consents_left']}",
            f"  {data['voted']} have voted: consent {data['consents']}, against {data['against']}, abstain {data['abstain']}"
            f" (on paper {by['consent']}, {by['against']}, {by['abstain']});"
            f" of the {data['roll_left']} still members {data['voted_left']} voted, {data['consents_left']} consent",
        )


COMMANDS = {
    "open": _by_the_office("vote.open/1", "gongyue vote open p:2026-01"),
    "turnout": _by_the_office("vote.turnout/1", "gongyue vote turnout p:2026-01"),
    "close": _by_the_office("vote.close/1", "gongyue vote close p:2026-01"),
    "show": show_vote,
}
