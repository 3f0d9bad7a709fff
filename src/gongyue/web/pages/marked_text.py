"""An article's text as it is shown: the words that rules carry out marked, with the numbers of their notes in the margin."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongyue.governance.articles import ArticleCard, Mark
from gongyue.web.templatetags.words import pick

NOTHING = SafeString("")


def numbered(card: ArticleCard) -> list[Mark]:
    """The words that rules carry out, in the order in which they end; their place is their number."""
    return sorted(card.marks, key=lambda m: (card.text.find(m.words) + len(m.words), m.name))


def law(card: ArticleCard, address: str = "") -> list[SafeString]:
    """The article's paragraphs with carried-out words marked and numbered; `address`: the page its notes are on."""
    marks = [(card.text.find(m.words), m.words) for m in numbered(card)]
    covered = {i for start, words in marks for i in range(start, start + len(words))}
    ends: dict[int, list[int]] = {}
    for number, (start, words) in enumerate(marks, 1):
        ends.setdefault(start + len(words), []).append(number)
    cuts = sorted({0, len(card.text), *ends, *(i for i in covered if i - 1 not in covered), *_line_ends(card.text)})
    paragraphs = [NOTHING]
    for start, stop in pairwise(cuts):
        words = card.text[start:stop]
        if words.startswith("\n"):
            paragraphs.append(NOTHING)
            words = words[1:]
        piece = format_html("<mark>{}</mark>" if start in covered else "{}", words) if words else NOTHING
        paragraphs[-1] = SafeString(
            paragraphs[-1] + piece + SafeString("".join(_sup(n, address) for n in ends.get(stop, ())))
        )
    return paragraphs


def _line_ends(text: str) -> Iterator[int]:
    yield from (i for i, c in enumerate(text) if c == "\n")


def _sup(number: int, address: str) -> SafeString:
    label = pick(f"旁注 {number}", f"note {number}")
    return format_html('<sup><a href="{}#n{}" aria-label="{}">{}</a></sup>', address, number, label, number)
