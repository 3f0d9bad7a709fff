"""What the kernels read and write: one block of signs, its cues, and the finds made so far."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from gongyue.conduct.jit import inlined, kernel
from gongyue.conduct.scanning.characters import Array, among, char_set
from gongyue.conduct.scanning.entity_types import (
    CN_ID,
    CONNECT,
    FOREIGNER_ID,
    HKM_PERMIT,
    PASSPORT,
    QQ,
    SOCIAL_SEC,
    TW_PERMIT,
    WECHAT,
)

NEAR = 32
"""Maximum distance, in characters, from a trigger word to its value on the same line."""
FAR = 800
"""How many signs a cue reaches that says of what the whole text speaks."""
CONNECTED = 1 << CONNECT
PAPERS = 1 << CN_ID | 1 << FOREIGNER_ID | 1 << PASSPORT | 1 << HKM_PERMIT | 1 << TW_PERMIT | 1 << SOCIAL_SEC
"""Cues that name a document."""
CHATS = (1 << QQ) | (1 << WECHAT)
_JOINING = char_set(" \t:=\"'()[{-_#.|<>\u200b“「【№`+/→")
"""What may stand between a label and its value."""


CELLS = 2
"""Of `ScanBuffer.aside`: how many fields of tables in the text there are; where the places begin at which units begin (and the end);
from here start, bits, end of each field. One array, as every call of a kernel hands over what describes each."""


class ScanBuffer(NamedTuple):
    """One block: signs `text[:n]`, units ended by a line feed; cues in order; finds as rows.

    A find is (start, end, kind, tier, figure): positions in signs; figure is the count of digits of a number, the year of
    a date, the margin of a name. `default` are the bits of the cue that stands above the whole column, 0 in a text.
    """

    text: Array
    n: int
    cues: Array  # start, end, bits
    cue_n: int
    state: Array  # [0] the last cue that ends where we are, [1] how many finds
    finds: Array
    digits: Array  # the digits of the number at hand
    groups: Array  # its groups: start, end, digits before
    default: int
    aside: Array  # see `CELLS`


class BufferPool:
    """Memory that serves one block after another: the system clears new memory page by page."""

    def __init__(self) -> None:
        self._held: dict[str, Array] = {}

    def array(self, name: str, size: int, type: Any, width: int = 0) -> Array:
        """The array of that name, of so many numbers, or rows of `width`; what is in it is nobody's."""
        need, held = size * max(width, 1), self._held.get(name)
        if held is None or len(held) < need:
            held = self._held[name] = np.empty(need, dtype=type)
        return held[:need].reshape(-1, width) if width else held[:need]


@inlined
def add_candidate(page: ScanBuffer, start: int, end: int, kind: int, tier: int, figure: int) -> None:
    """Write a find down; when there is no room left, only count it."""
    at = page.state[1]
    page.state[1] += 1
    if at < len(page.finds):
        page.finds[at, 0] = start
        page.finds[at, 1] = end
        page.finds[at, 2] = kind
        page.finds[at, 3] = tier
        page.finds[at, 4] = figure


@inlined
def last_trigger(page: ScanBuffer, at: int) -> int:
    """The index of the last cue that ends at or before `at`, -1 if there is none."""
    i = page.state[0]
    while i + 1 < page.cue_n and page.cues[i + 1, 1] <= at:
        i += 1
    while i >= 0 and page.cues[i, 1] > at:
        i -= 1
    page.state[0] = i
    return int(i)


@kernel
def china(page: ScanBuffer, at: int) -> bool:
    """Whether Chinese stands within NEAR signs on either side."""
    for i in range(max(0, at - NEAR), min(page.n, at + NEAR)):  # noqa: SIM110 (a kernel has no generators)
        if 0x4E00 <= page.text[i] < 0xA000:
            return True
    return False


@kernel
def label(page: ScanBuffer, at: int) -> int:
    """The bits of the cue that labels a value at `at`: right before it but for colons, quotes, "is" and the like."""
    i, left = at, 12
    cue = last_trigger(page, at)
    while left > 0:
        if cue >= 0 and page.cues[cue, 1] == i:
            bits = page.cues[cue, 2]
            if bits & ~CONNECTED:
                return int(bits)
            i = page.cues[cue, 0]
            cue -= 1
        elif _remark(page, i) < i and not (cue >= 0 and page.cues[cue, 1] == i - 1):
            i = _remark(page, i)
            while cue >= 0 and page.cues[cue, 1] > i:
                cue -= 1
        elif i > 0 and among(page.text[i - 1], _JOINING):
            i -= 1
        else:
            break
        left -= 1
    if i > 1 and page.text[i - 1] in (0x2C, 0x3B):
        return _paper(page, cue, i - 1) | _celled(page, at)
    if i == 0 or page.text[i - 1] == 10:
        bits = _celled(page, at)
        return bits or page.default
    return _celled(page, at)


