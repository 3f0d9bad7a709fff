"""Uses 使用: who did what to whose data, for what, when; read from the rows logs are made of."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Mapping
from typing import Any, Generic, TypeVar, final

import msgspec

from gongyue.conduct.findings import BadInput
from gongyue.conduct.input_columns import doubtful
from gongyue.conduct.instants import instant, written
from gongyue.conduct.promise import ACTIONS, Promise
from gongyue.conduct.rows import Unreadable
from gongyue.conduct.safe_text import short


class Use(msgspec.Struct, frozen=True, gc=False):
    """One use. `time` µs UTC; None where the log does not say; `categories` in order, each once."""

    time: int
    action: str
    categories: tuple[str, ...]
    subject: str | None
    controller: str
    purpose: str | None
    recipient: str | None = None
    region: str | None = None


@final
class Unparsed(msgspec.Struct, frozen=True, gc=False):
    """A row that could not be read, and why."""

    zh: str
    en: str


Said = TypeVar("Said")
KEPT = 10_000
"""Different texts whose reading is kept: few recur endlessly, and a log may hold any."""
PURPOSE = ("purpose", "job", "service", "actor")
TOUCH = ("category", "columns", "dataset")
WAY = ("action", "recipient", "controller", "region")
"""What states the purpose, the data touched, and the way, by our names."""


class Uses:
    """Reads rows as uses by the promise file's maps and column names."""

    def __init__(self, promise: Promise) -> None:
        columns = promise.columns.uses
        self.columns, self.unit, self.zone = columns.theirs(COLUMNS), columns.time_unit, columns.zone
        self._maps = promise.map
        self._controller, self._abroad = promise.controller.id, promise.abroad
        named_here = (*promise.parents, *promise.classes, *(c.id for c in promise.category), *ACTIONS)
        self._same = {name: name for name in named_here}  # one object a name: equal texts are then the same text
        self._datasets = {name: tuple(sorted(set(ids))) for name, ids in promise.map.dataset.items()}
        self._way = _Once(WAY, self.columns, self.way)
        self._touched = _Once(TOUCH, self.columns, self.touched)
        self._purpose = _Once(PURPOSE, self.columns, self.purpose)
        self._known = {*self.columns.values(), "id"}
        self._doubts: dict[tuple[str, ...], list[str]] = {}

    def read(self, row: Mapping[str, Any]) -> Use:
        """The use a row states; BadInput says why it is none."""
        columns = self.columns
        action, recipient, controller, region = self._way.of(row)
        return Use(
            self._time(row.get(columns["time"])),
            action,
            self._touched.of(row),
            self.subject(row.get(columns["subject"])),
            controller,
            self._purpose.of(row),
            recipient,
            region,
        )

    def doubtful(self, head: Collection[str]) -> list[str]:
        """The columns of a row that nobody reads, and that have nearly the name of one of ours that is not there."""
        if self._known.issuperset(head):
            return []
        names = tuple(head)
        if names not in self._doubts:
            if len(self._doubts) >= KEPT:
                self._doubts.clear()
            self._doubts[names] = doubtful(names, self.columns)
        return self._doubts[names]

    def doubted(self) -> list[str]:
        """Every column that was found doubtful in the rows so far."""
        return list(dict.fromkeys(name for names in self._doubts.values() for name in names))

    def _time(self, value: Any) -> int:
        if value is None:
            name = self.columns["time"]
            raise BadInput(f"缺少时间（列“{name}”）", f'the time is missing (column "{name}")')
        return instant(value, self.unit, self.zone)

    def subject(self, value: Any) -> str | None:
        """Whose data it was; None where that is not stated."""
        return read_name(value, self.columns["subject"])

    def way(self, raw: Mapping[str, Any]) -> tuple[str, str | None, str, str | None]:
        """(action, recipient, controller, region): how the data was used; given to one abroad, it was used there."""
        recipient = self._one(self._said(raw, "recipient"))
        return (
            self._action(self._said(raw, "action")),
            recipient,
            self._said(raw, "controller") or self._controller,
            self._said(raw, "region") or self._abroad.get(recipient or ""),
        )

    def purpose(self, raw: Mapping[str, Any]) -> str | None:
        """The purpose stated, else what the job, service or account works for; a job says more than its account."""
        maps = self._maps
        stated, job, service, actor = (self._said(raw, name) for name in ("purpose", "job", "service", "actor"))
        if stated is not None:
            return self._one(stated)
        ways = ((job, maps.job), (service, maps.service), (actor, maps.account))
        return self._one(next((table[name] for name, table in ways if name in table), None))

    def touched(self, raw: Mapping[str, Any]) -> tuple[str, ...]:
        """The categories stated, else by the columns, else by the dataset; what no map knows stays, in no scope."""
        dataset, stated = self.dataset(raw), read_names(raw["category"], "category")
        if stated:
            return stated
        columns = read_names(raw["columns"], "columns")
        if columns and dataset:
            found = [c for name in columns for c in self._column(dataset, name)]
            return tuple(sorted(set(found)))
        if dataset:
            return self._datasets.get(dataset) or (dataset,)
        raise BadInput("既无数据集也无类别", "neither dataset nor category is stated")

    def dataset(self, raw: Mapping[str, Any]) -> str | None:
        """The dataset, where one is stated."""
        return self._said(raw, "dataset")

    def _said(self, raw: Mapping[str, Any], ours: str) -> str | None:
        return read_name(raw[ours], self.columns[ours])

    def _one(self, name: str | None) -> str | None:
        return None if name is None else self._same.get(name, name)

    def _action(self, said: str | None) -> str:
        action = self._maps.action.get(said or "", said)
        if action in ACTIONS:
            return self._same[action]
        shown = (said or "")[:40]
        near = difflib.get_close_matches(shown, ACTIONS, 1) or ACTIONS
        raise BadInput(f"行为“{short(said or '')}”不认识；可用 {'、'.join(near)}，或写进 [map.action]",
                       f'action "{short(said or "")}" is not known; use {", ".join(near)} or [map.action]')  # fmt: skip

    def _column(self, dataset: str, name: str) -> tuple[str, ...]:
        key = f"{dataset}.{name}"
        return self._maps.column.get(key) or self._datasets.get(dataset) or (key,)


