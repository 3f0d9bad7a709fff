"""`gongyue annex`: branch agreements; their texts come from plain text or Word files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
import msgspec

from gongyue.cli.book_source import place_of, reading
from gongyue.cli.output import emit_result, output_options, pick, table, word
from gongyue.cli.vote import vote_data, vote_lines
from gongyue.governance.annex import annex_of
from gongyue.governance.stage_names import STAGES
from gongyue.office.facts.annexes import annex_out, annexes, binding, superseded, words_of


@output_options
@reading
@click.command("list", short_help="附件一览 / Annexes")
@click.option("--unit", metavar="UNIT", help="对某单位是否有约束力 / Whether each binds a unit.")
def list_(unit: str | None, **where: Any) -> None:
    """附件一览：编号、分支、阶段、签署单位数；可看对某单位是否有约束力。

    Annexes: number, branch, stage, signers; with --unit, whether each binds it.

    \b
    例 / Example:
      gongyue annex list --unit u:0001
    """
    place = place_of(**where)
    bound = {a.id for a in binding(place, unit)} if unit else set()
    data = [msgspec.to_builtins(a) | ({"binds": a.id in bound} if unit else {}) for a in annexes(place)]
    emit_result(data, lambda: _lines(data))


def _lines(data: list[dict[str, Any]]) -> Iterator[str]:
    if not data:
        yield pick("还没有附件。", "There are no annexes.")
        return
    head = pick("附件 编号 名称 分支 阶段 签署", "annex no. title branch stage signers").split()
    rows = [
        (
            d["id"],
            d["number"] or "—",
            d["title"],
            " ".join(d["scope"]),
            word(STAGES, d["stage"]),
            len(d["signers"]),
        )
        for d in data
    ]
    yield from table(head, rows)
    for d in data:
        if "binds" in d:
            yield pick(
                f"{d['id']}：{'有约束力' if d['binds'] else '无约束力'}",
                f"{d['id']}: {'binds' if d['binds'] else 'does not bind'}",
            )


@output_options
@reading
@click.command("show", short_help="一份附件：文本、表决、取代它的 / One annex")
@click.argument("annex", metavar="ANNEX")
def show_annex(annex: str, **where: Any) -> None:
    """一份附件：阶段、文本、表决进行得怎样；已被取代的，列出两种文本，以及怎样再行发起。

    One annex: where it stands, its text, how its vote stands; if superseded, both texts and how to initiate it again.

    \b
    例 / Example:
      gongyue annex show a:health
    """
    place = place_of(**where)
    known = annex_of(place.inst, annex)
    vote = place.inst.votes.get(annex)
    data = msgspec.to_builtins(annex_out(place, known)) | {
        "words": words_of(place, known.text),
        "superseded": msgspec.to_builtins(superseded(place, known)),
        "vote": vote_data(place, vote) if vote else None,
    }
    emit_result(data, lambda: _annex_lines(data))


def _annex_lines(data: dict[str, Any]) -> Iterator[str]:
    stage, change = word(STAGES, data["stage"]), f" → {data['target']}" if data["target"] else ""
    yield pick(
        f"附件 {data['id']}《{data['title']}》{change}（{data['by']}）：{stage}",
        f"Annex {data['id']} “{data['title']}”{change} ({data['by']}): {stage}",
    )
    yield from (f"  {line}" for line in data["words"].split("\n"))
    if gone := data["superseded"]:
        yield pick(
            f"已被表决先结束的 {gone['by']} 取代：{gone['why']}",
            f"superseded by {gone['by']}, whose vote ended earlier: {gone['why']}",
        )
        yield pick(f"  {gone['by']} 的文本：{gone['in_force']}", f"  the text of {gone['by']}: {gone['in_force']}")
        yield pick(f"  {data['id']} 的文本：{gone['proposed']}", f"  the text of {data['id']}: {gone['proposed']}")
        yield _again(data["kind"], gone["present"])
    if data["vote"]:
        yield from vote_lines(data["vote"])


def _again(kind: str, present: str) -> str:
    """How the same is initiated for what stands now; that there is nothing left to change."""
    if not present:
        return pick("该附件已废止，可以另行发起新的附件。", "That annex is no more; a new one can be initiated.")
    how = f"gongyue annex initiate --annex a:… --kind {kind} --target {present} --text …"
    return pick(f"同一内容可以就现行附件重新发起：{how}", f"the same can be initiated again for what stands now: {how}")


COMMANDS = {"list": list_, "show": show_annex}
