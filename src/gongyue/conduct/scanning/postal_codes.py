"""Where postal codes of other countries may stand: SW1A 2AA, PA 41447, K1A 0B1, D02 XY45, 20457 Hamburg, Noida 201309.

Whether an address stands there is for the patterns of `addresses_en`, which are slow: only lines with such a place are tried.
"""

from __future__ import annotations

from gongyue.conduct.jit import entry_point, kernel, to_int64
from gongyue.conduct.scanning.characters import ALNUM, DIGIT, LETTER, LOWER, UPPER, Array


@entry_point
def posts(text: Array, klass: Array, words: Array, places: Array) -> int:
    """Write down where what has the form of a postal code begins; returns how many there are."""
    count = 0
    for place in words:
        at = to_int64(place)
        if text[at - 1] in (32, 45) and klass[text[at]] & (UPPER | DIGIT) and _code(text, klass, at):
            places[count] = at
            count += 1
    return count


@kernel
def _code(text: Array, klass: Array, at: int) -> bool:
    """Whether a postal code may begin at a capital or digit after a space or hyphen: see the module."""
    middle = _run(text, klass, at)
    letters, digits = _letters(text, klass, at, middle), middle - at
    digits -= letters
    last = text[at - 2] if at > 1 else 10
    if letters == 0 and digits == 6 and not (text[middle] in (32, 45) and klass[text[middle + 1]] & DIGIT):
        return bool(klass[last] & LOWER) or last in (32, 45)
    start = middle + 1 + (text[middle] == 44)
    end = _run(text, klass, start) if text[start - 1] in (32, 45) else start
    others = _letters(text, klass, start, end)
    size = end - start
    if letters == 0 and last == 44:  # , 20457 Hamburg; , 1015 CJ Amsterdam; , 00-590 Warszawa
        return 2 <= digits <= 5 and (size > 0 or bool(klass[text[start]] & UPPER))
    if letters == 0:  # Bengaluru 560 001; Tokyo 100-0014
        return bool(klass[last] & LOWER) and digits == 3 and size in (3, 4) and others == 0
    if digits == 0:  # PA 41447; NSW, 2649; ON M5J 2X2 is found by what follows
        return letters in (2, 3) and size in (4, 5) and others == 0
    if size in (3, 4):
        return digits + letters <= 4
    return digits + letters in (5, 6, 7) and letters > 2


@kernel
def _run(text: Array, klass: Array, at: int) -> int:
    """The end of the digits and capitals from `at`; `at` where small letters go on."""
    end = at
    while klass[text[end]] & (UPPER | DIGIT) and end - at < 8:
        end += 1
    return at if klass[text[end]] & ALNUM else end


@kernel
def _letters(text: Array, klass: Array, at: int, end: int) -> int:
    count = 0
    for i in range(at, end):
        count += klass[text[i]] & LETTER != 0
    return count
