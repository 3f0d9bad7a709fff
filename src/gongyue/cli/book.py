"""`gongyue book`: the genesis is made by `init`; anchors by the office."""

from __future__ import annotations

import click

from gongyue.cli import kinds
from gongyue.cli.failing import usage
from gongyue.cli.system import office_option, system_command
from gongyue.cli.telling import spoken
from gongyue.governance.acts import KINDS
from gongyue.office.ticking import anchor

_EXAMPLE = (
    "gongyue init office --origin gongyue.example/xyz --executive 示范联盟 --officer qin:qin.key --officer bai:bai.key"
)


@spoken
@office_option
@click.command(
    "genesis",
    help=kinds.help_of(KINDS["book.genesis/1"], _EXAMPLE),
    short_help=kinds.short(KINDS["book.genesis/1"]),
)
def genesis(**_: object) -> None:
    """`book genesis`: points to `init`."""
    raise usage(f"创立由 init 办理：{_EXAMPLE}", f"The genesis is made by init: {_EXAMPLE}")


COMMANDS = {
    "genesis": genesis,
    "anchor": system_command("book.anchor/1", anchor, "gongyue book anchor"),
}
