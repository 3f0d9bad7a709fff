"""What came late: the last day and the days after it, of each publication as it was counted when it was done."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gongyue.covenant.periods import from_iso
from gongyue.governance.institution import Institution
from gongyue.governance.lateness import Late, published_late
from gongyue.governance.publication import RollList

DAY = from_iso("2026-04-09")


@pytest.mark.parametrize("days", [0, 1, 2])
def test_the_last_day_is_that_of_the_count_when_it_was_published(days: int) -> None:
    """In time it is not told; late, the last day is so many days earlier, whatever calendar is loaded since."""
    inst = Institution()
    founding = replace(inst.founding, published_day=DAY, published_index=7, late_days=days)
    listed = RollList(1, DAY - 40, DAY - 20, "sha256:" + "00" * 32, 9, DAY, days)
    found = list(published_late(replace(inst, founding=founding, lists=(listed,))))
    acts = ((7, "founding.publish/1", "founding"), (9, "publication.list/1", "list:1"))
    assert found == [Late(*one, DAY - days, days) for one in acts if days]
