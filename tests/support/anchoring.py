"""Anchors without what `tick` does after them, and places without an anchor, which the office itself never leaves behind."""

from __future__ import annotations

from typing import Any

from gongyue.office.office import Office
from gongyue.office.routine_acts import ANCHOR, do


def anchor(office: Office) -> int:
    """Anchor the sealed book and nothing else; the slot."""
    do(office, ANCHOR)
    return office.inst.anchors[-1].slot


def padded(office: Office, slot: int | None = None) -> dict[str, Any]:
    """What an anchor of that slot, by default the present one, would state: what arrived under seal is placed for it."""
    genesis = office.inst.genesis
    assert genesis is not None
    slot = office.now // genesis.slot_seconds if slot is None else slot
    with office._commit() as group:
        size, root = group.place(slot)
    return {"slot": slot, "size": size, "root": "sha256:" + root.hex()}
