"""No personal data leaves in an attestation: what people write in it is scanned (GY-08-02)."""

from __future__ import annotations

from gongyue.conduct.attesting.forms import Attestation, free_texts
from gongyue.conduct.findings import finding
from gongyue.conduct.scanning.kinds import kinds, numbers
from gongyue.conduct.scanning.texts import spans
from gongyue.covenant.citing import Refused

NAMES = frozenset({"PERSON", "ADDRESS"})
"""What the name of a firm may look like."""


def personal_data(attestation: Attestation) -> dict[str, list[str]]:
    """Field → types of personal data found in it; fields without any are left out."""
    texts = free_texts(attestation)
    found = {}
    for field, marks in zip(texts, spans(texts.values()), strict=True):
        types = {str(type) for _, _, type in marks if kinds()[numbers()[type]].group == "personal"}
        types -= NAMES if field == "unit" else set()
        if types:
            found[field] = sorted(types)
    return found


def refuse_personal_data(attestation: Attestation) -> None:
    """Refused with GY-08-02 where a text holds personal data. The value itself is not repeated."""
    found = personal_data(attestation)
    if found:
        figures: dict[str, int | str] = {field: ", ".join(types) for field, types in found.items()}
        raise Refused(finding("GY-08-02", "8", figures))
