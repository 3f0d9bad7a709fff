"""One demonstration for all tests of this folder, made as anyone makes it: by the command."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongyue.cli.demo import demo
from gongyue.verifying.locations import open_place
from gongyue.verifying.report import Report
from gongyue.verifying.verify import Request, verify

Verified = Callable[..., Report]


class Played:
    """A demonstration that was played: its folder, what was told, how long it took."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        start = time.process_time()
        self.result: Result = CliRunner().invoke(demo, ["--dir", str(folder), "--no-serve", *options])
        self.seconds = time.process_time() - start

    @property
    def told(self) -> str:
        """Everything it printed."""
        assert self.result.exit_code == 0, self.result.output
        return self.result.output

    def line(self, *words: str) -> str:
        """The one line that has all these words."""
        found = [row for row in self.told.splitlines() if all(word in row for word in words)]
        assert len(found) == 1, (words, found)
        return found[0]


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The demonstration of the real text."""
    return Played(tmp_path_factory.mktemp("demo") / "year")


def check(place: Path, demo_folder: Path, **kept: Path) -> Report:
    """Verify a public book with the demonstration's key, and with one thing that a member kept."""
    given = {name: ((str(path), path.read_bytes()),) for name, path in kept.items()}
    vkey = (demo_folder / "log.vkey").read_text("ascii")
    return verify(open_place(str(place)), Request(vkey, **given))[0]
