"""What a party may open of the sealed book: its own acts, the decisions on them, its dossiers; and what is under way there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from gongyue.book import disclosure
from gongyue.book.entry import decode, kept_leaf
from gongyue.book.receipts import short
from gongyue.governance.acts import UNPLACED, Entry, Opening, act_type_of
from gongyue.governance.bulletin import memberships, opened_by
from gongyue.governance.dossier import MEMBERS
from gongyue.governance.institution import Institution
from gongyue.governance.sanction import RESULT
from gongyue.office.store import OPEN, SEALED, Reading, SealedEntry
from gongyue.office.store.words import about, against, by, in_dossier, typed

CONCLUDE = "case.conclude/1"


class OpenedEntry(msgspec.Struct, frozen=True):
    """An act under seal the office can open: what is kept of it, and the entry it is."""

    kept: SealedEntry
    entry: Entry

    @property
    def commitment(self) -> str:
        """The commitment in the sealed leaf."""
        return self.kept.commitment

    @property
    def place(self) -> str:
        """As it is cited within its book: 3f9a62d0c1b2e4f5."""
        return short(self.commitment)

    @property
    def name(self) -> str:
        """As it is cited: sealed:3f9a62d0c1b2e4f5."""
        return f"{SEALED}:{self.place}"

    @property
    def opening(self) -> Opening:
        """It as the law reads it."""
        return Opening(UNPLACED if self.kept.index is None else self.kept.index, self.commitment, self.entry)

    @property
    def line(self) -> bytes:
        """The disclosure line, for whoever is entitled to it."""
        return disclosure.line(self.kept.index, self.kept.salt, self.kept.entry, self.kept.promise)

    @property
    def body(self) -> dict[str, Any]:
        """What the act says."""
        said: dict[str, Any] = msgspec.json.decode(self.entry.act.body)
        return said


def opened(kept: SealedEntry) -> OpenedEntry:
    """An act under seal, decoded."""
    return OpenedEntry(kept, kept_leaf(kept.entry).entry)


def opening_of(kept: SealedEntry) -> Opening:
    """An act under seal as the law reads it."""
    return opened(kept).opening


_NAME = re.compile(r"sealed:([0-9a-f]{16}|[0-9a-f]{64})")


def is_name(text: str) -> bool:
    """Whether it cites an act under seal: `sealed:` and the first 16 digits of its commitment, or all 64."""
    return _NAME.fullmatch(text) is not None


def named(store: Reading, text: str) -> OpenedEntry | None:
    """The act under seal that is so cited; None where there is none."""
    match = _NAME.fullmatch(text)
    kept = store.sealed_entry(bytes.fromhex(match[1])) if match else None
    return opened(kept) if kept else None


def found_by(store: Reading, *words: str) -> Iterator[OpenedEntry]:
    """The acts under seal that have one of these words (`store.words`), in the order of arrival."""
    return map(opened, store.sealed_with(words))


def of_types(store: Reading, *types: str) -> Iterator[OpenedEntry]:
    """The sealed acts of these types."""
    return found_by(store, *map(typed, types))


def of_party(store: Reading, party: str) -> Iterator[OpenedEntry]:
    """What the party may open: its own sealed acts, the decisions addressed to it, and all of every dossier that it is party to.

    A case against it from the first thing served on it, then from its first entry: before, it learns of none.
    """
    own = {one.kept.number: one for one in found_by(store, by(party), about(party))}
    mine = [o.entry for o in own.values() if o.entry.act.actor == party and act_type_of(o.entry.act.type).opens]
    dossiers = [in_dossier(entry.rx.dossier) for entry in mine if entry.rx.dossier]
    dossiers += [in_dossier(id) for id in noticed(store, party)]
    others = store.sealed_numbers(
        [n for n in store.numbers_with(dossiers) if n not in own]
    )  # own ones are read already
    return iter(sorted([*own.values(), *map(opened, others)], key=lambda one: one.kept.number))


def bulletins(store: Reading) -> list[OpenedEntry]:
    """Every entry of the dossier of all members, by its place."""
    return sorted(found_by(store, in_dossier(MEMBERS)), key=lambda one: one.entry.rx.n or 0)


def for_member(inst: Institution, store: Reading, unit: str) -> list[OpenedEntry]:
    """What a unit opens of the dossier of all members."""
    own = memberships(inst, unit).get(unit, ())
    return list(opened_by(own, bulletins(store), lambda one: one.entry, own_results(store, unit))) if own else []


def own_results(store: Reading, unit: str) -> frozenset[int]:
    """The places, among the bulletins, of what all members were told of the cases against a unit: it reads that wherever it is by then."""
    found = set[int]()
    for case in noticed(store, unit):
        for one in found_by(store, in_dossier(case)):
            told = one.entry.act.type == CONCLUDE and store.setting(decision_setting(RESULT, case, one.entry.rx.n or 0))
            number = store.find(*told.decode().split(" ")) if told else None
            kept = None if number is None else store.sealed_numbered(number)
            if kept is not None:
                found.add(decode(kept.entry).entry.rx.n or 0)
    return frozenset(found)


def all_of_party(inst: Institution, store: Reading, party: str) -> list[OpenedEntry]:
    """Whatever the party may open, bulletins to all members among it."""
    found = list(of_party(store, party))
    known = {one.commitment for one in found}
    return found + [one for one in for_member(inst, store, party) if one.commitment not in known]


def noticed(store: Reading, party: str) -> Iterator[str]:
    """The cases against a party in which something was served on it."""
    begun = [one.entry for one in found_by(store, against(party)) if one.entry.act.type == "case.open/1"]
    cases = [id for entry in begun if (id := entry.rx.dossier)]
    inside = [one.entry for one in found_by(store, *map(in_dossier, cases))]
    served = {entry.rx.dossier for entry in inside if entry.act.type == "dossier.serve/1"}
    return (id for id in cases if id in served)


def course(store: Reading, dossier: str) -> bytes:
    """The openings of a whole dossier, by place: entries, never documents; empty where there is no such dossier."""
    kept = sorted(found_by(store, in_dossier(dossier)), key=lambda one: one.entry.rx.n or 0)
    return b"".join(one.line for one in kept)


def handed(inst: Institution, store: Reading, vote: str, unit: str) -> bytes | None:
    """The openings of a vote that its ballots' reading keeps to members, for a unit of its roll; None for anybody else.

    None, too, while the vote is open. The very bytes whose digest the close states: with them anyone counts again.
    """
    found = inst.votes.get(vote)
    if found is None or found.public or found.closed_index is None or unit not in found.roll:
        return None
    closing = store.leaf(OPEN, found.closed_index)
    assert closing is not None
    return store.object(msgspec.json.decode(decode(closing).entry.act.body)["handed"])


def decision_setting(type: str, dossier: str, n: int) -> str:
    """The setting under which the act of a type is found that decided on that place: its book and its digest."""
    return f"decided:{type}:{dossier}:{n}"
