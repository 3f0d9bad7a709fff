"""What a party is told of its dossiers: which there are, what stands in each, what is owed in it and by when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from gongyue.book.dossiers import folded
from gongyue.book.entry import decode
from gongyue.covenant.periods import day_of, iso
from gongyue.governance.dossier import KIND_NAMES, Dossier
from gongyue.governance.institution import Institution
from gongyue.governance.petition import answer_by, late_days
from gongyue.governance.reply import Reply
from gongyue.governance.report import answer_by as report_by
from gongyue.governance.sheet import names_of
from gongyue.office.openings import of_party
from gongyue.office.store import Reading


class DossierLine(msgspec.Struct, frozen=True):
    """An entry of a dossier: its place, the Beijing day it came, what was done, by whom, at which place stands what it answers (0: nothing)."""

    n: int
    day: str
    type: str
    zh: str
    en: str
    actor: str
    answers: int
    digest: str
    void: bool


class DossierFacts(msgspec.Struct, frozen=True):
    """A dossier as its party sees it. `due`: the last day on which it must be answered, empty where nothing is owed; `late`: days past it."""

    id: str
    kind: str
    zh: str
    en: str
    parties: tuple[str, ...]
    assigned: dict[str, tuple[str, ...]]
    closed: bool
    due: str
    late: int
    entries: tuple[DossierLine, ...]


def of_unit(inst: Institution, store: Reading, unit: str, day: int) -> list[DossierFacts]:
    """Every dossier that the unit is party to, in the order in which they were opened."""
    shelves: dict[str, list[tuple[int, bytes]]] = {}
    for one in of_party(store, unit):
        if one.entry.rx.dossier is not None:
            shelves.setdefault(one.entry.rx.dossier, []).append((one.opening.index, one.kept.entry))
    found = (_facts(inst, rows, day) for rows in shelves.values())
    return sorted((one for one in found if unit in one.parties), key=lambda one: (one.entries[0].day, one.id))


def _facts(inst: Institution, rows: Iterable[tuple[int, bytes]], day: int) -> DossierFacts:
    placed = sorted(rows, key=lambda row: decode(row[1]).entry.rx.n or 0)
    dossier = folded(inst, placed)
    due, late = _due(inst, dossier, day)
    lines = tuple(_lines(dossier, [data for _, data in placed]))
    zh, en = KIND_NAMES[dossier.kind]
    assigned = dict(sorted(dossier.assigned.items()))
    return DossierFacts(dossier.id, dossier.kind, zh, en, dossier.parties, assigned, dossier.closed, due, late, lines)


def _lines(dossier: Dossier, entries: Iterable[bytes]) -> Iterator[DossierLine]:
    for n, (line, data) in enumerate(zip(dossier.entries, entries, strict=True), 1):
        to, names = decode(data).entry.act.to, names_of(line.type)
        answers = dossier.number(to) if to else 0
        day = iso(day_of(line.t))
        yield DossierLine(n, day, line.type, names.zh, names.en, line.actor, answers, line.digest, line.void)


def _due(inst: Institution, dossier: Dossier, day: int) -> tuple[str, int]:
    """The last day of what is owed in it and how many days it is, or was, late."""
    if dossier.case is not None:
        return _reply_due(inst, dossier, day), 0
    if dossier.report is not None:
        since = 0 if dossier.closed else dossier.report.waits_since
        last = report_by(inst, since).last if since else 0
        return (iso(last), max(0, day - last)) if since else ("", 0)
    petition = dossier.petition
    if petition is None or (dossier.closed and not petition.answered):
        return "", 0
    late = late_days(inst, petition, day)
    return ("" if petition.answered else iso(answer_by(inst, petition.since).last)), late


def _reply_due(inst: Institution, dossier: Dossier, day: int) -> str:
    """Until when the accused may still reply to all that it received; empty where nothing runs, or it has replied in full."""
    evidence = {doc for one in dossier.services if one.what == "evidence" and one.got for doc in one.docs}
    reply = Reply.to(inst, dossier, evidence)
    over = dossier.closed or (dossier.case is not None and dossier.case.concluded)
    if over or reply.complete or reply.waits or not reply.received or day > reply.last:
        return ""
    return iso(reply.last)
