"""Rejects repeated single-value options; Click silently keeps the last."""

from __future__ import annotations

from collections import Counter

import click

from gongyue.cli.errors import BilingualUsageError


class SingleValueCommand(click.Command):
    """A command that refuses an option given twice, unless the option takes several values."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments as ever, then look how often each option stands."""
        given = () if ctx.resilient_parsing else self.make_parser(ctx).parse_args(list(args))[2]
        rest = super().parse_args(ctx, args)
        for option, n in Counter(given).items():
            if n > 1 and isinstance(option, click.Option) and not (option.multiple or option.is_flag or option.count):
                name = option.opts[0]
                raise BilingualUsageError(
                    f"选项 {name} 写了 {n} 次，只能写一次。", f"Option {name} is given {n} times; give it once.", ctx
                )
        return rest
