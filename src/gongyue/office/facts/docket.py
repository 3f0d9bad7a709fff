"""What an officer is told of the dossiers: which are late, whose turn it is, who is assigned; of each no more than it may open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from gongyue.book.dossier_names import DossierNames, named
from gongyue.covenant.parties import AUTHORITY, EXECUTIVE
from gongyue.covenant.periods import day_of, iso
from gongyue.governance.dossier import KIND_NAMES
from gongyue.governance.institution import Institution
from gongyue.office.docket import Kept, visible
from gongyue.office.dossier_access import decides_recusals, recusals
from gongyue.office.facts.dossier_course import Stage, ending_of
from gongyue.office.facts.dossier_steps import Step, role_to_assign, steps_of
from gongyue.office.facts.dossiers import DossierFacts, DossierLine, facts_of, name_in, shelved, title_of
from gongyue.office.facts.shapes import Said
from gongyue.office.openings import found_by
from gongyue.office.store import Reading
from gongyue.office.store.words import in_dossier


class DocketLine(msgspec.Struct, frozen=True):
    """A dossier in an officer's list. `whole`: whether it may open it; where not, neither parties nor title nor what comes next are told.

    `last`, `late`, `basis`: the office's next last day there, days past it, what it is counted by; empty where no period runs.
    `turn`: whether the office is to do something next. `assign`: the role in which the secretary is to assign somebody now, empty
    for none; `challenged`: whose recusal it thereby decides. `ended`: of a settled one the stage it ended with.
    """

    id: str
    name: Said
    kind: str
    zh: str
    en: str
    whole: bool
    assigned: dict[str, tuple[str, ...]]
    last: str
    late: int
    basis: str
    at: str
    turn: bool
    closed: bool
    assign: str = ""
    challenged: tuple[str, ...] = ()
    title: Said | None = None
    parties: tuple[str, ...] = ()
    next: tuple[Step, ...] = ()
    opened: str = ""
    ended: Stage | None = None


class _Standing(NamedTuple):
    """How a dossier stands on a day: what comes next, and of that what is the office's first; and what it was worked out from."""

    steps: tuple[Step, ...]
    mine: Step | None
    of: tuple[object, ...]

    @property
    def order(self) -> tuple[int, bool, bool, str, bool]:
        """Overdue first, then the office's turn by its last day, then those without one, the settled last."""
        last = self.mine.last if self.mine is not None else ""
        return -(self.mine.late if self.mine else 0), self.mine is None, not last, last, not self.steps


_standings: dict[str, _Standing] = {}
"""By dossier, as last worked out in this process."""


def _standing(inst: Institution, kept: Kept, day: int) -> _Standing:
    """How a dossier stands: worked out anew only where it, the day, the law, an order, the roll or what was answered in the open book has changed."""
    of = (kept.dossier, inst.answered, inst.revs, inst.recoveries, inst.orders, inst.members, kept.told, day)
    known = _standings.get(kept.dossier.id)
    if (
        known is not None
        and all(one is other for one, other in zip(known.of[:-1], of[:-1], strict=True))
        and known.of[-1] == day
    ):
        return known
    steps = tuple(steps_of(inst, kept.dossier, kept.first, day, kept.told))
    mine = min((s for s in steps if s.whose == EXECUTIVE), key=lambda s: (not s.last, s.last), default=None)
    made = _standings[kept.dossier.id] = _Standing(steps, mine, of)
    return made


class Unreceived(NamedTuple):
    """Something served on a unit that it has not acknowledged, or that went to an authority: in which dossier, at which place, since when (Unix seconds)."""

    dossier: str
    name: Said
    unit: str
    n: int
    digest: str
    time: int


class Taken(msgspec.Struct, frozen=True):
    """A dossier that an officer handled and does not open now: its recusal was asked for and `waits`, or others were assigned in its place."""

    id: str
    name: Said
    zh: str
    en: str
    waits: bool


