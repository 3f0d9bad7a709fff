"""Tokens of letters and digits: codes, documents, numbers written with letters."""

from __future__ import annotations

from gongyue.conduct.compiling import inlined, kernel, wide
from gongyue.conduct.scanning import checks
from gongyue.conduct.scanning.digits import LONGEST, digits, is_x
from gongyue.conduct.scanning.kinds import (
    CN_ID,
    DOB,
    DOCUMENT,
    FOREIGNER_ID,
    HKM_PERMIT,
    IBAN,
    IMEI,
    MAC,
    MEETS,
    NEGATIVE,
    PASSPORT,
    PERSON,
    PLAUSIBLE,
    REJECTED,
    ROLE,
    SHAPE,
    SOCIAL_SEC,
    TITLE,
    TW_PERMIT,
    USCC,
    VALID,
    VIN,
    WECHAT,
)
from gongyue.conduct.scanning.lexicon import Forms
from gongyue.conduct.scanning.marks import run
from gongyue.conduct.scanning.numbers import code
from gongyue.conduct.scanning.page import Page, following, found, label, last_cue, near, told
from gongyue.conduct.scanning.signs import ALNUM, DIGIT, HAN, HEX, LETTER, LOWER, UPPER, Array

SPEAKERS = (1 << PERSON) | (1 << ROLE) | (1 << TITLE) | (1 << MEETS)
"""Labels that say who speaks, or of whom."""
DOCUMENTS = (1 << PASSPORT) | (1 << HKM_PERMIT) | (1 << TW_PERMIT) | (1 << DOCUMENT) | (1 << SOCIAL_SEC)


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
    if size == 19 and klass[text[at]] & LETTER and _pupil(page, tables, at + 1):
        found(page, at + 1, end, CN_ID, VALID, 18)
        return end
    if size == 18 and run(page, klass, at, DIGIT) == end - 1 and is_x(text, end - 1):
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
def _pupil(page: Page, tables: Forms, at: int) -> bool:
    """Whether a citizen's number follows the letter of a pupil's: G140105201209182829."""
    for i in range(18):
        sign = page.text[at + i]
        if not tables.klass[sign] & DIGIT and not (i == 17 and is_x(page.text, at + i)):
            return False
        page.digits[i] = sign
    return checks.born(page.digits, 18, tables.regions) > 0 and checks.mod11_2(page.digits)


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
        if size >= 6 and (bits & (1 << WECHAT) or _asked_for(page, klass, at)):
            return WECHAT, VALID
        if _social(page, klass, bits, at, end):
            return SOCIAL_SEC, PLAUSIBLE
        if not bits & (1 << SOCIAL_SEC):
            kind, tier = _document(page, tables, at, end, bits)
            if kind:
                return kind, tier
    return _labelled(page, klass, bits, at, end)


@inlined
def _social(page: Page, klass: Array, bits: int, at: int, end: int) -> bool:
    """A letter and eight digits on a line that speaks of a card of social security and of no other document."""
    if end - at != 9 or bits & DOCUMENTS or run(page, klass, at + 1, DIGIT) != end:
        return False
    return near(page, at) & DOCUMENTS == 1 << SOCIAL_SEC


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
    return _travel(page, klass, bits, at, end)


@inlined
def _travel(page: Page, klass: Array, bits: int, at: int, end: int) -> tuple[int, int]:
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
def _numbered(page: Page, klass: Array, at: int, end: int) -> bool:
    """Whether most signs of a token are digits."""
    count = 0
    for i in range(at, end):
        count += klass[page.text[i]] & DIGIT > 0
    return 2 * count > end - at


@kernel
def _vehicle(page: Page, klass: Array, bits: int, at: int) -> tuple[int, int]:
    """A VIN: letters and digits, no I O Q, two digits last; position 9 checked; in small letters where it stands alone on a line."""
    for i in range(17):
        if page.digits[i] in (73, 79, 81):
            return SHAPE, REJECTED
    if not klass[page.digits[0]] & (UPPER | DIGIT) or page.digits[15] > 57 or page.digits[16] > 57:
        return SHAPE, REJECTED
    written = klass[page.text[at]] & (UPPER | DIGIT) or (
        (at == 0 or page.text[at - 1] == 10) and page.text[at + 17] == 10
    )
    if checks.vin(page.digits) and written and not bits & (1 << NEGATIVE):
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
    permit = first in (72, 77) and ((letters == 1 and size in (9, 11)) or (letters == 2 and second == 65 and size == 9))
    homeward = wide & ((1 << HKM_PERMIT) | (1 << DOCUMENT)) or _told_after(page, end, 1 << HKM_PERMIT)
    if numeric and homeward and (permit or (first == 67 and size == 9)):
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
            or checks.is_date(
                1900 + checks.number(page.digits, 7, 9),
                checks.number(page.digits, 9, 11),
                checks.number(page.digits, 11, 13),
            )
        )
    ):
        return FOREIGNER_ID, VALID if bits & ((1 << FOREIGNER_ID) | (1 << DOCUMENT)) else PLAUSIBLE
    return SHAPE, REJECTED


@inlined
def _travels(page: Page, at: int, end: int, bits: int, wide: int) -> int:
    """The tier of what has a passport's form: by its cue beside it, or of ours by one anywhere before it in the text."""
    if wide & ((1 << PASSPORT) | (1 << DOCUMENT)) or _told_after(page, end, 1 << PASSPORT):
        return VALID
    if _dated(page, at):
        return PLAUSIBLE
    ours = page.digits[0] in (69, 71) and end - at == 9 and not bits & ~SPEAKERS and page.default == 0
    return PLAUSIBLE if ours and told(page, at, 1 << PASSPORT) else REJECTED


@inlined
def _dated(page: Page, at: int) -> bool:
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
def _told_after(page: Page, end: int, bits: int) -> bool:
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


@inlined
def _asked_for(page: Page, klass: Array, at: int) -> bool:
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
def _passed_on(page: Page, klass: Array, at: int, end: int) -> bool:
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
    asked = last > end and (_asked_for(page, klass, at) or _passed_on(page, klass, at, last))
    if 6 <= last - at <= 20 and (asked or label(page, at) & (1 << WECHAT)):
        found(page, at, last, WECHAT, VALID, last - at)
        return last
    return at
