"""Binding a text at the desk: what is asked, what is kept, what is refused, and two officers at once."""

from __future__ import annotations

import re

import pytest

from web.conftest import House
from web.desk.founding import Binder, before_founding

SEED = "zgc-big-data.txt"


@pytest.fixture
def desk(house: House) -> House:
    """Before there is a covenant."""
    return before_founding(house)


def test_it(desk: House) -> None:
    b = Binder(desk)
    print(b.looks()[:200])
    a = b.begins(SEED)
    print(a.status_code)
    t = b.looks()
    print(len(t), b.seen)
    r = b.answers("accept", capability="office.executive")
    print(r.status_code, r.headers.get("Location"), r.content.decode()[:300])
    print(re.sub(r"<[^>]+>|\n+", " ", b.looks())[:3000])
