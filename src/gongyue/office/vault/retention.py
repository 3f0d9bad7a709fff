"""How long documents are kept (P17), and when a person's request is to be answered."""

from __future__ import annotations

from gongyue.covenant.periods import Calendar, Period, deadline

YEARS, FEWEST, MOST = 3, 1, 5
"""P17: years after a dossier was closed; its floor and its ceiling (decision 0041)."""
ANSWER_DAYS = 15
"""Natural days in which a person's request is answered (PIPL 50: conveniently and in time; decision 0041)."""


def kept_until(closed: int, years: int) -> int:
    """The last day (ordinal) on which the documents of a dossier closed on that day are kept; ValueError beyond P17's bounds."""
    if not FEWEST <= years <= MOST:
        raise ValueError(f"P17 is {FEWEST} to {MOST} years, not {years}")
    return deadline(closed, Period(12 * years, "month")).target


def answered_by(received: int) -> int:
    """The last day (ordinal) for the answer. It is not rolled over rest days: a person waits no longer for a holiday."""
    return deadline(received, Period(ANSWER_DAYS), Calendar()).target
