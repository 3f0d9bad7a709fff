"""`gongyue report preview`: what the accused will see of a report, before it is filed; `report file` says so once more."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from gongyue.book.entry import SignedAct
from gongyue.cli import act_commands
from gongyue.cli.book_source import BookSource, place_of, reading
from gongyue.cli.errors import InvalidInput, usage
from gongyue.cli.material import read_file, refuse_existing, write_new
from gongyue.cli.output import emit_result, note, output_options, pick, wants_json
from gongyue.governance.acts import ACT_TYPES
from gongyue.office.attachments import Attachments
from gongyue.office.shown_version import Enclosure, Reporter, enclosure, tells_who

FILE = ACT_TYPES["report.file/1"]
_PASSAGE = re.compile(r"(\d{1,2})\.(\d{1,5})")


def told_beforehand(place: BookSource, material: Attachments, act: SignedAct) -> None:
    """How many documents the accused may come to see, whatever becomes of the report; InvalidInput where one names its reporter."""
    body, unit = act.act["body"], str(act.act["actor"])
    shown = [one for one in material.private if one.commitment in body["shown"]]
    reporter = Reporter(place.inst, unit, place.day)
    found = [enclosure(n, one.name, one.content, reporter, (), held=False) for n, one in enumerate(shown)]
    _require_unnamed(reporter, found)
    if body["kind"] != "report" or wants_json():
        return
    if body["shown"]:
        note(
            f"对方至多看到您选定的 {len(body['shown'])} 份（共 {1 + len(body['evidence'])} 份）；要给他看别的，先送您看。",
            f"The accused sees at most the {len(body['shown'])} that you chose (of {1 + len(body['evidence'])}); anything else is sent to"
            " you first.",
        )
        return
    note(
        "没有选定给对方看的版本：承办人拟给对方看的，先送您看，您可以不同意。自己先看、先遮盖的，用 gongyue report preview。",
        "No version was chosen to be shown: what the caseworker means to show is sent to you first, and you may object. To look and"
        " cover beforehand use gongyue report preview.",
    )


def _require_unnamed(reporter: Reporter, found: list[Enclosure]) -> None:
    for zh, en in tells_who(reporter, found):
        raise InvalidInput(zh, en)


@output_options
@reading
@click.command("preview", short_help="提交前看对方将看到什么 / See what the accused will see, before filing")
@click.option(
    "--as", "unit", required=True, metavar="UNIT", help="提出检举的单位 u:… / The unit that will report, u:…."
)
@click.option("--facts", required=True, metavar="FILE", help="写事实的文书 / The document of the facts.")
@click.option("--evidence", multiple=True, metavar="FILE", help="证据，可重复 / Evidence; repeatable.")
@click.option(
    "--cover",
    multiple=True,
    metavar="N.M",
    help="另遮盖第 N 份的第 M 段，可重复 / Cover passage M of document N too; repeatable.",
)
@click.option(
    "--uncover",
    multiple=True,
    metavar="N.M",
    help="不遮盖提议遮盖的这一段 / Leave a passage that is proposed uncovered.",
)
@click.option(
    "--hold",
    multiple=True,
    type=click.IntRange(1),
    metavar="N",
    help="第 N 份不给对方看；承办人、审议组仍看得到 / Do not show document N; caseworker and panel still get it.",
)
@click.option(
    "--show",
    "whole",
    multiple=True,
    type=click.IntRange(1),
    metavar="N",
    help="软件看不进去的第 N 份，整份给对方看 / Show document N whole, though software cannot look into it.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="把对方将看到的写进新目录，供 report file --shown / Write what the accused will see into a new folder, for report file --shown.",
)
def preview(
    unit: str,
    facts: str,
    evidence: tuple[str, ...],
    cover: tuple[str, ...],
    uncover: tuple[str, ...],
    hold: tuple[int, ...],
    whole: tuple[int, ...],
    out: Path | None,
    **where: Any,
) -> None:
    """检举提交以前，看对方将看到什么：逐段列出，标出可能认得出您的（单位名称、日期、数目、书名），遮盖、撤下，再看一遍。什么也不提交。

    软件只找得出这些；哪些事只有您知道，只有您清楚。遮盖的、撤下的，承办人和审议组仍看得到。

    Before a report is filed, see what the accused will see: piece by piece, with what may tell who you are (your unit's name, days,
    numbers, titles) marked; cover, hold back, look once more. Nothing is filed. Software finds no more than that: only you know which
    facts nobody else knows. The caseworker and the panel still get what was covered or held back.

    \b
    例 / Example:
      gongyue report preview --facts 事实.txt --evidence 原始表.pdf --as u:0001
      gongyue report preview --facts 事实.txt --evidence 原始表.pdf --as u:0001 --cover 1.4 --hold 2 --out shown
      gongyue report file --kind report --accused u:0002 --begins 2026-05-01 --ends 2026-05-20 --facts 事实.txt \\
          --evidence 原始表.pdf --shown shown/事实.txt --as u:0001 --key unit.key
    """
    place = place_of(**where)
    if unit not in place.inst.units:
        raise InvalidInput(f"簿册里没有单位 {unit}。", f"The book has no unit {unit}.")
    reporter = Reporter(place.inst, unit, place.day)
    files = [facts, *evidence]
    found = _found(reporter, [(Path(one).name, read_file(one)) for one in files], cover, uncover)
    for number in (*hold, *whole):
        if number > len(files):
            raise usage(f"没有第 {number} 份；共 {len(files)} 份。", f"There is no document {number}, of {len(files)}.")
    found = [_chosen(one, n in hold, n in whole) for n, one in enumerate(found, 1)]
    wrong = tells_who(reporter, found)
    written = []
    if out is not None:
        _require_unnamed(reporter, found)
        written = _written(out, found)
    emit_result(
        {
            "documents": [_data(n, one) for n, one in enumerate(found, 1)],
            "names_unit": [one.file for one in found if one.shown and reporter.is_told_by(one.shown)],
            "written": written,
        },
        lambda: [*_lines(found), *(pick(*one) for one in wrong), *_next(found, written)],
    )


def _found(
    reporter: Reporter, files: list[tuple[str, bytes]], cover: tuple[str, ...], uncover: tuple[str, ...]
) -> list[Enclosure]:
    """The documents, covered as is proposed and as was asked for beside that."""
    proposed = [enclosure(n, name, data, reporter) for n, (name, data) in enumerate(files)]
    covered = [{one.name for one in each.passages if one.covered} for each in proposed]
    for given, change in ((cover, set.add), (uncover, set.discard)):
        for one in given:
            at = _PASSAGE.fullmatch(one)
            number, passage = (int(at[1]), int(at[2])) if at else (0, 0)
            if not 1 <= number <= len(proposed) or not 1 <= passage <= len(proposed[number - 1].passages):
                raise usage(
                    f"没有 {one} 这一段；照所列的写，如 1.3。",
                    f"There is no passage {one}: write it as listed, like 1.3.",
                )
            change(covered[number - 1], str(passage - 1))
    return [enclosure(n, name, data, reporter, covered[n], proposed[n].held) for n, (name, data) in enumerate(files)]


def _chosen(one: Enclosure, hold: bool, whole: bool) -> Enclosure:
    return Enclosure(one.key, one.file, one.data, one.passages, hold or (one.held and not whole), one.facts)


def _written(out: Path, found: list[Enclosure]) -> list[str]:
    """What is shown, as files of its own under names that say nothing."""
    refuse_existing(out)
    out.mkdir(mode=0o700, parents=True)
    written = []
    for one in found:
        if not one.held:
            path = out / one.neutral_name
            write_new(path, one.document, private=True)
            written.append(str(path))
    return written


def _data(number: int, one: Enclosure) -> dict[str, Any]:
    return {
        "n": number,
        "file": one.file,
        "held": one.held,
        "shown_as": "" if one.held else one.neutral_name,
        "text": one.shown if one.is_text else None,
        "passages": [
            {
                "at": f"{number}.{n}",
                "text": piece.text,
                "covered": piece.covered,
                "risky": piece.risky,
                "names_unit": piece.named,
            }
            for n, piece in enumerate(one.passages, 1)
        ],
    }


def _lines(found: list[Enclosure]) -> Iterator[str]:
    for number, one in enumerate(found, 1):
        yield pick(f"第 {number} 份：{one.file}", f"Document {number}: {one.file}")
        for n, piece in enumerate(one.passages, 1):
            mark = pick("遮", "×") if piece.covered else pick("看", "?") if piece.risky or piece.named else "  "
            why = pick("（写着贵单位）", " (names your unit)") if piece.named else ""
            yield f"  {number}.{n:<3} {mark} {' '.join(piece.text.split())}{why}"
        if not one.is_text:
            yield pick(
                "  软件看不进去，遮盖不了里面的字句：要么整份给对方看（--show），要么不给。里面的单位名称、作者、照片的拍摄信息，请自己看过。",
                "  Software cannot look into it and covers nothing in it: it is shown whole (--show) or not at all. Look yourself for names,"
                " its author, where a picture was taken.",
            )
    yield ""
    yield pick("对方将看到的：", "What the accused will see:")
    if all(one.held for one in found):
        yield pick("  什么也不给对方看。", "  Nothing is shown.")
    for one in found:
        if one.held:
            continue
        yield f"  ── {one.neutral_name}"
        if one.is_text:
            yield from (f"  {line}" for line in one.shown.splitlines())
        else:
            yield pick("  整份文件，换一个不透露什么的文件名。", "  The whole file, under a name that tells nothing.")
    yield pick(
        "没有署名，没有提交日期，也不写有没有人检举。", "No name, no day of filing, nor whether anybody reported."
    )
    yield ""


def _next(found: list[Enclosure], written: list[str]) -> Iterator[str]:
    if written:
        options = " ".join(f"--shown {shlex.quote(path)}" for path in written)
        yield pick(f"提交时加上：gongyue report file … {options}", f"File it with: gongyue report file … {options}")
    elif not all(one.held for one in found):
        yield pick(
            "还要遮盖的加 --cover N.M，撤下的加 --hold N；就是这样的，加 --out 目录。",
            "Cover more with --cover N.M, hold back with --hold N; when that is it, add --out DIR.",
        )


COMMANDS = {"preview": preview, "file": act_commands.command(FILE, told_beforehand)}
