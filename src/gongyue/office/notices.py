"""Notices: every act done in a unit's name is told to that unit, above all what others recorded from its paper.

Derived from the two books alone: there is nothing to keep in step. Only which notices have been sent is remembered,
beside the books: it is the office's housekeeping, not law.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import msgspec

from gongyue.book.entry import decode
from gongyue.book.receipts import Receipt
from gongyue.covenant.parties import is_unit
from gongyue.covenant.values import BASIS
from gongyue.governance import ballots, papers
from gongyue.governance.acts import UNPLACED, Entry, Paper, act_type_of
from gongyue.governance.institution import Institution
from gongyue.governance.recovery import arrival, is_void, never_was, open_arrival
from gongyue.governance.registry import Disavowal
from gongyue.office.acts_by_unit import ActsByUnit, Position
from gongyue.office.store import OPEN, Reading, Store

SENT = "notices.sent"
"""The store's setting that remembers which notices were sent, and on which day."""
REGISTER = "key.register/1"
"""The one act of the executive body by which something can be done in a unit's name: it is told like the unit's own."""


class Notice(msgspec.Struct, frozen=True):
    """An act in a unit's name, as the unit is told of it.

    `at`: the address of the article it rests on, empty for none; `own`: a key of the unit's signed it; `recorded_by`: the
    officers who recorded it instead; `recorded`: arrival, Unix seconds; `fields`: what the act says; `place`: where it
    stands, as it is cited; `commitment`: of an act under seal; `index`: its leaf, None before an anchor has placed it; `disavow`: how the unit can
    undo it and until when, None where there is no such way; `state`: whether it still stands; `received`: it confirmed
    that it was told.
    """

    id: str
    unit: str
    name: str
    book: str
    place: str
    type: str
    zh: str
    en: str
    at: str
    fields: dict[str, Any]
    recorded: int
    act: str
    commitment: str
    index: int | None
    own: bool
    recorded_by: tuple[str, ...]
    paper: Paper | None
    disavow: Disavowal | None
    state: Literal["stands", "disavowed", "replaced", "void"] = "stands"
    received: bool = False

    @property
    def can_be_confirmed(self) -> bool:
        """Whether the unit can still confirm that it was told of it."""
        return self.book == OPEN and self.state == "stands" and self.disavow is not None and not self.received

    def can_be_disavowed(self, time: int) -> bool:
        """Whether the unit can still undo it at that time."""
        return self.state == "stands" and self.disavow is not None and self.disavow.possible(time)

    @property
    def by_letter(self) -> bool:
        """Whether the unit disavows it on paper: a key that others registered for it is not its own to sign with."""
        return self.type == REGISTER and self.disavow is not None

    @property
    def command(self) -> str:
        """The command line by which the unit disavows it; empty where there is no such way, or it is by letter."""
        if self.disavow is None or self.by_letter:
            return ""
        kind = act_type_of(self.disavow.act)
        fields = " ".join(f"--{name.replace('_', '-')} {value}" for name, value in self.disavow.fields.items())
        return f"gongyue {kind.matter} {kind.verb} {fields} --as {self.unit} --key unit.key"


def notices(
    inst: Institution, store: Reading, unit: str, since: int = 0, acts: ActsByUnit | None = None
) -> list[Notice]:
    """Every act in the unit's name that arrived at `since` (Unix seconds) or later, in the order of arrival.

    Reads that unit's acts only, where `acts` is kept by the caller; otherwise it passes over both books first.
    """
    known = (acts or ActsByUnit()).catch_up(store)
    told = [_notice(inst, store, unit, place) for place in known.of(unit)]
    later = _ballots_after(told)
    told = [msgspec.structs.replace(n, state=later.get(n.id, n.state)) for n in told]
    return sorted(
        (n for n in told if n.recorded >= since), key=lambda n: (n.recorded, n.book)
    )  # else in the order of arrival


def notice_at(inst: Institution, store: Reading, receipt: Receipt) -> Notice | None:
    """The notice of one act just recorded; None where it is in no unit's name."""
    place = Position.sealed(receipt.commitment) if receipt.index is None else Position(OPEN, receipt.index)
    entry = _read(store, place).entry
    unit = _in_whose_name(entry)
    return _notice(inst, store, unit, place) if unit else None


