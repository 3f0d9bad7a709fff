"""What was recorded from paper in another's name and has to be told: of each the act by which two officers record that it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from gongyue.book.entry import decode
from gongyue.governance import paper_ballots, papers
from gongyue.governance.acts import Paper
from gongyue.governance.ballots import NOTICES
from gongyue.governance.institution import Institution
from gongyue.office import owed_acts
from gongyue.office.acts_by_unit import ActsByUnit, Position
from gongyue.office.notices import notices
from gongyue.office.store import OPEN, Reading

TELLS = ("key.notify/1", "vote.notify/1")
"""The acts by which two officers record that somebody was told."""


class Untold(msgspec.Struct, frozen=True):
    """One thing of which somebody has to be told.

    `id`: as notices cite it; `place`: as its book cites it; `what`: the type of what was recorded, by whom, when (Unix seconds),
    from which paper; `type`, `body`: of the act that records its telling, but for how it was told and on which day.
    """

    id: str
    holder: str
    book: str
    place: str
    what: str
    by: tuple[str, ...]
    recorded: int
    paper: Paper | None
    type: str
    body: dict[str, Any]


def untold(inst: Institution, store: Reading, acts: ActsByUnit) -> list[Untold]:
    """All of it that is due, in the order of arrival."""
    found = [*_in_the_open(inst, store), *_ballots(inst, store, acts)]
    return sorted(found, key=lambda one: (one.recorded, one.book, len(one.place), one.place))


def _in_the_open(inst: Institution, store: Reading) -> Iterator[Untold]:
    for duty in papers.duties(inst):
        assert duty.entry is not None
        place, known, leaf = Position(OPEN, duty.entry), inst.papers[duty.entry], store.leaf(OPEN, duty.entry)
        paper = decode(leaf).entry.act.paper if leaf else None
        tells = {"entry": duty.entry}
        yield Untold(
            place.id, known.holder, OPEN, place.place, known.type, known.by, known.recorded, paper, TELLS[0], tells
        )


def _ballots(inst: Institution, store: Reading, acts: ActsByUnit) -> Iterator[Untold]:
    """Ballots of votes that are open, until what disavows them or takes their place was told, too."""
    pending = owed_acts.pending(store)
    told = {msgspec.json.decode(one.entry.act.body)["of"] for one in pending if one.entry.act.type in NOTICES}
    for unit in sorted({duty.matter for duty in paper_ballots.sealed_duties(inst, pending)}):
        for one in notices(inst, store, unit, acts=acts):
            waits = one.disavow is not None and not one.disavow.closed and one.state in ("stands", "replaced")
            if one.type == "vote.ballot/1" and waits and one.commitment not in told:
                tells = {"vote": one.fields["vote"], "of": one.commitment}
                yield Untold(
                    one.id,
                    unit,
                    one.book,
                    one.place,
                    one.type,
                    one.recorded_by,
                    one.recorded,
                    one.paper,
                    TELLS[1],
                    tells,
                )
