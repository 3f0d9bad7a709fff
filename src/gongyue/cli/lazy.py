"""Groups of commands that are imported only when they are run, so that help is instant."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from importlib import import_module

import click

Sections = Mapping[str, Mapping[str, tuple[str, str]]]
"""Section title → command name → (module:attribute, short help)."""
_WORDS = "gongyue.words"


class LazyGroup(click.Group):
    """A group whose help is a table; a command's module is imported when the command is asked for."""

    def __init__(self, name: str, sections: Sections, help: str) -> None:
        super().__init__(name, help=help, subcommand_metavar="命令 COMMAND [ARGS]…")
        self.sections = sections

    def _table(self) -> dict[str, tuple[str, str]]:
        return {name: row for rows in self.sections.values() for name, row in rows.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(self._table())

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name, imported now."""
        row = self._table().get(name)
        return None if row is None else load(row[0])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named by the first argument; where there is none, the nearest names are offered."""
        unknown_command(self, ctx, args)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table, section by section, without importing anything."""
        for title, rows in self.sections.items():
            if not rows:
                continue
            with formatter.section(title):
                formatter.write_dl([(name, help) for name, (_, help) in rows.items()], col_max=20)


def remember_words(ctx: click.Context, words: list[str]) -> None:
    """Keep the command line as it stands, for what goes wrong before it is read."""
    ctx.meta[_WORDS] = tuple(words)


def words_of(ctx: click.Context) -> tuple[str, ...]:
    """The command line as it stands."""
    return tuple(ctx.meta.get(_WORDS, ()))


def unknown_command(group: click.Group, ctx: click.Context, args: list[str]) -> None:
    """A usage error that offers the nearest names, if the first argument is no command of the group."""
    names = group.list_commands(ctx)
    if args and not args[0].startswith("-") and args[0] not in names:
        near = difflib.get_close_matches(args[0], names, 3) or names
        from gongyue.cli.errors import BilingualUsageError

        raise BilingualUsageError(
            f"没有命令 {args[0]}；可用：{'、'.join(near)}", f"no command {args[0]}; there are: {', '.join(near)}", ctx
        )


def load(target: str) -> click.Command:
    """The command at module:attribute, or made by module:function(argument)."""
    path, _, attribute = target.partition(":")
    attribute, _, argument = attribute.partition("(")
    found = getattr(import_module(path), attribute)
    command = found(argument.rstrip(")")) if argument else found
    assert isinstance(command, click.Command), target
    return command
