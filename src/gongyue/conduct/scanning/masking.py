"""A masked sample: enough to recognise one's own data, too little for anyone else; and names of tables and columns that are data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from gongyue.conduct.safe_text import printable
from gongyue.conduct.scanning.column_headers import Find, looked_at, unique_names
from gongyue.conduct.scanning.column_triggers import AGAINST, name_bits
from gongyue.conduct.scanning.entity_types import ADDRESS, DOB, GPS, IPV4, IPV6, PERSON, QQ, VALID, WECHAT, kinds

UNSURE = frozenset({PERSON, ADDRESS, DOB, GPS, IPV4, IPV6, QQ, WECHAT})
"""What the name of a file may look like that is nobody's: a place, a day, a version, a word that could be a person's name."""

_HAN, _LETTER = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z\u4e00-\u9fff]")
_APART, _DOTTED = re.compile(r"[^/\\]+"), re.compile(r"[^.]+")


def masked(value: str, keep: int = 2) -> str:
    """The first and last signs, everything else as *; of short values only the first sign."""
    if len(value) <= 2 * keep + 1:
        return value[:1] + "*" * (len(value) - 1)
    return value[:keep] + "*" * min(len(value) - 2 * keep, 12) + value[-keep:]


def holds_values(name: str) -> bool:
    """Whether the name of a sheet or a table is or holds personal data or a key: one of a person, a telephone number."""
    return bool(_values(name))


def valued_columns(names: Iterable[str]) -> list[str]:
    """Those names of a table's columns that are values, or the parts of them; a person's only in Chinese, and where another is a
    value too: one by itself is a word (贝叶斯, Alpha Grant), columns called after people are several."""
    held = [part for name in dict.fromkeys(names) for part in valued(name) if _values(part)]
    sure = [part for part in held if {kind for _, _, kind in _values(part)} != {PERSON}]
    people = [part for part in held if part not in sure and _HAN.search(part)]
    return [part for part in held if part in sure or (part in people and len(sure) + len(people) > 1)]


def identifying(path: str) -> tuple[str, ...]:
    """Those of the names in a path that hold personal data or a key with a form: a telephone or identity number, an address of mail."""
    return tuple(
        name
        for part in _APART.findall(path)
        for name in valued(part)
        if any(kind not in UNSURE for _, _, kind in _values(name))
    )


def valued(name: str) -> tuple[str, ...]:
    """What of a name to look for values in: the whole, or its parts between dots where they give more (s2.13900000001 is no decimal)."""
    parts = tuple(_DOTTED.findall(name))
    return parts if _found(name) != _values(name) else (name,)


def shown_name(name: str) -> str:
    """A name, or a message that quotes one, as it may be shown: the values in it masked, what steers a terminal spelled out."""
    for start, end, _ in reversed(_values(name)):
        name = name[:start] + masked(name[start:end]) + name[end:]
    return printable(name)


def shown_path(name: str) -> str:
    """The same of a file in an archive, a sheet or a table: each part between slashes, then each between dots, by itself."""
    return _APART.sub(lambda part: _DOTTED.sub(lambda inner: shown_name(inner[0]), shown_name(part[0])), name)


def shown_names(names: Iterable[str]) -> list[str]:
    """The same of all columns of a table; those that look alike then are told apart by their places."""
    names = list(names)
    held = valued_columns(names)
    return unique_names(
        shown_name(name) if any(part in held for part in valued(name)) else printable(name) for name in names
    )


@lru_cache(maxsize=1 << 14)
def _values(name: str) -> tuple[tuple[int, int, int], ...]:
    """(start, end, kind) of the values in a name, read as a whole or part by part between dots, by which gives more."""
    parts = tuple(
        (part.start() + start, part.start() + end, kind)
        for part in _DOTTED.finditer(name)
        if part[0] != name
        for start, end, kind in _found(part[0])
    )
    return max(_found(name), parts, key=len)


@lru_cache(maxsize=1 << 14)
def _found(name: str) -> tuple[tuple[int, int, int], ...]:
    return tuple(
        (f.start, f.end, f.kind)
        for f in looked_at([name])[0]
        if kinds()[f.kind].group in {"personal", "secret"} and f.tier and _is_value(name, f)
    )


def _is_value(name: str, find: Find) -> bool:
    """Whether what is found in a name is a value: no word after 微信 (wx_openid); of a person what is surely a name, and whole."""
    if find.kind == WECHAT:
        return name.startswith("wxid_", find.start)
    if find.kind != PERSON:
        return True
    cut = _LETTER.match(name, find.end) or (find.start and _LETTER.match(name, find.start - 1))
    return find.tier == VALID and not cut and not name_bits(name) & AGAINST
