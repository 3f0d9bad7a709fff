"""A process whose children migrate a store and kill themselves at a chosen moment: before a statement, or a commit, or after it.

Each line of input names that moment by its number; the answer is `killed`, or `done` where the migration ended before it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg  # noqa: F401 - here once: it would take each child a quarter of a second

from gongyue.office.store import migration

from .places import Place

AT_ONCE = 7


class _Fuse:
    """Counts moments, and kills the process at one."""

    def __init__(self, at: int) -> None:
        self.left = at

    def burn(self) -> None:
        """One more moment has come."""
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1


class _Cursor:
    def __init__(self, cursor: Any, fuse: _Fuse) -> None:
        self._cursor, self._fuse = cursor, fuse

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def execute(self, *args: Any) -> Any:
        """A statement, unless this is the moment."""
        self._fuse.burn()
        return self._cursor.execute(*args)


def migrate_until(place: Place, at: int) -> None:
    """Migrate, a few openings in a step; dead at that moment."""
    migration.AT_ONCE = AT_ONCE
    store: Any = place.open(older=True)
    fuse, writing = _Fuse(at), store._engine.writing

    @contextmanager
    def halting() -> Iterator[_Cursor]:
        with writing() as cursor:
            yield _Cursor(cursor, fuse)
            fuse.burn()  # all is done, nothing committed
        fuse.burn()  # committed

    store._engine.writing = halting
    migration.migrate(store, lambda done, total: None)


def main(url: str, schema: str) -> None:
    """One child a line."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            migrate_until(Place(url, schema), int(line))
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        assert status in (0, signal.SIGKILL), status
        print("killed" if status else "done", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
