"""Documents of dossiers in a vault beside the story's book: filed with the acts that name them, opened by whoever may."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from gongyue.book.entry import SignedAct
from gongyue.book.receipts import Receipt
from gongyue.office.attachments import PrivateContent
from gongyue.office.dossier_documents import file, open_document
from gongyue.office.vault.errors import NotEntitled
from gongyue.sealing.commitment import commit
from support.alliance import FIRST, Alliance
from support.dossiers import id_of, signed


def document(text: str, name: str = "文书.txt") -> PrivateContent:
    """A document of that text, its salt made of it."""
    data, salt = text.encode(), hashlib.sha256(b"salt " + text.encode()).digest()
    return PrivateContent(commit(salt, data), salt, data, name)


def filed(
    world: Alliance,
    folder: Path,
    type: str,
    dossier: str,
    body: Mapping[str, Any],
    documents: Sequence[PrivateContent],
    *signers: str,
    actor: str = "exec",
) -> Receipt:
    """An act in a dossier, with its documents."""
    return file(world.stage.office, folder, signed(world, type, dossier, body, *signers, actor=actor), documents)


def petition_act(world: Alliance, text: PrivateContent, unit: str = FIRST) -> SignedAct:
    """A unit's petition, not handed in."""
    return world.stage.signed("petition.submit/1", unit, {"kind": "demand", "text": text.commitment}, [unit])


def petitioned(world: Alliance, folder: Path, text: PrivateContent, unit: str = FIRST) -> str:
    """A unit submits a petition with its text; the id of its dossier."""
    return id_of(file(world.stage.office, folder, petition_act(world, text, unit), [text]))


def opened_by(world: Alliance, folder: Path, c: str, who: str) -> bytes | None:
    """What somebody reads of a document; None where the book says that it may not."""
    try:
        return open_document(world.stage.office, folder, c, who)[0].data
    except NotEntitled:
        return None
