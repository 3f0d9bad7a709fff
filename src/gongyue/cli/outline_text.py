"""The outline of a text as lines: heading by heading, part by part, and what of the file is in none of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongyue.covenant.binding.outline_shown import OutlineRow, ShownOutline
from gongyue.covenant.text import LeftOut

FOLDED = 60
"""Parts from which only those worth a second look are listed below their heading, and lines left out from which only the first are."""


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
