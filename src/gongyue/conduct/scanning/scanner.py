"""Single pass over a block: tries every matcher that can start at a character."""

from __future__ import annotations

from gongyue.conduct.jit import entry_point, inlined, kernel, to_int64
from gongyue.conduct.scanning.characters import ALNUM, DIGIT, HEX, LETTER, Array
from gongyue.conduct.scanning.coordinates import coordinates
from gongyue.conduct.scanning.dates import date, worded
from gongyue.conduct.scanning.digits import digits
from gongyue.conduct.scanning.identifiers import STAR, email, masked, plate, run
from gongyue.conduct.scanning.lexicon import PLATE, SPOKEN, STOP, TOKEN, Forms
from gongyue.conduct.scanning.networks import hexes, ipv4
from gongyue.conduct.scanning.scan_buffer import ScanBuffer
from gongyue.conduct.scanning.telephones import bracketed, international, spoken_mobile
from gongyue.conduct.scanning.tokens import mixed
from gongyue.conduct.scanning.wechat import word


@entry_point
def run_matchers(page: ScanBuffer, tables: Forms, words: Array) -> None:
    """Find everything that its signs give away; names and places are others' work. Without `words` every sign is looked at."""
    at, place, text = 0, 0, page.text
    last = page.n if len(words) else 0
    while at < page.n:
        what = tables.opens[text[at]]
        if what == 0:
            while place < len(words) and words[place] <= at:
                place += 1
            at = to_int64(words[place]) if place < len(words) else max(at + 1, last)
        elif what == TOKEN:
            at = _token(page, tables, at)
        elif what == STOP:
            at = _stop(page, tables, at, text[at])
        elif what == PLATE:
            at = max(at + 1, plate(page, tables, at))
        elif what == SPOKEN:
            at = max(at + 1, spoken_mobile(page, at), worded(page, at))
        elif text[at + 2] == 0x5E74 or text[at - 1] == 0x56FD:  # 年, 国
            at = max(at + 1, worded(page, at))
        else:
            at += 1


@inlined
def _stop(page: ScanBuffer, tables: Forms, at: int, sign: int) -> int:
    text = page.text
    if sign == 64:
        return email(page, tables.klass, at, 1)
    if sign in (91, 40) and text[at + 1] | 32 == 97 and text[at + 2] | 32 == 116 and text[at + 3] in (93, 41):
        return email(page, tables.klass, at, 4)
    if sign == STAR:
        return masked(page, tables.klass, at)
    if sign == 43:
        return max(at + 1, international(page, tables, at))
    if sign == 40:
        return max(at + 1, bracketed(page, tables, at))
    return at + 1


@inlined
def _token(page: ScanBuffer, tables: Forms, at: int) -> int:
    text, klass = page.text, tables.klass
    end = run(page, klass, at, DIGIT)
    if end > at and not klass[text[end]] & LETTER:
        return _digits(page, tables, at, end)
    last = run(page, klass, end, ALNUM)
    if last - at == 8 and text[last] == 45 and _uuid(text, klass, at) > at:
        return at + 36
    if last - at <= 4 and text[last] in (58, 45, 46) and run(page, klass, at, HEX) == last:
        after = hexes(page, klass, at, last)
        if after > at:
            return after
    if text[at] in (69, 78, 83, 87) and text[last] in (46, 0xB0, 0x5EA6) and run(page, klass, at + 1, DIGIT) == last:
        return at + 1  # E116.3975
    if end == at:
        after = word(page, tables, at, last)
        if after > at:
            return after
        if run(page, klass, at, LETTER) == last:
            return last
    if text[last] == 64:
        return last
    return mixed(page, tables, at, last)


@kernel
def _uuid(text: Array, klass: Array, at: int) -> int:
    """The end of a UUID whose first eight signs stand at `at`, `at` if there is none: no number in it is one."""
    for i in range(8, 36):
        if i in (8, 13, 18, 23):
            if text[at + i] != 45:
                return at
        elif not klass[text[at + i]] & HEX:
            return at
    return at if klass[text[at + 36]] & ALNUM else at + 36


@inlined
def _digits(page: ScanBuffer, tables: Forms, at: int, end: int) -> int:
    text, klass = page.text, tables.klass
    before = text[at - 1] if at > 0 else 10
    if before == 46 and at > 1 and klass[text[at - 2]] & DIGIT:
        return end
    after = _short(page, klass, at, end)
    if after > at:
        return after
    if end - at == 8 and text[end] == 45 and _uuid(text, klass, at) > at:
        return at + 36
    if end - at <= 4 or end - at == 8:
        after = date(page, klass, at, end)
        if after > at:
            return after
    if text[end] == 64 or (end - at < 3 and text[end] not in (32, 45) and (end - at > 1 or text[end] != 46)):
        return end
    return digits(page, tables, at, end)


@inlined
def _short(page: ScanBuffer, klass: Array, at: int, end: int) -> int:
    """A few digits before a colon, hyphen, stop or degree: an address of a network, coordinates; `at` if it is neither."""
    sign, size = page.text[end], end - at
    if (sign == 58 and size <= 4) or (sign == 45 and size in (2, 4)) or (sign == 46 and size == 4):
        return hexes(page, klass, at, end)
    if size <= 3 and sign in (46, 0xB0, 0x5EA6):
        after = ipv4(page, klass, at)
        return after if after > at else coordinates(page, klass, at)
    return at
