"""Patterns as programs: a kernel goes through the steps that `regex_compiler` makes of a pattern, and goes back where one fails, as `re` does."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gongyue.conduct.jit import inlined, kernel
from gongyue.conduct.scanning.characters import Array

SIGN, SET, EITHER, MOST, LEAST, DONE, MARK, BACK, BEHIND, AHEAD, END = range(11)
"""What a step does: one sign; one of a set; go on at the first of two steps (at once at the second, where the sign is not of a set),
and if that fails at the second, if there is one; as many of a set as there are, or as few as do; found; note the place; go back to
a noted one; what must not stand before, or ahead; the end of what is looked at."""
DEPTH = 1024
"""How many ways may be left at once."""
MARKS = 8
"""How many places a program may note: the first two are where its group begins and ends, or all that is found."""


class RegexPrograms(NamedTuple):
    """Some patterns: a step a row (what it does and its numbers), sets of signs as bits, the first step of each pattern."""

    steps: Array
    sets: Array
    first: Array


class MatchState(NamedTuple):
    """What matching needs besides: the ways that are left (step, and from where to where it may be tried), and the places noted."""

    left: Array
    marks: Array


def ways() -> MatchState:
    """Room for one match after another."""
    return MatchState(np.zeros((DEPTH, 3), dtype=np.int64), np.zeros(MARKS, dtype=np.int64))


@inlined
def _in(sets: Array, of: int, sign: int) -> bool:
    return bool(sets[of, sign >> 6] >> (sign & 63) & 1)


@kernel
def match(programs: RegexPrograms, which: int, text: Array, at: int, stop: int, ways: MatchState) -> int:
    """The end of what a pattern finds at `at`, -1 if it finds nothing; nothing from `stop` on is looked at. Where its group begins
    and ends, or what is found as a whole, is in the first two of `ways.marks`."""
    steps, sets = programs.steps, programs.sets
    step, left, good = programs.first[which], 0, True
    while left < len(ways.left):
        what, of = steps[step, 0], steps[step, 1]
        onward = step + 1
        if what <= SET:
            good = at < stop and (text[at] == of if what == SIGN else _in(sets, of, text[at]))
            at += 1
        elif what == EITHER:
            onward, left = _fork(programs, step, text, at, ways.left, left)
        elif what <= LEAST:
            at, left, good = _repeat(programs, step, text, at, stop, ways.left, left)
        elif what == DONE:
            return at
        else:
            at, good = _stands(sets, what, of, text, at, stop, ways.marks)
        step = onward
        while not good:
            if left == 0:
                return -1
            step, at, left, good = _back(programs, text, stop, ways.left, left)
    return -1


@inlined
def span(programs: RegexPrograms, which: int, text: Array, at: int, stop: int, ways: MatchState) -> tuple[int, int]:
    """(start, end) of the group of what a pattern finds at `at`, or of the whole; (-1, -1) if it finds nothing."""
    there = match(programs, which, text, at, stop, ways) >= 0
    return (ways.marks[0], ways.marks[1]) if there else (-1, -1)


@inlined
def _fork(programs: RegexPrograms, step: int, text: Array, at: int, ways: Array, left: int) -> tuple[int, int]:
    """(the step to go on at, how many ways are left)."""
    of, other, signs = programs.steps[step, 1], programs.steps[step, 2], programs.steps[step, 3]
    if signs and not _in(programs.sets, signs - 1, text[at]):
        return other, left
    return of, _leave(ways, left, other, at, at)


@inlined
def _leave(ways: Array, left: int, step: int, low: int, high: int) -> int:
    """Leave a way, if it is one; returns how many are left."""
    ways[left, 0], ways[left, 1], ways[left, 2] = step, low, high
    return left + (step != 0)


@inlined
def _repeat(
    programs: RegexPrograms, step: int, text: Array, at: int, stop: int, ways: Array, left: int
) -> tuple[int, int, bool]:
    """(the place after signs of a set, how many ways are left, whether they were enough)."""
    of = programs.steps[step, 1]
    low, high = at + programs.steps[step, 2], at + programs.steps[step, 3]
    most = programs.steps[step, 0] == MOST
    end = min(stop, high if most else low)
    while at < end and _in(programs.sets, of, text[at]):
        at += 1
    if most and at > low:
        left = _leave(ways, left, step + 1, low, at - 1)
    elif not most and at == low < high:
        left = _leave(ways, left, -step, at, high)
    return at, left, at >= low


@inlined
def _stands(sets: Array, what: int, of: int, text: Array, at: int, stop: int, marks: Array) -> tuple[int, bool]:
    """(where to go on, whether nothing stands before or ahead that must not, or it is the end); the place may be noted, or be a
    noted one."""
    if what == MARK:
        marks[of] = at
    elif what == BACK:
        return marks[of], True
    elif what == END:
        return at, at == stop
    elif what == BEHIND:
        return at, not _in(sets, of, text[at - 1])
    elif at < stop:
        return at, not _in(sets, of, text[at])
    return at, True


@kernel
def _back(programs: RegexPrograms, text: Array, stop: int, ways: Array, left: int) -> tuple[int, int, int, bool]:
    """(step, place, how many ways are left, whether there is one) where the last way left goes on."""
    step, low, high = ways[left - 1, 0], ways[left - 1, 1], ways[left - 1, 2]
    if step > 0:
        ways[left - 1, 2] = high - 1
        return step, high, left - (high == low), True
    if low < min(high, stop) and _in(programs.sets, programs.steps[-step, 1], text[low]):
        ways[left - 1, 1] = low + 1
        return 1 - step, low + 1, left, True
    return 0, low, left - 1, False
