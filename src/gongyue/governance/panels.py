"""Panels: who of a case may decide together, by how many (P14)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongyue.covenant.rulings import Ruling
from gongyue.governance.acts import Filing
from gongyue.governance.reply import panel_size
from gongyue.rules import case as rules
from gongyue.rules import dossier as dossier_rules

if TYPE_CHECKING:
    from gongyue.governance.dossier import Dossier
    from gongyue.governance.institution import Institution


def by_a_majority(inst: Institution, dossier: Dossier, filing: Filing, role: str = "panel") -> Iterator[Ruling]:
    """Those who sign are of the panel, unchallenged; enough of it are; and more than half of it sign."""
    panel = set(dossier.assigned.get(role, ()))
    yield dossier_rules.is_assigned(filing.signers, panel)
    yield dossier_rules.challenged_leaves_it_alone(filing.signers, dossier.challenged)
    yield dossier_rules.panel_is_complete(len(panel - dossier.challenged), panel_size(inst, dossier))
    yield rules.panel_decides_by_majority(len(set(filing.signers)), len(panel))
