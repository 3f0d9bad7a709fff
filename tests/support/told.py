"""Situations of an alliance that were told before: the same books, office and clock again, without telling them once more."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from gongyue.book.receipts import Receipt
from gongyue.demo.simulated_office import SimulatedOffice
from gongyue.governance.institution import Institution
from gongyue.office.office import Office
from gongyue.office.store import Store, sqlite


class Told(NamedTuple):
    """A stage at one moment; nothing of it changes any more."""

    file: bytes
    inst: Institution
    shown: tuple[tuple[str, tuple[int, bytes]], ...]
    now: int
    drawn: int
    receipts: tuple[Receipt, ...]

    @classmethod
    def of(cls, stage: SimulatedOffice) -> Told:
        """The stage as it stands, over a passing store."""
        store = stage.office.store
        ((busy, _, _),) = store._engine._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()  # type: ignore[attr-defined]
        assert not busy
        ((_, _, path),) = store._rows("PRAGMA database_list")  # type: ignore[attr-defined]
        shown = tuple(stage.office.guard.shown.items())
        return cls(Path(path).read_bytes(), stage.inst, shown, stage._now, stage._drawn, tuple(stage.receipts))

    def again(self) -> SimulatedOffice:
        """Another stage that stands there, which goes on by itself."""
        with mock.patch.object(Office, "_restored", return_value=self.inst):  # folded when it was told
            stage = SimulatedOffice(_passing(self.file))
        stage.office._saved = 0
        stage.office.guard.shown = dict(self.shown)
        stage._now, stage._drawn, stage.receipts = self.now, self.drawn, list(self.receipts)
        return stage


def _passing(file: bytes) -> Store:
    """A store as `:memory:` is one, with these contents."""
    folder = tempfile.mkdtemp(prefix="gongyue-")
    path = Path(folder) / "store"
    path.write_bytes(file)
    engine = sqlite._Sqlite(path, "OFF")
    engine.remove = weakref.finalize(engine, shutil.rmtree, folder, True)
    return sqlite._open(engine, create=False)
