"""`gongyue publication`: the lists of units that joined and left."""

from __future__ import annotations

from typing import Any

import click
import msgspec

from gongyue.book.receipts import Receipt
from gongyue.cli.book_source import place_of, reading
from gongyue.cli.output import emit_result, output_options, pick, table
from gongyue.cli.system import system_command
from gongyue.covenant.periods import iso
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.publication import LISTED, next_period
from gongyue.office.facts import silences
from gongyue.office.facts.register import ListOut, list_out
from gongyue.office.office import Office
from gongyue.office.routine_acts import publish_lists


def _publish(office: Office) -> list[Receipt]:
    if not office.inst.in_force:
        raise OutOfTurn("not-in-force", "publication.list/1", can="founding.publish/1")
    office.clock().require()  # as `tick` does: nothing is due by a clock that is not believed
    if office.inst.meaning.suspended("publication.list"):
        raise OutOfTurn("capability-off", "publication.list/1", name="publication.list")
    return publish_lists(office)


@output_options
@reading
@click.command("lists", short_help="已公布的名单 / Lists published")
def lists(**where: Any) -> None:
    """已公布的名单：期间、加入、退出、资格终止、是否逾期。

    Lists published: period, who joined, left or ended, and whether late.

    \b
    例 / Example:
      gongyue publication lists --json
    """
    place = place_of(**where)
    data = [x for n in range(1, len(place.inst.lists) + 1) if (x := list_out(place, n))]
    owed = not place.inst.meaning.suspended("publication.list")
    upcoming = next_period(place.inst) if place.inst.in_force and place.inst.meaning.procedure and owed else None
    due = {"begins": iso(upcoming[0]), "ends": iso(upcoming[1])} if upcoming else None
    emit_result(
        {"lists": msgspec.to_builtins(data), "next": due, "owed": owed},
        lambda: _lines(data, due, silences.of_lists(place.inst)),
    )


def _lines(data: list[ListOut], due: dict[str, str] | None, silence: silences.Said | None) -> list[str]:
    head = pick(
        "号 期间 公布 加入 退出 终止 更名 更正 逾期(日)",
        "no. period published joined left ended renamed corrected late(days)",
    ).split()
    rows = [
        (
            d.info.number,
            f"{d.info.begins}–{d.info.ends}",
            d.info.day,
            *(len(getattr(d, w)) for w in LISTED),
            d.info.late_days,
        )
        for d in data
    ]
    lines = table(head, rows) if rows else [pick("还没有公布过名单。", "No list has been published yet.")]
    if silence:
        return [
            *lines,
            pick(*silence),
        ]
    return lines + (
        [
            pick(
                f"下一期：{due['begins']}–{due['ends']}；期满之后由 gongyue tick 公布",
                f"Next: {due['begins']}–{due['ends']}, published by gongyue tick once that is over",
            )
        ]
        if due
        else []
    )


COMMANDS = {
    "list": system_command("publication.list/1", _publish, "gongyue publication list"),
    "lists": lists,
}
