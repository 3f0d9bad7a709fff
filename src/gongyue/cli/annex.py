"""`gongyue annex`: branch agreements; their texts come from plain text or Word files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from gongyue.cli.place import place_of, reading
from gongyue.cli.telling import pick, show, spoken, table
from gongyue.covenant.periods import iso
from gongyue.governance.annex import binds, stage_of

STAGES = {
    "consultation": "征求意见",
    "open": "表决中",
    "adopted": "通过",
    "rejected": "未通过",
    "no_quorum": "未达法定人数",
    "superseded": "所改附件已不存在",
    "published": "施行",
    "replaced": "已修订",
    "repealing": "已废止原附件",
    "repealed": "已废止",
}


@spoken
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
    inst = place_of(**where).inst
    data = []
    for a in sorted(inst.annexes.values(), key=lambda a: (a.number, a.id)):
        row: dict[str, Any] = {
            "id": a.id,
            "number": a.number,
            "title": a.title,
            "scope": list(a.scope),
            "stage": stage_of(inst, a),
            "by": a.by,
            "kind": a.kind,
            "published": iso(a.published_day) if a.published_day else "",
            "signers": len(a.signers),
            "text": a.text,
        }
        data.append(row | ({"binds": binds(inst, a, unit)} if unit else {}))
    show(data, lambda: _lines(data))


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
            pick(STAGES.get(d["stage"], d["stage"]), d["stage"]),
            d["signers"],
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


COMMANDS = {"list": list_}
