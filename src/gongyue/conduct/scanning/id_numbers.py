"""Numbers: runs of digits, whole or in groups, and which identifier they can be.

A number that has its checksum is VALID; one that only looks right is PLAUSIBLE where a cue stands beside it; the rest is
a SHAPE with its count of digits, so that a column's share of valid ones can be told from chance.
"""

from __future__ import annotations

from gongyue.conduct.jit import inlined, kernel, to_int64
from gongyue.conduct.scanning import checksums
from gongyue.conduct.scanning.characters import Array, among, char_set
from gongyue.conduct.scanning.entity_types import (
    BANK_CARD,
    CN_ID,
    CN_MOBILE,
    DOCUMENT,
    FOREIGNER_ID,
    IMEI,
    IMSI,
    LANDLINE,
    NEGATIVE,
    PASSPORT,
    PHONE,
    PHONE_INTL,
    PLAUSIBLE,
    QQ,
    REJECTED,
    SHAPE,
    SOCIAL_SEC,
    TW_PERMIT,
    US_SSN,
    USCC,
    VALID,
)
from gongyue.conduct.scanning.scan_buffer import ScanBuffer, following, has_trigger_before, label, near

TypeAndTier = tuple[int, int]
IDENTITY = (1 << CN_ID) | (1 << DOCUMENT)
CARD = 1 << BANK_CARD
PHONES = (1 << CN_MOBILE) | (1 << PHONE) | (1 << LANDLINE) | (1 << PHONE_INTL)
NOT = 1 << NEGATIVE
_REGISTRARS = char_set("123456789AYNG")
"""What unified social credit codes begin with: who registers."""


@inlined
def judge(page: ScanBuffer, regions: Array, n: int, start: int) -> TypeAndTier:
    """(kind, tier) of the n digits in `page.digits` that begin at `start`."""
    bits = label(page, start)
    if n == 18:
        return _eighteen(page, regions, bits, start)
    if n == 15:
        return _fifteen(page.digits, regions, bits)
    if n == 11:
        return _eleven(page, bits, start)
    if n < 13:
        return _short(page.digits, n, _permitted(page, n, bits, start))
    return _long(page.digits, n, bits)


@inlined
def _eighteen(page: ScanBuffer, regions: Array, bits: int, start: int) -> TypeAndTier:
    digits = page.digits
    year = checksums.born(digits, 18, regions)
    if year:
        if checksums.mod11_2(digits):
            if not bits & NOT or year < 2010:
                return CN_ID, VALID
        elif not bits & NOT:
            return CN_ID, PLAUSIBLE
    if checksums.mod11_2(digits) and _foreigner(digits):
        return FOREIGNER_ID, VALID
    if code(digits, regions) and not bits & NOT:
        return USCC, VALID
    if (bits & IDENTITY or (near(page, start) & IDENTITY and not bits)) and _dated(digits):
        return CN_ID, PLAUSIBLE
    if bits & (1 << USCC):
        return USCC, PLAUSIBLE
    return _card(digits, 18, bits)


@kernel
def _dated(digits: Array) -> bool:
    """Whether eighteen digits have a province and a day where a citizen's number has them."""
    return 11 <= checksums.number(digits, 0, 2) <= 91 and checksums.is_date(
        checksums.number(digits, 6, 10), checksums.number(digits, 10, 12), checksums.number(digits, 12, 14)
    )


@kernel
def _foreigner(digits: Array) -> bool:
    """9, two digits of a province, three of a country, the day of birth, three, check (the card of 2023)."""
    return (
        digits[0] == 57
        and 11 <= checksums.number(digits, 1, 3) <= 65
        and checksums.is_date(
            checksums.number(digits, 6, 10), checksums.number(digits, 10, 12), checksums.number(digits, 12, 14)
        )
    )


@kernel
def code(signs: Array, regions: Array) -> bool:
    """Whether eighteen signs are a unified social credit code: who registered it, where, the check."""
    first, second = signs[0], signs[1]
    if not among(first, _REGISTRARS) or not (49 <= second <= 57 or second >= 65):
        return False
    for i in range(2, 8):
        if signs[i] > 57:
            return False
    place = checksums.number(signs, 2, 8)
    return bool((regions[place] or place % 10000 == 0) and checksums.mod31(signs, 18))


