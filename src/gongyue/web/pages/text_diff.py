"""Two wordings side by side: what was struck out and what was put in, in runs long enough to be read."""

from __future__ import annotations

from difflib import SequenceMatcher

from django.utils.html import format_html
from django.utils.safestring import SafeString

SHORTEST = 3
"""Characters that stand in both wordings between two changes are shown as kept only from this length on."""


def runs(old: str, new: str) -> list[tuple[str, str]]:
    """(what, words) in order: `=` kept, `-` struck out, `+` put in."""
    out: list[tuple[str, str]] = []
    struck = put = ""
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal" and (b - a >= SHORTEST or not (struck or put)):
            out += _changed(struck, put)
            struck = put = ""
            out.append(("=", old[a:b]))
        else:
            struck += old[a:b]
            put += new[c:d]
    return out + _changed(struck, put)


def _changed(struck: str, put: str) -> list[tuple[str, str]]:
    return [run for run in (("-", struck), ("+", put)) if run[1]]


_MARKED = {"=": "{}", "-": "<del>{}</del>", "+": "<ins>{}</ins>"}


def marked(old: str, new: str) -> SafeString:
    """The two wordings in one text, with `del` and `ins`."""
    return SafeString("".join(format_html(_MARKED[kind], words) for kind, words in runs(old, new)))


def excerpt(old: str, new: str, around: int = 30) -> SafeString:
    """As `marked`, with long stretches that are kept left out."""
    parts, listed = [], runs(old, new)
    for place, (kind, words) in enumerate(listed):
        if kind == "=" and len(words) > 2 * around:
            start = words[:around] if place else ""
            end = words[-around:] if place < len(listed) - 1 else ""
            words = f"{start}……{end}"
        parts.append(format_html(_MARKED[kind], words))
    return SafeString("".join(parts))