def owed(inst: Institution, store: Reading, acts: ActsByUnit | None = None, most: int | None = None) -> list[Notice]:
    """What others recorded in a unit's name, and the unit was not told yet: oldest first; of `most` units at most are they looked for."""
    known, told = (acts or ActsByUnit()).catch_up(store), sent(store)
    waiting = sorted({unit for unit, place in known.from_paper() if place.id not in told})[:most]
    due = [n for unit in waiting for n in notices(inst, store, unit, acts=known) if n.paper and n.id not in told]
    # Whoever has disavowed an act knows of it; what is void was done in nobody's name.
    due = [n for n in due if not n.own and n.state not in ("disavowed", "void")]
    return sorted(due, key=lambda n: (n.recorded, n.book))


def sent(store: Reading) -> dict[str, str]:
    """Which notices were sent: id → day."""
    data = store.setting(SENT)
    return msgspec.json.decode(data, type=dict[str, str]) if data else {}


def mark_sent(store: Store, ids: Iterable[str], day: str) -> None:
    """Remember that notices were sent on that day; a day already noted stays."""
    with store.writing() as tx:
        tx.put_setting(SENT, msgspec.json.encode(dict.fromkeys(ids, day) | sent(tx)))


class _Recorded(msgspec.Struct, frozen=True):
    """What stands at a position: the entry, the act's digest, its commitment under seal, the leaf's index where it has one."""

    entry: Entry
    act: str
    commitment: str
    index: int | None


def _read(store: Reading, place: Position) -> _Recorded:
    data: bytes | None
    index: int | None
    if place.book == OPEN:
        data, commitment, index = store.leaf(OPEN, place.number), "", place.number
    elif (kept := store.sealed_entry(place.number.to_bytes(8, "big"))) is not None:
        data, commitment, index = kept.entry, kept.commitment, kept.index
    else:
        data = None
    if data is None:
        raise LookupError(place.id)
    leaf = decode(data)
    return _Recorded(leaf.entry, leaf.digest, commitment, index)


def _in_whose_name(entry: Entry) -> str:
    """The unit in whose name the act is; empty for anybody else's."""
    if entry.act.type == REGISTER and entry.act.paper is not None:
        holder = str(msgspec.json.decode(entry.act.body)["holder"])
        return holder if is_unit(holder) else ""
    return entry.act.actor if is_unit(entry.act.actor) else ""


def _notice(inst: Institution, store: Reading, unit: str, place: Position) -> Notice:
    found = _read(store, place)
    entry, counted = found.entry, UNPLACED if found.index is None else found.index
    kind = act_type_of(entry.act.type)
    fields: dict[str, Any] = msgspec.json.decode(entry.act.body)
    known = inst.units.get(unit)
    holders = [inst.keys[s.key].holder if s.key in inst.keys else s.key for s in entry.sigs]
    own = unit in holders or (kind.own_key and fields.get("key") in holders)
    opened = place.book == OPEN
    way = papers.disavowal(inst, place.number) if opened else ballots.disavowal(inst, entry)
    void = never_was(inst, place.number) if opened else is_void(inst, counted, entry)
    return Notice(
        place.id,
        unit,
        known.name if known else str(fields.get("name", unit)),
        place.book,
        place.place,
        kind.type,
        kind.sheet.zh,
        kind.does,
        entry.act.basis.removeprefix(BASIS),
        fields,
        open_arrival(inst, place.number, entry.rx.t) if opened else arrival(inst, counted, entry),
        found.act,
        found.commitment,
        found.index,
        own,
        () if own else tuple(holders),
        entry.act.paper,
        None if own else way,
        "void" if void else "disavowed" if opened and place.number in inst.disavowed else "stands",
        opened and place.number in inst.papers and inst.papers[place.number].received,
    )


def _ballots_after(told: list[Notice]) -> dict[str, Literal["disavowed", "replaced"]]:
    """What became of each of a unit's ballots by what else it did in the same vote, as the count has it."""
    became: dict[str, Literal["disavowed", "replaced"]] = {}
    valid = [n for n in told if n.state != "void"]
    disavowed = {n.fields["vote"] for n in valid if n.type == "vote.disavow/1"}
    standing: dict[str, Notice] = {}
    for one in sorted((n for n in valid if n.type == "vote.ballot/1"), key=_weight):
        vote = str(one.fields["vote"])
        if one.paper is not None and not one.own and vote in disavowed:
            became[one.id] = "disavowed"
            continue
        if vote in standing:
            became[standing[vote].id] = "replaced"
        standing[vote] = one
    return became


def _weight(one: Notice) -> tuple[bool, str, int]:
    """A signed ballot takes the place of any on paper, of two on paper the one that arrived later."""
    paper = None if one.own else one.paper
    return paper is None, paper.arrived if paper else "", one.recorded
