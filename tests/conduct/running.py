"""Running the toolkit's commands as the command line does: exit code, standard output, standard error."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gongyue.cli.main import Main

SECTIONS = {
    "conduct": {
        "promise": ("gongyue.cli.promise:promise", ""),
        "gate": ("gongyue.cli.gate:gate", ""),
        "audit": ("gongyue.cli.audit:audit", ""),
        "key": ("gongyue.cli.act_commands:noun(key)", ""),
        "attest": ("gongyue.cli.attest:attest", ""),
        "toolkit": ("gongyue.cli.toolkit:toolkit", ""),
        "export-check": ("gongyue.cli.export_check:export_check", ""),
    }
}


def gongyue(*args: object, given: bytes | str | None = None) -> Result:
    """The result of `gongyue ARGS`."""
    return CliRunner().invoke(Main("gongyue", SECTIONS, ""), [str(a) for a in args], input=given)


class _Full(io.FileIO):
    def write(self, data: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def full_at(patch: pytest.MonkeyPatch, place: Path) -> None:
    """The disk is full for whoever writes this file: it is made, and takes no byte."""
    whole, by_number = Path.open, os.fdopen

    def opened(self: Path, mode: str = "r", *more: Any, **named: Any) -> Any:
        return _Full(self, mode.replace("b", "")) if self == place else whole(self, mode, *more, **named)

    def opened_by_number(number: int, mode: str = "r", *more: Any, **named: Any) -> Any:
        if place.exists() and os.path.samestat(os.fstat(number), place.stat()):
            return _Full(number, mode.replace("b", ""))
        return by_number(number, mode, *more, **named)

    patch.setattr(Path, "open", opened)
    patch.setattr(os, "fdopen", opened_by_number)
