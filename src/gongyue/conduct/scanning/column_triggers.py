"""What the name of a column says about its cells: the last cue in it counts, as heads of names come last."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from gongyue.conduct.scanning import entity_types
from gongyue.conduct.scanning.bigram_filter import match_starts
from gongyue.conduct.scanning.lexicon import tables
from gongyue.conduct.scanning.scan_buffer import BufferPool
from gongyue.conduct.scanning.trigger_words import find_triggers
from gongyue.conduct.scanning.wordlists import column_words

AGAINST = (1 << entity_types.NEGATIVE) | (1 << entity_types.VERSION)
"""What a column can be called that speaks against identifiers; never told to the kernels, values decide."""
TYPES = (1 << entity_types.COUNT) - 2
"""The bits of the types."""
SILENT = (1 << entity_types.CONNECT) | (1 << entity_types.REGION) | (1 << entity_types.PLACE) | (1 << entity_types.ROLE)
"""Cues that say nothing in a column's name."""
USED = TYPES | (1 << entity_types.PHONE) | (1 << entity_types.DOCUMENT) | (1 << entity_types.KEYWORD)
"""What the kernels are told of a name."""
LOOKED_AT = 200
"""How many signs of a name are looked at, the last ones: the first row of a table may be anything."""


def name_bits(name: str) -> int:
    """The bits of the cues a column's name stands for; 0 where it says nothing. QQ/微信: of both."""
    name = name.strip()[-LOOKED_AT:]
    last = re.sub(r"^.*[.\[\]/]", "", name) or name
    bits = _bits(last)
    if "/" in name and bits & USED:
        bits |= _bits(name.rpartition("/")[0].rpartition("/")[2]) & USED
    return bits


def _bits(name: str) -> int:
    whole, alone = column_words()[:2]
    if name.lower() in alone:
        return alone[name.lower()]
    for word in _spellings(name):
        if word in whole:
            return whole[word]
    bits = last_trigger(name) or last_trigger(_in_words(name))
    ending = 0 if bits & (1 << entity_types.DOB) else _ending(name)
    return ending or (bits & ~(1 << entity_types.PERSON) if of_things(name) else bits)


def of_things(name: str) -> bool:
    """Whether a column is called after things, and so holds no names of people: 品牌, productName."""
    return any(word in name.lower() for word in column_words().things)


def _spellings(name: str) -> Iterator[str]:
    """A name in small letters without a number at its end, with its words parted, and the last of these."""
    plain = re.sub(r"[\d_\s]+$", "", name.lower())
    parted = re.sub(r"[\d_\s]+$", "", _in_words(name).lower()).replace(" ", "_")
    part = parted.rpartition("_")[2]
    return iter((plain, parted, part if len(part) > 2 else plain))


def _ending(name: str) -> int:
    """The bits of what it ends in, but for a number and a remark in brackets: 抄表员, 护照有效期, issueDate."""
    words = re.sub(r"(?:[(（][^()（）]*[)）]|[\d_\s])+$", "", _in_words(name)).lower()
    known = column_words().endings
    *before, last = words.split() or [""]
    if last.isascii():
        return known.get(last, 0) if before else 0
    bits = next((known[last[-size:]] for size in range(4, 0, -1) if last[-size:] in known), 0)
    return bits if last not in known or bits & ~AGAINST and len(last) > 1 else 0


def _in_words(name: str) -> str:
    """idNumber, id_number: id number."""
    return re.sub(r"_+|(?<=[a-z0-9])(?=[A-Z])", " ", name)


def last_trigger(name: str) -> int:
    """The bits of the last cue in it that says something."""
    cues = _cues(name)
    for start, _, bits in reversed(cues):
        if bits & ~SILENT or (start == 0 and len(cues) == 1):
            return bits
    return 0


def calls_a_person(before: str) -> bool:
    """Whether words end in a label after which a person's name stands: 改送，收件人："""
    plain = before.rstrip(" \t:：=\"'“「【[(（")
    cues = _cues(plain)
    return bool(cues) and cues[-1][1] == len(plain) and bool(cues[-1][2] & (1 << entity_types.PERSON))


def _cues(name: str) -> list[tuple[int, int, int]]:
    """(start, end, bits) of each cue."""
    known = tables()
    text = np.full(len(name) + 8, 10, dtype=np.uint16)
    signs = np.frombuffer(name.encode("utf-16-le", "replace"), dtype=np.uint16)[: len(name)]
    text[: len(signs)] = known.plain[signs]
    cues = np.empty((len(name) + 1, 3), dtype=np.int64)
    places = match_starts(text, len(signs), known.sides, BufferPool())
    count = find_triggers(known.cues, text, places.cues, cues)
    return [(start, end, bits) for start, end, bits in cues[:count].tolist()]
