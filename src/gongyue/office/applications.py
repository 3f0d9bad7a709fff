"""Applications to join, which are sealed (articles 2, 23): what each says, until when it is to be decided, what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from gongyue.book.entry import decode
from gongyue.governance.admission import Apply, to_decide
from gongyue.governance.dossier_close import CLOSING, closes
from gongyue.governance.institution import Institution
from gongyue.governance.recovery import arrival, is_void, open_arrival
from gongyue.governance.registry import Duty
from gongyue.office import openings
from gongyue.office.openings import OpenedEntry
from gongyue.office.store import OPEN, Reading


class Application(msgspec.Struct, frozen=True):
    """An application: what it says, when it arrived, until when it is to be decided (P8), whether it stands under an anchor.

    `decided`: when, Unix seconds, 0 while it waits; `index`: the entry that granted it; `refusal`: the sealed act that did not,
    with its `ground` and `reasons`.
    """

    opened: OpenedEntry
    said: Apply
    arrived: int
    due: Duty
    anchored: bool
    state: Literal["waiting", "granted", "refused", "withdrawn"] = "waiting"
    decided: int = 0
    index: int | None = None
    refusal: OpenedEntry | None = None
    ground: str = ""
    reasons: str = ""

    @property
    def id(self) -> str:
        """As it is cited: sealed:3f9a62d0c1b2e4f5."""
        return self.opened.name

    @property
    def unit(self) -> str:
        """Who applies."""
        return self.opened.entry.act.actor


def is_to_compare(inst: Institution, unit: str, key: str) -> bool:
    """Whether a key that an application of the unit brings signs only once officers compared its words with the stamped form."""
    own = inst.keys_of(unit)
    compared = key in own and key not in inst.uncompared
    return bool(key) and not compared and not any(one.was_one for id, one in own.items() if id != key)


def applications(inst: Institution, store: Reading, unit: str = "") -> Iterator[Application]:
    """Every application, or those of one unit, in the order of arrival; a refusal or withdrawal in a false time is none."""
    types = ("membership.apply/1", "membership.refuse/1", *CLOSING)
    found = list(openings.of_party(store, unit) if unit else openings.of_types(store, *types))
    refusals = {
        str(o.body["of"]): o
        for o in found
        if o.entry.act.type == "membership.refuse/1" and not is_void(inst, o.opening.index, o.entry)
    }
    withdrawn = {
        o.entry.rx.dossier: o.entry.rx.t
        for o in found
        if closes(o.entry) and not is_void(inst, o.opening.index, o.entry)
    }
    for one in found:
        if one.entry.act.type == "membership.apply/1":
            left = withdrawn.get(one.entry.rx.dossier, 0)
            yield _decided(inst, store, _waiting(inst, one), refusals.get(one.commitment), left)


def _waiting(inst: Institution, one: OpenedEntry) -> Application:
    index = one.opening.index
    anchored = bool(inst.anchors) and index < inst.anchors[-1].size
    said = msgspec.json.decode(one.entry.act.body, type=Apply)
    return Application(one, said, arrival(inst, index, one.entry), to_decide(inst, one.opening), anchored)


def _decided(
    inst: Institution, store: Reading, one: Application, refusal: OpenedEntry | None, withdrawn: int
) -> Application:
    """It with what came of it: granted; else refused, or withdrawn at that time, 0 for never."""
    granted = inst.answered.get(one.opened.commitment)
    if granted is not None:
        leaf = store.leaf(OPEN, granted)
        assert leaf is not None
        decided = open_arrival(inst, granted, decode(leaf).entry.rx.t)
        return msgspec.structs.replace(one, state="granted", decided=decided, index=granted)
    if withdrawn:
        return msgspec.structs.replace(one, state="withdrawn", decided=withdrawn)
    if refusal is None:
        return one
    reasons = (store.object(str(refusal.body["reasons"])) or b"").decode("utf-8", "replace")
    ground, decided = str(refusal.body["ground"]), refusal.entry.rx.t
    return msgspec.structs.replace(
        one, state="refused", decided=decided, refusal=refusal, ground=ground, reasons=reasons
    )
