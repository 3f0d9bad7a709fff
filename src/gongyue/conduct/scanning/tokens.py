"""Tokens of letters and digits: codes, documents, numbers written with letters; and the chain of groups a number may be."""

from __future__ import annotations

from gongyue.conduct.scanning import checks
from gongyue.conduct.scanning.compiling import inlined, kernel, wide
from gongyue.conduct.scanning.kinds import (
    BANK_CARD,
    CN_ID,
    CN_MOBILE,
    DOCUMENT,
    FOREIGNER_ID,
    HKM_PERMIT,
    IBAN,
    IMEI,
    LANDLINE,
    MAC,
    NEGATIVE,
    PASSPORT,
    PHONE_INTL,
    PLAUSIBLE,
    REJECTED,
    SHAPE,
    SOCIAL_SEC,
    TW_PERMIT,
    USCC,
    VALID,
    VIN,
    WECHAT,
)
from gongyue.conduct.scanning.lexicon import Forms
from gongyue.conduct.scanning.marks import run
from gongyue.conduct.scanning.numbers import code, grouped, joined, judge
from gongyue.conduct.scanning.page import Page, found, label, last_cue, near
from gongyue.conduct.scanning.signs import ALNUM, DIGIT, GAP, HEX, LETTER, LOWER, UPPER, Array

GROUPS = 8
LONGEST = 64


@inlined
def gather(page: Page, klass: Array, at: int) -> tuple[int, int]:
    """Read the groups of digits from `at`, one gap between two; returns (how many groups, digits of all)."""
    text, g = page.text, page.groups
    count, n, i = 0, 0, at
    while count < GROUPS:
        end = i
        while klass[text[end]] & DIGIT and n < LONGEST:
            page.digits[n] = text[end]
            n += 1
            end += 1
        g[count, 0], g[count, 1], g[count, 2] = i, end, n - (end - i)
        count += 1
        if not (klass[text[end]] & GAP and klass[text[end + 1]] & DIGIT):
            break
        i = end + 1
    return count, n


@inlined
def digits(page: Page, tables: Forms, at: int, end: int) -> int:
    """The number that begins with the digits `at` to `end`; returns where to go on."""
    klass = tables.klass
    size = end - at
    if size > LONGEST:
        return end
    if klass[page.text[end]] & GAP and klass[page.text[end + 1]] & DIGIT and size <= 12:
        last = _chain(page, tables, at)
        if last > at:
            return last
    elif page.text[end] == 46 and size == 3 and _dotted(page, klass, at):
        return at + 13
    for i in range(size):
        page.digits[i] = page.text[at + i]
    if size >= 22:
        return _joined(page, tables, at, end)
    kind, tier = judge(page, tables.regions, size, at)
    last = _tail(page, klass, end) if kind else end
    if last < 0:
        kind, tier, last = SHAPE, REJECTED, end
    if kind or size >= 8:
        begin = _country(page, at) if kind in (CN_MOBILE, PHONE_INTL, LANDLINE) else at
        found(page, begin, last if kind != LANDLINE else _extension(page, klass, last), kind, tier, size)
    return last


@inlined
def _tail(page: Page, klass: Array, end: int) -> int:
    """Where a number ends that a table wrote as 13800138000.0; -1 if it is a decimal fraction."""
    text = page.text
    if text[end] != 46 or not klass[text[end + 1]] & DIGIT:
        return end
    last = run(page, klass, end + 1, DIGIT)
    if last == end + 2 and text[end + 1] == 48:
        return last
    return -1


@kernel
def _joined(page: Page, tables: Forms, at: int, end: int) -> int:
    """Two identifiers that lost the gap between them."""
    cut = joined(page, tables.regions, end - at) if end - at <= 37 else 0
    if cut == 0:
        return end
    rest = end - at - cut
    found(page, at, at + cut, CN_MOBILE if cut == 11 else CN_ID, VALID, cut)
    found(page, at + cut, end, CN_MOBILE if rest == 11 else CN_ID if rest == 18 else BANK_CARD, VALID, rest)
    return end


