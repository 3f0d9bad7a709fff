"""Declarations of interests at the office: kept in the vault, until when each holds, offered where officers are assigned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from gongyue.covenant.periods import iso
from gongyue.governance.institution import Institution
from gongyue.governance.interests import RENEWED_DAYS, BadDeclaration, Declaration, Interest, read
from gongyue.office.vault.errors import VaultError
from gongyue.office.vault.readers import Standing
from gongyue.office.vault.register import Document
from gongyue.office.vault.vault import Vault


class Declared(msgspec.Struct, frozen=True):
    """An officer in office with what it declared, as far as the office has it; until when that holds, and by how much it is past."""

    officer: str
    made: str
    renew_by: str
    late: int
    interests: tuple[Interest, ...] | None
    units: tuple[str, ...]


def declarations(
    inst: Institution, office: Path | None, day: int, reader: str, now: Callable[[], int]
) -> Iterator[Declared]:
    """Every officer serving on that day; `office`: the folder whose vault is read as `reader`, None for whoever has none."""
    for one in sorted(inst.officers.values(), key=lambda o: o.id):
        if not one.held(day):
            continue
        found = _kept(office, one.id, one.interests, reader, now) if office is not None and one.interests else None
        due = one.declared + RENEWED_DAYS if one.declared else min(t.begins for t in one.tenures)
        units = found.of_units(day) if found else ()
        made = iso(one.declared) if one.declared else ""
        yield Declared(one.id, made, iso(due), max(0, day - due), found.interests if found else None, units)


def _kept(office: Path, officer: str, commitment: str, reader: str, now: Callable[[], int]) -> Declaration | None:
    """The declaration as the vault has it; None where it has none, or it was made as a text that says nothing to compute with."""

    def entitled(_: Document, who: str) -> Standing | None:
        return Standing.PARTY if who == officer else Standing.OTHER

    try:
        content, _ = Vault(office, now).read(commitment, reader, entitled)
        return msgspec.structs.replace(read(content.data), officer=officer)
    except (VaultError, BadDeclaration):
        return None
