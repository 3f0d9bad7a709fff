"""`gongyue book`: the genesis is made by `init`; anchors by the office."""

from __future__ import annotations

import click

from gongyue.cli import act_commands
from gongyue.cli.book_source import office_option
from gongyue.cli.errors import usage
from gongyue.cli.output import output_options
from gongyue.cli.system import system_command
from gongyue.governance.acts import ACT_TYPES
from gongyue.office.routine_acts import anchor

_EXAMPLE = (
    "gongyue init office --origin gongyue.example/xyz --executive 示范联盟 --officer qin:qin.key --officer bai:bai.key"
)


@output_options
@office_option
@click.command(
    "genesis",
    help=act_commands.help_of(ACT_TYPES["book.genesis/1"], _EXAMPLE),
    short_help=act_commands.short(ACT_TYPES["book.genesis/1"]),
)
def genesis(**_: object) -> None:
    """`book genesis`: points to `init`."""
    raise usage(f"创立由 init 办理：{_EXAMPLE}", f"The genesis is made by init: {_EXAMPLE}")


COMMANDS = {
    "genesis": genesis,
    "anchor": system_command("book.anchor/1", anchor, "gongyue book anchor"),
}
