"""JSON objects as they are meant: integers of any size, keys without the blanks around them, and no key twice.

Which of two values of one key is meant nobody knows: such an object is not believed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from gongyue.conduct.findings import BadInput
from gongyue.conduct.safe_text import short

_KEYS = re.compile(rb'"\s*:')
"""At least as many as there are keys: where there are more than were read, it is looked which stands twice."""


def doubled(text: bytes, read: Sequence[Any]) -> list[BadInput | None]:
    """For each item that was read from this JSON (one, or those of a list): that a key stands twice in it, or None."""
    if len(_KEYS.findall(text)) <= sum(len(item) for item in read if isinstance(item, dict)):
        return [None] * len(read)
    try:
        whole = json.loads(text, object_pairs_hook=_Object, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):  # orjson reads some hundred levels more
        deep = BadInput("嵌套过深，看不出有没有写了两次的项", "nested too deeply to see whether a key stands twice")
        return [deep] * len(read)
    names = [_twice(item) for item in (whole if isinstance(whole, list) else [whole])]
    return [BadInput(f"“{name}”这一项写了两次", f'the key "{name}" stands twice') if name else None for name in names]


class _Object:
    """What is kept of an object: a key that stands twice in it, or in what it holds."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        own = next((short(name) or '""' for name, n in Counter(name for name, _ in pairs).items() if n > 1), "")
        self.twice = own or _twice([value for _, value in pairs])


def _twice(value: Any) -> str:
    if isinstance(value, _Object):
        return value.twice
    return next((name for one in value if (name := _twice(one))), "") if isinstance(value, list) else ""


_HUGE = 2.0**63
"""A number from here on may be an integer that the reader made a float of."""


def inexact(row: dict[str, Any]) -> bool:
    """Whether one of its values may be an integer that was read as a float."""
    return any(isinstance(value, float) and abs(value) >= _HUGE for value in row.values())


def exact(text: bytes) -> Any:
    """What the JSON says, with integers of any size; None where it is too deep for that, or one has thousands of digits."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def trimmed(row: dict[str, Any]) -> dict[str, Any]:
    """The object by its keys without the blanks around them; BadInput where two of them are then one."""
    keys = [key.strip() for key in row]
    if keys == list(row):
        return row
    same = next((short(key) for key, n in Counter(keys).items() if n > 1), None)
    if same is not None:
        raise BadInput(f"“{same}”这一项写了两次", f'the key "{same}" stands twice')
    return dict(zip(keys, row.values(), strict=True))
