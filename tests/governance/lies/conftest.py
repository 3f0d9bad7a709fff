"""The lies are told to software that knows later packages than the book adopted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support import later


@pytest.fixture(autouse=True, scope="package")
def later_packages() -> Iterator[None]:
    """For the whole table, in which situations are told once, and no test beside it."""
    with pytest.MonkeyPatch.context() as patched:
        later.bring(patched)
        yield
