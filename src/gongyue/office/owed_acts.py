"""What may still be owed under seal: the acts from which the due list is made, without those in whose dossiers nothing is owed.

Which ones these are is kept in the store from time to time, so that a list does not read every act there ever was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec
from msgspec.structs import replace

from gongyue.governance import case_duties, petition, question, report
from gongyue.governance.acts import Opening
from gongyue.governance.ballots import NOTICES
from gongyue.governance.dossier_close import closes
from gongyue.governance.institution import Institution
from gongyue.office.openings import OpenedEntry, decision_setting, opened
from gongyue.office.store import Reading, Writing
from gongyue.office.store.words import PAPER, in_dossier, typed

WORTH_SAVING = 256
"""Acts that arrived since from which it is kept anew."""
SETTING = "fold:waiting"
TYPES = frozenset(
    (
        "membership.apply/1",
        "membership.refuse/1",
        *petition.PETITIONS,
        *question.QUESTIONS,
        *report.REPORTS,
        *case_duties.CASES,
        case_duties.PROPOSED,
        "vote.disavow/1",
        *NOTICES,
    )
)
"""Applications and refusals, petitions, questions, reports and cases and what ends them, what is done about ballots on paper."""
WORDS = (PAPER, *map(typed, sorted(TYPES)))
BY_DOSSIER = (petition, report, case_duties)
"""Matters in which what is owed shows from the dossier alone; in others the open book may say that it is owed again."""


class _Kept(msgspec.Struct, frozen=True):
    """Up to which arrival it was looked at, and the numbers of the acts that may matter yet."""

    read: int
    numbers: tuple[int, ...]


def pending(store: Reading) -> list[Opening]:
    """The acts from which is seen what is owed under seal, in the order of arrival."""
    rows = _pending(store)
    told = store.settings_there([name for one in rows if (name := _result_of(one))])
    return [replace(one.opening, decided=_result_of(one) in told) for one in rows]


def _result_of(one: OpenedEntry) -> str:
    """Where it is kept that the result of a conclusion was told; empty of another act."""
    place = one.entry.rx.place if one.entry.act.type == "case.conclude/1" else None
    return decision_setting("bulletin.result/1", place.dossier, place.n) if place is not None else ""


def is_worth_saving(store: Reading) -> bool:
    """Whether so many have arrived since it was kept."""
    return store.arrivals() - _kept(store).read >= WORTH_SAVING


def save(inst: Institution, tx: Writing) -> None:
    """Keep in the store which acts may matter yet."""
    numbers = tuple(sorted(one.kept.number for one in _may_matter(inst, _pending(tx))))
    tx.put_setting(SETTING, msgspec.msgpack.encode(_Kept(tx.arrivals(), numbers)))


def forget(tx: Writing) -> None:
    """Keep nothing: after a return from a false time what was over may not be."""
    if tx.setting(SETTING):
        tx.put_setting(SETTING, b"")


def _kept(store: Reading) -> _Kept:
    data = store.setting(SETTING)
    kept = msgspec.msgpack.decode(data, type=_Kept) if data else _Kept(0, ())
    return kept if kept.read <= store.arrivals() else _Kept(0, ())


def _pending(store: Reading) -> list[OpenedEntry]:
    kept = _kept(store)
    found = {one.number: opened(one) for one in store.sealed_numbers(kept.numbers)}
    since = {one.kept.number: one for one in (opened(k) for k in store.sealed_with(WORDS, kept.read))}
    known = {one.entry.rx.dossier for one in found.values()}
    again = {id for one in since.values() if (id := one.entry.rx.dossier) and id not in known} if kept.read else set()
    found |= since
    for one in _others(store, again, found):  # where something was done since, all that led to it
        if one.entry.act.type in TYPES or one.entry.act.paper is not None:
            found[one.kept.number] = one
    proposed = {
        id for one in found.values() if one.entry.act.type == case_duties.PROPOSED and (id := one.entry.rx.dossier)
    }
    found |= {one.kept.number: one for one in _others(store, proposed, found)}
    return [one for _, one in sorted(found.items())]


def _others(store: Reading, dossiers: Iterable[str], found: Mapping[int, OpenedEntry]) -> list[OpenedEntry]:
    """The acts of these dossiers that were not found yet."""
    numbers = store.numbers_with([in_dossier(id) for id in sorted(dossiers)])
    return [opened(one) for one in store.sealed_numbers([n for n in numbers if n not in found])]


def _may_matter(inst: Institution, rows: Iterable[OpenedEntry]) -> Iterator[OpenedEntry]:
    """Those of dossiers in which something is owed, or may be again without an act there; and in votes that are not decided."""
    shelves: dict[str, list[OpenedEntry]] = {}
    for one in rows:
        if one.entry.rx.dossier is not None:
            shelves.setdefault(one.entry.rx.dossier, []).append(one)
        elif (vote := inst.votes.get(str(one.body.get("vote")))) is None or not vote.outcome:
            yield one
    for shelf in shelves.values():
        if _is_owed(inst, shelf):
            in_case = any(one.entry.act.type == "case.open/1" for one in shelf)
            yield from (one for one in shelf if in_case or not _only_adds(one))


def _only_adds(one: OpenedEntry) -> bool:
    """Whether it is a note that takes nothing back and asks for nothing: nothing comes to be owed by it, but in a case."""
    return one.entry.act.type == "dossier.note/1" and not (one.body.get("withdrawn") or one.body.get("asks"))


def _is_owed(inst: Institution, shelf: list[OpenedEntry]) -> bool:
    openings = [one.opening for one in shelf]
    if any(True for matter in BY_DOSSIER for _ in matter.sealed_duties(inst, openings)):
        return True
    return any(o.entry.act.type in OPEN_AGAIN for o in openings) and not any(closes(o.entry) for o in openings)


OPEN_AGAIN = ("membership.apply/1", "interpretation.ask/1", "case.open/1")
"""What the open book answers, which may be undone there; and cases, in which a day that comes makes something owed."""
