"""The ids of what an act makes: nobody thinks of one, the next free number of the year is taken."""

from __future__ import annotations

import re

from gongyue.covenant.periods import iso
from gongyue.governance.acts import ActType
from gongyue.governance.institution import Institution

MAKES = {
    "amendment.initiate/1": ("proposal", "p:"),
    "annex.initiate/1": ("annex", "a:"),
    "law.order/1": ("order", "l:"),
    "law.pack/1": ("pack", "l:"),
}
"""Act type → the field that holds the id of what it makes, and how such ids begin."""
_ID = re.compile(r"[pal]:[0-9a-z][0-9a-z-]{0,39}")


def is_numbered(kind: ActType, field: str) -> bool:
    """Whether the field is the id of what the act makes."""
    return kind.type in MAKES and MAKES[kind.type][0] == field


def _known(inst: Institution) -> set[str]:
    """Every id that is taken; what a law pack forbids is kept beside the pack, under its id."""
    return {*inst.proposals, *inst.annexes, *(id.partition("/")[0] for id in inst.orders)}


def is_taken(inst: Institution, id: str) -> bool:
    """Whether there is a proposal, annex, order or law pack of that id."""
    return id in _known(inst)


def id_for(inst: Institution, kind: ActType, day: int, wanted: str = "") -> str:
    """The id that was wanted, where it is one and still free; else the next free number of the day's year: p:2027-03."""
    prefix, known = MAKES[kind.type][1], _known(inst)
    if wanted.startswith(prefix) and _ID.fullmatch(wanted) and wanted not in known:
        return wanted
    year = iso(day)[:4]
    numbers = (re.fullmatch(rf"{prefix}{year}-([0-9]{{2,6}})", id) for id in known)
    return f"{prefix}{year}-{max((int(m[1]) for m in numbers if m), default=0) + 1:02}"
