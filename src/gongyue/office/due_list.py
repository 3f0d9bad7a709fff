"""The due list: every duty the matters state, overdue first. Deadlines are computed on read, not stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from gongyue.book.sealed_duties import sealed_duties
from gongyue.covenant.periods import iso
from gongyue.governance import adoption, amendment, annex, effect, papers, publication, vote
from gongyue.governance.acts import Opening
from gongyue.governance.court_orders import forbidding
from gongyue.governance.institution import Institution
from gongyue.governance.registry import Duty


class Due(msgspec.Struct, frozen=True):
    """A duty as of a day: `left` days to its last lawful day, or `late` days past it.

    `article`, `at`: position and address of the article it rests on; 0 and empty where this text has none.
    `order`: of the order that forbids it on that day, its id; its period runs on meanwhile.
    """

    what: str
    matter: str
    whose: str
    article: int
    at: str
    basis: str
    words: str
    target: str
    last: str
    calendar_known: bool
    act: str
    left: int
    late: int
    entry: int | None = None
    order: str = ""

    @property
    def zh(self) -> str:
        """What is due, in Chinese."""
        return self.what.partition(" / ")[0]

    @property
    def en(self) -> str:
        """What is due, in English."""
        return self.what.partition(" / ")[2] or self.what


def due(inst: Institution, sealed: Sequence[Opening], day: int) -> list[Due]:
    """What is due as of `day`, overdue first, then by last day; `sealed` are the sealed acts the reader may open.

    Departures announced for that day have fallen due. What an order forbids to do is not due meanwhile where its period rests too;
    of every other duty it is said.
    """
    inst = inst.on(day)
    duties = (d for d in (*_open_duties(inst), *sealed_duties(inst, sealed)) if not (d.lapses and day > d.last))
    free = (d for d in duties if not (d.about and forbidding(inst, d.act, d.about, day)))
    return sorted((_as_of(inst, duty, day) for duty in free), key=lambda d: (-d.late, d.last, d.matter))


def _open_duties(inst: Institution) -> Iterator[Duty]:
    for matter in (effect, amendment, adoption, vote, annex, publication, papers):
        yield from matter.duties(inst)


def _as_of(inst: Institution, duty: Duty, day: int) -> Due:
    clause = inst.meaning.clause(duty.basis)
    return Due(
        duty.what,
        duty.matter,
        duty.whose,
        duty.article,
        inst.meaning.at(duty.article),
        duty.basis,
        clause.words if clause else "",
        iso(duty.target),
        iso(duty.last),
        duty.calendar_known,
        duty.act,
        max(0, duty.last - day),
        max(0, day - duty.last),
        duty.entry,
        forbidding(inst, duty.act, (duty.whose, duty.matter), day),
    )
