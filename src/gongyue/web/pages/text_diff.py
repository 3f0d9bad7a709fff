"""Two wordings side by side: what was struck out and what was put in, in runs long enough to be read."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongyue.covenant.redrafting import runs

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
