"""Either store for what is served."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from office.keeping import database


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of the store: a file of the office's own, or a database made for the test."""
    if request.param == "sqlite":
        yield ""
    else:
        with database() as made:
            yield made
