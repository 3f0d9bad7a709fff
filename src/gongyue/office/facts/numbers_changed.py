"""The numbers that a change of words takes out and puts in, whether or not a clause is bound to them."""

from __future__ import annotations

from collections import Counter

import msgspec

from gongyue.covenant import numbers


class NumbersChanged(msgspec.Struct, frozen=True):
    """The numbers that only the present text states, and those that only the new one does: as each is written."""

    before: tuple[str, ...]
    after: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether any number changes."""
        return bool(self.before or self.after)


def numbers_changed(old: str, new: str) -> NumbersChanged:
    """Which numbers a change takes out and puts in; a number that only moved is neither."""
    was, will = _numbers(old), _numbers(new)
    return NumbersChanged(tuple((was - will).elements()), tuple((will - was).elements()))


def _numbers(text: str) -> Counter[str]:
    return Counter(text[n.begin : n.end] for n in numbers.read(text))
