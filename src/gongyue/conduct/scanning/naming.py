"""What the name of a column says about its cells: the last cue in it counts, as heads of names come last."""

from __future__ import annotations

import re

import numpy as np

from gongyue.conduct.scanning import kinds
from gongyue.conduct.scanning.lexicon import tables
from gongyue.conduct.scanning.page import read_cues
from gongyue.conduct.scanning.wordlists import column_words

AGAINST = (1 << kinds.NEGATIVE) | (1 << kinds.VERSION)
"""What a column can be called that speaks against identifiers; never told to the kernels, values decide."""
TYPES = (1 << kinds.COUNT) - 2
"""The bits of the types."""
SILENT = (1 << kinds.CONNECT) | (1 << kinds.REGION) | (1 << kinds.PLACE) | (1 << kinds.ROLE)
"""Cues that say nothing in a column's name."""
USED = TYPES | (1 << kinds.PHONE) | (1 << kinds.DOCUMENT) | (1 << kinds.KEYWORD)
"""What the kernels are told of a name."""


def name_bits(name: str) -> int:
    """The bits of the cues a column's name stands for; 0 where it says nothing."""
    last = re.sub(r"^.*[.\[\]/]", "", name.strip()) or name
    whole, things = column_words()
    plain = re.sub(r"[\d_\s]+$", "", last.lower())
    part = plain.rpartition("_")[2]
    for word in (plain, part if len(part) > 2 else plain):
        if word in whole:
            return whole[word]
    bits = _last_cue(last) or _last_cue(_in_words(last))
    if bits & (1 << kinds.PERSON) and any(word in last.lower() for word in things):
        bits &= ~(1 << kinds.PERSON)
    return bits


def _in_words(name: str) -> str:
    """idNumber, id_number: id number."""
    return re.sub(r"_+|(?<=[a-z0-9])(?=[A-Z])", " ", name)


def _last_cue(name: str) -> int:
    known = tables()
    text = np.full(len(name) + 8, 10, dtype=np.uint16)
    signs = np.frombuffer(name.encode("utf-16-le", "replace"), dtype=np.uint16)[: len(name)]
    text[: len(signs)] = known.plain[signs]
    cues = np.empty((len(name) + 1, 3), dtype=np.int64)
    count = read_cues(known.cues, text, len(signs), cues)
    for start, _, bits in reversed(cues[:count].tolist()):
        if bits & ~SILENT or (start == 0 and count == 1):
            return int(bits)
    return 0
