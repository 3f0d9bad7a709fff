"""Short numbered lines that name what stands below them, in a text without articles: 1. 开放, II. 会员, or 2 目的 without any mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from gongyue.covenant.parser import bare_headings, headings, items, roman
from gongyue.covenant.parser.lines import B, Line

WHY = (
    "带编号的短行读作标题，其下各项另行编号：请核对 / a short line with a number is read as a heading, items below it are counted on "
    "their own: look at it"
)
_UNMARKED = re.compile(rf"([1-9１-９][0-9０-９]?){B}+([^0-9０-９].*)")
"""2 目的: a number and a name, nothing between them but a blank."""


def named(line: Line) -> tuple[int, str] | None:
    """The number and the name of a line 1. 开放, 2 目的 or II. 会员; None for any other."""
    if marked := roman.marked(line.bare):
        return marked
    mark = items.label(line.bare)
    if mark and mark.kind == "dotarabic":
        return mark.number, mark.rest
    found = _UNMARKED.fullmatch(line.bare)
    return (int(found[1]), found[2]) if found else None


def find(body: Sequence[Line]) -> tuple[list[int], bool]:
    """The lines that are headings, none where their numbers do not count on from 1; whether a person has to look at them.

    1. 开放 above lines without a number is sure. Where lists below are numbered alike, or no mark follows the number, it is not.
    """
    if heads := _roman(body):
        return heads, not all(_above_text(body, i) for i in heads)
    dotted = [i for i, line in enumerate(body) if (m := items.label(line.bare)) and m.kind == "dotarabic"]
    if _count_on(body, dotted) and all(_above_text(body, i) for i in dotted):
        return dotted, False
    may = [i for i in dotted if _may_head(body, i)]
    among = [i for i in may if bare_headings.may_be(_name(body[i]))]
    among = _filled(body, among, sorted(set(may).difference(among)))
    unmarked = left_unmarked(body)
    for heads in (among, unmarked, sorted((*among, *unmarked))):
        if _count_on(body, heads) and all(b - a > 1 for a, b in pairwise([*heads, len(body)])):
            return heads, True
    return [], False


def _roman(body: Sequence[Line]) -> list[int]:
    """Lines I. 总则, II. 会员 that count on from one, each above something; none where one of them is a sentence."""
    heads = [i for i, line in enumerate(body) if roman.marked(line.bare)]
    apart = all(b - a > 1 for a, b in pairwise([*heads, len(body)]))
    short = all(len(body[i].bare) <= headings.SHORT and body[i].bare[-1] not in "。；！？：:" for i in heads)
    return heads if apart and short and _count_on(body, heads) else []


def _titles(name: str) -> bool:
    """会议召开和决议作出的有效条件。 names something, whatever its stop: no clause, no number, nobody bound."""
    return 1 < len(name) <= bare_headings.LONGEST and not _CLAUSE.search(name.rstrip("。"))


_CLAUSE = re.compile("[。，；：！？…,;:!?0-9０-９%％]|[应應须須]|不得|可以|自愿|自願|禁止|[分半][之数數]|施行|生效")


def _name(line: Line) -> str:
    found = named(line)
    return found[1] if found else ""


def _filled(body: Sequence[Line], heads: list[int], others: list[int]) -> list[int]:
    """The headings, with those of the others that alone have a number missing among them (3.决议有效的条件。)."""
    numbers = {found[0] for i in heads if (found := named(body[i]))}
    theirs = Counter(found[0] for i in others if (found := named(body[i])))
    alone = [i for i in others if (found := named(body[i])) and found[0] not in numbers and theirs[found[0]] == 1]
    return sorted((*heads, *alone))


def left_unmarked(body: Sequence[Line]) -> list[int]:
    """Lines like 2 目的, whether or not their numbers count on."""
    return [i for i, line in enumerate(body) if _UNMARKED.fullmatch(line.bare) and _may_head(body, i)]


def _count_on(body: Sequence[Line], heads: list[int]) -> bool:
    numbers = [found[0] for i in heads if (found := named(body[i]))]
    return len(heads) > 1 and numbers == list(range(1, len(heads) + 1))


def _above_text(body: Sequence[Line], i: int) -> bool:
    """Whether a line without a number stands below what could be a name."""
    found = named(body[i])
    below = i + 1 < len(body) and items.label(body[i + 1].bare) is None and not body[i].bullet
    return below and found is not None and bare_headings.may_be(found[1])


def _may_head(body: Sequence[Line], i: int) -> bool:
    """Whether a numbered line could be a name that no list leads up to: what stands above it has ended, or blank lines set it off."""
    found = named(body[i])
    if found is None or body[i].bullet or not (bare_headings.may_be(found[1]) or _titles(found[1])):
        return False
    if not i:
        return True
    above = body[i - 1]
    return above.bare[-1] in bare_headings.ENDED or (
        above.bare[-1] not in "：:，,、；;" and body[i].number > above.number + 1
    )
