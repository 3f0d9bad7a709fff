"""Documents that come with an act under seal and that the law reads: they lie in the vault before the act is recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from gongyue.covenant.rulings import OutOfTurn
from gongyue.sealing.commitment import salt_of, salted_content

Keeper = Callable[[str, str, Mapping[str, bytes]], None]
"""Keeps in a dossier's room what somebody filed: each content with its salt, by its commitment."""


def nowhere(dossier: str, by: str, documents: Mapping[str, bytes]) -> None:
    """The keeper of an office without a folder, as in stories: its documents are nobody's to read."""


def in_vault(office: Path, now: Callable[[], int]) -> Keeper:
    """The keeper of an office's folder. OutOfTurn where the vault does not take a document: then nothing is recorded."""

    def keep(dossier: str, by: str, documents: Mapping[str, bytes]) -> None:
        from gongyue.office.vault.errors import VaultError
        from gongyue.office.vault.vault import Vault

        vault = Vault(office, now)
        for commitment, data in documents.items():
            try:
                vault.put(salted_content(data), "text.txt", dossier=dossier, by=by, salt=salt_of(data))
            except VaultError as error:
                raise OutOfTurn("bad-object", digest=commitment, why=f"{error.zh} / {error.en}") from None

    return keep
