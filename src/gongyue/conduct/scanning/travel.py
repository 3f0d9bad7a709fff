"""Passports and permits of travel: by their form and what stands beside them, in the text, in the fields around."""

from __future__ import annotations

from gongyue.conduct.jit import inlined, kernel
from gongyue.conduct.scanning import checksums
from gongyue.conduct.scanning.characters import DIGIT, LETTER, UPPER, Array
from gongyue.conduct.scanning.entity_types import (
    DOB,
    DOCUMENT,
    FOREIGNER_ID,
    HKM_PERMIT,
    MEETS,
    NEGATIVE,
    PASSPORT,
    PERSON,
    PLAUSIBLE,
    REJECTED,
    ROLE,
    SHAPE,
    TITLE,
    TW_PERMIT,
    VALID,
)
from gongyue.conduct.scanning.identifiers import run
from gongyue.conduct.scanning.lexicon import Forms
from gongyue.conduct.scanning.scan_buffer import ScanBuffer, following, has_trigger_before, near

SPEAKERS = (1 << PERSON) | (1 << ROLE) | (1 << TITLE) | (1 << MEETS)
"""Labels that say who speaks, or of whom."""


@inlined
def labelled(page: ScanBuffer, klass: Array, bits: int, at: int, end: int) -> tuple[int, int]:
    """(kind, tier) of a travel document of a form that is none of ours: by its label, a passport of digits by its line."""
    size = end - at
    if bits & (1 << PASSPORT) and 7 <= size <= 10:
        return PASSPORT, PLAUSIBLE
    if bits & (1 << HKM_PERMIT) and 9 <= size <= 11 and page.digits[0] in (72, 77):
        return HKM_PERMIT, PLAUSIBLE
    if not bits and size == 9 and near(page, at) & (1 << PASSPORT) and _numbered(page, klass, at, end):
        return PASSPORT, PLAUSIBLE
    return SHAPE, REJECTED


@inlined
def _numbered(page: ScanBuffer, klass: Array, at: int, end: int) -> bool:
    """Whether most signs of a token are digits."""
    count = 0
    for i in range(at, end):
        count += klass[page.text[i]] & DIGIT > 0
    return 2 * count > end - at


@kernel
def document(page: ScanBuffer, tables: Forms, at: int, end: int, bits: int) -> tuple[int, int]:
    """Travel documents: a letter or two and digits; without a check they need their cue on the line."""
    text, klass, size = page.text, tables.klass, end - at
    if not klass[text[at]] & UPPER and not bits:
        return SHAPE, REJECTED
    letters = run(page, klass, at, LETTER) - at
    numeric = run(page, klass, at + letters, DIGIT) == end
    first, second = page.digits[0], page.digits[1]
    wide = near(page, at) if size <= 15 else 0
    if numeric and letters == 1 and first == 76 and size == 9 and (bits | wide) & (1 << TW_PERMIT):
        return TW_PERMIT, VALID
    permit = first in (72, 77) and ((letters == 1 and size in (9, 11)) or (letters == 2 and second == 65 and size == 9))
    homeward = wide & ((1 << HKM_PERMIT) | (1 << DOCUMENT)) or _told_after(page, end, 1 << HKM_PERMIT)
    if (
        numeric
        and homeward
        and not bits & ((1 << NEGATIVE) | (1 << PASSPORT))
        and (permit or (first == 67 and size == 9))
    ):
        return HKM_PERMIT, VALID
    if numeric and passport(page.digits, letters, size):
        tier = _travels(page, at, end, bits, wide)
        return (HKM_PERMIT if permit and tier == REJECTED else PASSPORT), tier
    if bits & (1 << PASSPORT) and 7 <= size <= 10:
        return PASSPORT, PLAUSIBLE
    if numeric and permit:
        return HKM_PERMIT, REJECTED
    if (
        numeric
        and letters == 3
        and size == 15
        and (
            bits & (1 << FOREIGNER_ID)
            or checksums.is_date(
                1900 + checksums.number(page.digits, 7, 9),
                checksums.number(page.digits, 9, 11),
                checksums.number(page.digits, 11, 13),
            )
        )
    ):
        return FOREIGNER_ID, VALID if bits & ((1 << FOREIGNER_ID) | (1 << DOCUMENT)) else PLAUSIBLE
    return SHAPE, REJECTED


@inlined
def _travels(page: ScanBuffer, at: int, end: int, bits: int, wide: int) -> int:
    """The tier of what has a passport's form: by its cue beside it, or of ours by one anywhere before it in the text."""
    if wide & ((1 << PASSPORT) | (1 << DOCUMENT)) or _told_after(page, end, 1 << PASSPORT):
        return VALID
    if _dated(page, at):
        return PLAUSIBLE
    ours = page.digits[0] in (69, 71) and end - at == 9 and not bits & ~SPEAKERS and page.default == 0
    return PLAUSIBLE if ours and has_trigger_before(page, at, 1 << PASSPORT) else REJECTED


@inlined
def _dated(page: ScanBuffer, at: int) -> bool:
    """Whether a date of birth stands right before, as in lists of travellers."""
    last = page.state[1] - 1
    if last < 0 or last >= len(page.finds) or page.finds[last, 2] != DOB or page.finds[last, 3] != VALID:
        return False
    end = page.finds[last, 1]
    for i in range(end, at):
        if page.text[i] not in (32, 9, 0x2C, 0x7C):
            return False
    return bool(0 < at - end < 5)


@inlined
def _told_after(page: ScanBuffer, end: int, bits: int) -> bool:
    """Whether such a cue follows right after, or after 号 (K40728159号护照) or in the next field (H00000000,回乡证)."""
    i = end + 1 if page.text[end] in (0x53F7, 0x2C, 0x3B, 0x7C, 9) else end
    return following(page, i) & bits != 0


@kernel
def passport(signs: Array, letters: int, size: int) -> bool:
    """Passports of the People's Republic, Hong Kong and Macao by their letters (no check digit is printed in the number)."""
    first, second = signs[0], signs[1]
    if size not in (8, 9, 10):
        return False
    if letters == 1:
        return (first in (69, 71) and size == 9) or (first in (68, 83, 80, 75, 72) and size in (8, 9))
    if letters == 2:
        return (
            (first == 69 and size == 9 and second not in (73, 79))
            or (second == 69 and first in (68, 83, 80) and size == 9)
            or (first == 77 and second == 65 and size == 9)
            or (first == 75 and second == 74 and size in (9, 10))
        )
    return False