@kernel
def _chain(page: Page, tables: Forms, at: int) -> int:
    """Try the groups from `at` as one number, as many as fit; returns its end, `at` if none fits."""
    text, g = page.text, page.groups
    count, n = gather(page, tables.klass, at)
    if klass_x(text, g[count - 1, 1]) and n >= 17:
        page.digits[n] = text[g[count - 1, 1]]
        if _grouped_x(page, tables, count, n):
            return int(g[count - 1, 1] + 1)
    for last in range(count, 1, -1):
        if last < count and tables.klass[text[g[last - 1, 1]]] & DIGIT:
            continue
        size = g[last - 1, 2] + g[last - 1, 1] - g[last - 1, 0]
        if size < 9 or size > 19:
            continue
        kind, tier = grouped(page, tables.regions, 0, last)
        if kind:
            begin = _country(page, at) if kind in (CN_MOBILE, PHONE_INTL, LANDLINE) else at
            end = g[last - 1, 1]
            found(page, begin, _extension(page, tables.klass, end) if kind == LANDLINE else end, kind, tier, size)
            return int(end)
    return at


@inlined
def klass_x(text: Array, at: int) -> bool:
    """Whether an X stands there that may be a check digit."""
    return text[at] in (88, 120)


@kernel
def _grouped_x(page: Page, tables: Forms, count: int, n: int) -> bool:
    """A citizen's number in groups that ends in X."""
    g = page.groups
    if n != 17 or not checks.born(page.digits[:18], 18, tables.regions) or not checks.mod11_2(page.digits[:18]):
        return False
    found(page, g[0, 0], g[count - 1, 1] + 1, CN_ID, VALID, 18)
    return True


@kernel
def _dotted(page: Page, klass: Array, at: int) -> bool:
    """138.0013.8000."""
    text = page.text
    if text[at + 8] != 46 or klass[text[at + 13]] & (ALNUM):
        return False
    n = 0
    for i in range(at, at + 13):
        if i in (at + 3, at + 8):
            continue
        if not klass[text[i]] & DIGIT:
            return False
        page.digits[n] = text[i]
        n += 1
    if not checks.mobile(page.digits):
        return False
    found(page, at, at + 13, CN_MOBILE, VALID, 11)
    return True


@inlined
def _country(page: Page, at: int) -> int:
    """Where a telephone number begins, its +86, (+86), (010) or +1 included."""
    text = page.text
    i = at
    while i > 0 and at - i < 3 and text[i - 1] in (32, 45, 41):
        i -= 1
    j = i
    while j > 0 and i - j < 4 and 48 <= text[j - 1] <= 57:
        j -= 1
    if j > 0 and text[j - 1] == 43 and j < i:
        j -= 1
    elif not (i - j in (2, 4) and text[i - 1] == 54 and text[i - 2] == 56 and (i - j == 2 or text[j] == 48)):
        return at
    return j - 1 if j > 0 and text[j - 1] == 40 else j


@inlined
def _extension(page: Page, klass: Array, end: int) -> int:
    """Where a landline ends, its extension included: -801, 转801."""
    text = page.text
    if text[end] in (45, 0x8F6C):
        last = run(page, klass, end + 1, DIGIT)
        if 1 <= last - end - 1 <= 5:
            return last
    return end


@kernel
def bracketed(page: Page, tables: Forms, at: int) -> int:
    """A number whose area code stands in brackets at `at`: (010) 12345678, (748) 415-6939; returns the end or `at`."""
    text, klass = page.text, tables.klass
    end = run(page, klass, at + 1, DIGIT)
    if not 3 <= end - at - 1 <= 4 or text[end] != 41:
        return at
    n = 0
    for i in range(at + 1, end):
        page.digits[n] = text[i]
        n += 1
    area = n
    i = end + 1 + (text[end + 1] in (32, 45))
    last = i
    while n < 12 and (
        klass[text[last]] & DIGIT or (klass[text[last]] & GAP and klass[text[last + 1]] & DIGIT and n > area)
    ):
        if klass[text[last]] & DIGIT:
            page.digits[n] = text[last]
            n += 1
        last += 1
    if klass[text[last]] & ALNUM:
        return at
    if checks.area_length(page.digits) == area and 7 <= n - area <= 8:
        last = _extension(page, klass, last)
        found(page, at, last, LANDLINE, VALID, n)
        return last
    if n == 10 and area == 3 and page.digits[0] >= 50 and page.digits[3] >= 50:
        found(page, _country(page, at), last, PHONE_INTL, VALID, n)
        return last
    return at


