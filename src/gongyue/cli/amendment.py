"""`gongyue amendment`: propose a change (`amendment_text`); see proposals; certify a result."""

from __future__ import annotations

from typing import Any

import click

from gongyue.cli.act_text import unit_name
from gongyue.cli.amendment_text import draft, initiate
from gongyue.cli.book_source import place_of, reading
from gongyue.cli.changes import certificate_data, certificate_lines, progress_data, standing_lines
from gongyue.cli.output import emit_result, output_options, pick, table, word
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.proposal import proposal_of
from gongyue.governance.stage_names import STAGES
from gongyue.office.facts.proposals import stage_of, support


@output_options
@reading
@click.command("show", short_help="一项提议：对照、附议、表决 / One proposal")
@click.argument("proposal", metavar="PROPOSAL")
def show_proposal(proposal: str, **where: Any) -> None:
    """一项提议：前后对照、附议数与所缺、将暂停的规则、表决进行得怎样。

    One proposal: its diffs, supporters and what is missing, the rules it would suspend, how its vote stands.

    \b
    例 / Example:
      gongyue amendment show p:2026-01
    """
    place = place_of(**where)
    data = progress_data(place, proposal_of(place.inst, proposal))
    emit_result(data, lambda: standing_lines(data))


@output_options
@reading
@click.command("list", short_help="提议一览 / Proposals")
def list_(**where: Any) -> None:
    """提议一览。

    Proposals.

    \b
    例 / Example:
      gongyue amendment list
    """
    place = place_of(**where)
    known = sorted(place.inst.proposals.values(), key=lambda p: p.id)
    data = [
        {"proposal": p.id, "by": p.by, "name": unit_name(place.inst, p.by), "stage": stage_of(place, p)}
        | {"counted": f"{count.count}/{count.roll}"}
        for p, count in ((p, support(place, p)) for p in known)
    ]
    head = pick("提议 提议人 阶段 附议", "proposal by stage supporters").split()
    rows = [(d["proposal"], d["name"], word(STAGES, d["stage"]), d["counted"]) for d in data]
    emit_result(data, lambda: table(head, rows) if rows else [pick("还没有修改提议。", "There are no proposals.")])


@output_options
@reading
@click.command("certificate", short_help="表决结果证明 / Certificate of the result")
@click.argument("proposal", metavar="PROPOSAL")
def certificate(proposal: str, **where: Any) -> None:
    """表决结束后的结果证明：名册、同意、不同意、弃权、未投，两项检验的算式，簿册位置。

    The certificate of a closed vote: roll, consents, against, abstain, silent, both tests' arithmetic, book position.

    \b
    例 / Example:
      gongyue amendment certificate p:2026-01 --json
    """
    place = place_of(**where)
    known, vote = proposal_of(place.inst, proposal), place.inst.votes.get(proposal)
    if vote is None or vote.closed_index is None:
        raise OutOfTurn("not-ended", "amendment", stage_of(place, known))
    data = certificate_data(place, known, vote)
    emit_result(data, lambda: certificate_lines(data))


COMMANDS = {"initiate": initiate, "draft": draft, "show": show_proposal, "list": list_, "certificate": certificate}
