"""The other number that a text states beside the one that somebody binds, of changes above all: told as it is bound, not first where it is frozen.

经三分之二以上同意通过；重大修改须经四分之三以上同意: the stricter is bound, the other sentence is another matter, and the sheet and
`verify` quote both. Two shares in one sentence are told apart by writing two sentences of them. Of notice, decision and list, for which no
number is the stricter, the text alone can tell two apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gongyue.covenant.binding import bases, spoken_of, stricter
from gongyue.covenant.binding.coverage import Coverage
from gongyue.covenant.binding.passages import Passage, Reader
from gongyue.covenant.binding.records import Binding, Fault
from gongyue.covenant.binding.sentences import Sentence
from gongyue.covenant.text import Part

ADOPTION = stricter.ADOPTION
NAMES = (ADOPTION, *spoken_of.MATTERS)
"""The capabilities of which another number keeps the text from being frozen."""
Said = tuple[str, str]
_TRUTHFULLY: Said = (
    "。要如实写明两个份额：绑定较严的一处，另一句记为另一事项；绑定单、verify 与条文页都会引出两处，写明照较严的计，软件不看所写的条件是否成立，"
    "所以条文不许通过的都不会通过。两个份额写在同一句里的，先把条文改成两句（以“；”或“。”隔开）",
    ". To state both truthfully: bind the stricter one and decide that the other sentence is another matter; the sheet, verify and the page of the text quote"
    " both and say that the stricter counts. Whether the condition holds is not looked at, so that nothing passes that the text does not let pass. Where both"
    " stand in one sentence, write two of it first (parted by ； or 。)",
)

_REWORDED: Said = (
    "。另一处说的是别的事（如失信名单）的，也要先改条文：另一处不载同一类的数（如改为“按年公布”），或不在同一句里写会员名单与公布",
    ". Where the other place is of something else, such as a list of the dishonest, the text has to change too: without a number of that kind there (按年公布"
    " and not 每年公布一次)",
)


def beside(
    by: Reader,
    seen: Sequence[tuple[Passage, Sentence]],
    bindings: Iterable[Binding],
    parts: Mapping[str, Part],
) -> list[tuple[Fault, Said]]:
    """What keeps the text from being frozen while these numbers are bound, and the same with how both are stated truthfully."""
    bindings = list(bindings)
    coverage = Coverage(dict(parts))
    for b in bindings:
        coverage.add(b)
    told: list[tuple[Fault, Said]] = []
    shares = [b for b in bindings if b.capability == ADOPTION and b.kind == "share"]
    own = [(p, s) for p, s in seen if p.capability == ADOPTION]
    if shares and own:
        found = bases.passed_over(by, ADOPTION, own, shares, coverage, parts)
        told += [(f, (f.zh + _TRUTHFULLY[0], f.en + _TRUTHFULLY[1])) for f in found]
    for name in spoken_of.MATTERS:
        numbered = [b for b in bindings if b.capability == name and b.kind in ("period", "frequency")]
        others = spoken_of.passed_over(name, seen, numbered, coverage, parts) if numbered else ()
        told += [(f, (f.zh + _REWORDED[0], f.en + _REWORDED[1])) for f in others]
    return told
