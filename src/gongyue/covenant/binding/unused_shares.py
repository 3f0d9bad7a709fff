"""Shares and periods that stand in the text and that nothing is bound to.

A share of who is admitted, recalled or heard is nobody's proposal: without a question it would go by unseen, so that a person says of
each that it is not carried out, before freezing. Of periods there are many that no rule could go by: the sheet lists them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from gongyue.covenant.binding.records import BadBinding, Binding, place_of, stated_in
from gongyue.covenant.binding.requirements import BASE_WORDS, ROLL_OR_BALLOTS
from gongyue.covenant.binding.sentences import Sentence, split
from gongyue.covenant.numbers import Number, is_range
from gongyue.covenant.text import Part, StatedShare


def among(
    shares: Iterable[StatedShare], bindings: Sequence[Binding], parts: Mapping[str, Part]
) -> Iterator[StatedShare]:
    """Those of the shares that stand in no words bound for their share."""
    spans = list(_spans(bindings, parts, "share"))
    for s in shares:
        if not any(at == s.at and begin <= s.begin and s.end <= end for at, begin, end in spans):
            yield s


def sentences(parts: Mapping[str, Part], bindings: Sequence[Binding]) -> Iterator[tuple[Part, Sentence, str]]:
    """Every share and period that nothing is bound to, with its part and its sentence: the sheet lists them."""
    spans = {kind: list(_spans(bindings, parts, kind)) for kind in ("share", "period")}
    own = {(b.at, _runs(b)) for b in bindings if b.kind == "period"}
    for part in parts.values():
        stated = [n for n in stated_in(part) if n.kind in spans]
        for s in split(part.at, part.text) if stated else ():
            for n in stated:
                bound = any(at == part.at and begin <= n.begin and n.end <= end for at, begin, end in spans[n.kind])
                if n.kind == "period" and (part.at, _runs(n)) not in own and not _begins_a_range(part, n, stated):
                    bound = False  # 15日内报批准，批准后15日内公布: words bound for the first have the second in them
                if not bound and s.begin <= n.begin < s.begin + len(s.words):
                    yield part, s, part.text[n.begin : n.end]


def counted_otherwise(shares: Iterable[StatedShare], parts: Mapping[str, Part]) -> dict[StatedShare, tuple[str, str]]:
    """Of each share: which of those alike in its sentence it is, and over whom it is counted where no vote can go by it."""
    told, alike = dict[StatedShare, tuple[str, str]](), Counter[tuple[int, str, str]]()
    for at, several in groupby(shares, key=lambda s: s.at):
        bases = {n.begin: n.base for n in stated_in(parts[at])}
        for s in several:
            same = (s.line, s.words, parts[at].text[s.begin : s.end])
            alike[same] += 1
            zh, en = (f"（第 {alike[same]} 处）", f" ({alike[same]} of those alike)") if alike[same] > 1 else ("", "")
            base = bases[s.begin]
            if base not in ROLL_OR_BALLOTS:
                of_zh, of_en = BASE_WORDS[base]
                zh, en = f"{zh}（以{of_zh}计，软件不能代为计算）", f"{en} (of {of_en}, which the software cannot count)"
            told[s] = zh, en
    return told


def _runs(n: Binding | Number) -> tuple[object, ...]:
    return n.value, n.unit, n.delay, n.start


def _begins_a_range(part: Part, n: Number, stated: list[Number]) -> bool:
    return any(is_range(part.text, n, high) for high in stated if high.begin >= n.end)


def _spans(bindings: Sequence[Binding], parts: Mapping[str, Part], kind: str) -> Iterator[tuple[str, int, int]]:
    for b in bindings:
        if b.kind == kind and b.at in parts:
            try:
                begin = place_of(parts[b.at], b.words, b.nth)
            except BadBinding:
                continue
            yield b.at, begin, begin + len(b.words)