@kernel
def international(page: Page, tables: Forms, at: int) -> int:
    """A number with its country at the + at `at`, China's left to others; returns the end, `at` if there is none."""
    text, klass = page.text, tables.klass
    if at > 0 and klass[text[at - 1]] & ALNUM:
        return at
    n, i = 0, at + 1
    while n < 16 and (klass[text[i]] & DIGIT or (text[i] in (32, 45, 40, 41, 46) and n > 0)):
        if klass[text[i]] & DIGIT:
            page.digits[n] = text[i]
            n += 1
        elif not (klass[text[i + 1]] & DIGIT or text[i + 1] in (40, 32)):
            break
        i += 1
    while text[i - 1] in (32, 45, 40, 41, 46):
        i -= 1
    if not 8 <= n <= 15 or page.digits[0] == 48 or klass[text[i]] & ALNUM:
        return at
    if page.digits[0] == 56 and page.digits[1] == 54:
        return _chinese(page, at, i, n)
    found(page, at, i, PHONE_INTL, VALID, n)
    return i


@kernel
def _chinese(page: Page, at: int, end: int, n: int) -> int:
    """+86: a mobile number, or an area code without its 0."""
    start = at - 1 if at > 0 and page.text[at - 1] == 40 else at
    if n == 13 and checks.mobile(page.digits[2:13]):
        found(page, start, end, CN_MOBILE, VALID, 11)
        return end
    if n in (11, 12, 13) and page.digits[2] != 49:
        found(page, start, end, LANDLINE, VALID, n)
        return end
    if n in (12, 13) and page.digits[2] == 49 and page.digits[3] == 48:
        found(page, start, end, LANDLINE, VALID, n)
        return end
    return at


@inlined
def mixed(page: Page, tables: Forms, at: int, end: int) -> int:
    """A token of letters and digits from `at` to `end`; returns where to go on."""
    text, klass, size = page.text, tables.klass, end - at
    cue = last_cue(page, end)
    if (
        cue >= 0
        and at < page.cues[cue, 1] < end
        and page.cues[cue, 0] >= at - 12
        and klass[text[page.cues[cue, 1]]] & DIGIT
    ):
        start = int(page.cues[cue, 1])
        last = run(page, klass, start, DIGIT)
        if last == end or (end - start == 18 and last == end - 1):
            return digits(page, tables, start, end) if last == end else mixed_from(page, tables, start, end)
    if size == 18 and run(page, klass, at, DIGIT) == end - 1 and klass_x(text, end - 1):
        return mixed_from(page, tables, at, end)
    if size <= LONGEST:
        kind, tier = _named(page, tables, at, end)
        if kind:
            lead = int(text[at]) * 128 + int(text[at + 1]) if klass[text[at + 1]] & LETTER else int(text[at]) * 128
            found(page, at, end, kind, tier, size if tier else lead)
            return end
        last = _iban(page, klass, at)
        if last > at:
            return last
    found(page, at, end, SHAPE, REJECTED, size)
    return end


@kernel
def mixed_from(page: Page, tables: Forms, at: int, end: int) -> int:
    """Seventeen digits and an X."""
    for i in range(18):
        page.digits[i] = page.text[at + i]
    if checks.born(page.digits, 18, tables.regions):
        good = checks.mod11_2(page.digits)
        bits = label(page, at)
        if good or not bits & (1 << NEGATIVE):
            found(page, at, end, CN_ID, VALID if good else PLAUSIBLE, 18)
            return end
    elif (
        page.digits[0] == 57
        and checks.mod11_2(page.digits)
        and checks.is_date(
            checks.number(page.digits, 6, 10), checks.number(page.digits, 10, 12), checks.number(page.digits, 12, 14)
        )
    ):
        found(page, at, end, FOREIGNER_ID, VALID, 18)
        return end
    elif code(page.digits, tables.regions):
        found(page, at, end, USCC, VALID, 18)
        return end
    elif label(page, at) & ((1 << CN_ID) | (1 << DOCUMENT)):
        found(page, at, end, CN_ID, PLAUSIBLE, 18)
        return end
    found(page, at, end, SHAPE, REJECTED, 18)
    return end


@inlined
def _named(page: Page, tables: Forms, at: int, end: int) -> tuple[int, int]:
    """(kind, tier) of a token by its form, its check and its label."""
    text, klass, size = page.text, tables.klass, end - at
    bits = label(page, at)
    for i in range(size):
        sign = text[at + i]
        page.digits[i] = sign - 32 if klass[sign] & LOWER else sign
    if size == 18 and code(page.digits, tables.regions):
        return USCC, VALID
    if size == 17:
        kind, tier = _vehicle(page, klass, bits, at)
        if kind:
            return kind, tier
    if klass[text[at]] & LETTER:
        if bits & (1 << WECHAT) and size >= 6:
            return WECHAT, VALID
        if not bits & (1 << SOCIAL_SEC):
            kind, tier = _document(page, tables, at, end, bits)
            if kind:
                return kind, tier
    return _labelled(page, klass, bits, at, end)


