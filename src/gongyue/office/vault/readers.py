"""What somebody is to a document: said by the caller, who knows."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from gongyue.office.vault.register import Document


class Standing(Enum):
    """What somebody is to a document: a party of its dossier, or another who may read it unless it is restricted."""

    PARTY = "party"
    OTHER = "other"


Readers = Callable[[Document, str], Standing | None]
"""Whether somebody may read a document, as the caller knows it; None for no. Asked under the lock: it answers at once."""
