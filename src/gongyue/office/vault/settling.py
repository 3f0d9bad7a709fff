"""What becomes of documents whose putting or filing was interrupted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongyue.office.vault.register import Register

if TYPE_CHECKING:
    from gongyue.office.vault.vault import Vault


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
