"""Characters nobody sees, which no edition may hold (`transparency.canonical`): a tab becomes a blank, the others go, and both are said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from gongyue.covenant.parser.lines import Line
from gongyue.covenant.text import Oddity, Outline, Part

_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_WHY = "看不见的字符，文本版本不收：制表符换成空格，其余去掉 / unseen characters, which no edition holds: a tab became a blank, the others went"


_NAMES = {
    "\t": "制表符 / tab ",
    "\xad": "软连字符 / soft hyphen ",
    "\u200b": "零宽空格 / zero-width space ",
    "\ufeff": "字节顺序标记 / byte order mark ",
}
"""What people call them; any other by its code point."""


def only(found: Outline, read: Sequence[Line]) -> Outline:
    """The outline without them; one oddity counts what was there, by code point, but for tabs that only part a table's cells."""
    counts = Counter(c for text in (found.title, *(p.text for p in found.parts)) for c in _UNSEEN.findall(text))
    chapters = tuple(replace(c, title=_clean(c.title)) for c in found.chapters)
    if not counts and chapters == found.chapters:
        return found
    counts["\t"] = min(counts["\t"], sum(line.text.count("\t") for line in read if not line.row))
    said = ", ".join(f"{_NAMES.get(c, f'U+{ord(c):04X}')}×{n}" for c, n in sorted(counts.items()) if n)
    only_cells = not said and chapters == found.chapters
    return replace(
        found,
        title=_clean(found.title),
        chapters=chapters,
        parts=tuple(_part(p) for p in found.parts),
        oddities=found.oddities if only_cells else (*found.oddities, Oddity(None, said or "\t", _WHY)),
    )


def _part(part: Part) -> Part:
    items = tuple(replace(i, label=_clean(i.label), text=_clean(i.text)) for i in part.items)
    return replace(part, text=_clean(part.text), items=items)


def _clean(text: str) -> str:
    return _UNSEEN.sub("", text.replace("\t", " "))
