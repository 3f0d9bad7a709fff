"""Addresses of networks: IPv4, IPv6, MAC."""

from __future__ import annotations

from gongyue.conduct.jit import kernel
from gongyue.conduct.scanning import checksums
from gongyue.conduct.scanning.characters import ALNUM, DIGIT, HEX, LETTER, LOWER, UPPER, Array
from gongyue.conduct.scanning.entity_types import (
    IPV4,
    IPV6,
    MAC,
    VALID,
    VERSION,
)
from gongyue.conduct.scanning.identifiers import run
from gongyue.conduct.scanning.scan_buffer import ScanBuffer, add_candidate, label, near


@kernel
def ipv4(page: ScanBuffer, klass: Array, at: int) -> int:
    """Four numbers up to 255; returns the end, `at` if there is none. A version is none, nor a mask, nor this machine.
    The figure is, in bytes: the first number, the larger of those in the middle, the largest of all."""
    text = page.text
    i, biggest, first, middle = at, 0, 0, 0
    for part in range(4):
        end = run(page, klass, i, DIGIT)
        if not 1 <= end - i <= 3 or (end - i > 1 and text[i] == 48) or (part < 3 and text[end] != 46):
            return at
        value = checksums.number(text, i, end)
        if value > 255:
            return at
        first = value if part == 0 else first
        biggest = max(biggest, value)
        middle = max(middle, value) if 0 < part < 3 else middle
        i = end + (part < 3)
    if (
        (text[i] == 46 and klass[text[i + 1]] & DIGIT)
        or klass[text[i]] & LETTER
        or (at > 0 and text[at - 1] in (46, 95))
    ):
        return at
    software = biggest < 32 and first != 10 and at > 1 and text[at - 1] == 32 and klass[text[at - 2]] & LETTER != 0
    bits = label(page, at)
    versioned = bits & (1 << VERSION) != 0 or (biggest < 100 and near(page, at) & (1 << VERSION) != 0)
    if (biggest < 10 or software or versioned) and not bits & (1 << IPV4):
        return at
    if first in (0, 255) or _here(text, at) or (text[i] == 47 and klass[text[i + 1]] & DIGIT):
        return at
    add_candidate(page, at, i, IPV4, VALID, (first << 16) | (middle << 8) | biggest)
    return i


@kernel
def _here(text: Array, at: int) -> bool:
    """127.0.0.x: this machine."""
    return bool(
        text[at] == 49 and text[at + 1] == 50 and text[at + 2] == 55 and text[at + 4] == 48 and text[at + 6] == 48
    )


@kernel
def hexes(page: ScanBuffer, klass: Array, at: int, end: int) -> int:
    """A MAC or IPv6 address whose first group is `at` to `end`; returns the end, `at` if there is none."""
    joint = page.text[end]
    if end - at == 2 and joint in (58, 45):
        last = _mac(page, klass, at, joint)
        if last > at:
            return last
    if end - at == 4 and joint in (45, 46):
        return _mac_of_fours(page, klass, at, joint)
    return _ipv6(page, klass, at) if joint == 58 else at


@kernel
def _mac(page: ScanBuffer, klass: Array, at: int, joint: int) -> int:
    i = at
    for part in range(6):
        if run(page, klass, i, HEX) - i != 2 or run(page, klass, i, ALNUM) - i != 2:
            return at
        i += 2
        if part < 5:
            if page.text[i] != joint:
                return at
            i += 1
    if page.text[i] == joint and klass[page.text[i + 1]] & HEX:
        return at
    add_candidate(page, at, i, MAC, VALID, 0)
    return i


@kernel
def _mac_of_fours(page: ScanBuffer, klass: Array, at: int, joint: int) -> int:
    """0012.34ab.cdef; 0012-34ab-cdef, as some switches print it, in small letters: a licence's key is in capitals."""
    text, letters = page.text, 0
    for part in range(3):
        i = at + 5 * part
        if (
            run(page, klass, i, HEX) - i != 4
            or run(page, klass, i, ALNUM) - i != 4
            or (part < 2 and text[i + 4] != joint)
        ):
            return at
        for j in range(i, i + 4):
            letters += klass[text[j]] & LOWER > 0
            if joint == 45 and klass[text[j]] & UPPER:
                return at
    if joint == 45 and (letters == 0 or text[at + 14] == 45 or (at > 0 and text[at - 1] == 45)):
        return at
    add_candidate(page, at, at + 14, MAC, VALID, 0)
    return at + 14


@kernel
def _ipv6(page: ScanBuffer, klass: Array, at: int) -> int:
    text = page.text
    i, groups, gaps, digits = at, 0, 0, 0
    while groups <= 8 and gaps <= 1:
        end = run(page, klass, i, HEX)
        if end - i > 4 or (end == i and (text[i - 1] != 58 or text[i - 2] != 58)):
            break
        groups += end > i
        for j in range(i, end):
            digits += text[j] < 58
        i = end
        if text[i] != 58:
            break
        if text[i + 1] == 58:
            gaps += 1
            i += 1
        elif not klass[text[i + 1]] & HEX:
            break
        i += 1
    if klass[text[i]] & ALNUM or gaps > 1 or digits == 0:
        return at
    if groups == 8 and gaps == 0 or (gaps == 1 and 2 <= groups <= 7 and i - at >= 6):
        add_candidate(page, at, i, IPV6, VALID, 0)
        return i
    return at
