"""Which offices whoever has a role in a dossier holds (article 5)."""

from __future__ import annotations

from typing import Final, Literal

OFFICE_OF = {"caseworker": "caseworker", "panel": "panellist", "reviewers": "panellist", "mediator": "mediator"}
"""The office of which whoever has a role in a dossier holds one."""
SignedAs = Literal["", "any", "caseworker", "panel", "reviewers"]
"""In which role officers sign an act in a dossier; empty where its offices alone say who does."""
ANY_ROLE: Final = "any"
"""Of an act that whoever is assigned signs, in whatever role."""
UNINVESTIGATED = ("application", "petition", "question")
"""The kinds of dossiers that the secretary answers without an investigation, and can handle itself."""


def offices_for(role: str, kind: str) -> set[str]:
    """The offices of which whoever has a role in a dossier of that kind holds one."""
    return {OFFICE_OF[role], *(("secretary",) if role == "caseworker" and kind in UNINVESTIGATED else ())}
