"""No personal data leaves in an attestation: what people write in it is scanned (GY-08-02)."""

from __future__ import annotations

from collections.abc import Iterable

from gongyue.conduct.attesting.file_formats import Attestation, free_texts
from gongyue.conduct.attesting.numerals import folded, joined
from gongyue.conduct.findings import finding
from gongyue.conduct.scanning.entity_types import kinds
from gongyue.conduct.scanning.texts import spans
from gongyue.covenant.rulings import Refused

NAMES = frozenset({"PERSON", "ADDRESS"})
"""What the name of a firm may look like."""

NUMBERS = frozenset({"BANK_CARD", "CN_ID", "CN_MOBILE", "FOREIGNER_ID"})
"""What is looked for where digits are joined: numbers long enough, or checked, that two dates or counts in a row are seldom one."""


def personal_data(attestation: Attestation) -> dict[str, list[str]]:
    """Field → types of personal data found in it; fields without any are left out.

    Each text is looked at as it stands, with its digits as 0 to 9, where names and addresses would be others, and with those joined
    that something parts, where dates and counts would be others too.
    """
    texts = free_texts(attestation)
    found = {}
    written = {field: texts[field] for field in ("unit", "covers")}
    plain, digits = _types(texts.values()), _types(map(folded, texts.values()))
    runs = dict(zip(written, _types(map(joined, written.values())), strict=True))
    for field, as_written, in_digits in zip(texts, plain, digits, strict=True):
        types = (
            as_written - (NAMES if field == "unit" else set()) | in_digits - NAMES | runs.get(field, set()) & NUMBERS
        )
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
