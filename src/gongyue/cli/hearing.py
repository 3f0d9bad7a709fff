"""`gongyue dossier hearing`: the record of a hearing, question by question, signed by two officers who were there."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import click

from gongyue.cli.act_flow import perform
from gongyue.cli.act_options import doing, how_of
from gongyue.cli.book_source import BookSource
from gongyue.cli.errors import usage
from gongyue.cli.fields import check_date
from gongyue.cli.output import note, output_options
from gongyue.covenant.periods import iso
from gongyue.governance.acts import ACT_TYPES
from gongyue.office.attachments import Attachments
from gongyue.office.hearing_record import FILE, ORDER, SECTIONS, HearingRecord, lacking

F = TypeVar("F", bound=Callable[..., Any])
_SAID = re.compile(r"([^：:]+)[：:]\s*(.+)", re.DOTALL)
_LINES = frozenset({"present", "said"})
"""Questions with as many answers as there are people, or statements."""


def _option(name: str) -> Callable[[F], F]:
    zh, en, hint_zh, hint_en = SECTIONS[name]
    metavar = {"day": "YYYY-MM-DD", "said": "WHO：WHAT"}.get(name, name.upper())
    again = ("可重复。", " Repeatable.") if name in _LINES else ("", "")
    help = f"{zh}：{hint_zh}{again[0]} / {en}: {hint_en}{again[1]}"
    return click.option(f"--{name}", multiple=name in _LINES, metavar=metavar, help=help)


@output_options
@doing
@click.command("hearing", short_help="听取申辩记录：逐项问 / The record of a hearing, by its questions")
@_option("corrected")
@_option("handed")
@_option("said")
@_option("present")
@_option("place")
@_option("day")
def hearing(**values: Any) -> None:
    """听取了申辩：逐项写记录，成为一份文书，由在场的两名职员签署；在终端上没有写的逐项询问。其后送达被调查单位（dossier serve --what record）。

    The accused was heard: the record, question by question, becomes one document that two officers who were there sign; on a terminal
    what is not given is asked for. It is served on the accused afterwards (dossier serve --what record).

    \b
    例 / Example:
      gongyue dossier hearing --day 2026-03-11 --place '执行机构会议室，在场' --present '周岚，青禾健康的代表' \\
          --present '许，承办人' --present '莫，审议人' --said '周岚：自查发现即停用。' --said '莫：问，是否都已致歉？' \\
          --corrected '当场读给周岚，没有要求更正。' --dossier 石桥-天平 --key xu.key --key mo.key
    """
    given = {name: values.pop(name) for name in SECTIONS}

    def make(place: BookSource, material: Attachments) -> Mapping[str, Any]:
        record = _record(_asked(given), place)
        if wrong := lacking(record):
            raise usage(*_wrong(wrong))
        for line in record.text().splitlines():
            note(f"  {line}", f"  {line}")
        return {"what": "heard", "ground": "held", "reasons": material.commit(record.text().encode(), FILE)}

    perform(ACT_TYPES[ORDER], how_of(values), make)


def _asked(given: Mapping[str, Any]) -> dict[str, Any]:
    """The answers, those that are lacking asked for where a person sits at a terminal."""
    answers = dict(given)
    if not sys.stdin.isatty():
        return answers
    for name, (zh, en, hint_zh, hint_en) in SECTIONS.items():
        if answers[name]:
            continue
        note(f"{zh}：{hint_zh}", f"{en}: {hint_en}")
        if name == "said":
            note("  写作“谁：说了什么”。", "  Write WHO: WHAT.")
        answers[name] = tuple(_typed()) if name in _LINES else next(_typed(), "")
    return answers


def _typed() -> Iterator[str]:
    """Line by line what is typed, to an empty one."""
    while line := str(click.prompt(">", default="", show_default=False, prompt_suffix=" ", err=True)).strip():
        yield line


def _record(answers: Mapping[str, Any], place: BookSource) -> HearingRecord:
    said = []
    for one in answers["said"]:
        found = _SAID.fullmatch(one.strip())
        if found is None:
            raise usage(f"--said {one}：写作“谁：说了什么”。", f"--said {one}: write WHO: WHAT.")
        said.append((" ".join(found[1].split()), found[2].strip()))
    day = str(answers["day"] or "")
    return HearingRecord(
        day=check_date(day, "--day", iso(place.day)) if day else "",
        place=str(answers["place"] or "").strip(),
        present="\n".join(one.strip() for one in answers["present"]),
        said=said,
        handed=str(answers["handed"] or "").strip(),
        corrected=str(answers["corrected"] or "").strip(),
    )


def _wrong(found: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    """What is lacking, by its option."""
    rows = {name.partition(".")[0]: said for name, said in found.items()}
    zh = "；".join(f"--{name}（{SECTIONS[name][0]}）{said[0]}" for name, said in rows.items())
    en = "; ".join(f"--{name} ({SECTIONS[name][1]}): {said[1]}" for name, said in rows.items())
    return f"{zh}。", f"{en}."
