"""Two wordings side by side: what was struck out and what was put in, in runs long enough to be read."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongyue.covenant.numerals import CHINESE
from gongyue.covenant.redrafting import Run, runs

_MARKED = {"=": "{}", "-": "<del>{}</del>", "+": "<ins>{}</ins>"}
_NUMERAL = CHINESE + "万萬分之.%\uff05" + "".join(chr(n) for n in (*range(0x30, 0x3A), *range(0xFF10, 0xFF1A)))
"""Characters of a number: three tenths too, which 分之 holds together."""


def marked_runs(old: str, new: str) -> list[Run]:
    """The two wordings in runs that cut no number in two, with an arrow from a number to the one in its place.

    Of 30 and 20 the zeros are alike: marked digit by digit they read 320 wherever the marks are not seen.
    """
    out: list[Run] = []
    struck = put = ""
    for kind, words in [*runs(old, new), ("=", "")]:
        if kind != "=":
            before = _number_before(out, words) if not (struck or put) else ""
            struck += before + (words if kind == "-" else "")
            put += before + (words if kind == "+" else "")
            continue
        rest = words.lstrip(_NUMERAL) if _touches(struck) or _touches(put) else words
        struck, put = struck + words[: len(words) - len(rest)], put + words[: len(words) - len(rest)]
        if rest or not words:
            out += [*_replaced(struck, put), ("=", rest)]
            struck = put = ""
    return [run for run in out if run[1]]


def _touches(words: str) -> bool:
    """Whether a number that follows would go on with what ends here."""
    return words[-1:] != "" and words[-1] in _NUMERAL


def _number_before(out: list[Run], words: str) -> str:
    """What is kept of the number that a change goes on with, taken out of the run before it."""
    if not out or words[0] not in _NUMERAL:
        return ""
    kept = out[-1][1]
    head = kept.rstrip(_NUMERAL)
    out[-1] = ("=", head)
    return kept[len(head) :]


def _replaced(struck: str, put: str) -> list[Run]:
    numbers = struck and put and not (struck + put).strip(_NUMERAL)
    return [("-", struck), ("=", " → " if numbers else ""), ("+", put)]


def paragraphs(old: str, new: str) -> tuple[SafeString, ...]:
    """The two wordings in one text, with `del` and `ins`, paragraph by paragraph: no mark goes over the end of one."""
    lines: list[list[str]] = [[]]
    for kind, words in marked_runs(old, new):
        for n, piece in enumerate(words.split("\n")):
            if n:
                lines.append([])
            if piece:
                lines[-1].append(format_html(_MARKED[kind], piece))
    return tuple(SafeString("".join(line)) for line in lines if line)


def excerpt(old: str, new: str, around: int = 30) -> SafeString:
    """The two wordings in one text, with long stretches that are kept left out."""
    parts, listed = [], marked_runs(old, new)
    for place, (kind, words) in enumerate(listed):
        if kind == "=" and len(words) > 2 * around:
            start = words[:around] if place else ""
            end = words[-around:] if place < len(listed) - 1 else ""
            words = f"{start}……{end}"
        parts.append(format_html(_MARKED[kind], words))
    return SafeString("".join(parts))
