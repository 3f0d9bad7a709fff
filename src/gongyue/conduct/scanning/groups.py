"""Numbers that people write in groups, and two that lost the gap between them."""

from __future__ import annotations

from gongyue.conduct.jit import inlined, kernel
from gongyue.conduct.scanning import checksums
from gongyue.conduct.scanning.characters import Array
from gongyue.conduct.scanning.entity_types import (
    BANK_CARD,
    CN_ID,
    CN_MOBILE,
    IMEI,
    LANDLINE,
    PASSPORT,
    PHONE_INTL,
    PLAUSIBLE,
    REJECTED,
    SHAPE,
    SOCIAL_SEC,
    TW_PERMIT,
    US_SSN,
    VALID,
)
from gongyue.conduct.scanning.id_numbers import CARD, NOT, PHONES, TypeAndTier, abroad, coded
from gongyue.conduct.scanning.scan_buffer import ScanBuffer, china, label


@kernel
def joined(page: ScanBuffer, regions: Array, n: int) -> int:
    """Where a run of digits that two fields left without a gap splits into two identifiers; 0 where it does not."""
    digits = page.digits
    for cut in (11, 18):
        rest = n - cut
        if rest not in (11, 18, 16, 19):
            continue
        if _whole(digits, cut, regions) and _whole(digits[cut:n], rest, regions):
            return cut
    return 0


@kernel
def _whole(digits: Array, n: int, regions: Array) -> bool:
    if n == 11:
        return checksums.mobile(digits)
    if n == 18 and checksums.born(digits, 18, regions) > 0:
        return checksums.mod11_2(digits)
    return n >= 16 and checksums.card_prefix(digits, n) and checksums.luhn(digits, n)


@kernel
def grouped(page: ScanBuffer, regions: Array, first: int, last: int) -> TypeAndTier:
    """(kind, tier) of the groups of digits from `first` to `last` (not included), their digits in `page.digits`."""
    g = page.groups
    count = last - first
    n = g[last - 1, 2] + g[last - 1, 1] - g[last - 1, 0] - g[first, 2]
    digits = page.digits[g[first, 2] : g[first, 2] + n]
    a = g[first, 1] - g[first, 0]
    b = g[first + 1, 1] - g[first + 1, 0]
    bits = label(page, g[first, 0])
    if n == 11 and checksums.mobile(digits) and _threes(a, b, count):
        other = not bits & PHONES and (bits & NOT or coded(page, g[first, 0]))
        return (SHAPE, REJECTED) if other else (CN_MOBILE, VALID)
    if n == 18 and checksums.born(digits, 18, regions) and checksums.mod11_2(digits):
        return CN_ID, VALID
    card = 13 <= n <= 19 and a >= 4 and _fours(page, first, last) and checksums.luhn(digits, n)
    if card and (checksums.card_prefix(digits, n) or bits & CARD):
        return BANK_CARD, VALID
    if n == 15 and (a == 2 or (a == 6 and b == 2)) and checksums.luhn(digits, 15):
        return IMEI, VALID
    if 8 <= n <= 10 and bits & ((1 << PASSPORT) | (1 << TW_PERMIT) | (1 << SOCIAL_SEC)):
        return _labelled(bits), PLAUSIBLE
    return _spoken(page, digits, n, first, last, bits)


@inlined
def _labelled(bits: int) -> int:
    if bits & (1 << PASSPORT):
        return PASSPORT
    return TW_PERMIT if bits & (1 << TW_PERMIT) else SOCIAL_SEC


@kernel
def _threes(a: int, b: int, count: int) -> bool:
    """How people group a mobile number."""
    if count == 2:
        return a in (3, 7, 4)
    return count == 3 and a in (3, 4) and b in (3, 4)


@kernel
def _fours(page: ScanBuffer, first: int, last: int) -> bool:
    """How people group a card: fours, 4-6-5, or 6-5-4."""
    g = page.groups
    if last - first == 3 and g[first, 1] - g[first, 0] == 6 and g[first + 1, 1] - g[first + 1, 0] == 5:
        return bool(g[last - 1, 1] - g[last - 1, 0] == 4)
    for i in range(first, last - 1):
        if g[i, 1] - g[i, 0] not in (4, 6):
            return False
    return bool(g[last - 1, 1] - g[last - 1, 0] <= 13)


@kernel
def _spoken(page: ScanBuffer, digits: Array, n: int, first: int, last: int, bits: int) -> TypeAndTier:
    """Landlines, numbers of North America, the SSN: by their groups."""
    g = page.groups
    count = last - first
    a, b = g[first, 1] - g[first, 0], g[first + 1, 1] - g[first + 1, 0]
    joint = page.text[g[first, 1]]
    if a == 5 and abroad(digits, n):
        return PHONE_INTL, VALID
    area = checksums.area_length(digits) if n >= 10 else 0
    if area == a and 7 <= n - area <= 8 and digits[area] >= 49 and (count == 2 or (count == 3 and b in (3, 4))):
        london = digits[1] == 50 and digits[2] == 48 and joint == 32 and not china(page, g[first, 0])
        return PHONE_INTL if london else LANDLINE, VALID
    if digits[0] == 48 and 9 <= n <= 11 and _national(page, digits, first, last, bits) and not china(page, g[first, 0]):
        return PHONE_INTL, PLAUSIBLE
    if count != 3 or n not in (9, 10) or a != 3:
        return SHAPE, REJECTED
    if n == 9 and b == 2 and (joint == 45 or bits & (1 << US_SSN)):
        three = checksums.number(digits, 0, 3)
        good = (
            three not in (0, 666)
            and three < 900
            and checksums.number(digits, 3, 5) > 0
            and checksums.number(digits, 5, 9) > 0
        )
        return (US_SSN, VALID) if good and not bits & NOT else (SHAPE, REJECTED)
    if n == 10 and b == 3 and digits[0] >= 50 and digits[3] >= 50 and not bits & NOT:
        three = checksums.number(digits, 0, 3)
        if three in (400, 800, 888, 877, 866, 855, 844, 833):
            return SHAPE, REJECTED
        return PHONE_INTL, VALID
    return SHAPE, REJECTED


@kernel
def _national(page: ScanBuffer, digits: Array, first: int, last: int, bits: int) -> bool:
    """Whether groups are those of a number dialled within another country: 07700 900482, 0131 496 0812, 085 955 0137."""
    g = page.groups
    shape = 0
    for i in range(first, last):
        if i + 1 < last and page.text[g[i, 1]] != 32:
            return False
        shape = shape * 10 + g[i, 1] - g[i, 0]
    at = g[first, 0]
    goes_on = (
        at > 1 and page.text[at - 1] == 32 and (48 <= page.text[at - 2] <= 57 or 65 <= page.text[at - 2] <= 90)
    )  # of an IBAN in groups
    if digits[1] == 48 or bits & NOT or goes_on:
        return False
    if digits[1] == 51 or (digits[1] == 56 and digits[2] in (48, 52, 55) and digits[3] in (48, 52, 53, 56)):
        return False  # 03457, 0800, 0845: what firms are called by
    if shape in (244, 234, 22222, 37, 38, 47):
        return bits & PHONES != 0
    return shape in (56, 55, 533, 434, 344, 334, 433)
