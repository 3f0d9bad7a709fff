"""Whether what was found was declared: the promise file says which categories a dataset and its columns hold (article 8).

A column is declared for a type when one of its categories stands for the type's family, by the words of its id and names
(`kinds.toml`). A column that is mapped itself, to categories whose words stand for no family at all, is taken at its word.
"""

from __future__ import annotations

from gongyue.conduct.findings import BadInput
from gongyue.conduct.promise import Category, Promise
from gongyue.conduct.safe_text import listed
from gongyue.conduct.scanning.entity_types import families, kinds


class Declared:
    """What a promise declares, looked up by table and column; BadInput for a `dataset` that it does not know."""

    def __init__(self, promise: Promise, dataset: str | None = None) -> None:
        self._maps = promise.map
        self._dataset = dataset
        self._known = {*self._maps.dataset, *(key.rsplit(".", 1)[0] for key in self._maps.column if "." in key)}
        if dataset is not None and dataset not in self._known:
            raise BadInput(
                f"承诺文件里没有数据集 {dataset}；有 {listed(sorted(self._known)) or '—'}",
                f"the promise file has no dataset {dataset}; it has {listed(sorted(self._known)) or '—'}",
            )
        self._families = {c.id: _families_of(c) for c in promise.category}

    def covers(self, table: str, column: str, kind: int) -> bool:
        """Whether that type is declared for that column."""
        own = self._column(table, column)
        mapped = own if own is not None else self._table(table)
        wanted = set(kinds()[kind].families)
        held = [self._families.get(category, frozenset()) for category in mapped]
        if any(wanted & families for families in held):
            return True
        return own is not None and bool(held) and bool(wanted) and not any(held)

    def categories(self, table: str, column: str) -> tuple[str, ...]:
        """The categories declared for a column, or for its table."""
        own = self._column(table, column)
        return own if own is not None else self._table(table)

    def _column(self, table: str, column: str) -> tuple[str, ...] | None:
        for dataset in self._datasets(table):
            found = self._maps.column.get(f"{dataset}.{column}")
            if found is not None:
                return found
        return self._maps.column.get(column)

    def _table(self, table: str) -> tuple[str, ...]:
        return next((self._maps.dataset[d] for d in self._datasets(table) if d in self._maps.dataset), ())

    def _datasets(self, table: str) -> list[str]:
        """The names a promise may know a table by: as asked for, as it is, or by the last part of a dataset's name."""
        if self._dataset is not None:
            return [self._dataset]
        name = table.replace("\\", "/").rsplit("/", 1)[-1]
        return [table, name, *sorted(d for d in self._known if d.rsplit(".", 1)[-1].lower() == name.lower())]


def _families_of(category: Category) -> frozenset[str]:
    said = f"{category.id} {category.zh} {category.en}".lower()
    return frozenset(name for name, words in families().items() if any(word in said for word in words))
