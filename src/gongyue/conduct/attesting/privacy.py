"""No personal data leaves in an attestation: what people write in it is scanned (GY-08-02)."""

from __future__ import annotations

from collections.abc import Iterable

from gongyue.conduct.attesting.forms import Attestation, free_texts
from gongyue.conduct.attesting.numerals import folded
from gongyue.conduct.findings import finding
from gongyue.conduct.scanning.kinds import kinds
from gongyue.conduct.scanning.texts import spans
from gongyue.covenant.citing import Refused

NAMES = frozenset({"PERSON", "ADDRESS"})
"""What the name of a firm may look like."""


def personal_data(attestation: Attestation) -> dict[str, list[str]]:
    """Field → types of personal data found in it; fields without any are left out.

    Each text is looked at as it stands, and with its digits as 0 to 9, where names and addresses would be others.
    """
    texts = free_texts(attestation)
    found = {}
    plain, digits = _types(texts.values()), _types(map(folded, texts.values()))
    for field, as_written, in_digits in zip(texts, plain, digits, strict=True):
        types = as_written - (NAMES if field == "unit" else set()) | in_digits - NAMES
        if types:
            found[field] = sorted(types)
    return found


def _types(texts: Iterable[str]) -> list[set[str]]:
    """The types of personal data in each."""
    personal = {kind.name for kind in kinds().values() if kind.group == "personal"}
    return [{str(type) for _, _, type in marks} & personal for marks in spans(texts)]


def refuse_personal_data(attestation: Attestation) -> None:
    """Refused with GY-08-02 where a text holds personal data. The value itself is not repeated."""
    found = personal_data(attestation)
    if found:
        figures: dict[str, int | str] = {field: ", ".join(types) for field, types in found.items()}
        raise Refused(finding("GY-08-02", "8", figures))
