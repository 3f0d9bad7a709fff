"""What tells that a day is one of birth: a label before it, 生 or born after it, a sex before it."""

from __future__ import annotations

from gongyue.conduct.jit import inlined, kernel
from gongyue.conduct.scanning.characters import DIGIT, Array, among, char_set
from gongyue.conduct.scanning.entity_types import BORN, CONNECT, DOB, PERSON, ROLE, TITLE
from gongyue.conduct.scanning.scan_buffer import ScanBuffer, last_trigger

TOLD = 16
"""How near a label of births stands before, at most, where other words are between."""
_GROWING = char_set("产效成活病长变意气育火前")
"""After 生: nobody is born."""
_HOURS = char_set("0123456789: 时分许上下午凌晨晚")
FIELDS, _LEADS, _STARTS = char_set("\t\n,/|、"), char_set(" \t,/|、"), char_set(" \t\n,/|、(")
"""What parts a birthday from what follows, from a sex before, and that sex from what stands before it."""


@kernel
def told_before(page: ScanBuffer, klass: Array, at: int) -> bool:
    """Whether a label of births stands before on the line, a few words between: date of birth of witness: 14.06.1989."""
    cue = last_trigger(page, at)
    passed = (1 << PERSON) | (1 << ROLE) | (1 << TITLE) | (1 << CONNECT)
    while cue >= 0 and at - page.cues[cue, 1] <= TOLD and page.cues[cue, 2] & passed:
        cue -= 1
    if cue < 0 or at - page.cues[cue, 1] > TOLD or not page.cues[cue, 2] & (1 << DOB):
        return False
    for i in range(page.cues[cue, 1], at):  # noqa: SIM110 (a kernel has no generators)
        if page.text[i] in (10, 0x3002, 0x2C, 0x3B) or klass[page.text[i]] & DIGIT:
            return False
    return True


@inlined
def after_sex(page: ScanBuffer, at: int) -> bool:
    """Whether 男, 女, M or F stands before, by itself, as courts and forms introduce people: 张某，女，1980年2月1日生."""
    text = page.text
    i = at
    while i > 2 and at - i < 8 and among(text[i - 1], _LEADS):
        i -= 1
    sex = i < at and i > 1 and text[i - 1] in (0x7537, 0x5973, 70, 77)
    return sex and among(text[i - 2], _STARTS)


@kernel
def born_after(page: ScanBuffer, at: int) -> bool:
    """Whether 生, 出生 or born follows, after the time of day too; 生效, 生产 and the like are no birth."""
    i = _time(page, at)
    if page.text[i] == 32:
        i += 1
    if page.text[i] == 0x751F and among(page.text[i + 1], _GROWING):
        return False
    cue = page.state[0]
    while cue + 1 < page.cue_n and cue - page.state[0] < 6:
        cue += 1
        if page.cues[cue, 0] >= i:
            return bool(page.cues[cue, 0] == i and page.cues[cue, 2] & ((1 << BORN) | (1 << DOB)) != 0)
    return False


@inlined
def _time(page: ScanBuffer, at: int) -> int:
    """The end of a time of day after a date (2023-11-02 03:47出生), `at` if there is none."""
    text, i, digits = page.text, at, 0
    while i - at < 14 and among(text[i], _HOURS):
        digits += text[i] != 32
        i += 1
    return i if digits >= 3 else at
