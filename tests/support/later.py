"""A later package of interpretations, as a future release may bring one: a procedure rule and two readings more."""

from __future__ import annotations

import pytest

from gongyue.covenant import procedure
from gongyue.covenant.procedure import Package, ProcedureRule, Reading, grown

FIRST_PACKAGE, LATER, LATEST = (f"gongyue/interpretations@{n}" for n in (1, 2, 3))
RULE = ProcedureRule(
    "sanction.list", "day", 30, 10, 90, "复核作出决定的期限（演示）", "decide a review (demonstration)"
)
READING = Reading(
    "bulletin.issue", ("once", "twice"), "通报一次发布（演示）", "circulars are issued once (demonstration)"
)


def bring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Go on as software that knows two later packages; what the first one says is as it is."""
    first = procedure.packages()[FIRST_PACKAGE]
    second = Package(LATER, {"P20": RULE}, {"bulletin.times": READING})
    third = Package(
        LATEST, {}, {"review.by": Reading("sanction.list", ("other",), "另组复核（演示）", "by others (demonstration)")}
    )
    known = grown([first, second, third])
    monkeypatch.setattr(procedure, "packages", lambda: known)
