"""Help in both languages: what click says by itself stands behind its Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import click

_TITLES = {"Options": "选项 / Options", "Commands": "命令 / Commands"}
_EXTRAS = {"required": "必填 required", "default:": "默认 default:", "env var:": "环境变量 env var:"}
_EXTRA = re.compile(r"(?<=[\[ ])(required|default:|env var:)(?=[^\[]*\]$)")
"""One of the notes in the bracket that ends an option's help."""


class Help(click.HelpFormatter):
    """As click lays help out."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """How the command is written."""
        super().write_usage(prog, args, prefix or "用法 / Usage: ")

    def section(self, name: str) -> Any:
        """A titled section."""
        return super().section(_TITLES.get(name, name))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options or commands, and what each is for."""
        super().write_dl([(name, _both(text)) for name, text in rows], col_max, col_spacing)


def _both(text: str) -> str:
    if text == "Show this message and exit.":
        return "显示此说明 / Show this message and exit."
    return _EXTRA.sub(lambda found: _EXTRAS[found[1]], text)
