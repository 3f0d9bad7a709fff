"""How deep the headings of a text are, where the file says it: by its marks (#, ##), by 编, 章, 节, or by 1, 1.1, 1.1.1.

The outline itself has its headings side by side; the depth is shown to whoever confirms it, and nothing is read by it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from gongyue.covenant.parser import headings
from gongyue.covenant.parser.lines import Line
from gongyue.covenant.parser.outlined_lines import outlined_lines
from gongyue.covenant.parser.parting import parted
from gongyue.covenant.text import Outline

_KINDS = {"编": 1, "編": 1, "篇": 1, "章": 2, "节": 3, "節": 3}
_DOTTED = re.compile(r"[1-9][0-9]?(?:[.．][1-9][0-9]?){0,3}(?![0-9%年月日])")


def of(found: Outline, read: Sequence[Line], said: Mapping[int, str]) -> tuple[int, ...]:
    """The depth of each chapter's heading, from 1, or 0 where nothing says it; empty where all that are known are alike."""
    read, roles = parted(read, said)
    names = [x for x in read if roles.get(x.key, "heading") == "heading"]
    lines = {x.key: x for x in reversed(read) if x.bare}
    heads = {e.chapter: lines.get(e.key) for e in outlined_lines(found, read, names) if e.chapter >= 0}
    depths = [_depth(heads.get(n)) for n in range(len(found.chapters))]
    order = sorted({d for d in depths if d > 0})
    return tuple(order.index(d) + 1 if d else 0 for d in depths) if len(order) > 1 else ()


def _depth(line: Line | None) -> int:
    if line is None:
        return 0
    if line.level:
        return line.level
    if division := headings.division(line.text):
        return _KINDS.get(division.kind, 0)
    dotted = _DOTTED.match(line.bare)
    return dotted[0].replace("．", ".").count(".") + 1 if dotted else 0