@inlined
def _fifteen(digits: Array, regions: Array, bits: int) -> TypeAndTier:
    luhn = checksums.luhn(digits, 15)
    if bits & (1 << SOCIAL_SEC):
        return SOCIAL_SEC, PLAUSIBLE
    if bits & (1 << IMEI):
        return IMEI, VALID if luhn else PLAUSIBLE
    network = checksums.number(digits, 3, 5)
    ours = checksums.number(digits, 0, 3) == 460 and (network <= 9 or network in (11, 15, 20))
    if bits & (1 << IMSI):
        return IMSI, VALID if ours else PLAUSIBLE
    if not bits & NOT:
        return _fifteen_bare(digits, regions, bits, luhn, ours)
    return SHAPE, REJECTED


@inlined
def _fifteen_bare(digits: Array, regions: Array, bits: int, luhn: bool, ours: bool) -> TypeAndTier:
    """Fifteen digits that no label of a device tells: an old citizen's number, a card, a device by its first digits."""
    two = checksums.number(digits, 0, 2)
    if (bits & IDENTITY or not luhn) and checksums.born(digits, 15, regions):
        return CN_ID, VALID if bits & IDENTITY else PLAUSIBLE
    if luhn and (two in (34, 37) or bits & CARD):
        return BANK_CARD, VALID
    if ours:
        return IMSI, VALID
    return (IMEI, VALID) if luhn and two in (1, 35, 86, 99) else _foreign_prefix(digits)


@inlined
def _foreign_prefix(digits: Array) -> TypeAndTier:
    """0086 before a mobile number."""
    if checksums.number(digits, 0, 4) == 86 and checksums.mobile(digits[4:15]):
        return CN_MOBILE, VALID
    return SHAPE, REJECTED


@inlined
def _eleven(page: ScanBuffer, bits: int, start: int) -> TypeAndTier:
    digits = page.digits
    if bits & (1 << QQ):
        return QQ, VALID
    if checksums.mobile(digits):
        if not bits & PHONES and (bits & NOT or coded(page, start) or _listed(page, start)):
            return SHAPE, REJECTED
        return CN_MOBILE, VALID
    if bits & ((1 << CN_MOBILE) | (1 << PHONE)) and digits[0] == 49 and digits[1] >= 51:
        return CN_MOBILE, PLAUSIBLE
    return _short(digits, 11, bits)


@inlined
def _permitted(page: ScanBuffer, n: int, bits: int, start: int) -> int:
    """The bits of a label, and of the permit that stands before it (台湾居民来往大陆通行证 证号：20263769) or in the next field."""
    if bits & (1 << DOCUMENT) and n in (8, 10):
        taiwan = (n == 8 and page.text[start] == 48) or has_trigger_before(page, start, 1 << TW_PERMIT)
        return int(bits | near(page, start) & (1 << TW_PERMIT) | (1 << TW_PERMIT) * taiwan)
    if n == 8 and not bits & NOT and page.text[start + n] in (0x2C, 0x3B, 0x7C, 9):
        return int(bits | following(page, start + n + 1) & (1 << TW_PERMIT))
    return int(bits)


@inlined
def _listed(page: ScanBuffer, start: int) -> bool:
    """Whether a number stands in a list of numbers that are no telephone's: 运单 12775748908、16281032153."""
    if start == 0 or page.text[start - 1] != 0x3001:
        return False
    bits = near(page, start)
    return bits & NOT != 0 and bits & PHONES == 0


@inlined
def coded(page: ScanBuffer, start: int) -> bool:
    """Whether a hyphen and a letter stand on a side, as in the number of a part: TP-13800138000, 13800138000-BA."""
    text = page.text
    before = start > 1 and text[start - 1] == 45 and 65 <= text[start - 2] & 0xFFDF <= 90
    return bool(before or (text[start + 11] == 45 and 65 <= text[start + 12] & 0xFFDF <= 90))


