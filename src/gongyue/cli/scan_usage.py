"""What a scan refuses of its command line, before anything is read."""

from __future__ import annotations

import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import click

from gongyue.cli.errors import usage

OUTPUTS = ("sarif_out", "html_out", "write_baseline")
_REPORTS = (
    *OUTPUTS, "promise", "dataset", "baseline", "sample", "whole", "exclude", "show_masked", "commit", "strict",
)  # fmt: skip
"""What bears on a report alone, and on no spans."""


def refuse_stdin(places: tuple[str, ...]) -> None:
    """Standard input can be read once, and only where something is piped in."""
    if places.count("-") > 1:
        raise usage("- 只能给一次：标准输入只能读一遍", "- can be given once only: standard input is read once")
    if "-" in places and (sys.stdin is None or sys.stdin.isatty()):
        raise usage(
            "标准输入没有接上数据：用管道（cat users.csv | gongyue scan -）或 < 送入，或直接给文件名",
            "nothing is piped in: use a pipe (cat users.csv | gongyue scan -) or <, or give the file by its name",
        )


_NAMED = "git diff --cached --name-only --diff-filter=d -z --relative | xargs -0r gongyue scan --commit"


def refuse_places(places: tuple[str, ...]) -> None:
    """A commit is files by their names: a folder in which nothing was read must not pass."""
    for place in places:
        if not Path(place).is_file():
            if place != "-" and "://" not in place and not Path(place).exists():
                raise usage(
                    f"没有文件 {place}；git 的文件名这样给：{_NAMED}",
                    f"no file {place}; hand over git's names by: {_NAMED}",
                )
            raise usage(
                f"--commit 只用于逐个写出的文件，{place} 不是：扫描文件夹、网址、标准输入请去掉 --commit",
                f"--commit is for files given by their names, and {place} is none: scan folders, URLs and standard input without it",
            )


def refuse_together(ctx: click.Context, asked: dict[str, Any]) -> None:
    """Options that would not be heeded, and one file for two outputs."""
    from gongyue.conduct.outputs import same

    unheeded = [param.opts[0] for param in ctx.command.params if param.name in _REPORTS and asked[param.name]]
    if asked["form"] == "spans" and unheeded:
        listed = " ".join(unheeded)
        raise usage(f"--format spans 不能与 {listed} 同用", f"--format spans does not go together with {listed}")
    if asked["dataset"] and not asked["promise"]:
        raise usage("--dataset 须与 --promise 同用", "--dataset goes with --promise")
    for one, other in combinations([name for name in OUTPUTS if asked[name]], 2):
        if same(Path(asked[one]), Path(asked[other])):
            twice = asked[other]
            raise usage(
                f"两种输出写到同一个文件 {twice}：各给一个文件名",
                f"two outputs go to one file, {twice}: name one for each",
            )


def refuse_outputs(places: tuple[str, ...], asked: dict[str, Any]) -> None:
    """Before anything is done: no output over an input or another's file, nor where none can be."""
    from gongyue.conduct.outputs import refuse_input, refuse_other
    from gongyue.conduct.scanning.baseline import is_baseline
    from gongyue.conduct.scanning.html_report import is_leaflet
    from gongyue.conduct.scanning.sarif import is_sarif
    from gongyue.conduct.write_check import refuse_unwritable

    inputs = [place for place in places if Path(place).is_file()]
    for name, ours in zip(OUTPUTS, (is_sarif, is_leaflet, is_baseline), strict=True):
        if asked[name]:
            out = Path(asked[name])
            refuse_unwritable(out)
            if not (out.is_file() and ours(out)):  # an earlier output is no input, also where it is named as one
                refuse_input(out, *inputs)
            others = ("promise",) if name == "write_baseline" else ("promise", "baseline")
            refuse_input(out, *(asked[other] for other in others if asked[other]))
            refuse_other(out, ours)
