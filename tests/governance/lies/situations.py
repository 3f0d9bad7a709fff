"""The situations in which lies are told: five members, two of them initiators, each told once in a process."""

from __future__ import annotations

from functools import cache

from support.alliance import (
    Alliance,
    unit_id,
)

SECOND, THIRD, FOURTH, FIFTH = (unit_id(n) for n in range(2, 6))
TODAY = "2026-05-06"
"""The day on which most lies are told."""


def alliance() -> Alliance:
    """A new one, to be brought into a situation."""
    return Alliance(members=5, initiators=2)


@cache
def founded() -> Alliance:
    """The genesis act alone."""
    return alliance()


@cache
def staffed() -> Alliance:
    """Officers are appointed, and serve: it is 2026-01-13, after the delay."""
    return alliance().staffed().on("2026-01-13")


@cache
def drafted() -> Alliance:
    """A text is imported and its approver designated."""
    return alliance().drafted()


@cache
def frozen() -> Alliance:
    """The text is frozen, nobody has signed."""
    return alliance().frozen()


@cache
def half_signed() -> Alliance:
    """One of two initiators has signed."""
    return alliance().signed(but=1)


@cache
def signed() -> Alliance:
    """Both initiators have signed."""
    return alliance().signed()


@cache
def submitted() -> Alliance:
    """The text is with the authority, which has no key; it is 2026-03-09."""
    return alliance().submitted().on("2026-03-09")


@cache
def effective() -> Alliance:
    """Approved, and no interpretations adopted; the officers of the panel serve."""
    return alliance().effective()


@cache
def adopted() -> Alliance:
    """Ready to be published, on 2026-03-20."""
    return alliance().adopted().on("2026-03-20")


@cache
def in_force() -> Alliance:
    """In force, with five members, one that has left and an outsider with a key; it is 2026-05-06."""
    return alliance().in_force().on(TODAY)
