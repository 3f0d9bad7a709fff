"""What an officer is told of the dossiers: which are late, whose turn it is, who is assigned; of each no more than it may open."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from gongyue.book.dossier_names import named
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import day_of, iso
from gongyue.governance.dossier import KIND_NAMES
from gongyue.governance.institution import Institution
from gongyue.office.docket import Kept, visible
from gongyue.office.facts.dossier_steps import Step, steps_of
from gongyue.office.facts.dossiers import DossierFacts, facts_of, names_among, shelved, title_of
from gongyue.office.facts.shapes import Said
from gongyue.office.openings import found_by
from gongyue.office.store import Reading
from gongyue.office.store.words import in_dossier


class DocketLine(msgspec.Struct, frozen=True):
    """A dossier in an officer's list. `whole`: whether it may open it; where not, neither parties nor title nor what comes next are told.

    `last`, `late`, `basis`: the office's next last day there, days past it, what it is counted by; empty where no period runs.
    `turn`: whether the office is to do something next.
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
    title: Said | None = None
    parties: tuple[str, ...] = ()
    next: tuple[Step, ...] = ()
    opened: str = ""


Found = tuple[DocketLine, DossierFacts | None]
"""A dossier as an officer's list has it, and its facts where the officer may open it."""


def of_officer(inst: Institution, known: dict[str, Kept], officer: str, day: int) -> list[DocketLine]:
    """Every dossier of which the officer sees anything: overdue first, then by last day, then those without one, the settled last."""
    found = list(visible(inst, known, officer, day))
    names = names_among(kept.dossier.id for kept, _ in found)
    lines = [_line(inst, kept, seen.whole, names[kept.dossier.id], day) for kept, seen in found]
    return sorted(lines, key=lambda one: (-one.late, not one.turn, not one.last, one.last, one.closed, one.id))


def one_of(
    inst: Institution, store: Reading, known: dict[str, Kept], officer: str, day: int, name: str
) -> Found | None:
    """The dossier of that name as the officer's list has it, with its facts where it may open it; None where it sees none such."""
    lines = {line.id: line for line in of_officer(inst, known, officer, day)}
    ids = named(name, lines)
    if len(ids) != 1:
        return None
    line = lines[ids[0]]
    if not line.whole:
        return line, None
    rows = shelved(found_by(store, in_dossier(line.id)))[line.id]
    return line, facts_of(inst, rows, day, lines)


def _line(inst: Institution, kept: Kept, whole: bool, name: Said, day: int) -> DocketLine:
    dossier = kept.dossier
    zh, en = KIND_NAMES[dossier.kind]
    steps = tuple(steps_of(inst, dossier, kept.first, day))
    mine = _first(step for step in steps if step.whose == EXECUTIVE)
    dated = mine if mine is not None and mine.last else None
    framed = DocketLine(
        dossier.id,
        name,
        dossier.kind,
        zh,
        en,
        whole,
        dict(sorted(dossier.assigned.items())),
        dated.last if dated else "",
        dated.late if dated else 0,
        dated.basis if dated else "",
        dated.at if dated else "",
        mine is not None,
        dossier.closed or not steps,
    )
    if not whole:
        return framed
    return msgspec.structs.replace(
        framed,
        title=title_of(dossier.kind, kept.first),
        parties=dossier.parties,
        next=steps,
        opened=iso(day_of(dossier.entries[0].t)),
    )


def _first(steps: Iterable[Step]) -> Step | None:
    return min(steps, key=lambda step: (not step.last, step.last), default=None)
