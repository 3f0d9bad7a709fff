"""The outline of a text as lines: heading by heading, part by part, and what of the file is in none of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongyue.cli.output import counted
from gongyue.covenant.addresses import label_of
from gongyue.covenant.binding.draft import Carried
from gongyue.covenant.binding.outline_shown import OutlineRow, ShownOutline
from gongyue.covenant.binding.whole_outline import ROLE_NAMES
from gongyue.covenant.parser.mending import LaidLine
from gongyue.covenant.text import LeftOut

FOLDED = 60
"""Parts from which only those worth a second look are listed below their heading, and lines left out from which only the first are."""

WIDEST = 50
"""Characters of a line of the file that are shown where every line is listed."""


def outline_lines(shown: ShownOutline, lang: str, fold: bool = False) -> Iterator[str]:
    """The lines; `fold`: a long text is told by its headings' figures, and of its parts those worth a second look."""
    english = lang == "en"
    folded = fold and sum(len(c.rows) for c in shown.chapters) > FOLDED
    for chapter in shown.chapters:
        yield f"{chapter.heading or ('no heading' if english else '没有标题')} · {chapter.figures[english]}"
        yield from (f"    ! {words[english]}" for words in chapter.looks)
        for row in chapter.rows:
            if row.looks or not folded:
                yield from _row_lines(row, english)
    yield from _left_lines(shown.left_out, english, fold)


def _row_lines(row: OutlineRow, english: bool) -> Iterator[str]:
    ends = f" …… {row.ends}" if row.ends else ""
    yield f"  {row.label} {row.begins}{ends}  {row.figures[english]}"
    yield from (f"    ! {words[english]}" for words in row.looks)


def _left_lines(left: Sequence[LeftOut], english: bool, fold: bool) -> Iterator[str]:
    if not left:
        return
    yield f"lines of the file in no part ({len(left)}):" if english else f"文件里不属于任何一处的行（{len(left)}）："
    shown = left[:FOLDED] if fold else left
    for one in shown:
        yield f"  {one.line} “{' ⏎ '.join(one.words.splitlines())}” {one.told[english]}"
    if more := len(left) - len(shown):
        yield f"  … {more} more" if english else f"  ……另有 {more} 行"


def laid_lines(laid: Sequence[LaidLine], lang: str) -> Iterator[str]:
    """Every line of the file: its number, its role, the part it is in, its first words; what a person said of it is marked."""
    english = lang == "en"
    for one in laid:
        words = one.words if len(one.words) <= WIDEST else one.words[:WIDEST] + "……"
        marked = "*" if one.said else " "
        number = one.line if one.piece < 2 else "·"  # what goes on within the line
        yield f"{number:>5}{marked} {one.role:<7} {label_of(one.at) or ROLE_NAMES[one.role][english]}  {words}"


def undecided_again(carried: Carried) -> tuple[str, str] | None:
    """What is undecided again because the text is read otherwise, in Chinese and English; None where nothing is."""
    if carried == Carried():
        return None
    b, d = len(carried.bindings), len(carried.decisions)
    return (
        f"{b} 处绑定、{d} 项决定重新待定",
        f"{counted(b, 'binding')} and {counted(d, 'decision')} are undecided again",
    )
