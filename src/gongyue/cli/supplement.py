"""`gongyue founding supplement`: what is new in the software, bound to the words of the text in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from gongyue.cli import act_commands
from gongyue.cli.act_flow import perform
from gongyue.cli.act_options import doing, how_of
from gongyue.cli.book_source import BookSource
from gongyue.cli.errors import InvalidInput
from gongyue.cli.output import note, output_options
from gongyue.covenant import edition_json as editions
from gongyue.covenant.changes import NotApplicable
from gongyue.covenant.edition import BadEdition
from gongyue.covenant.extension import extend
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.acts import ACT_TYPES
from gongyue.office.attachments import Attachments

Rows = tuple[tuple[str, str, str], ...]
EXAMPLE = "gongyue founding supplement --absent membership.lapse --key qin.key --key bai.key"


@output_options
@doing
@click.command(
    "supplement",
    short_help=act_commands.short(ACT_TYPES["founding.supplement/1"]),
    help="对软件新增的事项，在现行文本里绑定字句，或声明本文无此规定；条文与先前的绑定不动。\n\n"
    "Bind what is new in the software to words of the text in force, or declare it absent; the text and its bindings stay.\n\n"
    + act_commands.help_of(ACT_TYPES["founding.supplement/1"], EXAMPLE),
)
@click.option(
    "--bind",
    "bound",
    type=(str, str, str),
    multiple=True,
    metavar="CAPABILITY ARTICLE WORDS",
    help="事项、条、绑定的字句；可重复 / A capability bound; repeatable.",
)
@click.option("--absent", multiple=True, metavar="CAPABILITY", help="本文无此规定的事项 / What the text does not have.")
@click.option(
    "--other",
    "others",
    type=(str, str, str),
    multiple=True,
    metavar="CAPABILITY ARTICLE REASON",
    help="所见条文是另一事项：事项、条、理由 / Passages there are other matter, and why.",
)
def supplement(bound: Rows, absent: tuple[str, ...], others: Rows, **values: Any) -> None:
    """`founding supplement`: the edition is made of the one in force here."""

    def make(place: BookSource, material: Attachments) -> Mapping[str, Any]:
        edition = place.inst.meaning.edition
        if edition is None or not place.inst.in_force:
            raise OutOfTurn("not-in-force", "founding.supplement/1")
        if not edition.unbound:
            raise OutOfTurn("already", "founding.supplement/1")
        try:
            after = extend(
                edition,
                {name: (at, words) for name, at, words in bound},
                absent,
                {(name, at): reason for name, at, reason in others},
            )
        except (NotApplicable, BadEdition) as error:
            zh, _, en = str(error).partition(" / ")
            raise InvalidInput(zh, en or zh) from None
        for fault in after.open:
            note(f"  {fault.zh}（{fault.capability}）", f"  {fault.en} ({fault.capability})")
        return {"edition": material.attach_json(editions.to_data(after), "edition")}

    perform(ACT_TYPES["founding.supplement/1"], how_of(values), make)