@inlined
def _short(digits: Array, n: int, bits: int) -> TypeAndTier:
    if bits & (1 << SOCIAL_SEC) and 7 <= n <= 12:
        return SOCIAL_SEC, VALID
    if (
        n == 12 and digits[0] == 48 and checksums.mobile(digits[1:12]) and not bits & NOT
    ):  # dialled from abroad or afar: 0138…
        return CN_MOBILE, VALID
    if n >= 10 and not bits & NOT and _landline(digits, n, bits):
        return LANDLINE, VALID if bits & PHONES else PLAUSIBLE
    if 5 <= n <= 11 and bits & (1 << QQ) and digits[0] != 48:
        return QQ, VALID
    if bits & (1 << TW_PERMIT) and n in (7, 8, 10):
        return TW_PERMIT, PLAUSIBLE if n == 7 else VALID
    if (bits & (1 << PASSPORT) and 7 <= n <= 9) or (bits & (1 << US_SSN) and n == 9):
        return PASSPORT if bits & (1 << PASSPORT) else US_SSN, PLAUSIBLE
    if (n in (7, 8) and bits & ((1 << LANDLINE) | (1 << PHONE)) and digits[0] >= 50) or (
        bits & (1 << LANDLINE) and _lost_zero(digits, n)
    ):
        return LANDLINE, PLAUSIBLE
    abroad = n == 10 and bits & (1 << PHONE) and digits[0] >= 50 and digits[3] >= 50
    abroad |= n == 11 and bits & PHONES != 0 and digits[0] == 48 and digits[1] == 55  # 07700900482
    return (PHONE_INTL, PLAUSIBLE) if abroad or (bits & (1 << PHONE_INTL) and n >= 7) else (SHAPE, REJECTED)


@inlined
def _landline(digits: Array, n: int, bits: int) -> bool:
    """An area code and a number of the length that goes with it."""
    area = checksums.area_length(digits)
    long = n - area == 8 or (area == 4 and n - area == 7) or (bits & PHONES != 0 and n - area == 7)
    return area > 0 and long and digits[area] >= 49


@kernel
def _lost_zero(digits: Array, n: int) -> bool:
    """A landline whose first 0 a table took for nothing."""
    if not 9 <= n <= 11:
        return False
    a, b, c = to_int64(digits[0]) - 48, to_int64(digits[1]) - 48, to_int64(digits[2]) - 48
    if (a == 1 and b == 0) or (a == 2 and b != 6):
        return n in (9, 10)
    return a >= 3 and bool((checksums.AREAS[a, b] >> c) & 1) and n in (10, 11)


@inlined
def _long(digits: Array, n: int, bits: int) -> TypeAndTier:
    if n == 13 and checksums.number(digits, 0, 2) == 86 and checksums.mobile(digits[2:13]) and not bits & NOT:
        return CN_MOBILE, VALID
    if abroad(digits, n) or (bits & PHONES and digits[0] == digits[1] == 48 != digits[2]):
        return PHONE_INTL, VALID
    if n == 14 and bits & (1 << IMEI):
        return IMEI, PLAUSIBLE
    if n == 16 and bits & (1 << IMEI):
        return IMEI, PLAUSIBLE
    if bits & (1 << SOCIAL_SEC) and n < 20:
        return SOCIAL_SEC, PLAUSIBLE
    return _card(digits, n, bits)


@kernel
def abroad(digits: Array, n: int) -> bool:
    """00 before a number of Hong Kong, Macao or Taiwan, as it is dialled from the mainland."""
    if digits[0] != 48 or digits[1] != 48 or digits[2] != 56:
        return False
    place = checksums.number(digits, 2, 5)
    return (n == 13 and place in (852, 853)) or (n in (13, 14) and place == 886)


@inlined
def _card(digits: Array, n: int, bits: int) -> TypeAndTier:
    if not 13 <= n <= 19:
        return SHAPE, REJECTED
    known, luhn = checksums.card_prefix(digits, n), checksums.luhn(digits, n)
    if bits & CARD:
        if luhn and (known or n >= 16):
            return BANK_CARD, VALID
        if known or n in (16, 17, 18, 19):
            return BANK_CARD, PLAUSIBLE
        return SHAPE, REJECTED
    if known and luhn and not bits & NOT and n not in (13, 14):
        return BANK_CARD, VALID
    return SHAPE, REJECTED
