"""What a matter is called where it is listed: a dossier and a unit by their names."""

from __future__ import annotations

from gongyue.book.dossier_names import LANGUAGES, DossierNames
from gongyue.governance.institution import Institution
from gongyue.office.facts.shapes import Said


def matter_name(inst: Institution, id: str) -> Said:
    """What is said of a matter in a list: 卷 石桥·天平, 榆钱信科; the id of what has no other name."""
    if id.startswith("d:"):
        zh, en = (DossierNames([id]).of(id, language) for language in LANGUAGES)
        return Said(f"卷 {zh}", f"dossier {en}")
    if (unit := inst.units.get(id)) is not None:
        return Said(unit.name, unit.name)
    return Said(id, id)
