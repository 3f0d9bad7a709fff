"""SIGKILL at every statement of putting, founding, erasing and restoring: the whole document or nothing, and no erasure half done."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest


@pytest.mark.parametrize("what", ["put", "found", "erase", "restore"])
def test_killed_at_any_statement_the_vault_is_whole(what: str, tmp_path: Path) -> None:
    """Each statement of the vault before which something else lies there; there are more than a hundred of each, those left out counted."""
    memory = Path("/dev/shm")  # no disk is waited for: a killed process leaves what it wrote either way
    with TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as folder:
        command = [sys.executable, "-m", "tests.office.vault.crashing", what, folder]
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert ran.returncode == 0, ran.stderr
    assert int(ran.stdout) > 100
