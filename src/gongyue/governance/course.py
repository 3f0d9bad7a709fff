"""The course of a dossier: what was asked for in it, what was served and received, from when to when it rested."""

from __future__ import annotations

from msgspec import Struct


class Ask(Struct, frozen=True):
    """What a party asked for by a note: at which place of the dossier, by the entry of which digest, on which day."""

    what: str
    unit: str
    n: int
    digest: str
    day: int


class Service(Struct, frozen=True):
    """Documents served, by the entry of that digest at that place, on that day; and when they were received.

    `got`: the day of the party's own receipt, or that on which two officers' paper says they were delivered or refused;
    `place`: where the receipt stands. `paper`: it was recorded from paper; `told`: on which day the unit was told of that
    recording. 0 for what has not come; a receipt of what did not open is none.
    """

    what: str
    docs: tuple[str, ...]
    digest: str
    n: int
    day: int
    got: int = 0
    place: int = 0
    paper: bool = False
    told: int = 0


class Rest(Struct, frozen=True):
    """The dossier rests from the day after `begins` to `ends`, that day included; 0 while it goes on resting."""

    begins: int
    ends: int = 0