class _Once(Generic[Said]):
    """Reads some columns together, and the same texts once."""

    def __init__(
        self, ours: tuple[str, ...], columns: dict[str, str], read: Callable[[Mapping[str, Any]], Said]
    ) -> None:
        self._ours, self._theirs, self._read = ours, [columns[name] for name in ours], read
        self._kept: dict[tuple[Any, ...], Said] = {}

    def of(self, row: Mapping[str, Any]) -> Said:
        """What the columns of this row say; BadInput where that is nothing."""
        values = tuple(map(row.get, self._theirs))
        try:
            return self._kept[values]
        except (KeyError, TypeError):  # TypeError: a list is no key
            found = self._read(dict(zip(self._ours, values, strict=True)))
        if all(value is None or type(value) is str for value in values):  # 1 and True would be one key
            if len(self._kept) >= KEPT:
                self._kept.clear()
            self._kept[values] = found
        return found


COLUMNS = ("time", "subject", *PURPOSE, *TOUCH, *WAY)
"""What a use states, by our names; `Uses.columns` says how the input calls them."""


def read_name(value: Any, name: str) -> str | None:
    """A name; None for null and blank; BadInput for what is no name."""
    if value is None:
        return None
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, int) and not isinstance(value, bool):
        return written(value)
    if isinstance(value, Unreadable):
        raise BadInput(f"“{name}”读不出：不是 UTF-8 文字", f'"{name}" cannot be read: it is no UTF-8 text')
    raise BadInput(
        f"“{name}”应为文字，实为 {type(value).__name__}", f'"{name}" should be text, is {type(value).__name__}'
    )


def read_names(value: Any, name: str) -> tuple[str, ...]:
    """Names in a list, or in one text parted by | ; sorted, each once. BadInput for a list of which one is not known."""
    parts = value if isinstance(value, list) else value.split("|") if isinstance(value, str) else [value]
    said = {read_name(part, name) for part in parts}
    if isinstance(value, list) and None in said:
        raise BadInput(
            f"“{name}”的列表里有空的一项，不知是什么",
            f'the list "{name}" holds one that is empty: what it is is not known',
        )
    return tuple(sorted(text for text in said if text is not None))
