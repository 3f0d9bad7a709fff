"""Patterns as programs for kernels: `re` reads a pattern, what it read becomes steps, and a kernel goes through them.

A pattern tried by `re` costs a call from the interpreter each time, with a string to try it on; a text full of cues then spends
most of its time there. What a program finds is what `re` finds, but that letters in either case are those of ASCII.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any, NamedTuple, cast

import numpy as np

from gongyue.conduct.compiling import inlined, kernel
from gongyue.conduct.scanning.signs import Array

_parsing: Any = cast(Any, re)._parser
SIGN, SET, EITHER, MOST, LEAST, DONE, MARK, BACK, BEHIND, AHEAD, END = range(11)
"""What a step does: one sign; one of a set; go on at the first of two steps (at once at the second, where the sign is not of a set),
and if that fails at the second, if there is one; as many of a set as there are, or as few as do; found; note the place; go back to
a noted one; what must not stand before, or ahead; the end of what is looked at."""
DEPTH = 1024
"""How many ways may be left at once."""
MARKS = 8
"""How many places a program may note: the first two are where its group begins and ends, or all that is found."""
_WITHOUT_END = 1 << 40
_SIGNS = ("LITERAL", "NOT_LITERAL", "ANY", "IN")
"""What `re` calls the parts of a pattern that are one sign each."""


class Programs(NamedTuple):
    """Some patterns: a step a row (what it does and its numbers), sets of signs as bits, the first step of each pattern."""

    steps: Array
    sets: Array
    first: Array


class Ways(NamedTuple):
    """What matching needs besides: the ways that are left (step, and from where to where it may be tried), and the places noted."""

    left: Array
    marks: Array


def ways() -> Ways:
    """Room for one match after another."""
    return Ways(np.zeros((DEPTH, 3), dtype=np.int64), np.zeros(MARKS, dtype=np.int64))


def programs(patterns: Iterable[str | list[str]]) -> Programs:
    """Compile patterns; several in a list are tried one after the other, and each without a group is one as a whole.

    ValueError where one asks for what programs cannot do.
    """
    writer = _Writer()
    first = []
    for pattern in patterns:
        first.append(len(writer.steps))
        writer.pattern([pattern] if isinstance(pattern, str) else pattern)
    return Programs(np.array(writer.steps, dtype=np.int64), _bits(writer.sets), np.array(first, dtype=np.int64))


def _bits(sets: dict[bytes, int]) -> Array:
    """Sets as rows of numbers of 64 bits."""
    rows = np.frombuffer(b"".join(sets), dtype=bool).reshape(-1, 65536)
    return np.packbits(rows, axis=1, bitorder="little").view(np.int64)


@cache
def _category(name: str) -> Array:
    """The signs of a class of `re`, such as CATEGORY_SPACE."""
    letter = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}[name.removeprefix("CATEGORY_").removeprefix("NOT_")]
    there = np.zeros(65536, dtype=bool)
    there[[ord(sign) for sign in re.findall(letter, "".join(map(chr, range(65536))))]] = True
    return ~there if "NOT_" in name else there


class _Writer:
    """Writes steps, pattern after pattern."""

    def __init__(self) -> None:
        self.steps: list[list[int]] = [[DONE, 0, 0, 0]]  # step 0 is none
        self.sets: dict[bytes, int] = {}
        self._marks = 2

    def pattern(self, patterns: list[str]) -> None:
        """The steps of one pattern, or of several that are tried one after the other."""
        self._marks = 2
        parsed = [_parsing.parse(pattern) for pattern in patterns]
        self._either([partial(self._whole, one) for one in parsed])
        self._step(DONE)

    def _whole(self, parsed: Any) -> None:
        grouped = parsed.state.groups > 1
        if not grouped:
            self._step(MARK, 0)
        self._all(parsed, parsed.state.flags)
        if not grouped:
            self._step(MARK, 1)

    def _step(self, *numbers: int) -> list[int]:
        row = [*numbers, 0, 0, 0, 0][:4]
        self.steps.append(row)
        return row

    def _all(self, parsed: Any, flags: int) -> None:
        for what, value in parsed:
            self._one(str(what), value, flags)

    def _one(self, what: str, value: Any, flags: int) -> None:
        if what in _SIGNS:
            self._sign(what, value, flags)
        elif what == "BRANCH":
            self._either([partial(self._all, way, flags) for way in value[1]])
        elif what == "SUBPATTERN":
            group, more, less, inner = value
            if group is not None:
                self._step(MARK, 0)
            self._all(inner, (flags | more) & ~less)
            if group is not None:
                self._step(MARK, 1)
        elif what in ("MAX_REPEAT", "MIN_REPEAT"):
            self._repeat(what == "MAX_REPEAT", value, flags)
        elif what == "ASSERT" and value[0] == 1 and self._marks < MARKS:
            mark, self._marks = self._marks, self._marks + 1
            self._step(MARK, mark)
            self._all(value[1], flags)
            self._step(BACK, mark)
        elif what == "ASSERT_NOT" and _one_sign(value[1]):
            self._step(AHEAD if value[0] == 1 else BEHIND, self._set(*_named(value[1][0]), flags))
        elif what == "AT" and str(value) == "AT_END_STRING":
            self._step(END)
        else:
            raise ValueError(what)

    def _sign(self, what: str, value: Any, flags: int) -> None:
        if what == "LITERAL" and not (flags & re.IGNORECASE and chr(value).isalpha()):
            self._step(SIGN, value)
        else:
            self._step(SET, self._set(what, value, flags))

    def _either(self, ways: list[Callable[[], None]]) -> None:
        """One of several ways, in their order."""
        ends = []
        for way in ways[:-1]:
            fork = self._step(EITHER, len(self.steps) + 1)
            way()
            ends.append(self._step(EITHER))
            fork[2] = len(self.steps)
            what, of, *_ = self.steps[fork[1]]
            fork[3] = 1 + (self._set("LITERAL", of, 0) if what == SIGN else of) if what <= SET else 0
        ways[-1]()
        for end in ends:
            end[1] = len(self.steps)

    def _repeat(self, most: bool, value: tuple[int, Any, Any], flags: int) -> None:
        low, high, inner = value
        endless = high == _parsing.MAXREPEAT
        if endless and not inner.getwidth()[0]:
            raise ValueError("nothing, without end")
        if _one_sign(inner):
            of = self._set(*_named(inner[0]), flags)
            self._step(MOST if most else LEAST, of, low, _WITHOUT_END if endless else high)
            return
        for _ in range(low):
            self._all(inner, flags)
        forks = []
        for _ in range(1 if endless else high - low):
            again = len(self.steps)
            forks.append(self._step(EITHER, again + 1))
            self._all(inner, flags)
            if endless:
                self._step(EITHER, again)
        for fork in forks:
            fork[2] = len(self.steps)
            if not most:
                fork[1], fork[2] = fork[2], fork[1]

    def _set(self, what: str, value: Any, flags: int) -> int:
        return self.sets.setdefault(_signs(what, value, flags).tobytes(), len(self.sets))


def _named(one: tuple[Any, Any]) -> tuple[str, Any]:
    return str(one[0]), one[1]


def _one_sign(parsed: Any) -> bool:
    return len(parsed) == 1 and str(parsed[0][0]) in _SIGNS


def _signs(what: str, value: Any, flags: int) -> Array:
    """The signs that stand for one of a pattern's."""
    there = np.zeros(65536, dtype=bool)
    if what == "ANY":
        there[:] = True
        there[10] = bool(flags & re.DOTALL)
        return there
    parts = value if what == "IN" else [("LITERAL", value)]
    for kind, part in map(_named, parts):
        if kind == "LITERAL":
            there[part] = True
        elif kind == "RANGE":
            there[part[0] : part[1] + 1] = True
        elif kind == "CATEGORY":
            there |= _category(str(part))
    if flags & re.IGNORECASE:
        there[0x41:0x5B] = there[0x61:0x7B] = there[0x41:0x5B] | there[0x61:0x7B]
    return ~there if what == "NOT_LITERAL" or _named(parts[0])[0] == "NEGATE" else there


@inlined
def _in(sets: Array, of: int, sign: int) -> bool:
    return bool(sets[of, sign >> 6] >> (sign & 63) & 1)


@kernel
def match(programs: Programs, which: int, text: Array, at: int, stop: int, ways: Ways) -> int:
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
def _fork(programs: Programs, step: int, text: Array, at: int, ways: Array, left: int) -> tuple[int, int]:
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
    programs: Programs, step: int, text: Array, at: int, stop: int, ways: Array, left: int
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
def _back(programs: Programs, text: Array, stop: int, ways: Array, left: int) -> tuple[int, int, int, bool]:
    """(step, place, how many ways are left, whether there is one) where the last way left goes on."""
    step, low, high = ways[left - 1, 0], ways[left - 1, 1], ways[left - 1, 2]
    if step > 0:
        ways[left - 1, 2] = high - 1
        return step, high, left - (high == low), True
    if low < min(high, stop) and _in(programs.sets, programs.steps[-step, 1], text[low]):
        ways[left - 1, 1] = low + 1
        return 1 - step, low + 1, left, True
    return 0, low, left - 1, False
