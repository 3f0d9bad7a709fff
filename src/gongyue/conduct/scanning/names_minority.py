"""Names of Tibetans, Mongols and Uyghurs as they stand in Chinese text: no surname begins them, but few elements make most."""

from __future__ import annotations

from gongyue.conduct.jit import entry_point, inlined
from gongyue.conduct.scanning.characters import HAN
from gongyue.conduct.scanning.entity_types import ELEMENT, NATIVE, PERSON, VALID
from gongyue.conduct.scanning.lexicon import Words
from gongyue.conduct.scanning.name_context_zh import LISTED, MET, STOPPED, speaks_after, speaks_before
from gongyue.conduct.scanning.scan_buffer import ScanBuffer, add_candidate

THEIRS = (1 << ELEMENT) | (1 << NATIVE)


@entry_point
def peoples(page: ScanBuffer, tables: Words) -> None:
    """Find them: two elements together (扎西多吉), or one that what stands beside it calls a person, alone in its field."""
    cue = 0
    while cue < page.cue_n:
        start, end, bits = page.cues[cue, 0], page.cues[cue, 1], page.cues[cue, 2]
        cue += 1
        if not bits & THEIRS:
            continue
        first = cue
        while cue < page.cue_n and page.cues[cue, 0] == end and page.cues[cue, 2] & THEIRS:
            end = page.cues[cue, 1]
            cue += 1
        whole = bits & (1 << NATIVE) != 0 and cue == first
        page.state[0] = first - 2
        before = speaks_before(page, tables, start)
        page.state[0] = cue - 1
        after = speaks_after(page, tables, end)
        if after >= 0 and (cue > first or _alone(page, tables, start, end, before, after, whole)):
            add_candidate(page, start, end, PERSON, VALID, 0)


@inlined
def _alone(page: ScanBuffer, tables: Words, start: int, end: int, before: int, after: int, whole: bool) -> bool:
    """Whether one element is a name by itself: labelled, in a list, after a verb that asks for one; a whole name also between stops."""
    apart = start == 0 or not tables.klass[page.text[start - 1]] & HAN
    if before >= LISTED // 2:
        return whole or not tables.klass[page.text[end]] & HAN or after > STOPPED
    return whole and (end - start > 2 or before >= MET or (apart and after > 0))
