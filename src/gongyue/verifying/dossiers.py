"""Disclosed entries put in their dossiers and in order: no place is taken twice, none is missing (formats §10.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import chain
from typing import Any

from gongyue.book.disclosure import DisclosedEntry
from gongyue.book.dossiers import given_of
from gongyue.book.entry import Leaf
from gongyue.book.replay import Replay
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.governance.acts import ACT_TYPES, Entry
from gongyue.governance.admission import may_grant
from gongyue.governance.dossier import MEMBERS, Dossier
from gongyue.governance.institution import Institution
from gongyue.governance.step import recorded_in
from gongyue.verifying.failures import UNLAWFUL, Failure, Stop, tampered, unlawful

GRANT = "membership.grant/1"
Named = tuple[str, DisclosedEntry]
"""An opening with the name of the file it was disclosed in."""


class Disclosed:
    """What was disclosed, as it was read with so much known (`of`); looked up by commitment and by dossier, never sought."""

    def __init__(self, of: object, entries: list[Named]) -> None:
        self.of, self.entries = of, entries

    @cached_property
    def by_commitment(self) -> dict[str, DisclosedEntry]:
        """The first of each."""
        return {one.opening.commitment: one for _, one in reversed(self.entries)}

    @cached_property
    def shelves(self) -> dict[str, list[DisclosedEntry]]:
        """The dossiers by their ids, each by its places; Stop as `sorted_out`."""
        by_id: dict[str, list[DisclosedEntry]] = {}
        found, _ = sorted_out(self.entries)
        for _, one in chain.from_iterable(found):
            by_id.setdefault(one.leaf.entry.rx.dossier or "", []).append(one)
        return by_id


def sorted_out(opened: Iterable[Named]) -> tuple[list[list[Named]], list[Named]]:
    """The dossiers, each with its entries by their places, and what stands in none; what is disclosed twice counts once.

    Stop where two entries have one place, which is unlawful, or a place is missing before one that is there, but for `d:members`.
    """
    shelves: dict[str, dict[int, Named]] = {}
    others: list[Named] = []
    for name, one in opened:
        place, kind = one.leaf.entry.rx.place, ACT_TYPES.get(one.leaf.entry.act.type)
        if place is None or kind is None or not kind.in_dossier:
            others.append((name, one))
            continue
        shelf = shelves.setdefault(place.dossier, {})
        other = shelf.setdefault(place.n, (name, one))
        if other[1].opening.commitment != one.opening.commitment:
            raise _at_one_place(other, (name, one))
    for id, shelf in shelves.items():
        if id == MEMBERS:  # which has holes where a unit was no member: see `members`
            continue
        if gap := next((n for n in range(1, max(shelf)) if n not in shelf), 0):
            raise tampered("gap", f"{id} {gap}", dossier=id, n=gap)
    return [[shelf[n] for n in sorted(shelf)] for shelf in shelves.values()], others


def _at_one_place(first: Named, second: Named) -> Stop:
    """Two entries, or one entry in two leaves, at one place: whoever gave the place gave it twice."""
    (name, one), (other_name, other) = first, second
    place = one.leaf.entry.rx.place
    assert place is not None
    figures: dict[str, int | str] = {
        "dossier": place.dossier,
        "n": place.n,
        "sealed": one.opening.index,
        "also": other.opening.index,
    }
    zh = f"卷 {place.dossier} 第 {place.n} 位有两条：{name} 密封 #{one.opening.index} 与 {other_name} 密封 #{other.opening.index}"
    en = (
        f"dossier {place.dossier}: two entries at place {place.n}, {name} sealed #{one.opening.index}"
        f" and {other_name} sealed #{other.opening.index}"
    )
    type, index = one.leaf.entry.act.type, one.opening.index
    return Stop(UNLAWFUL, Failure("unlawful", zh, en, index, type, "dossier/two", figures=figures, book="sealed"))


Arrival = tuple[int, int]
"""After how many open acts, and at what time, an entry came."""
FILED = ("report.file/1", "dossier.note/1", "dossier.serve/1")
"""Acts by which papers come into a report or a case."""


def require_documents_apart(shelves: Mapping[str, Iterable[DisclosedEntry]]) -> None:
    """Stop where the executive body brings a report's paper into a case, or a case's into a report, under its commitment there.

    It would say to the accused, which sees its own case, that this is a reporter's, to whoever else has the report whose case it
    is, and to the reporter what the accused handed in: a document that moves to another dossier gets a fresh salt. Nobody else's
    act there makes its own wrong: it counts where the document had come into the other dossier first, and not into this one.
    """
    known: dict[str, dict[str, tuple[Arrival, str]]] = {"report.file/1": {}, "case.open/1": {}}
    moved: list[tuple[str, DisclosedEntry, list[str]]] = []
    for id, shelf in shelves.items():
        rows = list(shelf)
        first, here = rows[0].leaf.entry.act.type, set[str]()
        for one in rows if first in known else ():
            entry = one.leaf.entry
            if entry.act.type not in FILED:
                continue
            fresh = [c for c in dict.fromkeys(_documents(entry)) if c not in here]
            here.update(fresh)  # what stood in this dossier before, its party may have brought
            if entry.act.actor == EXECUTIVE:
                moved.append((first, one, fresh))
            for c in fresh:
                came = (entry.rx.size, entry.rx.t), id
                known[first][c] = min(came, known[first].get(c, came))
    for first, one, fresh in sorted(moved, key=lambda row: row[0]):  # in cases before reports
        entry = one.leaf.entry
        elsewhere = next(papers for opening, papers in known.items() if opening != first)
        # What comes into the other dossier later, whoever has it from this one can have named there.
        both = [c for c in fresh if c in elsewhere and elsewhere[c][0] <= (entry.rx.size, entry.rx.t)]
        if both:
            also, place = elsewhere[both[0]][1], entry.rx.place
            assert place is not None
            figures: dict[str, int | str] = {
                "dossier": place.dossier,
                "n": place.n,
                "also": also,
                "document": both[0],
            }
            zh = f"卷 {place.dossier} 第 {place.n} 位的文书以同一承诺值也在卷 {also} 里：移到另一卷的文书须另取盐"
            en = (
                f"dossier {place.dossier}, place {place.n}: a document stands under the same commitment in dossier"
                f" {also} too; one that moves to another dossier gets a fresh salt"
            )
            type, index, code = entry.act.type, one.opening.index, "dossier/same-document"
            raise Stop(UNLAWFUL, Failure("unlawful", zh, en, index, type, code, figures=figures, book="sealed"))


def _documents(entry: Entry) -> Iterable[str]:
    return ACT_TYPES[entry.act.type].documents_named(entry.act.body)


def at_its_place(refusal: dict[str, Any], entry: Entry) -> dict[str, Any]:
    """A refusal of an entry in a dossier, with the dossier and the place."""
    place = entry.rx.place
    if place is None:
        return refusal
    figures = {"dossier": place.dossier, "n": place.n} | refusal["figures"]
    if place.dossier in refusal["zh"]:
        return refusal | {"figures": figures}
    zh = f"卷 {place.dossier} 第 {place.n} 位：{refusal['zh']}"
    en = f"dossier {place.dossier}, place {place.n}: {refusal['en']}"
    return refusal | {"figures": figures, "zh": zh, "en": en}


def require_granted_rightly(replay: Replay, dossier: Dossier, first: DisclosedEntry) -> None:
    """Stop where an application was granted that had been withdrawn or refused, or by whom it had been asked to recuse itself.

    After it was granted neither can be: the dossier as it is now is that of the moment of the grant.
    """
    inst = replay.inst
    index = inst.answered.get(first.opening.commitment) if dossier.kind == "application" else None
    if index is None:
        return
    entry = replay.recorded_leaf(index).entry
    signers = {inst.keys[sig.key].holder for sig in entry.sigs if sig.key in inst.keys}
    try:
        for ruling in may_grant(dossier, signers):
            if not ruling.finding.holds:
                raise Refused(inst.meaning.cite(ruling, ACT_TYPES[GRANT].clause))
    except (Refused, OutOfTurn) as error:
        raise unlawful(error.refusal, index, GRANT) from None


def passed_over(inst: Institution, dossier: Dossier, leaf: Leaf) -> Dossier:
    """The dossier after an entry of a false time that is void: it takes its place."""
    return recorded(inst, dossier, leaf, void=True)


def recorded(inst: Institution, dossier: Dossier, leaf: Leaf, void: bool = False) -> Dossier:
    """The dossier after an entry that is not judged; the same where it stands in none."""
    return recorded_in(inst, dossier, leaf.entry, given_of(leaf), void) if leaf.entry.rx.place else dossier
