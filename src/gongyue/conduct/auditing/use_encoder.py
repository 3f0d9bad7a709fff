"""Codes for what uses say: names become small integers, and each integer a row of the scopes that do not allow it.

A use is coded as (purpose, touch, way): what for; which data; how, to whom, on whose behalf, where. Names are read by
`Uses`, the same reader the gate has, once for each distinct value, and never once a row.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from gongyue.conduct.auditing.cells import hashable
from gongyue.conduct.findings import BadInput
from gongyue.conduct.grants import Scope
from gongyue.conduct.masks import Masks
from gongyue.conduct.promise import Promise
from gongyue.conduct.uses import COLUMNS, PURPOSE, TOUCH, Use, Uses

PAGE = 62
"""Scopes whose bits stand in one word: a signed 64-bit integer of any database has room for them."""
LABELS = 20_000
"""Distinct texts kept apart in counts; what comes later is counted together as OTHER. A log may hold any text."""
OTHER = "…"
KEPT = 1 << 18
"""Distinct values whose codes are remembered at one time."""
BAD = -1
Words = npt.NDArray[np.int64]


class Table:
    """Rows of words, one row a code, growing; `labels` says what each code stands for in counts."""

    def __init__(self, width: int) -> None:
        self.rows: Words = np.zeros((16, width), np.int64)
        self.labels: list[str] = []
        self._code: dict[Hashable, int] = {}

    def __len__(self) -> int:
        return len(self.labels)

    def code(self, key: Hashable, label: str, words: Callable[[], Sequence[int]]) -> int:
        """The code of `key`; a new one gets its row from `words`."""
        found = self._code.get(key)
        if found is not None:
            return found
        code = len(self.labels)
        if code == len(self.rows):
            grown = np.zeros((2 * code, self.rows.shape[1]), np.int64)
            grown[:code] = self.rows
            self.rows = grown
        self.rows[code] = words()
        self.labels.append(label)
        self._code[key] = code
        return code


class EncoderTables(NamedTuple):
    """What the kernel reads of a coder: rows of words by code, and by way the controller, and whether that is the promise's own."""

    pages: int
    known: int
    purposes: Words
    touches: Words
    ways: Words
    controller: list[int]
    ours: list[bool]


class UseEncoder:
    """The codes of one promise and the scopes of one ledger; safe to share between threads.

    `controllers` are those of the ledger: a way's `controller` is its place among them, -1 for none.
    """

    def __init__(self, promise: Promise, scopes: Sequence[Scope], controllers: Sequence[str]) -> None:
        self.promise, self.uses = promise, Uses(promise)
        self.pages = max(1, -(-len(scopes) // PAGE))
        self._masks = Masks(list(scopes), promise)
        self._controllers = {name: place for place, name in enumerate(controllers)}
        self._lock = threading.Lock()
        self._memo: dict[Hashable, int] = {}
        self.purposes, self.touches = Table(self.pages), Table(self.pages)
        self.ways = Table(3 * self.pages)  # the pages of actions, then of recipients, then of regions
        self.controller: list[int] = []
        self.ours: list[bool] = []
        for name in promise.parents:  # known purposes come first: a code from `known` on is none of the promise's
            self._purpose(name)
        self.known = len(self.purposes)

    def held(self) -> EncoderTables:
        """The tables as they are now."""
        tables = (self.purposes.rows, self.touches.rows, self.ways.rows)
        return EncoderTables(self.pages, self.known, *tables, self.controller, self.ours)

    def words(self, mask: int) -> list[int]:
        """A mask of all scopes as words."""
        return [mask >> PAGE * page & (1 << PAGE) - 1 for page in range(self.pages)]

    def _purpose(self, name: str | None) -> int:
        known = name in self._masks.purpose
        label = name or ""
        if not known and len(self.purposes) >= LABELS:
            label = OTHER
        mask = self._masks.purpose.get(name or "", self._masks.every)
        return self.purposes.code((known, label), label, lambda: self.words(mask))

    def _touch(self, categories: tuple[str, ...], dataset: str | None) -> int:
        mask = self._masks.touching(categories)
        label = dataset or "|".join(categories)
        if len(self.touches) >= LABELS:
            label = OTHER
        return self.touches.code((mask, label), label, lambda: self.words(mask))

    def _way(self, action: str, recipient: str | None, controller: str, region: str | None) -> int:
        three = self._masks.three(Use(0, action, (), None, controller, None, recipient, region))
        place, ours = self._controllers.get(controller, -1), controller == self.promise.controller.id
        key = (*three, place, ours)
        code = self.ways.code(key, action, lambda: [word for mask in three for word in self.words(mask)])
        if code == len(self.controller):
            self.controller.append(place)
            self.ours.append(ours)
        return code

    def use(self, use: Use, dataset: str | None) -> tuple[int, int, int]:
        """The codes of one use that was read; `dataset` names it in counts."""
        way = (use.action, use.recipient, use.controller, use.region)
        return (
            self._kept(("p", use.purpose), lambda: self._purpose(use.purpose)),
            self._kept(("t", use.categories, dataset), lambda: self._touch(use.categories, dataset)),
            self._kept(("w", *way), lambda: self._way(*way)),
        )

    def coded(self, names: tuple[str, ...], values: tuple[Any, ...]) -> int:
        """The code of what these columns hold together; BAD where that says nothing.

        `names` is PURPOSE, TOUCH or WAY; `values` as the input holds them.
        """
        raw: dict[str, Any] = dict.fromkeys(COLUMNS)
        raw.update(zip(names, values, strict=True))
        try:
            return self._kept((names, *map(hashable, values)), lambda: self._read(names, raw))
        except BadInput:
            return BAD

    def _read(self, names: tuple[str, ...], raw: Mapping[str, Any]) -> int:
        if names is PURPOSE:
            return self._purpose(self.uses.purpose(raw))
        if names is TOUCH:
            return self._touch(self.uses.touched(raw), self.uses.dataset(raw))
        return self._way(*self.uses.way(raw))

    def _kept(self, key: Hashable, made: Callable[[], int]) -> int:
        found = self._memo.get(key)
        if found is None:
            with self._lock:
                if len(self._memo) >= KEPT:
                    self._memo.clear()
                found = self._memo[key] = made()
        return found
