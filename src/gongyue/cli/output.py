"""What every command says, and in which language: prose or JSON on standard output, notes on standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, TypeVar

import click

from gongyue.cli.lazy import words_of
from gongyue.conduct.safe_text import listed, plain

F = TypeVar("F", bound=Callable[..., Any])
_LANG, _JSON, _LINES = "gongyue.lang", "gongyue.json", "gongyue.lines"


def _remember(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    ctx.meta[_LANG if param.name == "lang" else _JSON] = value


_as_json = click.option(
    "--json",
    "as_json",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_remember,
    help="输出 JSON / Print JSON.",
)
_in_language = click.option(
    "--lang",
    type=click.Choice(("zh", "en")),
    default="zh",
    show_default=True,
    expose_value=False,
    is_eager=True,
    callback=_remember,
    envvar="GONGYUE_LANG",
    help="语言；也可设 GONGYUE_LANG / Language; GONGYUE_LANG sets it too.",
)


def output_options(command: F) -> F:
    """Give a command --json and --lang; eager, so that errors of other options speak the language too."""
    return _as_json(_in_language(command))


def lang(ctx: click.Context | None = None) -> str:
    """The language chosen for this run."""
    ctx = ctx or click.get_current_context(silent=True)
    return _chosen(ctx) or "zh"


def has_lang(ctx: click.Context) -> bool:
    """Whether the language is known yet: a command line can be wrong before it is read."""
    return bool(_chosen(ctx))


def _chosen(ctx: click.Context | None) -> str:
    """The language as it was read, as it stands on a command line not read yet, or as the environment has it; "" for none."""
    if ctx is not None and _LANG in ctx.meta:
        return str(ctx.meta[_LANG])
    words = list(words_of(ctx)) if ctx is not None else []
    asked = [after for word, after in pairwise(words) if word == "--lang"]
    return next((one for one in (*asked, os.environ.get("GONGYUE_LANG", "")) if one in ("zh", "en")), "")


def wants_json(ctx: click.Context | None = None) -> bool:
    """Whether JSON was asked for, also where the option is not read yet."""
    ctx = ctx or click.get_current_context(silent=True)
    return bool(ctx.meta.get(_JSON, "--json" in words_of(ctx))) if ctx else False


def in_lines(ctx: click.Context) -> None:
    """This command's JSON is a stream of lines: an error is one too."""
    ctx.meta[_LINES] = True


def printed(ctx: click.Context | None, data: dict[str, Any], err: bool = False) -> None:
    """One JSON object, over several lines or on one."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=None if ctx and ctx.meta.get(_LINES) else 2), err=err)


def pick(zh: str, en: str) -> str:
    """The text in the chosen language."""
    return zh if lang() == "zh" else en


def word(words: Mapping[str, tuple[str, str]], name: str) -> str:
    """The word for a name in the chosen language; the name itself where there is none."""
    return pick(*words.get(name, (name, name)))


def pick_half(text: str) -> str:
    """The chosen half of a text written "中文 / English"."""
    zh, slash, en = text.partition(" / ")
    return pick(zh, en if slash else zh)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its English noun: 1 day, 2 days, 2 entries."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def say(zh: str, en: str) -> None:
    """A line of prose on standard output."""
    click.echo(pick(zh, en))


def note(zh: str, en: str) -> None:
    """A line beside the result, on standard error."""
    click.echo(plain(pick(zh, en)), err=True)


def unused_told(columns: Sequence[str]) -> None:
    """Tell the columns of authorisations that nobody reads."""
    if columns:
        note(
            f"授权里这些列不读：{listed(columns)}",
            f"columns of the authorisations that are not read: {listed(columns)}",
        )


def doubtful_told(columns: Sequence[str]) -> None:
    """Tell the columns of a log that nobody reads, and that have nearly the name of one of ours."""
    if columns:
        note(f"记录里这些列不读，却与我们的列名相近，请核对 [columns.uses.name]：{listed(columns)}",
             f"columns of the log that are not read, though nearly ours; see [columns.uses.name]: {listed(columns)}")  # fmt: skip


def withdrawals_told(stated: str) -> Iterator[str]:
    """The line of a report that says that withdrawals were declared as none; nothing where there is a column of them."""
    from gongyue.conduct.promise import NO_WITHDRAWALS

    if stated == "none":
        yield pick(*NO_WITHDRAWALS)


def unread_told(rows: int) -> None:
    """Tell how many rows of authorisations were not taken as they stand."""
    if rows:
        note(
            f"共 {rows:,} 行授权没有照所写采信；相关使用可能因此判为未授权，其中若有撤回须补上",
            f"{rows:,} authorisation row(s) not taken as they stand; uses resting on them may be found without one; a withdrawal"
            " among them has to be mended",
        )


def emit_result(data: Any, lines: Callable[[], Iterable[str]]) -> None:
    """The result: JSON where it was asked for, lines of prose otherwise."""
    if wants_json():
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        for line in lines():
            click.echo(plain(line))


def discard_stdout() -> None:
    """Discard unwritable output so that shutdown does not retry it."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error while long work goes on, where a person watches: takes (done, in all)."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield progress


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Columns in line; Chinese characters are two cells wide. On a screen the last column is broken at its blanks."""
    from shutil import get_terminal_size

    cells = [list(head), *([str(c) for c in row] for row in rows)]
    widths = [max(_width(row[i]) for row in cells) for i in range(len(head))]
    before = sum(widths[:-1]) + 2 * (len(head) - 1)
    room = max(get_terminal_size().columns - before, 20) if sys.stdout.isatty() else sys.maxsize
    lines = []
    for row in cells:
        first, *more = _broken(row[-1], room)
        padded = (c + " " * (w - _width(c)) for c, w in zip((*row[:-1], first), widths, strict=True))
        lines += ["  ".join(padded).rstrip(), *(" " * before + part for part in more)]
    return lines


def _broken(text: str, room: int) -> list[str]:
    """A text in lines of so many cells, as far as its blanks allow."""
    if _width(text) <= room:
        return [text]
    lines = [""]
    for word in text.split():
        if lines[-1] and _width(lines[-1]) + 1 + _width(word) > room:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return lines


def _width(text: str) -> int:
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)
