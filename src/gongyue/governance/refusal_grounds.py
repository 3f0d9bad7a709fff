"""The grounds of refusing an application that the text in force states: asked for where one is refused, and where its dossier is ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongyue.rules.membership import GROUNDS

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution


def grounds_stated(inst: Institution) -> tuple[str, ...]:
    """Those of them whose clause the text has."""
    return tuple(name for name, clause in GROUNDS.items() if inst.meaning.clause(clause) is not None)
