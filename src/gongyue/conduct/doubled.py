"""Keys that stand twice in one JSON object: which of the two is meant nobody knows, so the object is not believed."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from gongyue.conduct.findings import BadInput
from gongyue.conduct.printing import short

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
