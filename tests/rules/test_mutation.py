"""The tests of the rules are tested: a change in a rule is noticed (docs/mutation.md)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent


@pytest.mark.slow
def test_every_mutant_of_the_rules_is_killed_or_explained() -> None:
    """Each mutant of every rule, in a process of its own."""
    done = subprocess.run([sys.executable, str(TESTS / "mutation.py")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
