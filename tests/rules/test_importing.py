"""A lawyer's module, or what stands beside it, is imported first by whoever likes: no import goes round in a circle."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "first",
    [
        "gongyue.rules.membership",
        "gongyue.governance.refusal_grounds",
        "gongyue.governance.order_grounds",
        "gongyue.governance.admission",
    ],
)
def test_it_can_be_imported_first(first: str) -> None:
    """In a process where nothing else was imported before."""
    done = subprocess.run([sys.executable, "-c", f"import {first}"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
