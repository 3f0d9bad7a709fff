"""What may be said to be a heading or the title: a line that names something, and no clause that nobody would read then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from gongyue.covenant.binding.passages import Reader, placed
from gongyue.covenant.binding.records import Fault
from gongyue.covenant.parser import headings
from gongyue.covenant.parser.mending import LaidLine
from gongyue.covenant.text import Part

NAMES = frozenset({"heading", "title"})
"""Roles of a line that names something and states nothing."""
LONGEST_HEADING = 60
"""Characters of a line that is said to be a heading or the title."""
_SENTENCE = re.compile("[。；;]")
_MATTERS = "签署|簽署|签订|批准|核准|备案|備案|生效|施行|实施|實施|公布|发布|修改|修订|修訂|解释|解釋|终止|終止"
_NAMES = re.compile(
    f"(?:本?(?:公约|公約|章程|规约|規約|守则|协议|规则|办法|宪章|倡议)的?)?(?:{_MATTERS})(?:(?:、|与|與|和|及)(?:{_MATTERS}))*"
)
"""签署与生效: names a matter, and says nothing of it."""


def no_heading(line: int, words: str, by: Reader, within: bool = False) -> Fault | None:
    """Why a line names nothing and is text: a sentence, a long line, or a clause of signature, approval or force.

    `within`: these are words within the line.
    """
    told = f"第 {line} 行“{words[:LONGEST_HEADING]}”", f"line {line} “{words[:LONGEST_HEADING]}”"
    if len(words) > LONGEST_HEADING or _SENTENCE.search(words):
        more = (
            f"；只有其中几个字是标题的，只说那几个字，如 {line}=heading:第三章 会员",
            f"; of some words of it only say so, as {line}=heading:第三章 会员",
        )
        more = ("", "") if within else more
        return Fault(
            "outline",
            "",
            "",
            f"{told[0]}像一句话，不能是标题{more[0]}",
            f"{told[1]} is a sentence and no heading{more[1]}",
        )
    division = headings.known_division(words)  # 第五章 签署与生效
    return (
        None if _NAMES.fullmatch(division.title if division else words) else _of_a_guard(told, _guards(words, by), by)
    )


def _guards(words: str, by: Reader) -> list[str]:
    """What words say of signature, approval or force."""
    known = by.catalogue.capabilities
    return [p.capability for p, _ in placed([Part("¶1", "", None, words)], by) if known[p.capability].guard]


def _of_a_guard(told: tuple[str, str], found: Sequence[str], by: Reader) -> Fault | None:
    if not found:
        return None
    name = by.catalogue.capabilities[found[0]]
    return Fault(
        "outline", "", "", f"{told[0]}说到“{name.zh}”，不能是标题", f"{told[1]} speaks of “{name.en}” and is no heading"
    )


def faults(laid: Sequence[LaidLine], by: Reader) -> Iterator[Fault]:
    """Of lines that are said to be headings or the title, those that cannot be; a clause on several of them is one all the same."""
    for one in laid:
        if one.said in NAMES and (fault := no_heading(one.line, one.words, by, within=one.piece > 0)):
            yield fault
    runs = [list(run) for said, run in groupby(laid, lambda one: one.said in NAMES) if said]
    titles = [one for one in laid if one.said == "title"]
    for run in (*runs, *([titles] if titles and titles not in runs else ())):
        if fault := _together(run, by):
            yield fault


def _together(run: Sequence[LaidLine], by: Reader) -> Fault | None:
    """A clause of which every line has only some words; what a line says by itself is told of it, or is what it names."""
    alone = {name for one in run for name in _guards(one.words, by)}
    words = "".join(one.words for one in run)
    told = (
        f"第 {run[0].line} 至 {run[-1].line} 行“{words[:LONGEST_HEADING]}”",
        f"lines {run[0].line} to {run[-1].line} “{words[:LONGEST_HEADING]}”",
    )
    return _of_a_guard(told, [name for name in _guards(words, by) if name not in alone], by) if len(run) > 1 else None
