"""`gongyue vault`, continued: what persons ask about their data, and the answers."""

from __future__ import annotations

from pathlib import Path

import click

from gongyue.cli.book_source import office_option
from gongyue.cli.fields import check_date
from gongyue.cli.material import read_file
from gongyue.cli.output import emit_result, output_options, pick
from gongyue.cli.vault import by_option, opened, require_officer
from gongyue.cli.vault_text import request_data, request_lines
from gongyue.covenant.periods import from_iso, iso
from gongyue.office.vault import custody


@output_options
@office_option
@click.command("ask", short_help="记下本人的请求 / Record a person's request")
@click.argument("kind", type=click.Choice(custody.KINDS))
@click.option("--letter", required=True, metavar="FILE", help="来信，加密存放 / The letter, kept encrypted.")
@click.option(
    "--document",
    "documents",
    multiple=True,
    metavar="COMMITMENT",
    help="关于哪些文书，可重复 / About which documents; repeatable.",
)
@click.option("--received", metavar="YYYY-MM-DD", help="哪一天收到；默认今天 / The day it came; default: today.")
@by_option
def ask(office_dir: Path, kind: str, letter: str, documents: tuple[str, ...], received: str | None, who: str) -> None:
    """记下本人关于其资料的请求：15 日内答复。请求删除或限制的，所涉文书即限于当事方。

    Record what a person asks about its data, to be answered in 15 days. Asked to erase or restrict, the documents named are
    restricted to the parties at once.

    \b
    例 / Example:
      gongyue vault ask erasure --letter 来信.pdf --received 2026-06-30 --as o:qin
    """
    place, kept = opened(office_dir)
    day = from_iso(check_date(received, "--received", iso(place.day))) if received else place.day
    made = custody.ask(
        kept,
        kind,
        read_file(letter),
        Path(letter).name,
        documents=documents,
        by=require_officer(place, who),
        received=day,
    )
    emit_result(request_data(made, place.day), lambda: request_lines([made], place.day))


@output_options
@office_option
@click.command("answer", short_help="答复请求 / Answer a request")
@click.argument("number", type=click.IntRange(1), metavar="NUMBER")
@click.option(
    "--outcome", type=click.Choice(custody.OUTCOMES), required=True, help="照办、部分照办、不予办理 / What came of it."
)
@click.option("--reply", metavar="FILE", help="复信，加密存放 / The reply, kept encrypted.")
@by_option
def answer(office_dir: Path, number: int, outcome: str, reply: str | None, who: str) -> None:
    """记下对请求的答复。照办的事另用各自的命令办；不予办理的，所涉文书不再限于当事方。

    Record the answer to a request. What is granted is done by its own command; refused, the documents are restricted no longer.

    \b
    例 / Example:
      gongyue vault answer 1 --outcome granted --reply 复信.pdf --as o:qin
    """
    place, kept = opened(office_dir)
    said = (read_file(reply), Path(reply).name) if reply else None
    made = custody.answer(kept, number, outcome, require_officer(place, who), said)
    emit_result(request_data(made, place.day), lambda: request_lines([made], place.day))


@output_options
@office_option
@click.command("requests", short_help="全部请求 / Every request")
def requests(office_dir: Path) -> None:
    """列出本人的全部请求，与何时答复。

    List what persons asked for, and when it was answered.

    \b
    例 / Example:
      gongyue vault requests
    """
    place, kept = opened(office_dir)
    found = custody.requests(kept)
    emit_result(
        [request_data(one, place.day) for one in found],
        lambda: list(request_lines(found, place.day)) or [pick("没有请求。", "No requests.")],
    )
