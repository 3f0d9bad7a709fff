"""What was counted against an address in one test does not lock the next one out."""

from __future__ import annotations

import pytest

from tests.web.conftest import House


@pytest.fixture(autouse=True)
def uncounted(house: House) -> None:
    """Nothing has been tried yet: allauth counts in the cache, which outlives a test."""
    from django.core.cache import cache

    cache.clear()
