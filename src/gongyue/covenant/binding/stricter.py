"""Two shares for one change: where one is carried out and the other is not, without anything passing that the text does not let pass.

Before registration two thirds and after it three quarters: whoever binds the stricter, and decides that the other sentence is another
matter, lets nothing pass that either asks more for. 或有全体会员三分之二以上书面之同意 is a second way, and 重大事项 have a share of their
own. What is left so is said on the sheet that is signed, and by `verify`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from gongyue.covenant import numbers
from gongyue.covenant.binding.coverage import Coverage
from gongyue.covenant.binding.folding import fold
from gongyue.covenant.binding.passages import MOST_NUMBERS, Reader, placed
from gongyue.covenant.binding.records import Binding, place_of
from gongyue.covenant.binding.requirements import around
from gongyue.covenant.binding.sentences import Sentence, split
from gongyue.covenant.numbers import Number
from gongyue.covenant.text import Part

ADOPTION = "amendment.adoption"
_OF_ALL, _OF_BALLOTS = "roll", ("present", "voting")
_CHANGE = re.compile("修改|修订|修正|变更|增订|订定|章程|公约|规约")
_ALTERNATIVE = re.compile(
    "^(?:以上[的之]?(?:同意|赞成|通过))?或者?(?:有|经|由|以|须有?|应有?)?(?!.*(?:修改|变更|事项))"
)
REGISTERED = re.compile("(?:登记|立案|法人)[^，。；]{0,6}[前后]")
"""Before and after a registration a text may ask for another share."""
_GRAVE_CHANGE = re.compile("(?:重大|重要|实质性?|根本性?)(?:的)?(?:修改|修订|修正|变更)")
"""A change for which a text may ask for another share; whether one is grave is not looked at."""
_WEIGHTY = re.compile(
    "^(?:但是?|而)?(?:其他|其余)?(?:的)?(?:特别)?(?:重大|重要|特别)(?:的)?(?:事项|问题|议题|决定|决议)"
)
_DEFINED = re.compile(
    "(?:重大|重要|特别)(?:事项|问题|议题|决定|决议)[^。；，]{0,16}(?:是指|指|包括|有|：|:|如)[^。]{0,120}(?:修改|修订|变更|章程|公约)"
    "|(?:修改|修订|变更|章程|公约)[^。；]{0,40}(?:等|为|是|属于?|及其他|和其他|以及其他|与其他)[^。；，]{0,6}(?:重大|重要|特别)(?:事项|问题|议题|决定|决议)"
)
"""A text in which changes are weighty matters themselves."""

WHY = {
    "stricter": (
        "同是修改另写有“{words}”，照较严的“{bound}”执行",
        "says “{words}” of changes too; the stricter “{bound}” is carried out",
    ),
    "way": (
        "“{words}”是另一途径，不代为计算；只照“{bound}”执行",
        "“{words}” is a second way, which is not counted; “{bound}” alone is carried out",
    ),
    "weighty": (
        "“{words}”是重大事项的份额，不用于修改；修改照“{bound}”执行",
        "“{words}” is the share of weighty matters and not of changes, which go by “{bound}”",
    ),
}
"""What is said of a share that is left."""


def left_as(bound: Sequence[Binding], n: Number, s: Sentence, apart: bool, head: str, parts: Mapping[str, Part]) -> str:
    """As what a share beside those that are bound to changes may be left: stricter, way or weighty; empty where it may not.

    `apart`: it stands in a sentence nothing of which is bound to changes, and so was decided to be another matter; one and the same
    sentence may state both shares where it tells them apart by the registration. `head` is what the clause says before the share.
    """
    if any(b.capability != ADOPTION for b in bound):
        return ""
    if apart and all(_covers(b, n) for b in bound):
        return "stricter"
    if not apart and _ALTERNATIVE.match(head):
        return "way"
    if not apart and REGISTERED.search(s.plain) and all(_covers(b, n) for b in bound):
        return "stricter"
    weighty = _WEIGHTY.match(head) and not _CHANGE.search(head)
    return "weighty" if weighty and not any(_DEFINED.search(fold(p.text)) for p in parts.values()) else ""


def condition_in(b: Binding) -> tuple[str, str] | None:
    """What is said of a proposed share whose own words hold before or after a registration alone; None where they say no such thing."""
    clauses = re.split("[，,]", b.words) if b.capability == ADOPTION else []
    said = next((c.strip() for c in clauses if REGISTERED.search(fold(c))), "")
    if not said:
        return None
    return (
        f"条文写明这一份额只适用于“{said}”；软件不看是否登记，绑定后一律照此计算",
        f"the text says that this share holds only “{said}”; whether it is registered is not looked at, and once bound it counts always",
    )


def _covers(b: Binding, n: Binding | Number) -> bool:
    """Whether whatever reaches the bound share reaches the other too: of as many, or of all where that is of ballots."""
    own, other = Fraction(b.value), Fraction(n.value)
    enough = own > other or (own == other and (n.inclusive or not b.inclusive))
    counted = b.base == n.base or (b.base == _OF_ALL and n.base in _OF_BALLOTS)
    return enough and counted


def of_two(first: Binding, others: Iterable[Binding], parts: Mapping[str, Part]) -> Binding:
    """The stricter of the shares that a text has before and after a registration, or for grave changes and others, to be proposed; the
    first where it has one alone."""
    for b in others:
        places = ((parts[one.at], place_of(parts[one.at], one.words, one.nth)) for one in (first, b))
        sentences = (
            s for part, begin in places for s in split(part.at, part.text) if s.begin <= begin < s.begin + len(s.words)
        )
        if b.base not in (_OF_ALL, *_OF_BALLOTS) or fold(b.words).startswith("或") or not _covers(b, first):
            continue
        if any(REGISTERED.search(s.plain) or _GRAVE_CHANGE.search(s.plain) for s in sentences):
            first = b
    return first


def left(
    by: Reader, bindings: Sequence[Binding], parts: Mapping[str, Part]
) -> Iterator[tuple[Binding, Sentence, str, str]]:
    """Each share for changes that is not carried out: the binding that is, the sentence, the share's words, and as what it is left."""
    bound = [b for b in bindings if b.capability == ADOPTION and b.kind == "share"]
    if not bound:
        return
    coverage = Coverage(dict(parts))
    for b in bound:
        coverage.add(b)
    said = {(b.value, b.inclusive, b.base) for b in bound}
    for part in parts.values():
        stated = [n for n in numbers.read(part.text, MOST_NUMBERS) if n.kind == "share"]
        if all((n.value, n.inclusive, n.base) in said for n in stated):
            continue
        for passage, s in placed([part], by, parts):
            if passage.capability != ADOPTION:
                continue
            found = numbers.read_joined(s.close, MOST_NUMBERS)
            for n in (n for n in found if n.kind == "share" and (n.value, n.inclusive, n.base) not in said):
                apart = not coverage.overlaps(ADOPTION, s)
                if why := left_as(bound, n, s, apart, around(s.close, n, found)[0], parts):
                    yield bound[0], s, s.close[n.begin : n.end], why
