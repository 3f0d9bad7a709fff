"""Something handed in that cannot be used."""

from __future__ import annotations

from typing import Any


class InvalidInput(Exception):
    """Something handed in cannot be used: what, where and how to mend it; `rows` where there are many."""

    def __init__(self, zh: str, en: str, rows: tuple[dict[str, Any], ...] = ()) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh, self.en, self.rows = zh, en, rows
