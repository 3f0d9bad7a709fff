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
        if size >= 6 and (_called(page, bits, at) or _asked_for(page, klass, at)):
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


@inlined
def _called(page: ScanBuffer, bits: int, at: int) -> bool:
    """Whether it is called an id of WeChat, and is no part of the label's own word: wx_openid."""
    return bits & (1 << WECHAT) != 0 and (at == 0 or page.text[at - 1] != 0x5F)


@inlined
def _asked_for(page: ScanBuffer, klass: Array, at: int) -> bool:
    """Whether a colon and WeChat's letter or, on the line, its name stand before: V：abc_1194, 她的微信我推给你：abc_1194."""
    text = page.text
    i = at
    while i > 2 and at - i < 2 and text[i - 1] == 32:
        i -= 1
    if i < 2 or text[i - 1] != 0x3A:
        return False
    if text[i - 2] in (86, 118):
        return i == 2 or not klass[text[i - 3]] & ALNUM
    return bool(klass[text[i - 2]] & HAN) and near(page, at) & (1 << WECHAT) != 0


@kernel
def _passed_on(page: ScanBuffer, klass: Array, at: int, end: int) -> bool:
    """Whether a token with digits or capitals stands after WeChat's name and 推 加 搜 号, as one passes on a contact."""
    text, odd = page.text, 0
    for i in range(at + 1, end):
        odd += klass[text[i]] & (DIGIT | UPPER) > 0
    if odd == 0 or not near(page, at) & (1 << WECHAT) or klass[text[end]] & ALNUM or text[end] in (0x3D, 0x28, 0x2E):
        return False
    for i in range(max(0, at - 12), at):  # noqa: SIM110 (a kernel has no generators)
        if text[i] in (0x63A8, 0x52A0, 0x641C, 0x53F7):
            return True
    return False


@kernel
def word(page: ScanBuffer, tables: Forms, at: int, end: int) -> int:
    """A token with underscores or hyphens that begins with a letter, where a WeChat ID may stand; returns where to go on."""
    text, klass = page.text, tables.klass
    last = end
    while last < page.n and last - at <= 30 and (klass[text[last]] & ALNUM or text[last] in (45, 95)):
        last += 1
    while text[last - 1] in (45, 95):
        last -= 1
    given = (
        last - at > 15
        and text[at] == 119
        and text[at + 1] == 120
        and text[at + 2] == 105
        and text[at + 3] == 100
        and text[at + 4] == 95
    )
    if given and last - at <= 30:
        add_candidate(page, at, last, WECHAT, VALID, last - at)
        return last
    asked = last > end and (_asked_for(page, klass, at) or _passed_on(page, klass, at, last))
    if 6 <= last - at <= 20 and text[last] != 0x3D and (asked or _called(page, label(page, at), at)):  # no wx.secret=
        add_candidate(page, at, last, WECHAT, VALID, last - at)
        return last
    return at
