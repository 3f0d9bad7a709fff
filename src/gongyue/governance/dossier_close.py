"""What closes a dossier within itself: whoever began it takes it back, or an order terminates it."""

from __future__ import annotations

import msgspec

from gongyue.governance.envelope import Entry

CLOSING = ("dossier.note/1", "dossier.order/1")
"""The types of acts by which one can be closed, whatever its kind."""


def closes(entry: Entry) -> bool:
    """Whether its dossier is closed by that entry."""
    said = msgspec.json.decode(entry.act.body) if entry.act.type in CLOSING else {}
    return bool(said.get("withdrawn")) or said.get("what") == "terminate"
