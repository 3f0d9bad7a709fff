"""Runs of digits, and the chain of groups that may be one number."""

from __future__ import annotations

from gongyue.conduct.jit import inlined, kernel
from gongyue.conduct.scanning import checksums
from gongyue.conduct.scanning.characters import ALNUM, DIGIT, GAP, Array
from gongyue.conduct.scanning.entity_types import (
    BANK_CARD,
    CN_ID,
    CN_MOBILE,
    COUNT,
    DOCUMENT,
    LANDLINE,
    NEGATIVE,
    PHONE,
    PHONE_INTL,
    PLAUSIBLE,
    QQ,
    REJECTED,
    SHAPE,
    VALID,
)
from gongyue.conduct.scanning.groups import grouped, joined
from gongyue.conduct.scanning.id_numbers import TypeAndTier, judge
from gongyue.conduct.scanning.identifiers import run
from gongyue.conduct.scanning.lexicon import Forms
from gongyue.conduct.scanning.scan_buffer import ScanBuffer, add_candidate, label
from gongyue.conduct.scanning.telephones import country, extension

GROUPS = 8
LONGEST = 64
LABELS = (1 << COUNT) - 2 | (1 << PHONE) | (1 << DOCUMENT)
"""The bits of the types, and of telephones and documents of any."""


@inlined
def gather(page: ScanBuffer, klass: Array, at: int) -> tuple[int, int]:
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
def digits(page: ScanBuffer, tables: Forms, at: int, end: int) -> int:
    """The number that begins with the digits `at` to `end`; returns where to go on."""
    klass = tables.klass
    size = end - at
    if size > LONGEST:
        return end
    if klass[page.text[end]] & GAP and klass[page.text[end + 1]] & DIGIT and size <= 17:
        last = _chain(page, tables, at)
        if last > at:
            return last
    elif page.text[end] == 46 and size == 3 and _dotted(page, klass, at):
        return at + (13 if page.text[at] == 49 else 12)
    for i in range(size):
        page.digits[i] = page.text[at + i]
    if size >= 20:
        return _joined(page, tables, at, end)
    power = end
    if size == 1:
        size, power = _powered(page, klass, at)
    kind, tier = _judged(page, tables.regions, size, at, end)
    last = _tail(page, klass, end) if kind and power == end else power
    if last < 0:
        kind, tier, last = SHAPE, REJECTED, end
    if kind or size >= 8:
        begin = country(page, at) if kind in (CN_MOBILE, PHONE_INTL, LANDLINE) else at
        add_candidate(page, begin, last if kind != LANDLINE else extension(page, klass, last), kind, tier, size)
    return last


@inlined
def _judged(page: ScanBuffer, regions: Array, size: int, at: int, end: int) -> TypeAndTier:
    """(kind, tier) of a number, by what stands around it too."""
    if _speaks(page.text, at, end):
        return QQ, VALID
    kind, tier = judge(page, regions, size, at)
    if kind == SHAPE and size >= 16 and _after_card(page, at) and checksums.card_prefix(page.digits, size):
        return BANK_CARD, PLAUSIBLE
    return kind, tier


@inlined
def _after_card(page: ScanBuffer, at: int) -> bool:
    """Whether a card stands right before in a list: 6228480010561234013、6227000132085410776."""
    i = page.state[1] - 1
    if at < 2 or page.text[at - 1] != 0x3001 or not 0 <= i < len(page.finds):
        return False
    return bool(page.finds[i, 1] == at - 1 and page.finds[i, 2] == BANK_CARD)


@kernel
def _disabled(digits: Array, regions: Array) -> bool:
    """Whether twenty digits are the number of a certificate of disability: a citizen's, then kind (1 to 7) and degree (1 to 4)."""
    kind, degree = digits[18] - 48, digits[19] - 48
    return bool(
        1 <= kind <= 7
        and 1 <= degree <= 4
        and checksums.born(digits, 18, regions) > 0
        and checksums.mod11_2(digits[:18])
    )


@inlined
def _speaks(text: Array, at: int, end: int) -> bool:
    """Whether a number in brackets before a time of day is who speaks in a chat of QQ: 夜雨(2000000000) 22:01:45."""
    if not 5 <= end - at <= 11 or text[at] == 48 or text[at - (at > 0)] != 40 or text[end] != 41 or text[end + 1] != 32:
        return False
    i = end + 3 if text[end + 3] == 58 else end + 4
    return bool(48 <= text[end + 2] <= 57 and text[i] == 58 and text[i + 3] == 58 and 48 <= text[i + 5] <= 57)


@kernel
def _powered(page: ScanBuffer, klass: Array, at: int) -> tuple[int, int]:
    """A whole number that a table wrote as 1.3900000001E+10, no digit lost but a 0 at its end: (its digits, now in the page;
    where it ends), (1, the digit's end) where there is none. It is a line of its own, or stands after the label of a type."""
    text = page.text
    stop = run(page, klass, at + 2, DIGIT)
    places = stop - at - 2
    first = stop + 1 + (text[stop + 1] == 43)
    last = run(page, klass, first, DIGIT)
    if text[at + 1] != 46 or not 9 <= places <= 18 or text[stop] & 0xFFDF != 69 or last - first != 2:
        return 1, at + 1
    power = checksums.number(text, first, last)
    if power < places and text[last] == 10 and (at == 0 or text[at - 1] == 10):  # counted, as other fractions are
        add_candidate(page, at, last, SHAPE, REJECTED, power + 1)
    if not places <= power <= places + 1 or klass[text[last]] & ALNUM:
        return 1, at + 1
    alone = (at == 0 or text[at - 1] == 10) and text[last] == 10
    if not alone and not label(page, at) & LABELS:
        return 1, at + 1
    page.digits[power] = 48
    page.digits[0] = text[at]
    for i in range(places):
        page.digits[i + 1] = text[at + 2 + i]
    return power + 1, last


