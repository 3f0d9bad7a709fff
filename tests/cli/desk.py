"""A desk to sit at: the command line run in a folder of its own."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from gongyue.cli.main import main
from gongyue.covenant.periods import day_of, iso
from gongyue.office import office_folder

COVENANT = files("gongyue.covenant").joinpath("texts", "zgc-big-data.txt")
TWO = ("--key", "qin.key", "--key", "bai.key")


class Desk:
    """A person at a terminal, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def try_(self, *words: object, typed: str | None = None) -> Result:
        """Run a command, whatever comes of it."""
        return CliRunner().invoke(main, [str(w) for w in words], input=typed, prog_name="gongyue")

    def run(self, *words: object, code: int = 0) -> str:
        """Run a command that must end with that exit code; all it printed."""
        result = self.try_(*words)
        assert result.exit_code == code, f"{words} → {result.exit_code}\n{result.output}"
        return result.output

    def json(self, *words: object, code: int = 0) -> Any:
        """Run a command with --json; what it printed on standard output, decoded."""
        result = self.try_(*words, "--json")
        assert result.exit_code == code, f"{words} → {result.exit_code}\n{result.output}"
        return json.loads(result.stdout)

    def write(self, name: str, text: str, encoding: str = "utf-8") -> str:
        """A file in the folder."""
        (self.folder / name).write_bytes(text.encode(encoding))
        return name

    def day(self, after: int = 0) -> str:
        """The Beijing date by the office's clock, or some days after it."""
        return iso(day_of(office_folder.wall_clock()) + after)

    def files(self) -> dict[str, bytes]:
        """Every file in the folder, but the database's own."""
        found = (p for p in self.folder.rglob("*") if p.is_file() and "store.db" not in p.name)
        return {str(p): p.read_bytes() for p in found}


def paper(number: str) -> tuple[str, ...]:
    """Options for recording from paper."""
    return ("--paper-scan", "basis.txt", "--paper-number", number, "--paper-dated", "today")
