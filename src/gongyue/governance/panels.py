"""Panels: who of a case may decide together, by how many (P14)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongyue.covenant.rulings import Ruling
from gongyue.governance.acts import ACT_TYPES, Filing
from gongyue.governance.dossier_roles import OFFICE_OF
from gongyue.governance.proceedings import offices_of
from gongyue.governance.reply import panel_size, told_until
from gongyue.rules import case as rules
from gongyue.rules import dossier as dossier_rules

if TYPE_CHECKING:
    from gongyue.governance.dossier import Dossier
    from gongyue.governance.institution import Institution

JUDGED = frozenset({"case.conclude/1", "case.propose/1", "case.decide/1"})
"""What a panel found, proposed or decided: whoever goes on from there has seen it."""


def by_a_majority(inst: Institution, dossier: Dossier, filing: Filing) -> Iterator[Ruling]:
    """Those who sign are of the panel, unchallenged; enough of it are, and in office; more than half of it sign.

    No recusal of its caseworker waits; and whom of those who sign others made room for, the accused could challenge.
    """
    role = ACT_TYPES[filing.act.type].signed_as
    panel = set(dossier.assigned.get(role, ()))
    yield dossier_rules.is_assigned(filing.signers, panel)
    yield dossier_rules.challenged_leaves_it_alone(filing.signers, dossier.challenged)
    serving = {one for one in panel - dossier.challenged if OFFICE_OF[role] in offices_of(inst, one, filing.day)}
    yield dossier_rules.panel_is_complete(len(serving), panel_size(inst, dossier))
    yield rules.panel_decides_by_majority(len(set(filing.signers)), len(panel))
    for n, one in enumerate(dossier.entries, 1):
        if one.type in JUDGED and not one.void:
            dossier.require_seen(filing, n)  # whoever came since sits on what others found, and has to know it
    if role == "panel":
        yield dossier_rules.recusals_are_decided(dossier.challenged & set(dossier.assigned.get("caseworker", ())))
    for signer in sorted(set(filing.signers)):
        if seat := dossier.seated.get((role, signer)):
            until = told_until(inst, dossier, seat.day).last
            yield dossier_rules.newcomer_could_be_challenged(signer, until, filing.made)
