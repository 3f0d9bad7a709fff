"""A masked sample: enough to recognise one's own data, too little for anyone else; and names of columns that are data."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from gongyue.conduct.printing import printable
from gongyue.conduct.scanning.headings import looked_at, once, tells
from gongyue.conduct.scanning.kinds import kinds


def masked(value: str, keep: int = 2) -> str:
    """The first and last signs, everything else as *; of short values only the first sign."""
    if len(value) <= 2 * keep + 1:
        return value[:1] + "*" * (len(value) - 1)
    return value[:keep] + "*" * min(len(value) - 2 * keep, 12) + value[-keep:]


def holds_values(name: str) -> bool:
    """Whether the name of a column is or holds personal data or a key: one of a person, a telephone number."""
    return bool(_values(name))


def shown_name(name: str) -> str:
    """The name of a column as it may be shown: the values in it masked, what steers a terminal spelled out."""
    for start, end in reversed(_values(name)):
        name = name[:start] + masked(name[start:end]) + name[end:]
    return printable(name)


def shown_names(names: Iterable[str]) -> list[str]:
    """The same of all columns of a table; those that look alike then are told apart by their places."""
    return once(map(shown_name, names))


@lru_cache(maxsize=1 << 14)
def _values(name: str) -> tuple[tuple[int, int], ...]:
    found = looked_at([name])[0]
    return tuple(
        (f.start, f.end) for f in found if kinds()[f.kind].group in {"personal", "secret"} and not tells(name, f)
    )
