"""`gongyue annex`: branch agreements; their texts come from plain text or Word files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from gongyue.cli import fields
from gongyue.cli.failing import Unusable
from gongyue.cli.material import Material, read_file, read_json
from gongyue.cli.place import place_of, reading
from gongyue.cli.rolls import decode
from gongyue.cli.telling import pick, show, spoken, table
from gongyue.covenant.periods import iso
from gongyue.governance.annex import binds


def annex_object(path: str, material: Material) -> str:
    """An annex's text as its object: from JSON as it is, from a text file with its first line as the title."""
    if path.lower().endswith(".json"):
        return material.attach_json(read_json(path), path)
    lines = [line.rstrip() for line in decode(read_file(path), path).strip().splitlines()]
    if len(lines) < 2:
        raise Unusable(
            f"{path}：首行应为附件名称，其后为正文。", f"{path}: the first line is the annex's title, the text follows."
        )
    title = lines[0].lstrip("# ").strip()
    return material.attach_json({"v": "gongyue/annex@1", "title": title, "text": "\n".join(lines[1:]).strip()}, path)


def annex_digest(path: str, material: Material) -> str:
    """The object of a draft under review: the same as `annex initiate` will name."""
    return annex_object(path, material) if not path.lower().endswith(".pdf") else material.attach(read_file(path))


fields.MAKERS["annex.initiate/1", "text"] = annex_object
fields.MAKERS["annex.review/1", "text"] = annex_digest
fields.MAKERS["annex.publish/1", "text"] = annex_object

STAGES = {
    "consultation": "征求意见",
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
            "stage": a.stage,
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
