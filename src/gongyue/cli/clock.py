"""`gongyue clock`: what a return from a false time states is read off the office's books."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from gongyue.book.entry import SignedAct, decode
from gongyue.cli import act_commands, fields
from gongyue.cli.act_flow import perform
from gongyue.cli.act_options import doing, how_of
from gongyue.cli.book_source import BookSource, OfficePlace
from gongyue.cli.errors import usage
from gongyue.cli.output import counted, note, output_options
from gongyue.covenant.periods import moment
from gongyue.governance.acts import ACT_TYPES
from gongyue.governance.clock import RECOVER
from gongyue.governance.recovery import own_act
from gongyue.office.attachments import Attachments


def _recover(**values: Any) -> None:
    """`clock recover`: the first wrong entry and the sealed book's size are filled in."""
    how, time = how_of(values), values["time"]

    def body(place: BookSource, material: Attachments) -> Mapping[str, Any]:
        if not isinstance(place, OfficePlace):
            raise usage(
                "恢复时间须在办公室办理：不用 --public。", "The time is recovered at the office: without --public."
            )
        office = place.office
        given = office.false_time(office.now) | {
            n: values[n] for n in ("first", "sealed", "root") if values[n] is not None
        }
        return fields.body(ACT_TYPES[RECOVER], given | {"time": time}, place, material)

    perform(ACT_TYPES[RECOVER], how, body, _what_falls)


def _what_falls(place: BookSource, act: SignedAct) -> None:
    """Say, before anything is recorded, where the false time begins, how much of it will be void and how much stands."""
    first = act.act["body"]["first"]
    leaves = [leaf for i in range(first, place.view.size) if (leaf := place.leaf(i)) is not None]
    if not leaves:
        return
    entries = [decode(leaf).entry for leaf in leaves]
    own, begins = sum(map(own_act, entries)), moment(entries[0].rx.t)
    note(
        f"误记的时间自 #{first}（{begins}）起，共 {len(entries)} 条：{len(entries) - own} 条将无效，"
        f"单位自己签署的 {own} 条照旧。",
        f"The false time begins with #{first} ({begins}) and holds {counted(len(entries), 'entry', 'entries')}:"
        f" {len(entries) - own} will be void, {own} that units signed themselves stand.",
    )


def _options() -> list[click.Option]:
    """The options of the act; those that the office reads off its books may be left out."""
    made = fields.options(ACT_TYPES[RECOVER])
    for option in made:
        if option.name != "time":
            option.required = False
            option.help = f"{option.help} [default: 由簿册得出 as the books say]"
    return made


COMMANDS = {
    "recover": output_options(
        doing(
            click.Command(
                "recover",
                params=list(_options()),
                callback=_recover,
                help=act_commands.help_of(
                    ACT_TYPES[RECOVER], "gongyue clock recover --time '2026-04-02 10:00' --key qin.key --key bai.key"
                ),
                short_help=act_commands.short(ACT_TYPES[RECOVER]),
            )
        )
    )
}
