"""What becomes of documents whose putting, filing or erasing was interrupted, and what an act does to documents once it is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gongyue.office.vault.disk import destroy
from gongyue.office.vault.erased_list import ErasedLine, not_newest, parse_lines
from gongyue.office.vault.register import Done, Intended, Register

if TYPE_CHECKING:
    from gongyue.office.vault.vault import Vault

HELD_BY_THE_BOOK = "dossier.hold"
"""The ground, in the register, of a hold that an act in a dossier put on a document; that act says which it was."""


def erase_listed(vault: Vault, register: Register) -> None:
    """Carry out every line of the list of erasures that the register has not followed yet."""
    data, done = vault.erased.load(), register.erased_bytes
    if len(data) < done:  # the mark may be lost too
        raise not_newest(str(vault.erased.path), done, len(data))
    if len(data) > done or not vault.erased.is_marked(data):
        for line in parse_lines(data[done:], str(vault.erased.path)):
            _erase(vault, register, line)
        register.erased_bytes = len(data)
        vault.erased.note(data)


def _erase(vault: Vault, register: Register, line: ErasedLine) -> None:
    known = register.document(line.c)
    if known is not None and known.state == "erased":
        return
    if known is not None:
        vault.keys.erase(known.slot)
    destroy(vault.path_of(line.c))
    with register.together():
        register.erased(line.c, line.at, line.ground)
        register.note(line.at, line.by, "erase", line.c)


def settle_coming(vault: Vault, register: Register) -> None:
    """Undo what was coming when somebody was interrupted; what came whole, with an act that is recorded, is here.

    No act is handed in before its documents are whole. Where nobody can say whether it is recorded, they wait.
    """
    for document in register.coming():
        if not document.act or document.size is None:
            vault.undo(register, document)
        elif vault.recorded is not None and vault.recorded(document.act):
            with register.together():
                register.stands(document.c)
                register.note(vault.now(), document.by, "put", document.c)
        elif vault.recorded is not None:
            vault.undo(register, document)


def settle_intended(vault: Vault, register: Register) -> None:
    """Do to documents what acts that are recorded do to them, and forget it of those that are not."""
    intended = register.intended() if vault.recorded is not None else []
    for act in dict.fromkeys(one.act for one in intended):
        if vault.recorded is not None and vault.recorded(act):
            _carry_out(vault, register, [one for one in intended if one.act == act])
        register.settled(act)


def _carry_out(vault: Vault, register: Register, rows: Sequence[Intended]) -> None:
    """As often as it is interrupted, the end is the same."""
    now = vault.now()
    erased = [one for one in rows if one.what == "erase" and not _is_erased(register, one.c)]
    if erased:
        vault.destroy(register, [ErasedLine(now, one.by, one.c, one.ground) for one in erased])
    with register.together():
        if held := [one for one in rows if one.what == "hold"]:
            register.hold([one.c for one in held], HELD_BY_THE_BOOK, now)
        for one in rows:
            if one.what == "use":
                register.use(one.c)
            elif one.what == "release":
                register.release_ground(one.c, HELD_BY_THE_BOOK, now)
            if one.what != "erase":
                register.note(now, one.by, _DONE[one.what], one.c)
        register.settled(rows[0].act)


_DONE: dict[str, Done] = {"use": "used", "hold": "hold", "release": "release"}


def _is_erased(register: Register, c: str) -> bool:
    known = register.document(c)
    return known is not None and known.state == "erased"
