"""Words of a text set apart, for whoever prints it."""

from __future__ import annotations

from collections.abc import Iterable


def marked(text: str, words: Iterable[str], before: str, after: str) -> str:
    """The text with each of `words`, where it stands first, between `before` and `after`; what overlaps is marked as one."""
    carried = [False] * len(text)
    for one in words:
        start = text.find(one)
        carried[start : start + len(one)] = [True] * len(one)
    out, inside = [], False
    for character, here in zip(text, carried, strict=True):
        if here != inside:
            out.append(after if inside else before)
            inside = here
        out.append(character)
    return "".join(out) + (after if inside else "")
