"""How long the documents of dossiers are kept, as the book says when each ended (P17), and what persons asked that waits for an answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gongyue.book.dossiers import folded
from gongyue.book.entry import decode
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import day_of, iso
from gongyue.governance.document_retention import kept_for
from gongyue.governance.dossier import Dossier
from gongyue.governance.institution import Institution
from gongyue.governance.recovery import open_arrival
from gongyue.office.dossier_documents import vault_of
from gongyue.office.due_list import Due
from gongyue.office.office import Office
from gongyue.office.openings import found_by
from gongyue.office.sources import StoreSources
from gongyue.office.store import OPEN
from gongyue.office.store.words import in_dossier
from gongyue.office.vault import custody
from gongyue.office.vault.register import Document
from gongyue.office.vault.vault import Vault


def years_of(inst: Institution, ended: int | None = None) -> int:
    """P17, in years, of what ended on that day; or, as it stands now, of what goes on."""
    return kept_for(inst, ended).n // 12


def note_ended(office: Office, folder: Path) -> int:
    """Note of every dossier that ended how long its documents are kept; of how many that was not noted before.

    Also what the book says was erased and still is there: by whoever was interrupted, or a backup that was put back.
    """
    vault, inst = vault_of(office, folder), office.catch_up()
    if not vault.exists:
        return 0
    here = [one for one in vault.known() if one.state == "here"]
    noted = 0
    for id in dict.fromkeys(one.dossier for one in here if one.dossier.startswith("d:")):
        dossier, mine = _folded(office, id), [one for one in here if one.dossier == id]
        _erase_again(vault, dossier, mine)
        day = dossier.ended or _answered_on(office, id)
        if day and any(one.due is None for one in mine):
            custody.close(vault, id, day, custody.BOOK, years_of(inst, day))
            noted += 1
    return noted


def _answered_on(office: Office, id: str) -> int:
    """The day on which an open act answered what opened the dossier: an application granted, a question; 0 for none."""
    inst, store = office.inst, office.store
    found = (inst.answered.get(one.commitment) for one in found_by(store, in_dossier(id)))
    index = next((index for index in found if index is not None), None)
    leaf = None if index is None else store.leaf(OPEN, index)
    return 0 if index is None or leaf is None else day_of(open_arrival(inst, index, decode(leaf).entry.rx.t))


def _folded(office: Office, id: str) -> Dossier:
    return folded(office.inst, StoreSources(office.store).dossier(id))


def _erase_again(vault: Vault, dossier: Dossier, here: list[Document]) -> None:
    if gone := [one.c for one in here if one.c in dossier.erased]:
        custody.erase_by_the_book(vault, gone)


def requests_due(office: Office, folder: Path, day: int) -> Iterator[Due]:
    """What persons asked for and nobody has answered yet: within 15 days. Of whom it is, only the letter says."""
    vault, inst = vault_of(office, folder), office.catch_up()
    if inst.genesis is None or not vault.exists:
        return
    article = inst.meaning.article("law.observance")
    clause = inst.meaning.clause("law.observance")
    for one in custody.requests(vault):
        if one.answered is None:
            yield Due(
                f"答复本人关于其资料的请求 {one.number} 号 / answer a person's request about its data, no. {one.number}",
                f"request:{one.number}",
                EXECUTIVE,
                article,
                inst.meaning.at(article),
                "law.observance",
                clause.words if clause else "",
                iso(one.due),
                iso(one.due),
                True,
                f"gongyue vault answer {one.number}",
                max(0, one.due - day),
                max(0, day - one.due),
            )


def erase_due(office: Office, folder: Path) -> list[str]:
    """Erase what is due by the clock, once the book was asked what ended; the commitments. What is held stays."""
    note_ended(office, folder)
    vault = vault_of(office, folder)
    held = {c for one in vault.known() if one.dossier.startswith("d:") for c in _folded(office, one.dossier).held}
    return custody.erase_due(vault, held)
