"""A house that goes on after the story."""

from __future__ import annotations

import pytest

from web.conftest import House
from web.going import Going


@pytest.fixture
def going(house: House) -> Going:
    """The demonstration, to be taken further."""
    return Going(house)


def words(answer: object) -> str:
    """A page's text on one line, without its tags."""
    import re

    assert getattr(answer, "status_code", 0) == 200, answer
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", text)
