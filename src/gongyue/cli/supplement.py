"""`gongyue founding supplement`: what is new in the software, bound to the words of the text in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from gongyue.cli import kinds
from gongyue.cli.acting import doing, how_of, perform
from gongyue.cli.failing import Unusable
from gongyue.cli.place import Place
from gongyue.cli.telling import note, spoken
from gongyue.covenant import edition as editions
from gongyue.covenant.changing import NotApplicable
from gongyue.covenant.citing import OutOfTurn
from gongyue.covenant.extending import extend
from gongyue.governance.acts import KINDS
from gongyue.office.material import Material

Rows = tuple[tuple[str, str, str], ...]
EXAMPLE = "gongyue founding supplement --absent report.reward --key qin.key --key bai.key"


@spoken
@doing
@click.command(
    "supplement",
    short_help=kinds.short(KINDS["founding.supplement/1"]),
    help="对软件新增的事项，在现行文本里绑定字句，或声明本文无此规定；条文与先前的绑定不动。\n\n"
    "Bind what is new in the software to words of the text in force, or declare it absent; the text and its bindings stay.\n\n"
    + kinds.help_of(KINDS["founding.supplement/1"], EXAMPLE),
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

    def make(place: Place, material: Material) -> Mapping[str, Any]:
        edition = place.inst.meaning.edition
        if edition is None or not place.inst.in_force:
            raise OutOfTurn("not-in-force", "founding.supplement/1")
        try:
            after = extend(
                edition,
                {name: (at, words) for name, at, words in bound},
                absent,
                {(name, at): reason for name, at, reason in others},
            )
        except (NotApplicable, editions.BadEdition) as error:
            zh, _, en = str(error).partition(" / ")
            raise Unusable(zh, en or zh) from None
        for fault in after.open:
            note(f"  {fault.zh}（{fault.capability}）", f"  {fault.en} ({fault.capability})")
        return {"edition": material.attach_json(editions.to_data(after), "edition")}

    perform(KINDS["founding.supplement/1"], how_of(values), make)