@inlined
def _tail(page: ScanBuffer, klass: Array, end: int) -> int:
    """Where a number ends that a table wrote as 13800138000.0; -1 if it is a decimal fraction."""
    text = page.text
    if text[end] != 46 or not klass[text[end + 1]] & DIGIT:
        return end
    last = run(page, klass, end + 1, DIGIT)
    if last == end + 2 and text[end + 1] == 48:
        return last
    return -1


@kernel
def _joined(page: ScanBuffer, tables: Forms, at: int, end: int) -> int:
    """Two identifiers that lost the gap between them; or one that says more after a citizen's number. The digits of both
    are the figure of each, so that a column of such is told from one of numbers as long of which a few can be parted."""
    if end - at < 22:
        disabled = end - at == 20 and _disabled(page.digits, tables.regions)
        add_candidate(
            page, at, end, CN_ID if disabled else SHAPE, VALID if disabled else REJECTED, 18 if disabled else end - at
        )
        return end
    cut = joined(page, tables.regions, end - at) if end - at <= 37 else 0
    if cut == 0:
        add_candidate(page, at, end, SHAPE, REJECTED, end - at)
        return end
    rest = end - at - cut
    add_candidate(page, at, at + cut, CN_MOBILE if cut == 11 else CN_ID, VALID, end - at)
    add_candidate(page, at + cut, end, CN_MOBILE if rest == 11 else CN_ID if rest == 18 else BANK_CARD, VALID, end - at)
    return end


@kernel
def _chain(page: ScanBuffer, tables: Forms, at: int) -> int:
    """Try the groups from `at` as one number, as many as fit; returns its end, `at` if none fits."""
    text, g = page.text, page.groups
    count, n = gather(page, tables.klass, at)
    if is_x(text, g[count - 1, 1]) and n >= 17:
        page.digits[n] = text[g[count - 1, 1]]
        if _grouped_x(page, tables, count, n):
            return int(g[count - 1, 1] + 1)
    for last in range(count, 1, -1):
        if last < count and tables.klass[text[g[last - 1, 1]]] & DIGIT:
            continue
        size = g[last - 1, 2] + g[last - 1, 1] - g[last - 1, 0]
        if size < 8 or size > 19:
            continue
        kind, tier = grouped(page, tables.regions, 0, last)
        if kind:
            begin = country(page, at) if kind in (CN_MOBILE, PHONE_INTL, LANDLINE) else at
            end = g[last - 1, 1]
            add_candidate(
                page, begin, extension(page, tables.klass, end) if kind == LANDLINE else end, kind, tier, size
            )
            return int(end)
    whole = g[count - 1, 2] + g[count - 1, 1] - g[count - 1, 0]
    last = g[count - 1, 1]
    alone = count == 2 and 10 <= whole <= 12 and (at == 0 or text[at - 1] == 10) and text[last] == 10
    if alone or (
        count == 3 and 9 <= whole <= 19
    ):  # counted, so that a column of such is told from one with a few that fit
        add_candidate(page, at, last, SHAPE, REJECTED, whole)
    return at


@inlined
def is_x(text: Array, at: int) -> bool:
    """Whether an X stands there that may be a check digit."""
    return text[at] in (88, 120)


@kernel
def _grouped_x(page: ScanBuffer, tables: Forms, count: int, n: int) -> bool:
    """A citizen's number in groups that ends in X."""
    g = page.groups
    if n != 17 or not checksums.born(page.digits[:18], 18, tables.regions) or not checksums.mod11_2(page.digits[:18]):
        return False
    add_candidate(page, g[0, 0], g[count - 1, 1] + 1, CN_ID, VALID, 18)
    return True


@kernel
def _dotted(page: ScanBuffer, klass: Array, at: int) -> bool:
    """138.0013.8000; 218.555.0164."""
    text = page.text
    if text[at] != 49:
        return _american(page, klass, at)
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
    if not checksums.mobile(page.digits):
        return False
    add_candidate(page, at, at + 13, CN_MOBILE, VALID, 11)
    return True


@kernel
def _american(page: ScanBuffer, klass: Array, at: int) -> bool:
    """Three digits, three, four, by stops: a number of North America."""
    text = page.text
    if text[at] < 50 or text[at + 4] < 50 or text[at + 7] != 46 or klass[text[at + 12]] & ALNUM or text[at + 12] == 46:
        return False
    for i in range(at, at + 12):
        if i not in (at + 3, at + 7) and not klass[text[i]] & DIGIT:
            return False
    if (at > 0 and text[at - 1] == 46) or label(page, at) & (1 << NEGATIVE):
        return False
    add_candidate(page, at, at + 12, PHONE_INTL, VALID, 10)
    return True
