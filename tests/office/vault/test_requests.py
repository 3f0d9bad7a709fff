"""What persons ask for: recorded with its letter, due in 15 days, answered; asked to erase, documents are restricted meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongyue.covenant.periods import from_iso, iso
from gongyue.office.vault import custody
from gongyue.office.vault.errors import BadDocument, Gone, NotEntitled, NotThere
from gongyue.office.vault.vault import Vault

from .box import AUDITOR, DOSSIER, PDF, TODAY, UNIT, Clock, box, every_byte, readers

BY = "o:qin"
LETTER = "请求人某甲（虚构）：请删除本人的资料。".encode()


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return box(tmp_path, Clock(TODAY))


def test_a_request_is_recorded_due_in_fifteen_days_and_answered(vault: Vault) -> None:
    """Received on the day or before; the letter is a document, so that no name lies in the open."""
    c = vault.put(PDF, "a.pdf", dossier=DOSSIER, by=UNIT).commitment
    asked = custody.ask(vault, "access", LETTER, "来信.txt", documents=[c], by=BY, received=from_iso("2026-02-27"))
    assert (asked.number, iso(asked.received), iso(asked.due), asked.answered) == (1, "2026-02-27", "2026-03-14", None)
    assert "某甲".encode() not in every_byte(vault.office)
    assert vault.read(asked.letter, BY, readers)[0].data == LETTER
    answered = custody.answer(vault, 1, "granted", BY, ("见附件。".encode(), "答复.txt"))
    assert (iso(answered.answered or 0), answered.outcome) == (TODAY, "granted")
    assert answered.reply and vault.read(answered.reply, BY, readers)[0].data == "见附件。".encode()
    assert custody.requests(vault) == [answered]
    for number in (1, 2):
        with pytest.raises(NotThere):
            custody.answer(vault, number, "granted", BY)


def test_the_same_letter_twice_is_one_request(vault: Vault) -> None:
    """And a letter of tomorrow is none."""
    first = custody.ask(vault, "copy", LETTER, "a.txt", by=BY)
    assert custody.ask(vault, "copy", LETTER, "b.txt", by=BY) == first
    with pytest.raises(BadDocument):
        custody.ask(vault, "copy", LETTER + b"2", "a.txt", by=BY, received=from_iso(TODAY) + 1)
    assert len(custody.requests(vault)) == 1


def test_asked_to_erase_a_document_is_restricted_until_the_answer(vault: Vault) -> None:
    """Refused: as before. Two requests: until both are refused."""
    c = vault.put(PDF, "a.pdf", dossier=DOSSIER, by=UNIT).commitment
    for number in (1, 2):
        custody.ask(vault, "erasure", LETTER + bytes([64 + number]), "a.txt", documents=[c], by=BY)
    for number in (1, 2):
        with pytest.raises(NotEntitled):
            vault.read(c, AUDITOR, readers)
        assert vault.read(c, UNIT, readers)[0].data == PDF
        custody.answer(vault, number, "refused", BY)
    assert vault.read(c, AUDITOR, readers)[0].data == PDF


def test_a_request_names_documents_that_are_there(vault: Vault) -> None:
    """An unknown or erased one: nothing is recorded."""
    c = vault.put(PDF, "a.pdf", dossier=DOSSIER, by=UNIT).commitment
    custody.erase(vault, [c], "request", BY)
    for wrong, kind in ((c, Gone), ("sha256:" + "0" * 64, NotThere)):
        with pytest.raises(kind):
            custody.ask(vault, "erasure", LETTER, "a.txt", documents=[wrong], by=BY)
    assert custody.requests(vault) == []


def test_letters_are_kept_as_documents_of_a_closed_dossier(vault: Vault) -> None:
    """Three years from the answer, then due."""
    asked = custody.ask(vault, "copy", LETTER, "a.txt", by=BY)
    custody.answer(vault, 1, "granted", BY, ("答复".encode(), "b.txt"))
    assert custody.due(vault, from_iso("2029-03-02")) == []
    assert [one.c for one in custody.due(vault, from_iso("2029-03-03"))] == [
        asked.letter,
        custody.requests(vault)[0].reply,
    ]
