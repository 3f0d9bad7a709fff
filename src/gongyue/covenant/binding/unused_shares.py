"""Shares that stand in the text and that nothing is bound to: a person says of each that it is not carried out, before freezing.

A share of who is admitted, recalled or heard is nobody's proposal: without a question it would go by unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from gongyue.covenant.binding.records import BadBinding, Binding, place_of, stated_in
from gongyue.covenant.binding.sentences import Sentence, split
from gongyue.covenant.text import Part, StatedShare


def among(
    shares: Iterable[StatedShare], bindings: Sequence[Binding], parts: Mapping[str, Part]
) -> Iterator[StatedShare]:
    """Those of the shares that stand in no words bound for their share."""
    spans = list(_spans(bindings, parts))
    for s in shares:
        if not any(at == s.at and begin <= s.begin and s.end <= end for at, begin, end in spans):
            yield s


def sentences(parts: Mapping[str, Part], bindings: Sequence[Binding]) -> Iterator[tuple[Part, Sentence, str]]:
    """Every share that nothing is bound to, with its part and its sentence: the sheet lists them."""
    spans = list(_spans(bindings, parts))
    for part in parts.values():
        shares = [n for n in stated_in(part) if n.kind == "share"]
        for s in split(part.at, part.text) if shares else ():
            for n in shares:
                bound = any(at == part.at and begin <= n.begin and n.end <= end for at, begin, end in spans)
                if not bound and s.begin <= n.begin < s.begin + len(s.words):
                    yield part, s, part.text[n.begin : n.end]


def _spans(bindings: Sequence[Binding], parts: Mapping[str, Part]) -> Iterator[tuple[str, int, int]]:
    for b in bindings:
        if b.kind == "share" and b.at in parts:
            try:
                begin = place_of(parts[b.at], b.words, b.nth)
            except BadBinding:
                continue
            yield b.at, begin, begin + len(b.words)
