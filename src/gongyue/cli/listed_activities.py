"""Activities given on the command line are among those that the text in force lists; any other is described in words."""

from __future__ import annotations

from collections.abc import Iterable

from gongyue.cli.book_source import BookSource
from gongyue.cli.errors import usage
from gongyue.office.facts.joining import activities_listed


def require_listed(place: BookSource, activities: Iterable[str], option: str = "activities") -> None:
    """Usage where an activity is none of those that the text in force lists."""
    listed = activities_listed(place.inst)
    other = [a for a in activities if a not in listed]
    if other and place.inst.meaning.edition is not None:
        said, all_of_them = ", ".join(other), ", ".join(listed)
        other_zh, other_en = _ELSEWHERE[option]
        raise usage(
            f"--{option} {said}：本文没有列出；" + (f"所列的有 {all_of_them}；" * bool(listed)) + other_zh,
            f"--{option} {said}: the text does not list it; " + (f"it lists {all_of_them}; " * bool(listed)) + other_en,
        )


_ELSEWHERE = {
    "activities": ("其他的用 --other 写。", "write others with --other."),
    "scope": ("其他的写进附件的文本。", "say others in the annex's own text."),
}
