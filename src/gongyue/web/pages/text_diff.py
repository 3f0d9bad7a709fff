"""Two wordings side by side: what was struck out and what was put in, in runs long enough to be read."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongyue.covenant.redrafting import runs

_MARKED = {"=": "{}", "-": "<del>{}</del>", "+": "<ins>{}</ins>"}


def paragraphs(old: str, new: str) -> tuple[SafeString, ...]:
    """The two wordings in one text, with `del` and `ins`, paragraph by paragraph: no mark goes over the end of one."""
    lines: list[list[str]] = [[]]
    for kind, words in runs(old, new):
        for n, piece in enumerate(words.split("\n")):
            if n:
                lines.append([])
            if piece:
                lines[-1].append(format_html(_MARKED[kind], piece))
    return tuple(SafeString("".join(line)) for line in lines if line)


def excerpt(old: str, new: str, around: int = 30) -> SafeString:
    """The two wordings in one text, with long stretches that are kept left out."""
    parts, listed = [], runs(old, new)
    for place, (kind, words) in enumerate(listed):
        if kind == "=" and len(words) > 2 * around:
            start = words[:around] if place else ""
            end = words[-around:] if place < len(listed) - 1 else ""
            words = f"{start}……{end}"
        parts.append(format_html(_MARKED[kind], words))
    return SafeString("".join(parts))
