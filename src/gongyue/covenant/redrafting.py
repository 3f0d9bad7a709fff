"""A change as a person makes it, by rewriting an article: which words are replaced by which is derived from the two wordings.

Nothing here is law: the words replaced are stated in the change and shown, and whoever applies it recomputes it (`changes.amend`).
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from gongyue.covenant.changes import NotApplicable, TextEdit
from gongyue.covenant.numerals import CHINESE
from gongyue.covenant.text import Part

SHORTEST = 3
"""Characters that stand in both wordings between two changes are kept only from this length on."""
MOST_COMPARED = 4_000_000
"""Characters of one wording times those of the other, alike ends left out: beyond it the whole middle counts as replaced."""
MOST_RUNS = 60
"""Places of one article that are told apart; with more, the article is replaced from its first change to its last."""

Run = tuple[str, str]
"""What became of words, and the words: `=` kept, `-` struck out, `+` put in."""


def runs(old: str, new: str) -> list[Run]:
    """Two wordings in one row, in runs long enough to be read."""
    begin = _alike(old, new)
    end = _alike(old[begin:][::-1], new[begin:][::-1])
    before, after = old[begin : len(old) - end], new[begin : len(new) - end]
    middle = [("-", before), ("+", after)]
    if before and after and len(before) * len(after) <= MOST_COMPARED:
        middle = list(_compared(before, after))
    return _joined([("=", old[:begin]), *middle, ("=", old[len(old) - end :])])


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if one[:middle] == other[:middle] else (least, middle - 1)
    return least


def _compared(old: str, new: str) -> Iterator[Run]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield from (("=", old[a:b]),) if kind == "equal" else (("-", old[a:b]), ("+", new[c:d]))


def _joined(found: list[Run]) -> list[Run]:
    """Without empty runs; what is kept but too short to be read between two changes counts as replaced."""
    listed = [run for run in found if run[1]]
    out: list[Run] = []
    struck = put = ""
    for n, (kind, words) in enumerate(listed):
        last = n == len(listed) - 1
        if kind == "=" and (len(words) >= SHORTEST or not (struck or put) or last):
            out += [run for run in (("-", struck), ("+", put), ("=", words)) if run[1]]
            struck = put = ""
        else:
            struck += words if kind != "+" else ""
            put += words if kind != "-" else ""
    return out + [run for run in (("-", struck), ("+", put)) if run[1]]


def edits_of(part: Part, new: str) -> list[TextEdit]:
    """The words to be replaced, one edit after the other, so that the article's text becomes `new`; none where it is the same.

    Each quotes as few words as stand exactly once in the article as it then is. NotApplicable for an article without words.
    """
    old = part.text
    if old == new:
        return []
    if not old:
        raise NotApplicable(part.at, "此条没有文字可改 / the article has no words to replace")
    hunks = list(_hunks(runs(old, new)))
    if len(hunks) <= MOST_RUNS:
        found = list(_quoted(part.at, old, hunks))
        if found:
            return found
    return _quoted_whole(part.at, old, new)


Hunk = tuple[int, str, str]
"""Where in the old wording, the words struck out there, the words put in."""


def _hunks(found: list[Run]) -> Iterator[Hunk]:
    place, struck, put = 0, "", ""
    for kind, words in [*found, ("=", "")]:
        if kind == "=":
            if struck or put:
                yield place, struck, put
            place, struck, put = place + len(struck) + len(words), "", ""
        elif kind == "-":
            struck += words
        else:
            put += words


def _quoted(at: str, old: str, hunks: list[Hunk]) -> Iterator[TextEdit]:
    """Each change with the words around it that make it the only place; nothing at all where one cannot be told apart."""
    made, text, shift, since = [], old, 0, 0
    ends = [place for place, _, _ in hunks[1:]] + [len(old)]
    for (place, struck, put), until in zip(hunks, ends, strict=True):
        begin, end = place + shift, place + shift + len(struck)
        quoted = _only(text, begin, end, since + shift, until + shift)
        if quoted is None:
            return
        left, right = quoted
        made.append(TextEdit(at, text[left:right], text[left:begin] + put + text[end:right]))
        text = text[:begin] + put + text[end:]
        since, shift = place + len(struck), shift + len(put) - len(struck)
    yield from made


def _only(text: str, begin: int, end: int, least: int, most: int) -> tuple[int, int] | None:
    """The words from `begin` to `end` with as many around them, within bounds, as make them stand only once.

    A number is quoted whole: 十分之一, not 十.
    """
    while begin > least and text[begin - 1] in _NUMERAL and (begin == end or text[begin] in _NUMERAL):
        begin -= 1
    while end < most and text[end] in _NUMERAL and text[end - 1] in _NUMERAL:
        end += 1
    around = 0
    while True:
        left, right = max(least, begin - around), min(most, end + around)
        if right > left and text.find(text[left:right]) == left == text.rfind(text[left:right]):  # nor overlapping
            return left, right
        if left == least and right == most:
            return None
        around = around * 2 or 1


_NUMERAL = frozenset(
    CHINESE + "万萬亿億分之半.%\uff05" + "".join(chr(n) for n in (*range(0x30, 0x3A), *range(0xFF10, 0xFF1A)))
)


def _quoted_whole(at: str, old: str, new: str) -> list[TextEdit]:
    """One replacement, from the first character that differs to the last, and as much more as makes it the only place."""
    begin = _alike(old, new)
    end = _alike(old[begin:][::-1], new[begin:][::-1])
    left, right = _only(old, begin, len(old) - end, 0, len(old)) or (0, len(old))
    return [TextEdit(at, old[left:right], new[left : len(new) - (len(old) - right)])]