@inlined
def _remark(page: ScanBuffer, at: int) -> int:
    """Where a remark in brackets begins that ends at `at` and holds no number: 电话（家）, 护照(日本); `at` if there is none."""
    if at == 0 or page.text[at - 1] != 41:
        return at
    i = at - 1
    while i > 0 and at - i < 10 and page.text[i - 1] not in (40, 41, 10) and not 48 <= page.text[i - 1] <= 57:
        i -= 1
    return i - 1 if i > 0 and page.text[i - 1] == 40 and i < at - 1 else at


@inlined
def _paper(page: ScanBuffer, cue: int, end: int) -> int:
    """The bits of the kind of document that fills the field before, which ends there (李雷,台胞证,00000000), or of 加我QQ，."""
    if cue < 0 or page.cues[cue, 1] != end or not page.cues[cue, 2] & (PAPERS | CHATS):
        return 0
    if page.cues[cue, 2] & CHATS:
        return int(page.cues[cue, 2]) & CHATS
    start = page.cues[cue, 0]
    return int(page.cues[cue, 2]) & PAPERS if start == 0 or page.text[start - 1] in (9, 10, 0x2C, 0x3B, 0x7C) else 0


@inlined
def _celled(page: ScanBuffer, at: int) -> int:
    """The bits of the label of the field of a table that begins at `at`, or a sign or two before."""
    return _field(page, at) if page.aside[0] else 0


@kernel
def _field(page: ScanBuffer, at: int) -> int:
    low, high = 0, page.aside[0]
    while low < high:
        middle = (low + high) // 2
        if page.aside[CELLS + 3 * middle] <= at:
            low = middle + 1
        else:
            high = middle
    if low == 0:
        return 0
    start = page.aside[CELLS + 3 * low - 3]
    if at - start > 4:
        return 0
    for i in range(start, at):
        if not (among(page.text[i], _JOINING) or 48 <= page.text[i] <= 57):
            return 0
    return int(page.aside[CELLS + 3 * low - 2])


@kernel
def near(page: ScanBuffer, at: int) -> int:
    """The bits of all cues within NEAR signs before `at` on its line, and of the column's name."""
    bits = page.default | _celled(page, at)
    cue = last_trigger(page, at)
    i = at
    while cue >= 0 and page.cues[cue, 1] >= at - NEAR:
        while i > page.cues[cue, 1]:
            i -= 1
            if page.text[i] == 10:
                return bits
        bits |= page.cues[cue, 2]
        cue -= 1
    return bits


@inlined
def cue_at(page: ScanBuffer, at: int) -> int:
    """The index of the cue that begins there, further on than the last that was looked at; -1 if none does."""
    cue = page.state[0] + 1
    while cue < page.cue_n and page.cues[cue, 0] < at:
        cue += 1
    return int(cue) if cue < page.cue_n and page.cues[cue, 0] == at else -1


@inlined
def beginning_cue(page: ScanBuffer, at: int) -> int:
    """The index of the cue that begins there, looked for both ways from the last that was looked at; -1 if none does."""
    cue = page.state[0]
    while cue + 1 < page.cue_n and page.cues[cue + 1, 0] <= at:
        cue += 1
    while cue >= 0 and page.cues[cue, 0] > at:
        cue -= 1
    page.state[0] = cue
    return int(cue) if cue >= 0 and page.cues[cue, 0] == at else -1


@inlined
def following(page: ScanBuffer, at: int) -> int:
    """The bits of the cue that begins there."""
    cue = cue_at(page, at)
    return int(page.cues[cue, 2]) if cue >= 0 else 0


@kernel
def has_trigger_before(page: ScanBuffer, at: int, bits: int) -> bool:
    """Whether such a cue stands before `at` in its unit, FAR signs away at most."""
    low, high = page.aside[1], len(page.aside) - 1
    while low < high:
        middle = (low + high) // 2
        if page.aside[middle] <= at:
            low = middle + 1
        else:
            high = middle
    first = max(page.aside[low - 1], at - FAR)
    cue = last_trigger(page, at)
    while cue >= 0 and page.cues[cue, 0] >= first:
        if page.cues[cue, 2] & bits:
            return True
        cue -= 1
    return False
