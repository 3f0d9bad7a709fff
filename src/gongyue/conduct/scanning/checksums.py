"""Checksums and tables that decide whether a number can be what it looks like; all on arrays of signs.

GB 11643 (ISO 7064 MOD 11-2), GB 32100 (MOD 31), ISO/IEC 7812 (Luhn), GB 16735 (position 9), ISO 13616 (MOD 97).
"""

from __future__ import annotations

import numpy as np

from gongyue.conduct.jit import inlined, kernel, to_int64
from gongyue.conduct.scanning.characters import Array

_MOD31 = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def _table(values: dict[str, int], missing: int = -1) -> Array:
    table = np.full(128, missing, dtype=np.int64)
    for sign, value in values.items():
        table[ord(sign)] = value
    return table


ID_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
CODE_WEIGHTS = np.array([1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28])
CODE_VALUES = _table({c: i for i, c in enumerate(_MOD31)})
VIN_WEIGHTS = np.array([8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2])
VIN_VALUES = _table(
    {c: int(v) for c, v in zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True)}
    | {str(d): d for d in range(10)}
)
DAYS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
IBAN_LENGTHS = np.zeros(26 * 26, dtype=np.int64)
_COUNTRIES = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 "
    "FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 "
    "LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 "
    "SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20"
)
for _country in _COUNTRIES.split():
    IBAN_LENGTHS[(ord(_country[0]) - 65) * 26 + ord(_country[1]) - 65] = int(_country[2:])


@inlined
def number(digits: Array, start: int, end: int) -> int:
    """The value of the digits from `start` to `end`."""
    value = 0
    for i in range(start, end):
        value = value * 10 + to_int64(digits[i]) - 48
    return value


@kernel
def is_date(year: int, month: int, day: int) -> bool:
    """Whether it is a day of the calendar between 1900 and 2035."""
    if not (1900 <= year <= 2035 and 1 <= month <= 12 and 1 <= day <= DAYS[month]):
        return False
    return not (month == 2 and day == 29 and (year % 4 != 0 or year == 1900))


@kernel
def day(signs: Array, at: int) -> bool:
    """Whether the eight digits from `at` are a day: 20240318."""
    return bool(
        at >= 0 and is_date(number(signs, at, at + 4), number(signs, at + 4, at + 6), number(signs, at + 6, at + 8))
    )


@inlined
def luhn(digits: Array, n: int) -> bool:
    """ISO/IEC 7812: the check digit of a card, or of an IMEI."""
    total = 0
    for i in range(n):
        value = to_int64(digits[n - 1 - i]) - 48
        if i & 1:
            value *= 2
            if value > 9:
                value -= 9
        total += value
    return total % 10 == 0


@inlined
def mod11_2(digits: Array) -> bool:
    """GB 11643: the eighteenth sign of a citizen's number, X for 10."""
    total = 0
    for i in range(17):
        total += ID_WEIGHTS[i] * (to_int64(digits[i]) - 48)
    check = (12 - total % 11) % 11
    last = to_int64(digits[17])
    return last in (88, 120) if check == 10 else last == check + 48


@kernel
def mod31(signs: Array, n: int) -> bool:
    """GB 32100: the eighteenth sign of a unified social credit code."""
    if n != 18:
        return False
    total = 0
    for i in range(17):
        value = CODE_VALUES[signs[i]]
        if value < 0:
            return False
        total += CODE_WEIGHTS[i] * value
    return bool(CODE_VALUES[signs[17]] == (31 - total % 31) % 31)


@kernel
def vin(signs: Array) -> bool:
    """GB 16735: position 9 of a vehicle's number."""
    total = 0
    for i in range(17):
        value = VIN_VALUES[signs[i]]
        if value < 0:
            return False
        total += VIN_WEIGHTS[i] * value
    check = total % 11
    return bool(signs[8] == (88 if check == 10 else check + 48))


@kernel
def iban(signs: Array, n: int) -> bool:
    """ISO 13616: length by country and MOD 97."""
    if n < 15 or not (65 <= signs[0] <= 90 and 65 <= signs[1] <= 90):
        return False
    if IBAN_LENGTHS[(to_int64(signs[0]) - 65) * 26 + to_int64(signs[1]) - 65] != n:
        return False
    rest = 0
    for i in range(n):
        sign = to_int64(signs[(i + 4) % n])
        rest = (rest * 10 + sign - 48) % 97 if sign < 58 else (rest * 100 + sign - 55) % 97
    return rest == 1


