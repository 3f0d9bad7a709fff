"""The tests are tested: a change in what decides is noticed (docs/mutation.md)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent


@pytest.mark.slow(200)
def test_every_mutant_of_a_changed_module_is_killed_or_explained() -> None:
    """Each in a process of its own; of modules whose source is the one noted in docs/mutation.md, none is tried again.

    The same order each time: who submits a change has seen the mutants that are tried here. Other orders by the command alone.
    """
    command = [sys.executable, str(TESTS / "mutation.py"), "--seconds", "180", "--unnoted", "--seed", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
