"""What is told of dossiers: what stands in each, place by place, what comes next in it and by when; to whoever may open it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from gongyue.book.dossier_names import LANGUAGES, DossierNames
from gongyue.book.dossiers import folded
from gongyue.covenant.periods import day_of, from_iso, iso
from gongyue.governance import note_names
from gongyue.governance.acts import act_type_of
from gongyue.governance.dossier import KIND_NAMES, Dossier, DossierEntry
from gongyue.governance.institution import Institution
from gongyue.governance.petition import late_days
from gongyue.office.dossier_folds import carried_on
from gongyue.office.facts.document_names import DocumentNames, scan_of
from gongyue.office.facts.dossier_course import Stage, course_of
from gongyue.office.facts.dossier_steps import Step, steps_of
from gongyue.office.facts.dossier_words import officers_of, said_in, said_of
from gongyue.office.facts.shapes import Said
from gongyue.office.openings import OpenedEntry, decision_setting, of_party
from gongyue.office.store import Reading


class DossierLine(msgspec.Struct, frozen=True):
    """An entry of a dossier: its place, when it came (Beijing day; Unix seconds), what was done, what it chose, by whom, which place it answers.

    `signers`: the officers who signed it; `officers`: those it names; `docs`: the commitments of its documents; `received`: of what
    was served, whether every party has acknowledged it; `late`: how many days late it came; `called`: what each document is called.
    """

    n: int
    day: str
    time: int
    type: str
    zh: str
    en: str
    says: Said
    actor: str
    signers: tuple[str, ...]
    officers: tuple[str, ...]
    paper: bool
    answers: int
    digest: str
    docs: tuple[str, ...]
    received: bool
    late: int
    void: bool
    called: tuple[Said, ...] = ()


class DossierFacts(msgspec.Struct, frozen=True):
    """A dossier as whoever may open it sees it. `due`: the last day on which something is owed in it, empty where nothing is; `late`: days past it.

    `name`: what it is called among those its reader may open; `title`: its kind and what was asked; `next`: what comes next; `course`: its stages;
    `articles`, `begins`, `ends`: of a case what it is about, the addresses of the articles and the first and last day of the conduct;
    `commitment`: of the entry that opened it; `erased`, `held`: documents that were erased, or are kept from it.
    """

    id: str
    name: Said
    kind: str
    zh: str
    en: str
    title: Said
    parties: tuple[str, ...]
    assigned: dict[str, tuple[str, ...]]
    challenged: tuple[str, ...]
    closed: bool
    paused: bool
    due: str
    late: int
    next: tuple[Step, ...]
    entries: tuple[DossierLine, ...]
    course: tuple[Stage, ...] = ()
    commitment: str = ""
    erased: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    begins: str = ""
    ends: str = ""

    @property
    def is_settled(self) -> bool:
        """Whether nothing is to be done in it any more."""
        return not self.next


def of_unit(inst: Institution, store: Reading, unit: str, day: int) -> list[DossierFacts]:
    """Every dossier that the unit is party to, in the order in which they were opened."""
    rows = list(of_party(store, unit))
    told, shelves = results_told(store, rows), shelved(rows)
    found = [facts_of(inst, one, day, id in told, folded_on(inst, store, one)) for id, one in shelves.items()]
    mine = [one for one in found if unit in one.parties]
    return named_apart(sorted(mine, key=lambda one: (one.entries[0].day, one.id)))


def shelved(opened: Iterable[OpenedEntry]) -> dict[str, list[OpenedEntry]]:
    """Entries by their dossiers, each in the order of its places; what stands in none is left out."""
    shelves: dict[str, list[OpenedEntry]] = {}
    for one in opened:
        if one.entry.rx.dossier is not None:
            shelves.setdefault(one.entry.rx.dossier, []).append(one)
    return {id: sorted(rows, key=lambda one: one.entry.rx.n or 0) for id, rows in shelves.items()}


def named_apart(found: list[DossierFacts]) -> list[DossierFacts]:
    """These dossiers, each with a name that no other of them has."""
    names = DossierNames(one.id for one in found)
    return [msgspec.structs.replace(one, name=name_in(names, one.id)) for one in found]


def name_in(names: DossierNames, id: str) -> Said:
    """What a dossier is called among others, in both languages."""
    return Said(*(names.of(id, language) for language in LANGUAGES))


def fold(inst: Institution, rows: Sequence[OpenedEntry]) -> Dossier:
    """A dossier of its entries in the order of their places."""
    return folded(inst, ((one.opening.index, one.kept.entry) for one in rows))


def folded_on(inst: Institution, store: Reading, rows: Sequence[OpenedEntry]) -> Dossier:
    """The same, of a long one on from where the store keeps it folded."""
    return carried_on(inst, store, str(rows[0].entry.rx.dossier), [one.kept for one in rows])


def results_told(store: Reading, rows: Iterable[OpenedEntry]) -> set[str]:
    """Of which of the cases in which these entries stand all members were told the result."""
    concluded = (one.entry.rx.place for one in rows if one.entry.act.type == "case.conclude/1")
    places = {decision_setting("bulletin.result/1", one.dossier, one.n): one.dossier for one in concluded if one}
    return {places[name] for name in store.settings_there(places)}


def facts_of(
    inst: Institution, rows: Sequence[OpenedEntry], day: int, told: bool = False, dossier: Dossier | None = None
) -> DossierFacts:
    """What is told of one dossier, `rows` being its entries in order, named as if there were no other.

    `told`: see `results_told`; `dossier`: as these entries fold, where that is known.
    """
    dossier = dossier or fold(inst, rows)
    steps = tuple(steps_of(inst, dossier, rows[0], day, told))
    due, late = _due(inst, dossier, steps, day)
    zh, en = KIND_NAMES[dossier.kind]
    case = dossier.case
    return DossierFacts(
        dossier.id,
        name_in(DossierNames([dossier.id]), dossier.id),
        dossier.kind,
        zh,
        en,
        title_of(inst, dossier.kind, rows[0]),
        dossier.parties,
        dict(sorted(dossier.assigned.items())),
        tuple(sorted(dossier.challenged)),
        dossier.closed,
        dossier.paused,
        due,
        late,
        steps,
        tuple(_lines(inst, dossier, rows)),
        course_of(inst, dossier, rows[0]),
        rows[0].commitment,
        tuple(sorted(dossier.erased)),
        tuple(sorted(dossier.held)),
        case.articles if case else (),
        iso(case.begins) if case and case.begins else "",
        iso(case.ends) if case and case.ends else "",
    )


def title_of(inst: Institution, kind: str, first: OpenedEntry) -> Said:
    """What it is about: 诉求：要求; of an application its kind alone."""
    zh, en = KIND_NAMES[kind]
    said = said_in(inst, first.entry) if kind != "application" else Said("", "")
    return Said(f"{zh}：{said.zh}" if said.zh else zh, f"{en}: {said.en}" if said.en else en)


def _lines(inst: Institution, dossier: Dossier, rows: Iterable[OpenedEntry]) -> Iterator[DossierLine]:
    places = {line.digest: n for n, line in enumerate(dossier.entries, 1)}
    first = next((n for n, e in enumerate(dossier.entries, 1) if e.type == "petition.answer/1" and not e.void), 0)
    called, before = DocumentNames(), set[str]()
    for n, (line, one) in enumerate(zip(dossier.entries, rows, strict=True), 1):
        entry, kind, body = one.entry, act_type_of(line.type), one.body
        names = note_names.called(line.type, body, line.actor, before if dossier.kind == "case" else None)
        before.add("" if line.void else line.type)
        docs = tuple(called.of(kind, body, line.actor, scan_of(entry)))
        yield DossierLine(
            n,
            iso(day_of(line.t)),
            line.t,
            line.type,
            names.zh,
            names.done,
            said_of(inst, kind, body),
            line.actor,
            tuple(_signers(inst, one)),
            officers_of(body),
            entry.act.paper is not None,
            places.get(entry.act.to, 0) if entry.act.to else 0,
            line.digest,
            tuple(c for c, _ in docs),
            line.digest in dossier.served and all((unit, line.digest) in dossier.received for unit in dossier.parties),
            _late_by(inst, dossier, line) if n == first else 0,
            line.void,
            tuple(name for _, name in docs),
        )


def _signers(inst: Institution, one: OpenedEntry) -> Iterator[str]:
    """The officers whose keys signed it."""
    for sig in one.entry.sigs:
        key = inst.keys.get(sig.key)
        if key is not None and key.holder.startswith("o:"):
            yield key.holder


def _late_by(inst: Institution, dossier: Dossier, first: DossierEntry) -> int:
    """How many days late the first answer to a petition came; it is said of it for ever."""
    petition = dossier.petition
    return late_days(inst, petition, day_of(first.t)) if petition is not None else 0


def _due(inst: Institution, dossier: Dossier, steps: Iterable[Step], day: int) -> tuple[str, int]:
    """The first last day of what is owed in it, and how many days it is late; of what was answered, how late it was."""
    dated = sorted((step for step in steps if step.last), key=lambda step: from_iso(step.last))
    if dated:
        return dated[0].last, dated[0].late
    petition = dossier.petition
    return "", late_days(inst, petition, day) if petition is not None and petition.answered else 0