@inlined
def mobile(digits: Array) -> bool:
    """Eleven digits with a prefix given out to mobile telephones in China (virtual operators included)."""
    if digits[0] != 49:
        return False
    a, b = to_int64(digits[1]) - 48, to_int64(digits[2]) - 48
    if a in (3, 8):
        return True
    if a == 4:
        return b in (5, 7, 9) or bool(b == 0 and digits[3] == 48)
    if a in (5, 9):
        return b != 4
    if a == 6:
        return b in (2, 5, 6, 7) or bool(b == 1 and digits[3] == 48)
    return a == 7 and b != 9 and (b != 4 or bool(digits[3] == 48 and digits[4] < 54))


@kernel
def area_length(digits: Array) -> int:
    """How many digits, the 0 included, the area code at the beginning has; 0 where there is none."""
    if digits[0] != 48:
        return 0
    a, b, c = to_int64(digits[1]) - 48, to_int64(digits[2]) - 48, to_int64(digits[3]) - 48
    if a == 1:
        return 3 if b == 0 else 0
    if a == 2:
        return 3 if b != 6 else 0
    return 4 if a >= 3 and _area(a, b, c) else 0


@kernel
def _area(a: int, b: int, c: int) -> bool:
    """Whether 0abc was given out: by the second digit, which thirds are in use (bits 0 to 9)."""
    return bool((AREAS[a, b] >> c) & 1)


AREAS = np.zeros((10, 10), dtype=np.int64)
for _pair, _thirds in {
    "31": "0123456789", "33": "5", "34": "9", "35": "0123456789", "37": "0123456789", "39": "12345678", "41": "0123456789",
    "42": "179", "43": "123456789", "44": "0", "45": "123456789", "46": "4789", "47": "0123456789", "48": "23", "51": "0123456789",
    "52": "37", "53": "0123456789", "54": "36", "55": "0123456789", "56": "123456", "57": "0123456789", "58": "0", "59": "123456789",
    "63": "12345", "66": "02389", "69": "12", "70": "1", "71": "0123456789", "72": "248", "73": "0123456789", "74": "3456",
    "75": "0123456789", "76": "023689", "77": "0123456789", "79": "0123456789", "81": "23678", "82": "5678", "83": "0123456789",
    "85": "123456789", "87": "0123456789", "88": "3678", "89": "12345678", "90": "1236789", "91": "123456789", "93": "0123456789",
    "94": "13", "95": "12345", "97": "0123456789", "99": "0123456789",
}.items():  # fmt: skip
    AREAS[int(_pair[0]), int(_pair[1])] = sum(1 << int(c) for c in _thirds)


@kernel
def card_prefix(digits: Array, n: int) -> bool:
    """Whether cards of that length begin so: UnionPay, Visa, MasterCard, Amex, JCB, Diners, older Chinese debit cards."""
    two, four = number(digits, 0, 2), number(digits, 0, 4)
    if n == 15:
        return two in (34, 37)
    if n == 14:
        return two in (30, 36, 38, 39)
    if two == 62:
        return n >= 16
    if digits[0] == 52:
        return n in (13, 16)
    if n == 16:
        return (
            51 <= two <= 55
            or 2221 <= four <= 2720
            or 3528 <= four <= 3589
            or four in (6011, 9558)
            or 644 <= four // 10 <= 659
        )
    return n in (18, 19) and (number(digits, 0, 5) == 95588 or four in (6013, 6033, 6058, 6091, 9400))


@kernel
def born(digits: Array, n: int, regions: Array) -> int:
    """The year of birth in a citizen's number of 18 or 15 digits whose place and day exist; 0 otherwise."""
    place = number(digits, 0, 6)
    if not (regions[place] or (n == 18 and place in (810000, 820000, 830000, 710000))):
        return 0
    if n == 18:
        year, at = number(digits, 6, 10), 10
    else:
        year, at = 1900 + number(digits, 6, 8), 8
    return year if is_date(year, number(digits, at, at + 2), number(digits, at + 2, at + 4)) else 0