@kernel
def _labelled(page: Page, klass: Array, bits: int, at: int, end: int) -> tuple[int, int]:
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
    return SHAPE, REJECTED


@kernel
def _vehicle(page: Page, klass: Array, bits: int, at: int) -> tuple[int, int]:
    """A VIN: letters and digits, no I O Q, four digits last; position 9 checked."""
    for i in range(17):
        if page.digits[i] in (73, 79, 81):
            return SHAPE, REJECTED
    if not klass[page.digits[0]] & (UPPER | DIGIT) or page.digits[15] > 57 or page.digits[16] > 57:
        return SHAPE, REJECTED
    if checks.vin(page.digits) and klass[page.text[at]] & (UPPER | DIGIT) and not bits & (1 << NEGATIVE):
        return VIN, VALID
    return (VIN, PLAUSIBLE) if bits & (1 << VIN) else (SHAPE, REJECTED)


@kernel
def _document(page: Page, tables: Forms, at: int, end: int, bits: int) -> tuple[int, int]:
    """Travel documents: a letter or two and digits; without a check they need their cue on the line."""
    text, klass, size = page.text, tables.klass, end - at
    if not klass[text[at]] & UPPER and not bits:
        return SHAPE, REJECTED
    letters = run(page, klass, at, LETTER) - at
    numeric = run(page, klass, at + letters, DIGIT) == end
    first, second = page.digits[0], page.digits[1]
    wide = near(page, at) if size <= 15 else 0
    permit = (letters == 1 and first in (72, 77) and size in (9, 11)) or (letters == 2 and second == 65 and size == 9)
    if numeric and wide & ((1 << HKM_PERMIT) | (1 << DOCUMENT)) and (permit or (first == 67 and size == 9)):
        return HKM_PERMIT, VALID
    if numeric and passport(page.digits, letters, size):
        if wide & ((1 << PASSPORT) | (1 << DOCUMENT)):
            return PASSPORT, VALID
        return (PASSPORT, REJECTED) if not permit else (HKM_PERMIT, REJECTED)
    if numeric and permit:
        return HKM_PERMIT, REJECTED
    if bits & (1 << PASSPORT) and 7 <= size <= 10:
        return PASSPORT, PLAUSIBLE
    if (
        numeric
        and letters == 3
        and size == 15
        and checks.is_date(
            1900 + checks.number(page.digits, 7, 9),
            checks.number(page.digits, 9, 11),
            checks.number(page.digits, 11, 13),
        )
    ):
        return FOREIGNER_ID, VALID if bits & ((1 << FOREIGNER_ID) | (1 << DOCUMENT)) else PLAUSIBLE
    return SHAPE, REJECTED


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


@kernel
def _iban(page: Page, klass: Array, at: int) -> int:
    """An IBAN, its groups of four too; returns the end, `at` if there is none."""
    text = page.text
    if not (
        klass[text[at]] & UPPER
        and klass[text[at + 1]] & UPPER
        and klass[text[at + 2]] & DIGIT
        and klass[text[at + 3]] & DIGIT
    ):
        return at
    length = checks.IBAN_LENGTHS[(wide(text[at]) - 65) * 26 + wide(text[at + 1]) - 65]
    if length == 0:
        return at
    n, i = 0, at
    while n < length:
        if klass[text[i]] & (DIGIT | UPPER):
            page.digits[n] = text[i]
            n += 1
        elif not (text[i] in (32, 45) and n % 4 == 0 and n > 0):
            return at
        i += 1
    if klass[text[i]] & ALNUM or not checks.iban(page.digits, n):
        return at
    found(page, at, i, IBAN, VALID, n)
    return i


@kernel
def word(page: Page, tables: Forms, at: int, end: int) -> int:
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
        found(page, at, last, WECHAT, VALID, last - at)
        return last
    if 6 <= last - at <= 20 and label(page, at) & (1 << WECHAT):
        found(page, at, last, WECHAT, VALID, last - at)
        return last
    return at