class OfficersDocket:
    """Every dossier of which an officer sees anything, in the order of the list; a line is made where it is asked for."""

    def __init__(self, inst: Institution, known: Mapping[str, Kept], officer: str, day: int) -> None:
        self._inst, self._day, self._officer = inst, day, officer
        self._seen = {kept.dossier.id: (kept, sight.whole) for kept, sight in visible(inst, known, officer, day)}
        self._names = DossierNames(self._seen)
        stand = {id: _standing(inst, kept, day) for id, (kept, _) in self._seen.items()}
        self.ids = sorted(stand, key=lambda id: (stand[id].order, id))
        self.overdue = [id for id in self.ids if (mine := stand[id].mine) is not None and mine.late]
        self.turn = [id for id in self.ids if (mine := stand[id].mine) is not None and not mine.late]
        self.waiting = [id for id in self.ids if stand[id].steps and stand[id].mine is None]
        settled = [id for id in self.ids if not stand[id].steps]
        self.settled = sorted(settled, key=lambda id: -self._seen[id][0].dossier.entries[-1].t)
        self._stand = stand
        self.taken = list(self._taken(known, officer))

    def _taken(self, known: Mapping[str, Kept], officer: str) -> Iterator[Taken]:
        """What was taken from the officer and is not settled: by its name and kind, and nothing of what stands in it."""
        mine = {
            id: kept
            for id, kept in known.items()
            if not self.opens(id) and any(officer in had for had in kept.dossier.were.values())
        }
        names = DossierNames([*self._seen, *mine])
        for id, kept in sorted(mine.items()):
            waits = officer in kept.dossier.challenged & kept.dossier.officers
            replaced = officer not in kept.dossier.officers
            if (waits or replaced) and not kept.dossier.closed and _standing(self._inst, kept, self._day).steps:
                yield Taken(id, name_in(names, id), *KIND_NAMES[kept.dossier.kind], waits)

    def lines(self, ids: Iterable[str]) -> list[DocketLine]:
        """The lines of these dossiers."""
        return [self.line(id) for id in ids]

    def line(self, id: str) -> DocketLine:
        """The line of one."""
        (kept, whole), stands = self._seen[id], self._stand[id]
        dossier, mine = kept.dossier, stands.mine
        zh, en = KIND_NAMES[dossier.kind]
        framed = DocketLine(
            id,
            name_in(self._names, id),
            dossier.kind,
            zh,
            en,
            whole,
            dict(sorted(dossier.assigned.items())),
            mine.last if mine else "",
            mine.late if mine else 0,
            mine.basis if mine else "",
            mine.at if mine and mine.last else "",
            mine is not None,
            dossier.closed or not stands.steps,
            role_to_assign(dossier),
            tuple(sorted(dossier.challenged & dossier.officers)),
        )
        if not whole:
            return framed
        told = {"title": title_of(self._inst, dossier.kind, kept.first), "opened": iso(day_of(dossier.entries[0].t))}
        ended = None if stands.steps else ending_of(self._inst, dossier, kept.first)
        return msgspec.structs.replace(framed, parties=dossier.parties, next=stands.steps, ended=ended, **told)

    def unreceived(self) -> Iterator[Unreceived]:
        """What was served in the dossiers that the officer opens and some party has not acknowledged, oldest first."""
        found = (
            Unreceived(id, name_in(self._names, id), unit, n, line.digest, line.t)
            for id, (kept, whole) in self._seen.items()
            if whole
            for n, line in enumerate(kept.dossier.entries, 1)
            if line.type == "dossier.serve/1" and not line.void
            for unit in kept.dossier.parties
            if (unit, line.digest) not in kept.dossier.received
        )
        return iter(sorted(found, key=lambda one: (one.time, one.dossier, one.n)))

    def to_authority(self) -> Iterator[Unreceived]:
        """What went to an authority out of a dossier the officer opens: a petition it has not answered, a referral."""
        for id, (kept, whole) in self._seen.items():
            dossier, petition = kept.dossier, kept.dossier.petition
            if not whole:
                continue
            types = ["" if line.void else line.type for line in dossier.entries]
            if dossier.kind == "referral" or (petition is not None and petition.forwarded and not petition.replied):
                n = 1 if dossier.kind == "referral" else len(types) - types[::-1].index("petition.answer/1")
                line = dossier.entries[n - 1]
                yield Unreceived(id, name_in(self._names, id), AUTHORITY, n, line.digest, line.t)

    def opens(self, id: str) -> bool:
        """Whether the officer opens all of that dossier."""
        return id in self._seen and self._seen[id][1]

    def to_decide(self, store: Reading, line: DocketLine) -> DossierFacts | None:
        """Of a dossier that the officer sees no more of: the requests to recuse somebody which it is to decide, with what says why; None for none."""
        dossier = self._seen[line.id][0].dossier
        if line.whole or not decides_recusals(self._inst, dossier, self._officer, self._day):
            return None
        rows = shelved(found_by(store, in_dossier(line.id)))[line.id]
        facts = facts_of(self._inst, rows, self._day)
        asked = recusals(dossier, (one.entry for one in rows))
        entries = tuple(_only(facts.entries[n - 1], why) for n, why in asked)
        return msgspec.structs.replace(facts, name=line.name, title=Said(line.zh, line.en), parties=(), entries=entries)

    def find(self, store: Reading, name: str) -> Found | None:
        """The dossier of that name, with its facts where the officer may open it; None where it sees none such."""
        ids = named(name, self._seen)
        if len(ids) != 1:
            return None
        line = self.line(ids[0])
        if not line.whole:
            return line, None
        rows = shelved(found_by(store, in_dossier(line.id)))[line.id]
        kept = self._seen[line.id][0]
        known = kept.dossier if kept.dossier.n == len(rows) else None  # else something came since
        facts = facts_of(self._inst, rows, self._day, kept.told, known)
        return line, msgspec.structs.replace(facts, name=line.name)


def _only(line: DossierLine, docs: list[str]) -> DossierLine:
    """An entry with these of its documents alone."""
    called = tuple(name for c, name in zip(line.docs, line.called, strict=True) if c in docs)
    return msgspec.structs.replace(line, docs=tuple(c for c in line.docs if c in docs), called=called)


Found = tuple[DocketLine, DossierFacts | None]
"""A dossier as an officer's list has it, and its facts where the officer may open it."""
