"""Saved states from which thousands of damaged books are verified: read once each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pytest

from gongyue.governance import snapshot

MOST = 4
"""Institutions kept at once: what goes on from one is verified in a row."""


@pytest.fixture(autouse=True, scope="module")
def states_read_once() -> Iterator[None]:
    """What the same bytes say is the same institution, which never changes: a verifier that goes on from them is handed it."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(snapshot, "load", lru_cache(MOST)(snapshot.load))
        yield
