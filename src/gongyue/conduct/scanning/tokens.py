"""Tokens of letters and digits: codes, documents, numbers written with letters."""

from __future__ import annotations

from gongyue.conduct.jit import inlined, kernel, to_int64
from gongyue.conduct.scanning import checksums
from gongyue.conduct.scanning.characters import ALNUM, DIGIT, HAN, HEX, LETTER, LOWER, UPPER, Array
from gongyue.conduct.scanning.digits import LONGEST, digits, is_x
from gongyue.conduct.scanning.entity_types import (
    CN_ID,
    DOCUMENT,
    FOREIGNER_ID,
    HKM_PERMIT,
    IBAN,
    IMEI,
    MAC,
    NEGATIVE,
    PASSPORT,
    PERSON,
    PLAUSIBLE,
    QQ,
    REJECTED,
    ROLE,
    SHAPE,
    SOCIAL_SEC,
    TITLE,
    TW_PERMIT,
    US_SSN,
    USCC,
    VALID,
    VIN,
    WECHAT,
)
from gongyue.conduct.scanning.id_numbers import code
from gongyue.conduct.scanning.identifiers import run
from gongyue.conduct.scanning.lexicon import Forms
from gongyue.conduct.scanning.scan_buffer import ScanBuffer, add_candidate, label, last_trigger, near
from gongyue.conduct.scanning.travel import document, labelled
from gongyue.conduct.scanning.wechat import asked_for, called_wechat

DOCUMENTS = (1 << PASSPORT) | (1 << HKM_PERMIT) | (1 << TW_PERMIT) | (1 << DOCUMENT) | (1 << SOCIAL_SEC)

CALLED = (1 << PERSON) | (1 << TITLE) | (1 << ROLE)
"""Labels that no number is glued to: MS4028167 is no Ms."""


@inlined
def _large(klass: Array, sign: int) -> int:
    return sign - 32 if klass[sign] & LOWER else sign


@inlined
def mixed(page: ScanBuffer, tables: Forms, at: int, end: int) -> int:
    """A token of letters and digits from `at` to `end`; returns where to go on."""
    text, klass, size = page.text, tables.klass, end - at
    cue = last_trigger(page, end)
    if (
        cue >= 0
        and at < page.cues[cue, 1] < end
        and page.cues[cue, 0] >= at - 12
        and page.cues[cue, 2] & ~CALLED
        and klass[text[page.cues[cue, 1]]] & DIGIT
    ):
        start = int(page.cues[cue, 1])
        last = run(page, klass, start, DIGIT)
        if last == end or (end - start == 18 and last == end - 1):
            return digits(page, tables, start, end) if last == end else mixed_from(page, tables, start, end)
    if _chatted(page, klass, at, end):
        add_candidate(page, at + 1, end, QQ, PLAUSIBLE, size - 1)
        return end
    if size == 19 and klass[text[at]] & LETTER and _pupil(page, tables, at + 1):
        add_candidate(page, at + 1, end, CN_ID, VALID, 18)
        return end
    if size == 18 and run(page, klass, at, DIGIT) == end - 1 and is_x(text, end - 1):
        return mixed_from(page, tables, at, end)
    if size <= LONGEST:
        kind, tier = _named(page, tables, at, end)
        if kind:
            lead = int(text[at]) * 128 + int(text[at + 1]) if klass[text[at + 1]] & LETTER else int(text[at]) * 128
            add_candidate(page, at, end, kind, tier, size if tier else lead)
            return end
        last = _iban(page, klass, at)
        if last > at:
            return last
    add_candidate(page, at, end, SHAPE, REJECTED, size)
    return end


@inlined
def _chatted(page: ScanBuffer, klass: Array, at: int, end: int) -> bool:
    """Whether it is Q and a number right after Chinese: 联系Q97316408."""
    text = page.text
    i = at - (at > 1 and text[at - 1] in (0x2C, 0x3002, 0x3001, 0x28))
    return bool(
        text[at] | 32 == 113
        and 9 <= end - at <= 11
        and i > 0
        and klass[text[i - 1]] & HAN
        and text[at + 1] != 48
        and run(page, klass, at + 1, DIGIT) == end
        and not (end - at == 9 and checksums.day(text, at + 1))
    )


@kernel
def _pupil(page: ScanBuffer, tables: Forms, at: int) -> bool:
    """Whether a citizen's number follows the letter of a pupil's: G140105201209182829."""
    for i in range(18):
        sign = page.text[at + i]
        if not tables.klass[sign] & DIGIT and not (i == 17 and is_x(page.text, at + i)):
            return False
        page.digits[i] = sign
    return checksums.born(page.digits, 18, tables.regions) > 0 and checksums.mod11_2(page.digits)


