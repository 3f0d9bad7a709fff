"""From patterns to steps for `regex_vm`: `re` reads a pattern, and what it read is written down step by step.

A pattern tried by `re` costs a call from the interpreter each time, with a string to try it on; a text full of cues then spends
most of its time there. What a program finds is what `re` finds, but that letters in either case are those of ASCII.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any, cast

import numpy as np

from gongyue.conduct.scanning.characters import Array
from gongyue.conduct.scanning.regex_vm import (
    AHEAD,
    BACK,
    BEHIND,
    DONE,
    EITHER,
    END,
    LEAST,
    MARK,
    MARKS,
    MOST,
    SET,
    SIGN,
    RegexPrograms,
)

_parsing: Any = cast(Any, re)._parser
_WITHOUT_END = 1 << 40
_SIGNS = ("LITERAL", "NOT_LITERAL", "ANY", "IN")
"""What `re` calls the parts of a pattern that are one sign each."""


def programs(patterns: Iterable[str | list[str]]) -> RegexPrograms:
    """Compile patterns; several in a list are tried one after the other, and each without a group is one as a whole.

    ValueError where one asks for what programs cannot do.
    """
    writer = _Writer()
    first = []
    for pattern in patterns:
        first.append(len(writer.steps))
        writer.pattern([pattern] if isinstance(pattern, str) else pattern)
    return RegexPrograms(np.array(writer.steps, dtype=np.int64), _bits(writer.sets), np.array(first, dtype=np.int64))


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
