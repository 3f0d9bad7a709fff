"""Whether a number of a prose is the bound one: its value, and everything its clause says of it."""

from __future__ import annotations

import re
from fractions import Fraction

from gongyue.covenant.numbers import Number
from gongyue.covenant.prose.bound_numbers import BoundNumber, side_of
from gongyue.covenant.prose.sentences import matches

LONGEST = 120
"""Characters of a sentence that are looked at on either side of a number."""
_STOPS = re.compile("[，。；：！？,;:!?\n]")
_LATE = re.compile("逾期|迟延|超期")
_NEGATORS = re.compile("[不未无非没莫勿毋]")


def agrees(n: Number, plain: str, bound: BoundNumber) -> bool:
    """Whether the number, in that sentence, says what the bound one says."""
    b = bound.number
    if not same_value(n, b) or n.delay != b.delay:
        return False
    if n.start and b.start and n.start != b.start:
        return False
    if n.base not in ("", b.base) and (n.base_words or n.base != "roll"):
        return False
    if not of_same_part(clause_at(plain, n), bound.plain):
        return False
    # 不含半数: more than half; 不足三分之二的不通过: two thirds or more pass
    inclusive = n.inclusive and not matches("without", plain[max(0, n.begin - 8) : n.begin])
    if (side := side_of(plain, n)) and side != bound.side:
        if not _denied(plain[n.end :]):
            return False
        inclusive = not inclusive
    return inclusive == b.inclusive


def same_value(one: Number, other: Number) -> bool:
    """Whether two numbers are of one kind, value and unit; nothing is converted (一个月 is not 30 日)."""
    if one.kind in ("share", "part") and other.kind in ("share", "part"):
        return Fraction(one.value) == Fraction(other.value)
    return (one.kind, one.value, one.unit, one.times) == (other.kind, other.value, other.unit, other.times)


def clause_at(plain: str, n: Number) -> str:
    """The clause of the sentence around a number."""
    before = plain[max(0, n.begin - LONGEST) : n.begin]
    stop = _STOPS.search(plain, n.end)
    return _STOPS.split(before)[-1] + plain[n.begin : stop.start() if stop else len(plain)]


def _denied(rest: str) -> bool:
    """Whether what falls short is said not to do: one denial, and nothing that takes it back."""
    clauses = [c for c in _STOPS.split(rest[:LONGEST]) if c]
    for clause in clauses:
        if (late := _LATE.search(clause)) and not _NEGATORS.search(clause[: late.start()]):
            return True
    said = "".join(clauses)
    return bool(matches("negative", said)) and not matches("licence", said) and len(_NEGATORS.findall(said)) <= 1


def of_same_part(said: str, bound: str) -> bool:
    """A share of those who propose is not one of those who consent: where both clauses say which, they say the same."""
    one, other = parts_of(said), parts_of(bound)
    return not (one and other) or bool(one & other)


def parts_of(clause: str) -> set[str]:
    """Whether a clause is about proposing, consenting, both or neither."""
    return {name for name in ("proposing", "consenting") if matches(name, clause)}