@kernel
def mixed_from(page: ScanBuffer, tables: Forms, at: int, end: int) -> int:
    """Seventeen digits and an X."""
    for i in range(18):
        page.digits[i] = page.text[at + i]
    if checksums.born(page.digits, 18, tables.regions):
        good = checksums.mod11_2(page.digits)
        bits = label(page, at)
        if good or not bits & (1 << NEGATIVE):
            add_candidate(page, at, end, CN_ID, VALID if good else PLAUSIBLE, 18)
            return end
    elif (
        page.digits[0] == 57
        and checksums.mod11_2(page.digits)
        and checksums.is_date(
            checksums.number(page.digits, 6, 10),
            checksums.number(page.digits, 10, 12),
            checksums.number(page.digits, 12, 14),
        )
    ):
        add_candidate(page, at, end, FOREIGNER_ID, VALID, 18)
        return end
    elif code(page.digits, tables.regions):
        add_candidate(page, at, end, USCC, VALID, 18)
        return end
    elif label(page, at) & ((1 << CN_ID) | (1 << DOCUMENT)):
        add_candidate(page, at, end, CN_ID, PLAUSIBLE, 18)
        return end
    add_candidate(page, at, end, SHAPE, REJECTED, 18)
    return end


@inlined
def _named(page: ScanBuffer, tables: Forms, at: int, end: int) -> tuple[int, int]:
    """(kind, tier) of a token by its form, its check and its label."""
    text, klass, size = page.text, tables.klass, end - at
    bits = label(page, at)
    for i in range(size):
        sign = text[at + i]
        page.digits[i] = _large(klass, sign)
    if size == 18 and code(page.digits, tables.regions):
        return USCC, VALID
    if size == 17:
        kind, tier = _vehicle(page, klass, bits, at)
        if kind:
            return kind, tier
    if klass[text[at]] & LETTER:
        if size >= 6 and (called_wechat(page, bits, at) or asked_for(page, klass, at)):
            return WECHAT, VALID
        if _social(page, klass, bits, at, end):
            return SOCIAL_SEC, PLAUSIBLE
        if not bits & (1 << SOCIAL_SEC):
            kind, tier = document(page, tables, at, end, bits)
            if kind:
                return kind, tier
    return _labelled(page, klass, bits, at, end)


@inlined
def _social(page: ScanBuffer, klass: Array, bits: int, at: int, end: int) -> bool:
    """A letter and eight digits on a line that speaks of a card of social security and of no other document."""
    if end - at != 9 or bits & DOCUMENTS or run(page, klass, at + 1, DIGIT) != end:
        return False
    return bits & (1 << US_SSN) != 0 or near(page, at) & DOCUMENTS == 1 << SOCIAL_SEC  # social security no. E50271846


@kernel
def _labelled(page: ScanBuffer, klass: Array, bits: int, at: int, end: int) -> tuple[int, int]:
    """(kind, tier) of a token that only its label tells."""
    size = end - at
    if bits & (1 << SOCIAL_SEC) and 7 <= size <= 20:
        return SOCIAL_SEC, VALID
    if bits & (1 << USCC) and size == 18:
        return USCC, PLAUSIBLE
    if bits & (1 << TW_PERMIT) and 8 <= size <= 11:
        return TW_PERMIT, PLAUSIBLE
    if bits & (1 << MAC) and size == 12 and run(page, klass, at, HEX) == end:
        return MAC, VALID
    if bits & (1 << IMEI) and size in (14, 15):
        return IMEI, PLAUSIBLE
    return labelled(page, klass, bits, at, end)


@kernel
def _vehicle(page: ScanBuffer, klass: Array, bits: int, at: int) -> tuple[int, int]:
    """A VIN: letters and digits, no I O Q, two digits last; position 9 checked; in small letters where it stands alone on a line."""
    for i in range(17):
        if page.digits[i] in (73, 79, 81):
            return SHAPE, REJECTED
    if not klass[page.digits[0]] & (UPPER | DIGIT) or page.digits[15] > 57 or page.digits[16] > 57:
        return SHAPE, REJECTED
    written = klass[page.text[at]] & (UPPER | DIGIT) or (
        (at == 0 or page.text[at - 1] == 10) and page.text[at + 17] == 10
    )
    if checksums.vin(page.digits) and written and not bits & (1 << NEGATIVE):
        return VIN, VALID
    return (VIN, PLAUSIBLE) if bits & (1 << VIN) else (SHAPE, REJECTED)


@kernel
def _iban(page: ScanBuffer, klass: Array, at: int) -> int:
    """An IBAN, its groups of four too, in small letters where it is called one; returns the end, `at` if there is none."""
    text = page.text
    both = klass[text[at]] & klass[text[at + 1]] & LETTER
    if not (both and klass[text[at + 2]] & klass[text[at + 3]] & DIGIT):
        return at
    if not both & UPPER and not near(page, at) & (1 << IBAN):
        return at
    length = checksums.IBAN_LENGTHS[
        (to_int64(_large(klass, text[at])) - 65) * 26 + to_int64(_large(klass, text[at + 1])) - 65
    ]
    if length == 0:
        return at
    case = DIGIT | UPPER if both & UPPER else ALNUM
    n, i = 0, at
    while n < length:
        if klass[text[i]] & case:
            page.digits[n] = _large(klass, text[i])
            n += 1
        elif not (text[i] in (32, 45) and n % 4 == 0 and n > 0):
            return at
        i += 1
    if klass[text[i]] & ALNUM or not checksums.iban(page.digits, n):
        return at
    add_candidate(page, at, i, IBAN, VALID, n)
    return i
