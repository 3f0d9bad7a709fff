"""What a matter is called where it is listed: a dossier by its name, a unit and an annex by theirs; never a bare id where a name exists."""

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
    if (annex := inst.annexes.get(id)) is not None:
        return Said(f"{annex.title}（{id}）", f"{annex.title} ({id})")
    return Said(id, id)
