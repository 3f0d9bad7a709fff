"""The desk of the executive body: the demonstration's working store and all keys that are its own."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from gongyue.book.entry import decode
from gongyue.demo.cheats.forged_books import ForgedBooks
from gongyue.demo.cheats.forger import Forger
from gongyue.governance.acts import Entry
from gongyue.office.keys import DEMO_SEED, load_book_keys, read_seed
from gongyue.office.store import OPEN, Store, open_store

EntryFilter = Callable[[Entry], bool]


class NoScene(Exception):
    """This demonstration's covenant has no such scene to cheat in, or there is no demonstration: `zh` and `en` say so."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh, self.en = zh, en


class Desk:
    """Opened on a demonstration's folder; gives forgers that go on from a chosen entry, found by what it is."""

    def __init__(self, demo: Path, cheat: str) -> None:
        office = demo / "office"
        try:
            settings = tomllib.loads((office / "office.toml").read_text("utf-8"))
            if settings.get("demo") is not True:
                raise NoScene(f"{demo} 不是演示", f"{demo} is no demonstration")
            self.keys = load_book_keys(office / "keys", settings["origin"])
            self.officers = {f"o:{p.stem}": read_seed(p) for p in sorted((office / "keys" / "officers").glob("*.key"))}
        except (OSError, KeyError, ValueError) as error:
            zh, en = f"{demo} 不是演示：{error}", f"{demo} is no demonstration: {error}"
            raise NoScene(zh, en) from None
        self._seed = DEMO_SEED + b"\ncheat\n" + cheat.encode()
        self.store: Store = open_store(f"sqlite:{office / str(settings['store']).removeprefix('sqlite:')}")
        head = self.store.head(OPEN)
        self.size = head.size if head else 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.store.close()

    # -- finding

    def entries(self, start: int = 0) -> Iterator[tuple[int, Entry]]:
        """The true book's entries with their indices."""
        for index, data in enumerate(self.store.leaves(OPEN, start, self.size), start):
            yield index, decode(data).entry

    def find(
        self, type: str, where: EntryFilter = lambda entry: True, nth: int = 0, start: int = 0
    ) -> tuple[int, Entry]:
        """The nth entry of a type (from the end where negative); NoScene if there is none."""
        found = [(i, e) for i, e in self.entries(start) if e.act.type == type and where(e)]
        try:
            return found[nth]
        except IndexError:
            raise NoScene(f"这次演示里没有 {type}", f"there is no {type} in this demonstration") from None

    # -- starting

    def keeping(self, size: int) -> Forger:
        """A forger that keeps the first `size` entries, and what had arrived under seal by then."""
        anchors = (_size(e) for i, e in self.entries() if e.act.type == "book.anchor/1" and i < size)
        books = ForgedBooks(self.store, size, max(anchors, default=0))
        return Forger(books, self.keys, self.officers, self._seed)

    def before(self, type: str, where: EntryFilter = lambda entry: True, nth: int = 0) -> tuple[Forger, Entry]:
        """A forger that stands right before that entry, at its time; and the entry."""
        index, entry = self.find(type, where, nth)
        forger = self.keeping(index)
        forger.now = entry.rx.t
        return forger, entry


def _size(anchor: Entry) -> int:
    return int(msgspec.json.decode(bytes(anchor.act.body))["size"])
